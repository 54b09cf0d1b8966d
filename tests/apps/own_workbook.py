"""Workbooks as an agency might keep them, for tests of bringing them in."""

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import openpyxl

from thidua.apps.records.actions import lay_out_import, preview_import, receive_import
from thidua.apps.records.models import Import
from thidua.apps.records.queries.imports import layout_of

AWARDS = ["Mã CBCCVC", "Họ và tên", "Năm", "Danh hiệu", "Số quyết định", "Ngày quyết định"]


def workbook(sheets: Mapping[str, Iterable[Sequence[object]]]) -> bytes:
    """An .xlsx of sheets by name."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def previewed(actor: Any, data: bytes, filename: str = "so.xlsx") -> Import:
    """A workbook received, its guessed columns agreed to, its rows compared."""
    imported = receive_import(actor=actor, data=data, filename=filename, year=2020)
    lay_out_import(actor=actor, imported=imported, layout=layout_of(imported))
    return preview_import(actor=actor, imported=imported)


def rows_of(imported: Import) -> list[tuple[str, int, str]]:
    """(sheet, row, state) of each row compared."""
    return [(row.sheet, row.row, row.state) for row in imported.rows.all()]
