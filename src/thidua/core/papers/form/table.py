"""Papers that are one table: appraisal table, registration summary, scoreboard, payment list."""

from collections.abc import Sequence
from dataclasses import dataclass

from thidua.core.papers.form.parts import Column, Head, Row, Signer, Size, check_rows


@dataclass(frozen=True)
class TablePaper:
    """A table to be read on paper, its headings repeated on each page.

    ``summary`` stands before the table, ``closing`` after it (“Bằng chữ: …”). ``cosigners`` stand left of the signer
    (“Người lập”, “Kế toán trưởng”). Raises BadPaper for a row that does not fit the columns.
    """

    head: Head
    columns: Sequence[Column]
    rows: Sequence[Row]
    signer: Signer
    receivers: Sequence[str] = ()
    summary: Sequence[str] = ()
    note: str = ""
    closing: Sequence[str] = ()
    cosigners: Sequence[Signer] = ()
    size: Size = "a4"
    landscape: bool = True
    reference: str = ""
    qr: str = ""

    def __post_init__(self) -> None:
        check_rows(self.columns, self.rows, title=self.head.subject)
