"""A second, independent judge of the six contract titles: one row at a time, in plain Python.

Source: the contract "Facts in, findings out" (version 1) and nothing else; no line of the engine or of a
pack was read to write it. `True`, `False` and `None` (unknown) are combined as in Kleene's logic. The two
laws known here are those in force on 2020-12-31 and on 2024-12-31.

Readings: where the contract leaves something open, each choice is a field of `Readings`, so that a
disagreement can be located by switching one of them (`nearest_readings`). The first word is the one chosen.

 1. `inherited_exclusions`: *exclude*: "holds X" joins X's conditions to the tree and X's exclusions to the
    exclusions, so a recruit excluded from LDTT is `not_reviewed` for CSTDCS and CSTDT as well;
    *fail*: X's exclusions make the tree false, so the outcome is `not_met`.
 2. `exclusions_listed`: *both*: an exclusion that applies stands in `failed`, an unknown one in `missing`;
    *missing*: only the unknown ones are listed; *none*: neither.
 3. `exclusion_code`: *inner*: the exclusions CSTDTQ takes from LDTT keep the code LDTT; *own*: CSTDTQ.
 4. `pending_listed`: *missing*: an unknown `pending_case` stands in `missing` under the code of the title
    judged, a true one nowhere (it defers, nothing failed); *both*: a true one in `failed`; *none*: neither.
 5. `widening_leaf`: *one*: "province >= 1" is one leaf, named after the narrowest scope asked for
    (`CSTDT.initiatives_province`); *each*: one leaf for each count that can satisfy it.
 6. `share_leaf`: *count*: a share or an "all" is one leaf named after the counted column, also when it is
    the headcount that is missing or 0; *operand*: the missing column is named; *both*: both are named.
 7. `satisfied_any`: *listed*: false and unknown branches of an `any` are listed although another branch
    satisfies it; *dropped*: they are not.
 8. `lists`: *always*: `failed` and `missing` are filled whatever the outcome; *by_outcome*: `failed` only
    for not_met and not_reviewed, `missing` only for unknown.
 9. `ttldxs_2020`: *own*: "as TTLDTT but" copies the conditions, all leaves bear the code TTLDXS;
    *inherited*: it holds TTLDTT and adds its own four.
10. `limit_scope`: *root*: the agency is the topmost unit above the person's unit (a unit missing from the
    file, or without a parent, is its own top), one row for each agency somebody belongs to, `scope_id` its
    `unit_id`, people without `unit_id` in none; *unit*: the person's own unit; *all*: the whole file.
11. `limit_base`: *met*: only people whose LDTT is `met` are counted, and as candidates only those whose
    CSTDCS is `met`; *holds*: also the deferred, that is everyone whose conditions and exclusions are clear.

Not switchable: a leaf id stands once in a list; "all" is count >= headcount; `base` of the limit is `LDTT`;
`candidates` is how many, `ranked` the same people by id, in an order that is not judged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, get_args, get_type_hints

Truth = bool | None
Row = Mapping[str, Any]
Leaves = dict[str, Truth]
Enough = Callable[[int, int], bool]  # of a count and the headcount

PERSON_TITLES = ("LDTT", "CSTDCS", "CSTDT", "CSTDTQ")
UNIT_TITLES = ("TTLDTT", "TTLDXS")
TITLES = PERSON_TITLES + UNIT_TITLES
OUTCOMES = ("not_reviewed", "not_met", "deferred", "unknown", "met")
LAWS = {"2020-12-31": 2020, "2024-12-31": 2024}
GRADES = ("KXL", "KHT", "HT", "HTT", "HTXS")
SCOPES = ("base", "province", "national")


@dataclass(frozen=True)
class Readings:
    """The numbered readings of the module docstring; the defaults are the ones chosen."""

    inherited_exclusions: Literal["exclude", "fail"] = "exclude"
    exclusions_listed: Literal["both", "missing", "none"] = "both"
    exclusion_code: Literal["inner", "own"] = "inner"
    pending_listed: Literal["missing", "both", "none"] = "missing"
    widening_leaf: Literal["one", "each"] = "one"
    share_leaf: Literal["count", "operand", "both"] = "count"
    satisfied_any: Literal["listed", "dropped"] = "listed"
    lists: Literal["always", "by_outcome"] = "always"
    ttldxs_2020: Literal["own", "inherited"] = "own"
    limit_scope: Literal["root", "unit", "all"] = "root"
    limit_base: Literal["met", "holds"] = "met"


ALTERNATIVES = {name: get_args(kind) for name, kind in get_type_hints(Readings).items()}
CHOSEN = Readings()


@dataclass(frozen=True)
class Verdict:
    """What the findings say of one subject and title."""

    outcome: str
    failed: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Limit:
    """One limit in one scope: `quota` places for the people in `candidates` (ids, sorted)."""

    title: str
    scope_id: str
    base: str
    base_count: int
    quota: int
    candidates: tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """A title applied to a row: the truth of its tree, its leaves, its exclusions (true = excluded)."""

    tree: Truth
    leaves: Leaves
    exclusions: Leaves = field(default_factory=dict)
    spared: frozenset[str] = frozenset()  # leaves of an `any` that is satisfied


def all_of(truths: Iterable[Truth]) -> Truth:
    seen = list(truths)
    if False in seen:
        return False
    return None if None in seen else True


def any_of(truths: Iterable[Truth]) -> Truth:
    seen = list(truths)
    if True in seen:
        return True
    return None if None in seen else False


def negated(truth: Truth) -> Truth:
    return None if truth is None else not truth


def at_least(number: int | None, bound: int) -> Truth:
    return None if number is None else number >= bound


def graded(grade: str | None, lowest: str) -> Truth:
    """Whether a rating is `lowest` or better; KXL is known and below every grade."""
    return None if grade is None else GRADES.index(grade) >= GRADES.index(lowest)


def widened_at_least(row: Row, stem: str, scope: str, bound: int) -> Truth:
    """A count with all wider scopes: OR for a bound of 1, the sum of the known counts above that."""
    counts = [row[f"{stem}_{wider}"] for wider in SCOPES[SCOPES.index(scope) :]]
    if bound == 1:
        return any_of(at_least(count, 1) for count in counts)
    if sum(count for count in counts if count is not None) >= bound:
        return True
    return None if None in counts else False


def widened(row: Row, code: str, stem: str, scope: str, readings: Readings) -> Leaves:
    if readings.widening_leaf == "one":
        return {f"{code}.{stem}_{scope}": widened_at_least(row, stem, scope, 1)}
    wider = SCOPES[SCOPES.index(scope) :]
    return {f"{code}.{stem}_{each}": at_least(row[f"{stem}_{each}"], 1) for each in wider}


def share(row: Row, code: str, column: str, enough: Enough, readings: Readings) -> Leaves:
    """A share of the headcount; unknown when either number is missing or nobody is there."""
    count, members = row[column], row["headcount"]
    if count is not None and members:
        return {f"{code}.{column}": enough(count, members)}
    if readings.share_leaf == "count":
        return {f"{code}.{column}": None}
    leaves: Leaves = {}
    if count is None or readings.share_leaf == "both":
        leaves[f"{code}.{column}"] = None
    if not members:
        leaves[f"{code}.headcount"] = None
    return leaves


def more_than_half(count: int, members: int) -> bool:
    return 2 * count > members


def seven_tenths(count: int, members: int) -> bool:
    return 10 * count >= 7 * members


def everybody(count: int, members: int) -> bool:
    return count >= members


# Titles of people


def ldtt_exclusions(person: Row, law: int, code: str = "LDTT") -> Leaves:
    recruit = negated(at_least(person["months_since_recruitment"], 10 if law == 2020 else 6))
    exclusions: Leaves = {f"{code}.months_since_recruitment": recruit}
    if law == 2020:
        form = person["discipline"]
        exclusions[f"{code}.discipline"] = None if form is None else form != "none"
    return exclusions


def ldtt(person: Row, law: int, _readings: Readings) -> Case:
    leaves: Leaves = {
        "LDTT.task_rating": graded(person["task_rating"], "HTT"),
        "LDTT.takes_part": person["takes_part"],
    }
    if law == 2020:
        for column in ("registered", "studies", "ethics"):
            leaves[f"LDTT.{column}"] = person[column]
    return Case(all_of(leaves.values()), leaves, ldtt_exclusions(person, law))


def built_on(inner: Case, own: Leaves, branches: Leaves, readings: Readings) -> Case:
    """`holds: inner`, and every leaf of `own`, and one of `branches` if there are any."""
    leaves = inner.leaves | own | branches
    tree = all_of([inner.tree, *own.values()])
    spared = inner.spared
    if branches:
        satisfied = any_of(branches.values())
        tree = all_of([tree, satisfied])
        spared |= frozenset(branches) if satisfied else frozenset()
    if readings.inherited_exclusions == "exclude":
        return Case(tree, leaves, inner.exclusions, spared)
    clear = {leaf: negated(truth) for leaf, truth in inner.exclusions.items()}
    return Case(all_of([tree, *clear.values()]), leaves | clear, {}, spared)


def achievements(person: Row, code: str, scope: str, readings: Readings) -> Leaves:
    counts = (widened(person, code, stem, scope, readings) for stem in ("initiatives", "research"))
    return {leaf: truth for leaves in counts for leaf, truth in leaves.items()}


def cstdcs(person: Row, law: int, readings: Readings) -> Case:
    branches = achievements(person, "CSTDCS", "base", readings)
    branches["CSTDCS.combat_merit"] = person["combat_merit"]
    if law == 2024:
        branches["CSTDCS.task_rating"] = graded(person["task_rating"], "HTXS")
    return built_on(ldtt(person, law, readings), {}, branches, readings)


def cstdt(person: Row, law: int, readings: Readings) -> Case:
    own = {"CSTDT.cstdcs_consecutive": at_least(person["cstdcs_consecutive"], 2)}
    branches = achievements(person, "CSTDT", "province", readings)
    if law == 2024:
        branches["CSTDT.combat_merit"] = person["combat_merit"]
    return built_on(cstdcs(person, law, readings), own, branches, readings)


def cstdtq(person: Row, law: int, readings: Readings) -> Case:
    own = {"CSTDTQ.cstdt_consecutive": at_least(person["cstdt_consecutive"], 2)}
    branches = achievements(person, "CSTDTQ", "national", readings)
    if law == 2020:
        own["CSTDTQ.registered"] = person["registered"]
    else:
        branches["CSTDTQ.combat_merit"] = person["combat_merit"]
    satisfied = any_of(branches.values())
    spared = frozenset(branches) if satisfied else frozenset()
    code = "LDTT" if readings.exclusion_code == "inner" else "CSTDTQ"
    exclusions = ldtt_exclusions(person, law, code)
    return Case(all_of([*own.values(), satisfied]), own | branches, exclusions, spared)


# Titles of collectives


def collective(unit: Row, code: str, lowest: str, law: int) -> Leaves:
    """What both titles ask for: rating, movement, unity; registration and discipline as the table says."""
    leaves: Leaves = {
        f"{code}.unit_rating": graded(unit["unit_rating"], lowest),
        f"{code}.takes_part": unit["takes_part"],
        f"{code}.unity": unit["unity"],
    }
    if law == 2020:
        leaves[f"{code}.registered"] = unit["registered"]
    if law == 2020 or code == "TTLDTT":
        disciplined = unit["canh_cao_or_more"]
        leaves[f"{code}.canh_cao_or_more"] = None if disciplined is None else disciplined == 0
    return leaves


def ttldtt(unit: Row, law: int, readings: Readings) -> Case:
    enough = more_than_half if law == 2020 else seven_tenths
    leaves = collective(unit, "TTLDTT", "HTT", law)
    leaves |= share(unit, "TTLDTT", "ldtt_count", enough, readings)
    return Case(all_of(leaves.values()), leaves)


def ttldxs(unit: Row, law: int, readings: Readings) -> Case:
    own = share(unit, "TTLDXS", "ht_or_better", everybody, readings)
    own |= share(unit, "TTLDXS", "ldtt_count", seven_tenths, readings)
    own["TTLDXS.cstdcs_count"] = at_least(unit["cstdcs_count"], 1)
    if law == 2020 and readings.ttldxs_2020 == "inherited":
        own["TTLDXS.unit_rating"] = graded(unit["unit_rating"], "HTXS")
        return built_on(ttldtt(unit, law, readings), own, {}, readings)
    leaves = collective(unit, "TTLDXS", "HTXS", law) | own
    return Case(all_of(leaves.values()), leaves)


RULES: dict[str, Callable[[Row, int, Readings], Case]] = {
    "LDTT": ldtt,
    "CSTDCS": cstdcs,
    "CSTDT": cstdt,
    "CSTDTQ": cstdtq,
    "TTLDTT": ttldtt,
    "TTLDXS": ttldxs,
}


# Verdicts


def outcome_of(tree: Truth, excluded: Truth, pending: Truth) -> str:
    """The first of the contract's five outcomes that applies."""
    if excluded is True:
        return "not_reviewed"
    if tree is False:
        return "not_met"
    if pending is True:
        return "deferred"
    return "unknown" if None in (excluded, tree, pending) else "met"


def judge(row: Row, title: str, as_of: str, readings: Readings = CHOSEN) -> Verdict:
    """Judge one row for one title. `row` has every column of the contract; a missing value is None."""
    case = RULES[title](row, LAWS[as_of], readings)
    pending = row["pending_case"]
    outcome = outcome_of(case.tree, any_of(case.exclusions.values()), pending)
    dropped = case.spared if readings.satisfied_any == "dropped" else frozenset()
    leaves = {leaf: truth for leaf, truth in case.leaves.items() if leaf not in dropped}
    failed = {leaf for leaf, truth in leaves.items() if truth is False}
    missing = {leaf for leaf, truth in leaves.items() if truth is None}
    if readings.exclusions_listed == "both":
        failed |= {leaf for leaf, truth in case.exclusions.items() if truth is True}
    if readings.exclusions_listed != "none":
        missing |= {leaf for leaf, truth in case.exclusions.items() if truth is None}
    if readings.pending_listed == "both" and pending is True:
        failed.add(f"{title}.pending_case")
    if readings.pending_listed != "none" and pending is None:
        missing.add(f"{title}.pending_case")
    if readings.lists == "by_outcome":
        failed = failed if outcome in ("not_met", "not_reviewed") else set()
        missing = missing if outcome == "unknown" else set()
    return Verdict(outcome, tuple(sorted(failed)), tuple(sorted(missing)))


def judge_all(
    people: Sequence[Row], units: Sequence[Row], as_of: str, readings: Readings = CHOSEN
) -> dict[tuple[str, str, str], Verdict]:
    """Every verdict, keyed by subject kind, subject id and title."""
    verdicts = {}
    for kind, rows, titles in (("person", people, PERSON_TITLES), ("unit", units, UNIT_TITLES)):
        for row in rows:
            for title in titles:
                verdicts[kind, row[f"{kind}_id"], title] = judge(row, title, as_of, readings)
    return verdicts


def nearest_readings(distance: Callable[[Readings], int]) -> tuple[Readings, int]:
    """Switch one reading after another as long as that brings `distance` (of a disagreement) down."""
    best, left = CHOSEN, distance(CHOSEN)
    while left:
        tries = [replace(best, **{name: word}) for name, words in ALTERNATIVES.items() for word in words]
        nearer, less = min(((each, distance(each)) for each in tries), key=lambda pair: pair[1])
        if less >= left:
            break
        best, left = nearer, less
    return best, left


# Limits


def agency_of(person: Row, parents: Mapping[str, str | None], readings: Readings) -> str | None:
    unit: str | None = person["unit_id"]
    if readings.limit_scope == "all":
        return ""
    while readings.limit_scope == "root" and unit is not None and parents.get(unit) is not None:
        unit = parents[unit]
    return unit


def stands(person: Row, title: str, as_of: str, readings: Readings) -> bool:
    """Whether the person counts under a limit: meets the title, or (reading 11) at least holds it."""
    if readings.limit_base == "holds":
        person = dict(person) | {"pending_case": False}
    return judge(person, title, as_of, readings).outcome == "met"


def limits(
    people: Sequence[Row], units: Sequence[Row], as_of: str, readings: Readings = CHOSEN, *, up: bool = False
) -> list[Limit]:
    """CSTDCS in 2020: at most 15% (rounded down) of those who meet LDTT in the agency; 2024 has no limit."""
    if LAWS[as_of] != 2020:
        return []
    parents = {unit["unit_id"]: unit["parent_id"] for unit in units}
    agencies: dict[str, list[Row]] = defaultdict(list)
    for person in people:
        agency = agency_of(person, parents, readings)
        if agency is not None:
            agencies[agency].append(person)
    rows = []
    for agency, members in sorted(agencies.items()):
        base = sum(stands(person, "LDTT", as_of, readings) for person in members)
        ids = [row["person_id"] for row in members if stands(row, "CSTDCS", as_of, readings)]
        quota = -(-15 * base // 100) if up else 15 * base // 100
        rows.append(Limit("CSTDCS", agency, "LDTT", base, quota, tuple(sorted(ids))))
    return rows
