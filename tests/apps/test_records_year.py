"""Records through the year: single facts and who may write them, second persons, tasks with proof."""

import datetime
from typing import Any

import pytest

from thidua.apps.accounts.access import CannotDo, Refused
from thidua.apps.audit.models import Entry
from thidua.apps.evaluations.actions import evaluate_year
from thidua.apps.files.models import StoredFile
from thidua.apps.records.actions import (
    AlreadyThere,
    finish_task,
    state_complete,
    supersede_fact,
    verify_fact,
    verify_facts,
    withdraw_fact,
    write_fact,
)
from thidua.apps.records.models import (
    Award,
    CompleteList,
    Discipline,
    Fact,
    Petition,
    Rating,
    Study,
    Task,
)
from thidua.apps.records.queries import (
    sentence_of,
)
from thidua.apps.records.states import DisciplineForm, ListKind, PetitionKind
from thidua.apps.units.models import Person, Unit

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


def test_a_late_rating_is_written_verified_and_judged_anew(world: Any, actors: dict[str, Any]) -> None:
    fact = write_fact(
        actor=actors["secretary"],
        model=Rating,
        source="86/QĐ-UBND",
        person=person("TC001"),
        year=2020,
        grade="HTT",
        paper="86/QĐ-UBND",
        dated=datetime.date(2021, 1, 12),
    )
    verify_fact(actor=actors["director"], fact=fact)
    run = evaluate_year(actor=actors["secretary"], year=2020, as_of=datetime.date(2020, 12, 31))
    judged = run.judged.get(person__code="TC001")
    assert judged.facts["task_rating"] == "HTT"
    assert judged.findings.get(title="LDTT").outcome == "met"
    assert world.run.judged.get(person__code="TC001").facts["task_rating"] is None
    assert sentence_of(fact) == ("Năm 2020: Hoàn thành tốt nhiệm vụ (Quyết định số 86/QĐ-UBND ngày 12/01/2021)")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"grade": "GIOI"}, "Xếp loại"),
        ({"grade": "HTT", "dated": datetime.date(2019, 12, 30)}, "trước năm 2020"),
        ({"grade": "HTT", "paper": "x" * 101}, "Số văn bản"),
        ({"grade": "HTT", "source": " "}, "nguồn"),
    ],
)
def test_a_rating_that_cannot_be_is_refused(
    world: Any, actors: dict[str, Any], fields: dict[str, Any], said: str
) -> None:
    before = (Rating.objects.count(), Entry.objects.count())
    with pytest.raises(CannotDo, match=said):
        write_fact(
            **{"actor": actors["secretary"], "model": Rating, "source": "QĐ", "person": person("TC001")}
            | {"year": 2020}
            | fields
        )
    assert (Rating.objects.count(), Entry.objects.count()) == before


def test_the_same_fact_twice_is_refused(world: Any, actors: dict[str, Any]) -> None:
    held = {"actor": actors["secretary"], "source": "QĐ", "person": person("TC051")}
    before = (Rating.objects.count(), Discipline.objects.count(), Award.objects.count())
    with pytest.raises(AlreadyThere, match="sửa"):
        write_fact(model=Rating, year=2020, grade="HTT", **held)
    day = datetime.date(2020, 8, 14)
    with pytest.raises(AlreadyThere):
        write_fact(model=Discipline, form=DisciplineForm.KHIEN_TRACH, decided_on=day, **held)
    with pytest.raises(AlreadyThere):
        write_fact(model=Award, year=2019, title="LDTT", **held)
    assert (Rating.objects.count(), Discipline.objects.count(), Award.objects.count()) == before


def test_petition_concluded_before_it_was_accepted_is_refused(world: Any, actors: dict[str, Any]) -> None:
    with pytest.raises(CannotDo, match="01/10/2020"):
        write_fact(
            actor=actors["secretary"],
            model=Petition,
            source="Sổ tiếp dân",
            person=person("TC020"),
            kind=PetitionKind.COMPLAINT,
            accepted_on=datetime.date(2020, 10, 1),
            concluded_on=datetime.date(2020, 9, 1),
        )


def test_a_head_writes_study_and_judgements_of_the_own_unit_only(world: Any, actors: dict[str, Any]) -> None:
    head = actors["head"]
    assert study_of(head, "TC026").written_by == head.key
    before = Study.objects.count()
    with pytest.raises(Refused):
        study_of(head, "TC017")
    with pytest.raises(Refused):
        write_fact(actor=head, model=Rating, source="QĐ", person=person("TC026"), year=2021, grade="HTXS")
    with pytest.raises(Refused):
        write_fact(actor=head, model=Discipline, source="QĐ", person=person("TC026"), form="canh_cao", decided_on=DAY)
    with pytest.raises(Refused):
        study_of(actors["member"], "TC017")
    assert Study.objects.count() == before


def test_a_person_of_another_agency_is_refused(world: Any, actors: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        write_fact(
            actor=actors["other_agency"], model=Study, source="Lớp", person=person("TC017"), subject="A", held_on=DAY
        )
    assert Study.objects.count() == 0


def test_several_facts_are_verified_by_a_second_person_or_none_is(world: Any, actors: dict[str, Any]) -> None:
    secretary, director = actors["secretary"], actors["director"]
    facts: list[Fact] = [study_of(secretary, "TC026"), study_of(director, "TC027")]
    with pytest.raises(Refused):
        verify_facts(actor=director, facts=facts)
    assert Study.objects.filter(verified_at__isnull=False).count() == 0
    assert verify_facts(actor=director, facts=facts[:1]) == 1
    assert [study.verified_by for study in Study.objects.order_by("pk")] == [director.key, ""]


def test_a_withdrawn_fact_stays_but_holds_no_more(world: Any, actors: dict[str, Any]) -> None:
    fact = Discipline.objects.current().get()
    withdraw_fact(actor=actors["secretary"], fact=fact, because="Ghi nhầm người")
    assert (Discipline.objects.count(), Discipline.objects.current().count()) == (1, 0)
    with pytest.raises(AlreadyThere):
        withdraw_fact(actor=actors["secretary"], fact=fact, because="lần hai")


def test_a_correction_that_cannot_be_changes_nothing(world: Any, actors: dict[str, Any]) -> None:
    fact = rating("TC017")
    for changes in ({"grade": "GIOI"}, {"dated": datetime.date(2018, 1, 1)}):
        with pytest.raises(CannotDo):
            supersede_fact(actor=actors["secretary"], fact=fact, because="sửa", **changes)
    with pytest.raises(CannotDo, match="lý do"):
        supersede_fact(actor=actors["secretary"], fact=fact, because=" ", grade="HTT")
    assert rating("TC017").pk == fact.pk


def test_a_list_is_stated_once_and_in_order(world: Any, actors: dict[str, Any]) -> None:
    before = CompleteList.objects.count()
    given = {"actor": actors["secretary"], "kind": ListKind.DISCIPLINE, "source": "Sổ kỷ luật"}
    with pytest.raises(AlreadyThere):
        state_complete(first_year=2020, last_year=2020, **given)
    with pytest.raises(CannotDo):
        state_complete(first_year=2021, last_year=2020, **given)
    with pytest.raises(Refused):
        state_complete(**{**given, "actor": actors["head"]}, first_year=2021, last_year=2021)
    assert CompleteList.objects.count() == before


def test_a_head_finishes_a_task_of_the_own_unit_with_proof(world: Any, actors: dict[str, Any]) -> None:
    task = open_task(actors, "HCSN")
    done = finish_task(
        actor=actors["head"],
        task=task,
        done_on=datetime.date(2020, 9, 25),
        product="Báo cáo số 88/BC-STC",
        proof=PDF,
        filename="..\\..\\etc/minh chung.pdf",
    )
    assert done.document is not None
    assert (done.document.name, done.document.media_type) == ("minh chung.pdf", "application/pdf")
    assert (done.supersedes_id, Task.objects.current().get(code=task.code).pk) == (task.pk, done.pk)
    assert sentence_of(done) == (
        "Nhiệm vụ NV2020-98: Báo cáo chuyên đề; hạn 30/09/2020; hoàn thành ngày 25/09/2020 (Báo cáo số 88/BC-STC)"
    )
    with pytest.raises(AlreadyThere, match="25/09/2020"):
        finish_task(actor=actors["head"], task=done, done_on=DAY, product="lần hai")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"product": " "}, "sản phẩm"),
        ({"done_on": datetime.date(2020, 8, 1)}, "trước ngày"),
        ({"proof": b"MZ\x90\x00", "filename": "a.exe"}, "a.exe"),
        ({"proof": b"", "filename": "rong.pdf"}, "rong.pdf"),
        ({"proof": PDF + b"0" * 60_000_000, "filename": "to.pdf"}, "50 MB"),
    ],
)
def test_a_result_that_cannot_be_is_refused(
    world: Any, actors: dict[str, Any], changed: dict[str, Any], said: str
) -> None:
    task = open_task(actors, "HCSN")
    files = StoredFile.objects.count()
    given: dict[str, Any] = {"done_on": DAY, "product": "Báo cáo"}
    with pytest.raises(CannotDo, match=said):
        finish_task(actor=actors["head"], task=task, **(given | changed))
    assert Task.objects.current().get(code=task.code).done_on is None
    assert StoredFile.objects.count() == files


def test_a_head_does_not_finish_a_task_of_another_unit(world: Any, actors: dict[str, Any]) -> None:
    task = open_task(actors, "GCS")
    with pytest.raises(Refused):
        finish_task(actor=actors["head"], task=task, done_on=DAY, product="Báo cáo")
    assert Task.objects.current().get(code=task.code).done_on is None
