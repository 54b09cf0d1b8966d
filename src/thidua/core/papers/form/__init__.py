"""What a paper says, apart from how it is set: the components of an administrative document (Decree 30/2020, Annex I).

Texts are final Vietnamese sentences; a part that is not known yet (number, date) stays blank to be filled by hand.
"""

from typing import TypeAlias

from thidua.core.papers.form.certificate import Certificate, Certificates, Stock
from thidua.core.papers.form.letter import Absence, Attendee, Letter, Minutes
from thidua.core.papers.form.parts import (
    Align,
    Annex,
    Article,
    Block,
    Column,
    Group,
    Head,
    Row,
    Section,
    Signer,
    Size,
    Table,
    Total,
)
from thidua.core.papers.form.table import TablePaper

Paper: TypeAlias = Letter | Minutes | TablePaper | Certificates

__all__ = [
    "Absence",
    "Align",
    "Annex",
    "Article",
    "Attendee",
    "Block",
    "Certificate",
    "Certificates",
    "Column",
    "Group",
    "Head",
    "Letter",
    "Minutes",
    "Paper",
    "Row",
    "Section",
    "Signer",
    "Size",
    "Stock",
    "Table",
    "TablePaper",
    "Total",
]
