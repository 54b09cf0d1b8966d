"""Facts that the law asks for and no other record tells: which they are, and runs of years read from records."""

import datetime
from collections.abc import Callable, Mapping

from thidua.apps.policy.queries import ruleset_on
from thidua.core.law.errors import NoRule
from thidua.core.law.schema import Fact, Ruleset
from thidua.core.law.terms import Kind
from thidua.core.law.walk import leaves

# What other records tell (``facts.py``), and what an evaluation counts by itself; a test compares both with a year.
TOLD: Mapping[Kind, frozenset[str]] = {
    "person": frozenset(
        {
            *("person_id", "unit_id", "year", "task_rating", "discipline", "months_since_recruitment", "registered"),
            *("takes_part", "studies", "ethics", "combat_merit", "pending_case", "woman"),
            *("initiatives_base", "initiatives_province", "initiatives_national"),
            *("research_base", "research_province", "research_national"),
            *("cstdcs_consecutive", "cstdt_consecutive"),
        }
    ),
    "unit": frozenset(
        {
            *("unit_id", "parent_id", "year", "unit_rating", "headcount", "women", "canh_cao_or_more", "registered"),
            *("takes_part", "unity", "party_rating", "mass_org_rating", "pending_case"),
            *("ht_or_better", "ldtt_count", "cstdcs_count"),
        }
    ),
}


def facts_to_confirm(year: int) -> tuple[Fact, ...]:
    """The facts that the law at the end of a year asks for and no other record tells, in the packs' order.

    Empty while the agency has chosen no packs for that day.
    """
    try:
        law = ruleset_on(datetime.date(year, 12, 31))
    except NoRule:
        return ()
    asked = {(rule.kind, name) for rule in law.rules.values() for name in _asked(law, rule.kind, rule.title)}
    return tuple(
        fact for fact in law.facts.values() if (fact.of, fact.name) in asked and fact.name not in TOLD[fact.of]
    )


def fact_to_confirm(kind: Kind, name: str, *, year: int) -> Fact | None:
    """One of the facts of ``facts_to_confirm``; None for any other."""
    return next((fact for fact in facts_to_confirm(year) if (fact.of, fact.name) == (kind, name)), None)


def _asked(law: Ruleset, kind: Kind, title: str) -> set[str]:
    rule = law.rule(kind, title)
    tests = (*leaves(rule.require), *rule.exclude)
    shares = {leaf.test.share_of for leaf in tests if leaf.test.share_of}
    return {leaf.fact for leaf in tests} | shares | ({rule.pending} if rule.pending else set())


def most_asked(law: Ruleset | None, kind: Kind, name: str) -> int | None:
    """The greatest number that a rule compares a count with; None when none does."""
    if law is None:
        return None
    tests = [leaf for rule in law.rules_of(kind) for leaf in (*leaves(rule.require), *rule.exclude)]
    numbers = [leaf.test.value for leaf in tests if leaf.fact == name and isinstance(leaf.test.value, int)]
    return max(numbers, default=None)


def run_of_years(held: Callable[[int], bool | None], *, last: int, enough: int | None) -> int | None:
    """How many years in a row, ending with ``last``, something was held; ``held`` says of a year yes, no or unknown.

    A run whose beginning is unknown counts once it is ``enough`` for every test; before that it is unknown.
    """
    run = 0
    while held(last - run):
        run += 1
    known = held(last - run) is False
    return run if known or (enough is not None and run >= enough) else None
