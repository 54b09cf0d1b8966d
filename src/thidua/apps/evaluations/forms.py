"""The shape of what a person types to have a year judged, and to find somebody among the judged."""

import datetime
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua.apps.accounts.forms import ActForm, DayField
from thidua.apps.evaluations.queries import numeric_parameters
from thidua.apps.evaluations.states import Outcome
from thidua.apps.units.forms import PeopleSearch
from thidua.core.law.amend import typed_value
from thidua.core.law.schema import Amendment, Ruleset
from thidua.core.law.sheet import value_words

MOST = 10**9


class EvaluateForm(ActForm):
    """The day whose law judges the year."""

    as_of = DayField(
        label=_("Xét theo luật có hiệu lực ngày"),
        help_text=_("Thường là ngày cuối của năm xét. Mỗi lần xét được giữ lại; lần mới đứng cạnh lần cũ."),
    )

    received_on = DayField(label=_("Cơ quan thẩm định nhận hồ sơ ngày"), required=False)

    def __init__(self, *args: Any, changed_on: datetime.date | None, **kwargs: Any) -> None:
        """Offer a day of receipt only where the law changed with a rule on dossiers on their way (``changed_on``)."""
        super().__init__(*args, **kwargs)
        self.fields["as_of"].widget.attrs["autofocus"] = True
        if changed_on is None:
            del self.fields["received_on"]
            return
        told = _(
            "Hồ sơ nhận trước ngày %(day)s được xét theo luật cũ; luật mới áp dụng nếu có lợi hơn, do người có thẩm"
            " quyền kết luận. Để trống thì xét theo luật của ngày nêu trên."
        )
        self.fields["received_on"].help_text = told % {"day": f"{changed_on:%d/%m/%Y}"}


class OtherLawForm(forms.Form):
    """Another law to try on a year's facts: a number, the law of another day, or a draft. Nothing is written by it."""

    tham_so = forms.ChoiceField(label=_("Thử đổi tham số"), required=False)
    gia_tri = forms.CharField(
        label=_("thành"), required=False, max_length=20, help_text=_("Ví dụ: 20/100, 20% hoặc 6."), strip=True
    )
    ngay = DayField(label=_("hoặc dùng luật của ngày"), required=False)
    du_thao = forms.ChoiceField(
        label=_("hoặc dùng dự thảo"),
        required=False,
        help_text=_("Dự thảo không áp dụng cho ai; ở đây chỉ thử: xét theo luật ngày đầu của dự thảo, có dự thảo."),
    )

    def __init__(self, data: Any, *, ruleset: Ruleset, drafts: Sequence[Amendment]) -> None:
        """Offer the numbers of ``ruleset``, and ``drafts`` where there are any."""
        super().__init__(data)
        self.ruleset, self.drafts = ruleset, {draft.key: draft for draft in drafts}
        if drafts:
            named = [(draft.key, f"{draft.label} ({draft.force.start:%d/%m/%Y})") for draft in drafts]
            self.fields["du_thao"].choices = [("", "–"), *named]  # type: ignore[attr-defined]  # a choice field
        else:
            del self.fields["du_thao"]
        groups: dict[bool, list[tuple[str, str]]] = {True: [], False: []}
        for name, asked in numeric_parameters(ruleset):
            now = value_words(ruleset.parameters[name].value)
            groups[asked].append((name, f"{ruleset.parameter_labels[name]} ({now})"))
        choices = [("", "–"), (_("Dùng khi xét"), groups[True]), (_("Không dùng khi xét"), groups[False])]
        self.fields["tham_so"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """Exactly one change, and a number of the same sort as the one in force."""
        given: dict[str, Any] = super().clean() or {}
        if self.errors:
            return given
        name, text, day = str(given["tham_so"]), str(given["gia_tri"]), given["ngay"]
        draft = given["draft"] = self.drafts.get(str(given.get("du_thao", "")))
        if sum(map(bool, (name, day, draft))) != 1 or bool(name) != bool(text):
            raise forms.ValidationError(
                _("Chọn một cách: một tham số và giá trị mới, một ngày khác, hoặc một dự thảo.")
            )
        if name:
            given["value"] = self._number(text, now=self.ruleset.parameters[name].value)
        return given

    def _number(self, text: str, *, now: object) -> int | Fraction:
        value = typed_value(text)
        if isinstance(now, Fraction):
            if not isinstance(value, Fraction) or not 0 <= value <= 1:
                raise forms.ValidationError(
                    {"gia_tri": _("Đây là một tỷ lệ từ 0 đến 100%. Viết 20% hoặc 20/100.")}, code="share"
                )
            return value
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST:
            raise forms.ValidationError({"gia_tri": _("Đây là một số nguyên, từ 0. Viết bằng chữ số, ví dụ 6.")})
        return value


class JudgedSearch(PeopleSearch):
    """Those of one outcome too, of one title or of any."""

    danh_hieu = forms.ChoiceField(label=_("Danh hiệu"), required=False)
    ket_qua = forms.ChoiceField(label=_("Kết quả xét"), required=False)

    def __init__(self, data: Any, *, units: Iterable[tuple[int, str]], titles: Iterable[tuple[str, str]]) -> None:
        super().__init__(data, units=units)
        self.offer("danh_hieu", titles)
        self.offer("ket_qua", Outcome.choices)
