"""Drafting a decision or a proposal from what the council passed."""

import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from thidua.apps.accounts.access import require
from thidua.apps.accounts.middleware import ActorRequest
from thidua.apps.campaigns.models import Campaign
from thidua.apps.decisions import actions
from thidua.apps.decisions.access import WHO, may_run_decisions
from thidua.apps.decisions.forms import DecisionForm, ProposalForm
from thidua.apps.decisions.queries import Candidate, candidates
from thidua.core.law.errors import NoRule

MOST_CHOICES = 300


@login_required
def new_decision(request: ActorRequest, year: int) -> HttpResponse:
    """Choose passed nominations that the head of the agency decides, and draft a decision."""
    require(may_run_decisions(request.actor), WHO)
    rows, problems = _candidates(year)
    own = [row for row in rows if row.by_head and not row.problem][:MOST_CHOICES]
    initial = {"subject": f"Về việc công nhận danh hiệu thi đua, khen thưởng năm {year}"}
    form = DecisionForm(request.POST or None, candidates=own, year=year, initial=initial)
    if request.method == "POST" and form.submit(actions.draft_decision, actor=request.actor, year=year):
        messages.success(request, _("Đã lập dự thảo."))
        return redirect("decisions:decision", form.result.pk)
    context = {"form": form, "year": year, "rows": own, "problems": problems, "others": len(rows) - len(own)}
    return render(request, "decisions/new_decision.html", context)


@login_required
def new_proposal(request: ActorRequest, year: int) -> HttpResponse:
    """Choose passed nominations that somebody above decides, and draft a proposal."""
    require(may_run_decisions(request.actor), WHO)
    rows, problems = _candidates(year)
    own = [row for row in rows if not row.by_head and not row.problem][:MOST_CHOICES]
    initial = {"addressed_to": own[0].decider if own else ""}
    form = ProposalForm(request.POST or None, candidates=own, initial=initial)
    if request.method == "POST" and form.submit(actions.draft_proposal, actor=request.actor, year=year):
        messages.success(request, _("Đã lập dự thảo tờ trình."))
        return redirect("decisions:proposal", form.result.pk)
    return render(
        request, "decisions/new_proposal.html", {"form": form, "year": year, "rows": own, "problems": problems}
    )


def _candidates(year: int) -> tuple[list[Candidate], list[str]]:
    """Candidates by the law of the year's last day, and what the packs lack for some of them."""
    if not Campaign.objects.filter(year=year).exists():
        raise Http404(f"Không có phong trào năm {year}.")
    try:
        rows = candidates(year, on=datetime.date(year, 12, 31))
    except NoRule as error:
        return [], [str(error)]
    return rows, sorted({row.problem for row in rows if row.problem})
