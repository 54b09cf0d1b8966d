"""Certificates: letters of praise and titles, one page each, many in one file."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from thidua.core.papers.errors import BadPaper
from thidua.core.papers.form.parts import NO_PLACE, Signer, date_words

FARTHEST_MM = 60


@dataclass(frozen=True)
class Stock:
    """The paper that certificates go on.

    On pre-printed stock only what differs from one certificate to the next is set, moved right by ``offset_x_mm`` and
    down by ``offset_y_mm`` (negative: left, up). Raises BadPaper beyond 60 mm: text would leave the sheet.
    """

    preprinted: bool = False
    offset_x_mm: float = 0
    offset_y_mm: float = 0

    def __post_init__(self) -> None:
        if not all(-FARTHEST_MM <= offset <= FARTHEST_MM for offset in (self.offset_x_mm, self.offset_y_mm)):
            raise BadPaper(
                f"Độ lệch phôi in ({self.offset_x_mm} mm, {self.offset_y_mm} mm) vượt quá {FARTHEST_MM} mm: "
                "chữ sẽ ra ngoài tờ giấy. Đo lại phôi và nhập độ lệch nhỏ hơn."
            )


@dataclass(frozen=True)
class Certificate:
    """One recipient's certificate; ``award`` is “Giấy khen” or “Danh hiệu Lao động tiên tiến”."""

    recipient: str
    award: str
    unit: str = ""
    achievement: str = ""
    book_number: str = ""
    reference: str = ""
    qr: str = ""


@dataclass(frozen=True)
class Certificates:
    """Certificates under one decision, A4 landscape, in the order given.

    ``authority`` is who gives (“Giám đốc Sở Tài chính”); ``decision`` the number with its symbol (“15/QĐ-STC”).
    ``note`` is the line that marks a demonstration, ``gives`` the word above the award. Raises BadPaper for an empty
    batch.
    """

    authority: str
    decision: str
    decided_on: datetime.date | None
    place: str
    signer: Signer
    certificates: Sequence[Certificate]
    date: datetime.date | None = None
    stock: Stock = field(default_factory=Stock)
    note: str = ""
    gives: str = "Tặng"

    def __post_init__(self) -> None:
        if not self.certificates:
            raise BadPaper("Tập giấy không có giấy nào. Chọn ít nhất một người hoặc tập thể được tặng.")

    @property
    def place_line(self) -> str:
        """Place and date of the certificate: its own date, or else the decision's."""
        return f"{self.place or NO_PLACE}, {date_words(self.date or self.decided_on)}"

    @property
    def decision_line(self) -> str:
        """“Quyết định số 15/QĐ-STC ngày 20 tháng 01 năm 2021”."""
        return f"Quyết định số {self.decision or '………/QĐ-……'} {date_words(self.decided_on)}"
