"""Pages on which a reading is compared with its document, corrected, and confirmed."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from thidua.apps.accounts.access import require
from thidua.apps.accounts.forms import ActForm
from thidua.apps.accounts.middleware import ActorRequest
from thidua.apps.accounts.states import JOB_OPEN, JobState
from thidua.apps.campaigns import actions
from thidua.apps.campaigns.access import WHO, may_run_campaigns
from thidua.apps.campaigns.forms import PlanForm
from thidua.apps.campaigns.forms.readings import (
    BasisForm,
    ConfirmForm,
    DoubtForm,
    DropForm,
    HeadForm,
    NewTargetForm,
    PassageForm,
    SeenForm,
    TargetForm,
    WordsForm,
)
from thidua.apps.campaigns.models import Plan, Reading, ReadingJob
from thidua.apps.campaigns.queries.pages import (
    comparison_page,
    confirmation_page,
    repaired,
    target_choices,
    words_page,
)
from thidua.apps.campaigns.queries.readings import (
    Passage,
    Standing,
    current_version,
    formula_words,
    history,
    jobs_to_show,
    passage_at,
    plans_to_show,
    proposed_target,
    sentences,
    standing_of,
)
from thidua.apps.campaigns.states import PlanState, ReadingJobKind
from thidua.core.plans.settling import Row, Rows

A_PAGE = 1
REFRESH = "3"
Forms = Mapping[str, tuple[ActForm, Callable[..., Any], dict[str, Any]]]


@login_required
def plan_new(request: ActorRequest) -> HttpResponse:
    """Bring in a plan document."""
    require(may_run_campaigns(request.actor), WHO)
    form = PlanForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.submit(actions.start_receiving, actor=request.actor):
        where = "campaigns:plan" if isinstance(form.result, Plan) else "campaigns:reading-job"
        return redirect(where, form.result.pk)
    plans = Plan.objects.select_related("document").order_by("-pk")[:20]
    return render(request, "campaigns/plan_new.html", {"form": form, "plans": plans, "jobs": jobs_to_show()})


@login_required
def reading_job(request: ActorRequest, pk: int) -> HttpResponse:
    """A long file being read: how far it is, why it was not read, or on to what was read."""
    require(may_run_campaigns(request.actor), WHO)
    job = get_object_or_404(ReadingJob.objects.select_related("document", "plan"), pk=pk)
    if job.state == JobState.DONE and job.reading is not None:
        if job.kind == ReadingJobKind.NEW:
            return redirect("campaigns:plan", job.reading.plan_id)
        return redirect("campaigns:plan-comparison", job.reading.plan_id, job.reading_id)
    form = ActForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.submit(actions.stop_reading_job, actor=request.actor, job=job):
        return redirect("campaigns:reading-job", pk)
    open_ = job.state in JOB_OPEN
    answer = render(request, "campaigns/reading_job.html", {"job": job, "open": open_, "form": form})
    if open_:
        answer["Refresh"] = REFRESH
    return answer


@login_required
def plan(request: ActorRequest, pk: int) -> HttpResponse:
    """The page beside the structure, what is still doubtful, and the confirmation."""
    now = _now(request, pk)
    forms: Forms = {
        "accept": (_form(request, "accept", DoubtForm, now), actions.accept_doubts, {}),
        "confirm": (_form(request, "confirm", ConfirmForm, now), actions.confirm_reading, {}),
        "undo": (_form(request, "undo", SeenForm, now), actions.undo_step, {}),
        "file": (_form(request, "file", PlanForm, now), actions.start_offering, {}),
        "reopen": (_form(request, "reopen", ActForm, now), actions.reopen_reading, {}),
    }
    sent = _sent(request, forms, now)
    if sent is not None:
        return _after(request, sent, forms[sent][0].result, now)
    context = confirmation_page(now)
    page = Paginator(context["pages"], A_PAGE).get_page(request.GET.get("trang"))
    shown = {name: form for name, (form, _act, _given) in forms.items()}
    return render(request, "campaigns/plan.html", {**context, **shown, "page": page, "now": now, "plan": now.plan})


@login_required
def words(request: ActorRequest, pk: int, key: str) -> HttpResponse:
    """One repaired place: keep it, put it back, or type the right words; then the next doubtful one."""
    now = _now(request, pk)
    context = words_page(now, key)
    if context is None:
        raise Http404(key)
    mark = context["mark"]
    place = {"start": mark["start"], "end": mark["end"]}
    initial = {"words": mark["to"]}
    forms: Forms = {
        "accept": (_form(request, "accept", DoubtForm, now), actions.accept_doubts, {}),
        "back": (_form(request, "back", SeenForm, now), actions.correct_words, {**place, "words": mark["from"]}),
        "words": (_form(request, "words", WordsForm, now, initial), actions.correct_words, place),
    }
    sent = _sent(request, forms, now)
    if sent is not None:
        following = context["next"] and reverse("campaigns:plan-words", args=[pk, context["next"]])
        return _after(request, sent, forms[sent][0].result, now, onwards=following)
    shown = {name: form for name, (form, _act, _given) in forms.items()}
    return render(request, "campaigns/reading_words.html", {**context, **shown, "now": now, "plan": now.plan})


@login_required
def passage(request: ActorRequest, pk: int, start: int) -> HttpResponse:
    """One passage: its words to be typed, its repairs, and its sentences, from which targets can be added."""
    now = _now(request, pk)
    found = _passage(now, start)
    text = now.read["text"]
    form = _form(request, "passage", PassageForm, now, {"words": text[found.start : found.end]})
    given = {"start": found.start, "end": found.end}
    sent = _sent(request, {"passage": (form, actions.correct_passage, given)}, now)
    if sent is not None:
        return _after(request, sent, form.result, now)
    context = {
        "now": now,
        "plan": now.plan,
        "passage": found,
        "form": form,
        "sentences": sentences(text, found.start, found.end),
        "repaired": repaired(now, found.start, found.end),
        "open": now.plan.state == PlanState.READ,
    }
    return render(request, "campaigns/reading_passage.html", context)


@login_required
def head(request: ActorRequest, pk: int) -> HttpResponse:
    """The head of the document."""
    now = _now(request, pk)
    form = _form(request, "head", HeadForm, now, now.plan.reading["document"])
    sent = _sent(request, {"head": (form, actions.correct_head, {})}, now)
    if sent is not None:
        return _after(request, sent, form.result, now)
    context = {"now": now, "plan": now.plan, "form": form, "title": _("Phần đầu văn bản"), "act": "head"}
    return render(request, "campaigns/reading_row.html", context)


@login_required
def basis(request: ActorRequest, pk: int, number: int) -> HttpResponse:
    """One basis; number 0 is a new one."""
    now = _now(request, pk)
    row = _row(now, "bases", number).now if number else {}
    form = _form(request, "basis", BasisForm, now, row)
    dropping = _form(request, "drop", DropForm, now)
    act, given = (actions.correct_basis, {"number": number}) if number else (actions.add_basis, {})
    sent = _sent(
        request, {"basis": (form, act, given), "drop": (dropping, actions.drop_basis, {"number": number})}, now
    )
    if sent is not None:
        return _after(request, sent, None, now)
    context = {"now": now, "plan": now.plan, "form": form, "drop": dropping if number else None, "act": "basis"}
    return render(request, "campaigns/reading_row.html", {**context, "title": _("Căn cứ")})


@login_required
def target(request: ActorRequest, pk: int, number: int) -> HttpResponse:
    """One target: sentence, formula, what it would have been last year; to be put right or left out."""
    now = _now(request, pk)
    row = _row(now, "targets", number)
    form = _form(request, "target", TargetForm, now, row.now, **target_choices(now, row.now))
    dropping = _form(request, "drop", DropForm, now)
    forms: Forms = {
        "target": (form, actions.correct_target, {"number": number}),
        "drop": (dropping, actions.drop_target, {"number": number}),
    }
    sent = None if "try" in request.POST else _sent(request, forms, now)
    if sent is not None:
        return _after(request, sent, None, now)
    context = {"now": now, "plan": now.plan, "form": form, "drop": dropping, "row": row, "number": number}
    return render(request, "campaigns/reading_target.html", {**context, **_tried(form, row.now, now)})


@login_required
def target_new(request: ActorRequest, pk: int, start: int, end: int) -> HttpResponse:
    """A target to be added from a sentence of the text."""
    now = _now(request, pk)
    if not 0 <= start < end <= len(now.read["text"]):
        raise Http404(start)
    row = proposed_target(now, start, end)
    form = _form(request, "target", NewTargetForm, now, row, **target_choices(now, row))
    sent = None if "try" in request.POST else _sent(request, {"target": (form, actions.add_target, {})}, now)
    if sent is not None:
        return _after(request, sent, None, now)
    context = {"now": now, "plan": now.plan, "form": form, "row": None, "number": 0}
    return render(request, "campaigns/reading_target.html", {**context, **_tried(form, row, now)})


@login_required
def comparison(request: ActorRequest, pk: int, reading: int) -> HttpResponse:
    """A reading that stands aside beside the one that stands: what taking it would change."""
    now = _now(request, pk)
    aside: Reading = get_object_or_404(now.plan.readings.select_related("document"), pk=reading)
    form = _form(request, "take", SeenForm, now)
    sent = _sent(request, {"take": (form, actions.take_reading, {"reading": aside})}, now)
    if sent is not None:
        return _after(request, sent, None, now)
    context = {"now": now, "plan": now.plan, "aside": aside, "form": form, **comparison_page(now, aside)}
    return render(request, "campaigns/reading_compare.html", context)


@login_required
def steps(request: ActorRequest, pk: int) -> HttpResponse:
    """Every step made on a reading, newest first."""
    now = _now(request, pk)
    return render(request, "campaigns/reading_steps.html", {"plan": now.plan, "history": history(now.plan)})


def _now(request: ActorRequest, pk: int) -> Standing:
    require(may_run_campaigns(request.actor), WHO)
    return standing_of(get_object_or_404(plans_to_show(), pk=pk))


def _row(now: Standing, what: Rows, number: int) -> Row:
    rows = now.rows(what)
    if not 1 <= number <= len(rows):
        raise Http404(number)
    return rows[number - 1]


def _passage(now: Standing, start: int) -> Passage:
    found = passage_at(now, start)
    if found is None:
        raise Http404(start)
    return found


def _form(
    request: ActorRequest, act: str, kind: Callable[..., ActForm], now: Standing, initial: Any = None, **choices: Any
) -> ActForm:
    """A form of the page; it is bound when it was the one sent."""
    sent = request.method == "POST" and request.GET.get("act") == act
    files = (request.POST, request.FILES) if sent else ()
    return kind(*files, prefix=act, initial={**(initial or {}), "seen": now.version.number}, **choices)


def _sent(request: ActorRequest, forms: Forms, now: Standing) -> str | None:
    """The name of the act that was sent and done."""
    name = request.GET.get("act", "") if request.method == "POST" else ""
    if name not in forms:
        return None
    form, act, given = forms[name]
    return name if form.submit(act, actor=request.actor, plan=now.plan, **given) else None


def _after(request: ActorRequest, sent: str, result: Any, now: Standing, onwards: str | None = None) -> HttpResponse:
    """Where to go once an act is done: to the comparison when it stands aside, to the next doubt, or to the page."""
    if sent == "confirm":
        messages.success(request, _("Đã xác nhận bản đọc; phong trào còn là dự thảo."))
        return redirect("campaigns:campaign", result.pk)
    if isinstance(result, ReadingJob):
        return redirect("campaigns:reading-job", result.pk)
    if isinstance(result, Reading) and current_version(now.plan).reading_id != result.pk:
        return redirect("campaigns:plan-comparison", now.plan.pk, result.pk)
    messages.success(request, _("Đã ghi."))
    return redirect(onwards or reverse("campaigns:plan", args=[now.plan.pk]))


def _tried(form: ActForm, row: dict[str, Any], now: Standing) -> dict[str, Any]:
    """The target with what was typed and not yet written, to be counted on last year's records."""
    typed = form.cleaned_data if form.is_bound and form.is_valid() else {}
    draft = {**row, **{name: value for name, value in typed.items() if name != "seen"}}
    said = {name: value for name, value in draft.items() if isinstance(value, str)}
    return {
        "draft": draft,
        "draft_query": urlencode(said) if typed or not form.is_bound else "",
        "formula": formula_words(draft, year=now.plan.reading["document"]["year"]),
        "typed": bool(typed),
        "open": now.plan.state == PlanState.READ,
    }
