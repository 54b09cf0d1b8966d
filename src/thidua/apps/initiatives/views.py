"""Pages of initiatives: the list, one application with its acts, assessment, recognition, papers."""

import re
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from thidua.apps.accounts.access import may_see_everybody, require
from thidua.apps.accounts.forms import ActForm
from thidua.apps.accounts.middleware import ActorRequest
from thidua.apps.accounts.queries import page_of
from thidua.apps.files.queries import content
from thidua.apps.initiatives import actions, queries
from thidua.apps.initiatives.access import may_assess, may_recognise, may_run, may_see, may_see_all, may_write
from thidua.apps.initiatives.forms import (
    FORMS,
    ApplicationForm,
    AssessForm,
    RecogniseForm,
    application_values,
)
from thidua.apps.initiatives.models import Assessment, Author, Initiative
from thidua.apps.initiatives.queries.pages import ACTS, Dossier, dossier, listed, why_not_assess
from thidua.apps.initiatives.states import InitiativeState
from thidua.apps.units.models import Person
from thidua.core.papers.form import Paper
from thidua.core.papers.pdf import paper_pdf

PAGE = 100
WHO_SEES = "tác giả, thành viên Hội đồng sáng kiến, thường trực, giám đốc, thanh tra"
DOING: dict[str, Callable[..., Any]] = {
    "nop": actions.apply_for,
    "rut": actions.withdraw,
    "tra-lai": actions.return_application,
    "nhan": actions.accept_application,
    "len-lich": actions.schedule,
    "ket-qua": actions.take_vote,
    "khong-cong-nhan": actions.refuse,
}


@login_required
def initiatives(request: ActorRequest) -> HttpResponse:
    """One's own initiatives, or everybody's by role; narrowed by words, state and year in the address."""
    today = timezone.localdate()
    words = "".join(letter for letter in request.GET.get("q", "") if letter.isprintable()).strip()[:100]
    state = asked if (asked := request.GET.get("trang-thai", "")) in InitiativeState.values else ""
    year = int(text) if re.fullmatch(r"\d{4}", text := request.GET.get("nam", "")) else None
    found = queries.initiatives_seen(request.actor, on=today, year=year, state=state, words=words)
    page = page_of(found, request.GET.get("trang"), size=PAGE)
    context = {
        "page": page,
        "rows": listed(page.object_list, today=today),
        "words": words,
        "state": state,
        "year": year,
        "states": InitiativeState.choices,
        "sees_all": may_see_all(request.actor, on=today),
        "recognises": may_recognise(request.actor),
    }
    return render(request, "initiatives/list.html", context)


@login_required
def draft_one(request: ActorRequest) -> HttpResponse:
    """Draft an application."""
    author = Person.objects.filter(user=request.actor.user_id).first()
    own = {"year": timezone.localdate().year, "author_1": author, "share_1": 100}
    form = ApplicationForm(request.POST if request.method == "POST" else None, initial=own)
    if request.method == "POST" and form.submit(actions.draft, actor=request.actor):
        messages.success(request, _("Đã lưu bản soạn. Kiểm tra rồi nộp đơn."))
        return redirect("initiatives:initiative", form.result.pk)
    return render(request, "initiatives/draft.html", {"form": form})


@login_required
def redraft_one(request: ActorRequest, pk: int) -> HttpResponse:
    """Change a draft or a returned application."""
    found = _seen(request, pk)
    require(may_write(request.actor, found), "tác giả hoặc người đã soạn đơn")
    form = ApplicationForm(
        request.POST if request.method == "POST" else None, initial=application_values(found), redrafted=found
    )
    if request.method == "POST" and form.submit(actions.redraft, actor=request.actor, initiative=found):
        messages.success(request, _("Đã lưu thay đổi."))
        return redirect("initiatives:initiative", pk)
    return render(request, "initiatives/draft.html", {"form": form, "initiative": found})


@login_required
def initiative(request: ActorRequest, pk: int) -> HttpResponse:
    """One application: where it stands, what is missing, what the reader may do."""
    return _page(request, _seen(request, pk))


@login_required
def act(request: ActorRequest, pk: int, verb: str) -> HttpResponse:
    """One act on an application; what could not be done is said on its page."""
    found = _seen(request, pk)
    if verb not in DOING:
        raise Http404(f"Không có việc “{verb}”.")
    if request.method != "POST":
        return redirect("initiatives:initiative", pk)
    form = FORMS[verb](request.POST, auto_id=f"{verb}-%s")
    if form.submit(DOING[verb], actor=request.actor, initiative=found):
        messages.success(request, str(ACTS[verb].done))
        return redirect("initiatives:initiative", pk)
    return _page(request, found, failed=(verb, form))


@login_required
def assess_one(request: ActorRequest, pk: int) -> HttpResponse:
    """A council member's points on the worded anchors."""
    found = _seen(request, pk)
    require(
        may_assess(request.actor, found, on=timezone.localdate()),
        "thành viên Hội đồng sáng kiến không phải là tác giả",
    )
    scales, problem = why_not_assess(found, request.actor)
    form = AssessForm(request.POST if request.method == "POST" else None, scales=scales)
    sent = request.method == "POST" and not problem
    if sent and form.submit(actions.assess, actor=request.actor, initiative=found):
        messages.success(request, _("Đã ghi phiếu đánh giá của bạn."))
        return redirect("initiatives:initiative", pk)
    return render(request, "initiatives/assess.html", {"initiative": found, "form": form, "problem": problem})


@login_required
def recognise_some(request: ActorRequest) -> HttpResponse:
    """The director recognises what the council passed."""
    require(may_recognise(request.actor), "giám đốc")
    form = RecogniseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.submit(actions.recognise, actor=request.actor):
        messages.success(request, _("Đã công nhận theo quyết định %(number)s.") % {"number": form.result[0].decision})
        return redirect("initiatives:initiatives")
    waiting = Initiative.objects.filter(state=InitiativeState.PASSED).exists()
    return render(request, "initiatives/recognise.html", {"form": form, "waiting": waiting})


@login_required
def register(request: ActorRequest, year: int) -> HttpResponse:
    """The register of a year's applications, to print."""
    require(may_see_everybody(request.actor), "thường trực, giám đốc, thanh tra")
    found = queries.initiatives_seen(request.actor, on=timezone.localdate(), year=year)
    rows = found.exclude(state=InitiativeState.DRAFT).select_related("recognition").order_by("applied_on", "pk")
    paper = queries.register_paper(rows, agency=request.actor.agency, year=year)
    return _pdf(paper, f"so-theo-doi-sang-kien-{year}.pdf")


@login_required
def decision(request: ActorRequest, pk: int) -> HttpResponse:
    """The decision by which an initiative was recognised, as it was stored."""
    found = _recognised(request, pk)
    if (document := found.recognition.document) is None:
        raise Http404("Quyết định của cấp trên, hệ thống không giữ văn bản.")
    return _download(content(document), document.name)


@login_required
def certificate(request: ActorRequest, pk: int) -> HttpResponse:
    """The certificates of an initiative's authors."""
    found = _recognised(request, pk)
    return _pdf(queries.certificates([found.recognition]), f"giay-chung-nhan-sang-kien-{pk}.pdf")


def _recognised(request: ActorRequest, pk: int) -> Initiative:
    found = _seen(request, pk)
    if found.state != InitiativeState.RECOGNISED:
        raise Http404("Sáng kiến chưa được công nhận.")
    return found


def _seen(request: ActorRequest, pk: int) -> Initiative:
    """The application if the actor may read it; 404 where it is none of the agency's, 403 where it is not theirs."""
    rows = Initiative.objects.select_related("agency", "recognition__document").prefetch_related(
        Prefetch("authors", Author.objects.select_related("person")),
        Prefetch("assessments", Assessment.objects.select_related("person")),
    )
    found: Initiative = get_object_or_404(rows, pk=pk)
    require(may_see(request.actor, found, on=timezone.localdate()), WHO_SEES)
    return found


def _page(request: ActorRequest, found: Initiative, *, failed: tuple[str, ActForm] | None = None) -> HttpResponse:
    shown: Dossier = dossier(found, request.actor, today=timezone.localdate())
    failed_verb, failed_form = failed or ("", None)
    forms = [
        (button, failed_form if button.verb == failed_verb else FORMS[button.verb](auto_id=f"{button.verb}-%s"))
        for button in shown.buttons
    ]
    context = {"initiative": found, "shown": shown, "forms": forms, "runs": may_run(request.actor)}
    if failed_form is not None and failed_verb not in {button.verb for button in shown.buttons}:
        context["failed"] = failed_form
    return render(request, "initiatives/initiative.html", context)


def _pdf(paper: Paper, name: str) -> HttpResponse:
    return _download(paper_pdf(paper), name)


def _download(data: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        data,
        content_type="application/pdf",
        headers={"Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or ""},
    )
