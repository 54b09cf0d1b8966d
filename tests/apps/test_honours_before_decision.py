"""A result is posted and its objections answered before the decision goes out, where the agency's rules ask for it."""

import datetime
import importlib
from typing import Any

import pytest
from apps.chain_story import DAY, Chain
from apps.council_meeting import without_own_rules
from apps.deciding import signed_copy
from django.apps import apps

from thidua.apps.accounts.access import Refused, StillOpen
from thidua.apps.accounts.queries import visitor
from thidua.apps.audit.models import Entry
from thidua.apps.councils import actions as councils
from thidua.apps.councils.models import Session
from thidua.apps.councils.states import CouncilKind
from thidua.apps.decisions import actions as decisions
from thidua.apps.decisions.models import Decision
from thidua.apps.decisions.queries import open_problems, proposal_problems
from thidua.apps.decisions.states import DecisionState
from thidua.apps.honours.actions import answer_objection, close_posting, object_to, post_result
from thidua.apps.honours.models import Posting
from thidua.apps.units.models import Person

CITE = r"\(Điều 11 khoản 2 \(minh họa\), Quy chế thi đua, khen thưởng của Sở \(minh họa\)\)"
LAST = datetime.date(2020, 12, 30)
NEW_YEAR = datetime.date(2021, 1, 4)
WORDS = {"name": "Người Dân", "contact": "0900 000 000", "text": "Đề nghị xem lại thành tích", "about": ""}


@pytest.fixture
def chain(world: Any, actors: dict[str, Any]) -> Chain:
    return Chain(world, actors)


@pytest.fixture
def draft(chain: Chain) -> Decision:
    """A draft over what the council passed on 23/12/2020, with nothing posted yet."""
    given: dict[str, Any] = {"actor": chain.by, "year": 2020, "subject": "Công nhận danh hiệu", "dated": DAY}
    return decisions.draft_decision(nominations=chain.passed(), **given)


def sitting() -> Session:
    return Session.objects.get(council__kind=CouncilKind.EMULATION)


def posted(chain: Chain, *, on: datetime.date | None = None) -> Posting:
    return post_result(actor=chain.by, session=sitting(), on=on or sitting().held_on)


def test_a_decision_waits_until_its_result_was_posted_and_closed(chain: Chain, draft: Decision) -> None:
    with chain.refused(f"chưa niêm yết kết quả {CITE}. Niêm yết, hết hạn", StillOpen):
        chain.send(draft)
    posting = posted(chain)
    assert (posting.closes_on, sitting().posted_until, sitting().posting_closed_on) == (LAST, LAST, None)
    with chain.refused(f"niêm yết đến hết 30/12/2020, chưa kết thúc {CITE}. Hết ngày ấy, trả lời mọi", StillOpen):
        chain.send(draft)
    objection = object_to(actor=visitor(chain.world.agency), posting=posting, on=LAST, **WORDS)
    with chain.refused("chưa được trả lời", StillOpen):
        close_posting(actor=chain.by, posting=posting, on=DAY)
    answer_objection(actor=chain.by, objection=objection, answer="Đã xem lại, đúng quy định.", on=DAY)
    close_posting(actor=chain.by, posting=posting, on=DAY)
    assert sitting().posting_closed_on == DAY
    assert open_problems(draft) == []
    assert chain.send(draft).state == DecisionState.SENT


def test_a_decision_dated_before_the_posting_was_closed(chain: Chain, draft: Decision) -> None:
    close_posting(actor=chain.by, posting=posted(chain), on=NEW_YEAR)
    (problem,) = open_problems(draft)
    assert problem.startswith("Ngày 31/12/2020 đứng trước ngày kết thúc niêm yết kết quả 04/01/2021 (Điều 11")
    with chain.refused("Lập lại với ngày từ ngày ấy trở đi", StillOpen):
        chain.send(draft)


def test_the_director_alone_decides_before_the_posting_is_over(chain: Chain, draft: Decision) -> None:
    (problem,) = open_problems(draft)
    given = {"decision": draft, "problem": problem, "because": "Khen đột xuất", "article": "QC-SO Điều 12"}
    with pytest.raises(Refused):
        decisions.override_problem(actor=chain.by, **given)
    decisions.override_problem(actor=chain.director, **given)
    assert chain.send(Decision.objects.get()).state == DecisionState.SENT


def test_a_second_posting_opens_the_matter_again(chain: Chain, draft: Decision) -> None:
    first = posted(chain)
    close_posting(actor=chain.by, posting=first, on=DAY)
    with chain.refused("danh sách này đã niêm yết từ ngày 23/12/2020"):
        posted(chain, on=DAY)
    sent = chain.send(draft)
    Person.objects.filter(pk=chain.people[0].pk).update(full_name="Tên Đã Sửa")
    second = posted(chain, on=DAY)
    assert (sitting().posted_until, sitting().posting_closed_on) == (second.closes_on, None)
    with chain.refused(f"niêm yết đến hết {second.closes_on:%d/%m/%Y}, chưa kết thúc", StillOpen):
        chain.take(sent)
    after = second.closes_on + datetime.timedelta(days=1)
    close_posting(actor=chain.by, posting=second, on=after)
    assert sitting().posting_closed_on == after
    with chain.refused("đứng trước ngày kết thúc niêm yết", StillOpen):
        chain.take(sent, signed_copy(sent))


def test_of_two_open_postings_the_last_to_close_ends_it(chain: Chain, draft: Decision) -> None:
    first = posted(chain)
    Person.objects.filter(pk=chain.people[0].pk).update(full_name="Tên Đã Sửa")
    second = posted(chain, on=datetime.date(2020, 12, 24))
    assert sitting().posted_until == DAY
    close_posting(actor=chain.by, posting=second, on=NEW_YEAR)
    assert sitting().posting_closed_on is None
    close_posting(actor=chain.by, posting=first, on=datetime.date(2021, 1, 5))
    assert sitting().posting_closed_on == datetime.date(2021, 1, 5)


def test_an_agency_whose_rules_ask_for_no_posting_decides_at_once(chain: Chain, draft: Decision) -> None:
    """The national packs alone give no days for it."""
    assert len(open_problems(draft)) == 1
    without_own_rules(chain.by, since=datetime.date(2020, 1, 1))
    assert [problem for problem in open_problems(draft) if "niêm yết" in problem] == []


def test_a_proposal_waits_for_the_posting_too(chain: Chain, draft: Decision) -> None:
    row = draft.lines.all()[0].nomination
    decisions.cancel(actor=chain.by, decision=draft, because="Trình lên tỉnh")
    row.title, row.override_because = "CSTDT", "Thành tích đặc biệt xuất sắc"
    row.save(update_fields=["title", "override_because"])
    made = decisions.draft_proposal(actor=chain.by, year=2020, nominations=[row], addressed_to="UBND tỉnh", dated=DAY)
    (problem,) = proposal_problems(made)
    assert "chưa niêm yết kết quả" in problem
    close_posting(actor=chain.by, posting=posted(chain), on=DAY)
    assert proposal_problems(made) == []


def test_the_session_keeps_no_end_before_its_postings_are_over(chain: Chain, draft: Decision) -> None:
    with chain.refused("chưa hết thời gian niêm yết"):
        councils.note_posting_closed(actor=chain.by, session=sitting(), on=DAY)
    posted(chain)
    with chain.refused("chưa hết thời gian niêm yết"):
        councils.note_posting_closed(actor=chain.by, session=sitting(), on=LAST)
    with pytest.raises(Refused):
        councils.note_posting(actor=chain.actors["member"], session=sitting(), until=DAY)
    target = f"councils.session:{sitting().pk}"
    assert Entry.objects.filter(target=target, verb="note_posting").get().payload.body == {"until": "2020-12-30"}


def test_postings_of_before_find_their_session(chain: Chain, draft: Decision) -> None:
    posting = posted(chain)
    close_posting(actor=chain.by, posting=posting, on=DAY)
    Posting.objects.update(session=None)
    Session.objects.update(posted_until=None, posting_closed_on=None)
    importlib.import_module("thidua.apps.honours.migrations.0003_posting_of_session").link(apps, None)
    assert Posting.objects.get().session == sitting()
    assert (sitting().posted_until, sitting().posting_closed_on) == (LAST, DAY)
