"""The plan set again as a paper."""

import datetime

from thidua.apps.units.models import Agency
from thidua.core.papers.form import Head, Letter, Section, Signer
from thidua.core.plans.plan import Clause, Plan


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
