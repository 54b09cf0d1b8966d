"""Councils, their members in time, sessions, agenda, conflicts, positions, counts of secret ballots, minutes.

A council knows no nomination and no initiative: apps below put a subject (kind, id, label, address) on the agenda and
read the result. A unit's review meeting is a council of kind ``unit`` whose members are the unit's people.
"""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from thidua.apps.councils.states import (
    Choice,
    CouncilKind,
    ItemState,
    MemberRole,
    MinutesKind,
    PositionWay,
    Presence,
    SessionState,
    VoteMode,
)
from thidua.apps.files.models import StoredFile
from thidua.apps.units.models import Owned, Person, Recorded, Unit

CURRENT = Q(superseded_at__isnull=True)


class Council(Owned):
    """A body that votes, by which paper it was founded, from when to when."""

    kind = models.CharField(max_length=20, choices=CouncilKind.choices)
    name = models.CharField(max_length=200)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    paper = models.CharField(max_length=200, blank=True)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        ordering = ["kind", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=CouncilKind.UNIT, unit__isnull=False) | (~Q(kind=CouncilKind.UNIT) & Q(unit=None)),
                name="councils_council_unit_only_for_units",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Member(Owned):
    """A person who votes in a council from a day to a day."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=MemberRole.choices, default=MemberRole.MEMBER)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "person"], condition=Q(until__isnull=True), name="councils_member_once"
            ),
            models.UniqueConstraint(
                fields=["council"],
                condition=Q(until__isnull=True, role=MemberRole.CHAIR),
                name="councils_member_one_chair",
            ),
        ]


class Session(Owned):
    """One meeting of a council: where, when, who leads, who writes; quorum and recusal as the packs had them.

    ``quorum`` is a share of all members as a fraction (“2/3”) with its citation; hours are local times as typed.
    ``posted_until`` is the last day on which its result hangs for objections, ``posting_closed_on`` the day on which
    the last of its postings was closed, every objection answered: honours, downstream, writes both.
    """

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="sessions")
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    held_on = models.DateField()
    place = models.CharField(max_length=200)
    chair = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    clerk = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    quorum = models.CharField(max_length=20)
    quorum_cite = models.CharField(max_length=300)
    state = models.CharField(max_length=20, choices=SessionState.choices, default=SessionState.PLANNED)
    opened_at = models.TimeField(null=True)
    closed_at = models.TimeField(null=True)
    notes = models.TextField(blank=True)
    posted_until = models.DateField(null=True)
    posting_closed_on = models.DateField(null=True)

    class Meta:
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(posting_closed_on=None)
                | Q(posted_until__isnull=False, posting_closed_on__gt=F("posted_until")),
                name="councils_session_posting_closed_after_its_last_day",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Attendance(Owned):
    """How one member takes part; who leaves early no longer counts for the quorum of later votes."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="attendance")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    presence = models.CharField(max_length=20, choices=Presence.choices)
    left_at = models.TimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "member"], name="councils_attendance_once")]


class Item(Owned):
    """One question of the agenda about an opaque subject, the vote that it needs, and its result.

    ``share`` and ``more_than`` say what must be reached (“2/3”; ``more_than`` when it must be exceeded), ``of`` whose
    votes count whole. On opening, ``base`` and ``needed`` are fixed in whole people.
    """

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField()
    subject_kind = models.CharField(max_length=40)
    subject_id = models.PositiveBigIntegerField()
    label = models.CharField(max_length=300)
    detail = models.CharField(max_length=500, blank=True)
    address = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=20)
    mode = models.CharField(max_length=20, choices=VoteMode.choices)
    share = models.CharField(max_length=20)
    more_than = models.BooleanField(default=False)
    of = models.CharField(max_length=20)
    cite = models.CharField(max_length=300)
    grade = models.CharField(max_length=20)
    state = models.CharField(max_length=20, choices=ItemState.choices, default=ItemState.WAITING)
    base = models.PositiveSmallIntegerField(null=True)
    needed = models.PositiveSmallIntegerField(null=True)
    yes = models.PositiveSmallIntegerField(null=True)
    no = models.PositiveSmallIntegerField(null=True)
    other = models.PositiveSmallIntegerField(null=True)
    passed = models.BooleanField(null=True)
    because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["session", "number"], name="councils_item_number_once"),
            models.UniqueConstraint(
                fields=["session", "subject_kind", "subject_id"],
                condition=~Q(state=ItemState.WITHDRAWN),
                name="councils_item_subject_once",
            ),
            models.CheckConstraint(
                condition=~Q(state=ItemState.VOTED) | Q(passed__isnull=False, yes__isnull=False, needed__isnull=False),
                name="councils_item_voted_has_result",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class Conflict(Owned):
    """A member who may not vote on an item: the nominee, an author, or somebody who said so."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="conflicts")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    declared_by = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "member"], name="councils_conflict_once")]


class Position(Owned):
    """One member's position on one item of an open vote, or in writing; given once."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="positions")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=20, choices=Choice.choices)
    way = models.CharField(max_length=20, choices=PositionWay.choices)
    document = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    cast_by = models.CharField(max_length=200)
    cast_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "member"], name="councils_position_once")]


class Count(Recorded):
    """One teller's count of the secret ballots on one item; two tellers count without seeing each other's figures.

    ``issued`` = ``returned`` + those kept; ``returned`` = ``invalid`` + ``yes`` + ``no``. A recount supersedes.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="counts")
    teller = models.CharField(max_length=200)
    teller_name = models.CharField(max_length=200)
    issued = models.PositiveSmallIntegerField()
    returned = models.PositiveSmallIntegerField()
    invalid = models.PositiveSmallIntegerField()
    yes = models.PositiveSmallIntegerField()
    no = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "teller"], condition=CURRENT, name="councils_count_once"),
            models.CheckConstraint(
                condition=Q(returned__lte=F("issued")) & Q(returned=F("invalid") + F("yes") + F("no")),
                name="councils_count_adds_up",
            ),
        ]


class Minutes(Owned):
    """Signed minutes of a session or of its count, as the paper that was made from the record."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="minutes")
    kind = models.CharField(max_length=20, choices=MinutesKind.choices)
    number = models.CharField(max_length=80)
    document = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    signed_on = models.DateField()
    signed_by = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "kind"], name="councils_minutes_once")]
