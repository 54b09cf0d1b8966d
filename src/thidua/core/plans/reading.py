"""The whole reading of a plan, step by step: bytes → lines → repair → outline → targets."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from thidua.core.plans.bases import find_bases
from thidua.core.plans.errors import ForeignLanguage, NoClauses
from thidua.core.plans.extract import Report, Source, extract, silent
from thidua.core.plans.head import read_head
from thidua.core.plans.language import language
from thidua.core.plans.leads import with_leads
from thidua.core.plans.lines import Joined, join_lines
from thidua.core.plans.outline import Layout, build_outline, clauses_in_order, lay_out
from thidua.core.plans.plan import Clause, Document, Plan, Repair, Target
from thidua.core.plans.repair import Change, repair
from thidua.core.plans.targets import find_targets
from thidua.core.vietnamese import fold, nfc

Span = tuple[int, int]
_SCOPES = ("chi tieu", "muc tieu")
UNSURE = 0.6
MENDED = "dấu bị nhận dạng nhầm trên ảnh quét; đọc theo thứ tự mục và cách liệt kê của văn bản"
MEND_SURE = 0.9
NO_TYPE = "Không thấy dòng ghi loại văn bản (KẾ HOẠCH, QUYẾT ĐỊNH …); hãy kiểm tra phần đầu văn bản."
NO_ISSUER = "Không xác định được cơ quan ban hành; hãy ghi tay khi xác nhận kế hoạch."
NO_TARGETS = "Không tìm thấy chỉ tiêu nào trong văn bản; hãy kiểm tra lại, hoặc ghi chỉ tiêu bằng tay."


def read_plan(data: bytes, *, filename: str, most_scans: int | None = None, report: Report = silent) -> Plan:
    """Return the plan in a file.

    Scope: if a section heading names CHỈ TIÊU or MỤC TIÊU, targets are taken from such sections only and
    target-like sentences elsewhere become warnings. Offsets: see plan.py. Raises a PlanError (errors.py) when
    the file cannot be read, is not Vietnamese, or has neither sections nor clauses; ManyScans when more than
    `most_scans` of its pages have to be recognised. `report` is told how many of these are done, of how many; what it
    raises goes through.
    """
    source = extract(data, filename=filename, most_scans=most_scans, report=report)
    joined = join_lines(source.text)
    text, changes = repair(joined.text, joined.paragraphs)
    spans = _moved(joined.paragraphs, changes)
    _require_vietnamese(text, filename)
    return _structured(text, spans, _repairs(source, joined, changes), filename, source.recognised)


def reread_plan(text: str, *, repairs: Sequence[Repair], filename: str, recognised: Sequence[int] = ()) -> Plan:
    """Return the plan in a text that was repaired before and then corrected by a person; nothing is repaired again.

    Paragraphs are divided by one line feed, `repairs` are those that still stand in `text`. Raises NoClauses.
    """
    return _structured(text, _paragraphs(text), repairs, filename, recognised)


def outline_of(text: str) -> tuple[Clause, ...]:
    """Return the outline of a text as repaired, with the offsets that the contract's JSON leaves out."""
    spans = _paragraphs(text)
    return build_outline(text, spans, lay_out([text[start:end] for start, end in spans]))


def _paragraphs(text: str) -> list[Span]:
    spans, place = [], 0
    for paragraph in text.split("\n"):
        spans.append((place, place + len(paragraph)))
        place += len(paragraph) + 1
    return spans


def _structured(
    text: str, spans: Sequence[Span], repairs: Sequence[Repair], filename: str, recognised: Sequence[int]
) -> Plan:
    paragraphs = [text[start:end] for start, end in spans]
    layout = lay_out(paragraphs)
    outline = build_outline(text, spans, layout)
    if not outline:
        raise NoClauses(
            f"{filename}: đọc được {len(paragraphs)} đoạn nhưng không thấy mục nào đánh số (I., 1., a) …), nên "
            "chưa phải một bản kế hoạch; hãy kiểm tra lại tệp, hoặc thêm số mục ở đầu mỗi phần rồi nộp lại."
        )
    opening = paragraphs[slice(*layout.opening)]
    document = read_head(paragraphs, layout.title, layout.body, opening, text, carries_plan=layout.carries_plan)
    targets, outside = _targets(text, spans, layout, outline)
    warnings = _warnings(document, targets, outside, repairs)
    bases = tuple(find_bases([*opening, *_named_in_section(outline)]))
    return Plan(document, bases, outline, tuple(targets), text, tuple(repairs), tuple(warnings), tuple(recognised))


def read_targets(text: str) -> tuple[str, tuple[Target, ...], tuple[Repair, ...]]:
    """Return the text after repair, its targets with spans in it, and the repairs; every line is read.

    Line feeds stay where they are; a sentence wrapped over two lines is read across them. `clause` is None.
    """
    source = Source(nfc(text))
    joined = join_lines(source.text)
    groups = [(joined.source(start), joined.source(end - 1) + 1) for start, end in joined.paragraphs]
    fixed, changes = repair(source.text, groups)
    targets: list[Target] = []
    for start, end, lead in with_leads(fixed, _moved(groups, changes)):
        targets += find_targets(fixed, start, end, lead=lead)
    repairs = tuple(_repair(source, change, change.start, change.end) for change in changes)
    return fixed, tuple(targets), repairs


def _moved(spans: Sequence[Span], changes: Sequence[Change]) -> list[Span]:
    """Return the spans as they stand after the changes; no change crosses a span's edge."""
    moved: list[Span] = []
    place = shift = 0
    for start, end in spans:
        while place < len(changes) and changes[place].end <= start:
            shift = changes[place].new_end - changes[place].end
            place += 1
        first = start + shift
        while place < len(changes) and changes[place].end <= end:
            shift = changes[place].new_end - changes[place].end
            place += 1
        moved.append((first, end + shift))
    return moved


def _repairs(source: Source, joined: Joined, changes: Sequence[Change]) -> tuple[Repair, ...]:
    made = [
        _repair(source, change, joined.source(change.start), joined.source(change.end - 1) + 1) for change in changes
    ]
    return tuple(sorted([*made, *_mends(source, joined, changes)], key=lambda one: one.start))


def _mends(source: Source, joined: Joined, changes: Sequence[Change]) -> Iterator[Repair]:
    """Yield what was put right on recognised pages before anything else (extract/mending.py)."""
    ends = [change.end for change in changes]
    for origin, origin_end, before in source.mends:
        start, last = joined.joined(origin), joined.joined(origin_end - 1)
        if start is None or last is None or any(one.start <= last and one.end > start for one in changes):
            continue
        earlier = bisect_right(ends, start)
        shift = changes[earlier - 1].new_end - changes[earlier - 1].end if earlier else 0
        span = (start + shift, last + 1 + shift)
        after = joined.text[start : last + 1]
        yield Repair(before, after, *span, origin, origin_end, *source.place(origin), MENDED, MEND_SURE)


def _repair(source: Source, change: Change, start: int, end: int) -> Repair:
    page, line = source.place(start)
    return Repair(
        change.before,
        change.after,
        change.new_start,
        change.new_end,
        start,
        end,
        page,
        line,
        change.why,
        change.confidence,
    )


def _require_vietnamese(text: str, filename: str) -> None:
    known = language().skeletons
    words = [word for word in fold(text).split() if word.isalpha() and len(word) > 1]
    share = sum(word in known for word in words) / max(len(words), 1)
    if len(words) >= 8 and share < 0.5:
        raise ForeignLanguage(
            f"{filename}: chỉ {share:.0%} số từ là tiếng Việt; hãy nộp bản kế hoạch tiếng Việt, hoặc bản quét được "
            "nhận dạng lại bằng bộ chữ tiếng Việt."
        )


def _targets(
    text: str, spans: Sequence[Span], layout: Layout, outline: Sequence[Clause]
) -> tuple[list[Target], list[Target]]:
    """Return the targets in scope and the target-like sentences out of it, both in order."""
    clauses = clauses_in_order(outline)
    scopes = [clause.id for clause in clauses if any(word in fold(_heading(clause)) for word in _SCOPES)]
    inside: list[Target] = []
    outside: list[Target] = []
    goals = [clause.id for clause in clauses if _SCOPES[0] in fold(_heading(clause))]
    for start, end, lead in with_leads(text, spans[layout.sections : layout.end]):
        owner = next((clause for clause in reversed(clauses) if clause.start <= start), None)
        if owner is None or (owner.title and text[start:end].endswith(owner.title)):
            continue
        found = find_targets(text, start, end, clause=owner.id, lead=lead, goal=_below(owner.id, goals))
        within = not scopes or _below(owner.id, scopes)
        (inside if within else outside).extend(found)
    return inside, outside


def _named_in_section(outline: Sequence[Clause]) -> list[str]:
    """Return the paragraphs of a first section that holds the bases: "I. CĂN CỨ PHÁP LÝ"."""
    if not outline or not re.search(r"can cu|co so phap ly", fold(outline[0].title)):
        return []
    return [part for clause in clauses_in_order(outline[:1]) for part in clause.text.split("\n") if part]


def _below(name: str, heads: Sequence[str]) -> bool:
    return any(name == head or name.startswith(head + ".") for head in heads)


def _heading(clause: Clause) -> str:
    return clause.title if len(clause.title.split()) <= 25 else ""


def _warnings(
    document: Document, targets: Sequence[Target], outside: Sequence[Target], repairs: Sequence[Repair]
) -> list[str]:
    warnings: list[str] = []
    if document.type is None:
        warnings.append(NO_TYPE)
    if document.issuer is None:
        warnings.append(NO_ISSUER)
    if not targets:
        warnings.append(NO_TARGETS)
    unsure = sum(repair.confidence < UNSURE for repair in repairs)
    if unsure:
        warnings.append(unsure_warning(unsure))
    warnings += [
        f"Mục {target.clause} nằm ngoài phần chỉ tiêu nhưng có câu giống chỉ tiêu: “{target.quote}”."
        for target in outside
    ]
    return warnings


def unsure_warning(count: int) -> str:
    """Return the warning that stands for so many repairs below UNSURE."""
    return f"Có {count} chỗ sửa chữ chưa chắc chắn (độ tin dưới 0,6); hãy đối chiếu với bản gốc."
