"""The shape of what is typed on the pages of councils."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua.apps.accounts.forms import ActForm, DayField
from thidua.apps.councils.models import Council, Item, Session
from thidua.apps.councils.queries import Roll, Seat, TellerRow
from thidua.apps.councils.states import Choice, CouncilKind, MemberRole, PositionWay, Presence
from thidua.apps.units.forms import People, PersonField
from thidua.apps.units.models import Person, Unit

CLOCK = {"placeholder": "hh:mm", "inputmode": "numeric", "autocomplete": "off"}


class ClockField(forms.TimeField):
    """An hour as people here write it: 8:30, 8h30, 8g30."""

    def __init__(self, **kwargs: Any) -> None:
        formats = ["%H:%M", "%Hh%M", "%Hg%M", "%H.%M"]
        super().__init__(input_formats=formats, widget=forms.TimeInput(attrs=CLOCK, format="%H:%M"), **kwargs)


class FoundForm(ActForm):
    """A new council by its paper."""

    kind = forms.ChoiceField(label=_("Loại"), choices=CouncilKind.choices)
    name = forms.CharField(label=_("Tên gọi"), max_length=200)
    unit = forms.ModelChoiceField(
        label=_("Đơn vị"),
        queryset=Unit.objects.none(),
        required=False,
        help_text=_("Chỉ chọn khi là hội nghị bình xét của một đơn vị."),
    )
    since = DayField(label=_("Ngày thành lập"))
    paper = forms.CharField(
        label=_("Văn bản thành lập"), max_length=200, required=False, help_text=_("Ví dụ: Quyết định số 12/QĐ-STC.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.all()  # type: ignore[attr-defined]  # needs the request's scope


class MemberForm(ActForm):
    """One more member from a day."""

    person = PersonField(label=_("Thành viên"))
    role = forms.ChoiceField(label=_("Vai trò"), choices=MemberRole.choices, initial=MemberRole.MEMBER)
    since = DayField(label=_("Từ ngày"))

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.all()
        if council.unit_id:
            people = people.filter(posts__unit=council.unit_id, posts__superseded_at=None).distinct()
        self.fields["person"].limit_to(People(people))  # type: ignore[attr-defined]  # needs the request's scope


class EndForm(ActForm):
    """The last day of a membership."""

    until = DayField(label=_("Đến hết ngày"))

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"] = MemberField(council.members.filter(until=None), label=_("Thành viên thôi tham gia"))
        self.order_fields(["member", "until"])


class MemberField(forms.ModelChoiceField):
    """A choice among members, shown by name and role."""

    def __init__(self, members: Any, **kwargs: Any) -> None:
        super().__init__(queryset=members.select_related("person"), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        """“Nguyễn Văn A (Chủ tịch)”."""
        return f"{obj.person.full_name} ({obj.get_role_display()})"


class SeatField(forms.TypedChoiceField):
    """A choice among those who sit in a session, read already."""

    def __init__(self, seats: Sequence[Seat], **kwargs: Any) -> None:
        members = {str(seat.member.pk): seat.member for seat in seats}
        names = [(key, member.person.full_name) for key, member in members.items()]
        choices = names if len(names) == 1 else [("", _("Chọn một người")), *names]
        super().__init__(choices=choices, coerce=members.__getitem__, empty_value=None, **kwargs)


class PlanForm(ActForm):
    """A session: when, where, who leads and writes."""

    title = forms.CharField(label=_("Tên phiên họp"), max_length=300)
    held_on = DayField(label=_("Ngày họp"))
    place = forms.CharField(label=_("Địa điểm"), max_length=200)
    year = forms.IntegerField(label=_("Năm xét"), min_value=2000, max_value=2100)

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seats = council.members.all()
        self.fields["chair"] = MemberField(seats, label=_("Chủ trì"))
        self.fields["clerk"] = MemberField(seats, label=_("Thư ký"))


class ReplanForm(PlanForm):
    """The same for a session that has not opened; its title and year stay."""

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        first: dict[str, Any] = {"held_on": f"{session.held_on:%d/%m/%Y}", "place": session.place}
        first |= {"chair": session.chair_id, "clerk": session.clerk_id}
        super().__init__(*args, council=session.council, initial=first, **kwargs)
        del self.fields["title"], self.fields["year"]


class OpenForm(ActForm):
    """The hour of opening."""

    at = ClockField(label=_("Giờ khai mạc"))


class CloseForm(ActForm):
    """The hour of closing, and what was discussed."""

    at = ClockField(label=_("Giờ bế mạc"))
    notes = forms.CharField(
        label=_("Ý kiến thảo luận, kết luận của chủ trì"), required=False, widget=forms.Textarea, max_length=10000
    )


class SignForm(ActForm):
    """The day of signing."""

    on = DayField(label=_("Ngày ký biên bản"))


class ReasonForm(ActForm):
    """Nothing but a reason."""

    because = forms.CharField(label=_("Lý do"), max_length=300)


class MaybeReasonForm(ActForm):
    """A reason, needed only where the page says so."""

    because = forms.CharField(
        label=_("Lý do"),
        max_length=300,
        required=False,
        help_text=_("Chỉ cần khi mục được báo là không thể đạt mà vẫn mở biểu quyết."),
    )


class NothingForm(ActForm):
    """An act that needs nothing more."""


class CastForm(ActForm):
    """The member's own choice."""

    choice = forms.ChoiceField(label=_("Ý kiến"), choices=Choice.choices)


class LeaveForm(ActForm):
    """Who left, and when."""

    left_at = ClockField(label=_("Giờ rời họp"))
    reason = forms.CharField(label=_("Lý do"), max_length=300, required=False)

    def __init__(self, *args: Any, roll: Roll, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = [seat for seat in roll.seats if seat.is_present]
        self.fields["member"] = SeatField(here, label=_("Người rời họp"))
        self.order_fields(["member", "left_at", "reason"])


class ConflictForm(ActForm):
    """Who may not vote, and why."""

    reason = forms.CharField(
        label=_("Liên quan thế nào"),
        max_length=300,
        help_text=_("Ví dụ: là vợ, chồng, con, anh chị em ruột của người được đề nghị; là đồng tác giả."),
    )

    def __init__(self, *args: Any, seats: Sequence[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"] = SeatField(seats, label=_("Thành viên"))
        self.order_fields(["member", "reason"])


class PositionForm(ActForm):
    """A position the clerk writes down, with the scan of an opinion in writing."""

    choice = forms.ChoiceField(label=_("Ý kiến"), choices=Choice.choices, widget=forms.RadioSelect)
    way = forms.ChoiceField(
        label=_("Bằng cách"),
        choices=[(way.value, way.label) for way in (PositionWay.HAND, PositionWay.WRITTEN)],
        widget=forms.RadioSelect,
        initial=PositionWay.HAND.value,
    )
    scan = forms.FileField(
        label=_("Bản chụp ý kiến bằng văn bản"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )

    def __init__(self, *args: Any, seats: Sequence[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"] = SeatField(seats, label=_("Thành viên"))
        self.order_fields(["member", "choice", "way", "scan"])

    def clean(self) -> dict[str, Any]:
        """The scan as bytes and name."""
        cleaned = dict(super().clean() or {})
        upload = cleaned.pop("scan", None)
        return {**cleaned, "scan": upload.read() if upload else None, "filename": upload.name if upload else ""}


class AttendanceForm(ActForm):
    """How each member takes part: one row a member, rows not marked stay as they are."""

    def __init__(self, *args: Any, roll: Roll, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.roll = roll
        for seat in roll.seats:
            key = seat.member.pk
            self.fields[f"presence-{key}"] = forms.ChoiceField(
                label=_("Tham dự"),
                required=False,
                choices=[("", _("Chưa điểm danh")), *Presence.choices],
                initial=seat.presence,
            )
            reason = seat.attendance.reason if seat.attendance else ""
            self.fields[f"reason-{key}"] = forms.CharField(
                label=_("Lý do vắng"), required=False, max_length=300, initial=reason
            )

    @property
    def rows(self) -> list[tuple[Any, ...]]:
        """Seat and its two fields."""
        keys = [(seat, seat.member.pk) for seat in self.roll.seats]
        return [(seat, self[f"presence-{key}"], self[f"reason-{key}"]) for seat, key in keys]

    def clean(self) -> dict[str, Any]:
        """Only what differs from the record, as the act takes it."""
        cleaned = super().clean() or {}
        marks = {}
        for seat in self.roll.seats:
            key = seat.member.pk
            presence, reason = cleaned.get(f"presence-{key}", ""), cleaned.get(f"reason-{key}", "")
            before = (seat.presence, seat.attendance.reason if seat.attendance else "")
            if presence and (presence, reason) != before:
                marks[key] = (Presence(presence), reason)
        return {"marks": marks}


class CountForm(ActForm):
    """One teller's sheet: a row of figures for each item; empty rows are left for later."""

    NAMES = ("issued", "returned", "invalid", "yes", "no")
    LABELS = (_("Phát ra"), _("Thu về"), _("Không hợp lệ"), _("Đồng ý"), _("Không đồng ý"))

    def __init__(self, *args: Any, rows: Sequence[TellerRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.open_rows = [row for row in rows if row.is_open]
        for row in self.open_rows:
            for name, label in zip(self.NAMES, self.LABELS, strict=True):
                self.fields[f"{name}-{row.item.pk}"] = forms.IntegerField(
                    label=(named := _("Mục {number}: {label}").format(number=row.item.number, label=label)),
                    required=False,
                    min_value=0,
                    max_value=9999,
                    initial=row.voters if name == "issued" else None,
                    widget=forms.NumberInput(attrs={"aria-label": named}),
                )

    @property
    def rows(self) -> list[tuple[TellerRow, list[tuple[Any, Any]]]]:
        """Each open row with its fields and their headings."""
        return [
            (
                row,
                [(label, self[f"{name}-{row.item.pk}"]) for name, label in zip(self.NAMES, self.LABELS, strict=True)],
            )
            for row in self.open_rows
        ]

    def clean(self) -> dict[str, Any]:
        """Complete rows, as the act takes them; a row begun and not finished is an error at its cell."""
        cleaned = super().clean() or {}
        figures = {}
        for row in self.open_rows:
            cells = {name: cleaned.get(f"{name}-{row.item.pk}") for name in self.NAMES}
            if all(cells[name] is None for name in self.NAMES[1:]):
                continue
            for name in self.NAMES:
                if cells[name] is None and f"{name}-{row.item.pk}" not in self.errors:
                    self.add_error(f"{name}-{row.item.pk}", _("Nhập một số; không có phiếu nào thì ghi 0."))
            figures[row.item.pk] = tuple(cells[name] for name in self.NAMES)
        return {"figures": figures}


class HandsForm(ActForm):
    """One show of hands for many items: which items, and each member's choice."""

    def __init__(self, *args: Any, items: Sequence[Item], roll: Roll, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chosen = {str(item.pk): item for item in items}
        self.seats = [seat for seat in roll.seats if seat.is_present]
        self.fields["items"] = forms.MultipleChoiceField(
            label=_("Các mục"),
            choices=[(key, f"{item.number}. {item.label}") for key, item in self.chosen.items()],
            widget=forms.CheckboxSelectMultiple,
            initial=list(self.chosen),
        )
        for seat in self.seats:
            self.fields[f"choice-{seat.member.pk}"] = forms.ChoiceField(
                label=seat.name, choices=Choice.choices, initial=Choice.YES
            )
        self.fields["because"] = forms.CharField(
            label=_("Lý do, khi có mục không thể đạt"), required=False, max_length=300
        )

    def clean(self) -> dict[str, Any]:
        """Items and choices, as the act takes them."""
        cleaned = super().clean() or {}
        keys = [seat.member.pk for seat in self.seats]
        return {
            "items": [self.chosen[key] for key in cleaned.get("items", ())],
            "choices": {key: Choice(cleaned[f"choice-{key}"]) for key in keys if f"choice-{key}" in cleaned},
            "because": cleaned.get("because", ""),
        }
