"""Pages of decisions and proposals for those who run them; the public reads a signed decision elsewhere."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thidua.apps.accounts.access import require
from thidua.apps.accounts.forms import ActForm
from thidua.apps.accounts.middleware import ActorRequest
from thidua.apps.accounts.queries import Actor
from thidua.apps.campaigns.models import Campaign
from thidua.apps.decisions import actions
from thidua.apps.decisions.access import READERS, WHO, may_override, may_read_drafts, may_run_decisions
from thidua.apps.decisions.forms import (
    AnnulForm,
    AnswerForm,
    BecauseForm,
    DecisionForm,
    DropForm,
    DropTemplateForm,
    FileForm,
    OverrideForm,
    ProposalForm,
    SendForm,
    SendProposalForm,
    SignedForm,
    StockForm,
    TemplateForm,
)
from thidua.apps.decisions.models import Decision, Line, PaperTemplate, Proposal
from thidua.apps.decisions.queries import (
    Candidate,
    DecisionFile,
    ProposalFile,
    candidates,
    certificates,
    decision_file,
    decision_paper,
    decisions_of,
    kinds_shown,
    payment_paper,
    proposal_file,
    proposal_paper,
    proposals_of,
    starter_template,
    with_own_kinds,
    word_file,
)
from thidua.apps.decisions.states import DecisionKind, DecisionState, ProposalState, TemplateKind
from thidua.apps.files.queries import content
from thidua.core.law.errors import NoRule
from thidua.core.papers.docx import paper_docx
from thidua.core.papers.errors import PaperError
from thidua.core.papers.form import Paper, Stock
from thidua.core.papers.pdf import paper_pdf

A_PAGE = 100
MOST_CHOICES = 300
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MEDIA = {"pdf": "application/pdf", "docx": DOCX}
PAPERS: dict[str, Callable[[Decision], Paper]] = {"quyet-dinh": decision_paper, "danh-sach-chi": payment_paper}


@dataclass(frozen=True)
class Act:
    """One act of a page: its form, what it runs, its words, in which state and for whom it is open."""

    form: type[FileForm]
    run: Callable[..., Any]
    title: Any
    button: Any
    done: Any
    state: str
    may: Callable[[Actor], bool] = may_run_decisions


def _drop(*, actor: Actor, decision: Decision, line: Line, because: str) -> None:
    actions.drop_line(actor=actor, line=line, because=because)


def _annul(*, actor: Actor, decision: Decision, **given: Any) -> Decision:
    return actions.draft_annulment(actor=actor, **given)


ACTS = {
    "gui-ky": Act(
        SendForm, actions.send_to_sign, _("Gửi ký"), _("Lấy số và gửi ký"), _("Đã gửi ký."), DecisionState.DRAFTED
    ),
    "xu-ly": Act(
        OverrideForm,
        actions.override_problem,
        _("Vẫn quyết định dù có vướng mắc"),
        _("Ghi vào sổ"),
        _("Đã ghi lý do và căn cứ."),
        DecisionState.DRAFTED,
        may_override,
    ),
    "bo-dong": Act(DropForm, _drop, _("Bỏ một dòng"), _("Bỏ dòng"), _("Đã bỏ dòng."), DecisionState.DRAFTED),
    "bo-du-thao": Act(
        BecauseForm, actions.cancel, _("Bỏ dự thảo"), _("Bỏ dự thảo"), _("Đã bỏ dự thảo."), DecisionState.DRAFTED
    ),
    "nhan-ban-ky": Act(
        SignedForm,
        actions.take_signed_copy,
        _("Nhận bản ký"),
        _("Đối chiếu và nhận"),
        _("Đã nhận bản ký; quyết định có hiệu lực."),
        DecisionState.SENT,
    ),
    "rut-ve": Act(
        BecauseForm, actions.recall, _("Rút về dự thảo"), _("Rút về"), _("Đã rút về dự thảo."), DecisionState.SENT
    ),
    "huy-bo": Act(
        AnnulForm,
        _annul,
        _("Hủy bỏ dòng đã ký"),
        _("Lập dự thảo quyết định hủy bỏ"),
        _("Đã lập dự thảo quyết định hủy bỏ."),
        DecisionState.SIGNED,
    ),
}
PROPOSAL_ACTS = {
    "gui": Act(
        SendProposalForm, actions.send_proposal, _("Gửi"), _("Lấy số và gửi"), _("Đã ghi."), ProposalState.DRAFTED
    ),
    "ket-qua": Act(AnswerForm, actions.record_answer, _("Kết quả"), _("Ghi kết quả"), _("Đã ghi."), ProposalState.SENT),
    "xu-ly": Act(
        OverrideForm,
        actions.override_in_proposal,
        _("Vẫn trình dù có vướng mắc"),
        _("Ghi vào sổ"),
        _("Đã ghi lý do và căn cứ."),
        ProposalState.DRAFTED,
        may_override,
    ),
    "bo-du-thao": Act(
        BecauseForm,
        actions.cancel_proposal,
        _("Bỏ dự thảo"),
        _("Bỏ dự thảo"),
        _("Đã bỏ dự thảo."),
        ProposalState.DRAFTED,
    ),
}


@login_required
def decisions(request: ActorRequest) -> HttpResponse:
    """Decisions and proposals, newest first, and the years for which new ones can be drafted."""
    require(may_read_drafts(request.actor), READERS)
    context = {
        "page": Paginator(decisions_of(), A_PAGE).get_page(request.GET.get("trang")),
        "proposals": proposals_of()[:A_PAGE],
        "years": sorted(set(Campaign.objects.values_list("year", flat=True)), reverse=True),
        "may_draft": may_run_decisions(request.actor),
    }
    return render(request, "decisions/list.html", context)


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


@login_required
def decision(request: ActorRequest, pk: int) -> HttpResponse:
    """One decision: its list with money, what is open, and every act that its state and the reader's role open."""
    require(may_read_drafts(request.actor), READERS)
    found = get_object_or_404(with_own_kinds(decisions_of()).select_related("agency", "original", "signed"), pk=pk)
    shown = decision_file(found)
    forms = _forms(request, ACTS, shown, found.state)
    name = request.GET.get("viec", "")
    if request.method == "POST":
        if name not in ACTS:
            raise Http404("Không có việc này.")
        form = ACTS[name].form(request.POST, request.FILES, shown=shown, prefix=name)
        if form.submit(ACTS[name].run, actor=request.actor, decision=found):
            messages.success(request, ACTS[name].done)
            return redirect("decisions:decision", form.result.pk if name == "huy-bo" else pk)
        forms = {**forms, name: (ACTS[name], form)}
    page = Paginator(shown.lines, A_PAGE).get_page(request.GET.get("trang"))
    context = {"shown": shown, "decision": found, "forms": forms, "page": page}
    context["stock"] = StockForm(request.GET if "phoi" in request.GET else None)
    return render(request, "decisions/decision.html", context)


def _forms(
    request: ActorRequest, acts: Mapping[str, Act], shown: DecisionFile | ProposalFile, state: str
) -> dict[str, tuple[Act, FileForm]]:
    """The forms that are open: by state, by role, and only where there is something to act on."""
    found = {}
    for name, act in acts.items():
        is_open = state == act.state and act.may(request.actor)
        if name == "xu-ly":
            is_open = bool(shown.problems) and act.may(request.actor)
        if name == "huy-bo" and isinstance(shown, DecisionFile) and shown.decision.kind == DecisionKind.ANNULMENT:
            is_open = False
        if is_open:
            found[name] = (act, act.form(shown=shown, prefix=name))
    return found


@login_required
def decision_document(request: ActorRequest, pk: int, kind: str, form: str) -> HttpResponse:
    """A paper of a decision: what went out byte for byte, the signed copy, the payment list, the certificates."""
    require(may_read_drafts(request.actor), READERS)
    found = get_object_or_404(decisions_of().select_related("agency", "original", "signed"), pk=pk)
    stored = {"quyet-dinh": found.original, "ban-ky": found.signed}.get(kind)
    name = f"{kind}-{found.number or 'du-thao'}-{found.dated.year}"
    if kind == "giay-chung-nhan" and found.state == DecisionState.SIGNED:
        return _certificates(request, found, name, form)
    if stored is not None and form == "pdf":
        return _file(content(stored), name, form)
    if kind in PAPERS and form == "docx":
        return _word(request, TemplateKind(kind), found, name)
    if kind in PAPERS:
        return _file(_made(PAPERS[kind](found), form), name, form)
    raise Http404("Không có văn bản này.")


def _certificates(request: ActorRequest, found: Decision, name: str, form: str) -> HttpResponse:
    """Certificates on blank paper, or on pre-printed stock; wrong offsets are shown on the decision's page."""
    asked = StockForm(request.GET)
    is_printed = "phoi" in request.GET
    if is_printed and not asked.is_valid():
        page = reverse("decisions:decision", args=[found.pk])
        return redirect(f"{page}?{request.GET.urlencode()}#phoi-in-san")
    try:
        data = _made(certificates(found, asked.stock if is_printed else Stock()), form)
    except PaperError as error:
        messages.error(request, str(error))
        return redirect("decisions:decision", found.pk)
    return _file(data, f"{name}-phoi-in-san" if is_printed else name, form)


def _word(request: ActorRequest, kind: TemplateKind, thing: Decision | Proposal, name: str) -> HttpResponse:
    """The Word file by the agency's template; what cannot be filled is said on the page that was left."""
    try:
        data = word_file(kind, thing, built_in=request.GET.get("bo-cuc") == "chuan")
    except PaperError as error:
        said = _("Chưa lập được tệp Word: %(error)s Bản theo bố cục chuẩn vẫn tải được ở trang này.")
        messages.error(request, said % {"error": error})
        page = "decisions:proposal" if isinstance(thing, Proposal) else "decisions:decision"
        return redirect(page, thing.pk)
    return _file(data, name, "docx")


def _made(paper: Paper, form: str) -> bytes:
    if form not in MEDIA:
        raise Http404("Chỉ có PDF và Word.")
    return paper_pdf(paper) if form == "pdf" else paper_docx(paper)


def _file(data: bytes, name: str, form: str) -> HttpResponse:
    return HttpResponse(
        data, content_type=MEDIA[form], headers={"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    )


@login_required
def proposal(request: ActorRequest, pk: int) -> HttpResponse:
    """One proposal: its list, what is open, and every act that its state and the reader's role open."""
    require(may_read_drafts(request.actor), READERS)
    found = get_object_or_404(with_own_kinds(Proposal.objects.all()), pk=pk)
    shown = proposal_file(found)
    forms = _forms(request, PROPOSAL_ACTS, shown, found.state)
    name = request.GET.get("viec", "")
    if request.method == "POST":
        if name not in PROPOSAL_ACTS:
            raise Http404("Không có việc này.")
        form = PROPOSAL_ACTS[name].form(request.POST, shown=shown, prefix=name)
        if form.submit(PROPOSAL_ACTS[name].run, actor=request.actor, proposal=found):
            messages.success(request, PROPOSAL_ACTS[name].done)
            return redirect("decisions:proposal", pk)
        forms = {**forms, name: (PROPOSAL_ACTS[name], form)}
    context = {"shown": shown, "proposal": found, "forms": forms}
    return render(request, "decisions/proposal.html", context)


@login_required
def proposal_document(request: ActorRequest, pk: int, form: str) -> HttpResponse:
    """The proposal as it went out, or as a draft."""
    require(may_read_drafts(request.actor), READERS)
    found = get_object_or_404(Proposal.objects.select_related("agency", "document"), pk=pk)
    name = f"to-trinh-{found.number or 'du-thao'}-{found.dated.year}"
    if form == "docx":
        return _word(request, TemplateKind.PROPOSAL, found, name)
    data = content(found.document) if found.document and form == "pdf" else _made(proposal_paper(found), form)
    return _file(data, name, form)


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


@login_required
def starter_document(request: ActorRequest, kind: str) -> HttpResponse:
    """A template to begin with: the built-in layout with places."""
    require(may_run_decisions(request.actor), WHO)
    if kind not in TemplateKind:
        raise Http404("Không có mẫu này.")
    return _file(starter_template(TemplateKind(kind)), f"mau-{kind}", "docx")
