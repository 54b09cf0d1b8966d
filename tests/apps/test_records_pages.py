"""The pages of the records: forms that write, say what is wrong, and record sensitive reading."""

import datetime
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from thidua.apps.accounts.models import User
from thidua.apps.audit.models import Entry
from thidua.apps.records.actions import (
    write_fact,
)
from thidua.apps.records.models import (
    FactObjection,
    Import,
    Judgement,
    Rating,
    Study,
    Task,
)
from thidua.apps.records.queries import (
    address_of,
)
from thidua.apps.units.models import Person, Unit

ROOT = Path(__file__).resolve().parents[2]
WORKBOOK = ROOT / "sample" / "so-tai-chinh-2020.xlsx"
DAY = datetime.date(2020, 9, 1)
PDF = b"%PDF-1.7\n%minh chung"


def person(code: str) -> Person:
    return Person.objects.get(code=code)


def rating(code: str) -> Rating:
    return Rating.objects.current().get(person__code=code, year=2020)


def study_of(actor: Any, code: str, **changed: Any) -> Study:
    fields = {"subject": "Lớp bồi dưỡng", "held_on": DAY, "result": "Đạt"} | changed
    return write_fact(actor=actor, model=Study, source="Danh sách lớp", person=person(code), **fields)


def open_task(actors: dict[str, Any], unit: str, code: str = "NV2020-98") -> Task:
    return write_fact(
        actor=actors["secretary"],
        model=Task,
        source="Công văn 12/UBND",
        code=code,
        content="Báo cáo chuyên đề",
        unit=Unit.objects.get(code=unit),
        assigned_by="UBND tỉnh",
        assigned_on=datetime.date(2020, 8, 3),
        due=datetime.date(2020, 9, 30),
        year=2020,
    )


@pytest.fixture
def at(client: Client) -> Any:
    def sign_in(name: str) -> Client:
        client.force_login(User.objects.get(username=name))
        return client

    return sign_in


def test_the_secretary_adds_a_rating_by_the_form(world: Any, actors: dict[str, Any], at: Any) -> None:
    place = reverse("records:add", args=[2020, "xep-loai"])
    typed = {"person": "TC001", "grade": "HTT", "paper": "86/QĐ-UBND", "dated": "12/01/2021"}
    page = at("thuong-truc").post(place, typed | {"source": "86/QĐ-UBND"})
    assert (page.status_code, rating("TC001").grade) == (302, "HTT")
    again = at("thuong-truc").post(place, typed | {"source": "86/QĐ-UBND"})
    assert "không ghi thêm lần nữa" in again.content.decode()


@pytest.mark.parametrize(
    ("slug", "typed", "said"),
    [
        ("xep-loai", {"grade": "GIOI"}, "GIOI"),
        ("xep-loai", {"grade": "HTT", "unit": "1"}, "không chọn cả hai"),
        ("ky-luat", {"form": "canh_cao", "decided_on": "14/08/2019"}, "không thuộc năm 2020"),
        ("ky-luat", {"form": "canh_cao", "decided_on": "31/02/2020"}, "Ngày quyết định"),
    ],
)
def test_a_wrong_word_in_the_form_is_said_and_nothing_is_written(
    world: Any, at: Any, slug: str, typed: dict[str, str], said: str
) -> None:
    before = Entry.objects.count()
    base = {"person": "TC001", "source": "QĐ"}
    if "unit" in typed:
        typed = typed | {"unit": str(Unit.objects.all()[0].pk)}
    page = at("thuong-truc").post(reverse("records:add", args=[2020, slug]), base | typed)
    assert page.status_code == 200
    assert said in page.content.decode()
    assert Entry.objects.count() == before


def test_a_member_objects_on_the_page_and_the_secretary_answers(world: Any, actors: dict[str, Any], at: Any) -> None:
    fact = rating("TC017")
    place = reverse("records:object", args=[address_of(fact)])
    assert at("can-bo").post(place, {"reason": "Quyết định ghi HTT"}).status_code == 302
    objection = FactObjection.objects.get()
    answer = reverse("records:objection", args=[objection.pk])
    typed = {"dung-grade": "HTT", "dung-paper": fact.paper, "dung-dated": "18/12/2020", "dung-answer": "Đã sửa"}
    assert at("thuong-truc").post(f"{answer}?sua", typed).status_code == 302
    assert rating("TC017").grade == "HTT"
    page = at("can-bo").get(reverse("records:person", args=[2020, fact.person_id])).content.decode()
    assert "Hoàn thành tốt nhiệm vụ" in page


def test_the_head_finishes_a_task_on_the_page(world: Any, actors: dict[str, Any], at: Any) -> None:
    task = open_task(actors, "HCSN")
    proof = io.BytesIO(PDF)
    proof.name = "bao-cao.pdf"
    place = reverse("records:finish", args=[task.pk])
    page = at("truong-phong").post(place, {"done_on": "25/09/2020", "product": "Báo cáo số 88", "proof": proof})
    assert page.status_code == 302
    done = Task.objects.current().get(code=task.code)
    assert (done.done_on, done.document_id is not None) == (datetime.date(2020, 9, 25), True)


def test_a_head_writes_a_judgement_by_the_form_of_the_own_unit_only(
    world: Any, actors: dict[str, Any], at: Any
) -> None:
    place = reverse("records:add", args=[2021, "nhan-xet"])
    typed = {"criterion": "studies", "met": "True", "source": "Biên bản họp đơn vị"}
    before = Judgement.objects.count()
    assert at("truong-phong").post(place, typed | {"person": "TC017"}).status_code == 200
    assert Judgement.objects.count() == before
    page = at("truong-phong").post(place, typed | {"person": "TC026"})
    own = Unit.objects.get(code="HCSN")
    assert (page.status_code, page.headers["Location"]) == (302, reverse("records:unit", args=[2021, own.pk]))
    assert Judgement.objects.filter(year=2021, person__code="TC026", met=True).count() == 1


def test_the_director_confirms_a_page_of_facts(world: Any, actors: dict[str, Any], at: Any) -> None:
    fact = study_of(actors["secretary"], "TC026")
    place = reverse("records:verify", args=[2020, "hoc-tap"])
    assert at("giam-doc").post(place, {"fact": [address_of(fact)]}).status_code == 302
    fact.refresh_from_db()
    assert fact.verified_by == actors["director"].key
    assert at("can-bo").post(place, {"fact": [address_of(fact)]}).status_code == 403


def test_a_workbook_with_wrong_cells_names_them_on_the_page(world: Any, at: Any) -> None:
    workbook = openpyxl.load_workbook(WORKBOOK)
    workbook["Kỷ luật"]["D5"] = "31/02/2020"
    stream = io.BytesIO()
    workbook.save(stream)
    stream.name = "so.xlsx"
    stream.seek(0)
    place = reverse("records:import", args=[2020])
    page = at("thuong-truc").post(place, {"part": "year", "workbook": stream})
    assert "Kỷ luật!D5" in page.content.decode()
    assert Import.objects.count() == 1


def test_opening_a_sensitive_page_is_recorded(world: Any, at: Any) -> None:
    before = Entry.objects.filter(verb="read_sensitive").count()
    page = at("thuong-truc").get(reverse("records:sensitive", args=[2020, person("TC051").pk])).content.decode()
    assert "khiển trách" in page
    at("thuong-truc").get(reverse("records:kind", args=[2020, "don-thu"]))
    assert Entry.objects.filter(verb="read_sensitive").count() == before + 2
    plain = at("thuong-truc").get(reverse("records:person", args=[2020, person("TC051").pk])).content.decode()
    assert "khiển trách" not in plain
