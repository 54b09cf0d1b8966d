"""What the demo writes: the year's papers as an office would sign them, and the records to recount them from."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import PurePosixPath

from django_scopes import scope

from thidua.apps.campaigns.models import Campaign
from thidua.apps.councils.models import Minutes
from thidua.apps.decisions.models import Decision, Proposal
from thidua.apps.decisions.queries import certificates, decision_paper, payment_paper, proposal_paper
from thidua.apps.decisions.states import DecisionKind, DecisionState
from thidua.apps.files.queries import content
from thidua.apps.initiatives.models import Recognition
from thidua.apps.nominations.queries import appraisal_paper
from thidua.apps.registrations.queries import registration_summary_paper
from thidua.apps.reports.queries import campaign_scoreboard, figures, scoreboard_paper, year_end, year_end_letter
from thidua.apps.units.models import Agency
from thidua.core.papers.docx import paper_docx
from thidua.core.papers.form import Paper
from thidua.core.papers.pdf import paper_pdf
from thidua.core.plans.plan import Plan
from thidua.project.export import tables
from thidua.project.papers import plan_letter

Contents = Iterator[tuple[str, Callable[[], bytes]]]
KINDS = {DecisionKind.AWARD: "", DecisionKind.SUPPLEMENT: "-bo-sung", DecisionKind.ANNULMENT: "-huy-bo"}


def year_files(agency: Agency, campaign: Campaign, plan: Plan) -> Contents:
    """(name under the folder, how to make its bytes) for every file of a told year; no name comes twice."""
    with scope(agency=agency.pk):
        yield from _told_apart(_files(agency, campaign, plan))


def _told_apart(files: Contents) -> Contents:
    """Papers that would have the same name (two meetings of a day, one number in two years) get a counter."""
    given: Counter[str] = Counter()
    for name, make in files:
        given[name] += 1
        path = PurePosixPath(name)
        yield (name if given[name] == 1 else str(path.with_stem(f"{path.stem}-{given[name]}"))), make


def _files(agency: Agency, campaign: Campaign, plan: Plan) -> Contents:
    yield from _both("ke-hoach", plan_letter(plan, agency))
    yield from _both("bang-tong-hop-dang-ky", registration_summary_paper(campaign))
    yield from _minutes()
    yield from _both("bang-tham-dinh-a3", appraisal_paper(campaign))
    yield from _recognitions()
    for proposal in Proposal.objects.exclude(number=None).order_by("dated", "number"):
        yield from _both(f"to-trinh-{proposal.number:02d}", proposal_paper(proposal))
    for decision in Decision.objects.filter(state=DecisionState.SIGNED).order_by("dated", "number"):
        yield from _decision(decision)
    yield "bang-chi-tieu.pdf", _pdf(scoreboard_paper(campaign_scoreboard(campaign), agency))
    report = year_end(campaign)
    yield from _both("bao-cao-tong-ket", year_end_letter(report, agency))
    numbers = json.dumps(figures(report), ensure_ascii=False, indent=1).encode()
    yield "so-lieu-bao-cao.json", lambda: numbers
    for name, table in tables():
        yield f"records/{name}", partial(bytes, table)


def _decision(decision: Decision) -> Contents:
    name = f"quyet-dinh-{decision.number:02d}{KINDS[DecisionKind(decision.kind)]}"
    signed = decision.signed
    assert signed is not None  # signed decisions have their copy, by a constraint
    yield f"{name}-da-ky.pdf", lambda: content(signed)
    yield f"{name}.docx", lambda: paper_docx(decision_paper(decision))
    if decision.kind != DecisionKind.ANNULMENT:
        yield from _both(f"danh-sach-chi-tien-{decision.number:02d}", payment_paper(decision))
        yield f"bang-chung-nhan-{decision.number:02d}.pdf", _pdf(certificates(decision))


def _recognitions() -> Contents:
    """Every decision that recognised initiatives: one paper for all that it names."""
    papers: dict[int | None, Recognition] = {}
    for row in Recognition.objects.exclude(document=None).order_by("on", "pk"):
        papers.setdefault(row.document_id, row)
    for recognition in papers.values():
        number, _slash, _series = recognition.decision.partition("/")
        yield f"quyet-dinh-cong-nhan-sang-kien-{number}.pdf", _stored(recognition)


def _minutes() -> Contents:
    """The minutes as they were signed: one unit's meeting, and every session of the councils."""
    for minutes in Minutes.objects.select_related("session__council__unit", "document").order_by("pk"):
        council = minutes.session.council
        place = f"-{council.unit.code.lower()}" if council.unit else ""
        yield f"{_slug(minutes, council.kind)}{place}.pdf", _stored(minutes)


def _slug(minutes: Minutes, kind: str) -> str:
    words = {"session": "bien-ban-hop", "tally": "bien-ban-kiem-phieu"}[minutes.kind]
    whose = {"unit": "binh-xet", "initiative": "hoi-dong-sang-kien", "emulation": "hoi-dong-tdkt"}[kind]
    return f"{words}-{whose}-{minutes.session.held_on:%Y%m%d}"


def _both(name: str, paper: Paper) -> Contents:
    yield f"{name}.pdf", _pdf(paper)
    yield f"{name}.docx", lambda: paper_docx(paper)


def _pdf(paper: Paper) -> Callable[[], bytes]:
    return lambda: paper_pdf(paper)


def _stored(row: Minutes | Recognition) -> Callable[[], bytes]:
    document = row.document
    assert document is not None  # both are only asked for with their paper
    return lambda: content(document)
