"""Who knows the plan: deliveries, meetings and acknowledgements by unit, and the list to sign on paper."""

from collections.abc import Sequence
from dataclasses import dataclass

from thidua.apps.campaigns.models import Acknowledgement, Briefing, Campaign, Delivery
from thidua.apps.campaigns.queries.wholes import Wholes, wholes_of
from thidua.apps.units.models import Person, Unit
from thidua.apps.units.queries import Membership
from thidua.core.papers.form import Column, Head, Signer, TablePaper


@dataclass(frozen=True)
class UnitStanding:
    """How far the plan has come in one unit; people in the order of Vietnamese lists.

    ``waiting`` have not acknowledged yet; who has left the agency in the year is not waited for.
    """

    unit: Unit
    members: Sequence[Membership]
    known: Sequence[Acknowledgement]
    waiting: Sequence[Person]
    delivery: Delivery | None
    briefings: Sequence[Briefing]


def briefing_standing(campaign: Campaign) -> list[UnitStanding]:
    """Every unit that has people in the year or was handed the plan."""
    wholes = wholes_of(campaign)
    known = {row.person_id: row for row in campaign.acknowledgements.select_related("person")}
    deliveries = {row.unit_id: row for row in campaign.deliveries.all()}
    held: dict[int, list[Briefing]] = {}
    for row in campaign.briefings.order_by("held_on", "pk"):
        held.setdefault(row.unit_id, []).append(row)
    standings = []
    for unit in wholes.units:
        standing = _standing(unit, wholes, known, deliveries.get(unit.pk), held.get(unit.pk, []))
        if standing.members or standing.delivery:
            standings.append(standing)
    return standings


def unit_standing(campaign: Campaign, unit: Unit) -> UnitStanding:
    """How far the plan has come in one unit."""
    known = {row.person_id: row for row in campaign.acknowledgements.select_related("person")}
    delivery = campaign.deliveries.filter(unit=unit).first()
    held = list(campaign.briefings.filter(unit=unit).order_by("held_on", "pk"))
    return _standing(unit, wholes_of(campaign), known, delivery, held)


def _standing(
    unit: Unit,
    wholes: Wholes,
    known: dict[int, Acknowledgement],
    delivery: Delivery | None,
    held: Sequence[Briefing],
) -> UnitStanding:
    members = wholes.of_unit(unit.pk)
    return UnitStanding(
        unit=unit,
        members=members,
        known=[known[member.person.pk] for member in members if member.person.pk in known],
        waiting=[m.person for m in members if m.person.pk not in known and m.left_on is None],
        delivery=delivery,
        briefings=held,
    )


def acknowledgement_sheet(campaign: Campaign, unit: Unit) -> TablePaper:
    """The list that those of a unit who have not acknowledged sign; scanned and brought back it counts for each."""
    agency, standing = campaign.agency, unit_standing(campaign, unit)
    posts = {member.person.pk: member.post.title for member in standing.members}
    return TablePaper(
        head=Head(
            parent=agency.parent_name,
            issuer=agency.name,
            symbol=f"DS-{agency.code.upper()}",
            kind="Danh sách",
            subject=f"ký xác nhận đã được quán triệt kế hoạch thi đua năm {campaign.year}",
        ),
        summary=(f"Đơn vị: {unit.name}.", f"Phong trào: {campaign.title}."),
        columns=(
            Column("STT", 6, "center"),
            Column("Mã", 12),
            Column("Họ và tên", 34),
            Column("Chức vụ", 28),
            Column("Ngày ký", 16),
            Column("Chữ ký", 24),
        ),
        rows=[
            (str(place), person.code, person.full_name, posts.get(person.pk, ""), "", "")
            for place, person in enumerate(standing.waiting, start=1)
        ],
        signer=Signer(post="Trưởng đơn vị"),
        landscape=False,
    )
