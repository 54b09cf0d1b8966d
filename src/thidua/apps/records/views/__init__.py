"""Pages of the records: lists with their counts, one person, one unit, objections."""

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from thidua.apps.accounts.access import CannotDo, require
from thidua.apps.accounts.forms import ActForm
from thidua.apps.accounts.middleware import ActorRequest
from thidua.apps.campaigns.models import Campaign
from thidua.apps.records import access
from thidua.apps.records.actions import (
    finish_task,
    import_department,
    note_list_read,
    object_to_fact,
    read_sensitive,
    state_complete,
    supersede_fact,
    take_workbook,
    turn_down_objection,
    uphold_objection,
    verify_facts,
    write_fact,
)
from thidua.apps.records.forms import (
    AnswerForm,
    CompleteForm,
    CorrectForm,
    FactForm,
    FinishForm,
    ObjectForm,
    UpholdForm,
    WorkbookForm,
    form_for,
)
from thidua.apps.records.models import Fact, FactObjection, Import, Study, Task
from thidua.apps.records.queries.kinds import KINDS, KindOfFact, kind_of
from thidua.apps.records.queries.lists import (
    FactLine,
    by_kind,
    counts_of_year,
    lines_of,
    list_of_kind,
    names_of,
    objections_of_year,
    objections_to,
    open_objections,
    people_headed,
    people_of_unit,
    studies_of,
)
from thidua.apps.records.queries.subjects import (
    about,
    counted_in,
    fact_at,
    open_facts,
    sentence_of,
    unit_answering_for,
    year_of,
)
from thidua.apps.units.models import Person, Unit
from thidua.core.workbooks.write import WORKBOOK_TYPE


@login_required
def year(request: ActorRequest, year: int) -> HttpResponse:
    """Every kind of fact of a year with its counts, workbooks taken in, units."""
    require(access.may_see_all_facts(request.actor), access.WHO_SEES_ALL)
    context = {
        "year": year,
        "counts": counts_of_year(year),
        "imports": Import.objects.filter(state="taken").select_related("document").order_by("imported_at"),
        "objections": open_objections(),
        "units": Unit.objects.all(),
        "runs": access.may_import_records(request.actor),
        "has_campaign": Campaign.objects.filter(year=year).exists(),
    }
    return render(request, "records/year.html", context)


@login_required
def take_in(request: ActorRequest, year: int) -> HttpResponse:
    """Take in a workbook, or one part of it."""
    require(access.may_import_records(request.actor), access.WHO_RUNS)
    campaign = Campaign.objects.filter(year=year).first()
    if campaign is None:
        raise Http404(f"Chưa có phong trào năm {year}.")
    form = WorkbookForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.submit(import_department, actor=request.actor, campaign=campaign):
        messages.success(request, _("Đã nhập {count} dòng.").format(count=sum(form.result.counts.values())))
        return redirect("records:year", year)
    title = _("Nhập sổ của cơ quan")
    return _act(request, form, title=title, button=_("Nhập"), year=year, lead="records/import_lead.html")


@login_required
@require_POST
def workbook(request: ActorRequest, year: int) -> HttpResponse:
    """The agency's own workbook of a year, as its records are kept now; a button, for taking it is recorded."""
    data = take_workbook(actor=request.actor, year=year)
    named = {"Content-Disposition": f'attachment; filename="so-{request.actor.agency.code}-{year}.xlsx"'}
    return HttpResponse(data, content_type=WORKBOOK_TYPE, headers=named)


@login_required
def kind(request: ActorRequest, year: int, slug: str) -> HttpResponse:
    """All facts of one kind in a year; the reading of a sensitive list is recorded."""
    require(access.may_see_all_facts(request.actor), access.WHO_SEES_ALL)
    found = _kind(slug)
    note_list_read(actor=request.actor, kind=found, year=year)
    page, lines = list_of_kind(found, year=year, page=request.GET.get("trang"), actor=request.actor)
    context = {
        "year": year,
        "kind": found,
        "page": page,
        "lines": lines,
        "runs": access.may_import_records(request.actor),
        "has_form": form_for(slug) is not None,
        "verifiable": [line.address for line in lines if line.may_be_verified],
    }
    return render(request, "records/kind.html", context)


@login_required
@require_POST
def verify(request: ActorRequest, year: int, slug: str) -> HttpResponse:
    """Confirm facts as the second person, then back to their list."""
    facts = [fact for address in request.POST.getlist("fact")[:100] if (fact := fact_at(address))]
    try:
        count = verify_facts(actor=request.actor, facts=facts)
        messages.success(request, _("Đã xác nhận {count} dữ kiện.").format(count=count))
    except CannotDo as error:
        messages.error(request, str(error))
    return redirect("records:kind", year, _kind(slug).slug)


@login_required
def add(request: ActorRequest, year: int, slug: str) -> HttpResponse:
    """Write one fact of a kind; a head, of the own units' people only."""
    if (found := form_for(slug)) is None:
        raise Http404("Không có loại dữ kiện này.")
    require(access.may_open_form(request.actor, found.model), access.WHO_WRITES)
    form = FactForm(request.POST or None, kind=found, year=year)
    runs = access.may_import_records(request.actor)
    if not runs:
        form.limit_to(*people_headed(request.actor, year))
    if request.method == "POST" and form.submit(write_fact, actor=request.actor, model=found.model):
        messages.success(request, _("Đã ghi: {fact}.").format(fact=sentence_of(form.result)))
        unit_id = unit_answering_for(form.result)
        return redirect("records:kind", year, slug) if runs else redirect("records:unit", year, unit_id)
    title = _("Thêm: {kind}").format(kind=found.name)
    return _act(request, form, title=title, button=_("Ghi"), year=year, kind=found if runs else None)


@login_required
def complete(request: ActorRequest, year: int) -> HttpResponse:
    """State that a list is complete."""
    require(access.may_import_records(request.actor), access.WHO_RUNS)
    form = CompleteForm(request.POST or None, initial={"first_year": year, "last_year": year})
    if request.method == "POST" and form.submit(state_complete, actor=request.actor):
        messages.success(request, _("Đã ghi: {fact}.").format(fact=sentence_of(form.result)))
        return redirect("records:year", year)
    title = _("Xác nhận danh sách đầy đủ")
    return _act(request, form, title=title, button=_("Xác nhận"), year=year, lead="records/complete_lead.html")


@login_required
def correct(request: ActorRequest, address: str) -> HttpResponse:
    """Put a corrected fact in the place of a wrong one."""
    require(access.may_import_records(request.actor), access.WHO_RUNS)
    fact, found, its_year = _fact(address)
    form = CorrectForm(request.POST or None, kind=found, year=its_year, fact=fact)
    if request.method == "POST" and form.submit(supersede_fact, actor=request.actor, fact=fact):
        messages.success(request, _("Đã thay bằng: {fact}.").format(fact=sentence_of(form.result)))
        return redirect("records:kind", its_year, found.slug)
    return _act(request, form, title=_("Sửa dữ kiện"), button=_("Sửa"), year=its_year, kind=found, fact=fact)


@login_required
def person(request: ActorRequest, year: int, pk: int) -> HttpResponse:
    """What is on record about one person, without what is sensitive."""
    who: Person = get_object_or_404(Person.objects.all(), pk=pk)
    _require_person(request, who, year)
    lines = lines_of(open_facts(year, person=who), actor=request.actor, objections=objections_to(person=who))
    return render(request, "records/subject.html", {"year": year, "who": who, **_subject(request, lines, person=who)})


@login_required
def sensitive(request: ActorRequest, year: int, pk: int) -> HttpResponse:
    """Discipline and petitions of one person; the reading is recorded unless it is one's own."""
    who: Person = get_object_or_404(Person.objects.all(), pk=pk)
    facts = read_sensitive(actor=request.actor, year=year, person=who)
    lines = lines_of(facts, actor=request.actor, objections=objections_to(person=who))
    context = {"year": year, "who": who, "sensitive": True, **_subject(request, lines, person=who)}
    return render(request, "records/subject.html", context)


@login_required
def unit(request: ActorRequest, year: int, pk: int) -> HttpResponse:
    """What is on record about one unit: its tasks with their results first."""
    which: Unit = get_object_or_404(Unit.objects.all(), pk=pk)
    require(access.may_see_facts_of_unit(request.actor, unit_id=which.pk), access.WHO_SEES_UNIT)
    lines = lines_of(open_facts(year, unit=which), actor=request.actor, objections=objections_to(unit=which))
    context = {
        "year": year,
        "which": which,
        "tasks": [line for line in lines if isinstance(line.fact, Task)],
        "finishes": access.may_import_records(request.actor) or which.pk in request.actor.headed_units,
        **_subject(request, [line for line in lines if not isinstance(line.fact, Task)], unit=which),
    }
    return render(request, "records/unit.html", context)


@login_required
def study(request: ActorRequest, year: int, pk: int) -> HttpResponse:
    """What a unit's people studied in a year, and a form to add to it."""
    which: Unit = get_object_or_404(Unit.objects.all(), pk=pk)
    require(access.may_see_facts_of_unit(request.actor, unit_id=which.pk), access.WHO_SEES_UNIT)
    people = people_of_unit(which, year)
    form = None
    if access.may_write_fact(request.actor, Study, unit_id=which.pk):
        form = FactForm(request.POST or None, kind=KINDS["hoc-tap"], year=year)
        form.limit_to(people, [])
        if request.method == "POST" and form.submit(write_fact, actor=request.actor, model=Study):
            messages.success(request, _("Đã ghi: {fact}.").format(fact=sentence_of(form.result)))
            return redirect("records:study", year, pk)
    context = {"year": year, "which": which, "studies": studies_of(people, year), "form": form}
    return render(request, "records/study.html", context)


@login_required
def finish(request: ActorRequest, pk: int) -> HttpResponse:
    """Write a task's result with its proof."""
    task: Task = get_object_or_404(Task.objects.current().select_related("unit"), pk=pk)
    require(access.may_finish(request.actor, task), access.WHO_FINISHES)
    form = FinishForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.submit(finish_task, actor=request.actor, task=task):
        messages.success(request, _("Đã ghi: {fact}.").format(fact=sentence_of(form.result)))
        return redirect("records:unit", task.year, task.unit_id)
    return _act(request, form, title=_("Ghi kết quả nhiệm vụ"), button=_("Ghi"), year=task.year, fact=task)


@login_required
def object_to(request: ActorRequest, address: str) -> HttpResponse:
    """Say that a fact is wrong."""
    fact, _kind_of_it, its_year = _fact(address)
    person_id, unit_id = about(fact)
    require(access.may_object(request.actor, person_id=person_id, unit_id=unit_id), access.WHO_OBJECTS)
    form = ObjectForm(request.POST or None, request.FILES or None)
    today = timezone.localdate()
    if request.method == "POST" and form.submit(object_to_fact, actor=request.actor, fact=fact, on=today):
        messages.success(request, _("Đã gửi Thường trực Hội đồng; trả lời sẽ hiện ở trang này."))
        if person_id is not None:
            return redirect("records:person", its_year, person_id)
        return redirect("records:unit", its_year, unit_id)
    return _act(request, form, title=_("Báo dữ kiện sai"), button=_("Gửi"), year=its_year, fact=fact)


@login_required
def objections(request: ActorRequest, year: int) -> HttpResponse:
    """Objections to answer, and those answered."""
    require(access.may_see_all_facts(request.actor), access.WHO_SEES_ALL)
    page = objections_of_year(year, page=request.GET.get("trang"))
    return render(request, "records/objections.html", {"year": year, "page": page})


@login_required
def objection(request: ActorRequest, pk: int) -> HttpResponse:
    """One objection: the fact, what is said against it, the two answers."""
    require(access.may_see_all_facts(request.actor), access.WHO_SEES_ALL)
    item: FactObjection = get_object_or_404(FactObjection.objects.select_related("document"), pk=pk)
    fact, found, its_year = _fact(item.fact)
    answers = access.may_answer(request.actor, item) and not item.answer
    upholds = "sua" in request.GET
    posted = request.POST or None
    uphold = UpholdForm(posted if upholds else None, kind=found, year=its_year, fact=fact, prefix="dung")
    turn_down = AnswerForm(None if upholds else posted, prefix="sai")
    if request.method == "POST":
        form, act = (uphold, uphold_objection) if upholds else (turn_down, turn_down_objection)
        if form.submit(act, actor=request.actor, objection=item, on=timezone.localdate()):
            messages.success(request, _("Đã trả lời."))
            return redirect("records:objections", its_year)
    context = {"item": item, "year": its_year, "uphold": uphold, "turn_down": turn_down, "answers": answers}
    context |= {"raised_by": names_of([item.raised_by]).get(item.raised_by, item.raised_by)}
    return render(request, "records/objection.html", context)


def _kind(slug: str) -> KindOfFact:
    if (found := KINDS.get(slug)) is None:
        raise Http404("Không có loại dữ kiện này.")
    return found


def _fact(address: str) -> tuple[Fact, KindOfFact, int]:
    """A fact, its kind and its year by its address."""
    fact = fact_at(address)
    if fact is None or (its_year := year_of(fact)) is None:
        raise Http404("Không có dữ kiện này.")
    return fact, kind_of(fact), its_year


def _require_person(request: ActorRequest, who: Person, year: int) -> None:
    may = access.may_see_facts_of_person(request.actor, person_id=who.pk, unit_id=counted_in(who.pk, year))
    require(may, access.WHO_SEES)


def _subject(
    request: ActorRequest, lines: Sequence[FactLine], *, person: Person | None = None, unit: Unit | None = None
) -> dict[str, object]:
    """What every page about one subject shows: its facts by kind, and whether the reader may object to them."""
    person_id, unit_id = person.pk if person else None, unit.pk if unit else None
    objects = access.may_object(request.actor, person_id=person_id, unit_id=unit_id)
    return {"groups": by_kind(lines), "objects": objects}


def _act(
    request: ActorRequest,
    form: ActForm,
    *,
    title: str,
    button: str,
    year: int,
    fact: Fact | None = None,
    **more: object,
) -> HttpResponse:
    """A page that is one form, above it the fact that it is about."""
    context = {"form": form, "title": title, "button": button, "year": year, **more}
    if fact is not None:
        context["sentence"] = sentence_of(fact)
    return render(request, "records/act.html", context)
