"""Nominations: who is put forward for what, on which facts, what the appraisal said, and when it was held."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from thidua.apps.campaigns.models import Campaign
from thidua.apps.evaluations.states import Outcome
from thidua.apps.files.models import StoredFile
from thidua.apps.nominations.states import Advice, NominationState
from thidua.apps.units.models import Owned, Person, Unit


class Nomination(Owned):
    """One person or collective put forward for one title in a year, by a unit.

    ``unit`` is the proposing unit (a collective's own). Against the finding of the law a nomination names who
    overrides (``override_by``), why and by which article: a machine never drops anybody, nor lets it pass in silence.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="nominations")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=20)
    state = models.CharField(max_length=20, choices=NominationState.choices, default=NominationState.DRAFTED)
    drafted_by = models.CharField(max_length=200)
    drafted_on = models.DateField()
    override_by = models.CharField(max_length=200, blank=True)
    override_because = models.CharField(max_length=500, blank=True)
    override_article = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["unit__code", "title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "person", "unit", "title"],
                condition=~Q(state=NominationState.WITHDRAWN),
                name="nominations_nomination_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(override_by="") | ~Q(override_article="") & ~Q(override_because=""),
                name="nominations_nomination_override_named",
            ),
        ]

    @property
    def kind(self) -> str:
        """person or unit."""
        return "person" if self.person_id else "unit"

    @property
    def subject(self) -> Person | Unit:
        """Who is put forward."""
        return self.person or self.unit


class Claim(Owned):
    """One sentence of a dossier; ``fact`` is the address of the record it rests on (“records.rating:17”)."""

    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="claims")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)
    fact = models.CharField(max_length=80)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["nomination", "number"], name="nominations_claim_number_once"),
            models.CheckConstraint(condition=~Q(fact=""), name="nominations_claim_points_at_a_fact"),
        ]


class Appraisal(Owned):
    """The standing secretary's appraisal of one nomination on one run of the law; a later one stands beside it."""

    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="appraisals")
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    run_id = models.PositiveBigIntegerField()
    advice = models.CharField(max_length=20, choices=Advice.choices)
    note = models.CharField(max_length=1000, blank=True)
    on = models.DateField()
    by = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]


class Hold(Owned):
    """A nomination set aside for a reason and by an article, until somebody releases it."""

    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="holds")
    reason = models.CharField(max_length=500)
    article = models.CharField(max_length=200)
    since = models.DateField()
    held_by = models.CharField(max_length=200)
    document = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    released_on = models.DateField(null=True)
    released_by = models.CharField(max_length=200, blank=True)
    release_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["nomination"], condition=Q(released_on__isnull=True), name="nominations_hold_one_open"
            ),
            models.CheckConstraint(
                condition=Q(released_on__isnull=True) | ~Q(release_reason=""),
                name="nominations_hold_released_with_reason",
            ),
        ]


class Remark(Owned):
    """That a nomination was submitted, returned or withdrawn, on which day, and why in the words of whoever did it."""

    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="remarks")
    verb = models.CharField(max_length=40)
    on = models.DateField(null=True)
    note = models.CharField(max_length=1000)
    made_by = models.CharField(max_length=200)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
