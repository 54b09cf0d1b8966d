"""Signing up for a campaign."""

from thidua.apps.campaigns.models import Campaign
from thidua.apps.registrations.models import Registration
from thidua.apps.units.models import Person, Unit


def register(
    *,
    campaign: Campaign,
    person: Person | None = None,
    unit: Unit | None = None,
    registered: bool,
    source: str,
) -> Registration:
    """Write one registration; part of a larger act that is recorded by its caller."""
    return Registration.objects.create(
        agency=campaign.agency,
        campaign=campaign,
        person=person,
        unit=unit,
        registered=registered,
        source=source,
    )
