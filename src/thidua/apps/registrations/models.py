"""Who signed up for emulation in a campaign."""

from django.db import models
from django.db.models import Q

from thidua.apps.campaigns.models import Campaign
from thidua.apps.units.models import Person, Recorded, Unit


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
