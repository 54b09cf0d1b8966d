"""Certificates laid out: where each text stands on the sheet, and at which size it fits there."""

from dataclasses import dataclass

from thidua.core.papers.form import Certificate, Certificates
from thidua.core.papers.measure import Fitted, fit

PAGE_MM = (297, 210)
TEXT_MM = 229
SPARE_MM = 6
FOOT_MM = 108
TITLE_SIZES = (38, 34, 30, 27, 24)
RECIPIENT_SIZES = (30, 28, 26, 24, 22, 20, 18, 16)
UNIT_SIZES = (17, 16, 15, 14, 13, 12, 11)
ACHIEVEMENT_SIZES = (17, 16, 15, 14, 13, 12, 11, 10)
AUTHORITY_SIZES = (18, 17, 16, 15, 14, 13, 12)
NAME_SIZES = (15, 14, 13, 12, 11)
LINE_SIZES = (13, 12, 11, 10)


@dataclass(frozen=True)
class Spot:
    """A text in its box: left, top, width and height of the box in millimetres, centred in both directions."""

    text: Fitted
    left: float
    top: float
    width: float
    height: float
    bold: bool = False
    italic: bool = False
    red: bool = False


@dataclass(frozen=True)
class Page:
    """One certificate: its own texts, its code."""

    spots: tuple[Spot, ...]
    reference: str
    qr: str


@dataclass(frozen=True)
class LaidOut:
    """A batch: what every sheet carries unless it is pre-printed, then the pages."""

    title: str
    author: str
    fixed: bool
    offset_mm: tuple[float, float]
    note: str
    pages: tuple[Page, ...]


def laid_out(batch: Certificates) -> LaidOut:
    """Every certificate of the batch, in order; on pre-printed stock only what differs from sheet to sheet."""
    stock = batch.stock
    return LaidOut(
        title=f"{batch.certificates[0].award} – {batch.decision_line}",
        author=batch.authority,
        fixed=not stock.preprinted,
        offset_mm=(stock.offset_x_mm, stock.offset_y_mm) if stock.preprinted else (0, 0),
        note=batch.note,
        pages=tuple(_page(batch, certificate) for certificate in batch.certificates),
    )


def _page(batch: Certificates, certificate: Certificate) -> Page:
    printed = () if batch.stock.preprinted else _printed(batch, certificate)
    return Page((*printed, *_own(batch, certificate)), certificate.reference, certificate.qr)


def _printed(batch: Certificates, certificate: Certificate) -> tuple[Spot, ...]:
    award = certificate.award.upper()
    return (
        _middle("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 20, 7, (15,), bold=True),
        _middle("Độc lập - Tự do - Hạnh phúc", 27, 7, (16,), bold=True),
        _middle(batch.authority.upper(), 41, 9, AUTHORITY_SIZES, bold=True),
        _middle(batch.gives.upper(), 51, 8, (18,), bold=True),
        _middle(award, 60, 20, TITLE_SIZES, bold=True, red=True),
    )


def _own(batch: Certificates, certificate: Certificate) -> tuple[Spot, ...]:
    """What differs from sheet to sheet."""
    book = f"Vào sổ số: {certificate.book_number}" if certificate.book_number else ""
    left, right = 34.0, 297 - 34.0 - FOOT_MM
    signer = batch.signer
    foot = [
        Spot(fit(batch.decision_line, width=FOOT_MM, height=7, sizes=LINE_SIZES), left, 148, FOOT_MM, 7),
        Spot(fit(batch.place_line, width=FOOT_MM, height=7, sizes=LINE_SIZES), right, 141, FOOT_MM, 7, italic=True),
        Spot(fit(signer.name, width=FOOT_MM, height=12, sizes=NAME_SIZES), right, 182, FOOT_MM, 12, bold=True),
    ]
    if book:
        foot.append(Spot(fit(book, width=FOOT_MM, height=7, sizes=LINE_SIZES), left, 155, FOOT_MM, 7))
    for place, line in enumerate(signer.lines):
        text = fit(line, width=FOOT_MM, height=7, sizes=NAME_SIZES)
        foot.append(Spot(text, right, 148 + 6.5 * place, FOOT_MM, 7, bold=True))
    body = (
        _middle(certificate.recipient, 83, 24, RECIPIENT_SIZES, bold=True),
        _middle(certificate.unit, 109, 12, UNIT_SIZES),
        _middle(certificate.achievement, 121, 19, ACHIEVEMENT_SIZES, italic=True),
    )
    return tuple(spot for spot in (*body, *foot) if any(spot.text.lines))


def _middle(
    text: str,
    top: float,
    height: float,
    sizes: tuple[int, ...],
    *,
    bold: bool = False,
    italic: bool = False,
    red: bool = False,
) -> Spot:
    fitted = fit(text, width=TEXT_MM - SPARE_MM, height=height, sizes=sizes)
    return Spot(fitted, (PAGE_MM[0] - TEXT_MM) / 2, top, TEXT_MM, height, bold, italic, red)
