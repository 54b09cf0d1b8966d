"""Who is registered in a year, and which titles the year's law offers."""

import datetime
from dataclasses import dataclass

from thidua.apps.campaigns.models import Campaign
from thidua.apps.campaigns.queries import year_rules
from thidua.apps.registrations.models import Registration
from thidua.apps.units.models import Person, Unit
from thidua.core.law.errors import NoRule
from thidua.core.law.schema import Kind, Ruleset, holds


@dataclass(frozen=True)
class TitleChoice:
    """One title that can be aimed at, by code and name."""

    code: str
    name: str


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


def title_choices(campaign: Campaign, kind: Kind) -> tuple[TitleChoice, ...]:
    """The titles of the year's rules for people or for collectives, each after those it builds on. Raises NoRule."""
    ruleset = year_rules(campaign)
    rules = sorted(ruleset.rules_of(kind), key=lambda rule: (_depth(ruleset, kind, rule.title), rule.title))
    return tuple(TitleChoice(rule.title, rule.name) for rule in rules)


def choices_or_why(campaign: Campaign, kind: Kind) -> tuple[tuple[TitleChoice, ...], str]:
    """As ``title_choices``; without rules none, and the sentence that says so."""
    try:
        return title_choices(campaign, kind), ""
    except NoRule as error:
        return (), str(error)


def _depth(ruleset: Ruleset, kind: Kind, title: str) -> int:
    """How many titles stand below one in the rules."""
    below = [part.title for part in holds(ruleset.rule(kind, title).require)]
    return 1 + max((_depth(ruleset, kind, code) for code in below), default=0)
