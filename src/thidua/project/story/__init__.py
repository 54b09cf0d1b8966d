"""The demonstration year, told through the same actions as the site. Every name in it is made up and says so."""

import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from django.utils import translation
from django_scopes import scope

from thidua.apps.audit.queries import export
from thidua.apps.campaigns.models import Campaign
from thidua.apps.evaluations.models import Run
from thidua.apps.evaluations.queries import explain_judged, judged_people, judged_units, latest_run, ruleset_of_run
from thidua.apps.reports.queries import Scoreboard, campaign_scoreboard
from thidua.apps.units.actions import found_agency
from thidua.apps.units.models import Agency
from thidua.core.law.evaluate import FINDINGS
from thidua.project.story import autumn, spring, winter
from thidua.project.story.doors import Door, doors
from thidua.project.story.spring import LAST_DAY, SHOWN_PERSON
from thidua.project.story.teller import ACCOUNTS, FIRST_DAY, SYSTEM, YEAR, Step, Teller, set_passwords, tell_steps
from thidua.project.words import explanation_lines

__all__ = [
    "ACCOUNTS",
    "FIRST_DAY",
    "LAST_DAY",
    "STEPS",
    "SYSTEM",
    "YEAR",
    "Door",
    "Told",
    "doors",
    "set_passwords",
    "tell",
]


@dataclass(frozen=True)
class Told:
    """What the story leaves behind for papers and pages."""

    agency: Agency
    campaign: Campaign
    run: Run
    board: Scoreboard
    findings: bytes
    ledger: bytes
    doors: Sequence[Door]


def _board(teller: Teller) -> None:
    print_board(campaign_scoreboard(teller.campaign))


def _person(teller: Teller) -> None:
    run = latest_run(YEAR)
    assert run is not None  # a step before this one judged everybody
    _print_person(run)


STEPS = (
    Step("law", "Bộ luật năm 2020 và quy chế của Sở", spring.law),
    Step("plan", "Nhận kế hoạch, kiểm tra chỉ tiêu với luật (62 người, 9 tập thể), phát động", spring.plan),
    Step("people", "Nhận danh sách người, đơn vị, thành tích các năm trước (minh họa)", spring.people),
    Step("cascade", "Giao chỉ tiêu cho đơn vị; đơn vị ký nhận", spring.cascade),
    Step("briefings", "Quán triệt tới từng người", spring.briefings),
    Step("registrations", "Đăng ký thi đua", spring.registrations),
    Step("study", "Ghi nhận trong năm; phản ánh dữ kiện sai", autumn.study),
    Step("initiatives", "Sáng kiến: nộp đơn, kiểm tra, đánh giá", autumn.initiatives),
    Step("initiative-council", "Hội đồng Xét duyệt sáng kiến", autumn.initiative_council),
    Step("year", "Số liệu trong năm của Sở (minh họa)", autumn.year_figures),
    Step("evaluation", "Xét mọi người và mọi tập thể theo luật năm 2020", autumn.evaluation),
    Step("forecast", "Bảng 20 chỉ tiêu trước khi Hội đồng họp", _board),
    Step("person", "Vì sao, vì sao chưa, cần gì: một người", _person),
    Step("unit-reviews", "Họp bình xét ở đơn vị", autumn.unit_reviews),
    Step("appraisal", "Thường trực thẩm định", winter.appraisal),
    Step("council", "Họp Hội đồng Thi đua - Khen thưởng", winter.council),
    Step("posting", "Niêm yết công khai, trả lời phản ánh", winter.posting),
    Step("decision", "Quyết định của Giám đốc Sở", winter.decision),
    Step("proposal", "Tờ trình cấp trên", winter.proposal),
    Step("late-rating", "Xếp loại đến muộn: quyết định bổ sung", winter.late_rating),
    Step("annulment", "Vi phạm kết luận sau: quyết định hủy bỏ", winter.annulment),
    Step("collectives", "Tập thể lao động xuất sắc: xét khi danh sách đã đủ, tờ trình sau Tết", winter.collectives),
    Step("report", "Báo cáo tổng kết: 20 chỉ tiêu và kết quả", _board),
)


def tell(*, sample: Path, packs: Path, say: Callable[[str], None], stop_after: str = "") -> Told | None:
    """Tell the year, or what is left of it; ``say`` announces each chapter. None when it was broken off."""
    translation.activate("vi")
    agency = Agency.objects.filter(code="stc").first() or found_agency(
        actor=SYSTEM, code="stc", name="Sở Tài chính", parent_name="Ủy ban nhân dân tỉnh", is_demo=True
    )
    teller = Teller(agency=agency, sample=sample, packs=packs, say=say)
    with scope(agency=agency.pk):
        tell_steps(teller, STEPS, stop_after=stop_after)
        if stop_after:
            return None
        run = latest_run(YEAR)
        assert run is not None  # the steps judged everybody
        board = campaign_scoreboard(teller.campaign)
        ledger = json.dumps(export(agency.pk), ensure_ascii=False, indent=1, default=str).encode()
        return Told(agency, teller.campaign, run, board, _findings(run), ledger, doors(teller.campaign))


def print_board(board: Scoreboard) -> None:
    """Every target in a line."""
    for standing in board.standings:
        percent = f" ({standing.percent})" if standing.percent else ""
        quote = standing.target.quote if len(standing.target.quote) < 70 else standing.target.quote[:67] + "…"
        print(
            f"{standing.target.clause:<5} {standing.state.label:<10} {standing.wanted:>22} "
            f"| {standing.figure}{percent} | {quote}"
        )
        if standing.why:
            print(f"{'':>17}{standing.why}")
    print("Tổng: " + ", ".join(f"{state.label} {count}" for state, count in board.tally))


def _print_person(run: Run) -> None:
    judged = next(item for item in judged_people(run) if item.person and item.person.code == SHOWN_PERSON)
    print(f"{judged.person} ({SHOWN_PERSON}), {judged.unit}")
    ruleset = ruleset_of_run(run)
    for explanation in explain_judged(run, judged).explanations:
        if explanation.rule.title in ("CSTDCS", "CSTDT"):
            print("\n".join(explanation_lines(explanation, ruleset)))


def _findings(run: Run) -> bytes:
    rows = []
    for judged in (*judged_people(run), *judged_units(run)):
        code = judged.person.code if judged.person else judged.unit.code
        for row in judged.findings.all():
            rows.append(
                {
                    "subject_kind": judged.kind,
                    "subject_id": code,
                    "year": run.year,
                    "title": row.title,
                    "outcome": row.outcome,
                    "failed": row.failed,
                    "missing": row.missing,
                    "pack": run.ruleset,
                }
            )
    rows.sort(key=lambda row: (row["subject_kind"], row["subject_id"], row["title"]))
    stream = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, schema=FINDINGS), stream)
    return stream.getvalue()
