"""How far a figure opens: by name as far as the reader may see, and one total for the rest.

A count of a few people in a small unit names them as surely as a list does. So what a reader may not see by name is
given for the agency as a whole, and not at all where the figure is about discipline.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from thidua.apps.accounts.access import may_see_everybody, may_see_person, may_see_unit
from thidua.apps.accounts.queries import Actor
from thidua.apps.reports.queries import Standing
from thidua.apps.reports.queries.measure import GROUPS, IN, Line

SENSITIVE = ("discipline",)


@dataclass(frozen=True)
class Shown:
    """Lines with whether each may be opened, those that count first; and totals of what stays unnamed.

    ``withheld`` says that nothing more is given because the figure is sensitive.
    """

    lines: Sequence[tuple[Line, bool]]
    unnamed_in: int
    unnamed_rest: int
    withheld: bool


def visible_lines(actor: Actor, standing: Standing) -> Shown:
    """What of a figure's lines the actor may see."""
    formula = standing.target.formula or {}
    withheld = formula.get("kind") in SENSITIVE and not may_see_everybody(actor)
    lines = standing.measure.lines
    seen = [] if withheld else [line for line in lines if _may_see(actor, line)]
    rest = [] if withheld else [line for line in lines if not _may_see(actor, line)]
    seen.sort(key=lambda line: GROUPS.index(line.counted))
    unnamed_in = sum(line.counted == IN for line in rest)
    opened = [(line, _may_open(actor, line)) for line in seen]
    return Shown(opened, unnamed_in, len(rest) - unnamed_in, withheld)


def _may_see(actor: Actor, line: Line) -> bool:
    if line.person_id is None:
        return True
    return may_see_person(actor, person_id=line.person_id, unit_id=line.unit_id)


def _may_open(actor: Actor, line: Line) -> bool:
    if line.person_id is not None:
        return True
    return line.unit_id is not None and may_see_unit(actor, unit_id=line.unit_id)
