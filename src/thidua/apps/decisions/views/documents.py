"""The papers of decisions and proposals as files: what went out, the signed copy, drafts, lists, certificates."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thidua.apps.accounts.access import require
from thidua.apps.accounts.middleware import ActorRequest
from thidua.apps.decisions.access import READERS, WHO, may_read_drafts, may_run_decisions
from thidua.apps.decisions.forms import StockForm
from thidua.apps.decisions.models import Decision, Proposal
from thidua.apps.decisions.queries import (
    certificates,
    decision_paper,
    decisions_of,
    payment_paper,
    proposal_paper,
    starter_template,
    word_file,
)
from thidua.apps.decisions.states import DecisionState, TemplateKind
from thidua.apps.files.queries import content
from thidua.core.papers.docx import paper_docx
from thidua.core.papers.errors import PaperError
from thidua.core.papers.form import Paper, Stock
from thidua.core.papers.pdf import paper_pdf

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MEDIA = {"pdf": "application/pdf", "docx": DOCX}
PAPERS: dict[str, Callable[[Decision], Paper]] = {"quyet-dinh": decision_paper, "danh-sach-chi": payment_paper}


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
def starter_document(request: ActorRequest, kind: str) -> HttpResponse:
    """A template to begin with: the built-in layout with places."""
    require(may_run_decisions(request.actor), WHO)
    if kind not in TemplateKind:
        raise Http404("Không có mẫu này.")
    return _file(starter_template(TemplateKind(kind)), f"mau-{kind}", "docx")


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
