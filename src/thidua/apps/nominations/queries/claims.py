"""What a dossier may claim: sentences that rest on records, and the initiative it stands on."""

from thidua.apps.initiatives.queries import unused_for, versions
from thidua.apps.nominations.models import Nomination
from thidua.apps.records.models import (
    Achievement,
    Award,
    Confirmation,
    Fact,
    Judgement,
    OrganisationRating,
    Rating,
    Study,
    Task,
)
from thidua.apps.records.queries import open_facts, year_of
from thidua.apps.units.models import Person, Unit
from thidua.core.law.schema import Group, Leaf, Rule, Ruleset
from thidua.core.law.walk import holds, leaves

CLAIMED: tuple[type[Fact], ...] = (Rating, Achievement, Award, OrganisationRating, Task, Study, Judgement, Confirmation)


def claimable_facts(ruleset: Ruleset, rule: Rule, *, year: int, person: Person | None, unit: Unit) -> list[Fact]:
    """The records that speak for a subject in a year, each once, in the order of a dossier.

    Beside those of the year: awards of earlier years, and initiatives of as many years as the title's rule counts.
    Discipline, petitions and leaves are no claims; the appraisal reads them.
    """
    found = open_facts(year, person=person) if person else open_facts(year, unit=unit)
    first = year - _counted_years(ruleset, rule) + 1
    spoken = [fact for fact in found if _speaks(fact, year=year, first=first)]
    return sorted(spoken, key=lambda fact: (CLAIMED.index(type(fact)), -(year_of(fact) or year), fact.pk))


def bound_achievement(nomination: Nomination) -> Achievement | None:
    """The recognised initiative or topic that a nomination stands on: the first claimed one not used for the title.

    A dossier that was drafted on an older version of it still points at it. Raises NoRule as ``unused_for``.
    """
    if nomination.person_id is None:
        return None
    free = unused_for(nomination.person_id, nomination.title, nomination.campaign.year)
    free_by = {f"{item._meta.label_lower}:{pk}": item for item in free for pk in versions(item)}
    claimed = nomination.claims.order_by("number").values_list("fact", flat=True)
    return next((free_by[fact] for fact in claimed if fact in free_by), None)


def _counted_years(ruleset: Ruleset, rule: Rule) -> int:
    """Over how many years, this one included, the rule or a title it holds counts initiatives."""
    if not isinstance(rule.require, Group | Leaf):
        return _counted_years(ruleset, ruleset.rule(rule.kind, rule.require.title))
    own = [int(str(ruleset.value(leaf.over))) for leaf in leaves(rule.require) if leaf.over]
    inner = [_counted_years(ruleset, ruleset.rule(rule.kind, held.title)) for held in holds(rule.require)]
    return max([1, *own, *inner])


def _speaks(fact: Fact, *, year: int, first: int) -> bool:
    """Whether a fact is a claim: what was reached, in the years that count for it."""
    if isinstance(fact, Rating):
        return fact.year == year
    if isinstance(fact, Achievement):
        return first <= fact.year
    if isinstance(fact, Award):
        return fact.year < year
    if isinstance(fact, Judgement):
        return fact.met
    if isinstance(fact, Confirmation):
        return fact.value is not False and fact.value != 0
    if isinstance(fact, Task):
        return fact.done_on is not None
    return isinstance(fact, CLAIMED)
