"""Targets handed down to units: what the agency needs, what the units were given, and whether that adds up.

Only what can be counted in whole people, collectives or tasks is handed down. What the agency needs is exact: at
least 95 % of 62 people is 59; “trên” asks for more than the share; “không quá” for at most so many.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from thidua.apps.campaigns.models import Allocation, Campaign, Target
from thidua.apps.campaigns.queries.wholes import Wholes, became_of, launch_day, title_names, wholes_of
from thidua.apps.units.models import Unit

AT_LEAST, AT_MOST = (">=", ">"), ("<=", "<")
COUNTED = {"person": "người", "unit": "tập thể", "agency": "nhiệm vụ"}


@dataclass(frozen=True)
class TargetColumn:
    """One target that is handed down; ``need`` and ``whole`` are None for tasks, whose number is not known yet.

    ``total`` is None while nothing was handed down; ``problem`` is empty when the sum is right, ``difference`` always
    says in words how it stands.
    """

    target: Target
    name: str
    counted: str
    whole: int | None
    need: int | None
    total: int | None
    difference: str
    problem: str


@dataclass(frozen=True)
class UnitRow:
    """One unit with its amounts in the order of the columns (None: not handed down)."""

    unit: Unit
    headcount: int
    amounts: Sequence[int | None]
    ended: str


@dataclass(frozen=True)
class AllocationTable:
    """Units × targets; ``seen`` names the newest allocation in it, so that a later save can tell."""

    campaign: Campaign
    columns: Sequence[TargetColumn]
    rows: Sequence[UnitRow]
    wholes: Wholes
    seen: int

    @property
    def problems(self) -> list[str]:
        """Where the sums do not give what the agency needs, and units given more than they have people for."""
        return [*(column.problem for column in self.columns if column.problem), *_overloaded(self)]


def allocatable(campaign: Campaign) -> list[Target]:
    """The targets that can be handed down by count: shares of titles over people or collectives, and tasks."""
    return [target for target in campaign.targets.all() if _kind(target) in ("title_share", "tasks_done")]


def most_for(target: Target, *, unit_id: int, wholes: Wholes) -> int | None:
    """The most a unit can be given of a target: its people, or itself once; None for tasks."""
    if _kind(target) == "tasks_done":
        return None
    return 1 if _subject(target) == "unit" else wholes.headcount(unit_id)


def last_allocation(campaign: Campaign) -> int:
    """The newest allocation of a campaign, by id; 0 before the first."""
    newest = Allocation.objects.filter(target__campaign=campaign).order_by("-pk").first()
    return newest.pk if newest else 0


def allocation_table(campaign: Campaign) -> AllocationTable:
    """What was handed down, unit by unit, with sums."""
    wholes, names = wholes_of(campaign), title_names(campaign)
    given, seen = _given(campaign)
    targets = allocatable(campaign)
    columns = [_column(target, given.get(target.pk, {}), wholes, names) for target in targets]
    return AllocationTable(
        campaign=campaign,
        columns=columns,
        rows=[_row(unit, targets, given, wholes, on=launch_day(campaign)) for unit in wholes.units],
        wholes=wholes,
        seen=seen,
    )


def allocation_problems(campaign: Campaign) -> list[str]:
    """Where the sums do not give what the agency needs, and units given more than they have people for."""
    return allocation_table(campaign).problems


def delivery_problems(campaign: Campaign, *, on: date) -> list[str]:
    """What must be settled before the plan is delivered on a day.

    Sums of what was handed down must be right; a unit that has ended by then must have nothing left to do. Targets
    that nobody handed down stay the agency's own.
    """
    table = allocation_table(campaign)
    wrong = [column.problem for column in table.columns if column.problem and column.total is not None]
    for row in table.rows:
        ended = became_of(row.unit, on=on)
        if ended and any(row.amounts):
            wrong.append(f"{ended} Chuyển chỉ tiêu đã giao cho đơn vị này sang đơn vị khác trước khi giao.")
    return [*wrong, *_overloaded(table)]


def propose_amounts(campaign: Campaign, table: AllocationTable | None = None) -> dict[Target, dict[int, int]]:
    """Amounts to start from, by target and unit id: what the agency needs, spread by largest remainder over headcounts.

    A proposal for a person to change; tasks are not proposed. Equal remainders go to the larger unit, then by code.
    ``table`` saves reading it again.
    """
    table = table or allocation_table(campaign)
    rows = [row for row in table.rows if not row.ended]
    proposed = {}
    for column in table.columns:
        if column.need is not None:
            weights = {
                row.unit.pk: most_for(column.target, unit_id=row.unit.pk, wholes=table.wholes) or 0 for row in rows
            }
            order = {row.unit.pk: (-row.headcount, place) for place, row in enumerate(rows)}
            proposed[column.target] = _spread(column.need, weights, order)
    return proposed


def _spread(total: int, weights: Mapping[int, int], order: Mapping[int, tuple[int, int]]) -> dict[int, int]:
    whole = sum(weights.values())
    if not whole:
        return dict.fromkeys(weights, 0)
    total = min(total, whole)  # people of units that ended can no longer be given anything
    exact = {key: Fraction(total * weight, whole) for key, weight in weights.items()}
    parts = {key: math.floor(part) for key, part in exact.items()}
    by_rest = sorted(exact, key=lambda key: (parts[key] - exact[key], order[key]))
    for key in by_rest[: total - sum(parts.values())]:
        parts[key] += 1
    return parts


def _given(campaign: Campaign) -> tuple[dict[int, dict[int, int]], int]:
    given: dict[int, dict[int, int]] = defaultdict(dict)
    seen = 0
    for row in Allocation.objects.current().filter(target__campaign=campaign):
        given[row.target_id][row.unit_id] = row.amount
        seen = max(seen, row.pk)
    return given, seen


def _row(
    unit: Unit, targets: Sequence[Target], given: Mapping[int, Mapping[int, int]], wholes: Wholes, *, on: date | None
) -> UnitRow:
    return UnitRow(
        unit=unit,
        headcount=wholes.headcount(unit.pk),
        amounts=[given.get(target.pk, {}).get(unit.pk) for target in targets],
        ended=became_of(unit, on=on) if on else "",
    )


def _column(target: Target, given: Mapping[int, int], wholes: Wholes, names: Mapping[str, str]) -> TargetColumn:
    whole = _whole(target, wholes)
    need = _need(target, whole)
    total = sum(given.values()) if given else None
    name = names.get(target.title_code, target.title_code) or "Nhiệm vụ cấp trên giao"
    counted = COUNTED[_subject(target)]
    wanted = f"Mục {target.clause}, {name}: cơ quan cần {_asked(target)}{need} {counted} ({target.value}% của {whole})"
    difference, problem = _difference(target, need, total, counted)
    return TargetColumn(
        target=target,
        name=name,
        counted=counted,
        whole=whole,
        need=need,
        total=total,
        difference=difference,
        problem=f"{wanted}; {problem}" if problem else "",
    )


def _difference(target: Target, need: int | None, total: int | None, counted: str) -> tuple[str, str]:
    """How a sum stands, and the same as a problem with its remedy (empty when it is right)."""
    if need is None:
        words = "Số nhiệm vụ trong năm chưa biết khi giao: chỉ cộng, không so."
        return (words if total is None else f"Đã giao {total}. {words}"), ""
    if total is None:
        return f"Chưa giao; cần {need} {counted}.", "chưa giao cho đơn vị nào. Giao cho các đơn vị rồi lưu bảng."
    rest = need - total
    if rest > 0 and target.op not in AT_MOST:
        return f"Còn thiếu {rest} {counted}.", f"mới giao {total}, còn thiếu {rest}. Giao thêm cho đơn vị."
    if rest < 0 and target.op not in AT_LEAST:
        return f"Quá {-rest} {counted}.", f"đã giao {total}, quá {-rest}. Bớt ở một vài đơn vị."
    if rest < 0:
        return f"Đủ, giao cao hơn {-rest} {counted}.", ""
    return ("Đủ." if rest == 0 else f"Trong mức, còn {rest} {counted}."), ""


def _overloaded(table: AllocationTable) -> Iterator[str]:
    """Units whose people left after the targets were handed down; of a unit that has ended, that alone is said."""
    for row in (row for row in table.rows if not row.ended):
        for column, amount in zip(table.columns, row.amounts, strict=True):
            most = most_for(column.target, unit_id=row.unit.pk, wholes=table.wholes)
            if amount and most is not None and amount > most:
                yield (
                    f"{row.unit.name}: {column.name} giao {amount}, nhưng đơn vị chỉ có {most} {column.counted}. "
                    "Giảm số giao cho đơn vị này."
                )


def _asked(target: Target) -> str:
    return "không quá " if target.op in AT_MOST else ""


def _whole(target: Target, wholes: Wholes) -> int | None:
    if _kind(target) == "tasks_done":
        return None
    return len(wholes.units) if _subject(target) == "unit" else len(wholes.members)


def _need(target: Target, whole: int | None) -> int | None:
    """How many of ``whole`` a share asks for."""
    if whole is None:
        return None
    exact = Fraction(target.value or "0") / 100 * whole
    if target.op == ">":
        return math.floor(exact) + 1
    if target.op == "<":
        return max(0, math.ceil(exact) - 1)
    return math.floor(exact) if target.op == "<=" else math.ceil(exact)


def _kind(target: Target) -> str:
    return target.formula["kind"] if target.formula else ""


def _subject(target: Target) -> str:
    return target.formula["subject"] if target.formula else ""
