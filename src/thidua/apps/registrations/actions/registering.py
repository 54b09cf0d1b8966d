"""Signing up for a campaign: a person or a collective, for which titles; or saying that one does not."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from thidua.apps.accounts.access import CannotDo, require
from thidua.apps.accounts.actions import official_act
from thidua.apps.accounts.queries import Actor
from thidua.apps.audit.actions import record
from thidua.apps.campaigns.models import Campaign
from thidua.apps.campaigns.queries import became_of, launch_day, units_on, wholes_of, working_days_late
from thidua.apps.campaigns.states import CampaignState, MilestoneKind
from thidua.apps.registrations.access import may_keep_sheet, may_register_person
from thidua.apps.registrations.models import Registration, UnitSheet
from thidua.apps.registrations.queries import choices_or_why, late_words, present_registration
from thidua.apps.registrations.states import SheetState
from thidua.apps.units.models import Person, Unit

HEAD = "trưởng đơn vị ấy, thường trực Hội đồng hoặc giám đốc"
ONESELF = f"chính người đó, {HEAD}"
LONGEST_SOURCE = 300


def register(
    *,
    campaign: Campaign,
    person: Person | None = None,
    unit: Unit | None = None,
    registered: bool,
    source: str,
) -> Registration:
    """Write one registration without titles; part of a larger act that is recorded by its caller.

    What already stands the same way stays, with its titles.
    """
    present = present_registration(campaign, person=person, unit=unit)
    if present is not None and present.registered == registered:
        return present
    return _write(campaign, person, unit, registered=registered, titles=[], source=source, present=present)


@official_act
def register_titles(
    *,
    actor: Actor,
    campaign: Campaign,
    titles: Sequence[str],
    person: Person | None = None,
    unit: Unit | None = None,
    on: datetime.date,
    source: str = "",
    seen: int | None = None,
) -> Registration:
    """Register one person or one collective for titles of the year's rules (none: for the emulation as such).

    Takes the place of what stood before. ``seen`` is the id of the registration that the page showed (0 for none):
    when another stands now, nothing is written. Late is allowed, and said in ``source``. Raises CannotDo (unknown
    title, the same again, sheet submitted or accepted, campaign not running), Refused.
    """
    subject = _subject(actor, campaign, person=person, unit=unit, on=on)
    _check_titles(campaign, titles, kind="person" if person else "unit")
    present = _present(campaign, person, unit, seen=seen)
    if present and present.registered and sorted(present.titles) == sorted(titles):
        raise CannotDo(f"{subject.name} đã đăng ký đúng như vậy rồi; không có gì thay đổi.")
    said = _said(campaign, source or f"Đăng ký ngày {on:%d/%m/%Y}", on)
    row = _write(campaign, person, unit, registered=True, titles=list(titles), source=said, present=present)
    _record(actor, "register_titles", row, subject, {"titles": list(titles), "on": on})
    return row


@official_act
def withdraw_registration(
    *,
    actor: Actor,
    campaign: Campaign,
    person: Person | None = None,
    unit: Unit | None = None,
    on: datetime.date,
    because: str = "",
    seen: int | None = None,
) -> Registration:
    """Say that a person or a collective does not register; what stood before is superseded. Raises as registering."""
    subject = _subject(actor, campaign, person=person, unit=unit, on=on)
    present = _present(campaign, person, unit, seen=seen)
    if present and not present.registered:
        raise CannotDo(f"{subject.name} đã được ghi là không đăng ký; không có gì thay đổi.")
    reason = f": {because.strip()}" if because.strip() else ""
    said = _said(campaign, f"Không đăng ký, ghi ngày {on:%d/%m/%Y}{reason}", on)
    row = _write(campaign, person, unit, registered=False, titles=[], source=said, present=present)
    _record(actor, "withdraw_registration", row, subject, {"on": on}, because=because)
    return row


@dataclass(frozen=True)
class _Subject:
    name: str
    code: str


def _subject(
    actor: Actor, campaign: Campaign, *, person: Person | None, unit: Unit | None, on: datetime.date
) -> _Subject:
    """Whom it is about, after everything that must hold before any registration."""
    if (person is None) == (unit is None):
        raise CannotDo("Đăng ký cho đúng một người hoặc một tập thể.")
    if person is not None:
        home = _home(actor, campaign, person, on)
        _check_running(campaign, on)
        _check_sheet(campaign, home)
        return _Subject(person.full_name, person.code)
    assert unit is not None  # exactly one of the two
    require(may_keep_sheet(actor, unit_id=unit.pk), HEAD)
    _check_running(campaign, on)
    if ended := became_of(unit, on=on):
        raise CannotDo(f"{ended} Đăng ký cho đơn vị đang hoạt động.")
    _check_sheet(campaign, unit.pk)
    return _Subject(unit.name, unit.code)


def _home(actor: Actor, campaign: Campaign, person: Person, on: datetime.date) -> int:
    """The unit on whose sheet a person stands on a day: that of their post then, else that of the year."""
    member = wholes_of(campaign).members.get(person.pk)
    if member is None:
        require(may_register_person(actor, person_id=person.pk, unit_ids=()), ONESELF)
        raise CannotDo(f"{person.full_name} không có vị trí nào trong năm {campaign.year}, nên không đăng ký được.")
    home = units_on(on).get(person.pk, member.unit.pk)
    require(may_register_person(actor, person_id=person.pk, unit_ids=(home, member.unit.pk)), ONESELF)
    return home


def _check_running(campaign: Campaign, on: datetime.date) -> None:
    if campaign.state != CampaignState.LAUNCHED:
        raise CannotDo(
            f"Phong trào đang ở trạng thái “{campaign.get_state_display()}”; chỉ đăng ký khi đang phát động."
        )
    launched = launch_day(campaign)
    if launched and on < launched:
        raise CannotDo(f"Ngày đăng ký {on:%d/%m/%Y} trước ngày phát động {launched:%d/%m/%Y}. Nhập lại ngày.")


def _check_sheet(campaign: Campaign, unit_id: int) -> None:
    """What was handed in is what the secretary reads: it changes only after the sheet has come back."""
    rows = UnitSheet.objects.select_for_update(of=("self",)).select_related("unit")
    sheet = rows.filter(campaign=campaign, unit_id=unit_id).first()
    if sheet is None or sheet.state in (SheetState.DRAFTING, SheetState.RETURNED):
        return
    taken = sheet.state == SheetState.ACCEPTED
    day = sheet.accepted_on if taken else sheet.submitted_on
    raise CannotDo(
        f"Bảng đăng ký của {sheet.unit.name} {'đã được nhận' if taken else 'đã nộp'} ngày {day:%d/%m/%Y}. "
        "Muốn đổi, đề nghị Thường trực Hội đồng trả lại bảng cho đơn vị trước."
    )


def _check_titles(campaign: Campaign, titles: Sequence[str], *, kind: str) -> None:
    choices, gap = choices_or_why(campaign, "person" if kind == "person" else "unit")
    if titles and not choices:
        raise CannotDo(f"{gap} Chưa đăng ký danh hiệu được.")
    known = {choice.code: choice.name for choice in choices}
    if unknown := [code for code in titles if code not in known]:
        whom = "cá nhân" if kind == "person" else "tập thể"
        raise CannotDo(
            f"Không có danh hiệu {whom} “{unknown[0]}” theo luật năm {campaign.year}. "
            f"Chọn trong: {', '.join(known.values())}."
        )
    if len(set(titles)) != len(titles):
        raise CannotDo("Có danh hiệu được chọn hai lần. Chọn mỗi danh hiệu một lần.")


def _present(campaign: Campaign, person: Person | None, unit: Unit | None, *, seen: int | None) -> Registration | None:
    """What stands now, locked; refused when the page that asks was made from something else."""
    rows = Registration.objects.current().select_for_update()
    present: Registration | None = rows.filter(campaign=campaign, person=person, unit=unit).first()
    if seen is not None and seen != (present.pk if present else 0):
        raise CannotDo("Đăng ký này vừa được ghi ở một trang khác. Tải lại trang để xem bản mới rồi sửa.")
    return present


def _said(campaign: Campaign, source: str, on: datetime.date) -> str:
    """The source of a registration, with how late it came."""
    late = late_words(working_days_late(campaign, MilestoneKind.REGISTRATION, on=on))
    tail = f" ({late})" if late else ""
    return f"{source[: LONGEST_SOURCE - len(tail)]}{tail}"


def _write(
    campaign: Campaign,
    person: Person | None,
    unit: Unit | None,
    *,
    registered: bool,
    titles: list[str],
    source: str,
    present: Registration | None,
) -> Registration:
    now = timezone.now()
    try:
        with transaction.atomic():
            if present is not None:
                Registration.objects.filter(pk=present.pk).update(superseded_at=now)
            return Registration.objects.create(
                agency=campaign.agency,
                campaign=campaign,
                person=person,
                unit=unit,
                registered=registered,
                titles=titles,
                source=source,
                known_from=now,
                supersedes=present,
            )
    except IntegrityError as error:  # another tab was first, between the look and here
        raise CannotDo("Đăng ký này vừa được ghi ở một trang khác. Tải lại trang để xem bản mới rồi sửa.") from error


def _record(
    actor: Actor, verb: str, row: Registration, subject: _Subject, payload: dict[str, object], *, because: str = ""
) -> None:
    record(
        agency_key=actor.agency.pk,
        actor=actor.key,
        verb=verb,
        target=f"registrations.registration:{row.pk}",
        payload={"subject": subject.code, **payload},
        because=because,
    )
