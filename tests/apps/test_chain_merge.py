"""A unit merged into another in the middle of the year: the successor takes its people's year to the paper."""

import datetime
from typing import Any

import pytest
from apps.chain_story import REVIEWED, Chain

from thidua.apps.accounts.access import CannotDo
from thidua.apps.campaigns.actions import deliver, receive_delivery
from thidua.apps.campaigns.models import Delivery
from thidua.apps.councils.models import Council
from thidua.apps.councils.states import CouncilKind
from thidua.apps.decisions.queries import open_problems
from thidua.apps.nominations import actions as nominations
from thidua.apps.nominations.models import Nomination
from thidua.apps.registrations.actions import open_sheets, register_titles, submit_sheet
from thidua.apps.registrations.models import Registration, UnitSheet
from thidua.apps.registrations.queries import sheet_table
from thidua.apps.units.actions import merge_unit
from thidua.apps.units.models import Lineage, Post, Unit

MERGED = datetime.date(2020, 9, 1)
DELIVERED = datetime.date(2020, 5, 20)
AGAIN = datetime.date(2020, 9, 3)
THE_EVE = MERGED - datetime.timedelta(days=1)


@pytest.fixture(params=["people moved", "only the units merged"])
def merged(request: pytest.FixtureRequest, world: Any, actors: dict[str, Any]) -> Chain:
    """THTK after it went into GCS; its people hold posts in GCS from that day, or nobody wrote that down yet."""
    chain = Chain(world, actors, unit="THTK")
    before, after = Unit.objects.get(code="THTK"), Unit.objects.get(code="GCS")
    deliver(actor=chain.by, campaign=chain.campaign, on=DELIVERED)
    if request.param == "people moved":
        merge_unit(actor="test", before=before, after=after, kind="sap_nhap", on=MERGED)
    else:
        Unit.objects.filter(pk=before.pk).update(until=THE_EVE)
        Lineage.objects.create(agency=world.agency, before=before, after=after, kind="sap_nhap", on=MERGED)
        before.refresh_from_db()
    chain.unit = before
    return chain


def test_what_was_handed_to_the_old_unit_is_received_by_the_new(merged: Chain) -> None:
    after = Unit.objects.get(code="GCS")
    old = Delivery.objects.get(unit__code="THTK")
    with merged.refused(r"đã sáp nhập vào Phòng Quản lý giá và công sản từ ngày 01/09/2020. Đề nghị"):
        receive_delivery(actor=merged.by, delivery=old, on=AGAIN)
    with merged.refused("Mọi đơn vị đã được giao kế hoạch"):
        deliver(actor=merged.by, campaign=merged.campaign, on=AGAIN)
    own = receive_delivery(actor=merged.by, delivery=Delivery.objects.get(unit=after), on=AGAIN)
    assert (own.unit, own.received_on) == (after, AGAIN)


def test_registrations_after_the_merger_are_the_new_unit_s(merged: Chain) -> None:
    before, after = Unit.objects.get(code="THTK"), Unit.objects.get(code="GCS")
    with merged.refused("đã sáp nhập vào Phòng Quản lý giá và công sản từ ngày 01/09/2020"):
        register_titles(actor=merged.by, campaign=merged.campaign, titles=["TTLDTT"], unit=before, on=AGAIN)
    register_titles(actor=merged.by, campaign=merged.campaign, titles=["TTLDTT"], unit=after, on=AGAIN)
    open_sheets(actor=merged.by, campaign=merged.campaign)
    stands = {row.person_id for row in Registration.objects.current().filter(campaign=merged.campaign)}
    shown = [
        line.person.pk for unit in (before, after) for line in sheet_table(merged.campaign, unit).people if line.person
    ]
    own = {person.pk for person in merged.people}
    assert own <= stands
    assert sorted(pk for pk in shown if pk in own) == sorted(own)  # each on one sheet: where the post is


def test_the_new_unit_reviews_and_the_decision_names_it(merged: Chain) -> None:
    after = Unit.objects.get(code="GCS")
    merged.register("LDTT", people=[person for person in people_of(after) if person not in merged.people])
    drafted = nominations.draft_list(actor=merged.by, campaign=merged.campaign, unit=merged.unit, on=REVIEWED)
    assert {row.unit for row in drafted} == {after}
    names = {row.person.code for row in drafted if row.person}
    assert {"TC052", "TC053", "TC054", "TC055"} <= names
    review = merged.plan()
    council = Council.objects.get(kind=CouncilKind.UNIT)
    assert (council.unit, council.members.count()) == (after, 12)
    merged.hold_meeting(review)
    nominations.submit(actor=merged.by, nominations=nominations.take_unit_votes(actor=merged.by, session=review))
    nominations.appraise_all(actor=merged.by, campaign=merged.campaign, on=REVIEWED)
    session = merged.council(*merged.board)
    nominations.put_on_agenda(actor=merged.by, nominations=drafted, session=session)
    merged.hold_meeting(session)
    rows = nominations.take_results(actor=merged.by, session=session)
    decision = merged.drafted(rows)
    assert open_problems(decision) == []
    decision = merged.sign(decision)
    assert set(decision.lines.values_list("unit__code", flat=True)) == {"GCS"}


def people_of(unit: Unit) -> list[Any]:
    return [post.person for post in Post.objects.current().filter(unit=unit, until__isnull=True)]


def test_a_nomination_made_before_the_merger_was_known_is_said_in_the_decision(
    world: Any, actors: dict[str, Any]
) -> None:
    chain = Chain(world, actors, unit="THTK")
    rows = chain.passed()
    merge_unit(
        actor="test",
        before=chain.unit,
        after=Unit.objects.get(code="GCS"),
        kind="sap_nhap",
        on=datetime.date(2020, 12, 25),
    )
    decision = chain.drafted(rows)
    assert len(open_problems(decision)) == len(rows)
    with chain.refused("đã kết thúc hoạt động ngày 24/12/2020. Kiểm tra đơn vị kế thừa", CannotDo):
        chain.send(decision)
    assert Nomination.objects.filter(unit=chain.unit).count() == len(rows)


def test_a_unit_that_has_ended_hands_in_no_sheet(merged: Chain) -> None:
    open_sheets(actor=merged.by, campaign=merged.campaign)
    sheet = UnitSheet.objects.get(unit__code="THTK")
    register_titles(actor=merged.by, campaign=merged.campaign, titles=["TTLDTT"], unit=sheet.unit, on=DELIVERED)
    with merged.refused("đã sáp nhập vào Phòng Quản lý giá và công sản từ ngày 01/09/2020"):
        submit_sheet(actor=merged.by, sheet=sheet, on=AGAIN)
    sheet = submit_sheet(actor=merged.by, sheet=sheet, on=THE_EVE)  # what it did while it was there is written late
    assert sheet.submitted_on == THE_EVE
