"""What people type about initiatives."""

from collections.abc import Callable, Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thidua.apps.accounts.forms import ActForm, DayField
from thidua.apps.councils.models import Session
from thidua.apps.councils.states import CouncilKind, SessionState
from thidua.apps.initiatives.models import Initiative
from thidua.apps.initiatives.queries import Scale
from thidua.apps.initiatives.states import InitiativeState
from thidua.apps.records.states import Scope
from thidua.apps.units.forms import People, PersonField
from thidua.apps.units.models import Person

MOST_AUTHORS = 5
LONGEST_TEXT = 20_000


def _paragraph(**options: Any) -> forms.CharField:
    return forms.CharField(required=False, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 5}), **options)


class ApplicationForm(ActForm):
    """An application with up to five authors, each named by name or code."""

    year = forms.IntegerField(label=_("Năm xét công nhận"), min_value=2000, max_value=2100)
    name = forms.CharField(label=_("Tên sáng kiến"), max_length=300)
    field = forms.CharField(label=_("Lĩnh vực áp dụng"), max_length=200, required=False)
    essence = _paragraph(
        label=_("Bản chất của sáng kiến"), help_text=_("Nội dung, các bước thực hiện, điểm mới so với cách làm trước.")
    )
    conditions = _paragraph(label=_("Điều kiện cần thiết để áp dụng"))
    benefit = _paragraph(
        label=_("Lợi ích thu được hoặc dự kiến thu được"), help_text=_("Nêu số liệu trước và sau khi áp dụng, nếu có.")
    )
    first_applied_on = DayField(
        label=_("Ngày áp dụng lần đầu hoặc áp dụng thử"),
        required=False,
        help_text=_("Chưa áp dụng thì để trống. Ví dụ: 05/03/2020."),
    )
    scope_asked = forms.ChoiceField(
        label=_("Phạm vi ảnh hưởng đề nghị"), choices=Scope.choices, initial=Scope.BASE, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, redrafted: Initiative | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = People(Person.objects.all())
        for place in range(1, MOST_AUTHORS + 1):
            self.fields[f"author_{place}"] = PersonField(
                label=_("Tác giả %(place)d") % {"place": place}, people=people, required=place == 1
            )
            self.fields[f"share_{place}"] = forms.IntegerField(
                label=_("Tỷ lệ đóng góp của tác giả %(place)d (%%)") % {"place": place},
                min_value=1,
                max_value=100,
                required=place == 1,
            )
        if redrafted is not None:
            del self.fields["year"]

    def clean(self) -> dict[str, Any]:
        """Authors and shares become one mapping; half a pair, or a person twice, is said at its field."""
        data = super().clean() or {}
        authors: dict[int, int] = {}
        for place in range(1, MOST_AUTHORS + 1):
            person, share = data.pop(f"author_{place}", None), data.pop(f"share_{place}", None)
            if person and share is None and f"share_{place}" not in self.errors:
                self.add_error(f"share_{place}", _("Ghi tỷ lệ đóng góp của người này."))
            elif share is not None and not person and f"author_{place}" not in self.errors:
                self.add_error(f"author_{place}", _("Ghi người có tỷ lệ đóng góp này, hoặc xóa tỷ lệ."))
            elif person and person.pk in authors:
                self.add_error(f"author_{place}", _("Người này đã được ghi ở trên."))
            elif person and share is not None:
                authors[person.pk] = share
        data["authors"] = authors
        return data


def application_values(initiative: Initiative) -> dict[str, object]:
    """What an application says, as the form shows it again."""
    names = ("name", "field", "essence", "conditions", "benefit", "first_applied_on", "scope_asked")
    values: dict[str, object] = {name: getattr(initiative, name) for name in names}
    for place, author in enumerate(initiative.authors.all(), 1):
        values |= {f"author_{place}": author.person, f"share_{place}": author.share}
    return values


class DayForm(ActForm):
    """An act on a day."""

    on = DayField(label=_("Ngày"), initial=timezone.localdate)


class ApplyForm(DayForm):
    """Handing in, with the reason where the law's time has passed."""

    on = DayField(label=_("Ngày nộp đơn"), initial=timezone.localdate)
    because = forms.CharField(
        label=_("Lý do nộp muộn"),
        required=False,
        max_length=500,
        help_text=_("Chỉ cần khi đã quá thời hạn nộp đơn kể từ ngày áp dụng lần đầu."),
    )


class AcceptForm(DayForm):
    """Accepting an application."""

    on = DayField(label=_("Ngày nhận đơn"), initial=timezone.localdate)


class ReturnForm(ActForm):
    """Returning an application."""

    note = forms.CharField(label=_("Nội dung cần bổ sung"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class RefuseForm(ActForm):
    """Refusing recognition."""

    reason = forms.CharField(label=_("Lý do không công nhận"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class ScheduleForm(ActForm):
    """Choosing the council's session."""

    session = forms.ModelChoiceField(
        label=_("Phiên họp của Hội đồng sáng kiến"), queryset=Session.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sessions = Session.objects.filter(council__kind=CouncilKind.INITIATIVE)
        open_ones = sessions.filter(state__in=(SessionState.PLANNED, SessionState.OPENED))
        field = self.fields["session"]
        field.queryset = open_ones  # type: ignore[attr-defined]  # the field of this class
        # Read once: the field's own iterator asks the database at each look.
        field.choices = [(session.pk, str(session)) for session in open_ones]  # type: ignore[attr-defined]  # as above


class AssessForm(ActForm):
    """Points on each anchor, chosen by their words; ``scales`` as the packs word them."""

    comment = forms.CharField(
        label=_("Nhận xét"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Tác giả được đọc nhận xét, không kèm tên người đánh giá, sau khi có quyết định."),
    )
    on = DayField(label=_("Ngày đánh giá"), initial=timezone.localdate)

    def __init__(self, *args: Any, scales: Sequence[Scale], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for scale in scales:
            self.fields[scale.anchor.value] = forms.TypedChoiceField(
                label=scale.anchor.label,
                choices=[(points, f"{points} – {words}") for points, words in enumerate(scale.levels)],
                coerce=int,
                widget=forms.RadioSelect,
            )
        self.order_fields([scale.anchor.value for scale in scales])


class RecogniseForm(ActForm):
    """The director's choice of what the council passed, under one decision; of very many, the first are offered."""

    MOST_OFFERED = 500
    initiatives = forms.ModelMultipleChoiceField(
        label=_("Sáng kiến Hội đồng đã thông qua"),
        queryset=Initiative.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    scope = forms.ChoiceField(
        label=_("Phạm vi ảnh hưởng được công nhận"),
        choices=Scope.choices,
        initial=Scope.BASE,
        widget=forms.RadioSelect,
    )
    on = DayField(label=_("Ngày quyết định"), initial=timezone.localdate)
    number = forms.IntegerField(
        label=_("Số quyết định"),
        min_value=1,
        required=False,
        help_text=_("Để trống thì lấy số tiếp theo trong sổ văn bản đi."),
    )
    decision = forms.CharField(
        label=_("Số, ký hiệu quyết định của cấp trên"),
        max_length=100,
        required=False,
        help_text=_("Chỉ ghi khi phạm vi cấp tỉnh hoặc toàn quốc đã được cấp có thẩm quyền công nhận."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        passed = Initiative.objects.filter(state=InitiativeState.PASSED).order_by("pk")
        field = cast(forms.ModelMultipleChoiceField, self.fields["initiatives"])
        field.queryset = passed
        waiting = passed.count()
        if waiting > self.MOST_OFFERED:
            field.choices = [(found.pk, str(found)) for found in passed[: self.MOST_OFFERED]]
            field.help_text = _(
                "Có %(waiting)s sáng kiến chờ công nhận; ở đây nêu %(offered)s sáng kiến đầu. "
                "Công nhận xong, mở lại trang để thấy các sáng kiến còn lại."
            ) % {"waiting": waiting, "offered": self.MOST_OFFERED}

    def clean_initiatives(self) -> list[Initiative]:
        """The chosen ones, in the order of their applications."""
        return list(self.cleaned_data["initiatives"].order_by("pk"))

    def clean(self) -> dict[str, Any]:
        """A number of our own and one of a higher level exclude each other."""
        data = super().clean() or {}
        if data.get("number") and data.get("decision"):
            raise ValidationError(_("Chỉ ghi một trong hai: số quyết định của cơ quan, hoặc của cấp trên."))
        return data


Maker = Callable[..., ActForm]
FORMS: dict[str, Maker] = {
    "nop": ApplyForm,
    "rut": ActForm,
    "tra-lai": ReturnForm,
    "nhan": AcceptForm,
    "len-lich": ScheduleForm,
    "ket-qua": ActForm,
    "khong-cong-nhan": RefuseForm,
}
