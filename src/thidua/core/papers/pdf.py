"""Papers as PDF/A by Typst, with fonts from the package and nothing from the machine or the network."""

import importlib.util
import json
from functools import lru_cache
from pathlib import Path
from typing import Literal

import typst

from thidua.core.papers.form import Letter, TablePaper

TEMPLATES = Path(__file__).parent / "templates"
STANDARD: Literal["a-2b"] = "a-2b"


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Tex Gyre Termes: the metrics of Times New Roman, every Vietnamese letter."""
    found = importlib.util.find_spec("rinoh_typeface_texgyretermes")
    if found is None or found.origin is None:
        raise RuntimeError("Thiếu gói phông chữ rinoh-typeface-texgyretermes. Chạy “make setup”.")
    return typst.Fonts(include_system_fonts=False, font_paths=[str(Path(found.origin).parent)])


def letter_pdf(letter: Letter) -> bytes:
    """A document with running text, A4 portrait."""
    return _compile("letter.typ", letter.to_data())


def table_pdf(paper: TablePaper) -> bytes:
    """A table, A4 landscape, its head repeated on each page."""
    return _compile("table.typ", paper.to_data())


def _compile(template: str, data: dict[str, object]) -> bytes:
    compiler = typst.Compiler(
        str(TEMPLATES / template),
        root=str(TEMPLATES),
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    result = compiler.compile(format="pdf", pdf_standards=[STANDARD])
    assert isinstance(result, bytes)  # a PDF is one document, whatever its pages
    return result
