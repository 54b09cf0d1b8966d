"""Own templates: which are in use, what is filled into them, and the Word file of a paper.

The values are read off the built-in paper, so that both layouts say the same.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import QuerySet

from thidua.apps.decisions.models import Decision, PaperTemplate, Proposal
from thidua.apps.decisions.queries.lists import lines_of, payable
from thidua.apps.decisions.queries.papers import decision_paper, payment_paper
from thidua.apps.decisions.queries.places import Place, known_placeholders
from thidua.apps.decisions.queries.proposal_papers import proposal_paper
from thidua.apps.decisions.states import TemplateKind
from thidua.apps.files.queries import content
from thidua.core.papers.docx import paper_docx
from thidua.core.papers.form import Article, Block, Group, Head, Letter, Row, Signer, Table, TablePaper, Total
from thidua.core.papers.form.parts import NO_PLACE, closed_list
from thidua.core.papers.money import money_words
from thidua.core.papers.own_template import fill

NO_NUMBER = "……"
Values = dict[str, object]
M = TypeVar("M", Decision, Proposal)


@dataclass(frozen=True)
class KindShown:
    """One kind of paper on the page of templates: the one in use, those before it, newest first, its places."""

    kind: TemplateKind
    in_use: PaperTemplate | None
    before: Sequence[PaperTemplate]
    places: Sequence[Place]


def own_template(kind: TemplateKind) -> PaperTemplate | None:
    """The agency's template in use for a kind of paper; None where the built-in layout is."""
    return PaperTemplate.objects.filter(kind=kind, superseded_at__isnull=True).select_related("document").first()


def with_own_kinds(found: QuerySet[M]) -> QuerySet[M]:
    """Decisions or proposals that each know, as ``own_kinds``, for which kinds of paper a template is in use."""
    kinds = PaperTemplate.objects.filter(superseded_at__isnull=True).order_by("kind").values("kind")
    return found.annotate(own_kinds=ArraySubquery(kinds))


def kinds_shown() -> list[KindShown]:
    """Every kind of paper with its templates."""
    rows = list(PaperTemplate.objects.select_related("document"))
    return [
        KindShown(
            kind=kind,
            in_use=next((row for row in rows if row.kind == kind and row.superseded_at is None), None),
            before=[row for row in rows if row.kind == kind and row.superseded_at is not None],
            places=known_placeholders(kind),
        )
        for kind in TemplateKind
    ]


def word_file(kind: TemplateKind, thing: Decision | Proposal, *, built_in: bool = False) -> bytes:
    """The Word file of a paper: by the agency's template when there is one, unless the built-in layout is asked for.

    Raises BadTemplate, BadValues, BadPaper.
    """
    template = None if built_in else own_template(kind)
    if template is not None:
        return fill(content(template.document), values_of(kind, thing))
    if isinstance(thing, Proposal):
        return paper_docx(proposal_paper(thing))
    return paper_docx(payment_paper(thing) if kind == TemplateKind.PAYMENT else decision_paper(thing))


def values_of(kind: TemplateKind, thing: Decision | Proposal) -> Values:
    """What is filled into a template of a kind, by the names of ``known_placeholders``."""
    if isinstance(thing, Proposal):
        return proposal_values(thing)
    return payment_values(thing) if kind == TemplateKind.PAYMENT else template_values(thing)


def template_values(decision: Decision) -> Values:
    """A decision: head, bases, articles with their paragraphs, the list with its money, who signs."""
    paper = decision_paper(decision)
    annex = paper.annexes[0]
    rows, total = _rows(annex.tables[0])
    names = ("stt", "ho_ten", "don_vi", "muc", "so_tien", "ghi_chu")
    return {
        **_head(paper.head, paper.signer, year=decision.year, note=paper.note),
        **_dated(paper),
        "can_cu": list(paper.basis_lines),
        "tham_quyen": paper.authority,
        "dieu": [_article(article) for article in paper.articles],
        "ten_danh_sach": annex.title,
        "kem_theo": annex.note,
        "danh_sach": [_named(names, row) | {"danh_hieu": group} for group, row in rows],
        **_money(sum(decision.lines.values_list("amount", flat=True)), total, paper.reference),
    }


def payment_values(decision: Decision) -> Values:
    """A payment list: head, rows by unit, the total in words."""
    paper = payment_paper(decision)
    rows, total = _rows(paper)
    names = ("stt", "ho_ten", "danh_hieu", "muc", "luong_co_so", "so_tien", "", "ghi_chu")
    listed = [_named(names, row) | {"don_vi": group} for group, row in rows]
    return {
        **_head(paper.head, paper.signer, year=decision.year, note=paper.note),
        "danh_sach": listed,
        **_money(payable(lines_of(decision)), total, paper.reference),
    }


def proposal_values(proposal: Proposal) -> Values:
    """A proposal: head, bases, what is asked of whom, the list, the papers of the dossier."""
    paper = proposal_paper(proposal)
    *bases, asked = _texts(paper.opening)
    listed, dossier = paper.sections
    tables = [block for block in listed.paragraphs if isinstance(block, Table)]
    names = ("stt", "ho_ten", "don_vi", "danh_hieu")
    return {
        **_head(paper.head, paper.signer, year=proposal.year, note=paper.note),
        **_dated(paper),
        "can_cu": list(bases),
        "kinh_gui": proposal.addressed_to,
        "de_nghi": asked,
        "danh_sach": [_named(names, row) for table in tables for _, row in _rows(table)[0]],
        "ho_so": _texts(dossier.paragraphs),
    }


def _head(head: Head, signer: Signer, *, year: int, note: str) -> Values:
    return {
        "co_quan_chu_quan": head.parent,
        "co_quan": head.issuer,
        "ky_hieu": head.symbol,
        "dia_danh": head.place or NO_PLACE,
        "trich_yeu": head.subject,
        "nam_thi_dua": str(year),
        "chuc_vu_ky": "\n".join(signer.lines),
        "nguoi_ky": signer.name,
        "minh_hoa": f"({note})" if note else "",
    }


def _dated(paper: Letter) -> Values:
    day = paper.head.date
    assert isinstance(day, datetime.date)  # decisions and proposals always have one
    return {
        "so": paper.head.number.zfill(2) if paper.head.number else NO_NUMBER,
        "ngay": f"{day.day:02d}",
        "thang": f"{day.month:02d}" if day.month <= 2 else str(day.month),
        "nam": str(day.year),
        "noi_nhan": list(closed_list(paper.receivers)),
    }


def _article(article: Article) -> Values:
    first, *rest = _texts(article.paragraphs)
    return {"ten": article.mark, "noi_dung": first, "doan": rest}


def _texts(blocks: Sequence[Block]) -> list[str]:
    return [block for block in blocks if isinstance(block, str)]


def _rows(table: Table | TablePaper) -> tuple[list[tuple[str, Sequence[str]]], str]:
    """The plain rows, each with the group it stands under, and the money of the total."""
    rows: list[tuple[str, Sequence[str]]] = []
    group, total = "", ""
    for row in table.rows:
        if isinstance(row, Group):
            group = row.text
        elif isinstance(row, Total):
            total = row.cells[0]
        else:
            rows.append((group, row))
    return rows, total


def _named(names: Sequence[str], row: Row) -> Values:
    assert not isinstance(row, Group | Total)
    return {name: cell for name, cell in zip(names, row, strict=True) if name}


def _money(amount: int, total: str, reference: str) -> Values:
    return {"tong_tien": total, "tong_tien_bang_chu": money_words(amount), "ma_kiem_tra": reference}
