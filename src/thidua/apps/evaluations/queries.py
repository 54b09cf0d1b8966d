"""Reading runs: the latest, one subject's findings, and their reason trees; and what a run would say of one subject."""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from thidua.apps.evaluations.models import FindingRow, Judged, Run
from thidua.apps.policy.queries import ruleset_of, ruleset_on, ruleset_tried
from thidua.apps.records.queries import YearFacts, facts_of_year
from thidua.apps.registrations.queries import TITLE_ORDER as TITLE_ORDER
from thidua.apps.registrations.queries import title_place as title_place
from thidua.apps.units.models import Agency
from thidua.core.law.amend import trial
from thidua.core.law.errors import NoRule
from thidua.core.law.explain import Explanation, Finding, explain
from thidua.core.law.impact import Places, judged_impact
from thidua.core.law.judge import Judgement, judge
from thidua.core.law.schema import Param, Ruleset
from thidua.core.law.sheet import leaf_sentence
from thidua.core.law.terms import Kind, Outcome, Value
from thidua.core.law.transition import transition_of
from thidua.core.law.walk import leaves
from thidua.core.vietnamese import fold


@dataclass(frozen=True)
class Case:
    """One judged subject of a run with its findings explained, one a title."""

    judged: Judged
    explanations: tuple[Explanation, ...]

    @property
    def parts(self) -> tuple[tuple[Explanation, ...], tuple[Explanation, ...]]:
        """The titles, and apart from them the forms of commendation, which few of those judged are proposed for."""
        titles = tuple(item for item in self.explanations if not item.rule.form)
        return titles, tuple(item for item in self.explanations if item.rule.form)


def latest_run(year: int) -> Run | None:
    """The newest run of a year."""
    return Run.objects.filter(year=year).first()


def judged_years() -> list[int]:
    """The years that were judged, latest first."""
    return list(Run.objects.order_by("-year").values_list("year", flat=True).distinct())


def ruleset_of_run(run: Run) -> Ruleset:
    """The law a run was pinned to."""
    return ruleset_of(tuple(run.digests), run.as_of)


def judged_people(
    run: Run, *, words: str = "", unit_id: int | None = None, title: str = "", outcome: str = ""
) -> QuerySet[Judged]:
    """Everybody judged in a run with their findings, unit by unit in the order of Vietnamese lists.

    ``words`` keeps those whose name, code or unit has them, names blind to accents; ``unit_id`` keeps one unit's;
    ``outcome`` those of whom it was found for ``title``, for any title when none is named.
    """
    rows = run.judged.filter(person__isnull=False).select_related("person", "unit")
    for word in fold(words).split():
        rows = rows.filter(
            Q(person__folded__icontains=word) | Q(person__code__icontains=word) | Q(unit__folded__icontains=word)
        )
    if unit_id is not None:
        rows = rows.filter(unit_id=unit_id)
    if outcome:
        found = FindingRow.objects.filter(judged=OuterRef("pk"), outcome=outcome)
        rows = rows.filter(Exists(found.filter(title=title) if title else found))
    return rows.prefetch_related("findings").order_by("unit__code", "person__sort_key", "pk")


def judged_latest(year: int) -> tuple[Run | None, list[Judged], list[Judged]]:
    """The newest run of a year with everybody and every collective in it and their findings, in two queries."""
    newest = Run.objects.filter(year=year).values("pk")[:1]
    rows = Judged.objects.filter(run=Subquery(newest)).select_related("run", "person", "unit")
    ordered = list(rows.prefetch_related("findings").order_by("unit__code", "person__sort_key"))
    run = ordered[0].run if ordered else latest_run(year)
    return run, [row for row in ordered if row.person_id], [row for row in ordered if not row.person_id]


def judged_units(run: Run) -> list[Judged]:
    """Every collective judged in a run with its findings."""
    rows = run.judged.filter(person__isnull=True).select_related("unit")
    return list(rows.prefetch_related("findings").order_by("unit__code"))


def find_person(run: Run, person_id: int) -> Judged | None:
    """One person of a run."""
    return _one(run).filter(person_id=person_id).first()


def find_unit(run: Run, unit_id: int) -> Judged | None:
    """One collective of a run."""
    return _one(run).filter(person__isnull=True, unit_id=unit_id).first()


def _one(run: Run) -> QuerySet[Judged]:
    findings = Prefetch("findings", queryset=FindingRow.objects.order_by("pk"))
    return run.judged.select_related("person", "unit", "run").prefetch_related(findings)


def explain_judged(run: Run, judged: Judged) -> Case:
    """The reason tree of every title of one subject."""
    ruleset = ruleset_of_run(run)
    explanations = [explain_finding(ruleset, judged, row) for row in judged.findings.all()]
    return Case(judged=judged, explanations=tuple(sorted(explanations, key=lambda item: title_place(item.rule.title))))


def explain_finding(ruleset: Ruleset, judged: Judged, row: FindingRow) -> Explanation:
    """The reason tree of one title of one subject."""
    return explain(ruleset, _finding(row, judged), facts=judged.facts, sources=judged.sources)


@dataclass(frozen=True)
class TitleTable:
    """Subjects against titles: ``names`` heads the columns, each row has the finding of each title."""

    names: Sequence[str]
    rows: Sequence[tuple[Judged, Sequence[tuple[str, FindingRow | None]]]]


def titles_of(judged: Iterable[Judged], run: Run, *, kind: Kind) -> TitleTable:
    """The table of subjects and titles of one kind, without the forms of commendation."""
    titles = title_names(run, kind=kind)
    rows = []
    for item in judged:
        found = {row.title: row for row in item.findings.all()}
        rows.append((item, [(name, found.get(title)) for title, name in titles]))
    return TitleTable(names=[name for _title, name in titles], rows=rows)


def title_names(run: Run, *, kind: Kind) -> list[tuple[str, str]]:
    """The titles of one kind that a run judged, without forms of commendation: code and name, as the tables go."""
    rules = [rule for rule in ruleset_of_run(run).rules_of(kind) if not rule.form]
    rules.sort(key=lambda rule: title_place(rule.title))
    return [(rule.title, rule.name) for rule in rules]


def _finding(row: FindingRow, judged: Judged) -> Finding:
    code = judged.person.code if judged.person else judged.unit.code
    kind: Kind = "person" if judged.person_id else "unit"
    outcome = cast("Outcome", row.outcome)  # the database holds only the five words
    return Finding(kind, code, row.title, outcome, tuple(row.failed), tuple(row.missing))


def changed_on(day: datetime.date) -> datetime.date | None:
    """The day on which the law changed with a rule on dossiers on their way; None without one, or without packs."""
    try:
        return transition_of(ruleset_on(day))
    except NoRule:
        return None


RETIRED = "headcount.retired_in_year"
_OWN_SIDE: dict[tuple[int, tuple[int, ...]], Judgement] = {}  # of the run that other laws were last tried on


def counted_years(ruleset: Ruleset) -> list[int]:
    """Over how many years, beside the year itself, achievements count for some title. Raises NoRule."""
    tests = [leaf for rule in ruleset.rules.values() for leaf in leaves(rule.require)]
    return sorted({int(str(ruleset.value(leaf.over))) for leaf in tests if leaf.over})


def facts_under(ruleset: Ruleset, year: int, *, agency: Agency, known_at: datetime.datetime | None = None) -> YearFacts:
    """The facts of a year in the columns that a ruleset asks for. Raises NoRule."""
    return facts_of_year(
        year,
        agency_code=agency.code,
        counted_years=counted_years(ruleset),
        cstdt_gap=int(str(ruleset.value("cstdt.counted_years"))),
        min_months_retired=_retired_rule(ruleset),
        law=ruleset,
        known_at=known_at,
    )


def _retired_rule(ruleset: Ruleset) -> int | None:
    """The packs' rule on leavers; without one a unit with leavers has no known headcount."""
    try:
        return int(str(ruleset.value(RETIRED)))
    except NoRule:
        return None


@dataclass(frozen=True)
class Preview:
    """What the law says of one subject before anybody proposes it; ``run`` is None when judged just for this page."""

    run: Run | None
    ruleset: Ruleset
    explanations: Sequence[Explanation]


def preview(
    year: int, *, agency: Agency, code: str, kind: Kind, person_id: int | None = None, unit_id: int | None = None
) -> Preview | None:
    """One person's or one collective's standing: from the year's latest run, else judged on today's records.

    None when the subject has no facts in the year. Raises NoRule.
    """
    if (run := latest_run(year)) is not None:
        judged = find_person(run, person_id) if person_id else find_unit(run, unit_id or 0)
        if judged is not None:
            return Preview(run, ruleset_of_run(run), explain_judged(run, judged).explanations)
    ruleset = ruleset_on(datetime.date(year, 12, 31))
    facts = facts_under(ruleset, year, agency=agency)
    key = f"{kind}_id"
    own = next((row for row in (facts.people if kind == "person" else facts.units) if row[key] == code), None)
    if own is None:
        return None
    people = [row for row in facts.people if row["unit_id"] == own["unit_id"]]
    units = [row for row in facts.units if row["unit_id"] == own["unit_id"]]
    result = judge(ruleset, people=people, units=units, counted_years=counted_years(ruleset))
    final = own if kind == "person" else result.unit_rows[0]
    explained = [
        explain(
            ruleset,
            Finding(
                kind,
                code,
                str(row["title"]),
                cast("Outcome", row["outcome"]),  # the engine gives only the five words
                tuple(cast("list[str]", row["failed"])),
                tuple(cast("list[str]", row["missing"])),
            ),
            facts=final,
            sources=facts.sources.get((kind, code)),
        )
        for row in result.findings
        if row["subject_kind"] == kind and row["subject_id"] == code
    ]
    return Preview(None, ruleset, sorted(explained, key=lambda item: title_place(item.rule.title)))


def numeric_parameters(ruleset: Ruleset) -> list[tuple[str, bool]]:
    """The parameters whose value on the ruleset's day is a number, and whether judging asks for them."""
    leaf_params = [
        leaf.test.value for rule in ruleset.rules.values() for leaf in (*leaves(rule.require), *rule.exclude)
    ]
    asked = {value.name for value in leaf_params if isinstance(value, Param)}
    asked |= {limit.share.name for limit in ruleset.limits}
    numbers = [name for name, version in ruleset.parameters.items() if _is_number(version.value)]
    return sorted(((name, name in asked) for name in numbers), key=lambda item: (not item[1], item[0]))


def _is_number(value: object) -> bool:
    return isinstance(value, (int, Fraction)) and not isinstance(value, bool)


def law_with(run: Run, *, name: str, value: Value) -> Ruleset:
    """The law that a run was pinned to, with another number in it. Raises LawError."""
    draft = trial({name: value}, on=run.as_of, place="Thay đổi thử")
    return ruleset_tried(tuple(run.digests), run.as_of, draft)


@dataclass(frozen=True)
class TurnedRow:
    """Somebody whose outcome for a title would be another: who, and by which tests in words."""

    judged: Judged
    title: str
    was: str
    now: str
    tests: Sequence[str]


@dataclass(frozen=True)
class WouldBe:
    """What another law would have made of a run's facts: how many turn for each title, who, and how places move."""

    counts: Sequence[tuple[str, str, str, int]]
    turned: Sequence[TurnedRow]
    places: Sequence[tuple[str, Places]]


def would_be(run: Run, other: Ruleset) -> WouldBe:
    """Judge the facts of a run under its own law and under another one; nothing is written.

    Both are judged anew, so awards decided since do not count in either; a run never changes, so its own side is
    judged once. Raises LawError.
    """
    own = ruleset_of_run(run)
    rows = {row.key: row for row in run.judged.select_related("person", "unit")}
    people = [row.facts for row in rows.values() if row.person_id]
    units = [row.facts for row in rows.values() if not row.person_id]
    years = sorted({*counted_years(own), *counted_years(other)})
    key = (run.pk, tuple(years))
    if (before := _OWN_SIDE.get(key)) is None:
        before = judge(own, people=people, units=units, counted_years=years)
        _OWN_SIDE.clear()
        _OWN_SIDE[key] = before
    found = judged_impact(before, judge(other, people=people, units=units, counted_years=years))
    names = {key: rule.name for law in (other, own) for key, rule in law.rules.items()}
    tests = _both(_test_sentences(own), _test_sentences(other))
    turned = [
        TurnedRow(
            judged=rows[item.kind, item.subject_id],
            title=names[item.kind, item.title],
            was=item.was or "",
            now=item.now or "",
            tests=[tests.get((item.kind, leaf), leaf) for leaf in item.leaves],
        )
        for item in sorted(found.turned, key=lambda item: (title_place(item.title), item.kind, item.subject_id))
    ]
    counted = Counter((row.title, row.was, row.now) for row in turned)
    return WouldBe(
        counts=[(*key, count) for key, count in counted.items()],
        turned=turned,
        places=[(names.get((item.kind, item.title), item.title), item) for item in found.places],
    )


def _both(was: Mapping[tuple[Kind, str], str], now: Mapping[tuple[Kind, str], str]) -> dict[tuple[Kind, str], str]:
    """A test in the words of both laws where they differ, else in those of the law that has it."""
    found = {}
    for key in {**was, **now}:
        words = dict.fromkeys(side[key] for side in (was, now) if key in side)
        found[key] = " → ".join(words)
    return found


def _test_sentences(law: Ruleset) -> dict[tuple[Kind, str], str]:
    """The tests of a law in words, by kind and id; a pending case by its fact."""
    found: dict[tuple[Kind, str], str] = {}
    for rule in law.rules.values():
        for leaf in (*leaves(rule.require), *rule.exclude):
            found[rule.kind, leaf.id] = leaf_sentence(leaf, law, rule.kind)
        if rule.pending:
            found[rule.kind, f"{rule.title}.{rule.pending}"] = law.facts[f"{rule.kind}.{rule.pending}"].label
    return found
