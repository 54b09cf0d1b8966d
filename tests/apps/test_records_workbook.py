"""The workbook of a year as the records are kept: what was brought in comes out value by value, and changes nothing."""

import io
from collections import Counter
from typing import Any

import openpyxl
import pytest
from apps.own_workbook import previewed
from conftest import ROOT
from django.test import Client
from django.urls import reverse

from thidua.apps.accounts.access import Refused
from thidua.apps.accounts.models import User
from thidua.apps.audit.models import Entry
from thidua.apps.records.actions import take_workbook, write_fact
from thidua.apps.records.actions.workbook import department_specs
from thidua.apps.records.models import Award
from thidua.apps.records.queries.imports import counts_of
from thidua.apps.units.actions import add_person
from thidua.apps.units.models import Person
from thidua.core.workbooks.match import read_tables

YEAR = 2020
BOOK = ROOT / "sample" / "so-tai-chinh-2020.xlsx"


def told(data: bytes, agency: Any) -> dict[str, Counter[tuple[tuple[str, object], ...]]]:
    """The rows of each table by their values: of tables whose rows bear a year, that year's."""
    tables = read_tables(data, filename="so.xlsx", specs=department_specs(agency.code))
    return {
        key: Counter(
            tuple((name, value) for name, value in row.values.items() if name != "source")
            for row in rows
            if row.values.get("year", YEAR) == YEAR
        )
        for key, rows in tables.tables.items()
    }


def test_what_was_brought_in_comes_out_value_by_value(world: Any, actors: dict[str, Any]) -> None:
    brought, taken = (
        told(BOOK.read_bytes(), world.agency),
        told(take_workbook(actor=actors["secretary"], year=YEAR), world.agency),
    )
    # A row without a grade says nothing, and the sample's initiatives of the year were written one by one.
    brought["ratings"] = Counter({row: n for row, n in brought["ratings"].items() if dict(row)["grade"] is not None})
    more = taken["initiatives"] - brought["initiatives"]
    taken["initiatives"] -= more
    assert {dict(row)["decision"] for row in more} == {"412/QĐ-STC"}
    assert {key: sum(rows.values()) for key, rows in taken.items()} == {
        key: sum(rows.values()) for key, rows in brought.items()
    }
    assert taken == brought


def test_brought_in_again_it_changes_nothing(world: Any, actors: dict[str, Any]) -> None:
    write_fact(
        actor=actors["secretary"],
        model=Award,
        source="Quyết định",
        person=Person.objects.get(code="TC017"),
        year=YEAR,
        title="GK",
        decision='=HYPERLINK("http://a";"5/QĐ")',
    )
    add_person(agency=world.agency, code="007", full_name="@Đặng Thị Ứng", category="vien_chuc")
    imported = previewed(actors["secretary"], take_workbook(actor=actors["secretary"], year=YEAR))
    counts = counts_of(imported)
    assert counts.pop("same") > 300
    assert counts == {"new": 0, "changed": 0, "wrong": 0, "asked": 0}


def test_nothing_in_it_runs_and_the_bytes_are_the_same(world: Any, actors: dict[str, Any]) -> None:
    add_person(agency=world.agency, code="+84", full_name="=1+1", category="vien_chuc")
    data = take_workbook(actor=actors["secretary"], year=YEAR)
    book = openpyxl.load_workbook(io.BytesIO(data))
    kinds = Counter(cell.data_type for page in book for row in page.iter_rows() for cell in row if cell.value)
    assert set(kinds) == {"s", "n", "d"}
    assert take_workbook(actor=actors["secretary"], year=YEAR) == data


def test_it_is_taken_by_who_brings_it_in_and_recorded(world: Any, actors: dict[str, Any], client: Client) -> None:
    before = Entry.objects.count()
    for role in ("member", "head"):
        with pytest.raises(Refused):
            take_workbook(actor=actors[role], year=YEAR)
    assert Entry.objects.count() == before
    client.force_login(User.objects.get(username="thuong-truc"))
    place = reverse("records:workbook", args=[YEAR])
    assert place in client.get(reverse("records:year", args=[YEAR])).content.decode()
    answer = client.post(place)
    assert answer["Content-Disposition"] == 'attachment; filename="so-stc-2020.xlsx"'
    entries = list(Entry.objects.order_by("seq"))[before:]
    assert [entry.verb for entry in entries] == ["read_sensitive", "read_sensitive", "take_workbook"]
    counts = entries[-1].payload.body["counts"]
    assert counts["people"] == Person.objects.count()


def test_another_agency_takes_its_own(world: Any, actors: dict[str, Any]) -> None:
    data = take_workbook(actor=actors["other_agency"], year=YEAR)
    tables = read_tables(data, filename="so.xlsx", specs=department_specs("skhac"))
    assert {key: len(rows) for key, rows in tables.tables.items() if rows} == {}
