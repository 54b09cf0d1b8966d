"""Workbooks brought in: their rows as pages show them, their jobs, what rests on them, what was matched before."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.conf import settings
from django.core.paginator import Page
from django.db.models import Count, Model, Prefetch
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from thidua.apps.accounts.queries import page_of
from thidua.apps.accounts.states import JOB_OPEN
from thidua.apps.records.models import ColumnMemory, FactObjection, Import, ImportJob, ImportRow
from thidua.apps.records.queries.tables import TABLES, OwnTable, label, told
from thidua.apps.records.states import ImportPart, ImportState, RowState
from thidua.apps.units.models import Person
from thidua.core.workbooks.errors import Problem
from thidua.core.workbooks.header import Memory
from thidua.core.workbooks.layout import SheetLayout

A_PAGE = 50
LARGE = 2_000
MOST_QUESTIONS = 20


@dataclass(frozen=True)
class RowLine:
    """A row of a workbook as the preview shows it: where it stands, whom it is about, what it says or changes."""

    row: ImportRow
    place: str
    table: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """Who is meant, asked once for all rows that say the same; ``options`` are (code, words)."""

    key: str
    said: str
    rows: int
    options: tuple[tuple[str, str], ...]


def layout_of(imported: Import) -> list[SheetLayout]:
    """How a workbook is laid out, as it was guessed or as a person said."""
    return [
        SheetLayout(
            **{**kept, "headers": tuple(kept["headers"]), "samples": tuple(map(tuple, kept["samples"]))},
        )
        for kept in imported.layout
    ]


def memory() -> dict[str, Memory]:
    """What headers meant in this agency's workbooks before, by table."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for table, header, column in ColumnMemory.objects.values_list("table", "header", "column"):
        found[table][header] = column
    return dict(found)


def imports_page(page: str | None) -> Page[Import]:
    """One page of workbooks brought in, newest first, each with its jobs, the last one first."""
    newest = Prefetch("jobs", queryset=ImportJob.objects.order_by("-pk"))
    rows = Import.objects.select_related("document").prefetch_related(newest).order_by("-pk")
    return page_of(rows, page, size=A_PAGE)


def open_job(imported: Import) -> ImportJob | None:
    """The work on a workbook that is going on."""
    return imported.jobs.filter(state__in=JOB_OPEN).last()


def last_job(imported: Import) -> ImportJob | None:
    """The latest work on a workbook."""
    return imported.jobs.last()


def is_large(imported: Import) -> bool:
    """Whether a workbook is worked on beside the page and not while somebody waits for it."""
    return sum(layout.rows for layout in layout_of(imported) if layout.table) >= LARGE


def counts_of(imported: Import) -> dict[str, int]:
    """Rows by state, every state named."""
    found = dict(imported.rows.order_by().values_list("state").annotate(Count("pk")))
    return {state: found.get(state, 0) for state in RowState.values}


def counts_by_table(imported: Import) -> list[tuple[str, dict[str, int]]]:
    """Rows by table and state, in the order in which tables are written."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(RowState.values, 0))
    for table, state, count in imported.rows.order_by().values_list("table", "state").annotate(Count("pk")):
        found[table][state] = count
    return [(str(TABLES[key].name), found[key]) for key in TABLES if key in found]


def rows_page(imported: Import, *, state: str, page: str | None, sees_all: bool) -> tuple[Page[Any], list[RowLine]]:
    """One page of rows of a state; rows about discipline and the like only for whoever brought the workbook."""
    rows = imported.rows.all()
    if state in RowState.values:
        rows = rows.filter(state=state)
    if not sees_all:
        rows = rows.exclude(table__in=[key for key, own in TABLES.items() if own.sensitive])
    shown = page_of(rows, page, size=A_PAGE)
    return shown, [_line(row) for row in shown.object_list]


def _line(row: ImportRow) -> RowLine:
    own = TABLES[row.table]
    if row.problems:
        words = tuple(f"{cell}: {message} {remedy}".strip() for cell, message, remedy in row.problems)
    elif row.changes:
        words = tuple(
            f"{label(name)}: {told(own, name, old)} → {told(own, name, new)}"
            for name, (old, new) in row.changes.items()
        )
    else:
        words = tuple(
            f"{label(name)}: {told(own, name, value)}" for name, value in row.values.items() if name not in _ABOUT
        )
    return RowLine(row=row, place=f"{row.sheet}!{row.row}", table=str(own.name), words=words)


_ABOUT = ("person", "organisation")


def questions_of(imported: Import) -> tuple[list[Question], int]:
    """The first questions on who is meant, and how many there are."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for asked in imported.rows.filter(state=RowState.ASKED).values_list("asked", flat=True):
        found[asked["key"]].append(asked)
    first = list(found.items())[:MOST_QUESTIONS]
    codes = {code for _key, asked in first for code in asked[0]["candidates"]}
    people = {person.code: person for person in Person.objects.filter(code__in=codes)}
    units = dict(
        Person.objects.filter(code__in=codes, posts__superseded_at__isnull=True, posts__until__isnull=True)
        .order_by()
        .values_list("code", "posts__unit__name")
    )
    return [
        Question(
            key=key,
            said=asked[0]["said"],
            rows=len(asked),
            options=tuple(
                (code, _who(people[code], units.get(code))) for code in asked[0]["candidates"] if code in people
            ),
        )
        for key, asked in first
    ], len(found)


def _who(person: Person, unit: str | None) -> str:
    born = f"{person.birth_date:%d/%m/%Y}" if person.birth_date else ""
    return " – ".join(part for part in (f"{person.full_name} ({person.code})", born, unit or "") if part)


def problems_of(imported: Import) -> list[Problem]:
    """Every wrong cell of a workbook, and every row on which it is not known who is meant."""
    found = []
    for row in imported.rows.filter(state__in=(RowState.WRONG, RowState.ASKED)):
        found += [Problem(row.sheet, cell, message, remedy) for cell, message, remedy in row.problems]
        if row.asked:
            among = "; ".join(row.asked["candidates"])
            found.append(Problem(row.sheet, row.cell, f"Chưa rõ là ai: {row.asked['said']}.", f"Ghi mã: {among}."))
    return found


def written_by_undone() -> Mapping[type[Model], set[int]]:
    """What undone imports of the agency in scope had brought: keys by model. It never held and is in no export."""
    undone = ImportRow.objects.filter(imported__state=ImportState.UNDONE, wrote__isnull=False).order_by()
    found: dict[type[Model], set[int]] = defaultdict(set)
    for table, wrote in undone.exclude(table="people", state=RowState.CHANGED).values_list("table", "wrote"):
        found[TABLES[table].model].add(int(wrote or 0))
    return found


def what_rests_on(imported: Import) -> list[str]:
    """What was done later with what an import brought, as sentences; an import with any of it is not undone."""
    found = []
    for key, own in TABLES.items():
        wrote = {pk for pk in imported.rows.filter(table=key).values_list("wrote", flat=True) if pk is not None}
        if wrote and own.model is Person:
            found += _rests_on_people(imported, own, wrote)
        elif wrote:
            found += _rests_on_rows(own, wrote)
    further = cast(Callable[[Import], list[str]], import_string(settings.RESTS_ON_IMPORT))
    return [*found, *further(imported)]


def _rests_on_rows(own: OwnTable, wrote: set[int]) -> list[str]:
    found = []
    if later := own.model._default_manager.filter(pk__in=wrote, superseded_at__isnull=False).count():
        found.append(_("{count} dòng ở “{table}” đã được sửa hoặc thay sau đó.").format(count=later, table=own.name))
    if own.is_fact:
        begin = f"{own.model._meta.label_lower}:"
        objected = FactObjection.objects.filter(fact__startswith=begin).values_list("fact", flat=True)
        if count := len({fact for fact in objected if int(fact.removeprefix(begin)) in wrote}):
            found.append(_("{count} dòng ở “{table}” đã có người báo sai.").format(count=count, table=own.name))
    return found


def _rests_on_people(imported: Import, own: OwnTable, wrote: set[int]) -> list[str]:
    """Rows of any kind about people whom the import brought, but for its own."""
    new = set(imported.rows.filter(table=own.key, state=RowState.NEW).values_list("wrote", flat=True)) & wrote
    own_posts = imported.rows.filter(table="posts", wrote__isnull=False).values("wrote")
    found = []
    for relation in Person._meta.related_objects:
        model, name = relation.related_model, relation.field.name
        if not isinstance(model, type) or not new:
            continue
        rows = model._default_manager.filter(**{f"{name}__in": new})
        if any(field.name == "imported" for field in model._meta.concrete_fields):
            rows = rows.exclude(imported=imported)
        if model._meta.label_lower == "units.post":
            rows = rows.exclude(pk__in=own_posts)
        if rows.exists():
            names = Person.objects.filter(pk__in=rows.values(name))[:3]
            who = ", ".join(str(person) for person in names)
            found.append(_("Đã có việc khác ghi cho người mới nhập ({who}).").format(who=who))
    return list(dict.fromkeys(found))


def is_own(imported: Import) -> bool:
    """Whether it is a workbook of tables, not a department's whole one."""
    return imported.part == ImportPart.TABLES
