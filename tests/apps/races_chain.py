"""Two people at once, each on a connection of their own: one does it, the other is told why not; never two results.

Every test works in a copy of the sample's database and throws it away, so that what it commits disturbs nobody. That
takes minutes: ``make proof`` runs them, ``make test`` does not.
"""

import datetime
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from apps.chain_story import DAY, FIGHTER, SUPPLEMENTED, Chain, signed_copy
from django.db import connection, connections, transaction
from django.utils import timezone
from django_scopes import scope

from thidua.apps.accounts.access import CannotDo
from thidua.apps.accounts.models import User
from thidua.apps.accounts.queries import actor_for, visitor
from thidua.apps.audit.actions import LOCK_SPACE
from thidua.apps.audit.queries import links
from thidua.apps.campaigns.models import Campaign
from thidua.apps.councils import actions as councils
from thidua.apps.councils.models import Count, Position
from thidua.apps.councils.states import Choice
from thidua.apps.decisions import actions as decisions
from thidua.apps.decisions.models import Decision, GoldenBook
from thidua.apps.decisions.states import DecisionState
from thidua.apps.files.models import TakenNumber
from thidua.apps.honours.actions import answer_objection, object_to
from thidua.apps.honours.models import Posting
from thidua.apps.nominations import actions as nominations
from thidua.apps.nominations.models import Nomination
from thidua.apps.records.actions import supersede_fact
from thidua.apps.records.models import Achievement, Award
from thidua.apps.registrations.actions import open_sheets, register_titles, submit_sheet
from thidua.apps.registrations.models import UnitSheet
from thidua.apps.units.models import Agency
from thidua.core.chain import verify
from thidua.core.lifecycle import MoveRefused

SHEET_DAY = datetime.date(2020, 6, 3)
PATIENCE = 60
ROLES = {"secretary": "thuong-truc", "director": "giam-doc", "head": "truong-phong", "member": "can-bo"}
LAW = "Luật Thi đua, khen thưởng, Điều 96"


class World:
    """What the chain needs of the sample."""

    def __init__(self, agency: Agency) -> None:
        self.agency, self.campaign = agency, Campaign.objects.get()


@pytest.fixture
def chain(django_db_setup: None, django_db_blocker: Any) -> Iterator[Chain]:
    """The chain at its beginning, in a copy of the sample's database where every act is committed."""
    with django_db_blocker.unblock():
        settings = connections.settings["default"]
        shared, copy = settings["NAME"], f"{settings['NAME']}_race"
        drop = f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)'
        outside(drop, f'CREATE DATABASE "{copy}" TEMPLATE "{shared}"')
        settings["NAME"] = copy
        try:
            agency = Agency.objects.get(code="stc")
            with scope(agency=agency.pk):
                today = timezone.localdate()
                actors = {role: actor_for(User.objects.get(username=name), on=today) for role, name in ROLES.items()}
                yield Chain(World(agency), actors)
                verify(links(agency.pk))  # whatever happened at once, the record is one unbroken chain
        finally:
            connections.close_all()
            settings["NAME"] = shared
            outside(drop)


def outside(*statements: str) -> None:
    """Statements about whole databases, given from a third one while nobody is in them."""
    connections.close_all()
    with connection._nodb_cursor() as cursor:  # as Django itself makes and drops test databases
        for statement in statements:
            cursor.execute(statement)


def at_once(chain: Chain, *acts: Callable[[], object]) -> list[str]:
    """Run acts at the same time, each in a thread with its own connection; “done” or the words of each refusal.

    The record is held shut, and each act goes as far as it can before the next begins: none can be over before all
    have begun, and the first to come is the first to go on.
    Whatever is not a refusal is raised here.
    """
    said: list[str] = []
    wrong: list[BaseException] = []

    def run(act: Callable[[], object]) -> None:
        try:
            with scope(agency=chain.world.agency.pk):
                act()
            said.append("done")
        except (CannotDo, MoveRefused) as error:
            said.append(str(error))
        except BaseException as error:
            wrong.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,), daemon=True) for act in acts]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_SPACE, chain.world.agency.pk % 2**31])
        for place, thread in enumerate(threads, start=1):
            thread.start()
            until = time.monotonic() + PATIENCE
            while waiting(cursor) < sum(one.is_alive() for one in threads[:place]) and time.monotonic() < until:
                time.sleep(0.01)
    for thread in threads:
        thread.join(timeout=PATIENCE)
    if wrong:
        raise wrong[0]
    assert len(said) == len(acts), "somebody waits for ever"
    return sorted(said, key=lambda words: words != "done")


def waiting(cursor: Any) -> int:
    """How many connections to this database wait for a lock now; a transaction else keeps what it saw first."""
    cursor.execute("SELECT pg_stat_clear_snapshot()")
    cursor.execute(
        "SELECT count(DISTINCT pid) FROM pg_locks JOIN pg_stat_activity USING (pid) "
        "WHERE NOT granted AND datname = current_database()"
    )
    return int(cursor.fetchone()[0])


# Voting


def test_one_member_casts_from_two_tabs(chain: Chain) -> None:
    session = chain.seat_all(chain.before_council())
    item = councils.open_vote(actor=chain.by, item=session.items.order_by("number")[0])
    voter = chain.actors["member"]
    done, refused = at_once(
        chain,
        lambda: councils.cast(actor=voter, item=item, choice=Choice.YES),
        lambda: councils.cast(actor=voter, item=item, choice=Choice.NO),
    )
    assert done == "done"
    assert "mỗi người chỉ biểu quyết một lần" in refused
    assert Position.objects.filter(item=item).count() == 1


def test_a_vote_is_cast_while_the_clerk_closes(chain: Chain) -> None:
    session = chain.seat_all(chain.before_council())
    item = councils.open_vote(actor=chain.by, item=session.items.order_by("number")[0])
    choices = {member.pk: Choice.YES for member in session.council.members.all()}
    done, *rest = at_once(
        chain,
        lambda: councils.cast(actor=chain.actors["member"], item=item, choice=Choice.NO),
        lambda: councils.vote_together(actor=chain.by, items=[item], choices=choices),
    )
    item.refresh_from_db()
    assert (done, item.yes + item.no, Position.objects.filter(item=item).count()) == ("done", 5, 5)
    assert rest in (["done"], [f"Mục {item.number} “{item.label}” đã có kết quả; chỉ ghi phiếu khi đang biểu quyết."])


def test_tellers_enter_at_once(chain: Chain) -> None:
    chain.register("LDTT", "CSTDCS", people=[person for person in chain.people if person.code == FIGHTER])
    session = chain.seat_all(chain.before_council())
    item = councils.open_vote(actor=chain.by, item=session.items.get(title="CSTDCS"))
    sheet = {item.pk: chain.sheet(item)}
    tellers = [chain.by, chain.by, chain.actors["member"], chain.director]
    said = at_once(
        chain,
        *(partial(councils.enter_counts, actor=teller, session=session, figures=sheet) for teller in tellers),
    )
    assert said[:2] == ["done", "done"]
    assert all("đã nhập kết quả đếm" in words or "đã đủ 2 lần đếm" in words for words in said[2:])
    assert len({count.teller for count in Count.objects.current().filter(item=item)}) == 2


# Submitting


def test_two_people_submit_one_sheet(chain: Chain) -> None:
    open_sheets(actor=chain.by, campaign=chain.campaign)
    register_titles(
        actor=chain.by, campaign=chain.campaign, titles=["TTLDTT"], unit=chain.unit, on=chain.campaign.launched_on
    )
    sheet = UnitSheet.objects.get(unit=chain.unit)
    done, refused = at_once(
        chain,
        lambda: submit_sheet(actor=chain.actors["head"], sheet=sheet, on=SHEET_DAY),
        lambda: submit_sheet(actor=chain.by, sheet=sheet, on=SHEET_DAY),
    )
    assert (done, "đang ở trạng thái" in refused) == ("done", True)


def test_one_list_is_drafted_and_submitted_from_two_tabs(chain: Chain) -> None:
    at_once(chain, chain.draft_list, chain.draft_list)
    assert Nomination.objects.count() == len(chain.people)
    review = chain.plan()
    chain.hold_meeting(review)
    taken = nominations.take_unit_votes(actor=chain.by, session=review)
    done, refused = at_once(
        chain,
        lambda: nominations.submit(actor=chain.by, nominations=taken),
        lambda: nominations.submit(actor=chain.actors["head"], nominations=list(reversed(taken))),
    )
    assert done == "done"
    assert refused != "done"
    assert set(Nomination.objects.values_list("state", flat=True)) == {"submitted"}


# Decisions


def test_two_decisions_take_the_next_number(chain: Chain) -> None:
    rows = chain.passed()
    drafts = [chain.drafted(rows[:3]), chain.drafted(rows[3:])]
    said = at_once(chain, *(partial(chain.send, draft) for draft in drafts))
    assert said[0] == "done"
    assert said[1] == "done" or "vừa được" in said[1]
    for draft in Decision.objects.filter(state=DecisionState.DRAFTED):
        chain.send(draft)
    assert sorted(Decision.objects.values_list("number", flat=True)) == [1, 2]
    assert TakenNumber.objects.filter(series="QĐ-STC").count() == 2


def test_one_decision_is_sent_and_its_copy_taken_from_two_tabs(chain: Chain) -> None:
    decision = chain.drafted()
    done, refused = at_once(chain, lambda: chain.send(decision), lambda: chain.send(decision))
    assert (done, "đang ở trạng thái" in refused) == ("done", True)
    decision.refresh_from_db()
    copy = signed_copy(decision)
    done, refused = at_once(chain, lambda: chain.take(decision, copy), lambda: chain.take(decision, copy))
    assert (done, "đang ở trạng thái" in refused) == ("done", True)
    assert GoldenBook.objects.count() == len(chain.people)
    assert Award.objects.current().filter(decision="01/QĐ-STC", year=2020).count() == len(chain.people)


def test_two_decisions_enter_the_golden_book(chain: Chain) -> None:
    rows = chain.passed()
    sent = [chain.send(chain.drafted(rows[:3])), chain.send(chain.drafted(rows[3:]))]
    copies = [(decision, signed_copy(decision)) for decision in sent]
    said = at_once(chain, *(partial(chain.take, *pair) for pair in copies))
    assert said[0] == "done"
    assert said[1] == "done" or "Sổ vàng vừa được ghi" in said[1]
    for decision, copy in copies:
        if Decision.objects.get(pk=decision.pk).state == DecisionState.SENT:
            chain.take(decision, copy)
    assert list(GoldenBook.objects.order_by("number").values_list("number", flat=True)) == list(range(1, 9))


def test_one_list_is_put_into_two_decisions(chain: Chain) -> None:
    rows = chain.passed()
    done, refused = at_once(chain, lambda: chain.drafted(rows), lambda: chain.drafted(rows[:2]))
    assert (done, "đã có trong" in refused) == ("done", True)
    assert Decision.objects.count() == 1


def test_one_line_is_annulled_from_two_tabs(chain: Chain) -> None:
    decision = chain.sign(chain.drafted())
    line = decision.lines.all()[0]

    def annul() -> Decision:
        return decisions.draft_annulment(
            actor=chain.by, lines=[line], dated=SUPPLEMENTED, because="Kê khai không đúng", article=LAW
        )

    done, refused = at_once(chain, annul, annul)
    assert (done, "đang có trong dự thảo" in refused) == ("done", True)
    assert Decision.objects.filter(amends=decision).count() == 1


# Posting


def test_one_decision_is_posted_and_one_objection_answered_from_two_tabs(chain: Chain) -> None:
    decision = chain.sign(chain.drafted())
    done, refused = at_once(chain, lambda: chain.post(decision), lambda: chain.post(decision))
    assert (done, "đã niêm yết từ ngày" in refused) == ("done", True)
    posting = Posting.objects.get(decision=decision)
    objection = object_to(
        actor=visitor(chain.world.agency), posting=posting, name="A", contact="b", text="c", about="", on=DAY
    )
    done, refused = at_once(
        chain,
        lambda: answer_objection(actor=chain.by, objection=objection, answer="Đúng quy định", on=DAY),
        lambda: answer_objection(actor=chain.director, objection=objection, answer="Sẽ xem lại", on=DAY),
    )
    assert (done, "đang ở trạng thái" in refused) == ("done", True)


# Two acts that wait for each other


def test_acts_that_wait_for_each_other_end_with_one_done_and_one_told_to_do_it_again(chain: Chain) -> None:
    chain.register("LDTT", "CSTDCS", people=[person for person in chain.people if person.code == FIGHTER])
    decision = chain.send(chain.drafted())
    copy = signed_copy(decision)
    used = Achievement.objects.current().get(person__code=FIGHTER, year=2020)
    take = partial(chain.take, decision, copy)
    mend = partial(supersede_fact, actor=chain.by, fact=used, because="Sửa tên sáng kiến", name="Tên đã sửa")
    done, refused = at_once(chain, take, mend)
    assert (done, refused) == ("done", "Việc này chưa ghi được vì có người khác ghi cùng lúc. Làm lại lần nữa.")
    is_signed = Decision.objects.get(pk=decision.pk).state == DecisionState.SIGNED
    is_mended = Achievement.objects.filter(supersedes=used).exists()
    assert (is_signed, is_mended) in ((True, False), (False, True))
    assert GoldenBook.objects.count() == (9 if is_signed else 0)
    (mend if is_signed else take)()
    assert Decision.objects.get(pk=decision.pk).state == DecisionState.SIGNED
    assert Achievement.objects.current().get(supersedes=used).name == "Tên đã sửa"


def test_one_list_is_proposed_from_two_tabs(chain: Chain) -> None:
    chain = Chain(chain.world, chain.actors, unit="TCDT")
    chain.register("LDTT", "CSTDT", people=[person for person in chain.people if person.code == "TC033"])
    rows = [row for row in chain.passed() if row.title == "CSTDT"]
    given = {"actor": chain.by, "year": 2020, "addressed_to": "Chủ tịch Ủy ban nhân dân tỉnh", "dated": DAY}
    propose = partial(decisions.draft_proposal, nominations=rows, **given)
    done, refused = at_once(chain, propose, propose)
    assert (len(rows), done, "đã có trong tờ trình gửi" in refused) == (1, "done", True)
