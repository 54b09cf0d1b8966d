"""A department's workbook taken in in two parts: at the start of the year, and what the year brought."""

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django_scopes import scope

from thidua.apps.accounts.access import CannotDo
from thidua.apps.campaigns.actions import confirm_reading, launch, receive_plan
from thidua.apps.records.actions import (
    AlreadyThere,
    import_department,
    state_complete,
)
from thidua.apps.records.models import (
    Achievement,
    CompleteList,
    Import,
    Judgement,
    OrganisationRating,
    Rating,
    Task,
)
from thidua.apps.records.queries import (
    facts_of_year,
)
from thidua.apps.records.states import ImportPart, ListKind
from thidua.apps.registrations.models import Registration
from thidua.apps.units.models import MassOrganisation, Person

ROOT = Path(__file__).resolve().parents[2]
WORKBOOK = ROOT / "sample" / "so-tai-chinh-2020.xlsx"
PDF = b"%PDF-1.7\n%minh chung"


@pytest.fixture
def fresh(world: Any, actors: dict[str, Any]) -> Any:
    """The other agency with a launched campaign and nothing imported."""
    actor = actors["other_agency"]
    data = (ROOT / "sample" / "ke-hoach-2020.txt").read_bytes()
    with scope(agency=world.other.pk):
        plan = receive_plan(actor=actor, data=data, filename="ke-hoach-2020.txt")
        yield actor, launch(actor=actor, campaign=confirm_reading(actor=actor, plan=plan, accept_rest=True))


@pytest.fixture
def book() -> bytes:
    """The sample workbook as the other agency would send it: its own code where the sample's stands."""
    workbook = openpyxl.load_workbook(WORKBOOK)
    for row in workbook["Đảng, đoàn thể"].iter_rows(min_row=5, max_col=1):
        row[0].value = "SKHAC" if row[0].value == "STC" else row[0].value
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def taken(fresh: Any, book: bytes, part: ImportPart) -> Import:
    actor, campaign = fresh
    return import_department(actor=actor, campaign=campaign, data=book, filename="so.xlsx", part=part)


def stated() -> set[tuple[str, int]]:
    return set(CompleteList.objects.values_list("kind", "last_year"))


def test_the_start_brings_lists_and_earlier_years_only(fresh: Any, book: bytes) -> None:
    counts = taken(fresh, book, ImportPart.START).counts
    assert counts == {
        "units": 9,
        "people": 62,
        "posts": 87,
        "mass_organisations": 42,
        "leave": 5,
        "initiatives": 26,
        "awards": 573,
    }
    assert (Rating.objects.count(), OrganisationRating.objects.count(), Registration.objects.count()) == (0, 0, 0)
    assert MassOrganisation.objects.filter(exists=True).count() > 0
    assert not Achievement.objects.filter(year__gte=2020).exists()
    assert stated() == {("achievements", 2019), ("awards", 2019)}


def test_the_year_then_brings_the_rest_without_registrations(fresh: Any, book: bytes) -> None:
    taken(fresh, book, ImportPart.START)
    counts = taken(fresh, book, ImportPart.YEAR).counts
    assert (counts["ratings"], counts["tasks"], counts["initiatives"], "people" in counts) == (368, 60, 2, False)
    assert (Person.objects.count(), Registration.objects.count()) == (62, 0)
    assert Judgement.objects.filter(criterion="ethics").count() == 62
    assert stated() == {("achievements", 2019), ("awards", 2019), ("discipline", 2020), ("petitions", 2020)}


def test_both_parts_and_the_list_stated_say_what_the_whole_says(fresh: Any, book: bytes, world: Any) -> None:
    actor, _campaign = fresh
    taken(fresh, book, ImportPart.START)
    taken(fresh, book, ImportPart.YEAR)
    before = counted()["TC020"]
    state_complete(actor=actor, kind=ListKind.ACHIEVEMENTS, first_year=2020, last_year=2020, source="Sổ sáng kiến")
    after = counted()["TC020"]
    assert (before["initiatives_base"], before["initiatives_base_over_3"]) == (None, None)
    assert (after["initiatives_base"], after["initiatives_base_over_3"]) == (0, 0)


def counted() -> dict[str, dict[str, Any]]:
    facts = facts_of_year(2020, agency_code="skhac", counted_years=(3,), cstdt_gap=3, min_months_retired=10)
    return {str(row["person_id"]): dict(row) for row in facts.people}


def test_the_year_without_the_start_is_refused(fresh: Any, book: bytes) -> None:
    with pytest.raises(CannotDo, match="Danh sách đầu năm"):
        taken(fresh, book, ImportPart.YEAR)
    assert (Import.objects.count(), Rating.objects.count(), Task.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize("part", [ImportPart.START, ImportPart.YEAR, ImportPart.ALL])
def test_a_part_twice_is_refused(fresh: Any, book: bytes, part: ImportPart) -> None:
    taken(fresh, book, ImportPart.START)
    taken(fresh, book, ImportPart.YEAR)
    ratings = Rating.objects.count()
    with pytest.raises(AlreadyThere):
        taken(fresh, book, part)
    assert (Import.objects.count(), Rating.objects.count()) == (2, ratings)


def test_the_year_changed_a_little_and_sent_again_is_refused(fresh: Any, book: bytes) -> None:
    taken(fresh, book, ImportPart.START)
    taken(fresh, book, ImportPart.YEAR)
    workbook = openpyxl.load_workbook(io.BytesIO(book))
    workbook["Đọc trước"]["A1"] = "Bản hai"
    stream = io.BytesIO()
    workbook.save(stream)
    with pytest.raises(AlreadyThere, match="trùng"):
        taken(fresh, stream.getvalue(), ImportPart.YEAR)
    assert Import.objects.count() == 2
