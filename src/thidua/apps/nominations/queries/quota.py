"""Titles with a limit: how many places, who stands in line by which facts. The council chooses; nobody is dropped."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models.fields.json import KeyTextTransform

from thidua.apps.campaigns.models import Campaign
from thidua.apps.evaluations.models import Judged, QuotaRow, Run
from thidua.apps.evaluations.queries import latest_run, ruleset_of_run
from thidua.apps.nominations.models import Nomination
from thidua.apps.nominations.states import NominationState
from thidua.core.law.limits import limit_places, limit_words, rank_value
from thidua.core.law.schema import Limit, Ruleset

Passes = Callable[[str, str], int]


@dataclass(frozen=True)
class QuotaLine:
    """One candidate in line. ``first`` to ``last`` are the places shared with those whose facts are the same."""

    place: int
    first: int
    last: int
    person_id: int
    name: str
    code: str
    unit: str
    values: Sequence[tuple[str, str]]
    nomination: Nomination | None
    within: bool
    ends_places: bool

    @property
    def rank(self) -> str:
        """“3”, or “7–9” when the facts do not tell candidates apart."""
        return f"{self.first}" if self.first == self.last else f"{self.first}–{self.last}"


@dataclass(frozen=True)
class QuotaStanding:
    """A limit of the latest run with its line; ``others`` are nominated although they do not stand in line."""

    quota: QuotaRow
    title_name: str
    base_name: str
    arithmetic: str
    ranked_by: Sequence[str]
    lines: Sequence[QuotaLine]
    others: Sequence[Nomination]
    tie_at_the_end: bool

    @property
    def places(self) -> str:
        """“8”, or “8–9” while people of the base are still unknown."""
        return places_words(self.quota)


@dataclass(frozen=True)
class Rank:
    """Where somebody stands in a quota's line."""

    first: int
    last: int
    places: str

    @property
    def words(self) -> str:
        """“hạng 3 / 8 suất”, “đồng hạng 7–9 / 8 suất”."""
        if self.first == self.last:
            return f"hạng {self.first} / {self.places} suất"
        return f"đồng hạng {self.first}–{self.last} / {self.places} suất"


def quota_standing(campaign: Campaign) -> list[QuotaStanding]:
    """Every limit of the year's latest run with its whole line, best first; empty before the first run."""
    run = latest_run(campaign.year)
    if run is None:
        return []
    ruleset = ruleset_of_run(run)
    rows = list(run.quotas.order_by("title", "scope_code"))
    people = _people_of(rows, run, ruleset)
    standing = Nomination.objects.filter(campaign=campaign, title__in={row.title for row in rows}, person__isnull=False)
    nominated: dict[tuple[str, str], Nomination] = {}
    for item in standing.exclude(state=NominationState.WITHDRAWN).select_related("person", "unit"):
        assert item.person is not None  # the filter above
        nominated[item.title, item.person.code] = item
    scopes = Counter(row.title for row in rows)
    return [_standing(row, ruleset, people, nominated, shared=scopes[row.title] > 1) for row in rows]


def ranks(run: Run, ruleset: Ruleset) -> dict[tuple[str, str], Rank]:
    """Each ranked person's place by (title, person code), ties told; one query, and one more a limit."""
    found = {}
    for row in run.quotas.all():
        limit = _limit(ruleset, row)
        # As text: only whether the facts are the same matters here, and nothing is parsed for thousands of people.
        names = _rank_names([limit])
        columns = [KeyTextTransform(name, "facts") for name in names]
        judged = run.judged.filter(person__code__in=row.ranked).values_list("person__code", *columns)
        facts = {str(code): _worth(limit, dict(zip(names, values, strict=True))) for code, *values in judged}
        for code, (first, last) in _shared_places(row.ranked, facts).items():
            found[row.title, code] = Rank(first, last, places_words(row))
    return found


def limit_problems(year: int, title: str) -> list[str]:
    """Sentences about more passed nominees than a limited title has places; empty when there is no limit or room.

    The base is what the council passed where it has voted on the base title, else what the run found. Nobody is
    dropped for it: the council chooses again, or the director decides with a reason.
    """
    run = latest_run(year)
    if run is None:
        return []
    ruleset = ruleset_of_run(run)
    rows = list(run.quotas.filter(title=title))
    passed = _passed(run, {title, *(row.base for row in rows)}, by_unit=len(rows) > 1)
    return [problem for row in rows if (problem := _limit_problem(row, passed, ruleset, _limit(ruleset, row)))]


def places_words(row: QuotaRow) -> str:
    """The places of a quota, as a range while it is open."""
    return str(row.places) if row.places == row.most_places else f"{row.places}–{row.most_places}"


def _limit_problem(row: QuotaRow, passes: Passes, ruleset: Ruleset, limit: Limit) -> str:
    passed, base = passes(row.title, row.scope_code), passes(row.base, row.scope_code)
    places = limit_places(limit, ruleset, base) if base else row.most_places
    if passed <= places:
        return ""
    name = ruleset.rule("person", row.title).name
    return (
        f"{name}: Hội đồng thông qua {passed} người cho {places} suất "
        f"({limit_words(limit, ruleset, base or row.base_count)}). "
        "Hội đồng chọn lại, hoặc người quyết định nêu lý do và căn cứ."
    )


def _passed(run: Run, titles: Iterable[str], *, by_unit: bool) -> Passes:
    """How many people the council passed for a title: all, or those whom the run judged in a unit."""
    rows = Nomination.objects.filter(campaign__year=run.year, person__isnull=False, state=NominationState.PASSED)
    found = set(rows.filter(title__in=set(titles)).values_list("title", "person_id"))
    people = {person for _title, person in found}
    judged = run.judged.filter(person_id__in=people).values_list("person_id", "unit__code") if by_unit else ()
    units = dict(judged)
    counts = Counter((title, units.get(person, "") if by_unit else "") for title, person in found)
    return lambda title, scope: counts[title, scope if by_unit else ""]


def _limit(ruleset: Ruleset, row: QuotaRow) -> Limit:
    return next(limit for limit in ruleset.limits if (limit.title, limit.base) == (row.title, row.base))


@dataclass(frozen=True)
class _Ranked:
    person_id: int
    name: str
    unit: str
    facts: Mapping[str, object]


def _people_of(rows: Sequence[QuotaRow], run: Run, ruleset: Ruleset) -> dict[str, _Ranked]:
    """The ranked people with the facts they are ranked by, by code."""
    codes = {code for row in rows for code in row.ranked}
    names = _rank_names(_limit(ruleset, row) for row in rows)
    judged = Judged.objects.filter(run=run, person__code__in=codes)
    columns = [f"facts__{name}" for name in names]
    found = judged.values_list("person__code", "person_id", "person__full_name", "unit__name", *columns)
    return {
        str(code): _Ranked(int(pk), str(name), str(unit), dict(zip(names, values, strict=True)))
        for code, pk, name, unit, *values in found
    }


def _rank_names(limits: Iterable[Limit]) -> list[str]:
    """Every fact that the limits rank by, each once."""
    return list(dict.fromkeys(name for limit in limits for entry in limit.rank_by for name in entry))


def _worth(limit: Limit, facts: Mapping[str, object]) -> list[object]:
    """What somebody is ranked by, entry by entry."""
    return [rank_value(entry, facts) for entry in limit.rank_by]


def _shared_places(ranked: Sequence[str], facts: Mapping[str, Sequence[object]]) -> dict[str, tuple[int, int]]:
    """First and last place of each code: the same facts, the same places."""
    groups: list[list[str]] = []
    before: Sequence[object] | None = None
    for code in ranked:
        own = facts.get(code, [code])
        if own != before:
            groups.append([])
        groups[-1].append(code)
        before = own
    found, place = {}, 0
    for group in groups:
        for code in group:
            found[code] = (place + 1, place + len(group))
        place += len(group)
    return found


def _said(entry: Sequence[str], ruleset: Ruleset, own: Mapping[str, object]) -> tuple[str, str]:
    """Heading and cell of one entry: “Sáng kiến … + Đề tài …”, “1 + 0”."""
    facts = [ruleset.facts[f"person.{name}"] for name in entry]
    return " + ".join(fact.label for fact in facts), " + ".join(fact.say(own.get(fact.name)) for fact in facts)


def _standing(
    row: QuotaRow,
    ruleset: Ruleset,
    people: Mapping[str, _Ranked],
    nominated: Mapping[tuple[str, str], Nomination],
    *,
    shared: bool,
) -> QuotaStanding:
    limit = _limit(ruleset, row)
    own = {code: _worth(limit, person.facts) for code, person in people.items()}
    places = _shared_places(row.ranked, own)
    lines = [
        QuotaLine(
            place=place,
            first=places[code][0],
            last=places[code][1],
            person_id=people[code].person_id,
            name=people[code].name,
            code=code,
            unit=people[code].unit,
            values=[_said(entry, ruleset, people[code].facts) for entry in limit.rank_by],
            nomination=nominated.get((row.title, code)),
            within=place <= row.places,
            ends_places=place == row.places,
        )
        for place, code in enumerate(row.ranked, start=1)
        if code in people
    ]
    tied = any(line.first <= row.places < line.last for line in lines)
    ranked = set(row.ranked)
    outside = [
        item
        for (title, code), item in nominated.items()
        if title == row.title and code not in ranked and (not shared or item.unit.code == row.scope_code)
    ]
    return QuotaStanding(
        quota=row,
        title_name=ruleset.rule("person", row.title).name,
        base_name=ruleset.rule("person", row.base).name,
        arithmetic=limit_words(limit, ruleset, row.base_count),
        ranked_by=[_said(entry, ruleset, {})[0] for entry in limit.rank_by],
        lines=lines,
        others=outside,
        tie_at_the_end=tied,
    )
