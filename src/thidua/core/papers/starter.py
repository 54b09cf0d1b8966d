"""A template to begin with: the layout of our own papers, with places where the values would stand.

The paper is built as any other, with ``{{ ten }}`` for texts; what it prints in capitals becomes ``{{ ten|upper }}``.
"""

import io
import re
from dataclasses import dataclass

from docx import Document
from docx.oxml.ns import qn

from thidua.core.papers.docx import paper_docx
from thidua.core.papers.form import Article, Head, Letter, TablePaper
from thidua.core.papers.measure import ZERO_WIDTH_SPACE
from thidua.core.papers.own_template import PROPERTIES
from thidua.core.papers.word import timeless

_IN_CAPITALS = re.compile(r"\{\{ ([A-Z_.]+) \}\}")
# The value of a line in a list brings its own “;” or “.”.
_CLOSED_LINE = re.compile(r"\}\};$")


@dataclass(frozen=True)
class PlacedHead(Head):
    """The upper part with ``dated``, words with places, where the date would stand."""

    dated: str = ""

    @property
    def place_line(self) -> str:
        """Place and date, both as places of the template."""
        return f"{self.place}, {self.dated}"


@dataclass(frozen=True)
class PlacedArticle(Article):
    """An article that is repeated: ``words`` stand where “Điều 1.” would."""

    words: str = ""

    @property
    def mark(self) -> str:
        """The place of the article's number."""
        return self.words


def starter(paper: Letter | TablePaper) -> bytes:
    """The paper as a Word template; equal papers give equal bytes. Raises BadPaper."""
    document = Document(io.BytesIO(paper_docx(paper)))
    for text in document.element.body.iter(qn("w:t")):
        text.text = _mended(text.text or "")
    for name in PROPERTIES:  # a property is filled like any place, and Word cuts it at 255 signs
        setattr(document.core_properties, name, "")
    stream = io.BytesIO()
    document.save(stream)
    return timeless(stream.getvalue())


def _mended(text: str) -> str:
    text = text.replace(ZERO_WIDTH_SPACE, "")
    text = _IN_CAPITALS.sub(lambda found: f"{{{{ {found[1].lower()}|upper }}}}", text)
    return _CLOSED_LINE.sub("}}", text)
