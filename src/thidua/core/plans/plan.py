"""A plan as read: the document's head, its bases, its clauses, its targets and every repair made.

All offsets count code points of `Plan.text`, end exclusive. `Plan.text` is the text that was read after
normal form (NFC), joining of wrapped lines with one space, and repair; paragraphs are divided by one line
feed. `Repair.source_start` and `source_end` count code points of the text as it stood in the file (NFC,
line feeds for every line end), `page` and `line` count from 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Op = Literal[">=", "<=", ">", "<", "=", "none", "keep"]
Unit = Literal["percent", "count", "money", "rating"]
Role = Literal["direct", "nested"]


@dataclass(frozen=True)
class Document:
    """The head of the plan; a field is None where the text does not say it. Dates are ISO 8601."""

    type: str | None
    number: str | None
    date: str | None
    place: str | None
    issuer: str | None
    subject: str | None
    motto: str | None
    year: int | None

    def to_json(self) -> dict[str, object]:
        """Return the fields by name."""
        return dict(vars(self))


@dataclass(frozen=True)
class Basis:
    """A document the plan rests on; `nested` when it is only named inside the subject of another one."""

    type: str
    number: str | None
    date: str | None
    issuer: str | None
    subject: str | None
    role: Role

    def to_json(self) -> dict[str, object]:
        """Return the fields by name."""
        return dict(vars(self))


@dataclass(frozen=True)
class Clause:
    """A section, clause or point; `start` and `end` bound its own words, children apart."""

    id: str
    title: str
    text: str
    children: tuple[Clause, ...]
    start: int
    end: int

    def to_json(self) -> dict[str, object]:
        """Return id, title, text and children."""
        return {
            "id": self.id,
            "title": self.title,
            "text": self.text,
            "children": [child.to_json() for child in self.children],
        }


@dataclass(frozen=True)
class Target:
    """One thing the plan wants: who, what, how much, until when, and the words that say so.

    `value` is a plain decimal as text (money in đồng), a rating code, or None for `keep`.
    """

    clause: str | None
    subject: str | None
    measure: str | None
    title_code: str | None
    title_class: int | None
    op: Op
    value: str | None
    unit: Unit | None
    unit_text: str | None
    deadline: str | None
    approximate: bool
    quote: str
    start: int
    end: int
    confidence: float

    def to_json(self) -> dict[str, object]:
        """Return the fields by name."""
        return dict(vars(self))


@dataclass(frozen=True)
class Repair:
    """One change made to the text as received, and why; `confidence` is a probability."""

    before: str
    after: str
    start: int
    end: int
    source_start: int
    source_end: int
    page: int
    line: int
    why: str
    confidence: float

    def to_json(self) -> dict[str, object]:
        """Return the fields by name, `before` and `after` as `from` and `to`."""
        return {
            "from": self.before,
            "to": self.after,
            "start": self.start,
            "end": self.end,
            "source_start": self.source_start,
            "source_end": self.source_end,
            "page": self.page,
            "line": self.line,
            "why": self.why,
            "confidence": self.confidence,
        }


@dataclass(frozen=True)
class Plan:
    """A whole plan as read; see the module for how offsets, text and repairs relate.

    `recognised` are the pages, from 1, whose words were recognised from a picture.
    """

    document: Document
    bases: tuple[Basis, ...]
    outline: tuple[Clause, ...]
    targets: tuple[Target, ...]
    text: str
    repairs: tuple[Repair, ...]
    warnings: tuple[str, ...]
    recognised: tuple[int, ...] = ()

    def to_json(self) -> dict[str, object]:
        """Return the plan as the JSON object of the command line, contract version 1."""
        return {
            "document": self.document.to_json(),
            "bases": [basis.to_json() for basis in self.bases],
            "outline": [clause.to_json() for clause in self.outline],
            "targets": [target.to_json() for target in self.targets],
            "text": self.text,
            "repairs": [repair.to_json() for repair in self.repairs],
            "warnings": list(self.warnings),
        }

    def to_keep(self) -> dict[str, object]:
        """The same object with what the contract has no word for and a page has to say: the recognised pages."""
        return {**self.to_json(), "recognised": list(self.recognised)}
