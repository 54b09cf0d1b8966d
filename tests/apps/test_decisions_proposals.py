"""Proposals to whoever decides above the agency: drafted, sent with a number, answered once."""

import datetime
from typing import Any

import pytest
from apps.deciding import DAY, clean_people, passed, proposed

from thidua.apps.accounts.access import CannotDo, Refused, StillOpen
from thidua.apps.decisions.actions import draft_proposal, record_answer, send_proposal
from thidua.apps.decisions.models import Proposal, ProposalLine
from thidua.apps.decisions.queries import proposal_paper, proposal_problems
from thidua.apps.decisions.states import ProposalState
from thidua.apps.files.models import TakenNumber
from thidua.apps.files.queries import content
from thidua.apps.nominations.models import Nomination
from thidua.apps.nominations.states import NominationState
from thidua.core.lifecycle import MoveRefused

PROVINCE = "Chủ tịch Ủy ban nhân dân tỉnh"


def test_a_proposal_goes_out_with_number_and_paper(world: Any, actors: dict[str, Any]) -> None:
    proposal = proposed(world, actors["secretary"])
    assert proposal_problems(proposal) == []
    proposal = send_proposal(actor=actors["secretary"], proposal=proposal, on=DAY)
    assert (proposal.state, proposal.number, proposal.series) == (ProposalState.SENT, 1, "TTr-STC")
    assert proposal.document is not None
    assert content(proposal.document)[:5] == b"%PDF-"
    letter = proposal_paper(proposal)
    assert letter.addressed_to == [PROVINCE]
    table = letter.sections[0].paragraphs[0]
    assert not isinstance(table, str)
    assert [row[3] for row in table.rows] == ["Chiến sĩ thi đua cấp tỉnh", "Tập thể lao động xuất sắc"]  # type: ignore[index]
    assert any("Biên bản" in str(line) for line in letter.sections[1].paragraphs)
    proposal = record_answer(
        actor=actors["secretary"], proposal=proposal, answer="Quyết định 15/QĐ-UBND", on=datetime.date(2021, 2, 1)
    )
    assert (proposal.state, proposal.answered_on) == (ProposalState.ANSWERED, datetime.date(2021, 2, 1))
    with pytest.raises(MoveRefused):
        record_answer(actor=actors["secretary"], proposal=proposal, answer="Khác", on=DAY)


def test_a_title_of_the_own_head_is_not_proposed(world: Any, actors: dict[str, Any]) -> None:
    row = passed(world, "LDTT", person=clean_people(1)[0])
    with pytest.raises(CannotDo, match="Lập dự thảo quyết định"):
        draft_proposal(actor=actors["secretary"], year=2020, nominations=[row], addressed_to=PROVINCE, dated=DAY)
    assert Proposal.objects.count() == 0


def test_a_nomination_is_proposed_once(world: Any, actors: dict[str, Any]) -> None:
    proposed(world, actors["secretary"])
    row = Nomination.objects.get(title="CSTDT")
    with pytest.raises(CannotDo, match="đã có trong tờ trình"):
        draft_proposal(actor=actors["secretary"], year=2020, nominations=[row], addressed_to=PROVINCE, dated=DAY)
    assert (Proposal.objects.count(), ProposalLine.objects.count()) == (1, 2)


def test_a_held_nomination_stops_the_proposal(world: Any, actors: dict[str, Any]) -> None:
    proposal = proposed(world, actors["secretary"])
    Nomination.objects.filter(title="CSTDT").update(state=NominationState.HELD)
    with pytest.raises(StillOpen, match="Tạm dừng xét"):
        send_proposal(actor=actors["secretary"], proposal=proposal, on=DAY)
    proposal.refresh_from_db()
    assert (proposal.state, TakenNumber.objects.count()) == (ProposalState.DRAFTED, 0)


def test_members_propose_nothing(world: Any, actors: dict[str, Any]) -> None:
    row = passed(world, "CSTDT", person=clean_people(1)[0])
    with pytest.raises(Refused):
        draft_proposal(actor=actors["member"], year=2020, nominations=[row], addressed_to=PROVINCE, dated=DAY)
    assert Proposal.objects.count() == 0
