"""Targets to units, with sums; the plan handed over, and its receipt."""

import datetime
from collections.abc import Iterable, Mapping

from django.utils import timezone

from thidua.apps.accounts.access import CannotDo, StillOpen, require
from thidua.apps.accounts.actions import official_act
from thidua.apps.accounts.queries import Actor
from thidua.apps.audit.actions import record
from thidua.apps.campaigns.access import WHO, may_act_for_unit, may_run_campaigns
from thidua.apps.campaigns.models import Allocation, Campaign, Delivery, Target
from thidua.apps.campaigns.queries import (
    Wholes,
    allocatable,
    became_of,
    delivery_problems,
    last_allocation,
    launch_day,
    wholes_of,
)
from thidua.apps.campaigns.queries.cascade import most_for
from thidua.apps.campaigns.states import CampaignState
from thidua.apps.units.models import Unit

HEAD = "trưởng đơn vị ấy, thường trực Hội đồng hoặc giám đốc"
MOST = 100_000  # more tasks than any unit has


@official_act
def allocate(*, actor: Actor, target: Target, amounts: Mapping[int, int]) -> list[Allocation]:
    """Hand a target down: so many people, collectives or tasks to each unit (by id); units not named keep theirs.

    Returns what stands afterwards. Raises CannotDo for a target that is not handed down by count, an unknown or ended
    unit, an amount below 0 or over the unit's own people; Refused. Sums are not forced here (``allocation_problems``).
    """
    require(may_run_campaigns(actor), WHO)
    campaign = _open_campaign(target.campaign)
    given = _allocate(actor, campaign, target, amounts, wholes_of(campaign))
    _record(actor, "allocate", f"campaigns.target:{target.pk}", {"amounts": given})
    return list(Allocation.objects.current().filter(target=target).select_related("unit").order_by("unit__code"))


@official_act
def allocate_table(
    *, actor: Actor, campaign: Campaign, amounts: Mapping[int, Mapping[int, int]], seen: int | None = None
) -> int:
    """Save a whole table (target id → unit id → amount) as one act; returns how many amounts changed.

    ``seen`` is the newest allocation that the table was made from: when somebody has saved since, nothing is written.
    Raises as ``allocate`` does.
    """
    require(may_run_campaigns(actor), WHO)
    campaign = _open_campaign(campaign)
    if seen is not None and seen != last_allocation(campaign):
        raise CannotDo("Bảng giao chỉ tiêu đã được lưu ở nơi khác sau khi bạn mở trang này. Tải lại trang rồi sửa.")
    targets = {target.pk: target for target in campaign.targets.all()}
    if unknown := set(amounts) - set(targets):
        raise CannotDo(f"Phong trào này không có chỉ tiêu mã {min(unknown)}. Tải lại trang rồi sửa.")
    wholes = wholes_of(campaign)
    given = {
        str(targets[pk].number): changed
        for pk, row in amounts.items()
        if (changed := _allocate(actor, campaign, targets[pk], row, wholes))
    }
    if not given:
        raise CannotDo("Không có số nào thay đổi so với bảng đang lưu.")
    _record(actor, "allocate_table", f"campaigns.campaign:{campaign.pk}", {"amounts": given})
    return sum(len(row) for row in given.values())


@official_act
def deliver(*, actor: Actor, campaign: Campaign, on: datetime.date) -> list[Delivery]:
    """Hand the plan with its targets to every unit that exists on the day and was not handed it before.

    Raises StillOpen (wrong sums, targets with a unit that has ended), CannotDo, Refused.
    """
    require(may_run_campaigns(actor), WHO)
    campaign = _open_campaign(campaign)
    launched = launch_day(campaign)
    if campaign.state != CampaignState.LAUNCHED or launched is None:
        raise CannotDo("Phong trào chưa phát động: phát động rồi mới giao cho đơn vị.")
    if on < launched:
        raise CannotDo(f"Ngày giao {on:%d/%m/%Y} trước ngày phát động {launched:%d/%m/%Y}. Nhập lại ngày giao.")
    if problems := delivery_problems(campaign, on=on):
        raise StillOpen(problems)
    had = set(campaign.deliveries.values_list("unit_id", flat=True))
    units = [unit for unit in wholes_of(campaign).units if unit.pk not in had and not became_of(unit, on=on)]
    if not units:
        raise CannotDo("Mọi đơn vị đã được giao kế hoạch; không còn đơn vị nào để giao.")
    made = Delivery.objects.bulk_create(
        Delivery(agency=campaign.agency, campaign=campaign, unit=unit, delivered_on=on, delivered_by=actor.key)
        for unit in units
    )
    _record(actor, "deliver", f"campaigns.campaign:{campaign.pk}", {"on": on, "units": _codes(units)})
    return list(made)


@official_act
def receive_delivery(*, actor: Actor, delivery: Delivery, on: datetime.date) -> Delivery:
    """A unit's head confirms that the plan has come; once. Raises CannotDo, Refused for another unit's delivery."""
    delivery = Delivery.objects.select_for_update(of=("self",)).select_related("unit", "campaign").get(pk=delivery.pk)
    require(may_act_for_unit(actor, unit_id=delivery.unit_id), HEAD)
    unit = delivery.unit
    if delivery.received_on is not None:
        raise CannotDo(f"{unit.name} đã ký nhận kế hoạch ngày {delivery.received_on:%d/%m/%Y}; không cần nhận lại.")
    if on < delivery.delivered_on:
        raise CannotDo(f"Ngày nhận {on:%d/%m/%Y} trước ngày giao {delivery.delivered_on:%d/%m/%Y}. Nhập lại ngày nhận.")
    if ended := became_of(unit, on=on):
        raise CannotDo(f"{ended} Đề nghị Thường trực Hội đồng giao lại cho đơn vị đang hoạt động.")
    delivery.received_on, delivery.received_by = on, actor.key
    delivery.save(update_fields=["received_on", "received_by"])
    _record(actor, "receive_delivery", f"campaigns.delivery:{delivery.pk}", {"on": on, "unit": unit.code})
    return delivery


def _open_campaign(campaign: Campaign) -> Campaign:
    """The campaign, locked so that two saves follow one another; raises CannotDo when it has been closed."""
    campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if campaign.state == CampaignState.CLOSED:
        raise CannotDo(f"{campaign.title} đã kết thúc; không giao chỉ tiêu nữa.")
    return campaign


def _allocate(
    actor: Actor, campaign: Campaign, target: Target, amounts: Mapping[int, int], wholes: Wholes
) -> dict[str, int]:
    """Write the amounts that changed, by unit code."""
    if target.pk not in {row.pk for row in allocatable(campaign)}:
        raise CannotDo(
            f"Mục {target.clause} (“{target.quote[:80]}”) không giao được bằng số cho đơn vị: chỉ giao tỷ lệ đạt danh "
            "hiệu và số nhiệm vụ. Phần còn lại là chỉ tiêu chung của cơ quan."
        )
    present = {row.unit_id: row for row in Allocation.objects.current().filter(target=target)}
    units = {unit.pk: unit for unit in wholes.units}
    changed: dict[str, int] = {}
    for unit_pk, amount in amounts.items():
        unit = _checked(units.get(unit_pk), amount, target, wholes, on=launch_day(campaign))
        old = present.get(unit_pk)
        if old is None or old.amount != amount:
            _replace(actor, target, unit, amount, old)
            changed[unit.code] = amount
    return changed


def _checked(unit: Unit | None, amount: int, target: Target, wholes: Wholes, *, on: datetime.date | None) -> Unit:
    if unit is None:
        raise CannotDo("Có đơn vị không thuộc cơ quan này, hoặc không có trong năm. Tải lại trang rồi chọn đơn vị.")
    if not 0 <= amount <= MOST:
        raise CannotDo(f"{unit.name}, mục {target.clause}: số giao {amount} phải từ 0 đến {MOST}. Nhập lại.")
    if amount and on and (ended := became_of(unit, on=on)):
        raise CannotDo(f"{ended} Giao cho đơn vị đang hoạt động.")
    most = most_for(target, unit_id=unit.pk, wholes=wholes)
    if most is not None and amount > most:
        raise CannotDo(
            f"{unit.name}, mục {target.clause}: giao {amount} nhưng chỉ có {most} "
            f"{'người' if wholes.headcount(unit.pk) == most else 'tập thể'}. Nhập số không quá {most}."
        )
    return unit


def _replace(actor: Actor, target: Target, unit: Unit, amount: int, old: Allocation | None) -> None:
    now = timezone.now()
    if old is not None:
        Allocation.objects.filter(pk=old.pk).update(superseded_at=now)
    Allocation.objects.create(
        agency=target.agency,
        target=target,
        unit=unit,
        amount=amount,
        allocated_by=actor.key,
        known_from=now,
        supersedes=old,
    )


def _codes(units: Iterable[Unit]) -> list[str]:
    return [unit.code for unit in units]


def _record(actor: Actor, verb: str, target: str, payload: dict[str, object]) -> None:
    record(agency_key=actor.agency.pk, actor=actor.key, verb=verb, target=target, payload=payload)
