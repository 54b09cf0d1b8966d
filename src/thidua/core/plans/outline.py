"""Paragraphs → head, opening, sections, clauses and points, signature block apart.

A clause's depth follows from the kinds of marks in the order they first appear (I. 1. a) or 1. 1.1. a) or
Phần, A., Điều …), so no scheme is presumed. A paragraph without a mark, or with a dash only, is text of
the clause above it. The outline ends at "Nơi nhận", the signature or an annex; a plan attached to a
decision has its own outline, which is then the one taken. Where nothing is numbered, headings in capitals
are numbered as they come.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from thidua.core.plans.head import find_title, is_type_line, subject_end
from thidua.core.plans.markers import LETTERS, Kind, Marker, find_marker, in_capitals
from thidua.core.plans.plan import Clause
from thidua.core.plans.sections import is_usual, roman, section_marks
from thidua.core.vietnamese import fold

_RECIPIENTS = re.compile(r"noi\s+nh\wn\s*:?")
_SIGNER = re.compile(
    r"(?:tm|kt|tl|tuq|q|t/m|k/t)\s?\.\s*[^\W\d_]|(?:pho\s+)?(?:chu\s+tich|giam\s+doc|bi\s+thu|hieu\s+truong"
    r"|truong\s+(?:phong|ban)|thu\s+truong|cuc\s+truong|chanh\s+van\s+phong|bo\s+truong)\s*\Z"
)
_ANNEX = re.compile(r"ph[uụ]\s*l[uụ]c\b(?!\s+kem)")
_TITLE_WORDS = 16
_SPECKS = " .,`'~·_"


@dataclass(frozen=True)
class Layout:
    """Where the parts of a plan stand, as numbers of paragraphs (last exclusive)."""

    title: int | None
    body: int
    sections: int
    end: int
    carries_plan: bool
    opening: tuple[int, int]
    marks: Mapping[int, Marker] = field(default_factory=dict)


@dataclass
class _Draft:
    marker: Marker
    id: str
    start: int
    end: int
    heading: str
    depth: int
    loose: list[str] = field(default_factory=list)
    children: list[_Draft] = field(default_factory=list)
    stop: int = 0


def lay_out(paragraphs: Sequence[str]) -> Layout:
    """Return where title, opening, sections and signature stand."""
    title = find_title(paragraphs)
    start = title + 1 if title is not None else 0
    marks = _unnumbered(paragraphs, start) or section_marks(paragraphs, start, _ending(paragraphs, start))
    sections = _first_section(paragraphs, start, marks)
    body = subject_end(paragraphs, title, sections) if title is not None else 0
    end = _ending(paragraphs, sections)
    opening = (body, sections)
    grounds = [i for i in range(start) if fold(paragraphs[i]).startswith("can cu ")]
    if grounds and not any(fold(one).startswith("can cu ") for one in paragraphs[body:sections]):
        opening = (grounds[0], sections)  # a decision without a line that says so before its reasons
    inner = _attached(paragraphs, end)
    if inner is not None and title is not None and is_type_line(paragraphs[title]) == "Quyết định":
        marks = section_marks(paragraphs, inner + 1, _ending(paragraphs, inner + 1))
        first = _first_section(paragraphs, inner + 1, marks)
        return Layout(title, body, first, _ending(paragraphs, first), True, opening, marks)
    return Layout(title, body, sections, end, False, opening, marks)


def _unnumbered(paragraphs: Sequence[str], start: int) -> dict[int, Marker]:
    """Return marks for the headings in capitals of a plan whose sections have no numbers, else none."""
    found: list[int] = []
    for index in range(start, _ending(paragraphs, start)):
        words = paragraphs[index]
        marker = find_marker(words)
        if marker is not None and marker.kind in ("part", "article"):
            return {}
        if in_capitals(words[marker.length if marker else 0 :]):
            if marker is not None and marker.kind != "bullet":
                return {}
            if marker is None and len(words.split()) > 1 and is_type_line(words) is None:
                found.append(index)
    usual = [index for index in found if is_usual(paragraphs[index])]
    headings = [index for index in found if index >= usual[0]] if len(usual) > 2 else []
    return {index: Marker("roman", roman(order), order, 0) for order, index in enumerate(headings, 1)}


def _first_section(paragraphs: Sequence[str], start: int, marks: Mapping[int, Marker]) -> int:
    for index in range(start, len(paragraphs)):
        marker = find_marker(paragraphs[index])
        if index in marks or (marker is not None and marker.kind not in ("bullet", "letter")):
            return index
    return len(paragraphs)


def _ending(paragraphs: Sequence[str], start: int) -> int:
    for index in range(start, len(paragraphs)):
        text = fold(paragraphs[index])
        if _RECIPIENTS.match(text) or (_SIGNER.match(text) and len(text.split()) <= 9 and index > start):
            return index
        if _ANNEX.match(text) and paragraphs[index][:3].isupper() and index > start:
            return index
    return len(paragraphs)


def _attached(paragraphs: Sequence[str], start: int) -> int | None:
    for index in range(start, len(paragraphs)):
        if is_type_line(paragraphs[index]) in ("Kế hoạch", "Chương trình", "Đề án") and paragraphs[index].isupper():
            return index
    return None


def build_outline(text: str, spans: Sequence[tuple[int, int]], layout: Layout) -> tuple[Clause, ...]:
    """Return the sections with their clauses; offsets are those of the text."""
    roots: list[_Draft] = []
    stack: list[_Draft] = []
    seen: dict[str, int] = {}
    body = spans[layout.sections : layout.end]
    for number, (start, end) in enumerate(body, layout.sections):
        words = text[start:end]
        marker = layout.marks.get(number) or find_marker(words)
        marker = _expected(marker, stack) if marker else None
        if marker is None or marker.kind == "bullet":
            if stack and not (stack[-1].heading or stack[-1].loose) and marker is None:
                stack[-1].heading, stack[-1].stop = words, end  # "Phần thứ nhất", its title on a line of its own
            elif stack:
                stack[-1].loose.append(words)
                stack[-1].stop = end
            continue
        _climb(stack, marker, roots)
        parent = stack[-1] if stack else None
        label = marker.label.rpartition(".")[2] if marker.kind == "dotted" and parent else marker.label
        name = _unique(f"{parent.id}.{label}" if parent else label, seen)
        heading = words[marker.length :].lstrip(_SPECKS).rstrip()
        heading = heading.rstrip(_SPECKS) if in_capitals(heading) else heading
        draft = _Draft(marker, name, start, end, heading, len(stack), stop=end)
        (parent.children if parent else roots).append(draft)
        stack.append(draft)
    return tuple(_finish(draft) for draft in roots)


def _expected(marker: Marker, stack: Sequence[_Draft]) -> Marker:
    """Read a damaged mark as the one due next: "4)" or a second "d)" after "d)" is đ), a second "Phần II" is III."""
    parts = [draft.marker.order for draft in stack[:1] if draft.marker.kind == "part"]
    if marker.kind == "part" and parts == [marker.order]:
        return Marker("part", f"P{marker.order + 1}", marker.order + 1, marker.length)
    letters = [draft for draft in stack if draft.marker.kind == "letter"]
    if not letters:
        return marker
    last = letters[-1].marker
    due = LETTERS[last.order] if 0 < last.order < len(LETTERS) else ""
    if due == "đ" and (
        (marker.kind == "letter" and marker.label == "d")
        or (marker.kind == "number" and marker.label == "4" and stack[-1] is letters[-1])
    ):
        return Marker("letter", "đ", last.order + 1, marker.length)
    if marker.kind == "letter" and marker.label == "e" and due == "c":
        return Marker("letter", "c", last.order + 1, marker.length)
    return marker


def _climb(stack: list[_Draft], marker: Marker, roots: Sequence[_Draft]) -> None:
    """Leave the stack at the parent of the new mark."""
    kinds = [draft.marker.kind for draft in stack]
    if marker.kind == "dotted":
        _climb_dotted(stack, marker)
        return
    if not stack and roots and roots[0].marker.kind != marker.kind:
        return
    kind = marker.kind
    if kind == "upper" and "roman" in kinds and marker.label in "IVX":
        kind = "roman"
    if kind in kinds:
        place = len(kinds) - 1 - kinds[::-1].index(kind)
        deeper = len(stack) - 1 - place
        restarts = (
            marker.order == 1
            and stack[place].marker.order >= 1
            and kind == "number"
            and deeper > 0
            and (stack[-1].marker.kind == "letter")
        )
        if not restarts:
            del stack[place:]
        return
    highest = bool(roots) and all(_rank(root.marker.kind) >= _rank(kind) for root in roots)
    if (highest and roots[0].marker.kind == kind) or (stack and _rank(kind) < _rank(stack[0].marker.kind)):
        stack.clear()


def _climb_dotted(stack: list[_Draft], marker: Marker) -> None:
    """Put 2.1 under 2, and 2.1.3 under 2.1, wherever they stand."""
    parts = marker.label.split(".")
    while stack:
        top = stack[-1].marker
        if top.kind == "dotted" and top.label.split(".") == parts[:-1]:
            return
        if len(parts) == 2 and top.kind in ("number", "roman", "article"):
            return
        if len(stack) == 1 and top.kind not in ("dotted", "letter", "paren"):
            return
        stack.pop()


def _rank(kind: Kind) -> int:
    order: tuple[Kind, ...] = (
        "part",
        "upper",
        "roman",
        "article",
        "number",
        "dotted",
        "letter",
        "paren",
        "bullet",
    )
    return order.index(kind)


def _unique(name: str, seen: dict[str, int]) -> str:
    seen[name] = seen.get(name, 0) + 1
    return name if seen[name] == 1 else f"{name}#{seen[name]}"


def _finish(draft: _Draft) -> Clause:
    children = tuple(_finish(child) for child in draft.children)
    titled = _is_title(draft)
    loose = "\n".join(draft.loose)
    title = draft.heading if titled else ""
    own = "" if titled else draft.heading
    return Clause(draft.id, title, "\n".join(part for part in (own, loose) if part), children, draft.start, draft.stop)


def _is_title(draft: _Draft) -> bool:
    words = len(draft.heading.split())
    if draft.depth == 0:
        return words <= 40
    if draft.heading.isupper() and words > 1:
        return True
    followed = bool(draft.children or draft.loose)
    if draft.heading.endswith((".", ";")):
        return bool(draft.children) and words <= _TITLE_WORDS
    return words <= _TITLE_WORDS * (2 if followed else 1) and (followed or words <= 8)


def clauses_in_order(outline: Sequence[Clause]) -> list[Clause]:
    """Return every section and clause, each before its children."""
    found: list[Clause] = []
    for clause in outline:
        found.append(clause)
        found += clauses_in_order(clause.children)
    return found
