"""Two readings of one plan side by side: what is new, changed, gone or the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from thidua.core.plans.settling import PLACE, WORDS, Json, pair

Kind = Literal["new", "changed", "gone"]


@dataclass(frozen=True)
class Change:
    """One thing that differs; ``fields`` are the names of what differs in it, ``before`` or ``after`` may be None."""

    kind: Kind
    before: Json | None
    after: Json | None
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """What differs, by part, and how much is the same in each."""

    head: Sequence[Change]
    bases: Sequence[Change]
    clauses: Sequence[Change]
    targets: Sequence[Change]
    same: Mapping[str, int]

    @property
    def empty(self) -> bool:
        """Whether nothing differs at all."""
        return not (self.head or self.bases or self.clauses or self.targets)

    @property
    def structural(self) -> bool:
        """Whether more differs than words: a head, a basis, which clauses there are, or what a target wants."""
        clauses = any(change.kind != "changed" for change in self.clauses)
        targets = any(change.kind != "changed" or set(change.fields) - {*WORDS} for change in self.targets)
        return bool(self.head or self.bases or clauses or targets)


def compare(old: Json, new: Json) -> Comparison:
    """Compare two readings as they stand, offsets and confidence apart."""
    parts = {name: list(_changes(pair(old[name], new[name]))) for name in ("bases", "targets")}
    before, after = (dict(_clauses(reading["outline"])) for reading in (old, new))
    named: list[tuple[Json | None, Json | None]] = [(before.get(key), row) for key, row in after.items()]
    named += [(row, None) for key, row in before.items() if key not in after]
    clauses = list(_changes(named))
    head = [
        Change("changed", {field: value}, {field: new["document"][field]}, (field,))
        for field, value in old["document"].items()
        if new["document"][field] != value
    ]
    same = {name: len(new[name]) - _present(parts[name]) for name in parts} | {
        "clauses": len(after) - _present(clauses),
        "head": len(old["document"]) - len(head),
    }
    return Comparison(head, parts["bases"], clauses, parts["targets"], same)


def _present(changes: Sequence[Change]) -> int:
    return sum(change.after is not None for change in changes)


def _changes(pairs: Sequence[tuple[Json | None, Json | None]]) -> Iterator[Change]:
    for before, after in pairs:
        if before is None or after is None:
            yield Change("new" if before is None else "gone", before, after, ())
        elif fields := tuple(name for name in after if name not in PLACE and after[name] != before[name]):
            yield Change("changed", before, after, fields)


def _clauses(outline: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Json]]:
    for clause in outline:
        yield clause["id"], {name: clause[name] for name in ("id", "title", "text")}
        yield from _clauses(clause["children"])
