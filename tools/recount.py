"""Count a year's report again from the records alone: standard library only, nothing of the program is imported.

``python tools/recount.py OUT`` reads OUT/records/*.csv (one table a model; an empty cell is nothing) and
OUT/so-lieu-bao-cao.json (the figures that the report prints), counts every figure anew and shows both side by side.
Exit 0: all equal. 1: some differ, each is named. 2: wrong usage, or a file that is missing or cannot be read.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from recounting.book import Book, Problem
from recounting.figures import recount

FIGURES_FILE = "so-lieu-bao-cao.json"
ABSENT = object()
# One figure standing alone, by its key in the file.
SINGLE = {
    "year": "Năm",
    "people": "Cá nhân thuộc diện xét",
    "collectives": "Tập thể thuộc diện xét",
    "acknowledged": "Người đã xác nhận biết kế hoạch",
    "registered_people": "Cá nhân đăng ký thi đua",
    "registered_collectives": "Tập thể đăng ký thi đua",
    "unit_meetings": "Cuộc họp bình xét của đơn vị",
    "council_sessions": "Phiên họp của các Hội đồng",
    "initiatives": "Sáng kiến, đề tài được đề nghị",
    "recognised": "Sáng kiến, đề tài được công nhận",
    "objections": "Kiến nghị đã nhận",
    "answered": "Kiến nghị đã trả lời",
    "paid": "Tiền thưởng đã quyết định",
    "recovered": "Tiền thưởng phải thu hồi",
}
# A list of rows: the field that names a row, how a row is called, and its figures.
ROWS = {
    "titles": (
        "title",
        "Danh hiệu",
        {"nominated": "được đề nghị", "passed": "Hội đồng thông qua", "awarded": "được tặng", "annulled": "bị hủy"},
    ),
    "decisions": ("number", "Quyết định số", {"lines": "số trường hợp", "money": "số tiền"}),
    "targets": (
        "number",
        "Chỉ tiêu",
        {"least": "ít nhất", "most": "nhiều nhất", "whole": "trên tổng số", "state": "kết quả"},
    ),
}
TALLY = {"reached": "Chỉ tiêu đạt", "missed": "Chỉ tiêu không đạt", "unknown": "Chỉ tiêu chưa biết"}
STATES = {"reached": "đạt", "missed": "không đạt", "unknown": "chưa biết"}


def read_figures(path: Path) -> dict[str, Any]:
    """The figures that the report prints; raises Problem when the file is missing or is not of its shape."""
    try:
        figures = json.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise Problem(f"Không đọc được tệp {path}; hãy lập lại báo cáo.") from None
    except ValueError:
        raise Problem(f"{path}: nội dung không phải là JSON; hãy lập lại báo cáo.") from None
    if not isinstance(figures, dict) or not isinstance(figures.get("year"), int):
        raise Problem(f"{path}: thiếu năm của báo cáo (khóa “year”); hãy lập lại báo cáo.")
    return figures


def labelled(figures: dict[str, Any]) -> dict[str, Any]:
    """Every single figure by its Vietnamese name, in reading order."""
    named: dict[str, Any] = {}
    for key, value in figures.items():
        if key in ROWS:
            named.update(_of_rows(key, value))
        elif key == "tally" and isinstance(value, dict):
            named.update({TALLY.get(state, f"tally.{state}"): number for state, number in value.items()})
        else:
            named[SINGLE.get(key, key)] = value
    return named


def _of_rows(key: str, rows: Any) -> Iterator[tuple[str, Any]]:
    name, called, words = ROWS[key]
    if not isinstance(rows, list) or not all(isinstance(row, dict) and name in row for row in rows):
        raise Problem(f"{FIGURES_FILE}, “{key}”: phải là một dãy, mỗi mục có “{name}”.")
    seen: Counter[str] = Counter()
    # Order says nothing; rows of the same name are compared in the order of their figures.
    for row in sorted(rows, key=lambda row: [str(row.get(field)).rjust(20) for field in (name, *words)]):
        seen[str(row[name])] += 1
        again = f" (lần {seen[str(row[name])]})" if seen[str(row[name])] > 1 else ""
        for field in (field for field in row if field != name):
            yield f"{called} {row[name]}{again}: {words.get(field, field)}", row[field]


def same(reported: Any, counted: Any) -> bool:
    """Whether two figures are equal; true is not 1."""
    return reported == counted and isinstance(reported, bool) == isinstance(counted, bool)


def shown(value: Any) -> str:
    """A figure for the table."""
    if value is ABSENT:
        return "không có"
    if value is None:
        return "–"
    if isinstance(value, int) and abs(value) >= 10_000:
        return f"{value:,}".replace(",", ".")
    return STATES.get(value, value) if isinstance(value, str) else str(value)


def compared(reported: dict[str, Any], counted: dict[str, Any]) -> list[tuple[str, str, str, bool]]:
    """(figure, as reported, as counted, whether equal) for every figure that either has."""
    left, right = labelled(reported), labelled(counted)
    rows = []
    for name in dict.fromkeys([*right, *left]):
        one, other = left.get(name, ABSENT), right.get(name, ABSENT)
        rows.append((name, shown(one), shown(other), same(one, other)))
    return rows


def table(rows: list[tuple[str, str, str, bool]]) -> str:
    """The comparison as lines of even columns."""
    head = ("Số liệu", "Báo cáo", "Đếm lại", "Khớp?")
    lines = [head, *((name, one, other, "khớp" if equal else "LỆCH") for name, one, other, equal in rows)]
    name, one, other = (max(len(line[column]) for line in lines) for column in range(3))
    return "\n".join(f"{a.ljust(name)}  {b.rjust(one)}  {c.rjust(other)}  {d}" for a, b, c, d in lines)


def summary(rows: list[tuple[str, str, str, bool]]) -> str:
    """One sentence if all is equal, else every figure that is not."""
    wrong = [f"- {name}: báo cáo {one}, đếm lại {other}." for name, one, other, equal in rows if not equal]
    if not wrong:
        return f"Cả {len(rows)} số liệu của báo cáo khớp với hồ sơ."
    return "\n".join([f"{len(wrong)} trong {len(rows)} số liệu lệch với hồ sơ:", *wrong])


def main(arguments: list[str]) -> int:
    """Recount one folder; returns the exit code."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        print("Cách dùng: python tools/recount.py THƯ_MỤC_KẾT_QUẢ", file=sys.stderr)
        return 2
    out = Path(arguments[0])
    try:
        reported = read_figures(out / FIGURES_FILE)
        rows = compared(reported, recount(Book(out / "records", reported["year"])))
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 2
    print(f"Đếm lại số liệu báo cáo năm {reported['year']} từ các bảng trong {out / 'records'}\n")
    print(f"{table(rows)}\n\n{summary(rows)}")
    return 0 if all(equal for *_, equal in rows) else 1


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a text stream in a program run by itself
    raise SystemExit(main(sys.argv[1:]))
