"""Pages of the scoreboard: every figure opens to its records."""

from io import BytesIO

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from thidua.apps.accounts.access import may_see_everybody, require
from thidua.apps.accounts.middleware import ActorRequest
from thidua.apps.accounts.queries import page_of
from thidua.apps.campaigns.access import may_run_campaigns
from thidua.apps.campaigns.models import Campaign, Plan, Target
from thidua.apps.reports.access import visible_lines
from thidua.apps.reports.forms import LineSearch
from thidua.apps.reports.queries import (
    campaign_scoreboard,
    grouped,
    narrowed,
    target_standing,
    year_end,
    year_end_letter,
)
from thidua.apps.reports.queries.measure import Counter
from thidua.apps.reports.queries.opened import Opened
from thidua.apps.reports.queries.preview import drafted, preview_of
from thidua.core.papers.docx import paper_docx
from thidua.core.papers.pdf import paper_pdf

A_PAGE = 100
FEW = 20


@login_required
def scoreboard(request: ActorRequest, pk: int) -> HttpResponse:
    """The targets of a campaign and how each stands."""
    campaign: Campaign = get_object_or_404(Campaign.objects.all(), pk=pk)
    return render(request, "reports/scoreboard.html", {"board": campaign_scoreboard(campaign)})


@login_required
def target(request: ActorRequest, pk: int, number: int) -> HttpResponse:
    """One target's figure, opened to the records behind it as far as the reader may see."""
    found: Target = get_object_or_404(Target.objects.select_related("campaign"), campaign_id=pk, number=number)
    counter = Counter(year=found.campaign.year, reasons=True)
    standing = target_standing(found, counter)
    shown = visible_lines(request.actor, standing)
    units = dict.fromkeys(line.group for line, _opens in shown.lines if line.group)
    search = LineSearch(request.GET, units=units, groups=standing.groups)
    lines = narrowed(shown.lines, search.narrowed)
    page = page_of(lines, request.GET.get("trang"), size=A_PAGE)
    context = {
        "standing": standing,
        "shown": shown,
        "search": search if len(shown.lines) > FEW else None,
        "page": page,
        "groups": grouped(page, among=lines, standing=standing),
        "year": found.campaign.year,
    }
    return render(request, "reports/target.html", context)


@login_required
def target_preview(request: ActorRequest, pk: int, number: int) -> HttpResponse:
    """What a target of a plan would have been on last year's records, opened to them; the address may change it."""
    require(may_run_campaigns(request.actor), "thường trực Hội đồng hoặc giám đốc")
    found: Plan = get_object_or_404(Plan.objects.all(), pk=pk)
    previewed = preview_of(found, drafted(found, number, request.GET.dict()), reasons=True)
    if previewed is None:
        raise Http404(number)
    lines: list[Opened] = []
    if previewed.standing:
        lines = list(visible_lines(request.actor, previewed.standing).lines)
    page = page_of(lines, request.GET.get("trang"), size=A_PAGE)
    groups = grouped(page, among=lines, standing=previewed.standing) if previewed.standing else []
    context = {"plan": found, "number": number, "preview": previewed, "page": page, "groups": groups}
    return render(request, "reports/preview_lines.html", context)


@login_required
def year_end_report(request: ActorRequest, pk: int) -> HttpResponse:
    """The year-end report of a campaign."""
    campaign: Campaign = get_object_or_404(Campaign.objects.all(), pk=pk)
    require(may_see_everybody(request.actor), "thường trực, giám đốc, thanh tra")
    return render(request, "reports/year_end.html", {"report": year_end(campaign)})


@login_required
def year_end_paper(request: ActorRequest, pk: int, form: str) -> FileResponse:
    """The year-end report as a paper: pdf or docx."""
    campaign: Campaign = get_object_or_404(Campaign.objects.all(), pk=pk)
    require(may_see_everybody(request.actor), "thường trực, giám đốc, thanh tra")
    setters = {"pdf": paper_pdf, "docx": paper_docx}
    if form not in setters:
        raise Http404(form)
    letter = year_end_letter(year_end(campaign), request.actor.agency)
    name = f"bao-cao-tong-ket-{campaign.year}.{form}"
    return FileResponse(BytesIO(setters[form](letter)), as_attachment=True, filename=name)
