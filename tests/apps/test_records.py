"""Facts of a year from the sample workbook: missing stays missing, none only where a list is complete."""

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django_scopes import scope

from thidua.apps.accounts.access import Refused
from thidua.apps.campaigns.actions import confirm_reading, launch, receive_plan
from thidua.apps.files.models import StoredFile
from thidua.apps.records.actions import AlreadyThere, import_department, supersede_fact, verify_fact
from thidua.apps.records.models import Award, CompleteList, Discipline, Rating
from thidua.apps.records.queries import facts_of_year
from thidua.apps.units.models import Person, Unit
from thidua.core.workbooks.errors import WorkbookErrors

ROOT = Path(__file__).resolve().parents[2]
WORKBOOK = ROOT / "sample" / "so-tai-chinh-2020.xlsx"


def rows(world: Any, **options: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    facts = facts_of_year(2020, agency_code="stc", counted_years=(3, 6), cstdt_gap=3, min_months_retired=10, **options)
    return {row["person_id"]: row for row in facts.people}, {row["unit_id"]: row for row in facts.units}


def test_facts_of_one_person_and_one_unit(world: Any) -> None:
    people, units = rows(world)
    expected = {
        "person_id": "TC017",
        "unit_id": "QLNS",
        "year": 2020,
        "task_rating": "HTXS",
        "discipline": "none",
        "registered": True,
        "takes_part": True,
        "studies": True,
        "ethics": True,
        "initiatives_base": 0,
        "research_base": 0,
        "research_province": 1,
        "research_national": 0,
        "combat_merit": False,
        "cstdcs_consecutive": 1,
        "cstdt_consecutive": 0,
        "pending_case": False,
    }
    assert {key: people["TC017"][key] for key in expected} == expected
    assert (units["TCDT"]["headcount"], units["TCDT"]["canh_cao_or_more"]) == (8, 0)


def test_the_stories_of_the_year_become_facts(world: Any) -> None:
    people, _units = rows(world)
    assert people["TC051"]["discipline"] == "khien_trach"
    assert people["TC056"]["months_since_recruitment"] == 7
    assert people["TC043"]["pending_case"] is True
    assert people["TC001"]["task_rating"] is None
    assert people["TC032"]["cstdt_consecutive"] == 2


def test_absence_means_none_only_in_a_complete_list(world: Any) -> None:
    CompleteList.objects.all().delete()
    people, units = rows(world)
    assert people["TC017"]["discipline"] is None
    assert people["TC017"]["pending_case"] is None
    assert people["TC017"]["initiatives_base"] is None
    assert people["TC017"]["cstdcs_consecutive"] is None
    assert people["TC051"]["discipline"] == "khien_trach"
    assert units["TCDT"]["canh_cao_or_more"] is None


def test_without_a_rule_on_leavers_the_headcount_is_unknown(world: Any) -> None:
    facts = facts_of_year(2020, agency_code="stc", cstdt_gap=3)
    counts = {row["unit_id"]: row["headcount"] for row in facts.units}
    assert counts["TCDT"] is None
    assert counts["QLNS"] == 8


def test_a_corrected_rating_supersedes_and_both_stay(world: Any, actors: dict[str, Any]) -> None:
    old = Rating.objects.current().get(person__code="TC047", year=2020)
    new = supersede_fact(actor=actors["secretary"], fact=old, because="QĐ 12/QĐ-STC sửa xếp loại", grade="HTT")
    old.refresh_from_db()
    assert (old.grade, old.is_current, new.supersedes_id, new.source) == (
        "HT",
        False,
        old.pk,
        "QĐ 12/QĐ-STC sửa xếp loại",
    )
    assert rows(world)[0]["TC047"]["task_rating"] == "HTT"
    assert rows(world, known_at=old.superseded_at)[0]["TC047"]["task_rating"] == "HTT"
    before = old.known_from.replace()
    assert rows(world, known_at=before)[0]["TC047"]["task_rating"] == "HT"
    with pytest.raises(AlreadyThere):
        supersede_fact(actor=actors["secretary"], fact=old, because="lần hai", grade="HTXS")


def test_a_fact_is_verified_by_somebody_else(world: Any, actors: dict[str, Any]) -> None:
    fact = Discipline.objects.current().get()
    with pytest.raises(Refused):
        verify_fact(actor=actors["secretary"], fact=fact)
    verify_fact(actor=actors["director"], fact=fact)
    fact.refresh_from_db()
    assert fact.verified_by == actors["director"].key


def fresh_campaign(actors: dict[str, Any]) -> tuple[Any, Any]:
    actor = actors["other_agency"]
    plan = receive_plan(
        actor=actor, data=(ROOT / "sample" / "ke-hoach-2020.txt").read_bytes(), filename="ke-hoach-2020.txt"
    )
    return actor, launch(actor=actor, campaign=confirm_reading(actor=actor, plan=plan, accept_rest=True))


def broken(sheet: str, cell: str, value: object) -> bytes:
    book = openpyxl.load_workbook(WORKBOOK)
    book[sheet][cell] = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "said"),
    [
        ("Quá trình công tác", "B5", "KHONGCO", "Quá trình công tác!B5"),
        ("Nhân sự", "A6", "TC001", "Nhân sự!A6"),
        ("Vụ việc", "C5", "không rõ", "Vụ việc!C5"),
        ("Kỷ luật", "D5", "31/02/2020", "Kỷ luật!D5"),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_written(
    world: Any, actors: dict[str, Any], sheet: str, cell: str, value: object, said: str
) -> None:
    with scope(agency=world.other.pk):
        actor, campaign = fresh_campaign(actors)
        files = StoredFile.objects.count()
        with pytest.raises(WorkbookErrors) as caught:
            import_department(actor=actor, campaign=campaign, data=broken(sheet, cell, value), filename="so.xlsx")
        assert said in str(caught.value)
        assert (Person.objects.count(), Unit.objects.count(), Award.objects.count()) == (0, 0, 0)
        assert StoredFile.objects.count() == files


def test_the_same_workbook_twice_is_refused_and_changes_nothing(world: Any, actors: dict[str, Any]) -> None:
    counts = (Person.objects.count(), Rating.objects.count(), Award.objects.count())
    with pytest.raises(AlreadyThere, match="đã có trong cơ quan"):
        import_department(
            actor=actors["secretary"], campaign=world.campaign, data=WORKBOOK.read_bytes(), filename=WORKBOOK.name
        )
    assert (Person.objects.count(), Rating.objects.count(), Award.objects.count()) == counts


def test_a_member_may_not_import(world: Any, actors: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        import_department(
            actor=actors["member"], campaign=world.campaign, data=WORKBOOK.read_bytes(), filename=WORKBOOK.name
        )
