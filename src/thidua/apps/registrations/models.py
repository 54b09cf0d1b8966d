"""Who signed up for emulation in a campaign, and the sheets by which units roll that up."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from thidua.apps.campaigns.models import Campaign
from thidua.apps.registrations.states import SheetState
from thidua.apps.units.models import Owned, Person, Recorded, Unit


class Registration(Recorded):
    """A person or a collective signed up (or is known not to have); which titles they aim at, by code."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="registrations")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="registrations")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="registrations")
    registered = models.BooleanField()
    titles = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, unit__isnull=True) | Q(person__isnull=True, unit__isnull=False),
                name="registrations_registration_one_subject",
            ),
            models.UniqueConstraint(
                fields=["campaign", "person"],
                condition=Q(superseded_at__isnull=True, person__isnull=False),
                name="registrations_registration_person_once",
            ),
            models.UniqueConstraint(
                fields=["campaign", "unit"],
                condition=Q(superseded_at__isnull=True, unit__isnull=False),
                name="registrations_registration_unit_once",
            ),
        ]


class UnitSheet(Owned):
    """A unit's registration sheet in a campaign, with its emulation contract (giao ước) in the unit's own words."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="sheets")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=SheetState.choices, default=SheetState.DRAFTING)
    contract = models.TextField(blank=True)
    submitted_on = models.DateField(null=True)
    submitted_by = models.CharField(max_length=200, blank=True)
    accepted_on = models.DateField(null=True)
    accepted_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "unit"], name="registrations_unitsheet_once")]


class Mark(Owned):
    """A note of the standing secretary on a returned sheet: on one registration, or on the sheet as a whole."""

    sheet = models.ForeignKey(UnitSheet, on_delete=models.PROTECT, related_name="marks")
    registration = models.ForeignKey(Registration, null=True, on_delete=models.PROTECT, related_name="marks")
    note = models.CharField(max_length=500)
    marked_by = models.CharField(max_length=200)
    marked_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True)
