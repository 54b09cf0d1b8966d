"""The list of decisions and proposals, and the page of one decision."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from thidua.apps.accounts.access import require
from thidua.apps.accounts.middleware import ActorRequest
from thidua.apps.accounts.queries import WHOLE_LIST, page_of
from thidua.apps.campaigns.models import Campaign
from thidua.apps.decisions.access import READERS, may_read_drafts, may_run_decisions
from thidua.apps.decisions.forms import MOST_PROBLEMS, StockForm
from thidua.apps.decisions.queries import decision_file, decisions_of, lines_with, proposals_of, with_own_kinds
from thidua.apps.decisions.views.acts import ACTS, open_forms

A_PAGE = 100
MOST_WORDS = 1000


@login_required
def decisions(request: ActorRequest) -> HttpResponse:
    """Decisions and proposals, newest first, and the years for which new ones can be drafted."""
    require(may_read_drafts(request.actor), READERS)
    asked = request.GET.get("trang")
    context = {
        "page": page_of(decisions_of(), asked, size=A_PAGE),
        "proposals": page_of(proposals_of(), WHOLE_LIST if asked == WHOLE_LIST else None, size=A_PAGE),
        "years": sorted(set(Campaign.objects.values_list("year", flat=True)), reverse=True),
        "may_draft": may_run_decisions(request.actor),
    }
    return render(request, "decisions/list.html", context)


@login_required
def decision(request: ActorRequest, pk: int) -> HttpResponse:
    """One decision: its list with money, what is open, and every act that its state and the reader's role open."""
    require(may_read_drafts(request.actor), READERS)
    found = get_object_or_404(with_own_kinds(decisions_of()).select_related("agency", "original", "signed"), pk=pk)
    shown = decision_file(found)
    words = "".join(letter for letter in request.GET.get("q", "") if letter.isprintable()).strip()[:MOST_WORDS]
    lines = lines_with(shown.lines, words=words)
    page = page_of(lines, request.GET.get("trang"), size=A_PAGE)
    forms = open_forms(request, ACTS, shown, state=found.state, lines=(on_page := list(page)))
    name = request.GET.get("viec", "")
    if request.method == "POST":
        if name not in ACTS:
            raise Http404("Không có việc này.")
        form = ACTS[name].form(request.POST, request.FILES, shown=shown, lines=on_page, prefix=name)
        if form.submit(ACTS[name].run, actor=request.actor, decision=found):
            messages.success(request, ACTS[name].done)
            return redirect("decisions:decision", form.result.pk if name == "huy-bo" else pk)
        forms = {**forms, name: (ACTS[name], form)}
    context = {"shown": shown, "decision": found, "forms": forms, "page": page, "words": words}
    context["more_problems"] = max(len(shown.problems) - MOST_PROBLEMS, 0)
    context["stock"] = StockForm(request.GET if "phoi" in request.GET else None)
    return render(request, "decisions/decision.html", context)
