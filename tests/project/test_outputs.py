"""Which papers of a year are written, and under which names."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from apps.deciding import DAY, proposed
from django.test import Client

from thidua.apps.accounts.models import User
from thidua.apps.councils.models import Council, Member, Minutes, Session
from thidua.apps.councils.states import CouncilKind, MemberRole
from thidua.apps.decisions.models import Proposal
from thidua.apps.decisions.states import ProposalState
from thidua.apps.files.actions import store_file
from thidua.apps.initiatives.models import Initiative, Recognition
from thidua.apps.units.models import Person
from thidua.core.plans.plan import Plan
from thidua.project.commands.plan import load
from thidua.project.outputs import year_files
from thidua.project.story import ACCOUNTS, doors

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load(ROOT / "sample" / "ke-hoach-2020.ocr.txt")


def names(world: Any, plan: Plan) -> list[str]:
    return [name for name, _make in year_files(world.agency, world.campaign, plan)]


def test_every_decision_that_recognises_initiatives_is_written_once(world: Any, plan: Plan) -> None:
    for place, number in enumerate(("412/QĐ-STC", "412/QĐ-STC", "498/QĐ-STC")):
        paper = store(world, number)
        row = Initiative.objects.create(agency=world.agency, year=2020, name=f"Việc {place}", drafted_by="test")
        Recognition.objects.create(
            agency=world.agency, initiative=row, scope="co_so", decision=number, on=DAY, document=paper
        )
    found = [name for name in names(world, plan) if "sang-kien" in name]
    assert found == ["quyet-dinh-cong-nhan-sang-kien-412.pdf", "quyet-dinh-cong-nhan-sang-kien-498.pdf"]


def store(world: Any, text: str) -> Any:
    data = f"%PDF-1.7 {text}".encode()
    return store_file(actor="test", agency=world.agency, data=data, name="ky.pdf", media_type="application/pdf")


def test_two_meetings_of_a_day_have_papers_of_their_own(world: Any, plan: Plan) -> None:
    own = {"agency": world.agency}
    council = Council.objects.create(kind=CouncilKind.EMULATION, name="Hội đồng", since=DAY, **own)
    chair = Member.objects.create(
        council=council, person=Person.objects.all()[0], role=MemberRole.CHAIR, since=DAY, **own
    )
    told = {"council": council, "year": 2020, "held_on": DAY, "chair": chair, "clerk": chair, "quorum": "2/3"}
    for hour in ("sáng", "chiều"):
        session = Session.objects.create(title=f"Phiên {hour}", **told, **own)
        paper = store(world, hour)
        Minutes.objects.create(session=session, kind="session", number="1", document=paper, signed_on=DAY, **own)
    found = [(name, make()) for name, make in year_files(world.agency, world.campaign, plan) if "hop-hoi-dong" in name]
    assert found == [
        ("bien-ban-hop-hoi-dong-tdkt-20201231.pdf", "%PDF-1.7 sáng".encode()),
        ("bien-ban-hop-hoi-dong-tdkt-20201231-2.pdf", "%PDF-1.7 chiều".encode()),
    ]


def test_a_draft_of_a_proposal_is_no_paper_yet(world: Any, actors: dict[str, Any], plan: Plan) -> None:
    drafted = proposed(world, actors["secretary"])
    assert [name for name in names(world, plan) if name.startswith("to-trinh")] == []
    Proposal.objects.filter(pk=drafted.pk).update(number=2, state=ProposalState.SENT)
    later = {"year": 2021, "dated": DAY + datetime.timedelta(days=60), "number": 2, "state": ProposalState.SENT}
    Proposal.objects.create(agency=world.agency, addressed_to="Chủ tịch", series="TTr", drafted_by="test", **later)
    found = names(world, plan)
    assert [name for name in found if name.startswith("to-trinh")] == [
        "to-trinh-02.pdf",
        "to-trinh-02.docx",
        "to-trinh-02-2.pdf",
        "to-trinh-02-2.docx",
    ]
    assert len(found) == len(set(found))


def test_every_page_that_the_demo_names_opens_for_its_account(world: Any) -> None:
    found = doors(world.campaign)
    assert [door.account for door in found] == [*ACCOUNTS, ""]
    for door in found:
        client = Client()
        if door.account:
            client.force_login(User.objects.get(username=door.account))
        assert client.get(door.address).status_code == 200, door
