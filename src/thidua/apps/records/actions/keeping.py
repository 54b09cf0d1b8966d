"""The department's workbook as the agency's records are kept now: the sheets and words by which it is brought in."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from thidua.apps.accounts.access import require
from thidua.apps.accounts.actions import official_act
from thidua.apps.accounts.queries import Actor
from thidua.apps.audit.actions import record
from thidua.apps.records.access import WHO_RUNS, may_import_records
from thidua.apps.records.actions.reading import note_list_read
from thidua.apps.records.actions.workbook import NONE_HERE, department_specs
from thidua.apps.records.queries.kinds import KINDS
from thidua.apps.records.queries.tables import PERSON, TABLES, UNIT, known_rows
from thidua.apps.registrations.queries import registered_in
from thidua.apps.units.models import MassOrganisation, Person, Unit
from thidua.core.workbooks.spec import Column, Kind, TableSpec
from thidua.core.workbooks.write import Value, Written, write_workbook

Fields = Mapping[str, Any]


@official_act
def take_workbook(*, actor: Actor, year: int) -> bytes:
    """The workbook of a year: tables whose rows bear a year have that year's, the others everything.

    Brought in again as it is, it changes nothing. It holds discipline and petitions, so their reading is recorded.
    Raises Refused.
    """
    require(may_import_records(actor), WHO_RUNS)
    specs = department_specs(actor.agency.code)
    sheets = [_sheet(spec, _rows(spec.key, year, actor.agency.code)) for spec in specs]
    for kind in KINDS.values():
        note_list_read(actor=actor, kind=kind, year=year)
    counts = {spec.key: len(sheet.rows) for spec, sheet in zip(specs, sheets, strict=True)}
    record(
        agency_key=actor.agency.pk,
        actor=actor.key,
        verb="take_workbook",
        target=f"units.agency:{actor.agency.pk}",
        payload={"year": year, "counts": counts},
    )
    return write_workbook(sheets)


def _sheet(spec: TableSpec, rows: Iterable[Fields]) -> Written:
    lines = tuple(tuple(_cell(column, row.get(column.key)) for column in spec.columns) for row in rows)
    return Written(spec.sheet_name, tuple(column.header for column in spec.columns), lines)


def _cell(column: Column, value: Any) -> Value:
    """A value as the column's kind writes it: a choice by the first of its labels."""
    if column.kind is Kind.CHOICE and value:
        return next((choice.labels[0] for choice in column.choices if choice.value == value), str(value))
    return str(value) if column.kind is Kind.CODE and value is not None else value


def _rows(key: str, year: int, agency_code: str) -> Iterable[Fields]:
    if key == "units":
        names = {"code": "code", "name": "name", "kind": "kind", "since": "since", "parent": "parent__code"}
        units = Unit.objects.order_by("pk").values_list(*names.values())
        return [dict(zip(names, values, strict=True)) for values in units]
    known = [fields for _pk, fields in known_rows(TABLES[key], years=(year,)).values()]
    if key == "mass_organisations":
        return _of_organisations(known, year, agency_code)
    if key == "judgements":
        return _judged(known, year)
    return [{**fields, "subject": fields.get(PERSON) or fields.get(UNIT)} for fields in known]


def _of_organisations(known: list[dict[str, Any]], year: int, agency_code: str) -> Iterator[Fields]:
    """Ratings of the year; and that there is none, where that was said."""
    grades = {fields["organisation"]: fields["grade"] for fields in known}
    for item in MassOrganisation.objects.select_related("unit").order_by("pk"):
        if item.pk in grades or not item.exists:
            unit = item.unit.code if item.unit else agency_code.upper()
            yield {"unit": unit, "kind": item.kind, "year": year, "grade": grades.get(item.pk, NONE_HERE)}


def _judged(known: list[dict[str, Any]], year: int) -> Iterator[Fields]:
    """A row for everybody who was judged or is registered: registration first, then each criterion."""
    codes = {
        "person": dict(Person.objects.values_list("pk", "code")),
        "unit": dict(Unit.objects.values_list("pk", "code")),
    }
    rows: dict[str, dict[str, Any]] = defaultdict(dict)
    for (kind, pk), registration in registered_in(year).items():
        rows[codes[kind][pk]]["registered"] = registration.registered
    for fields in known:
        rows[fields[PERSON] or fields[UNIT]][fields["criterion"]] = fields["met"]
    for subject, said in rows.items():
        yield {"subject": subject, "year": year, **said}
