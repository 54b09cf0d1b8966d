"""Judge an agency: people first, then the collectives they make up.

How many members hold a title is not known for sure while someone's case is open or a council still has to choose
from more candidates than places. So each count has a least and a most; a collective is judged on both, and only
where the two disagree is the count passed on as unknown. Nobody's outcome is guessed.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from thidua.core.law.evaluate import FINDINGS, evaluate, in_memory
from thidua.core.law.facts import fact_table
from thidua.core.law.limits import Quota, apply_limits
from thidua.core.law.schema import Ruleset
from thidua.core.law.terms import Kind

OPEN = ("deferred", "unknown")
COUNTED = {"ldtt_count": "LDTT", "cstdcs_count": "CSTDCS"}
AT_LEAST_HT = ("HT", "HTT", "HTXS")
Span = tuple[int, int]
MostPlaces = Mapping[tuple[Kind, str, str], int]
FactRow = Mapping[str, object]


@dataclass(frozen=True)
class Judgement:
    """Findings of people and units (rows of the contract), the units' final facts, and the quotas.

    ``spans`` are the least and the most of each count by unit, for those who want to see what is still open;
    ``most_places`` the most places by kind of subject, title and scope.
    """

    findings: Sequence[FactRow]
    unit_rows: Sequence[FactRow]
    spans: Mapping[str, Mapping[str, Span]]
    quotas: Sequence[Quota]
    most_places: MostPlaces


def judge(
    ruleset: Ruleset,
    *,
    people: Sequence[FactRow],
    units: Sequence[FactRow],
    counted_years: Sequence[int] = (),
    awarded: Mapping[str, Mapping[str, int]] | None = None,
) -> Judgement:
    """Judge everybody and every collective of one year, on rows of the facts contract.

    ``units`` come without ``ldtt_count``, ``cstdcs_count`` and ``ht_or_better``: these are counted here. Once a title's
    awards of the year are all decided, ``awarded`` gives its holders by unit, and they are what counts.
    """
    people_table = fact_table(ruleset, people, kind="person", counted_years=counted_years)
    units_table = fact_table(ruleset, units, kind="unit")
    own = _evaluate(ruleset, people_table, units_table.slice(0, 0), kind="person")
    people_quotas, most = _limited(ruleset, own, people_table, units_table, kind="person")
    spans = _spans(own, people, units, people_quotas, most)
    for column, title in COUNTED.items():
        for unit, count in (awarded or {}).get(title, {}).items():
            spans[unit][column] = (count, count)
    unit_findings, unit_rows = _judge_units(ruleset, units, spans)
    found = pa.Table.from_pylist(unit_findings, schema=FINDINGS)
    unit_quotas, most_of_units = _limited(ruleset, found, people_table, units_table, kind="unit")
    return Judgement(
        findings=[*own.to_pylist(), *unit_findings],
        unit_rows=unit_rows,
        spans=spans,
        quotas=(*people_quotas, *unit_quotas),
        most_places={**most, **most_of_units},
    )


def _limited(
    ruleset: Ruleset, findings: pa.Table, people: pa.Table, units: pa.Table, *, kind: Kind
) -> tuple[tuple[Quota, ...], MostPlaces]:
    """The limits on people or on collectives, and the most places of each when every open case ends well."""
    quotas = apply_limits(ruleset, findings, people=people, units=units, kinds=[kind])
    best = apply_limits(ruleset, _hopeful(findings), people=people, units=units, kinds=[kind]) if quotas else ()
    return quotas, {(kind, quota.limit.title, quota.scope_id): quota.most for quota in best}


def _evaluate(ruleset: Ruleset, people: pa.Table, units: pa.Table, *, kind: Kind) -> pa.Table:
    with in_memory(people, units) as facts:
        return evaluate(ruleset, facts, kinds=[kind])


def _hopeful(findings: pa.Table) -> pa.Table:
    """The same findings if every open case ended well."""
    outcomes = ["met" if outcome in OPEN else outcome for outcome in findings["outcome"].to_pylist()]
    place = findings.schema.get_field_index("outcome")
    return findings.set_column(place, "outcome", pa.array(outcomes, type=pa.string()))


def _outcomes(findings: pa.Table, title: str) -> dict[str, str]:
    rows = findings.select(["subject_id", "title", "outcome"]).to_pylist()
    return {row["subject_id"]: row["outcome"] for row in rows if row["title"] == title}


def _spans(
    findings: pa.Table,
    people: Sequence[FactRow],
    units: Sequence[FactRow],
    quotas: Sequence[Quota],
    most: MostPlaces,
) -> dict[str, dict[str, Span]]:
    """For each unit and count column: the least and the most it can come to."""
    spans: dict[str, dict[str, Span]] = defaultdict(dict)
    unit_of = {str(row["person_id"]): str(row["unit_id"]) for row in people}
    limited = {(quota.limit.title, unit): quota for quota in quotas for unit in quota.units}
    for column, title in COUNTED.items():
        outcomes = _outcomes(findings, title)
        sure = Counter(unit_of[key] for key, outcome in outcomes.items() if outcome == "met")
        open_ = Counter(unit_of[key] for key, outcome in outcomes.items() if outcome in OPEN)
        for row in units:
            unit = str(row["unit_id"])
            spans[unit][column] = (sure[unit], sure[unit] + open_[unit])
            if quota := limited.get((title, unit)):
                places = (quota.quota, most["person", title, quota.scope_id])
                spans[unit][column] = _after_choice(sure, open_, places, unit=unit, rivals=quota.units - {unit})
    for row in units:
        spans[str(row["unit_id"])]["ht_or_better"] = _rated(people, str(row["unit_id"]))
    return spans


def _after_choice(sure: Counter[str], open_: Counter[str], places: Span, *, unit: str, rivals: Collection[str]) -> Span:
    """A unit's share of a limited title: the council may pass over its candidates as far as others fill the places."""
    least_places, most_places = places
    others = sum(sure[rival] + open_[rival] for rival in rivals)
    least = max(0, min(sure[unit], least_places - others))
    most = min(sure[unit] + open_[unit], most_places)
    return least, most


def _rated(people: Sequence[FactRow], unit: str) -> Span:
    grades = [row["task_rating"] for row in people if row["unit_id"] == unit]
    sure = sum(grade in AT_LEAST_HT for grade in grades)
    return sure, sure + sum(grade is None for grade in grades)


def _judge_units(
    ruleset: Ruleset, units: Sequence[FactRow], spans: Mapping[str, Mapping[str, Span]]
) -> tuple[list[FactRow], list[FactRow]]:
    """Judge collectives on the least and on the most; where the outcomes differ, on an unknown count."""
    low, high = _with_counts(units, spans, min), _with_counts(units, spans, max)
    open_ = _with_counts(units, spans, lambda span: span[0] if span[0] == span[1] else None)
    on_low, on_high, on_open = (_unit_findings(ruleset, rows) for rows in (low, high, open_))
    same = {key: _same(finding, on_high[key]) for key, finding in on_low.items()}
    chosen = [on_low[key] if same[key] else on_open[key] for key in on_low]
    wavering = {key[0] for key, agrees in same.items() if not agrees}
    rows = [two if one["unit_id"] in wavering else one for one, two in zip(low, open_, strict=True)]
    return chosen, rows


def _same(one: FactRow, two: FactRow) -> bool:
    return one["outcome"] == two["outcome"] and one["failed"] == two["failed"]


def _with_counts(
    units: Sequence[FactRow], spans: Mapping[str, Mapping[str, Span]], pick: Callable[[Span], int | None]
) -> list[FactRow]:
    return [{**row, **{column: pick(span) for column, span in spans[str(row["unit_id"])].items()}} for row in units]


def _unit_findings(ruleset: Ruleset, rows: Sequence[FactRow]) -> dict[tuple[str, str], FactRow]:
    nobody = fact_table(ruleset, [], kind="person")
    found = _evaluate(ruleset, nobody, fact_table(ruleset, rows, kind="unit"), kind="unit")
    return {(row["subject_id"], row["title"]): row for row in found.to_pylist()}
