"""What is typed about nominations, and which acts a page offers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua.apps.accounts.forms import ActForm, DayField
from thidua.apps.councils.models import Session
from thidua.apps.nominations.models import Nomination
from thidua.apps.nominations.states import Advice
from thidua.apps.units.models import Person


@dataclass(frozen=True)
class Offer:
    """One act that a page offers: its form, what the page knows already, and its words."""

    name: str
    form: ActForm
    act: Callable[..., Any]
    given: Mapping[str, object]
    heading: str
    button: str
    done: str
    extra: str = ""

    @property
    def action(self) -> str:
        """Where the form is sent: this page, naming the act."""
        return f"?viec={self.name}{self.extra}"


class NoForm(ActForm):
    """An act that asks for nothing."""


class DayForm(ActForm):
    """An act that asks for its day."""

    on = DayField(label=_("Ngày"))


class OverrideForm(DayForm):
    """A nomination against the finding: why, and by which article."""

    override_because = forms.CharField(
        label=_("Lý do vẫn đề nghị"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    override_article = forms.CharField(
        label=_("Điều khoản làm căn cứ"), max_length=200, help_text=_("Ví dụ: Nghị định 91/2017/NĐ-CP, Điều 10 khoản 3")
    )


class ReviewForm(ActForm):
    """The unit's meeting."""

    held_on = DayField(label=_("Ngày họp"))
    place = forms.CharField(label=_("Địa điểm"), max_length=200)
    chair = forms.ModelChoiceField(label=_("Chủ trì"), queryset=Person.objects.none())
    clerk = forms.ModelChoiceField(label=_("Thư ký"), queryset=Person.objects.none())

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = Person.objects.filter(pk__in=[person.pk for person in people])
        for name in ("chair", "clerk"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = chosen
            # What is shown was read with the page; only what is chosen is looked up.
            field.choices = [("", "---------"), *((person.pk, f"{person} ({person.code})") for person in people)]


class SubmitForm(ActForm):
    """Which reviewed nominations go up."""

    on = DayField(label=_("Ngày trình"))
    nominations = forms.ModelMultipleChoiceField(
        label=_("Đề nghị trình lên"), queryset=Nomination.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, rows: Sequence[tuple[Nomination, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["nominations"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = Nomination.objects.filter(pk__in=[row.pk for row, _label in rows])
        field.choices = [(row.pk, label) for row, label in rows]
        field.initial = [row.pk for row, _label in rows]


class SessionForm(ActForm):
    """Which session."""

    session = forms.ModelChoiceField(label=_("Phiên họp"), queryset=Session.objects.none())

    def __init__(self, *args: Any, sessions: Sequence[Session], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["session"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Session.objects.filter(pk__in=[row.pk for row in sessions]).select_related("council")
        field.choices = [(row.pk, f"{row} ({row.held_on:%d/%m/%Y})") for row in sessions]


class AgendaForm(SessionForm):
    """Which session, and which title's nominations (all when none is named)."""

    title = forms.ChoiceField(label=_("Danh hiệu"), required=False)

    def __init__(self, *args: Any, titles: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["title"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Tất cả danh hiệu")), *titles]


class AppraiseForm(ActForm):
    """One appraisal."""

    advice = forms.ChoiceField(label=_("Ý kiến thẩm định"), choices=Advice.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Ghi chú"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Bắt buộc khi ý kiến khác kết quả xét theo luật. Thành viên cuộc họp đọc được ghi chú này: "
            "không ghi kỷ luật, đơn thư, sức khỏe ở đây."
        ),
    )
    on = DayField(label=_("Ngày thẩm định"))


class HoldForm(ActForm):
    """Why a nomination is set aside, and by which article."""

    reason = forms.CharField(label=_("Lý do"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    article = forms.CharField(
        label=_("Điều khoản làm căn cứ"), max_length=200, help_text=_("Ví dụ: Thông tư 12/2019/TT-BNV, Điều 2 khoản 5")
    )
    on = DayField(label=_("Tạm dừng từ ngày"))


class ReleaseForm(ActForm):
    """Why a nomination goes on."""

    reason = forms.CharField(label=_("Lý do tiếp tục xét"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    on = DayField(label=_("Từ ngày"))


class ReconsiderForm(ActForm):
    """Why a nomination that passed goes before the council again."""

    reason = forms.CharField(label=_("Lý do xét lại"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    on = DayField(label=_("Từ ngày"))


class ReturnForm(ActForm):
    """What the unit is to mend."""

    note = forms.CharField(label=_("Đơn vị cần làm gì"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    on = DayField(label=_("Ngày trả lại"))


class WithdrawForm(ActForm):
    """Why a nomination is withdrawn."""

    because = forms.CharField(label=_("Lý do rút"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    on = DayField(label=_("Ngày rút"))
