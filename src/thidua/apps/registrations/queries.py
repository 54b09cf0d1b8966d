"""Who is registered in a year."""

import datetime

from thidua.apps.registrations.models import Registration


def registered_in(year: int, *, known_at: datetime.datetime | None = None) -> dict[tuple[str, int], Registration]:
    """Registrations of a year's campaigns by (person|unit, id), as known now or at a moment."""
    rows = Registration.objects.as_known(known_at) if known_at else Registration.objects.current()
    found: dict[tuple[str, int], Registration] = {}
    for row in rows.filter(campaign__year=year):
        if row.person_id is not None:
            found["person", row.person_id] = row
        elif row.unit_id is not None:
            found["unit", row.unit_id] = row
    return found
