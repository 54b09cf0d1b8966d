"""From a plan and a scoreboard to the papers that the demo and the site hand out."""

import datetime

from thidua.apps.reports.queries import Scoreboard
from thidua.apps.units.models import Agency
from thidua.core.papers.form import Head, Letter, Section, Signer, TablePaper
from thidua.core.plans.plan import Clause, Plan

DEMO_NOTE = "DỮ LIỆU MINH HỌA – không phải người thật, cơ quan thật"
BOARD_COLUMNS = (
    ("Mục", 3),
    ("Chỉ tiêu", 15),
    ("Đặt ra", 5),
    ("Kết quả", 5),
    ("Trạng thái", 5),
    ("Vì sao", 13),
)


def plan_letter(plan: Plan, agency: Agency) -> Letter:
    """A plan set again as an administrative document; what the source did not say stays blank."""
    head = plan.document
    opening_end = plan.outline[0].start if plan.outline else len(plan.text)
    return Letter(
        head=Head(
            parent=agency.parent_name,
            issuer=agency.name,
            symbol=f"KH-{agency.code.upper()}",
            kind=head.type or "Kế hoạch",
            subject=head.subject or "",
            number=(head.number or "").split("/")[0],
            place=head.place or "",
            date=datetime.date.fromisoformat(head.date) if head.date else None,
        ),
        opening=_opening(plan.text[:opening_end], head.subject or ""),
        sections=[_section(clause) for clause in plan.outline],
        signer=Signer(post="Giám đốc"),
        receivers=("Lãnh đạo Sở;", "Các phòng, Trung tâm thuộc Sở;", "Lưu: VT, Hội đồng TĐKT."),
        note="Bản máy dựng lại từ bản quét, chưa hiệu đính; số, ngày và chữ ký để trống vì bản quét không có",
    )


def _opening(text: str, subject: str) -> list[str]:
    """The running text before the first section: everything after the subject."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if subject in lines:
        lines = lines[lines.index(subject) + 1 :]
    return [line for line in lines if len(line) > 60]


def _section(clause: Clause) -> Section:
    return Section(
        mark=clause.id.rsplit(".", 1)[-1].split("#")[0],
        title=clause.title,
        paragraphs=[line for line in clause.text.split("\n") if line.strip()],
        sections=[_section(child) for child in clause.children],
    )


def scoreboard_paper(board: Scoreboard, agency: Agency) -> TablePaper:
    """The scoreboard as a table on paper."""
    rows = [
        (
            standing.target.clause,
            standing.target.quote,
            standing.wanted,
            f"{standing.figure} {f'({standing.percent})' if standing.percent else ''}".strip(),
            str(standing.state.label),
            standing.why,
        )
        for standing in board.standings
    ]
    tally = "; ".join(f"{state.label}: {count}" for state, count in board.tally)
    law = f"Theo luật có hiệu lực ngày {board.run.as_of:%d/%m/%Y}." if board.run else "Chưa xét danh hiệu."
    return TablePaper(
        head=Head(
            parent=agency.parent_name,
            issuer=agency.name,
            symbol=f"BC-{agency.code.upper()}",
            kind="Báo cáo",
            subject=f"Kết quả thực hiện các chỉ tiêu thi đua năm {board.campaign.year}",
        ),
        columns=BOARD_COLUMNS,
        rows=rows,
        signer=Signer(post="Giám đốc"),
        receivers=("Lãnh đạo Sở;", "Hội đồng TĐKT Sở;", "Lưu: VT."),
        summary=(f"{tally}. {law} Các căn cứ pháp luật chưa đối chiếu với văn bản gốc.",),
        note=DEMO_NOTE if agency.is_demo else "",
    )
