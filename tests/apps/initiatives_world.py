"""What the tests of initiatives share: days, a council of three, and the way to each state."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from thidua.apps.accounts.actions import open_account
from thidua.apps.accounts.queries import Actor, actor_for, operator
from thidua.apps.audit.models import Entry
from thidua.apps.councils.actions import (
    add_member,
    close_session,
    found_council,
    mark_attendance,
    open_session,
    plan_session,
    vote_together,
)
from thidua.apps.councils.models import Item, Session
from thidua.apps.councils.states import Choice, CouncilKind, MemberRole, Presence
from thidua.apps.initiatives.actions import (
    accept_application,
    apply_for,
    assess,
    draft,
    schedule,
    take_vote,
)
from thidua.apps.initiatives.models import Initiative
from thidua.apps.units.models import Person

NAME = "Bảng theo dõi tạm ứng quá hạn cho các đơn vị dự toán"
FILED = datetime.date(2020, 9, 30)
ACCEPTED = datetime.date(2020, 10, 15)
ASSESSED = datetime.date(2020, 11, 10)
MEETS = datetime.date(2020, 11, 20)
DECIDED = datetime.date(2020, 12, 1)
FOUNDED = datetime.date(2020, 1, 15)


def someone(*codes: str) -> list[Person]:
    return [Person.objects.get(code=code) for code in codes]


def drafted(actor: Actor, **changes: Any) -> Initiative:
    given: dict[str, Any] = {
        "year": 2020,
        "name": NAME,
        "authors": {actor.person_id: 100},
        "essence": "Một bảng chung, mỗi đơn vị một dòng, tô màu khoản quá hạn.",
        "benefit": "Số khoản tạm ứng quá hạn giảm từ 14 xuống 3.",
        "first_applied_on": datetime.date(2020, 3, 2),
    }
    return draft(actor=actor, **(given | changes))


def accepted(actors: dict[str, Any], **changes: Any) -> Initiative:
    initiative = apply_for(actor=actors["member"], initiative=drafted(actors["member"], **changes), on=FILED)
    return accept_application(actor=actors["secretary"], initiative=initiative, on=ACCEPTED)


def account(world: Any, person: Person) -> Actor:
    user = open_account(
        actor=operator(world.agency),
        username=f"hd-{person.code.lower()}",
        password="mot-mat-khau-rat-dai",
        person=person,
    )
    return actor_for(user, on=timezone.localdate())


@pytest.fixture
def council(world: Any, actors: dict[str, Any]) -> dict[str, Any]:
    """An initiative council of three people with accounts; the director is none of them."""
    taken = [actors[name].person_id for name in ("member", "head", "director")]
    people = list(Person.objects.exclude(pk__in=taken).filter(user=None).order_by("code")[1:4])
    run = actors["secretary"]
    body = found_council(actor=run, kind=CouncilKind.INITIATIVE, name="Hội đồng sáng kiến Sở", since=FOUNDED)
    roles = (MemberRole.CHAIR, MemberRole.CLERK, MemberRole.MEMBER)
    seats = [
        add_member(actor=run, council=body, person=person, role=role, since=FOUNDED)
        for person, role in zip(people, roles, strict=True)
    ]
    session = plan_session(
        actor=run,
        council=body,
        year=2020,
        title="Họp xét sáng kiến năm 2020",
        held_on=MEETS,
        place="Phòng họp tầng 2",
        chair=seats[0],
        clerk=seats[1],
    )
    return {"body": body, "seats": seats, "session": session, "actors": [account(world, person) for person in people]}


def judged(initiative: Initiative, council: dict[str, Any], points: int = 3) -> None:
    for actor in council["actors"][:2]:
        assess(
            actor=actor,
            initiative=initiative,
            novelty=points,
            application=points,
            effect=points,
            comment="Có số liệu trước và sau.",
            on=ASSESSED,
        )


def voted(council: dict[str, Any], actors: dict[str, Any], choice: Choice) -> None:
    run, session = actors["secretary"], council["session"]
    for seat in council["seats"]:
        mark_attendance(actor=run, session=session, member=seat, presence=Presence.PRESENT)
    session = open_session(actor=run, session=session, at=datetime.time(8, 0)) or Session.objects.get(pk=session.pk)
    items = list(Item.objects.filter(session=session))
    vote_together(actor=run, items=items, choices={seat.pk: choice for seat in council["seats"]})
    close_session(actor=run, session=Session.objects.get(pk=session.pk), at=datetime.time(10, 0))


def passed(actors: dict[str, Any], council: dict[str, Any], **changes: Any) -> Initiative:
    initiative = accepted(actors, **changes)
    judged(initiative, council)
    schedule(actor=actors["secretary"], initiative=initiative, session=council["session"])
    voted(council, actors, Choice.YES)
    return take_vote(actor=actors["secretary"], initiative=initiative)


def refused(error: type[Exception], act: Callable[[], object], says: str = "") -> None:
    """The act is refused with these words and wrote nothing to the record."""
    before = Entry.objects.count()
    with pytest.raises(error, match=says or None):
        act()
    assert Entry.objects.count() == before
