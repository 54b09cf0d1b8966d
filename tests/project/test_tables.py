"""A table as a file: whole, under the page's filters, for this reader only, recorded, in the reader's language."""

import datetime
import io
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from thidua.apps.accounts.models import User
from thidua.apps.audit.models import Entry
from thidua.apps.records.models import Discipline
from thidua.apps.units.actions import add_person
from thidua.apps.units.models import Person


def rows_of(answer: Any) -> list[tuple[Any, ...]]:
    assert answer.status_code == 200, answer.status_code
    return list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))


def signed_in(client: Client, name: str) -> Client:
    client.force_login(User.objects.get(username=name))
    return client


@pytest.fixture
def crowd(world: Any) -> int:
    """More people than a page holds, one of whom bears a formula for a name; how many there are."""
    names = [*(f"Trần Thị {'ABCDEFGH'[n % 8]}{n}" for n in range(120)), '=HYPERLINK("http://a";"Ấm")']
    for number, name in enumerate(names):
        add_person(agency=world.agency, code=f"M{number:03d}", full_name=name, category="vien_chuc")
    return Person.objects.count()


def test_people_are_taken_whole_with_the_columns_of_the_page(crowd: int, client: Client) -> None:
    rows = rows_of(signed_in(client, "giam-doc").get(reverse("accounts:people"), {"tai": "nguoi", "trang": "2"}))
    assert rows[0] == ("Họ và tên", "Mã", "Đơn vị", "Chức vụ, vị trí")
    assert [row[1] for row in rows[1:]] == list(Person.objects.values_list("code", flat=True))
    assert len(rows) == crowd + 1 > 150


def test_a_filter_of_the_page_is_a_filter_of_the_file(crowd: int, client: Client) -> None:
    page = signed_in(client, "giam-doc").get(reverse("accounts:people"), {"q": "M11"})
    assert '<a href="?q=M11&amp;tai=nguoi">' in page.content.decode()
    rows = rows_of(client.get(reverse("accounts:people"), {"q": "M117", "tai": "nguoi"}))
    assert [row[1] for row in rows[1:]] == ["M117"]


def test_a_name_that_is_a_formula_is_a_text_in_the_file(crowd: int, client: Client) -> None:
    answer = signed_in(client, "giam-doc").get(reverse("accounts:people"), {"tai": "nguoi", "q": "M120"})
    cell = openpyxl.load_workbook(io.BytesIO(answer.content)).active["A2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ('=HYPERLINK("http://a";"Ấm")', "s", True)


def test_who_may_not_open_the_page_gets_no_file(world: Any, client: Client) -> None:
    before = Entry.objects.count()
    asked = {"tai": "nguoi"}
    assert signed_in(client, "can-bo").get(reverse("accounts:people"), asked).status_code == 403
    client.logout()
    assert client.get(reverse("accounts:people"), asked).status_code == 302
    assert Entry.objects.count() == before


def test_a_member_takes_no_more_names_than_the_page_shows(world: Any, actors: dict[str, Any], client: Client) -> None:
    signed_in(client, "can-bo")
    names = set(Person.objects.exclude(pk=actors["member"].person_id).values_list("full_name", flat=True))
    names -= {actors["member"].name}
    taken = 0
    for number in range(1, 21):
        place = reverse("reports:target", args=[world.campaign.pk, number])
        for group in ("in", "out", "unknown"):
            answer = client.get(place, {"tai": f"ho-so-{group}"})
            if answer.status_code == 200:
                taken += 1
                assert [value for row in rows_of(answer) for value in row if value in names] == []
    assert taken > 0
    rows = rows_of(client.get(reverse("campaigns:briefing", args=[world.campaign.pk]), {"tai": "quan-triet"}))
    assert [value for row in rows for value in row if value in names] == []


def test_taking_a_table_is_recorded_with_its_page_and_its_rows(
    world: Any, actors: dict[str, Any], client: Client
) -> None:
    person = Person.objects.get(code="TC017")
    fields = {"agency": world.agency, "person": person, "decided_on": datetime.date(2020, 5, 4)}
    Discipline.objects.create(form="khien_trach", source="Quyết định 9", **fields)
    place = reverse("records:kind", args=[2020, "ky-luat"])
    count = Discipline.objects.current().filter(decided_on__year=2020).count()
    rows = rows_of(signed_in(client, "thuong-truc").get(place, {"tai": "du-kien"}))
    assert len(rows) == count + 1
    entry = Entry.objects.latest("seq")
    assert (entry.actor, entry.verb, entry.target) == (actors["secretary"].key, "take_table", "table:du-kien")
    assert entry.payload.body == {"page": place, "rows": count}
    assert Entry.objects.get(seq=entry.seq - 1).verb == "read_sensitive"


def test_the_public_takes_public_tables_and_nothing_is_recorded(world: Any, client: Client) -> None:
    before = Entry.objects.count()
    rows = rows_of(client.get(reverse("policy:parameters"), {"tai": "tham-so"}))
    assert rows[0][0] == "Tham số"
    assert len(rows) > 10
    assert Entry.objects.count() == before


def test_days_are_days_and_counts_are_numbers(world: Any, client: Client) -> None:
    signed_in(client, "giam-doc")
    person = Person.objects.get(code="TC017")
    rows = rows_of(client.get(reverse("accounts:person", args=[person.pk]), {"tai": "vi-tri"}))
    assert rows[0] == ("Chức vụ, vị trí", "Đơn vị", "Từ ngày", "Đến ngày")
    assert all(isinstance(row[2], datetime.datetime) for row in rows[1:])
    rows = rows_of(client.get(reverse("accounts:units"), {"tai": "don-vi"}))
    assert {type(row[2]) for row in rows[1:]} == {int}


def test_the_file_speaks_the_language_of_the_page(world: Any, client: Client) -> None:
    signed_in(client, "giam-doc").post(reverse("language"), {"language": "en", "next": "/"})
    rows = rows_of(client.get(reverse("accounts:units"), {"tai": "don-vi"}))
    assert rows[0] == ("Unit", "Code", "Number of people", "Period")


def test_a_table_that_the_page_has_not_is_not_found(world: Any, client: Client) -> None:
    before = Entry.objects.count()
    assert signed_in(client, "giam-doc").get(reverse("accounts:units"), {"tai": "khac"}).status_code == 404
    assert client.get(reverse("desk:home"), {"tai": "\x00"}).status_code == 404
    assert Entry.objects.count() == before
