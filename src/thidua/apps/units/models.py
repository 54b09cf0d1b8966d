"""Agencies, their units, people, posts held in time, mass organisations and what became of whom.

Every row but the agency itself belongs to one agency; a query outside ``django_scopes.scope(agency=pk)`` raises.
"""

import datetime
from typing import ClassVar, Self, TypeVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django_scopes import ScopedManager

from thidua.apps.units.states import (
    AgencyKind,
    LineageKind,
    MassOrganisationKind,
    PostKind,
    Sex,
    StaffCategory,
    UnitKind,
)

M = TypeVar("M", bound=models.Model)


class Agency(models.Model):
    """One public agency: the scope of everything else. ``place`` stands before the date on its papers."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=AgencyKind.choices, blank=True)
    place = models.CharField(max_length=120, blank=True)
    parent_name = models.CharField(max_length=200, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Owned(models.Model):
    """A row of one agency."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager[Self]] = ScopedManager(agency="agency")

    class Meta:
        abstract = True


class RecordedManager(models.Manager[M]):
    """The manager of rows with two times."""

    def current(self) -> models.QuerySet[M]:
        """What we hold to be so now."""
        return self.filter(superseded_at__isnull=True)

    def as_known(self, moment: datetime.datetime) -> models.QuerySet[M]:
        """What we held to be so at a moment."""
        known = Q(known_from__lte=moment)
        return self.filter(known & (Q(superseded_at__isnull=True) | Q(superseded_at__gt=moment)))


class Recorded(Owned):
    """A fact with two times: when it was so (its own fields) and when we knew it. Superseded, never overwritten."""

    known_from = models.DateTimeField(default=timezone.now, editable=False)
    superseded_at = models.DateTimeField(null=True, editable=False)
    supersedes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="superseded_by")
    source = models.CharField(max_length=300, blank=True)

    objects: ClassVar[RecordedManager[Self]] = ScopedManager(agency="agency", _manager_class=RecordedManager)

    class Meta:
        abstract = True

    @property
    def is_current(self) -> bool:
        """Whether nothing has superseded it."""
        return self.superseded_at is None


class Unit(Owned):
    """A collective of an agency: division, centre, office."""

    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=UnitKind.choices)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["agency", "code"], name="units_unit_code_unique")]

    def __str__(self) -> str:
        return self.name


class Lineage(Owned):
    """A unit that became another on a day; its people's and its own history go on in the successor."""

    before = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successors")
    after = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="predecessors")
    kind = models.CharField(max_length=20, choices=LineageKind.choices)
    on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(before=F("after")), name="units_lineage_not_itself"),
            models.UniqueConstraint(fields=["before", "after"], name="units_lineage_once"),
        ]


class PresentManager(models.Manager[M]):
    """The manager of rows that may be withdrawn: those that were are on no list and in no figure."""

    def get_queryset(self) -> models.QuerySet[M]:
        """What was not withdrawn."""
        return super().get_queryset().filter(withdrawn_at__isnull=True)


class Person(Owned):
    """A member of staff (CBCCVC). ``sort_key`` orders by given name, as Vietnamese lists do.

    Whoever came in by an import that was undone is ``withdrawn``: kept, and shown nowhere.
    """

    code = models.CharField(max_length=40)
    full_name = models.CharField(max_length=120)
    sort_key = models.CharField(max_length=400)
    folded = models.CharField(max_length=120)
    birth_date = models.DateField(null=True)
    sex = models.CharField(max_length=5, choices=Sex.choices, blank=True)
    category = models.CharField(max_length=20, choices=StaffCategory.choices)
    recruited_on = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[models.Manager[Self]] = ScopedManager(agency="agency", _manager_class=PresentManager)

    class Meta:
        ordering = ["sort_key", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "code"], condition=Q(withdrawn_at__isnull=True), name="units_person_code_unique"
            )
        ]

    def __str__(self) -> str:
        return self.full_name


class Post(Recorded):
    """A post held from a day to a day (both included); one regular post at a time."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=PostKind.choices, default=PostKind.REGULAR)
    elsewhere = models.CharField(max_length=200, blank=True)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        ordering = ["since"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="units_post_ends_after_start"
            ),
            ExclusionConstraint(
                name="units_post_one_regular_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (
                        Func("since", "until", models.Value("[]"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(kind=PostKind.REGULAR, superseded_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.unit}"


class MassOrganisation(Owned):
    """A Party or mass organisation; without a unit the agency's own. ``exists`` is false where none is."""

    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="mass_organisations")
    kind = models.CharField(max_length=20, choices=MassOrganisationKind.choices)
    exists = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "unit", "kind"], name="units_massorganisation_once", nulls_distinct=False
            )
        ]
