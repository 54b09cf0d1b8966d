"""A plan as it was read and confirmed, the campaign it opens, and its targets with what each one counts."""

from django.db import models
from django.utils import timezone

from thidua.apps.campaigns.states import CampaignKind, CampaignState, PlanState
from thidua.apps.files.models import StoredFile
from thidua.apps.units.models import Owned


class Plan(Owned):
    """A plan document and its reading (contract ``plan.md``, version 1); a new reading is a new row."""

    document = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    reading = models.JSONField()
    state = models.CharField(max_length=20, choices=PlanState.choices, default=PlanState.READ)
    read_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=200, blank=True)


class Campaign(Owned):
    """One emulation campaign of an agency, opened by a confirmed plan."""

    plan = models.OneToOneField(Plan, on_delete=models.PROTECT, related_name="campaign")
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    motto = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=20, choices=CampaignKind.choices, default=CampaignKind.REGULAR)
    state = models.CharField(max_length=20, choices=CampaignState.choices, default=CampaignState.DRAFT)
    launched_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-year", "pk"]

    def __str__(self) -> str:
        return self.title


class Target(Owned):
    """One target: the words of the plan, and the formula that counts it (``core.plans.formulas``)."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="targets")
    number = models.PositiveSmallIntegerField()
    clause = models.CharField(max_length=40)
    subject = models.CharField(max_length=300, blank=True)
    measure = models.CharField(max_length=500, blank=True)
    title_code = models.CharField(max_length=20, blank=True)
    op = models.CharField(max_length=5)
    value = models.CharField(max_length=40, blank=True)
    value_unit = models.CharField(max_length=20, blank=True)
    quote = models.TextField()
    formula = models.JSONField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["campaign", "number"], name="campaigns_target_number_unique")]

    def __str__(self) -> str:
        return f"{self.clause}: {self.quote}"
