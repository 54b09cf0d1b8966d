"""The agency's own Word templates."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _

from thidua.apps.accounts.access import require
from thidua.apps.accounts.forms import ActForm
from thidua.apps.accounts.middleware import ActorRequest
from thidua.apps.decisions import actions
from thidua.apps.decisions.access import WHO, may_run_decisions
from thidua.apps.decisions.forms import DropTemplateForm, TemplateForm
from thidua.apps.decisions.models import PaperTemplate
from thidua.apps.decisions.queries import kinds_shown
from thidua.apps.decisions.states import TemplateKind


@login_required
def templates(request: ActorRequest) -> HttpResponse:
    """The agency's own Word templates: which are in use, taking a new one, going back to the built-in layout."""
    require(may_run_decisions(request.actor), WHO)
    typed: dict[str, ActForm] = {}
    if request.method == "POST":
        name, form, run, given = _template_act(request, request.GET.get("viec", ""))
        if form.submit(run, actor=request.actor, **given):
            messages.success(request, _("Đã ghi."))
            return redirect("decisions:templates")
        typed[name] = form
    rows = []
    for shown in kinds_shown():
        take, drop = f"nhan-{shown.kind}", f"bo-{shown.kind}"
        forms = (typed.get(take, TemplateForm(prefix=take)), typed.get(drop, DropTemplateForm(prefix=drop)))
        rows.append((shown, *forms))
    return render(request, "decisions/templates.html", {"rows": rows})


def _template_act(
    request: ActorRequest, asked: str
) -> tuple[str, ActForm, Callable[..., PaperTemplate], dict[str, Any]]:
    """Which form was sent, and what it runs on: ``nhan-<kind>`` takes a file, ``bo-<number>`` drops that template."""
    verb, _dash, key = asked.partition("-")
    if verb == "nhan" and key in TemplateKind:
        form = TemplateForm(request.POST, request.FILES, prefix=asked)
        return asked, form, actions.accept_template, {"kind": TemplateKind(key)}
    if verb == "bo" and key.isdecimal():
        found = get_object_or_404(PaperTemplate.objects.all(), pk=int(key))
        name = f"bo-{found.kind}"
        return name, DropTemplateForm(request.POST, prefix=name), actions.drop_template, {"template": found}
    raise Http404("Không có việc này.")
