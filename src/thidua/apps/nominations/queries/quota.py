"""Titles with a limit: how many places, who stands in line by which facts. The council chooses; nobody is dropped."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from thidua.apps.campaigns.models import Campaign
from thidua.apps.evaluations.models import QuotaRow, Run
from thidua.apps.evaluations.queries import latest_run, ruleset_of_run
from thidua.apps.evaluations.states import SubjectKind
from thidua.apps.nominations.models import Nomination
from thidua.apps.nominations.states import NominationState
from thidua.core.law.citing import cite_words
from thidua.core.law.places import WHO, limit_words, places_of
from thidua.core.law.schema import Limit, Ruleset
from thidua.core.law.sheet import leaf_sentence
from thidua.core.law.terms import Kind

Passes = Callable[[str], Counter[str]]
Subject = tuple[str, str]  # person or unit, and its code


@dataclass(frozen=True)
class QuotaLine:
    """One candidate in line: a person, or a collective (``person_id`` None).

    ``first`` to ``last`` are the places shared with those whom nothing tells apart.
    """

    place: int
    first: int
    last: int
    person_id: int | None
    unit_id: int
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
    tie_words: str
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
    rows = list(run.quotas.order_by("title", "kind", "scope_code"))
    ranked = _ranked(rows, run, ruleset)
    standing = Nomination.objects.filter(campaign=campaign, title__in={row.title for row in rows})
    standing = standing.exclude(state=NominationState.WITHDRAWN).select_related("person", "unit")
    nominated = {(item.kind, item.title, (item.person or item.unit).code): item for item in standing}
    scopes = Counter((row.kind, row.title) for row in rows)
    return [_standing(row, ruleset, ranked, nominated, shared=scopes[row.kind, row.title] > 1) for row in rows]


def ranks(run: Run) -> dict[tuple[str, str, str], Rank]:
    """Each ranked subject's place by (person or unit, title, code), ties told; one query."""
    found = {}
    for row in run.quotas.all():
        for code, (first, last) in _shared_places(row).items():
            found[row.kind, row.title, code] = Rank(first, last, places_words(row))
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
    found: list[str] = []
    for kind in SubjectKind.values:
        rows = list(run.quotas.filter(title=title, kind=kind).order_by("scope_code"))
        if rows:
            found += _limit_problems(rows, _passed(run, rows), ruleset)
    return found


def places_words(row: QuotaRow) -> str:
    """The places of a quota, as a range while it is open."""
    return str(row.places) if row.places == row.most_places else f"{row.places}–{row.most_places}"


def _limit_problems(rows: Sequence[QuotaRow], passed: Passes, ruleset: Ruleset) -> Iterator[str]:
    """What is over in the scopes of one limit."""
    limit, pooled = _limit(ruleset, rows[0]), rows[0].pool_count is not None
    chosen, base = passed(limit.title), passed(limit.base)
    voted = pooled and any(base[row.scope_code] for row in rows)
    counts = {row.scope_code: base[row.scope_code] or (0 if voted else row.base_count) for row in rows}
    places = places_of(limit, ruleset, counts)
    for row in rows:
        scope, many = row.scope_code, chosen[row.scope_code]
        most = places[scope].most if voted or base[scope] else row.most_places
        if many > most:
            name = ruleset.rule(limit.kind, row.title).name + (f" ({scope})" if len(rows) > 1 else "")
            words = limit_words(limit, ruleset, counts[scope], pool=sum(counts.values()) if pooled else None)
            yield (
                f"{name}: Hội đồng thông qua {many} {WHO[limit.kind]} cho {most} suất ({words}). "
                "Hội đồng chọn lại, hoặc người quyết định nêu lý do và căn cứ."
            )


def _passed(run: Run, rows: Sequence[QuotaRow]) -> Passes:
    """How many the council passed for a title in each scope of a limit: the only one, or where the run judged them."""
    kind, titles = rows[0].kind, {rows[0].title, rows[0].base}
    passed = Nomination.objects.filter(campaign__year=run.year, state=NominationState.PASSED, title__in=titles)
    passed = passed.filter(person__isnull=kind == SubjectKind.UNIT)
    found = set(passed.values_list("title", "person_id", "unit__code"))
    units: dict[int | None, str] = {}
    if len(rows) > 1:
        people = {person for _title, person, _unit in found}
        units = dict(run.judged.filter(person_id__in=people).values_list("person_id", "unit__code"))
    scope = rows[0].scope_code if len(rows) == 1 else ""
    counts = Counter((title, scope or units.get(person, unit)) for title, person, unit in found)
    return lambda title: Counter({code: count for (name, code), count in counts.items() if name == title})


def _limit(ruleset: Ruleset, row: QuotaRow) -> Limit:
    kind: Kind = "unit" if row.kind == "unit" else "person"
    return next(limit for limit in ruleset.limits_of(kind) if (limit.title, limit.base) == (row.title, row.base))


@dataclass(frozen=True)
class _Ranked:
    person_id: int | None
    unit_id: int
    name: str
    unit: str
    facts: Mapping[str, object]


def _ranked(rows: Sequence[QuotaRow], run: Run, ruleset: Ruleset) -> dict[Subject, _Ranked]:
    """Those who stand in line with the facts they are ranked by, by kind and code."""
    limits = [_limit(ruleset, row) for row in rows]
    names = list(dict.fromkeys(name for limit in limits for entry in _entries(limit, ruleset) for name in entry))
    codes = {kind: [code for row in rows if row.kind == kind for code in row.ranked] for kind in SubjectKind.values}
    whose = Q(person__code__in=codes["person"]) | Q(person__isnull=True, unit__code__in=codes["unit"])
    columns = [f"facts__{name}" for name in names]
    found = run.judged.filter(whose).values_list(
        "person_id", "person__code", "person__full_name", "unit_id", "unit__code", "unit__name", *columns
    )
    lines = {}
    for person, code, name, unit, unit_code, unit_name, *values in found:
        key = (SubjectKind.PERSON.value, code) if person else (SubjectKind.UNIT.value, unit_code)
        lines[key] = _Ranked(person, unit, name or unit_name, unit_name, dict(zip(names, values, strict=True)))
    return lines


def _entries(limit: Limit, ruleset: Ruleset) -> list[tuple[str, ...]]:
    """The facts that a limit ranks by, and those that the law on ties looks at."""
    ties = [tie.first for tie in ruleset.ties if tie.kind == limit.kind]
    looked_at = [(leaf.fact, *([leaf.test.share_of] if leaf.test.share_of else [])) for leaf in ties]
    return [*limit.rank_by, *looked_at]


def _shared_places(row: QuotaRow) -> dict[str, tuple[int, int]]:
    """First and last place of each code: one place for all whom nothing tells apart.

    A run from before groups were kept tells nobody apart.
    """
    ranked, place = list(row.ranked), 0
    found: dict[str, tuple[int, int]] = {}
    for size in row.groups or [len(ranked)]:
        found |= dict.fromkeys(ranked[place : place + size], (place + 1, place + size))
        place += size
    return found


def _said(kind: Kind, entry: Sequence[str], ruleset: Ruleset, own: Mapping[str, object]) -> tuple[str, str]:
    """Heading and cell of one entry: “Sáng kiến … + Đề tài …”, “1 + 0”."""
    facts = [ruleset.facts[f"{kind}.{name}"] for name in entry]
    return " + ".join(fact.label for fact in facts), " + ".join(fact.say(own.get(fact.name)) for fact in facts)


def _tie_words(kind: Kind, ruleset: Ruleset) -> str:
    """“Bằng nhau thì ưu tiên: Là nữ: Có (Điều 3 khoản 2, …)”; what is missing when the packs are silent."""
    for tie in ruleset.ties:
        if tie.kind == kind:
            sentence, cite = leaf_sentence(tie.first, ruleset, kind), cite_words(ruleset, tie.first.cite)
            return f"Bằng nhau thì ưu tiên: {sentence} ({cite})."
    return "Thứ tự ưu tiên khi bằng nhau: chưa có quy định trong bộ dữ liệu."


def _standing(
    row: QuotaRow,
    ruleset: Ruleset,
    people: Mapping[Subject, _Ranked],
    nominated: Mapping[tuple[str, str, str], Nomination],
    *,
    shared: bool,
) -> QuotaStanding:
    limit, places = _limit(ruleset, row), _shared_places(row)
    entries = _entries(limit, ruleset)
    lines = [
        QuotaLine(
            place=place,
            first=places[code][0],
            last=places[code][1],
            person_id=own.person_id,
            unit_id=own.unit_id,
            name=own.name,
            code=code,
            unit=own.unit,
            values=[_said(limit.kind, entry, ruleset, own.facts) for entry in entries],
            nomination=nominated.get((row.kind, row.title, code)),
            within=place <= row.places,
            ends_places=place == row.places,
        )
        for place, code in enumerate(row.ranked, start=1)
        if (own := people.get((row.kind, code)))
    ]
    tied = any(line.first <= row.places < line.last for line in lines)
    ranked = set(row.ranked)
    outside = [
        item
        for (kind, title, code), item in nominated.items()
        if (kind, title) == (row.kind, row.title)
        and code not in ranked
        and (not shared or item.unit.code == row.scope_code)
    ]
    return QuotaStanding(
        quota=row,
        title_name=ruleset.rule(limit.kind, row.title).name,
        base_name=ruleset.rule(limit.kind, row.base).name,
        arithmetic=limit_words(limit, ruleset, row.base_count, pool=row.pool_count),
        ranked_by=[_said(limit.kind, entry, ruleset, {})[0] for entry in entries],
        tie_words=_tie_words(limit.kind, ruleset),
        lines=lines,
        others=outside,
        tie_at_the_end=tied,
    )
