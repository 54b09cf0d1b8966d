"""Founding the agency on a first start, and the packs it works by."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from thidua.apps.accounts.forms import ActForm
from thidua.apps.accounts.middleware import ActorRequest
from thidua.apps.policy import actions, queries
from thidua.apps.policy.access import may_activate_packs, may_confirm_activation, may_install_packs, may_set_up
from thidua.apps.policy.forms import InstallForm, ProposalForm, SetUpForm
from thidua.apps.policy.models import ActivationProposal
from thidua.apps.policy.states import ProposalState
from thidua.apps.units.models import Agency


def set_up(request: HttpRequest, token: str) -> HttpResponse:
    """The first start: only while there is no agency, and only with the token from the console."""
    if Agency.objects.exists() or not may_set_up(token):
        raise Http404
    first_day = timezone.localdate().replace(month=1, day=1)
    form = SetUpForm(request.POST or None, shipped=queries.shipped_packs(), initial={"since": first_day})
    if request.method == "POST" and form.submit(actions.set_up_agency, token=token):
        login(request, form.result)
        messages.success(request, _("Đã thành lập cơ quan. Tiếp theo: thêm đơn vị, người, rồi mở tài khoản."))
        return redirect("accounts:units")
    return render(request, "policy/set_up.html", {"form": form})


@login_required
def packs(request: ActorRequest) -> HttpResponse:
    """The packs the agency works by, those installed, and changes that wait for a second person."""
    installed, waiting = queries.installed_packs(), queries.proposals()
    forms = _forms(request, installed)
    deeds: dict[str, tuple[ActForm, Callable[..., Any], dict[str, object]]] = {
        "install": (forms["install"], actions.install_pack, {}),
        "propose": (forms["propose"], actions.propose_activation, {}),
    }
    lines = []
    for choice in waiting:
        given: dict[str, object] = {"proposal": choice.thing}
        confirm, withdraw = (_form(request, f"{verb}-{choice.thing.pk}") for verb in ("confirm", "withdraw"))
        deeds[f"confirm-{choice.thing.pk}"] = (confirm, actions.confirm_activation, given)
        deeds[f"withdraw-{choice.thing.pk}"] = (withdraw, actions.withdraw_activation, given)
        lines.append((choice, confirm, withdraw, _may_confirm(request, choice.thing)))
    if request.method == "POST" and request.GET.get("act", "") in deeds:
        form, act, given = deeds[request.GET["act"]]
        if form.submit(act, actor=request.actor, **given):
            messages.success(request, _("Đã ghi."))
            return redirect("policy:packs")
    context = {
        "installed": installed,
        "activations": queries.activations(),
        "in_force": queries.activation_on(timezone.localdate()),
        "lines": lines,
        "runs": may_activate_packs(request.actor),
        "installs": may_install_packs(request.actor),
        **forms,
    }
    return render(request, "policy/packs.html", context)


def _forms(request: ActorRequest, installed: list[Any]) -> dict[str, Any]:
    had = {pack.digest for pack in installed}
    shipped = [one for one in queries.shipped_packs() if one.pack.digest not in had]
    return {
        "shipped": shipped,
        "install": InstallForm(_sent(request, "install"), shipped=shipped, prefix="install"),
        "propose": ProposalForm(_sent(request, "propose"), installed=installed, prefix="propose"),
    }


def _form(request: ActorRequest, verb: str) -> ActForm:
    return ActForm(_sent(request, verb), prefix=verb)


def _sent(request: ActorRequest, verb: str) -> Any:
    return request.POST if request.method == "POST" and request.GET.get("act") == verb else None


def _may_confirm(request: ActorRequest, proposal: Any) -> bool:
    waits = isinstance(proposal, ActivationProposal) and proposal.state == ProposalState.PROPOSED
    return waits and may_confirm_activation(request.actor, proposal)
