"""Pages of a campaign: its launch, targets to units, and who knows the plan."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from thidua.apps.accounts.access import require
from thidua.apps.accounts.forms import ActForm
from thidua.apps.accounts.middleware import ActorRequest
from thidua.apps.campaigns.access import may_act_for_unit, may_run_campaigns, may_see_names
from thidua.apps.campaigns.actions import (
    acknowledge,
    acknowledge_by_paper,
    allocate_table,
    close,
    deliver,
    hold_briefing,
    launch,
    receive_delivery,
    set_milestones,
)
from thidua.apps.campaigns.forms import AllocationForm, BriefingForm, CouncilDayForm, DayForm, PaperForm
from thidua.apps.campaigns.models import Campaign
from thidua.apps.campaigns.queries import (
    UnitStanding,
    acknowledgement_sheet,
    allocation_table,
    bases,
    briefing_standing,
    clauses,
    closing_problems,
    milestone_gaps,
    milestones_of,
    propose_amounts,
    unit_standing,
)
from thidua.apps.campaigns.states import CampaignState
from thidua.apps.units.models import Unit
from thidua.core.papers.pdf import paper_pdf

SEES_NAMES = "trưởng đơn vị ấy, thường trực, giám đốc, thanh tra"


def find_campaign(pk: int) -> Campaign:
    """A campaign of the agency in scope, or 404."""
    found: Campaign = get_object_or_404(Campaign.objects.select_related("plan__document", "agency"), pk=pk)
    return found


def sent_form(request: ActorRequest) -> str:
    """Which form of several on the page was sent; empty when the page is only shown."""
    return request.GET.get("act", "") if request.method == "POST" else ""


def posted(request: ActorRequest, act: str) -> bool:
    """Whether this form of several on the page was sent."""
    return sent_form(request) == act


@login_required
def campaign(request: ActorRequest, pk: int) -> HttpResponse:
    """One campaign: head, days, bases, clauses, targets, and the repairs made in reading."""
    found = find_campaign(pk)
    launching = DayForm(request.POST if posted(request, "launch") else None, prefix="launch")
    days = CouncilDayForm(request.POST if posted(request, "days") else None, prefix="days")
    if posted(request, "launch") and launching.submit(launch, actor=request.actor, campaign=found):
        return _done(request, _("Đã phát động phong trào."), "campaigns:campaign", pk)
    if posted(request, "days") and days.submit(set_milestones, actor=request.actor, campaign=found):
        return _done(request, _("Đã tính các hạn."), "campaigns:campaign", pk)
    closing = ActForm(request.POST if posted(request, "close") else None, prefix="closing")
    if posted(request, "close") and closing.submit(close, actor=request.actor, campaign=found):
        return _done(request, _("Đã kết thúc phong trào."), "campaigns:campaign", pk)
    kept, runs = milestones_of(found), may_run_campaigns(request.actor)
    context = {
        "campaign": found,
        "reading": found.plan.reading,
        "bases": bases(found.plan),
        "clauses": clauses(found.plan),
        "targets": found.targets.all(),
        "milestones": kept,
        "gaps": milestone_gaps(found, kept),
        "launching": launching,
        "days": days,
        "closing": closing,
        "open": closing_problems(found) if runs and found.state == CampaignState.LAUNCHED else [],
        "runs": runs,
    }
    return render(request, "campaigns/campaign.html", context)


@login_required
def allocation(request: ActorRequest, pk: int) -> HttpResponse:
    """Targets to units: the table with its sums, to be filled by those who run emulation."""
    found = find_campaign(pk)
    table = allocation_table(found)
    proposed = propose_amounts(found, table) if may_run_campaigns(request.actor) else {}
    form = AllocationForm(request.POST or None, table=table, proposed=proposed)
    if request.method == "POST" and form.submit(allocate_table, actor=request.actor, campaign=found):
        return _done(request, _("Đã lưu bảng giao chỉ tiêu."), "campaigns:allocation", pk)
    context = {
        "campaign": found,
        "table": table,
        "form": form,
        "problems": table.problems,
        "runs": may_run_campaigns(request.actor),
    }
    return render(request, "campaigns/allocation.html", context)


@login_required
def briefing(request: ActorRequest, pk: int) -> HttpResponse:
    """Who knows the plan, unit by unit; one's own acknowledgement; delivery to the units."""
    found, actor = find_campaign(pk), request.actor
    own = ActForm(request.POST if posted(request, "acknowledge") else None, prefix="own")
    giving = DayForm(request.POST if posted(request, "deliver") else None, prefix="giving")
    if posted(request, "acknowledge") and own.submit(acknowledge, actor=actor, campaign=found, on=timezone.localdate()):
        return _done(request, _("Đã ghi: bạn đã được quán triệt kế hoạch."), "campaigns:briefing", pk)
    if posted(request, "deliver") and giving.submit(deliver, actor=actor, campaign=found):
        return _done(request, _("Đã giao kế hoạch cho các đơn vị."), "campaigns:briefing", pk)
    context = {
        "campaign": found,
        "standings": [
            (standing, may_see_names(actor, unit_id=standing.unit.pk)) for standing in briefing_standing(found)
        ],
        "acknowledged": found.acknowledgements.filter(person=actor.person_id).first() if actor.person_id else None,
        "own": own,
        "giving": giving,
        "runs": may_run_campaigns(actor),
    }
    return render(request, "campaigns/briefing.html", context)


@login_required
def unit_briefing(request: ActorRequest, pk: int, unit_pk: int) -> HttpResponse:
    """One unit: receipt, minutes, who has not acknowledged, and the signed list."""
    found, unit, actor = find_campaign(pk), get_object_or_404(Unit.objects.all(), pk=unit_pk), request.actor
    require(may_see_names(actor, unit_id=unit.pk), SEES_NAMES)
    standing = unit_standing(found, unit)
    forms = _unit_forms(request, standing)
    acts: dict[str, tuple[Callable[..., object], dict[str, object]]] = {
        "receive": (receive_delivery, {"delivery": standing.delivery, "on": timezone.localdate()}),
        "meeting": (hold_briefing, {"campaign": found, "unit": unit}),
        "paper": (acknowledge_by_paper, {"campaign": found}),
    }
    sent = sent_form(request)
    if sent in acts and (sent != "receive" or standing.delivery):
        act, given = acts[sent]
        if forms[sent].submit(act, actor=actor, **given):
            return _done(request, _("Đã ghi."), "campaigns:unit-briefing", pk, unit_pk)
    context = {"campaign": found, "standing": standing, "acts": may_act_for_unit(actor, unit_id=unit.pk), **forms}
    return render(request, "campaigns/unit_briefing.html", context)


def _unit_forms(request: ActorRequest, standing: UnitStanding) -> dict[str, ActForm]:
    sent = sent_form(request)
    return {
        "receive": ActForm(request.POST if sent == "receive" else None, prefix="receive"),
        "meeting": BriefingForm(request.POST if sent == "meeting" else None, prefix="meeting"),
        "paper": PaperForm(
            *((request.POST, request.FILES) if sent == "paper" else ()),
            waiting=list(standing.waiting),
            prefix="paper",
        ),
    }


@login_required
def signing_list(request: ActorRequest, pk: int, unit_pk: int) -> HttpResponse:
    """The list to print and sign, as PDF."""
    found, unit = find_campaign(pk), get_object_or_404(Unit.objects.all(), pk=unit_pk)
    require(may_see_names(request.actor, unit_id=unit.pk), SEES_NAMES)
    answer = HttpResponse(paper_pdf(acknowledgement_sheet(found, unit)), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="danh-sach-ky-{unit.pk}.pdf"'
    return answer


def _done(request: ActorRequest, said: str, route: str, *args: int) -> HttpResponse:
    messages.success(request, said)
    return redirect(route, *args)
