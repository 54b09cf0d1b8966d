"""How far a figure opens: whoever may not see a person's record sees the count by unit instead."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from thidua.apps.accounts.access import may_see_person
from thidua.apps.accounts.queries import Actor
from thidua.apps.reports.queries import Standing
from thidua.apps.reports.queries.measure import Line


@dataclass(frozen=True)
class Shown:
    """Lines the reader may see, and for the rest how many stand in each unit, by how they count."""

    lines: Sequence[Line]
    hidden: Sequence[tuple[str, str, int]]


def visible_lines(actor: Actor, standing: Standing) -> Shown:
    """Split a figure's lines into what the actor may see by name and a count of the rest."""
    seen = [line for line in standing.measure.lines if _may_see(actor, line)]
    rest = Counter((line.group, line.counted) for line in standing.measure.lines if not _may_see(actor, line))
    return Shown(lines=seen, hidden=[(group, counted, count) for (group, counted), count in sorted(rest.items())])


def _may_see(actor: Actor, line: Line) -> bool:
    if line.person_id is None:
        return True
    return may_see_person(actor, person_id=line.person_id, unit_id=line.unit_id)
