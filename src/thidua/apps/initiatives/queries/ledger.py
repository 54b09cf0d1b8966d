"""The use-once ledger: which recognised achievements of a person are still free for a title."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from thidua.apps.initiatives.models import Initiative, Use, UseRelease
from thidua.apps.policy.queries import ruleset_on
from thidua.apps.records.models import Achievement
from thidua.apps.records.queries.facts import PREFIXES, SUFFIXES
from thidua.apps.records.states import AchievementKind, Scope
from thidua.core.calendar import year_period
from thidua.core.law.errors import NoRule
from thidua.core.law.limits import use_once_titles
from thidua.core.law.schema import Leaf, Ruleset
from thidua.core.law.walk import leaves


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One entry of the ledger in words: whose achievement carried which title, and whether it is free again."""

    use: Use
    author: str
    title_name: str
    release: UseRelease | None


def use_of(achievement: Achievement, title: str) -> Use | None:
    """What an achievement, in whatever version, stands used for under a title; what was released stands no more."""
    return uses_of(achievement, title).filter(release__isnull=True).first()


def uses_of(achievement: Achievement, title: str) -> QuerySet[Use]:
    """Every use of an achievement, in whatever version, under a title, released or not."""
    return Use.objects.filter(achievement__in=versions(achievement), title=title).order_by("turn")


def versions(achievement: Achievement) -> list[int]:
    """The keys of an achievement and of the versions of it that were corrected since, newest first."""
    return [achievement.pk, *_older(achievement.pk, _superseded_by(achievement.person_id))]


def unused_for(person_pk: int, title: str, year: int) -> list[Achievement]:
    """A person's achievements that the title's rule counts in a year and that are free for it, newest first.

    Counted are the kinds and scopes that the rule names, over as many years as it names. What was used, and not
    released since, is left out only for titles with use-once. Raises NoRule when the packs have no such title on the
    last day of the year.
    """
    ruleset = law_of_year(year)
    counted = _counted(ruleset, title)
    older = _superseded_by(person_pk)
    spent: set[int] = set()
    if title in use_once_titles(ruleset):
        standing = Use.objects.filter(achievement__person=person_pk, title=title, release__isnull=True)
        spent = set(standing.values_list("achievement", flat=True))
    rows = Achievement.objects.current().filter(person=person_pk, year__lte=year).order_by("-year", "-pk")
    return [
        row
        for row in rows
        if year - row.year < counted.get((row.kind, row.scope), 0)
        if spent.isdisjoint((row.pk, *_older(row.pk, older)))
    ]


def ledger_of(initiative: Initiative) -> list[LedgerLine]:
    """What the achievements of an initiative's authors were used for, oldest first."""
    authors = {author.person_id: str(author.person) for author in initiative.authors.all()}
    rows = Achievement.objects.filter(person__in=authors).order_by("pk")
    own: set[int] = set()  # a correction comes after what it corrects, and may have another name
    for pk, before, name, year in rows.values_list("pk", "supersedes", "name", "year"):
        if before in own or (name, year) == (initiative.name, initiative.year):
            own.add(pk)
    uses = list(Use.objects.filter(achievement__in=own).select_related("achievement", "release").order_by("pk"))
    names = {key: title_name(*key) for key in {(use.title, use.year) for use in uses}}
    return [
        LedgerLine(
            use=use,
            author=authors[use.achievement.person_id],
            title_name=names[use.title, use.year],
            release=getattr(use, "release", None),
        )
        for use in uses
    ]


def title_name(title: str, year: int) -> str:
    """A title's name in the packs of a year; the code when they have none."""
    try:
        return law_of_year(year).rule("person", title).name
    except NoRule:
        return title


def law_of_year(year: int) -> Ruleset:
    """The law that counts what was used for titles of a year: that of its last day. Raises NoRule."""
    last_day = year_period(year).end
    assert last_day is not None  # a calendar year ends
    return ruleset_on(last_day)


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
