"""Pages of registration: one's own, somebody's, a unit's sheet, the summary of all."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from thidua.apps.accounts.access import may_run_emulation, may_see_everybody, require
from thidua.apps.accounts.forms import ActForm
from thidua.apps.accounts.middleware import ActorRequest
from thidua.apps.accounts.queries import Actor
from thidua.apps.accounts.states import Role
from thidua.apps.campaigns.models import Campaign
from thidua.apps.campaigns.queries import units_on, wholes_of
from thidua.apps.campaigns.states import CampaignState
from thidua.apps.registrations.access import may_keep_sheet, may_register_person, may_see_sheet
from thidua.apps.registrations.actions import (
    accept_sheet,
    open_sheets,
    register_titles,
    return_sheet,
    submit_sheet,
    withdraw_registration,
    write_contract,
)
from thidua.apps.registrations.forms import ContractForm, DeclineForm, ReturnForm, TitlesForm
from thidua.apps.registrations.queries import (
    SheetTable,
    TitleChoice,
    choices_or_why,
    present_registration,
    registration_summary,
    registration_summary_paper,
    sheet_table,
)
from thidua.apps.registrations.states import SheetState
from thidua.apps.units.models import Person, Unit
from thidua.core.papers.pdf import paper_pdf

SEES_EVERYBODY = "thường trực, giám đốc, thanh tra"


def find_campaign(pk: int) -> Campaign:
    """A campaign of the agency in scope, or 404."""
    found: Campaign = get_object_or_404(Campaign.objects.select_related("agency"), pk=pk)
    return found


def sent_form(request: ActorRequest) -> str:
    """Which form of several on the page was sent; empty when the page is only shown."""
    return request.GET.get("act", "") if request.method == "POST" else ""


def posted(request: ActorRequest, act: str) -> bool:
    """Whether this form of several on the page was sent."""
    return sent_form(request) == act


@login_required
def own(request: ActorRequest, pk: int) -> HttpResponse:
    """One's own registration; the ways to the unit's sheet and the summary for those who keep them."""
    found, actor = find_campaign(pk), request.actor
    if actor.person_id is None:
        units = wholes_of(found).units if actor.has_everybody else []
        return render(request, "registrations/none.html", {"campaign": found, "units": units})
    person: Person = get_object_or_404(Person.objects.select_related("agency"), pk=actor.person_id)
    return _person(request, found, person, back="registrations:own", args=(pk,))


@login_required
def person(request: ActorRequest, pk: int, person_pk: int) -> HttpResponse:
    """Somebody's registration, entered by the head or the secretary for those without an account."""
    found = find_campaign(pk)
    whose: Person = get_object_or_404(Person.objects.select_related("agency"), pk=person_pk)
    member = wholes_of(found).members.get(whose.pk)
    units = {member.unit.pk, units_on(timezone.localdate()).get(whose.pk, member.unit.pk)} if member else set()
    allowed = may_register_person(request.actor, person_id=whose.pk, unit_ids=units)
    require(allowed, "chính người đó, trưởng đơn vị, thường trực Hội đồng hoặc giám đốc")
    return _person(request, found, whose, back="registrations:person", args=(pk, person_pk))


def _person(request: ActorRequest, found: Campaign, whose: Person, *, back: str, args: tuple[int, ...]) -> HttpResponse:
    choices, gap = choices_or_why(found, "person")
    present = present_registration(found, person=whose)
    titles = TitlesForm(request.POST if posted(request, "titles") else None, choices=choices, present=present)
    decline = DeclineForm(request.POST if posted(request, "decline") else None, present=present, prefix="no")
    given: dict[str, Any] = {
        "actor": request.actor,
        "campaign": found,
        "person": whose,
        "on": timezone.localdate(),
    }
    if (posted(request, "titles") and titles.submit(register_titles, **given)) or (
        posted(request, "decline") and decline.submit(withdraw_registration, **given)
    ):
        return _done(request, back, *args)
    context = {
        "campaign": found,
        "whose": whose,
        "is_own": request.actor.person_id == whose.pk,
        "present": present,
        "present_titles": _names(choices, present.titles if present else []),
        "gap": gap,
        "titles": titles,
        "decline": decline,
    }
    return render(request, "registrations/person.html", context)


@login_required
def unit(request: ActorRequest, pk: int, unit_pk: int) -> HttpResponse:
    """A unit's sheet: the collective, everybody, the contract; submit, return with marks, accept."""
    found, of, actor = (
        find_campaign(pk),
        get_object_or_404(Unit.objects.select_related("agency"), pk=unit_pk),
        request.actor,
    )
    require(may_see_sheet(actor, unit_id=of.pk), "trưởng đơn vị ấy, " + SEES_EVERYBODY)
    table = sheet_table(found, of)
    forms = _unit_forms(request, table)
    acts = _unit_acts(found, table)
    sent = sent_form(request)
    if sent in acts and sent in forms:
        act, given = acts[sent]
        if forms[sent].submit(act, actor=actor, **given):
            return _done(request, "registrations:unit", pk, unit_pk)
    shown = _shown(found, table, actor)
    context = {
        "campaign": found,
        "unit": of,
        "table": table,
        "shown": shown,
        "refused": None if shown.get(sent, True) else forms.get(sent),
        **forms,
    }
    return render(request, "registrations/unit.html", context)


def _shown(campaign: Campaign, table: SheetTable, actor: Actor) -> dict[str, bool]:
    """Which forms of a unit's page are open to the actor as the sheet stands."""
    running = campaign.state == CampaignState.LAUNCHED
    keeps = running and table.is_open and may_keep_sheet(actor, unit_id=table.unit.pk)
    state = table.sheet.state if table.sheet else ""
    takes = actor.has(Role.SECRETARY)
    return {
        "titles": keeps,
        "decline": keeps,
        "contract": keeps and table.sheet is not None,
        "submitting": keeps and table.sheet is not None,
        "accepting": takes and state == SheetState.SUBMITTED,
        "returning": takes and state in (SheetState.SUBMITTED, SheetState.ACCEPTED),
    }


def _unit_forms(request: ActorRequest, table: SheetTable) -> dict[str, ActForm]:
    def sent(name: str) -> Any:
        return request.POST if posted(request, name) else None

    present = table.collective.registration
    forms: dict[str, ActForm] = {
        "titles": TitlesForm(sent("titles"), choices=table.choices, present=present),
        "decline": DeclineForm(sent("decline"), present=present, prefix="no"),
    }
    if table.sheet is not None:
        start = {"contract": table.sheet.contract}
        forms |= {
            "contract": ContractForm(sent("contract"), initial=start, prefix="contract"),
            "submitting": ActForm(sent("submitting"), prefix="submitting"),
            "returning": ReturnForm(sent("returning"), table=table, prefix="returning"),
            "accepting": ActForm(sent("accepting"), prefix="accepting"),
        }
    return forms


def _unit_acts(campaign: Campaign, table: SheetTable) -> dict[str, tuple[Callable[..., object], dict[str, object]]]:
    """The acts that the forms of a unit's page submit, with what is given besides what was typed."""
    today = timezone.localdate()
    about = {"campaign": campaign, "unit": table.unit, "on": today}
    return {
        "titles": (register_titles, about),
        "decline": (withdraw_registration, about),
        "contract": (write_contract, {"sheet": table.sheet}),
        "submitting": (submit_sheet, {"sheet": table.sheet, "on": today}),
        "returning": (return_sheet, {"sheet": table.sheet}),
        "accepting": (accept_sheet, {"sheet": table.sheet, "on": today}),
    }


@login_required
def summary(request: ActorRequest, pk: int) -> HttpResponse:
    """Every unit's sheet with its state and lateness, and how many aim at which title."""
    require(may_see_everybody(request.actor), SEES_EVERYBODY)
    found = find_campaign(pk)
    opening = ActForm(request.POST if posted(request, "open") else None)
    if posted(request, "open") and opening.submit(open_sheets, actor=request.actor, campaign=found):
        return _done(request, "registrations:summary", pk)
    context = {
        "campaign": found,
        "summary": registration_summary(found),
        "opening": opening,
        "runs": may_run_emulation(request.actor),
    }
    return render(request, "registrations/summary.html", context)


@login_required
def summary_paper(request: ActorRequest, pk: int) -> HttpResponse:
    """The summary as PDF."""
    require(may_see_everybody(request.actor), SEES_EVERYBODY)
    found = find_campaign(pk)
    answer = HttpResponse(paper_pdf(registration_summary_paper(found)), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="tong-hop-dang-ky-{found.year}.pdf"'
    return answer


def _names(choices: Sequence[TitleChoice], codes: Sequence[str]) -> list[str]:
    names = {choice.code: choice.name for choice in choices}
    return [names.get(code, code) for code in codes]


def _done(request: ActorRequest, route: str, *args: int) -> HttpResponse:
    messages.success(request, _("Đã ghi."))
    return redirect(route, *args)
