"""The shape of what is typed when a reading is corrected and confirmed."""

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua.apps.accounts.forms import ActForm, DayField

OPS = [
    (">=", _("từ … trở lên (≥)")),
    ("<=", _("không quá (≤)")),
    (">", _("trên, hơn (>)")),
    ("<", _("dưới (<)")),
    ("=", _("đúng bằng (=)")),
    ("none", _("không để xảy ra")),
    ("keep", _("giữ vững")),
]
UNITS = [
    ("percent", _("% (tỷ lệ)")),
    ("count", _("số lượng")),
    ("money", _("đồng")),
    ("rating", _("mức xếp loại")),
    ("", _("đơn vị khác")),
]
TEXT_FIELDS = ("value", "unit", "unit_text", "title_code", "subject", "measure", "deadline", "clause")


class SeenForm(ActForm):
    """An act on a reading: ``seen`` is the version that the page showed."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)


class DoubtForm(SeenForm):
    """Doubtful things that are right as the reader has them."""

    doubts = forms.CharField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """The keys, one after another."""
        typed = super().clean() or {}
        return {**typed, "doubts": typed.get("doubts", "").split()}


class WordsForm(SeenForm):
    """The right words of one place."""

    words = forms.CharField(
        label=_("Chữ đúng"),
        max_length=500,
        required=False,
        help_text=_("Để trống là bỏ chữ này khỏi văn bản."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )


class PassageForm(SeenForm):
    """The words of one passage."""

    words = forms.CharField(
        label=_("Lời của mục"),
        help_text=_("Mỗi dòng là một đoạn. Số và chữ đầu mục (I., 1., a) …) quyết định mục nằm ở đâu."),
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
    )


class HeadForm(SeenForm):
    """The head of a plan document; blank is not said."""

    type = forms.CharField(label=_("Loại văn bản"), max_length=100, required=False)
    number = forms.CharField(label=_("Số, ký hiệu"), max_length=100, required=False)
    date = DayField(label=_("Ngày ban hành"), required=False)
    place = forms.CharField(label=_("Nơi ban hành"), max_length=120, required=False)
    issuer = forms.CharField(label=_("Cơ quan ban hành"), max_length=200, required=False)
    subject = forms.CharField(label=_("Trích yếu"), max_length=300, required=False)
    motto = forms.CharField(label=_("Phương châm"), max_length=300, required=False)
    year = forms.IntegerField(label=_("Năm"), min_value=1948, max_value=2100, required=False)

    def clean(self) -> dict[str, Any]:
        """The day as the reading keeps it."""
        return _with_iso_day(super().clean() or {})


class BasisForm(SeenForm):
    """A document that the plan rests on."""

    type = forms.CharField(label=_("Loại văn bản"), max_length=100)
    number = forms.CharField(label=_("Số, ký hiệu"), max_length=100, required=False)
    date = DayField(label=_("Ngày ban hành"), required=False)
    issuer = forms.CharField(label=_("Cơ quan ban hành"), max_length=200, required=False)
    subject = forms.CharField(label=_("Trích yếu"), max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        """The day as the reading keeps it; blank is not said."""
        typed = _with_iso_day(super().clean() or {})
        return {name: value or None for name, value in typed.items()}


class DropForm(SeenForm):
    """Why something read is left out."""

    because = forms.CharField(label=_("Lý do bỏ"), max_length=300)


class TargetForm(SeenForm):
    """What a target says; its sentence stays that of the plan."""

    op = forms.ChoiceField(label=_("So thế nào"), choices=OPS)
    value = forms.CharField(
        label=_("Mức phải đạt"),
        max_length=40,
        required=False,
        help_text=_("Như 95, 95,5 hoặc 1.234,5; mức xếp loại ghi HTXS, HTT hoặc HT."),
    )
    unit = forms.ChoiceField(label=_("Tính bằng"), choices=UNITS, required=False)
    unit_text = forms.CharField(label=_("Đơn vị khác (ghi bằng chữ)"), max_length=100, required=False)
    title_code = forms.ChoiceField(label=_("Danh hiệu, hình thức khen thưởng"), required=False)
    subject = forms.CharField(label=_("Ai, cái gì"), max_length=300, required=False)
    measure = forms.CharField(label=_("Phải đạt điều gì"), max_length=500, required=False)
    deadline = forms.CharField(label=_("Thời hạn kế hoạch ghi"), max_length=100, required=False)
    clause = forms.ChoiceField(label=_("Thuộc mục"), required=False)

    def __init__(
        self, *args: Any, titles: Iterable[tuple[str, str]], clauses: Iterable[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, offered in (("title_code", titles), ("clause", clauses)):
            field: Any = self.fields[name]
            field.choices = [("", "—"), *offered]

    def clean(self) -> dict[str, Any]:
        """Blank fields are not said."""
        typed = super().clean() or {}
        return {name: (value or None) if name in TEXT_FIELDS else value for name, value in typed.items()}


class NewTargetForm(TargetForm):
    """A target from a sentence of the plan."""

    quote = forms.CharField(
        label=_("Câu của kế hoạch"),
        max_length=2000,
        help_text=_("Giữ đúng từng chữ như trong bản đọc; bớt phần đầu, phần cuối thì được."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    start = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    field_order = ("quote", "op", "value", "unit")


class ConfirmForm(SeenForm):
    """The confirmation; the tick accepts what is still undecided."""

    accept_rest = forms.BooleanField(
        label=_("Tôi đã đối chiếu và nhận tất cả các chỗ còn lại như máy đọc"), required=False
    )


def _with_iso_day(typed: dict[str, Any]) -> dict[str, Any]:
    day = typed.get("date")
    return {**typed, "date": day.isoformat() if isinstance(day, datetime.date) else None}
