"""A plan as it was read and confirmed, the campaign it opens, its targets, and how they were handed down."""

from django.db import models
from django.utils import timezone

from thidua.apps.accounts.models import Job
from thidua.apps.campaigns.states import (
    AcknowledgementWay,
    CampaignKind,
    CampaignState,
    MilestoneKind,
    PlanState,
    ReadingJobKind,
    ReadingStep,
)
from thidua.apps.files.models import StoredFile
from thidua.apps.units.models import Owned, Person, Recorded, Unit


class Plan(Owned):
    """A plan document and its reading as it stands (contract ``plan.md``); ``versions`` tell how it came to be."""

    document = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    reading = models.JSONField()
    state = models.CharField(max_length=20, choices=PlanState.choices, default=PlanState.READ)
    read_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=200, blank=True)


class Reading(Owned):
    """What the reader made of one text of a plan: of a file, or of a reading's text that a person corrected.

    ``what`` holds the words that were corrected. A reading stands aside until a version takes it up.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="readings")
    document = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    read = models.JSONField()
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    what = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.CharField(max_length=200)


class ReadingVersion(Owned):
    """One step of people on a reading: the text taken and what is settled about it (``core.plans.settling``).

    Rows are never changed. ``back`` is the version that undoing this one leads to.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="versions")
    kept = models.JSONField()
    verb = models.CharField(max_length=20, choices=ReadingStep.choices)
    what = models.JSONField(default=dict)
    because = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.CharField(max_length=200)
    back = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="campaigns_readingversion_once")]


class ReadingJob(Job):
    """A file of many pages to recognise, read beside the page that asked for it; it counts pages.

    ``plan`` is whose file it is, of a new plan None until it is read; ``reading`` is what came of it.
    """

    kind = models.CharField(max_length=20, choices=ReadingJobKind.choices)
    document = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    filename = models.CharField(max_length=300)
    plan = models.ForeignKey(Plan, null=True, on_delete=models.PROTECT, related_name="jobs")
    reading = models.ForeignKey(Reading, null=True, on_delete=models.PROTECT, related_name="+")


class Campaign(Owned):
    """One emulation campaign of an agency, opened by a confirmed plan.

    ``launched_on`` is the official day, ``launched_at`` the moment of recording it.
    """

    plan = models.OneToOneField(Plan, on_delete=models.PROTECT, related_name="campaign")
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    motto = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=20, choices=CampaignKind.choices, default=CampaignKind.REGULAR)
    state = models.CharField(max_length=20, choices=CampaignState.choices, default=CampaignState.DRAFT)
    launched_on = models.DateField(null=True)
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


class Allocation(Recorded):
    """A unit's share of a target: so many people, collectives or tasks (``amount``); superseded, never overwritten."""

    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="allocations")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    amount = models.PositiveIntegerField()
    allocated_by = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["target", "unit"],
                condition=models.Q(superseded_at__isnull=True),
                name="campaigns_allocation_once",
            )
        ]


class Delivery(Owned):
    """The plan and the unit's targets handed to a unit, and the unit's receipt."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="deliveries")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    delivered_on = models.DateField()
    delivered_by = models.CharField(max_length=200)
    received_on = models.DateField(null=True)
    received_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "unit"], name="campaigns_delivery_once")]


class Briefing(Owned):
    """A meeting at which a unit's people were told of the plan (quán triệt)."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="briefings")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField()
    place = models.CharField(max_length=200)
    led_by = models.CharField(max_length=200)
    content = models.CharField(max_length=1000)
    recorded_by = models.CharField(max_length=200)


class Acknowledgement(Owned):
    """One person knows the plan: said by themselves with an account, or signed on a list that was scanned."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="acknowledgements")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=20, choices=AcknowledgementWay.choices)
    on = models.DateField()
    document = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "person"], name="campaigns_acknowledgement_once"),
            models.CheckConstraint(
                condition=~models.Q(way=AcknowledgementWay.PAPER) | models.Q(document__isnull=False),
                name="campaigns_acknowledgement_paper_has_its_scan",
            ),
        ]


class Milestone(Recorded):
    """A day by which something of the campaign must be done, and how it was found; superseded, never overwritten."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="milestones")
    kind = models.CharField(max_length=20, choices=MilestoneKind.choices)
    due = models.DateField()
    why = models.CharField(max_length=300)

    class Meta:
        ordering = ["due"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "kind"],
                condition=models.Q(superseded_at__isnull=True),
                name="campaigns_milestone_once",
            )
        ]
