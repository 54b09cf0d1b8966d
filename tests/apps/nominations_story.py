"""One unit of the sample on its way from registration to the council, for the tests of nominations."""

import datetime
from typing import Any

from thidua.apps.audit.queries import links
from thidua.apps.councils import actions as councils
from thidua.apps.councils.models import Session
from thidua.apps.councils.states import Choice, CouncilKind, MemberRole, Presence
from thidua.apps.nominations import actions
from thidua.apps.nominations.models import Nomination
from thidua.apps.nominations.states import NominationState
from thidua.apps.registrations.actions import register_titles
from thidua.apps.units.models import Person, Post, Unit

SIGNED_UP = datetime.date(2020, 6, 1)
DRAFTED = datetime.date(2020, 12, 4)
REVIEWED = datetime.date(2020, 12, 8)
APPRAISED = datetime.date(2020, 12, 16)
COUNCIL = datetime.date(2020, 12, 23)
EIGHT, TEN = datetime.time(8, 0), datetime.time(10, 0)
S = NominationState


def entries(world: Any) -> int:
    return len(links(world.agency.pk))


def states() -> list[str]:
    return list(Nomination.objects.order_by("pk").values_list("state", flat=True))


class Story:
    """One unit of the sample on its way to the council; the standing secretary does what has no other actor."""

    def __init__(self, world: Any, actors: dict[str, Any], unit: Unit) -> None:
        self.world, self.by, self.unit, self.campaign = world, actors["secretary"], unit, world.campaign
        self.campaign.launched_on = datetime.date(2020, 5, 18)
        self.campaign.save(update_fields=["launched_on"])
        posts = Post.objects.current().filter(unit=unit, until__isnull=True).select_related("person")
        self.people = sorted((post.person for post in posts), key=lambda person: person.code)

    def register(self, *titles: str, people: list[Person] | None = None) -> None:
        for person in self.people if people is None else people:
            register_titles(actor=self.by, campaign=self.campaign, titles=titles, person=person, on=SIGNED_UP)

    def draft_list(self) -> list[Nomination]:
        return actions.draft_list(actor=self.by, campaign=self.campaign, unit=self.unit, on=DRAFTED)

    def draft(self, person: Person | None, title: str, **more: Any) -> Nomination:
        given = {"actor": self.by, "campaign": self.campaign, "unit": self.unit, "on": DRAFTED, **more}
        return actions.draft_nomination(person=person, title=title, **given)

    def plan(self) -> Session:
        return actions.plan_review(
            actor=self.by,
            campaign=self.campaign,
            unit=self.unit,
            held_on=REVIEWED,
            place="Phòng họp",
            chair=self.people[0],
            clerk=self.people[1],
        )

    def hold_meeting(self, session: Session, *, no: tuple[int, ...] = (), sign: bool = True) -> None:
        """Everybody is there and says yes, but no to the nominations named."""
        members = list(session.council.members.all())
        marks = {member.pk: (Presence.PRESENT, "") for member in members}
        councils.take_attendance(actor=self.by, session=session, marks=marks)
        councils.open_session(actor=self.by, session=session, at=EIGHT)
        for choice, items in (
            (Choice.YES, session.items.filter(state="waiting").exclude(subject_id__in=no)),
            (Choice.NO, session.items.filter(subject_id__in=no)),
        ):
            if items.exists():
                choices = dict.fromkeys((member.pk for member in members), choice)
                councils.vote_together(actor=self.by, items=list(items), choices=choices)
        councils.close_session(actor=self.by, session=session, at=TEN)
        if sign:
            councils.sign_minutes(actor=self.by, session=session, on=session.held_on)

    def submitted(self) -> list[Nomination]:
        """The whole list through the unit's meeting and up."""
        self.draft_list()
        session = self.plan()
        self.hold_meeting(session)
        taken = actions.take_unit_votes(actor=self.by, session=session)
        return actions.submit(actor=self.by, nominations=taken)

    def council(self, *people: Person) -> Session:
        found = councils.found_council(
            actor=self.by, kind=CouncilKind.EMULATION, name="Hội đồng thử", since=datetime.date(2020, 1, 15)
        )
        seats = [
            councils.add_member(actor=self.by, council=found, person=person, role=role, since=found.since)
            for person, role in zip(people, [MemberRole.CHAIR, *[MemberRole.MEMBER] * 20], strict=False)
        ]
        return councils.plan_session(
            actor=self.by,
            council=found,
            year=2020,
            title="Phiên họp xét thi đua năm 2020",
            held_on=COUNCIL,
            place="Hội trường",
            chair=seats[0],
            clerk=seats[1],
        )


def story_of_head(world: Any, actors: dict[str, Any]) -> Story:
    """The head's unit, everybody signed up for the first title."""
    found = Story(world, actors, Unit.objects.get(pk=next(iter(actors["head"].headed_units))))
    found.register("LDTT")
    return found


def person_with(world: Any, title: str, outcome: str) -> Any:
    """Somebody of the sample with that finding."""
    return world.run.judged.filter(person__isnull=False, findings__title=title, findings__outcome=outcome).first()


def story_of(world: Any, actors: dict[str, Any], judged: Any) -> Story:
    return Story(world, actors, judged.unit)
