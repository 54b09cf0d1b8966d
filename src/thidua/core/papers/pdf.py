"""Papers as PDF/A by Typst, with fonts from the package and nothing from the machine or the network."""

import datetime
import importlib.util
import io
import json
import re
import threading
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Literal

import segno
import typst

from thidua.core.papers.diploma import laid_out
from thidua.core.papers.errors import BadPaper
from thidua.core.papers.flow import Close, Flow, Grid, Line, Sheet, flow
from thidua.core.papers.form import Certificates, Group, Paper, Row, Total
from thidua.core.papers.word import writable

TEMPLATES = Path(__file__).parent / "templates"
STANDARD: Literal["a-2b"] = "a-2b"
# PDF/A wants a moment of making: the paper's own date, so that equal papers give equal bytes; or the epoch.
NO_DATE = datetime.date(1970, 1, 1)
# How JSON writes control signs, and those that it leaves as they are.
CONTROL = re.compile(r"\\u00|\\[bfr]|[\x7f\ud800-\udfff\ufffe\uffff]")
_one_at_a_time = threading.Lock()


def paper_pdf(paper: Paper) -> bytes:
    """The paper as PDF/A-2b, fonts embedded; equal papers give equal bytes. Raises BadPaper."""
    if isinstance(paper, Certificates):
        return _compile("certificate.typ", _certificate_data(paper), dated=paper.date or paper.decided_on)
    return _compile("paper.typ", _flow_data(flow(paper)), dated=paper.head.date)


def square_svg(content: str) -> str:
    """A square code as an SVG text; blank for no content. Raises BadPaper for more than a code can hold."""
    if not content:
        return ""
    try:
        code = segno.make(content, error="m", micro=False)
    except segno.DataOverflowError as error:
        raise BadPaper(f"Mã vuông không chứa hết {len(content)} ký tự. Rút ngắn nội dung mã.") from error
    stream = io.BytesIO()
    code.save(stream, kind="svg", border=0, xmldecl=False)
    return stream.getvalue().decode()


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    """One compiler for the process: fonts are read once. Tex Gyre Termes has the metrics of Times New Roman."""
    found = importlib.util.find_spec("rinoh_typeface_texgyretermes")
    if found is None or found.origin is None:
        raise RuntimeError("Thiếu gói phông chữ rinoh-typeface-texgyretermes. Chạy “make setup”.")
    folder = str(Path(found.origin).parent)
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
    return typst.Compiler(root=str(TEMPLATES), font_paths=fonts)


def _compile(template: str, data: dict[str, object], *, dated: datetime.date | None) -> bytes:
    moment = datetime.datetime.combine(dated or NO_DATE, datetime.time(), tzinfo=datetime.UTC)
    # The compiler keeps its input between calls, so that two threads may not share a call.
    try:
        with _one_at_a_time:
            result = _compiler().compile(
                input=str(TEMPLATES / template),
                format="pdf",
                pdf_standards=[STANDARD],
                sys_inputs={"data": _text(data)},
                timestamp=moment,
            )
    except typst.TypstError as error:
        raise _refusal(error) from error
    assert isinstance(result, bytes)  # a PDF is one document, whatever its pages
    return result


def _text(data: dict[str, object]) -> str:
    """The data as JSON; control signs, rare as they are, are looked for once in the whole."""
    text = json.dumps(data, ensure_ascii=False)
    return json.dumps(_writable(data), ensure_ascii=False) if CONTROL.search(text) else text


def _writable(data: object) -> object:
    """The data with every text free of control signs."""
    if isinstance(data, str):
        return writable(data)
    if isinstance(data, dict):
        return {key: _writable(value) for key, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [_writable(item) for item in data]
    return data


def _refusal(error: typst.TypstError) -> BadPaper:
    """The usual cause is a sign that the face of the paper does not have: an archived paper may not drop it."""
    sign = re.search(r'the text `"(.+?)"` could not be displayed', error.message)
    if sign:
        return BadPaper(f"Ký tự “{sign[1]}” không có trong phông chữ của văn bản. Xóa hoặc thay ký tự đó.")
    return BadPaper(f"Không lập được PDF ({error.message}). Kiểm tra nội dung văn bản.")


def _flow_data(laid: Flow) -> dict[str, object]:
    return {
        "title": laid.head.title,
        "author": laid.head.issuer,
        "reference": laid.reference,
        "sheets": [_sheet_data(sheet) for sheet in laid.sheets],
    }


def _sheet_data(sheet: Sheet) -> dict[str, object]:
    blocks = [asdict(block) if isinstance(block, Line) else _grid_data(block) for block in sheet.blocks]
    return {
        "page_mm": sheet.page_mm,
        "top": asdict(sheet.top) if sheet.top else None,
        "blocks": blocks[: sheet.ending],
        "ending": blocks[sheet.ending :],
        "close": _close_data(sheet.close) if sheet.close else None,
    }


def _grid_data(grid: Grid) -> dict[str, object]:
    upper, last = grid.parted()
    return {
        "columns": [asdict(column) for column in grid.columns],
        "rows": [_row_data(row) for row in upper.rows],
        "last_rows": [_row_data(row) for row in last.rows],
        "tall": [place for place, row in enumerate(grid.rows) if grid.is_tall(row)],
        "layout": asdict(grid.layout),
    }


def _row_data(row: Row) -> object:
    if isinstance(row, Group):
        return {"group": row.text}
    if isinstance(row, Total):
        return {"label": row.label, "cells": list(row.cells)}
    return list(row)


def _close_data(close: Close) -> dict[str, object]:
    signers = [{"lines": signer.lines, "hint": signer.hint, "name": signer.name} for signer in close.signers]
    return {
        "signers": signers,
        "receivers": close.receivers,
        "reference": close.reference,
        "qr": square_svg(close.qr),
    }


def _certificate_data(batch: Certificates) -> dict[str, object]:
    laid = laid_out(batch)
    pages = [
        {
            "spots": [{**vars(spot), "text": vars(spot.text)} for spot in page.spots],
            "reference": page.reference,
            "qr": square_svg(page.qr),
        }
        for page in laid.pages
    ]
    return {**vars(laid), "pages": pages}
