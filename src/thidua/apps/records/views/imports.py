"""The way of a workbook: file, tables and columns, who is meant, preview, done, undone."""

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from thidua.apps.accounts.access import CannotDo, require
from thidua.apps.accounts.forms import ActForm, BecauseForm
from thidua.apps.accounts.middleware import ActorRequest
from thidua.apps.accounts.states import JOB_OPEN, JobState
from thidua.apps.records import access
from thidua.apps.records.actions import (
    answer_import,
    choose_tables,
    drop_import,
    lay_out_import,
    mended_workbook,
    receive_import,
    start_preview,
    start_take_in,
    stop_import_job,
    undo_import,
)
from thidua.apps.records.actions.own_specs import own_specs
from thidua.apps.records.forms.imports import AnswersForm, ColumnsForm, OwnWorkbookForm, TablesForm, TakeInForm
from thidua.apps.records.models import Import
from thidua.apps.records.queries.imports import (
    counts_by_table,
    counts_of,
    imports_page,
    is_large,
    last_job,
    layout_of,
    questions_of,
    rows_page,
)
from thidua.apps.records.queries.lists import names_of
from thidua.apps.records.states import ImportState, RowState

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
REFRESH = "3"


@login_required
def imports(request: ActorRequest, year: int) -> HttpResponse:
    """Workbooks brought in and on the way, newest first."""
    require(access.may_import_records(request.actor), access.WHO_RUNS)
    page = imports_page(request.GET.get("trang"))
    names = names_of({imported.imported_by for imported in page.object_list})
    return render(request, "records/imports.html", {"year": year, "page": page, "names": names})


@login_required
def new_import(request: ActorRequest, year: int) -> HttpResponse:
    """Hand in a workbook."""
    require(access.may_import_records(request.actor), access.WHO_RUNS)
    form = OwnWorkbookForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.submit(receive_import, actor=request.actor, year=year):
        return redirect("records:import-columns", form.result.pk)
    return _form(request, form, year=year, title=_("Nhập bảng của đơn vị"), button=_("Đọc tệp"), lead=True)


@login_required
def columns(request: ActorRequest, pk: int) -> HttpResponse:
    """Which sheet is which table, which column which: guessed, to be checked and corrected."""
    imported = _import(request, pk)
    layouts, specs = layout_of(imported), own_specs(request.actor.agency.code)
    which = "bang" if "bang" in request.GET else "cot"
    posted = request.POST if request.method == "POST" else None
    tables_form = TablesForm(posted if which == "bang" else None, layouts=layouts)
    columns_form = ColumnsForm(posted if which == "cot" else None, layouts=layouts, specs=specs)
    if posted is not None and which == "bang":
        if tables_form.submit(choose_tables, actor=request.actor, imported=imported):
            return redirect("records:import-columns", pk)
    elif posted is not None and columns_form.submit(lay_out_import, actor=request.actor, imported=imported):
        return _begin(request, columns_form.result)
    context = {"imported": imported, "tables": tables_form, "columns": columns_form, "step": 2}
    return render(request, "records/import_columns.html", {**context, "layouts": layouts})


@login_required
def questions(request: ActorRequest, pk: int) -> HttpResponse:
    """Who is meant where a row may mean several people."""
    imported = _import(request, pk)
    asked, total = questions_of(imported)
    form = AnswersForm(request.POST or None, questions=asked)
    if request.method == "POST" and form.submit(answer_import, actor=request.actor, imported=imported):
        return _begin(request, form.result)
    context = {"imported": imported, "form": form, "total": total, "step": 3}
    return render(request, "records/import_questions.html", context)


@login_required
def show_import(request: ActorRequest, pk: int) -> HttpResponse:
    """A workbook as far as it has come: work going on, its rows to check, or what it brought."""
    imported = _import(request, pk)
    job = last_job(imported)
    if job and job.state in JOB_OPEN:
        answer = render(request, "records/import_job.html", {"imported": imported, "job": job, "step": 4})
        answer["Refresh"] = REFRESH
        return answer
    if imported.state == ImportState.RECEIVED and not (job and job.state != JobState.DONE):
        return redirect("records:import-columns", pk)
    return render(request, "records/import_show.html", {**_shown(request, imported), "job": job, "step": 4})


@login_required
@require_POST
def take_in_rows(request: ActorRequest, pk: int) -> HttpResponse:
    """Take the rows in."""
    imported = _import(request, pk)
    shown = _shown(request, imported)
    form = TakeInForm(request.POST, sound=shown["sound"], wrong=shown["counts"]["wrong"])
    if form.submit(start_take_in, actor=request.actor, imported=imported):
        return redirect("records:import-show", pk)
    return render(request, "records/import_show.html", {**shown, "form": form, "step": 4})


@login_required
def mended(request: ActorRequest, pk: int) -> HttpResponse:
    """The own file back, its wrong cells marked."""
    imported = _import(request, pk)
    require(imported.imported_by == request.actor.key, access.WHO_BROUGHT)
    name = f"can-sua-{imported.document.name.rsplit('.', 1)[0]}.xlsx"
    answer = HttpResponse(mended_workbook(imported), content_type=XLSX)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer


@login_required
def undo(request: ActorRequest, pk: int) -> HttpResponse:
    """Undo a whole import."""
    imported = _import(request, pk)
    form = BecauseForm(request.POST or None)
    if request.method == "POST" and form.submit(undo_import, actor=request.actor, imported=imported):
        messages.success(request, _("Đã hủy lần nhập; mọi số liệu trở lại như trước đó."))
        return redirect("records:import-show", pk)
    title = _("Hủy cả lần nhập {name}").format(name=imported.document.name)
    return _form(request, form, year=imported.year, title=title, button=_("Hủy lần nhập"))


@login_required
@require_POST
def stop(request: ActorRequest, pk: int) -> HttpResponse:
    """Stop the work that goes on with a workbook."""
    imported = _import(request, pk)
    try:
        stop_import_job(actor=request.actor, imported=imported)
    except CannotDo as error:
        messages.error(request, str(error))
    return redirect("records:import-show", pk)


@login_required
@require_POST
def drop(request: ActorRequest, pk: int) -> HttpResponse:
    """Put a workbook aside."""
    imported = _import(request, pk)
    drop_import(actor=request.actor, imported=imported)
    messages.success(request, _("Đã bỏ tệp {name}; không dòng nào được nhập.").format(name=imported.document.name))
    return redirect("records:imports", imported.year)


def _import(request: ActorRequest, pk: int) -> Import:
    require(access.may_import_records(request.actor), access.WHO_RUNS)
    found: Import = get_object_or_404(Import.objects.select_related("document"), pk=pk, part="tables")
    return found


def _begin(request: ActorRequest, imported: Import) -> HttpResponse:
    """Compare the rows, now or beside the page."""
    try:
        start_preview(actor=request.actor, imported=imported)
    except CannotDo as error:
        messages.error(request, str(error))
        return redirect("records:import-columns", imported.pk)
    if not is_large(imported) and counts_of(imported)[RowState.ASKED]:
        return redirect("records:import-questions", imported.pk)
    return redirect("records:import-show", imported.pk)


def _shown(request: ActorRequest, imported: Import) -> dict[str, Any]:
    """What the page of a workbook's rows shows."""
    counts, state = counts_of(imported), request.GET.get("loc", "")
    own = imported.imported_by == request.actor.key
    page, lines = rows_page(imported, state=state, page=request.GET.get("trang"), sees_all=own)
    sound = counts[RowState.NEW] + counts[RowState.CHANGED]
    return {
        "imported": imported,
        "counts": counts,
        "states": [(value, word, counts[value]) for value, word in RowState.choices if counts[value]],
        "tables": counts_by_table(imported),
        "chosen": state,
        "page": page,
        "lines": lines,
        "sound": sound,
        "form": TakeInForm(sound=sound, wrong=counts[RowState.WRONG]),
        "own": own,
        "by": names_of([imported.imported_by]).get(imported.imported_by, imported.imported_by),
    }


def _form(
    request: ActorRequest, form: ActForm, *, year: int | None, title: str, button: str, lead: bool = False
) -> HttpResponse:
    """A page that is one form."""
    context = {"form": form, "title": title, "button": button, "year": year}
    if lead:
        context["lead"] = "records/own_import_lead.html"
    return render(request, "records/act.html", context)
