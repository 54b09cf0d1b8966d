"""Public pages of an agency, which ask nobody to sign in, and the standing secretary's page of postings."""

import functools
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django_scopes import scope

from thidua.apps.accounts.access import require
from thidua.apps.accounts.forms import ActForm
from thidua.apps.accounts.middleware import ActorRequest
from thidua.apps.accounts.queries import page_of, visitor
from thidua.apps.decisions.queries import decision_file
from thidua.apps.honours import actions, queries
from thidua.apps.honours.access import READERS, may_post, may_read_objections
from thidua.apps.honours.forms import AnswerForm, CloseForm, ObjectionForm, PostDecisionForm, PostResultForm
from thidua.apps.honours.models import Objection, Posting
from thidua.apps.honours.states import ObjectionState, PostingState
from thidua.apps.units.models import Agency

A_PAGE = 100
MOST_ON_FRONT = 50


def public(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page for everybody, held to the agency that its address names, whoever is signed in."""

    @functools.wraps(view)
    def shown(request: HttpRequest, code: str, **named: object) -> HttpResponse:
        agency = get_object_or_404(Agency, code=code)
        with scope(agency=agency.pk):
            return view(request, agency, **named)

    return shown


@public
def public_front(request: HttpRequest, agency: Agency) -> HttpResponse:
    """What an agency shows to everybody: postings, decisions, honour rolls."""
    context = {"agency": agency, "front": queries.front(most=MOST_ON_FRONT), "today": timezone.localdate()}
    return render(request, "honours/public.html", context)


@public
def public_posting(request: HttpRequest, agency: Agency, slug: str) -> HttpResponse:
    """A posted list: who decided, until when, and how to object while it lasts."""
    found = queries.public_posting(slug)
    if found is None:
        raise Http404("Không có danh sách này.")
    is_open = queries.is_open(found, on=timezone.localdate())
    form = ObjectionForm(request.POST or None) if is_open or request.method == "POST" else None
    if request.method == "POST" and form is not None:
        given = {"actor": visitor(agency), "posting": found, "on": timezone.localdate()}
        if form.submit(actions.object_to, **given):
            messages.success(request, _received(form.result))
            return redirect("honours:public-posting", agency.code, slug)
    page = page_of(queries.posted_lines(found), request.GET.get("trang"), size=A_PAGE)
    rows = queries.posted_rows(found, list(page))
    context = {"agency": agency, "posting": found, "form": form, "page": page, "rows": rows}
    return render(request, "honours/public_posting.html", context)


def _received(objection: Objection) -> str:
    return _("Đã nhận kiến nghị số %(number)s. Thường trực Hội đồng trả lời trước hết ngày %(day)s.") % {
        "number": objection.pk,
        "day": f"{objection.answer_due:%d/%m/%Y}",
    }


@public
def public_roll(request: HttpRequest, agency: Agency, year: int) -> HttpResponse:
    """The honour roll of a year: unit by unit, title by title, each with its decision."""
    page = page_of(queries.honour_lines(year), request.GET.get("trang"), size=A_PAGE)
    context = {"agency": agency, "year": year, "page": page, "units": queries.by_unit(page)}
    return render(request, "honours/public_roll.html", context)


@public
def public_decision(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """A signed decision: number, day, list, whether it stands, and its place in the record."""
    found = queries.public_decision(pk)
    if found is None:
        raise Http404("Không có quyết định này.")
    shown = decision_file(found, with_problems=False)
    page = page_of(shown.lines, request.GET.get("trang"), size=A_PAGE)
    context = {"agency": agency, "decision": found, "shown": shown, "page": page}
    return render(request, "honours/public_decision.html", context)


@login_required
def postings(request: ActorRequest) -> HttpResponse:
    """Postings, the objections that wait with their days, and posting something new."""
    require(may_read_objections(request.actor), READERS)
    forms = _forms(request) if may_post(request.actor) else {}
    name = request.GET.get("viec", "")
    if request.method == "POST" and name in forms:
        form, act, _title = forms[name]
        if form.submit(act, actor=request.actor):
            messages.success(request, _("Đã niêm yết."))
            return redirect("honours:postings")
    context = {
        "page": page_of(queries.postings(), request.GET.get("trang"), size=A_PAGE),
        "owed": queries.owed(on=timezone.localdate()),
        "forms": forms,
    }
    return render(request, "honours/postings.html", context)


def _forms(request: ActorRequest) -> dict[str, tuple[ActForm, Callable[..., Any], str]]:
    chosen = request.GET.get("viec") if request.method == "POST" else None
    return {
        "ket-qua": (
            PostResultForm(request.POST if chosen == "ket-qua" else None, prefix="ket-qua"),
            actions.post_result,
            _("Niêm yết kết quả của Hội đồng"),
        ),
        "quyet-dinh": (
            PostDecisionForm(request.POST if chosen == "quyet-dinh" else None, prefix="quyet-dinh"),
            actions.post_decision,
            _("Niêm yết quyết định"),
        ),
    }


@login_required
def posting(request: ActorRequest, pk: int) -> HttpResponse:
    """One posting with its objections and answers, and closing it."""
    require(may_read_objections(request.actor), READERS)
    found = get_object_or_404(Posting.objects.all(), pk=pk)
    is_open = found.state == PostingState.POSTED and may_post(request.actor)
    form = CloseForm(request.POST or None) if _shows_form(request, is_open=is_open) else None
    if request.method == "POST" and form and form.submit(actions.close_posting, actor=request.actor, posting=found):
        messages.success(request, _("Đã kết thúc niêm yết."))
        return redirect("honours:posting", pk)
    context = {
        "posting": found,
        "page": page_of(found.objections.all(), request.GET.get("trang"), size=A_PAGE),
        "problems": queries.posting_problems(found) if is_open else [],
        "form": form,
    }
    return render(request, "honours/posting.html", context)


@login_required
def objection(request: ActorRequest, pk: int) -> HttpResponse:
    """One objection and its answer."""
    require(may_read_objections(request.actor), READERS)
    found = get_object_or_404(Objection.objects.select_related("posting"), pk=pk)
    is_open = found.state == ObjectionState.RECEIVED and may_post(request.actor)
    form = AnswerForm(request.POST or None) if _shows_form(request, is_open=is_open) else None
    answered = {"actor": request.actor, "objection": found}
    if request.method == "POST" and form and form.submit(actions.answer_objection, **answered):
        messages.success(request, _("Đã trả lời."))
        return redirect("honours:objection", pk)
    return render(request, "honours/objection.html", {"objection": found, "form": form})


def _shows_form(request: ActorRequest, *, is_open: bool) -> bool:
    """Open, or sent from a second tab: then the act says why not, and what was typed is not lost in silence."""
    return is_open or (request.method == "POST" and may_post(request.actor))
