"""One cell and its column → a typed value, or BadCell with what to do about it."""

import datetime
import re
from collections.abc import Callable
from decimal import Decimal

from thidua.core.workbooks.errors import BadCell
from thidua.core.workbooks.sheet import Cell, FailedCell
from thidua.core.workbooks.spec import Column, Kind
from thidua.core.workbooks.words import nearest, plain_words

YES = frozenset({"co", "x", "1", "true", "yes", "dung", "v", "roi"})
NO = frozenset({"khong", "ko", "k", "0", "false", "no", "sai", "chua"})
YEARS = range(1900, 2101)
EXCEL_DAY_ZERO = datetime.date(1899, 12, 30)
ISO_DATE = r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})([T ]00:00(:00)?)?"
SAID_DATE = r"(ngay )?(?P<d>\d{1,2}) thang (?P<m>\d{1,2}) nam (?P<y>\d{4})"
WRITTEN_DATE = r"(?P<d>\d{1,2}) ?(?P<sign>[/.-]) ?(?P<m>\d{1,2}) ?(?P=sign) ?(?P<y>\d{4}|\d{2})"
DATE_EXAMPLE = "Ghi ngày/tháng/năm, ví dụ 01/07/2020."


def convert(cell: Cell, column: Column) -> object:
    """The cell as the column's kind; None for an empty cell. Raises BadCell.

    Numbers in text follow Vietnamese writing: point for thousands, comma for decimals ("1.234,5"); a point
    that cannot stand before thousands is a decimal point ("3.5"). Two-digit years: 00–49 are 20xx, else 19xx.
    """
    if cell is None:
        return None
    if isinstance(cell, FailedCell):
        raise BadCell(f"Ô có công thức lỗi hoặc chưa tính ({cell.text}).", "Thay công thức bằng giá trị.")
    return CONVERTERS[column.kind](cell, column)


def shown(cell: Cell) -> str:
    """The cell as its reader sees it, cut to 40 characters."""
    if isinstance(cell, datetime.date):
        return f"{cell:%d/%m/%Y}"
    text = str(cell)
    return text if len(text) <= 40 else f"{text[:39]}…"


def _text(cell: Cell, column: Column) -> str:
    return f"{cell:%d/%m/%Y}" if isinstance(cell, datetime.date) else str(cell)


def _code(cell: Cell, column: Column) -> str:
    if isinstance(cell, (str, int)) and not isinstance(cell, bool):
        return str(cell)
    raise BadCell(f"“{shown(cell)}” không phải là mã.", "Định dạng ô là văn bản (Text) rồi ghi lại mã.")


def _int(cell: Cell, column: Column) -> int:
    number = _number(cell)
    if number is None or number != number.to_integral_value():
        remedy = column.help or "Ghi một số nguyên, ví dụ 12."
        raise BadCell(f"“{shown(cell)}” không phải là số nguyên.", remedy)
    return int(number)


def _decimal(cell: Cell, column: Column) -> Decimal:
    number = _number(cell)
    if number is None:
        raise BadCell(f"“{shown(cell)}” không phải là số.", column.help or "Ghi một số, ví dụ 1.234,5.")
    return number


def _number(cell: Cell) -> Decimal | None:
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return Decimal(str(cell)) if abs(cell) < float("inf") else None
    if not isinstance(cell, str):
        return None
    text = cell.replace(" ", "")
    grouped = re.fullmatch(r"([+-]?[1-9]\d{0,2}(?:\.\d{3})+)(,\d+)?", text, re.ASCII)
    if grouped:
        return Decimal(grouped[1].replace(".", "") + (grouped[2] or "").replace(",", "."))
    if re.fullmatch(r"[+-]?[1-9]\d{0,2}(,\d{3}){2,}|[+-]?[1-9]\d{0,2}(,\d{3})+\.\d+", text, re.ASCII):
        return Decimal(text.replace(",", ""))
    return Decimal(text.replace(",", ".")) if re.fullmatch(r"[+-]?\d+([.,]\d+)?", text, re.ASCII) else None


def _date(cell: Cell, column: Column) -> datetime.date:
    if isinstance(cell, datetime.datetime):
        return _in_range(cell.date(), cell)
    if isinstance(cell, datetime.date):
        return _in_range(cell, cell)
    if isinstance(cell, int) and not isinstance(cell, bool):
        raise BadCell(f"“{cell}” là số, không phải ngày.", _serial_hint(cell) + DATE_EXAMPLE)
    parts = _date_parts(cell) if isinstance(cell, str) else None
    if parts is None:
        raise BadCell(f"“{shown(cell)}” không phải là ngày.", column.help or DATE_EXAMPLE)
    day, month, year = parts
    try:
        return _in_range(datetime.date(year, month, day), cell)
    except ValueError as error:
        remedy = _swap_hint(*parts) + DATE_EXAMPLE
        raise BadCell(f"Không có ngày “{shown(cell)}” trên lịch.", remedy) from error


def _date_parts(text: str) -> tuple[int, int, int] | None:
    """Day, month, year of the ways people and programs write a date."""
    for pattern, written in ((ISO_DATE, text), (SAID_DATE, plain_words(text)), (WRITTEN_DATE, text)):
        found = re.fullmatch(pattern, written, re.ASCII)
        if found:
            year = int(found["y"]) + (0 if len(found["y"]) == 4 else 2000 if int(found["y"]) < 50 else 1900)
            return int(found["d"]), int(found["m"]), year
    return None


def _in_range(day: datetime.date, cell: Cell) -> datetime.date:
    if day.year not in YEARS:
        raise BadCell(f"Năm của ngày “{shown(cell)}” không hợp lý.", "Kiểm tra lại năm, ví dụ 01/07/2020.")
    return day


def _serial_hint(number: int) -> str:
    day = EXCEL_DAY_ZERO + datetime.timedelta(days=number) if 10_000 <= number <= 73_000 else None
    return f"Có lẽ là {day:%d/%m/%Y}: định dạng ô là ngày. " if day else ""


def _swap_hint(day: int, month: int, year: int) -> str:
    return f"Có phải {month:02d}/{day:02d}/{year}? " if day <= 12 < month <= 31 else ""


def _yes_no(cell: Cell, column: Column) -> bool:
    if isinstance(cell, bool):
        return cell
    word = plain_words(str(cell)) if isinstance(cell, (str, int)) else ""
    if word in YES or word in NO:
        return word in YES
    raise BadCell(f"“{shown(cell)}” không phải là Có hay Không.", column.help or "Ghi Có hoặc Không.")


def _choice(cell: Cell, column: Column) -> str:
    word = plain_words(str(cell))
    for choice in column.choices:
        if word in {plain_words(choice.value), *map(plain_words, choice.labels)}:
            return choice.value
    firsts = [choice.labels[0] if choice.labels else choice.value for choice in column.choices]
    labels = [label for choice in column.choices for label in (*choice.labels, choice.value)]
    like = nearest(str(cell), labels)
    guess = f"Có phải “{like}”? " if like else ""
    raise BadCell(
        f"“{shown(cell)}” không có trong các giá trị của cột “{column.header}”.",
        f"{guess}Chọn một trong: {'; '.join(firsts)}.",
    )


CONVERTERS: dict[Kind, Callable[[Cell, Column], object]] = {
    Kind.TEXT: _text,
    Kind.CODE: _code,
    Kind.INT: _int,
    Kind.DECIMAL: _decimal,
    Kind.DATE: _date,
    Kind.YES_NO: _yes_no,
    Kind.CHOICE: _choice,
}
