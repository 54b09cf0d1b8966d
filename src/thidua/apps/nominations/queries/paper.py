"""The appraisal table on paper: one A3 sheet format that everybody at the council works from."""

import datetime
from collections.abc import Iterator, Sequence

from django.utils import translation

from thidua.apps.campaigns.models import Campaign
from thidua.apps.nominations.queries.table import CouncilRow, Filters, council_table
from thidua.apps.nominations.states import NominationState
from thidua.core.papers.form import Column, Group, Head, Row, Signer, TablePaper

COLUMNS = (
    Column("STT", 3, "center"),
    Column("Họ và tên, tập thể", 11),
    Column("Danh hiệu đề nghị", 9),
    Column("Xếp loại năm", 7),
    Column("Sáng kiến, đề tài", 6),
    Column("Danh hiệu đã đạt", 14),
    Column("Kết quả xét theo luật", 16),
    Column("Đơn vị bình xét", 10),
    Column("Thứ hạng / số suất", 7),
    Column("Thẩm định", 9),
    Column("Ghi chú", 11),
)
HELD = NominationState.HELD


def appraisal_paper(
    campaign: Campaign, *, filters: Filters | None = None, dated: datetime.date | None = None
) -> TablePaper:
    """Every nomination of a campaign, unit by unit, as an A3 table; the date is left to be filled when not given.

    It goes from hand to hand, so it says that somebody is held and not why.
    """
    with translation.override("vi"):
        table = council_table(campaign, filters=filters, per_page=None, guarded=True)
        agency = campaign.agency
        return TablePaper(
            head=Head(
                parent=agency.parent_name,
                issuer=agency.name,
                symbol=f"BTH-{agency.code.upper()}",
                kind="BẢNG TỔNG HỢP",
                subject=f"Thẩm định đề nghị tặng danh hiệu thi đua năm {campaign.year}",
                date=dated,
            ),
            columns=COLUMNS,
            rows=list(_lines(table.rows)),
            summary=[
                f"Tổng số {table.count} đề nghị. Kết quả xét theo luật và thứ hạng do máy lập từ hồ sơ; "
                "Hội đồng xem xét, biểu quyết."
            ],
            signer=Signer(post="Thường trực Hội đồng Thi đua - Khen thưởng"),
            size="a3",
        )


def _lines(rows: Sequence[CouncilRow]) -> Iterator[Row]:
    unit_id = None
    for number, row in enumerate(rows, start=1):
        if row.nomination.unit_id != unit_id:
            unit_id = row.nomination.unit_id
            yield Group(row.nomination.unit.name)
        yield _line(number, row)


def _line(number: int, row: CouncilRow) -> Row:
    law = f"{row.outcome_words}. {row.reasons}" if row.reasons else row.outcome_words
    notes = [row.note, str(HELD.label) if row.nomination.state == HELD else ""]
    if row.nomination.override_because:
        notes.append(f"Đề nghị khác kết quả xét: {row.nomination.override_because}")
    return (
        str(number),
        str(row.nomination.subject),
        row.title_name,
        row.rating,
        row.initiatives,
        row.titles_so_far,
        law,
        row.unit_vote,
        row.rank,
        row.advice_words,
        "; ".join(note for note in notes if note),
    )
