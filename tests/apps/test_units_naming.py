"""Naming one person by typing: by code, by name with and without accents, and what is said when it is not clear."""

import datetime
from typing import Any

import pytest
from django import forms

from thidua.apps.units.forms import MOST_OFFERED, People, PersonField
from thidua.apps.units.models import Person, Post, Unit
from thidua.core.vietnamese import fold, name_sort_key

NAMES = (("X1", "Lê Thị Hòa"), ("X2", "Lê Thị Hoa"), ("X3", "Lê Thị Hoa"), ("X4", "Phạm Đức Ấn"))


class Naming(forms.Form):
    """One person of the agency."""

    who = PersonField(label="Ai", required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["who"].limit_to(People(Person.objects.filter(code__startswith="X")))


@pytest.fixture
def named(world: Any) -> None:
    for code, name in NAMES:
        own = {"full_name": name, "sort_key": name_sort_key(name), "folded": fold(name)}
        Person.objects.create(agency=world.agency, code=code, category="cong_chuc", **own)
    who, unit = Person.objects.get(code="X3"), Unit.objects.get(code="HCSN")
    Post.objects.create(agency=world.agency, person=who, unit=unit, title="CV", since=datetime.date(2020, 1, 1))


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("x4", "X4"),
        ("Phạm Đức Ấn (X4)", "X4"),
        ("pham duc  an", "X4"),
        ("duc", "X4"),
        ("Lê Thị Hoà", "X1"),
        ("Le thi hoa (x3)", "X3"),
    ],
)
def test_one_person_is_meant(named: None, typed: str, code: str) -> None:
    form = Naming({"who": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["who"].code == code


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Lê Thị Hoa", "Chưa rõ “Lê Thị Hoa” là ai: Lê Thị Hoa (X2), Lê Thị Hoa (X3) – Phòng"),
        ("le thi hoa", "Lê Thị Hòa (X1)"),
        ("Phạm Đức Ấn (X1)", "Không có ai có họ tên hoặc mã “Phạm Đức Ấn (X1)”"),
        ("TC017", "Không có ai có họ tên hoặc mã “TC017”"),
    ],
)
def test_who_is_not_told_apart_is_said_with_who_comes_near(named: None, typed: str, said: str) -> None:
    form = Naming({"who": typed})
    assert not form.is_valid()
    assert said in form.errors["who"][0]


def test_nobody_may_be_named_where_nobody_need_be(named: None) -> None:
    form = Naming({"who": " "})
    assert form.is_valid()
    assert form.cleaned_data == {"who": None}


def test_the_browser_is_offered_few_people_or_those_who_came_near(world: Any, named: None) -> None:
    assert str(Naming()["who"]).count("<option") == len(NAMES)
    crowd = [Person(agency=world.agency, code=f"XX{n}", full_name="Hà", folded="ha") for n in range(MOST_OFFERED)]
    Person.objects.bulk_create(crowd)
    assert str(Naming()["who"]).count("<option") == 0
    unclear = Naming({"who": "Lê Thị Hoa"})
    assert not unclear.is_valid()
    assert str(unclear["who"]).count("<option") == 2


def test_a_person_on_record_is_shown_by_name_and_code(named: None) -> None:
    shown = str(Naming(initial={"who": Person.objects.get(code="X4")})["who"])
    assert 'value="Phạm Đức Ấn (X4)"' in shown
