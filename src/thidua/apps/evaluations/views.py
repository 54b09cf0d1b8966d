"""Pages of an evaluation: everybody judged, one person, one collective."""

import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from thidua.apps.accounts.access import may_see_everybody, require
from thidua.apps.accounts.middleware import ActorRequest
from thidua.apps.accounts.queries import page_of
from thidua.apps.evaluations.access import may_evaluate, may_see_judged, may_see_members
from thidua.apps.evaluations.actions import evaluate_year
from thidua.apps.evaluations.forms import EvaluateForm, JudgedSearch, OtherLawForm
from thidua.apps.evaluations.models import Judged, Run
from thidua.apps.evaluations.queries import (
    WouldBe,
    changed_on,
    explain_judged,
    find_person,
    find_unit,
    judged_people,
    judged_units,
    latest_run,
    law_with,
    ruleset_of_run,
    title_names,
    titles_of,
    would_be,
)
from thidua.apps.policy.queries import ruleset_on, ruleset_with_draft, shipped_drafts
from thidua.apps.records.access import may_see_facts_of_person, may_see_facts_of_unit
from thidua.core.law.errors import LawError

A_PAGE = 100


@login_required
def people(request: ActorRequest, year: int) -> HttpResponse:
    """Everybody judged in a year, filtered by the words in the address."""
    require(may_see_everybody(request.actor), "thường trực, giám đốc, thanh tra")
    run = _run(year)
    units = judged_units(run)
    by_unit = titles_of(units, run, kind="unit")
    search = JudgedSearch(
        request.GET, units=[(row.unit_id, row.unit.name) for row in units], titles=title_names(run, kind="person")
    )
    asked = search.narrowed
    found = judged_people(
        run,
        words=asked.get("q", ""),
        unit_id=int(asked["don_vi"]) if "don_vi" in asked else None,
        title=asked.get("danh_hieu", ""),
        outcome=asked.get("ket_qua", ""),
    )
    page = page_of(found, request.GET.get("trang"), size=A_PAGE)
    context = {
        "run": run,
        "search": search,
        "page": page,
        "people": titles_of(page, run, kind="person"),
        "units": by_unit if page.number == 1 and not asked else None,
        "may_evaluate": may_evaluate(request.actor),
    }
    return render(request, "evaluations/people.html", context)


@login_required
def judge_year(request: ActorRequest, year: int) -> HttpResponse:
    """Have a year judged by the records as they stand now."""
    require(may_evaluate(request.actor), "thường trực Hội đồng hoặc giám đốc")
    if not datetime.MINYEAR <= year <= datetime.MAXYEAR:
        raise Http404(f"Không có năm {year}.")
    year_end = datetime.date(year, 12, 31)
    form = EvaluateForm(request.POST or None, changed_on=changed_on(year_end), initial={"as_of": year_end})
    if request.method == "POST" and form.submit(evaluate_year, actor=request.actor, year=year):
        messages.success(request, _("Đã xét mọi người và mọi tập thể theo hồ sơ hiện có."))
        return redirect("evaluations:people", year)
    return render(request, "evaluations/judge.html", {"form": form, "year": year, "run": latest_run(year)})


@login_required
def person(request: ActorRequest, year: int, pk: int) -> HttpResponse:
    """One person: facts with their sources, each title with its reason tree."""
    return _subject(request, year, find_person(_run(year), pk))


@login_required
def unit(request: ActorRequest, year: int, pk: int) -> HttpResponse:
    """One collective, likewise."""
    return _subject(request, year, find_unit(_run(year), pk))


def _records(request: ActorRequest, judged: Judged) -> str:
    """The page of the records that the findings stand on; empty for who may not read them."""
    year = judged.run.year
    if judged.person_id is not None:
        if may_see_facts_of_person(request.actor, person_id=judged.person_id, unit_id=judged.unit_id):
            return reverse("records:person", args=[year, judged.person_id])
    elif may_see_facts_of_unit(request.actor, unit_id=judged.unit_id):
        return reverse("records:unit", args=[year, judged.unit_id])
    return ""


def _run(year: int) -> Run:
    run = latest_run(year)
    if run is None:
        raise Http404(f"Chưa xét danh hiệu năm {year}.")
    return run


def _subject(request: ActorRequest, year: int, judged: Judged | None) -> HttpResponse:
    if judged is None:
        raise Http404("Không có trong lần xét này.")
    require(
        may_see_judged(request.actor, judged),
        "chính người đó, trưởng đơn vị, thường trực, giám đốc, thanh tra",
    )
    run = judged.run
    context = {"run": run, "case": explain_judged(run, judged), "ruleset": ruleset_of_run(run), "year": year}
    context["records"] = _records(request, judged)
    if judged.person_id is None and may_see_members(request.actor, unit_id=judged.unit_id):
        page = page_of(judged_people(run, unit_id=judged.unit_id), request.GET.get("trang"), size=A_PAGE)
        context |= {"page": page, "members": titles_of(page, run, kind="person")}
    return render(request, "evaluations/subject.html", context)


@login_required
def other_law(request: ActorRequest, year: int) -> HttpResponse:
    """What another law would have made of the year's facts: who turns, by which test, and how the places move."""
    require(may_see_everybody(request.actor), "thường trực, giám đốc, thanh tra")
    run = _run(year)
    ruleset, drafts = ruleset_of_run(run), shipped_drafts(tuple(run.digests))
    asked = request.GET if {"tham_so", "ngay", "du_thao"} & set(request.GET) else None
    form = OtherLawForm(asked, ruleset=ruleset, drafts=drafts)
    found = _found(form, run) if form.is_valid() else None
    turned = page_of(found.turned, request.GET.get("trang"), size=A_PAGE) if found else None
    draft = form.cleaned_data["draft"] if found else None
    context = {"run": run, "year": year, "form": form, "found": found, "page": turned, "draft": draft}
    return render(request, "evaluations/other_law.html", context)


def _found(form: OtherLawForm, run: Run) -> WouldBe | None:
    given = form.cleaned_data
    try:
        if given["ngay"]:
            return would_be(run, ruleset_on(given["ngay"]))
        if given["draft"]:
            return would_be(run, ruleset_with_draft(given["draft"], after=run.as_of))
        return would_be(run, law_with(run, name=given["tham_so"], value=given["value"]))
    except LawError as error:
        form.add_error(None, str(error))
        return None
