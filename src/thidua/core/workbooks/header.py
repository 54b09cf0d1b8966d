"""Finding the header row of a table, and which column of the file means which column of the spec."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from thidua.core.workbooks.errors import Problem
from thidua.core.workbooks.sheet import Cell, Sheet, address
from thidua.core.workbooks.spec import Column, TableSpec
from thidua.core.workbooks.words import header_key, likeness

SEARCHED_ROWS, SEARCHED_COLUMNS = 30, 1000
ALIKE = 84.0
SAME = 97.0
REMEMBERED = 101.0

Texts = list[tuple[str, ...]]
Memory = Mapping[str, str]  # column key by ``header_key`` of a header that a person once matched; "" for none


@dataclass(frozen=True)
class Header:
    """Where a table's header stands, all 0-based.

    ``row`` is its last row, ``data`` the first row of data, ``columns`` the columns found by key. ``unknown``
    are (column, text) of headers that mean nothing here; ``twice`` are (column, key) of second columns for a
    key that has one.
    """

    row: int
    data: int
    columns: dict[str, int]
    unknown: tuple[tuple[int, str], ...] = ()
    twice: tuple[tuple[int, str], ...] = ()


def find_header(
    sheet: Sheet, spec: TableSpec, *, memory: Memory | None = None, row: int | None = None
) -> Header | None:
    """The row of the first 30 that reads most like the spec's headers; None with less than half of the needed ones.

    Titles and blank rows may stand above; a header may take two rows (a merged group above its parts), and a
    row of column numbers may follow. What ``memory`` has wins over how a header reads;
    with ``row`` the header's last row is that one.
    """
    memory = memory or {}
    best: Header | None = None
    for place in range(min(SEARCHED_ROWS, len(sheet.rows))):
        for header in (_one_row(sheet, place, spec, memory), _two_rows(sheet, place, spec, memory)):
            if (
                header
                and (row is None or header.row == row)
                and (best is None or len(header.columns) > len(best.columns))
            ):
                best = header
    needed = [column.key for column in spec.columns if column.required]
    found = len(set(needed) & best.columns.keys()) if best else 0
    if best is None or found * 2 < len(needed) or len(best.columns) < min(2, len(spec.columns)):
        return None
    return _past_numbers(sheet, best)


def header_problems(sheet: Sheet, spec: TableSpec, header: Header | None) -> list[Problem]:
    """What keeps the table from being read: no header, needed columns missing, one column twice."""
    if header is None:
        names = ", ".join(f"“{column.header}”" for column in spec.columns if column.required)
        remedy = f"Đặt một dòng có các cột {names}."
        return [Problem(sheet.name, "", "Không tìm thấy dòng tiêu đề cột.", remedy)]
    problems = [
        Problem(sheet.name, "", f"Thiếu cột “{column.header}”.", _missing_remedy(column, header))
        for column in spec.columns
        if column.required and column.key not in header.columns
    ]
    if spec.one_of and not header.columns.keys() & set(spec.one_of):
        names = " hoặc ".join(f"“{column.header}”" for column in spec.columns if column.key in spec.one_of)
        problems.append(Problem(sheet.name, "", f"Thiếu cột {names}.", "Thêm hoặc chọn một trong các cột ấy."))
    names_by_key = {column.key: column.header for column in spec.columns}
    for column, key in header.twice:
        cell, first = address(header.row, column), address(header.row, header.columns[key])
        message = f"Cột “{names_by_key[key]}” có hai lần (cột kia ở {first})."
        problems.append(Problem(sheet.name, cell, message, "Xóa hoặc đổi tên một trong hai cột."))
    return problems


def _missing_remedy(column: Column, header: Header) -> str:
    unknown = ", ".join(f"“{text}”" for _, text in header.unknown)
    return (column.help or "Thêm cột này.") + (f" Các cột chưa nhận ra: {unknown}." if unknown else "")


def _one_row(sheet: Sheet, row: int, spec: TableSpec, memory: Memory) -> Header | None:
    return _matched([_texts(cell) for cell in sheet.rows[row][:SEARCHED_COLUMNS]], row, spec, memory)


def _two_rows(sheet: Sheet, row: int, spec: TableSpec, memory: Memory) -> Header | None:
    """The row and the next read together, if the next fills gaps that a merged group leaves."""
    if row + 1 >= len(sheet.rows):
        return None
    upper, lower = sheet.rows[row][:SEARCHED_COLUMNS], sheet.rows[row + 1][:SEARCHED_COLUMNS]
    first = next((i for i, cell in enumerate(upper) if cell is not None), len(upper))
    if not any(cell is None and isinstance(lower[i], str) for i, cell in enumerate(upper) if i > first):
        return None
    group, texts = "", []
    for above, below in zip(upper, lower, strict=True):
        group = above if isinstance(above, str) else group
        texts.append((*_texts(below), f"{group} {below}") if isinstance(below, str) else _texts(above))
    return _matched(texts, row + 1, spec, memory)


def _texts(cell: Cell) -> tuple[str, ...]:
    return (cell,) if isinstance(cell, str) else ()


def _matched(texts: Texts, row: int, spec: TableSpec, memory: Memory) -> Header | None:
    """The best one-to-one reading of the texts: most alike first, then leftmost."""
    scores = sorted(
        (
            (_score(options, column, memory), -i, column.key)
            for i, options in enumerate(texts)
            for column in spec.columns
            if options
        ),
        key=lambda score: score[:2],
        reverse=True,
    )
    columns: dict[str, int] = {}
    twice: list[tuple[int, str]] = []
    for score, negative, key in scores:
        if score < ALIKE or -negative in columns.values():
            continue
        if key not in columns:
            columns[key] = -negative
        elif score >= SAME:
            twice.append((-negative, key))
    known = {*columns.values(), *(column for column, _ in twice)}
    unknown = tuple((i, options[0]) for i, options in enumerate(texts) if options and i not in known)
    return Header(row, row + 1, columns, unknown, tuple(twice)) if columns else None


def _score(options: tuple[str, ...], column: Column, memory: Memory) -> float:
    for text in options:
        if (meant := memory.get(header_key(text))) is not None:
            return REMEMBERED if meant == column.key else 0.0
    return max(likeness(text, header) for text in options for header in column.headers)


def _past_numbers(sheet: Sheet, header: Header) -> Header:
    """The header with its data beginning after a row of column numbers such as (1) (2) (3) or A B 1 2."""
    if header.data >= len(sheet.rows):
        return header
    words = [str(cell).strip("() ") for cell in sheet.rows[header.data] if cell is not None]
    numbers = [int(word) for word in words if re.fullmatch(r"[0-9]{1,2}", word)]
    letters = [word for word in words if re.fullmatch(r"[A-Z]", word)]
    counted = len(numbers) > 1 and numbers == [numbers[0] + i for i in range(len(numbers))]
    if not counted or numbers[0] > 2 or len(numbers) + len(letters) != len(words):
        return header
    return replace(header, data=header.data + 1)
