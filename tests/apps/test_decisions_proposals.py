"""Proposals to whoever decides above the agency: drafted, sent with a number, answered once."""

import datetime
from typing import Any

import pytest
from apps.deciding import DAY, clean_people, passed, proposed
from django.test import Client
from django.urls import reverse

from thidua.apps.accounts.access import CannotDo, Refused, StillOpen
from thidua.apps.accounts.models import User
from thidua.apps.audit.models import Entry
from thidua.apps.decisions.actions import (
    cancel_proposal,
    draft_proposal,
    override_in_proposal,
    record_answer,
    send_proposal,
)
from thidua.apps.decisions.models import Proposal, ProposalLine
from thidua.apps.decisions.queries import candidates, proposal_paper, proposal_problems
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


def against(world: Any) -> Nomination:
    """A nomination for a provincial title, passed by the council, of somebody whom the latest run finds against."""
    judged = world.run.judged.filter(findings__title="CSTDT", findings__outcome="not_met").values("person")
    person = next(person for person in clean_people(62) if judged.filter(person=person.pk).exists())
    return passed(world, "CSTDT", person=person)


def test_a_proposal_against_the_latest_finding_waits_for_the_director(world: Any, actors: dict[str, Any]) -> None:
    row = against(world)
    proposal = draft_proposal(actor=actors["secretary"], year=2020, nominations=[row], addressed_to=PROVINCE, dated=DAY)
    (problem,) = proposal_problems(proposal)
    assert problem == (
        f"{row.person} – Chiến sĩ thi đua cấp tỉnh: lần xét gần nhất theo luật cho kết quả “Chưa đủ điều kiện”. "
        "Sửa dữ kiện sai rồi xét lại, hoặc bỏ dự thảo tờ trình này rồi lập lại không có trường hợp này."
    )
    with pytest.raises(StillOpen):
        send_proposal(actor=actors["secretary"], proposal=proposal, on=DAY)
    given: dict[str, Any] = {"proposal": proposal, "problem": problem, "because": "Hội đồng đã cân nhắc"}
    with pytest.raises(Refused):
        override_in_proposal(actor=actors["secretary"], article="Điều 6", **given)
    with pytest.raises(CannotDo, match="Chưa ghi căn cứ"):
        override_in_proposal(actor=actors["director"], article=" ", **given)
    with pytest.raises(CannotDo, match="không còn"):
        override_in_proposal(actor=actors["director"], article="Điều 6", **(given | {"problem": "Khác"}))
    proposal = override_in_proposal(actor=actors["director"], article="QC-SO Điều 6", **given)
    said = {
        "problem": problem,
        "by": actors["director"].name,
        "because": "Hội đồng đã cân nhắc",
        "article": "QC-SO Điều 6",
    }
    assert (proposal.overrides, proposal_problems(proposal)) == ([said], [])
    with pytest.raises(CannotDo, match="đã được người có thẩm quyền xử lý"):
        override_in_proposal(actor=actors["director"], article="Điều 6", **given)
    entry = Entry.objects.get(verb="override_problem")
    assert (entry.target, entry.because) == (f"decisions.proposal:{proposal.pk}", "Hội đồng đã cân nhắc")
    assert send_proposal(actor=actors["secretary"], proposal=proposal, on=DAY).state == ProposalState.SENT
    assert Entry.objects.get(verb="send_proposal").payload.body["overrides"] == [said]  # type: ignore[index]
    with pytest.raises(CannotDo, match="không còn là dự thảo"):
        override_in_proposal(actor=actors["director"], article="Điều 6", **given)


def test_who_was_put_forward_against_the_finding_by_name_is_proposed(world: Any, actors: dict[str, Any]) -> None:
    row = against(world)
    row.override_by, row.override_because, row.override_article = "user:1", "Có thành tích đột xuất", "Điều 10"
    row.save()
    given: dict[str, Any] = {"nominations": [row], "addressed_to": PROVINCE, "dated": DAY}
    assert proposal_problems(draft_proposal(actor=actors["secretary"], year=2020, **given)) == []


def test_a_cancelled_proposal_frees_its_nominations(world: Any, actors: dict[str, Any]) -> None:
    proposal = proposed(world, actors["secretary"])
    rows = [line.nomination for line in proposal.lines.order_by("pk")]
    assert candidates(2020, on=DAY) == []
    with pytest.raises(Refused):
        cancel_proposal(actor=actors["member"], proposal=proposal, because="Lập lại")
    with pytest.raises(CannotDo, match="Chưa ghi lý do bỏ dự thảo"):
        cancel_proposal(actor=actors["secretary"], proposal=proposal, because=" ")
    proposal = cancel_proposal(actor=actors["secretary"], proposal=proposal, because="Lập lại")
    assert (proposal.state, proposal.because, proposal.lines.count()) == (ProposalState.CANCELLED, "Lập lại", 2)
    entry = Entry.objects.get(verb="cancel_proposal")
    assert (entry.because, entry.payload.body) == ("Lập lại", {"nominations": [row.pk for row in rows]})
    assert {row.nomination.pk for row in candidates(2020, on=DAY)} == {row.pk for row in rows}
    with pytest.raises(MoveRefused):
        send_proposal(actor=actors["secretary"], proposal=proposal, on=DAY)
    given: dict[str, Any] = {"nominations": rows, "addressed_to": PROVINCE, "dated": DAY}
    again = draft_proposal(actor=actors["secretary"], year=2020, **given)
    assert again.lines.filter(live=True).count() == 2
    again = send_proposal(actor=actors["secretary"], proposal=again, on=DAY)
    with pytest.raises(MoveRefused):
        cancel_proposal(actor=actors["secretary"], proposal=again, because="Muộn rồi")


def test_what_is_wrong_with_a_proposal_names_titles_and_not_codes(world: Any, actors: dict[str, Any]) -> None:
    row = passed(world, "CSTDT", person=clean_people(2)[1])
    Nomination.objects.filter(pk=row.pk).update(state=NominationState.HELD)
    with pytest.raises(CannotDo, match=f"^{row.person} – Chiến sĩ thi đua cấp tỉnh: hồ sơ đang ở trạng thái"):
        draft_proposal(actor=actors["secretary"], year=2020, nominations=[row], addressed_to=PROVINCE, dated=DAY)
    proposal = proposed(world, actors["secretary"])
    ProposalLine.objects.create(
        agency=world.agency, proposal=proposal, nomination=passed(world, "LDTT", person=clean_people(1)[0])
    )
    ProposalLine.objects.create(agency=world.agency, proposal=proposal, nomination=row)
    problems = proposal_problems(proposal)
    assert "Lao động tiên tiến: Giám đốc quyết định, không phải trình. Lập dự thảo quyết định." in problems
    assert any(problem.startswith(f"{row.person} – Chiến sĩ thi đua cấp tỉnh: hồ sơ đang ở") for problem in problems)


def test_the_page_sets_aside_and_cancels(world: Any, actors: dict[str, Any], client: Client) -> None:
    proposal = draft_proposal(
        actor=actors["secretary"], year=2020, nominations=[against(world)], addressed_to=PROVINCE, dated=DAY
    )
    place = reverse("decisions:proposal", args=[proposal.pk])
    client.force_login(User.objects.get(username="thuong-truc"))
    page = client.get(place).content.decode()
    assert [word in page for word in ("?viec=gui", "?viec=bo-du-thao", "?viec=xu-ly")] == [True, True, False]
    answer = client.post(f"{place}?viec=gui", {"gui-on": "31/12/2020"}).content.decode()
    assert "lần xét gần nhất theo luật" in answer
    client.force_login(User.objects.get(username="giam-doc"))
    (problem,) = proposal_problems(proposal)
    said = {"xu-ly-problem": problem, "xu-ly-because": "Đã cân nhắc", "xu-ly-article": "Điều 6"}
    assert client.post(f"{place}?viec=xu-ly", said).status_code == 302
    assert "Đã cân nhắc (Điều 6)" in client.get(place).content.decode()
    assert client.post(f"{place}?viec=khac", said).status_code == 404
    client.post(f"{place}?viec=bo-du-thao", {"bo-du-thao-because": "Lập lại"})
    proposal.refresh_from_db()
    page = client.get(place).content.decode()
    assert (proposal.state, "?viec=" in page, "Lập lại" in page) == (ProposalState.CANCELLED, False, True)
    assert "Bỏ dự thảo" in client.get(reverse("decisions:decisions")).content.decode()
