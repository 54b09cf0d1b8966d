"""Lifecycles as literal tables: states, moves, who may make them and what must be settled first.

LifecycleError
├── BadLifecycle      the table itself is wrong (found when the module that defines it is imported)
└── MoveRefused       this move is not open from this state
"""

from collections.abc import Sequence
from dataclasses import dataclass


class LifecycleError(Exception):
    """Base of this module's errors."""


class BadLifecycle(LifecycleError):
    """The table has an unknown state, a doubled move or a state nobody reaches."""


class MoveRefused(LifecycleError):
    """The move is not open from the present state; the message says which moves are."""


@dataclass(frozen=True, slots=True)
class Move:
    """``sources`` –verb→ ``target``; ``who`` are role codes; ``needs`` names the query that lists open problems."""

    verb: str
    sources: tuple[str, ...]
    target: str
    who: tuple[str, ...]
    needs: str | None = None


class Lifecycle:
    """A checked table of moves over named states; the first state is where a new thing starts."""

    def __init__(self, *, name: str, states: Sequence[str], moves: Sequence[Move]) -> None:
        self.name = name
        self.states = tuple(states)
        self.moves = tuple(moves)
        self._check()

    def _check(self) -> None:
        known = set(self.states)
        verbs: set[str] = set()
        reached = {self.states[0]}
        for move in self.moves:
            unknown = ({*move.sources, move.target} - known) or ({move.verb} & verbs)
            if unknown:
                raise BadLifecycle(f"{self.name}: {move.verb}: {sorted(unknown)} chưa khai báo hoặc lặp lại.")
            verbs.add(move.verb)
            reached.add(move.target)
        if lost := known - reached:
            raise BadLifecycle(f"{self.name}: không có bước nào dẫn tới {sorted(lost)}.")

    @property
    def initial(self) -> str:
        """The state in which a new thing starts."""
        return self.states[0]

    def open_moves(self, state: str) -> tuple[Move, ...]:
        """The moves open from a state, in the order of the table."""
        return tuple(move for move in self.moves if state in move.sources)

    def move(self, verb: str, *, state: str) -> Move:
        """The move ``verb`` from ``state``; raises MoveRefused when the table has none."""
        for candidate in self.open_moves(state):
            if candidate.verb == verb:
                return candidate
        open_verbs = ", ".join(move.verb for move in self.open_moves(state)) or "không còn bước nào"
        raise MoveRefused(f"Không thể “{verb}” khi đang ở trạng thái “{state}”; có thể: {open_verbs}.")

    def diagram(self) -> str:
        """The table as a Mermaid state diagram, for docs and pages."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.initial}"]
        for move in self.moves:
            lines += [f"    {source} --> {move.target}: {move.verb}" for source in move.sources]
        return "\n".join(lines)
