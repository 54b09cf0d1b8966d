"""Who is registered in a year, and which titles the year's law offers."""

import datetime
from dataclasses import dataclass

from thidua.apps.campaigns.models import Campaign
from thidua.apps.campaigns.queries import year_rules
from thidua.apps.registrations.models import Registration
from thidua.apps.units.models import Person, Unit
from thidua.core.law.errors import NoRule
from thidua.core.law.terms import Kind

TITLE_ORDER = [
    *("LDTT", "CSTDCS", "CSTDT", "CSTDTQ", "TTLDTT", "TTLDXS", "CO_TINH", "CO_CP"),
    *("GK", "BK_TINH", "BK_TTG", "HCLD_BA", "HCLD_NHI", "HCLD_NHAT"),
]


@dataclass(frozen=True)
class TitleChoice:
    """One title that can be aimed at, by code and name; ``kind`` says whether by people or by collectives."""

    code: str
    name: str
    kind: Kind


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


def present_registration(
    campaign: Campaign, *, person: Person | None = None, unit: Unit | None = None
) -> Registration | None:
    """What stands now for one person or one collective in a campaign."""
    return Registration.objects.current().filter(campaign=campaign, person=person, unit=unit).first()


def title_choices(campaign: Campaign, kind: Kind | None = None) -> tuple[TitleChoice, ...]:
    """The titles of the year's rules for people or for collectives (or both). Raises NoRule.

    Forms of commendation (giấy khen, bằng khen, …) are given for what was done and are not registered for.
    """
    rules = [rule for rule in year_rules(campaign).rules.values() if kind in (None, rule.kind) and not rule.form]
    rules.sort(key=lambda rule: title_place(rule.title))
    return tuple(TitleChoice(rule.title, rule.name, rule.kind) for rule in rules)


def choices_or_why(campaign: Campaign, kind: Kind | None = None) -> tuple[tuple[TitleChoice, ...], str]:
    """As ``title_choices``; without rules none, and the sentence that says so."""
    try:
        return title_choices(campaign, kind), ""
    except NoRule as error:
        return (), str(error)


def title_place(title: str) -> tuple[int, str]:
    """The order in which titles are listed everywhere: as one builds on the other, unknown ones last by code."""
    return (TITLE_ORDER.index(title) if title in TITLE_ORDER else len(TITLE_ORDER), title)
