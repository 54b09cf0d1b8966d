"""Who sits on a council on a day, and how each of them takes part in a session."""

import datetime
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Q

from thidua.apps.accounts.queries import Actor
from thidua.apps.councils.models import Attendance, Council, Member, Session
from thidua.apps.councils.states import Presence
from thidua.core.law.votes import quorum_missing, quorum_needed


@dataclass(frozen=True, slots=True)
class Seat:
    """One member on the session's day; ``attendance`` is None until marked."""

    member: Member
    attendance: Attendance | None

    @property
    def presence(self) -> str:
        """How the member takes part; blank when not marked."""
        return self.attendance.presence if self.attendance else ""

    @property
    def left_at(self) -> datetime.time | None:
        """When the member left, if so."""
        return self.attendance.left_at if self.attendance else None

    @property
    def came(self) -> bool:
        """Whether the member came to the session, gone since or not."""
        return self.presence == Presence.PRESENT

    @property
    def is_present(self) -> bool:
        """Whether the member is in the room now."""
        return self.came and self.left_at is None

    @property
    def name(self) -> str:
        """The member's name."""
        return self.member.person.full_name


@dataclass(frozen=True, slots=True)
class Roll:
    """Everybody who sits on the council on the session's day; ``quorum`` is the share of them that must be there."""

    seats: tuple[Seat, ...]
    quorum: Fraction

    @property
    def members(self) -> int:
        """All members, present or not."""
        return len(self.seats)

    @property
    def present(self) -> int:
        """Those in the room now; who is asked in writing or has left is not."""
        return sum(seat.is_present for seat in self.seats)

    @property
    def missing(self) -> int:
        """How many more must be in the room now for the quorum; an empty council lacks one."""
        return quorum_missing(self.quorum, members=self.members, present=self.present)

    @property
    def had_quorum(self) -> bool:
        """Whether enough came, gone since or not."""
        came = sum(seat.came for seat in self.seats)
        return not quorum_missing(self.quorum, members=self.members, present=came)

    @property
    def needed(self) -> int:
        """The quorum in whole people."""
        return quorum_needed(self.quorum, members=self.members)

    def seat(self, member_id: int) -> Seat | None:
        """A member's seat, if they sit on the council that day."""
        return next((seat for seat in self.seats if seat.member.pk == member_id), None)

    def seat_of(self, actor: Actor) -> Seat | None:
        """The seat of the actor's person, if they sit on the council that day."""
        found = (seat for seat in self.seats if seat.member.person_id == actor.person_id)
        return next(found, None) if actor.person_id else None


def members_on(council: Council, day: datetime.date) -> list[Member]:
    """The members of a council on a day, chair first as they were added."""
    on_day = Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gte=day))
    return list(Member.objects.filter(on_day, council=council).select_related("person").order_by("pk"))


def roll_of(session: Session) -> Roll:
    """The roll of a session, with two queries."""
    marks = {mark.member_id: mark for mark in Attendance.objects.filter(session=session)}
    seats = tuple(Seat(member, marks.get(member.pk)) for member in members_on(session.council, session.held_on))
    return Roll(seats=seats, quorum=Fraction(session.quorum))


def member_for(actor: Actor, session: Session) -> Member | None:
    """The membership by which the actor's person sits in a session, if any."""
    if actor.person_id is None:
        return None
    day = session.held_on
    on_day = Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gte=day))
    found = Member.objects.filter(on_day, council_id=session.council_id, person_id=actor.person_id)
    return found.select_related("person").first()
