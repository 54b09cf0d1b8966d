"""A run: who was judged under which law on which facts, with what outcome. Never changed; a new run stands beside."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from thidua.apps.evaluations.states import Outcome, SubjectKind
from thidua.apps.units.models import Owned, Person, Unit


class Run(Owned):
    """One evaluation, pinned to the packs (``digests``), the date of the law and the facts as known at a moment."""

    year = models.PositiveSmallIntegerField()
    as_of = models.DateField()
    known_at = models.DateTimeField()
    digests = models.JSONField()
    ruleset = models.CharField(max_length=64)
    snapshot = models.CharField(max_length=64)
    ran_at = models.DateTimeField(default=timezone.now)
    ran_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["-ran_at", "-pk"]


class Judged(Owned):
    """One subject of a run: the facts it was judged on and where each came from."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="judged")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    facts = models.JSONField()
    sources = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "person", "unit"], name="evaluations_judged_once", nulls_distinct=False
            )
        ]

    @property
    def kind(self) -> str:
        """person or unit."""
        return "person" if self.person_id else "unit"

    @property
    def key(self) -> tuple[str, str]:
        """The kind and the code, as findings name a subject."""
        return self.kind, self.person.code if self.person else self.unit.code


class FindingRow(Owned):
    """One title of one judged subject."""

    judged = models.ForeignKey(Judged, on_delete=models.PROTECT, related_name="findings")
    title = models.CharField(max_length=20)
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    failed = ArrayField(models.CharField(max_length=80))
    missing = ArrayField(models.CharField(max_length=80))

    class Meta:
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(fields=["judged", "title"], name="evaluations_findingrow_once"),
            models.CheckConstraint(
                condition=models.Q(outcome__in=Outcome.values), name="evaluations_findingrow_known_outcome"
            ),
        ]


class QuotaRow(Owned):
    """A limit applied in a run: how many places, how many in line, in which order.

    ``ranked`` are codes of people or units (``kind``), ``groups`` the sizes of the groups in it that nothing tells
    apart; ``pool_count`` is the whole agency's count where its places are shared out among units.
    """

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="quotas")
    kind = models.CharField(max_length=10, choices=SubjectKind.choices, default=SubjectKind.PERSON)
    title = models.CharField(max_length=20)
    base = models.CharField(max_length=20)
    share = models.CharField(max_length=20)
    scope_code = models.CharField(max_length=40)
    base_count = models.PositiveIntegerField()
    places = models.PositiveIntegerField()
    most_places = models.PositiveIntegerField()
    pool_count = models.PositiveIntegerField(null=True)
    ranked = models.JSONField()
    groups = models.JSONField(default=list)
