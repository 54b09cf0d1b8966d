"""The law browser: what is in force on a day, read by anybody without signing in."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from thidua.apps.accounts.forms import DayField
from thidua.apps.accounts.queries import Actor
from thidua.apps.policy import queries
from thidua.apps.policy.templatetags.law_words import ALWAYS_RULED
from thidua.core.law import history
from thidua.core.law.sheet import PARTS, Part, clauses
from thidua.core.law.terms import LAYERS, Kind

YEAR = 365
LISTED: tuple[Part, ...] = ("exclude", "pending", "dormant")
DEADLINES = ("deadline.", "working_days", ".days_before")  # what the names of deadlines have in them


def law(request: HttpRequest) -> HttpResponse:
    """The law in force on a chosen day, layer by layer and title by title, and the days on which it changed."""
    context = _shown(request)
    shown: queries.Law = context["law"]
    context["kinds"] = [
        ("person", _("Danh hiệu, hình thức cho cá nhân")),
        ("unit", _("Danh hiệu, hình thức cho tập thể")),
    ]
    context["titles"] = queries.title_rows(shown)
    context["layers"] = [(layer, [pack for pack in shown.packs if pack.layer == layer]) for layer in LAYERS]
    context["days"] = queries.changed_days(shown)
    return render(request, "policy/law.html", context)


def title(request: HttpRequest, kind: Kind, title: str) -> HttpResponse:
    """One title or form as a jurist reads it on a day, and how it came to be."""
    context = _shown(request)
    shown: queries.Law = context["law"]
    rows = {row.key: row for row in queries.title_rows(shown)}
    row = rows.get((kind, title))
    if row is None:
        raise Http404(_("Không có danh hiệu, hình thức này trong các bộ luật đang dùng."))
    said = queries.said_on(shown)
    statements = said.titles.get(row.key, ())
    context |= {
        "row": row,
        "names": {code: other.name for (of, code), other in rows.items() if of == kind},
        "tree": clauses(shown.ruleset, row.rule) if shown.ruleset and row.rule else None,
        "statements": statements,
        "parts": [part for part in PARTS if part not in ("name", "require", "parameter")],
        "expected": ALWAYS_RULED,  # a title without them has a gap, and is told so
        "drafts": [
            (draft, clauses(tried, tried.rules[row.key]), tried.sources)
            for draft, tried in queries.drafts_of(shown, row.key)
        ],
        "listed": LISTED,
        "reach": queries.reach_on(shown, row.key),
        "deadlines": [item for item in said.parameters.values() if _is_deadline(item.key)],
        "versions": list(reversed(history.title_versions(shown.told(), row.key))),
        "unchecked": any(not cite.checked for statement in statements for cite in statement.cites),
    }
    return render(request, "policy/title.html", context)


def parameters(request: HttpRequest) -> HttpResponse:
    """Every dated number and word of the law on a day."""
    context = _shown(request)
    context["parameters"] = list(queries.said_on(context["law"]).parameters.values())
    return render(request, "policy/parameters.html", context)


def parameter(request: HttpRequest, name: str) -> HttpResponse:
    """One parameter over time, and who may set it."""
    context = _shown(request)
    shown: queries.Law = context["law"]
    found = next((item for pack in shown.packs for item in pack.parameters if item.name == name), None)
    if found is None:
        raise Http404(_("Không có tham số này trong các bộ luật đang dùng."))
    context |= {
        "parameter": found,
        "said": queries.said_on(shown).parameters.get(name),
        "versions": list(reversed(history.parameter_versions(shown.told(), name))),
    }
    return render(request, "policy/parameter.html", context)


def compare(request: HttpRequest) -> HttpResponse:
    """Two days side by side: what differs for every title and every parameter."""
    den, wrong = _day(request, "den", timezone.localdate())
    year_before = den - datetime.timedelta(days=YEAR) if den.year > datetime.MINYEAR else den
    tu, also_wrong = _day(request, "tu", year_before)
    agency = _agency(request)
    was, now = (queries.law_on(day, agency=agency) for day in (tu, den))
    differs = history.compare(queries.said_on(was), queries.said_on(now))
    rows = {row.key: row for law in (was, now) for row in queries.title_rows(law)}
    context = {
        "was": was,
        "now": now,
        "sides": (was, now),
        "wrong": wrong or also_wrong,
        "sources": {**was.sources, **now.sources},
        "titles": [(rows[key], differs.titles[key]) for key in rows if key in differs.titles],
        "parameters": [differs.parameters[name] for name in differs.revalued],
        "recited": len(differs.parameters) - len(differs.revalued),
    }
    return render(request, "policy/compare.html", context)


def sources(request: HttpRequest) -> HttpResponse:
    """Each instrument: in force when, which copy was read, and what rests on it."""
    context = _shown(request)
    context["resting"] = queries.resting(context["law"])
    return render(request, "policy/sources.html", context)


def _is_deadline(name: str) -> bool:
    return any(word in name for word in DEADLINES)


def _shown(request: HttpRequest) -> dict[str, Any]:
    day, wrong = _day(request, "ngay", timezone.localdate())
    law = queries.law_on(day, agency=_agency(request))
    return {"law": law, "wrong": wrong, "sources": law.sources, "today": timezone.localdate()}


def _agency(request: HttpRequest) -> Any:
    actor: Actor | None = getattr(request, "actor", None)
    return actor.agency if actor else queries.public_agency()


def _day(request: HttpRequest, name: str, default: datetime.date) -> tuple[datetime.date, str]:
    """A day of the address, and what is wrong with it; the default where there is none to read."""
    given: Mapping[str, str] = request.GET
    text = given.get(name, "").strip()
    if not text:
        return default, ""
    try:
        return DayField().clean(text), ""
    except ValidationError:
        words = {"text": text[:40], "day": f"{default:%d/%m/%Y}"}
        return default, _("“%(text)s” không phải một ngày. Viết dd/mm/yyyy; trang này dùng ngày %(day)s.") % words
