"""The page of one proposal."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from thidua.apps.accounts.access import require
from thidua.apps.accounts.middleware import ActorRequest
from thidua.apps.accounts.queries import page_of
from thidua.apps.decisions.access import READERS, may_read_drafts
from thidua.apps.decisions.forms import MOST_PROBLEMS
from thidua.apps.decisions.models import Proposal
from thidua.apps.decisions.queries import proposal_file, with_own_kinds
from thidua.apps.decisions.views.acts import PROPOSAL_ACTS, open_forms

A_PAGE = 100


@login_required
def proposal(request: ActorRequest, pk: int) -> HttpResponse:
    """One proposal: its list, what is open, and every act that its state and the reader's role open."""
    require(may_read_drafts(request.actor), READERS)
    found = get_object_or_404(with_own_kinds(Proposal.objects.all()), pk=pk)
    shown = proposal_file(found)
    forms = open_forms(request, PROPOSAL_ACTS, shown, state=found.state)
    name = request.GET.get("viec", "")
    if request.method == "POST":
        if name not in PROPOSAL_ACTS:
            raise Http404("Không có việc này.")
        form = PROPOSAL_ACTS[name].form(request.POST, shown=shown, prefix=name)
        if form.submit(PROPOSAL_ACTS[name].run, actor=request.actor, proposal=found):
            messages.success(request, PROPOSAL_ACTS[name].done)
            return redirect("decisions:proposal", pk)
        forms = {**forms, name: (PROPOSAL_ACTS[name], form)}
    page = page_of(shown.lines, request.GET.get("trang"), size=A_PAGE)
    context = {"shown": shown, "proposal": found, "forms": forms, "page": page}
    context["more_problems"] = max(len(shown.problems) - MOST_PROBLEMS, 0)
    return render(request, "decisions/proposal.html", context)
