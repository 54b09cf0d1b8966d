"""What became of posted lines: the list stays as it was posted, and says which of its lines no longer stand."""

import datetime
from typing import Any

import pytest
from apps.chain_story import Chain
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from thidua.apps.accounts.access import CannotDo
from thidua.apps.accounts.queries import visitor
from thidua.apps.decisions import actions as decisions
from thidua.apps.honours import actions
from thidua.apps.honours.actions import object_to
from thidua.apps.honours.models import Objection, Posting
from thidua.apps.honours.queries import Mark, posted_lines, posted_rows
from thidua.apps.nominations.actions import hold, release
from thidua.apps.nominations.models import Nomination

HELD, RELEASED = datetime.date(2021, 1, 4), datetime.date(2021, 1, 6)
ANNULLED = datetime.date(2021, 1, 18)
REASON = "Kê khai gian dối"


@pytest.fixture
def chain(world: Any, actors: dict[str, Any]) -> Chain:
    return Chain(world, actors)


def marks(posting: Posting) -> dict[str, Mark | None]:
    return {row.line["name"]: row.mark for row in posted_rows(posting, posted_lines(posting))}


def page_of(client: Client, posting: Posting) -> str:
    return client.get(reverse("honours:public-posting", args=["stc", posting.slug])).content.decode()


def test_held_dropped_and_annulled_lines_are_marked_and_nothing_is_rewritten(chain: Chain, client: Client) -> None:
    rows = chain.passed()
    draft = chain.drafted(rows)
    result = Posting.objects.get()
    before = list(result.lines)
    assert set(marks(result).values()) == {None}
    dropped, held, ended = (str(row.person) for row in rows[:3])
    decisions.drop_line(actor=chain.by, line=draft.lines.get(nomination=rows[0]), because=REASON)
    signed = chain.sign(draft)
    posting = chain.post(signed)
    lines = [signed.lines.get(nomination=rows[2])]
    annulment = decisions.draft_annulment(
        actor=chain.by, lines=lines, dated=ANNULLED, because=REASON, article="Luật Thi đua, khen thưởng, Điều 96"
    )
    assert marks(posting)[ended] is None, "a draft annuls nothing yet"
    annulment = chain.sign(annulment, on=ANNULLED)
    hold(actor=chain.by, nomination=rows[1], reason=REASON, article="QC-SO, Điều 6", on=HELD)
    out = Mark(timezone.localdate())
    by = Mark(ANNULLED, by=annulment)
    found = {name: mark for name, mark in marks(result).items() if mark}
    assert found == {dropped: out, held: Mark(HELD, is_held=True), ended: by}
    assert {name: mark for name, mark in marks(posting).items() if mark} == {ended: by}
    result.refresh_from_db()
    assert result.lines == before
    page = page_of(client, result)
    assert page.count('class="state out"') == 3
    for words in (
        f"đã rút khỏi danh sách ngày {timezone.localdate():%d/%m/%Y}",
        "tạm đưa ra khỏi danh sách từ ngày 04/01/2021",
        f"đã hủy bởi {annulment} ngày 18/01/2021",
    ):
        assert words in page
    assert REASON not in page
    release(actor=chain.by, nomination=Nomination.objects.get(pk=rows[1].pk), reason="Đã rõ", on=RELEASED)
    assert marks(result)[held] is None


def test_who_was_dropped_and_then_decided_after_all_is_marked_no_more(chain: Chain) -> None:
    rows = chain.passed()
    draft = chain.drafted(rows)
    result = Posting.objects.get()
    decisions.drop_line(actor=chain.by, line=draft.lines.get(nomination=rows[0]), because=REASON)
    assert marks(result)[str(rows[0].person)] == Mark(timezone.localdate())
    chain.drafted(rows[:1])
    assert marks(result)[str(rows[0].person)] is None


def test_a_posting_of_an_older_version_is_shown_without_marks(chain: Chain, client: Client) -> None:
    chain.drafted()
    Posting.objects.update(of=[])
    posting = Posting.objects.get()
    assert set(marks(posting).values()) == {None}
    page = page_of(client, posting)
    assert posting.lines[0]["name"] in page
    assert "Giám đốc sẽ quyết định" not in page
    assert "người có thẩm quyền quyết định" in page


def test_a_marked_page_asks_as_little_as_any(chain: Chain, client: Client, django_assert_max_num_queries: Any) -> None:
    chain.drafted()
    place = reverse("honours:public-posting", args=["stc", Posting.objects.get().slug])
    with django_assert_max_num_queries(15):
        assert client.get(place).status_code == 200


def test_how_long_it_hangs_is_said_in_full(chain: Chain) -> None:
    """Over Tết every day off is named; nothing is cut off the end, where the article stands."""
    session = chain.before_council()
    chain.hold_meeting(session)
    posting = actions.post_result(actor=chain.by, session=session, on=datetime.date(2021, 2, 8))
    assert len(posting.why) > 300
    assert posting.why.endswith("Điều 11 khoản 2 (minh họa), Quy chế thi đua, khen thưởng của Sở (minh họa)")


def test_many_objections_keep_nobody_from_being_heard(chain: Chain) -> None:
    chain.drafted()
    posting, public = Posting.objects.get(), visitor(chain.world.agency)
    Posting.objects.update(state="posted", closed_on=None)
    given: dict[str, Any] = {"actor": public, "posting": posting, "on": posting.posted_on, "about": ""}
    given |= {"name": "Người Dân", "contact": "0900 000 000", "text": "Đề nghị xem lại"}
    first = object_to(**given)
    fields = {field: getattr(first, field) for field in ("agency", "posting", "name", "contact", "text", "answer_due")}
    Objection.objects.bulk_create(Objection(**fields, received_on=posting.posted_on) for _ in range(60))
    assert object_to(**given).pk
    Objection.objects.bulk_create(Objection(**fields, received_on=posting.posted_on) for _ in range(940))
    with pytest.raises(CannotDo, match=r"đã nhận 1000 kiến nghị.*gửi đơn trực tiếp.*trước hết 30/12/2020"):
        object_to(**given)
