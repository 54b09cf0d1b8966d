"""The language of conditions: a dozen words, no escape to Python.

``all any not`` group · ``holds`` takes in another title · ``fact`` with one of ``is in at_least at_most more_than
less_than`` tests, ``of`` makes it a share · ``param`` refers to a dated number · ``when`` keeps a test only where
a yes/no parameter says so · ``over`` names the parameter with the years that count · ``as`` tells a second test of
the same fact from the first. ``cite grade page`` may stand on the version and hold for every test in it.
"""

import re
from fractions import Fraction
from typing import get_args

from thidua.core.calendar import Period
from thidua.core.law.schema import Condition, Group, Holds, Leaf, Operator, Param, Test
from thidua.core.law.terms import GRADES, Cite, Value
from thidua.core.law.yamlfile import Rows, Table

WORD = re.compile("[a-z][a-z0-9_]*")


def read_period(row: Table) -> Period:
    """``from`` (required) and ``to`` (open when absent)."""
    start = row.date("from")
    assert start is not None  # date() raises when a required key is absent
    end = row.date("to", required=False)
    if end is not None and end < start:
        row.fail("“to” trước “from”.", key="to", hint="Đổi lại một trong hai ngày.")
    return Period(start, end)


def read_cite(row: Table, *, near: Table | None = None) -> Cite:
    """``cite: "KEY, place"`` with ``grade``, and ``page`` for a secondary one, on the row or the version near it."""
    holder = row if "cite" in row or near is None else near
    for key in ("cite", "grade", "page"):
        row.asked.append(key)
    text = holder.text("cite")
    source, _, place = text.partition(",")
    if not place.strip():
        holder.fail(f"Trích dẫn “{text}” thiếu điều, khoản.", key="cite", hint='Viết "ND91-2017, Điều 10 khoản 6".')
    for grade in GRADES:
        if holder.text("grade") == grade:
            break
    else:
        holder.fail("“grade” không có mức này.", key="grade", hint=f"Dùng: {', '.join(GRADES)}.")
    page = holder.text("page", default="")
    if grade == "secondary" and not page:
        holder.fail("Nguồn thứ cấp phải nêu trang (page).", key="grade")
    return Cite(source=source.strip(), place=place.strip(), grade=grade, note=page)


def read_condition(row: Table, *, title: str, near: Table) -> Condition:
    """Read a condition tree of ``title``; tests without a citation of their own take that of ``near``."""
    for word in ("all", "any"):
        if word in row:
            parts = tuple(read_condition(part, title=title, near=near) for part in row.tables(word))
            if not parts:
                row.fail(f"“{word}” phải có ít nhất một điều kiện.", key=word, hint="Thêm điều kiện hoặc bỏ nhóm.")
            row.finish()
            return Group("all" if word == "all" else "any", parts)
    if "not" in row:
        part = read_condition(row.table("not"), title=title, near=near)
        row.finish()
        return Group("not", (part,))
    if "holds" in row:
        value = Holds(title=row.text("holds"), cite=read_cite(row, near=near), spot=row.spot)
        row.finish()
        return value
    return read_leaf(row, title=title, near=near)


def read_exclusions(row: Table, *, title: str) -> tuple[Leaf, ...]:
    """``exclude``: a list of tests, any of which keeps the subject from being reviewed."""
    return tuple(read_leaf(part, title=title, near=row) for part in row.tables("exclude", required=False))


def read_leaf(row: Table, *, title: str, near: Table) -> Leaf:
    """One test of one fact; it takes the citation of ``near`` where it has none of its own."""
    fact = row.text("fact")
    used = [word for word in get_args(Operator) if word in row]
    if len(used) != 1:
        row.fail(
            f"Điều kiện về “{fact}” phải có đúng một phép thử.",
            hint=f"Dùng: {', '.join(get_args(Operator))}.",
        )
    op = used[0]
    value = _test_value(row, op)
    share_of = row.text("of", default="") or None
    if share_of and isinstance(value, int) and not isinstance(value, bool):
        value = Fraction(value)
    other = row.text("as", default="")
    if "as" in row and not WORD.fullmatch(other):
        row.fail(f"“as” phải là một từ không dấu: {other}.", key="as", hint="Ví dụ: as: upper.")
    leaf = Leaf(
        id=f"{title}.{fact}.{other}" if other else f"{title}.{fact}",
        fact=fact,
        test=Test(op=op, value=value, share_of=share_of),
        cite=read_cite(row, near=near),
        spot=row.spot,
        when=row.text("when", default="") or None,
        over=row.text("over", default="") or None,
    )
    row.finish()
    return leaf


def _test_value(row: Table, op: Operator) -> Value | tuple[str, ...] | Param:
    raw = row.get(op, required=True)
    if isinstance(raw, Table):
        name = raw.text("param")
        raw.finish()
        return Param(name)
    if op == "in":
        if not isinstance(raw, Rows) or not raw:
            row.fail("“in” phải là danh sách từ.", key=op)
        return row.words(op)
    if isinstance(raw, str) and "/" in raw:
        return row.fraction(op)
    if isinstance(raw, (bool, int, str)):
        return raw
    return row.fail(f"“{op}” phải là số nguyên, phân số trong nháy, chữ, true/false hoặc {{param: …}}.", key=op)
