"""The records behind a figure, narrowed by the address and put under how they count."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from thidua.apps.reports.queries.measure import Line
from thidua.apps.reports.queries.scoreboard import Standing
from thidua.core.vietnamese import fold

Opened = tuple[Line, bool]


@dataclass(frozen=True)
class Group:
    """Records that count one way: how many there are, and those of this page."""

    kind: str
    name: str
    count: int
    lines: Sequence[Opened]


def narrowed(lines: Iterable[Opened], asked: Mapping[str, str]) -> list[Opened]:
    """Those that count the way, are of the unit and have the words (blind to accents) that were asked for."""
    words = fold(asked.get("q", "")).split()
    group, unit = asked.get("nhom"), asked.get("don_vi")
    return [
        (line, opens)
        for line, opens in lines
        if group in (None, line.counted)
        and unit in (None, line.group)
        and all(word in fold(line.label) for word in words)
    ]


def grouped(page: Iterable[Opened], *, among: Sequence[Opened], standing: Standing) -> list[Group]:
    """The lines of a page under how they count, each with how many there are among all."""
    shown = list(page)
    found = []
    for kind, name in standing.groups:
        lines = [(line, opens) for line, opens in shown if line.counted == kind]
        if lines:
            found.append(Group(kind, name, sum(line.counted == kind for line, _opens in among), lines))
    return found
