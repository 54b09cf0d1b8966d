"""The demonstration year, told through the same actions as the site. Every name in it is made up and says so."""

import datetime
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from django.utils import timezone, translation
from django_scopes import scope

from thidua.apps.accounts.actions import grant_role, open_account
from thidua.apps.accounts.models import User
from thidua.apps.accounts.queries import Actor, actor_for, operator
from thidua.apps.accounts.states import Role
from thidua.apps.audit.queries import export
from thidua.apps.campaigns.actions import confirm_reading, launch, receive_plan
from thidua.apps.campaigns.models import Campaign
from thidua.apps.evaluations.actions import evaluate_year
from thidua.apps.evaluations.models import Run
from thidua.apps.evaluations.queries import explain_judged, judged_people, judged_units, ruleset_of_run
from thidua.apps.policy.actions import activate_packs, install_pack
from thidua.apps.policy.queries import ruleset_on
from thidua.apps.records.actions import import_department
from thidua.apps.reports.queries import Scoreboard, campaign_scoreboard
from thidua.apps.units.actions import found_agency
from thidua.apps.units.models import Agency, Person, Post
from thidua.core.feasibility import check_targets
from thidua.core.law.evaluate import FINDINGS
from thidua.core.law.load import read_directory
from thidua.core.plans.formulas import target_from_json
from thidua.core.plans.plan import Target
from thidua.project.faults import Fault
from thidua.project.words import explanation_lines

SYSTEM = "system:demo"
PLAN = "ke-hoach-2020.ocr.txt"
WORKBOOK = "so-tai-chinh-2020.xlsx"
YEAR = 2020
LAST_DAY = datetime.date(2020, 12, 31)
FIRST_DAY = datetime.date(2020, 1, 1)
SHOWN_PERSON = "TC017"
LAYERS = ("vn.national", "vn.example-department")


@dataclass(frozen=True)
class Told:
    """What the story leaves behind for papers and pages."""

    agency: Agency
    campaign: Campaign
    run: Run
    board: Scoreboard
    findings: bytes
    ledger: bytes
    password: str


def tell(*, sample: Path, packs: Path, say: Callable[[str], None], password: str) -> Told:
    """Tell the year on an empty database; ``say`` announces each chapter."""
    translation.activate("vi")
    agency = found_agency(
        actor=SYSTEM, code="stc", name="Sở Tài chính", parent_name="Ủy ban nhân dân tỉnh", is_demo=True
    )
    with scope(agency=agency.pk):
        secretary = _account(agency, "thuong-truc", password, Role.SECRETARY)
        installed = [install_pack(actor=secretary, files=read_directory(packs / name)) for name in LAYERS]
        activate_packs(
            actor=secretary,
            packs=installed,
            since=FIRST_DAY,
            because="Luật năm 2020 và quy chế minh họa của Sở",
        )
        say("2. Kiểm tra chỉ tiêu với luật có hiệu lực năm 2020 (62 người, 9 tập thể)")
        plan = receive_plan(actor=secretary, data=(sample / PLAN).read_bytes(), filename=PLAN)
        _print_feasibility([target_from_json(row) for row in plan.reading["targets"]])
        say("3. Xác nhận bản đọc, phát động phong trào")
        campaign = launch(actor=secretary, campaign=confirm_reading(actor=secretary, plan=plan))
        print(f"{campaign.title}: {campaign.targets.count()} chỉ tiêu, đã phát động.")
        say("4. Nhận dữ liệu của Sở (minh họa)")
        taken = import_department(
            actor=secretary, campaign=campaign, data=(sample / WORKBOOK).read_bytes(), filename=WORKBOOK
        )
        print(", ".join(f"{count} {name}" for name, count in taken.counts.items()))
        _people_accounts(agency, password)
        say("5. Xét mọi người và mọi tập thể theo luật năm 2020")
        run = evaluate_year(actor=secretary, year=YEAR, as_of=LAST_DAY)
        _print_outcomes(run)
        say("6. Bảng 20 chỉ tiêu")
        board = campaign_scoreboard(campaign)
        _print_board(board)
        say("7. Vì sao, vì sao chưa, cần gì: một người")
        _print_person(run)
        ledger = json.dumps(export(agency.pk), ensure_ascii=False, indent=1, default=str).encode()
        findings = _findings(run)
    return Told(agency, campaign, run, board, findings, ledger, password)


def _account(agency: Agency, name: str, password: str, role: Role, person: Person | None = None) -> Actor:
    setter = operator(agency)
    user = open_account(actor=setter, username=name, password=password, person=person)
    unit = None
    if role == Role.HEAD and person:
        unit = Post.objects.current().filter(person=person, until__isnull=True).latest("since").unit
    grant_role(actor=setter, user=user, role=role, since=FIRST_DAY, unit=unit, because="Trình diễn")
    return actor_for(User.objects.get(pk=user.pk), on=timezone.localdate())


def _people_accounts(agency: Agency, password: str) -> None:
    """Accounts for three of the made-up people: the director, a head of division, a member of staff."""
    member = Person.objects.get(code=SHOWN_PERSON)
    _account(agency, "giam-doc", password, Role.DIRECTOR, _holder("Giám đốc"))
    _account(agency, "truong-phong", password, Role.HEAD, _holder("Trưởng phòng", not_with=member))
    _account(agency, "can-bo", password, Role.MEMBER, member)


def _holder(title: str, *, not_with: Person | None = None) -> Person:
    """The first holder of a post, in a unit other than that of ``not_with``."""
    posts = Post.objects.current().filter(title__istartswith=title, until__isnull=True).order_by("person__code")
    if not_with is not None:
        posts = posts.exclude(unit__in=Post.objects.current().filter(person=not_with).values("unit"))
    if (post := posts.first()) is None:
        raise Fault(f"Sổ của Sở không có ai giữ chức vụ “{title}”.")
    return post.person


def _print_feasibility(targets: list[Target]) -> None:
    ruleset = ruleset_on(LAST_DAY)
    for finding in check_targets(targets, ruleset, headcount=62, collectives=9):
        print(f"[{finding.kind}] {finding.sentence}\n    {finding.arithmetic}")
        print(f"    → {finding.remedies[0]}")


def _print_outcomes(run: Run) -> None:
    ruleset = ruleset_of_run(run)
    counts: dict[tuple[str, str], int] = {}
    for judged in (*judged_people(run), *judged_units(run)):
        for row in judged.findings.all():
            key = (row.title, str(row.get_outcome_display()))
            counts[key] = counts.get(key, 0) + 1
    names = {title: rule.name for (_, title), rule in ruleset.rules.items()}
    for title in ("LDTT", "CSTDCS", "CSTDT", "CSTDTQ", "TTLDTT", "TTLDXS"):
        outcomes = ", ".join(f"{outcome.lower()} {count}" for (code, outcome), count in counts.items() if code == title)
        print(f"{names[title]}: {outcomes}")
    for quota in run.quotas.all():
        places = quota.places if quota.places == quota.most_places else f"{quota.places}–{quota.most_places}"
        print(
            f"Tỷ lệ {quota.title}: {places} suất trên {quota.base_count} người đạt {quota.base}; "
            f"{len(quota.ranked)} người đủ điều kiện."
        )


def _print_board(board: Scoreboard) -> None:
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
