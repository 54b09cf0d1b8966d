"""The use-once ledger: which recognised achievements of a person are still free for a title."""

from collections.abc import Iterator, Mapping

from thidua.apps.initiatives.models import Use
from thidua.apps.policy.queries import ruleset_on
from thidua.apps.records.models import Achievement
from thidua.apps.records.queries.facts import PREFIXES, SUFFIXES
from thidua.apps.records.states import AchievementKind, Scope
from thidua.core.calendar import year_period
from thidua.core.law.schema import Leaf, Ruleset, leaves


def used_once(ruleset: Ruleset) -> frozenset[str]:
    """The titles for which an achievement counts once; raises NoRule."""
    return frozenset(str(ruleset.value("initiative.use_once_titles")).split())


def use_of(achievement: Achievement, title: str) -> Use | None:
    """What an achievement, or the version of it that was corrected since, was used for under a title."""
    versions = [achievement.pk, *_older(achievement.pk, _superseded_by(achievement.person_id))]
    return Use.objects.filter(achievement__in=versions, title=title).first()


def unused_for(person_pk: int, title: str, year: int) -> list[Achievement]:
    """A person's achievements that the title's rule counts in a year and that are free for it, newest first.

    Counted are the kinds and scopes that the rule names, over as many years as it names. What was used is left out
    only for titles with use-once. Raises NoRule when the packs have no such title on the last day of the year.
    """
    last_day = year_period(year).end
    assert last_day is not None  # a calendar year ends
    ruleset = ruleset_on(last_day)
    counted = _counted(ruleset, title)
    older = _superseded_by(person_pk)
    spent: set[int] = set()
    if title in used_once(ruleset):
        spent = set(
            Use.objects.filter(achievement__person=person_pk, title=title).values_list("achievement", flat=True)
        )
    rows = Achievement.objects.current().filter(person=person_pk, year__lte=year).order_by("-year", "-pk")
    return [
        row
        for row in rows
        if year - row.year < counted.get((row.kind, row.scope), 0)
        if spent.isdisjoint((row.pk, *_older(row.pk, older)))
    ]


def _counted(ruleset: Ruleset, title: str) -> dict[tuple[str, str], int]:
    """Over how many years each kind and scope counts towards a title."""
    names = {
        f"{PREFIXES[kind]}_{SUFFIXES[scope]}": (kind.value, scope.value) for kind in AchievementKind for scope in Scope
    }
    found: dict[tuple[str, str], int] = {}
    for leaf in leaves(ruleset.rule("person", title).require):
        for name in _with_wider(ruleset, leaf):
            if name in names:
                years = int(str(ruleset.value(leaf.over))) if leaf.over else 1
                found[names[name]] = max(years, found.get(names[name], 0))
    return found


def _with_wider(ruleset: Ruleset, leaf: Leaf) -> tuple[str, ...]:
    fact = ruleset.facts.get(f"person.{leaf.fact}")
    return (leaf.fact, *(fact.includes if fact else ()))


def _superseded_by(person_pk: int) -> Mapping[int, int]:
    """For each corrected achievement of a person, the version before."""
    rows = Achievement.objects.filter(person=person_pk, supersedes__isnull=False)
    return {pk: before for pk, before in rows.values_list("pk", "supersedes") if before is not None}


def _older(pk: int, before: Mapping[int, int]) -> Iterator[int]:
    while pk in before:
        pk = before[pk]
        yield pk
