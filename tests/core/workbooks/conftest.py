import io
from collections.abc import Callable, Sequence

import openpyxl
import pytest

MakeXlsx = Callable[..., bytes]


@pytest.fixture
def xlsx() -> MakeXlsx:
    """A workbook from its sheets: xlsx({"Trang": [[...], ...]}, merge={"Trang": ["A1:C1"]})."""

    def make(sheets: dict[str, Sequence[Sequence[object]]], merge: dict[str, list[str]] | None = None) -> bytes:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for number, row in enumerate(rows, start=1):
                for column, value in enumerate(row, start=1):
                    sheet.cell(number, column, value)
            for area in (merge or {}).get(name, []):
                sheet.merge_cells(area)
        target = io.BytesIO()
        book.save(target)
        return target.getvalue()

    return make
