"""The year-end report and the scoreboard as papers."""

from collections.abc import Sequence

from thidua.apps.reports.queries.scoreboard import Scoreboard, Standing
from thidua.apps.reports.queries.yearend import YearEnd
from thidua.apps.units.models import Agency
from thidua.core.papers.form import Column, Head, Letter, Section, Signer, Table, TablePaper, Total
from thidua.core.papers.money import dong

DEMO_NOTE = "DỮ LIỆU MINH HỌA – không phải người thật, cơ quan thật"
UNCHECKED = "Các căn cứ pháp luật chưa đối chiếu với văn bản gốc."
BOARD = (
    Column("Mục", 3),
    Column("Chỉ tiêu", 15),
    Column("Đặt ra", 5),
    Column("Kết quả", 5),
    Column("Trạng thái", 5),
    Column("Vì sao", 13),
)
TARGETS = (
    Column("STT", 2, "center"),
    Column("Chỉ tiêu", 13),
    Column("Đặt ra", 4, "center"),
    Column("Kết quả", 5, "center"),
    Column("Đánh giá", 4, "center"),
)
TITLES = (
    Column("Danh hiệu, hình thức", 11),
    Column("Đề nghị", 4, "center"),
    Column("Hội đồng thông qua", 5, "center"),
    Column("Đã công nhận", 5, "center"),
    Column("Đã hủy bỏ", 4, "center"),
    Column("Ghi chú", 8),
)
DECISIONS = (
    Column("Quyết định", 6),
    Column("Ngày", 4, "center"),
    Column("Nội dung", 11),
    Column("Số dòng", 3, "center"),
    Column("Tiền thưởng (đồng)", 5, "right"),
)
QUOTES = '“”" '
RECEIVERS = ("Ủy ban nhân dân tỉnh (báo cáo);", "Lãnh đạo Sở;", "Các phòng, Trung tâm thuộc Sở;", "Lưu: VT, HĐTĐKT.")


def scoreboard_paper(board: Scoreboard, agency: Agency) -> TablePaper:
    """The scoreboard as a table on paper."""
    rows = [
        (
            standing.target.clause,
            standing.target.quote,
            standing.wanted,
            _figure(standing),
            str(standing.state.label),
            standing.why,
        )
        for standing in board.standings
    ]
    tally = "; ".join(f"{state.label}: {count}" for state, count in board.tally)
    law = f"Theo luật có hiệu lực ngày {board.run.as_of:%d/%m/%Y}." if board.run else "Chưa xét danh hiệu."
    return TablePaper(
        head=_head(agency, f"Kết quả thực hiện các chỉ tiêu thi đua năm {board.campaign.year}"),
        columns=BOARD,
        rows=rows,
        signer=Signer(post="Giám đốc"),
        receivers=("Lãnh đạo Sở;", "Hội đồng TĐKT Sở;", "Lưu: VT."),
        summary=(f"{tally}. {law} {UNCHECKED}",),
        note=DEMO_NOTE if agency.is_demo else "",
    )


def year_end_letter(report: YearEnd, agency: Agency) -> Letter:
    """The year-end report (báo cáo tổng kết): the movement, the targets, the awards, what is missing."""
    year = report.campaign.year
    return Letter(
        head=_head(agency, f"Tổng kết phong trào thi đua và kết quả thực hiện các chỉ tiêu thi đua năm {year}"),
        addressed_to=(agency.parent_name,) if agency.parent_name else (),
        opening=(
            f"Thực hiện Kế hoạch {report.campaign.title[:1].lower()}{report.campaign.title[1:]}, {agency.name} báo cáo "
            "kết quả như sau. Mỗi con số dưới đây được đếm từ hồ sơ và mở được tới từng hồ sơ trong hệ thống.",
        ),
        sections=[
            Section("I", "Tổ chức phong trào", _movement(report)),
            Section("II", f"Kết quả {len(report.board.standings)} chỉ tiêu", [_targets(report)]),
            Section("III", "Công nhận danh hiệu, khen thưởng", _awards(report)),
            Section("IV", "Chỉ tiêu không đạt", _explained(report.missed, "Không có chỉ tiêu nào không đạt.")),
            Section("V", "Chỉ tiêu chưa kết luận được", _explained(report.unknown, "Mọi chỉ tiêu đã kết luận được.")),
        ],
        signer=Signer(post="Giám đốc"),
        receivers=RECEIVERS,
        note=DEMO_NOTE if agency.is_demo else "",
    )


def _head(agency: Agency, subject: str) -> Head:
    return Head(
        parent=agency.parent_name,
        issuer=agency.name,
        symbol=f"BC-{agency.code.upper()}",
        kind="Báo cáo",
        subject=subject,
    )


def _movement(report: YearEnd) -> list[str]:
    return [
        f"{report.acknowledged}/{report.people} người đã xác nhận được quán triệt kế hoạch; "
        f"{report.registered_people}/{report.people} người và {report.registered_collectives}/{report.collectives} "
        "tập thể đăng ký thi đua.",
        f"Đã họp bình xét ở đơn vị {report.unit_meetings} cuộc; Hội đồng Thi đua - Khen thưởng và Hội đồng Xét duyệt "
        f"sáng kiến họp {report.council_sessions} phiên.",
        f"Nhận {report.initiatives} đơn yêu cầu công nhận sáng kiến; công nhận {report.recognised} sáng kiến.",
        f"Niêm yết công khai kết quả; nhận {report.objections} ý kiến phản ánh, đã trả lời {report.answered}.",
    ]


def _targets(report: YearEnd) -> Table:
    rows = [
        (
            str(standing.target.number),
            standing.target.quote,
            standing.wanted,
            _figure(standing),
            str(standing.state.label),
        )
        for standing in report.board.standings
    ]
    tally = "; ".join(f"{state.label.lower()} {count}" for state, count in report.board.tally)
    return Table(columns=TARGETS, rows=rows, title=f"Tổng hợp: {tally}")


def _awards(report: YearEnd) -> list[str | Table]:
    titles = Table(
        columns=TITLES,
        rows=[
            (
                row.name,
                str(row.nominated),
                str(row.passed),
                str(row.awarded),
                str(row.annulled) if row.annulled else "–",
                f"Đã trình {row.sent_to}" if row.sent_to else "",
            )
            for row in report.titles
        ],
    )
    decisions = Table(
        columns=DECISIONS,
        rows=[
            *(
                (
                    row.decision.number_text,
                    f"{row.decision.dated:%d/%m/%Y}",
                    row.decision.subject,
                    str(row.lines),
                    row.shown,
                )
                for row in report.decisions
            ),
            Total("Còn lại sau thu hồi", (dong(report.paid - report.recovered),)),
        ],
    )
    return [titles, f"Tiền thưởng theo các quyết định đã ký: {dong(report.paid)} đồng.", decisions]


def _explained(standings: Sequence[Standing], nothing: str) -> list[str]:
    return [
        f"Chỉ tiêu {standing.target.number} (mục {standing.target.clause}): “{standing.target.quote.strip(QUOTES)}”: "
        f"{_figure(standing)}. {standing.why}".strip()
        for standing in standings
    ] or [nothing]


def _figure(standing: Standing) -> str:
    return f"{standing.figure} {f'({standing.percent})' if standing.percent else ''}".strip()
