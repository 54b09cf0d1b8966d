"""People told of the plan: the unit's meeting, each one's acknowledgement, and the list signed on paper."""

import datetime
from collections.abc import Sequence

from django.db import IntegrityError, transaction

from thidua.apps.accounts.access import CannotDo, require
from thidua.apps.accounts.actions import official_act
from thidua.apps.accounts.queries import Actor
from thidua.apps.audit.actions import record
from thidua.apps.campaigns.access import may_act_for_unit
from thidua.apps.campaigns.actions.cascade import HEAD
from thidua.apps.campaigns.models import Acknowledgement, Briefing, Campaign
from thidua.apps.campaigns.queries import Wholes, became_of, launch_day, units_on, wholes_of
from thidua.apps.campaigns.states import AcknowledgementWay, CampaignState
from thidua.apps.files.actions import store_file
from thidua.apps.units.models import Person, Unit

SCANS = {b"%PDF": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png"}


@official_act
def hold_briefing(
    *, actor: Actor, campaign: Campaign, unit: Unit, held_on: datetime.date, place: str, led_by: str, content: str
) -> Briefing:
    """Minutes of a meeting at which a unit's people were told of the plan. Raises CannotDo, Refused."""
    require(may_act_for_unit(actor, unit_id=unit.pk), HEAD)
    _check_day(campaign, held_on, what="Ngày họp")
    if ended := became_of(unit, on=held_on):
        raise CannotDo(f"{ended} Ghi cuộc họp ở đơn vị đang hoạt động.")
    for name, text in (("địa điểm", place), ("người chủ trì", led_by), ("nội dung", content)):
        if not text.strip():
            raise CannotDo(f"Biên bản quán triệt còn thiếu {name}. Ghi thêm rồi lưu lại.")
    briefing = Briefing.objects.create(
        agency=campaign.agency,
        campaign=campaign,
        unit=unit,
        held_on=held_on,
        place=place.strip(),
        led_by=led_by.strip(),
        content=content.strip(),
        recorded_by=actor.key,
    )
    _record(actor, "hold_briefing", f"campaigns.briefing:{briefing.pk}", {"unit": unit.code, "on": held_on})
    return briefing


@official_act
def acknowledge(*, actor: Actor, campaign: Campaign, on: datetime.date) -> Acknowledgement:
    """Say with one's own account that one knows the plan; once.

    Raises CannotDo (already done, not of the agency's people this year, not launched).
    """
    wholes = wholes_of(campaign)
    member = wholes.members.get(actor.person_id or 0)
    if member is None:
        raise CannotDo("Tài khoản này không gắn với một người có vị trí trong năm của phong trào, nên không xác nhận.")
    _check_day(campaign, on, what="Ngày xác nhận")
    _check_first(campaign, [member.person])
    try:
        with transaction.atomic():
            made = Acknowledgement.objects.create(
                agency=campaign.agency,
                campaign=campaign,
                person=member.person,
                way=AcknowledgementWay.ACCOUNT,
                on=on,
                recorded_by=actor.key,
            )
    except IntegrityError as error:  # another tab was first, between the check and here
        raise CannotDo("Bạn đã xác nhận ở một trang khác vừa rồi; không cần xác nhận lại.") from error
    _record(actor, "acknowledge", f"campaigns.acknowledgement:{made.pk}", {"person": member.person.code, "on": on})
    return made


@official_act
def acknowledge_by_paper(
    *, actor: Actor, campaign: Campaign, people: Sequence[Person], on: datetime.date, scan: bytes, filename: str
) -> list[Acknowledgement]:
    """Keep the scan of a signed list and count everybody chosen on it; all of them, or nobody.

    Raises CannotDo for an empty list or scan, a file that is no scan, somebody who has acknowledged already or is not
    of this year's people; Refused for another unit's people.
    """
    wholes = wholes_of(campaign)
    _check_people(actor, people, wholes, on=on)
    _check_day(campaign, on, what="Ngày ký")
    _check_first(campaign, people)
    document = store_file(
        actor=actor.key, agency=actor.agency, data=scan, name=filename, media_type=_scan_type(scan, filename)
    )
    try:
        with transaction.atomic():
            made = Acknowledgement.objects.bulk_create(
                Acknowledgement(
                    agency=campaign.agency,
                    campaign=campaign,
                    person=person,
                    way=AcknowledgementWay.PAPER,
                    on=on,
                    document=document,
                    recorded_by=actor.key,
                )
                for person in people
            )
    except IntegrityError as error:  # as above
        raise CannotDo("Danh sách này vừa được ghi ở một trang khác. Tải lại trang để xem ai còn thiếu.") from error
    codes = [person.code for person in people]
    payload: dict[str, object] = {"people": codes, "on": on, "sha256": document.sha256}
    _record(actor, "acknowledge_by_paper", f"campaigns.campaign:{campaign.pk}", payload)
    return list(made)


def _check_people(actor: Actor, people: Sequence[Person], wholes: Wholes, *, on: datetime.date) -> None:
    then = units_on(on)
    if not people:
        raise CannotDo("Chưa chọn ai trong danh sách đã ký. Chọn những người có chữ ký.")
    if len({person.pk for person in people}) != len(people):
        raise CannotDo("Có người được chọn hai lần trong danh sách. Chọn mỗi người một lần.")
    for person in people:
        require(person.agency_id == actor.agency.pk, "người của chính cơ quan ấy")
        member = wholes.members.get(person.pk)
        if member is None:
            raise CannotDo(f"{person.full_name} không có vị trí trong năm của phong trào. Bỏ khỏi danh sách.")
        # whoever was transferred later in the year signed the list of the unit they were in then
        own = {member.unit.pk, then.get(person.pk, member.unit.pk)}
        require(any(may_act_for_unit(actor, unit_id=unit_id) for unit_id in own), HEAD)


def _check_first(campaign: Campaign, people: Sequence[Person]) -> None:
    done = campaign.acknowledgements.filter(person__in=people).select_related("person")
    if names := [f"{row.person.full_name} (ngày {row.on:%d/%m/%Y})" for row in done]:
        raise CannotDo(f"Đã xác nhận trước đó: {', '.join(names)}. Không xác nhận lại.")


def _check_day(campaign: Campaign, day: datetime.date, *, what: str) -> None:
    launched = launch_day(campaign)
    if campaign.state == CampaignState.DRAFT or launched is None:
        raise CannotDo("Phong trào chưa phát động: chưa có gì để quán triệt.")
    if day < launched:
        raise CannotDo(f"{what} {day:%d/%m/%Y} trước ngày phát động {launched:%d/%m/%Y}. Nhập lại ngày.")


def _scan_type(scan: bytes, filename: str) -> str:
    if not scan:
        raise CannotDo("Tệp quét trống. Chọn lại tệp quét danh sách đã ký.")
    found = next((kind for mark, kind in SCANS.items() if scan.startswith(mark)), None)
    if found is None:
        raise CannotDo(f"{filename} không phải là tệp PDF, JPG hoặc PNG. Quét danh sách đã ký thành một trong ba loại.")
    return found


def _record(actor: Actor, verb: str, target: str, payload: dict[str, object]) -> None:
    record(agency_key=actor.agency.pk, actor=actor.key, verb=verb, target=target, payload=payload)
