"""Saying that a fact is wrong and the answer to it; facts by address and sentence; sensitive reading."""

import datetime
from typing import Any

import pytest
from django_scopes import scope

from thidua.apps.accounts.access import CannotDo, Refused
from thidua.apps.audit.models import Entry
from thidua.apps.records.actions import (
    AlreadyThere,
    object_to_fact,
    read_sensitive,
    supersede_fact,
    turn_down_objection,
    uphold_objection,
    verify_fact,
    write_fact,
)
from thidua.apps.records.models import (
    Discipline,
    FactObjection,
    Rating,
    Study,
    Task,
)
from thidua.apps.records.queries import (
    address_of,
    fact_at,
    facts_of_subject,
    grave_facts_since,
    sentence_of,
)
from thidua.apps.records.states import DisciplineForm, ObjectionState
from thidua.apps.units.models import Person, Post, Unit
from thidua.core.lifecycle import MoveRefused

DAY = datetime.date(2020, 9, 1)
PDF = b"%PDF-1.7\n%minh chung"


def person(code: str) -> Person:
    return Person.objects.get(code=code)


def rating(code: str) -> Rating:
    return Rating.objects.current().get(person__code=code, year=2020)


def study_of(actor: Any, code: str, **changed: Any) -> Study:
    fields = {"subject": "Lớp bồi dưỡng", "held_on": DAY, "result": "Đạt"} | changed
    return write_fact(actor=actor, model=Study, source="Danh sách lớp", person=person(code), **fields)


def test_an_upheld_objection_supersedes_and_waits_for_a_second_person(world: Any, actors: dict[str, Any]) -> None:
    secretary = actors["secretary"]
    fact = rating("TC017")
    objection = object_to_fact(
        actor=actors["member"], fact=fact, reason="Quyết định ghi HTT", on=DAY, proof=PDF, filename="qd.pdf"
    )
    new = uphold_objection(actor=secretary, objection=objection, answer="Đã đối chiếu bản gốc", on=DAY, grade="HTT")
    assert isinstance(new, Rating)
    assert (new.grade, new.supersedes_id, new.verified_at) == ("HTT", fact.pk, None)
    with pytest.raises(Refused):
        verify_fact(actor=secretary, fact=new)
    verify_fact(actor=actors["director"], fact=new)
    objection.refresh_from_db()
    assert (objection.state, objection.answered_by) == (ObjectionState.UPHELD, secretary.key)
    with pytest.raises(MoveRefused):
        turn_down_objection(actor=secretary, objection=objection, answer="thôi", on=DAY)


def test_a_head_objects_to_a_task_of_the_own_unit_and_not_to_a_person(world: Any, actors: dict[str, Any]) -> None:
    task = Task.objects.current().filter(unit__code="HCSN")[0]
    assert object_to_fact(actor=actors["head"], fact=task, reason="Sai ngày", on=DAY).unit_id == task.unit_id
    for fact in (rating("TC026"), Task.objects.current().filter(unit__code="GCS")[0]):
        with pytest.raises(Refused):
            object_to_fact(actor=actors["head"], fact=fact, reason="Sai", on=DAY)
    assert FactObjection.objects.count() == 1


def test_an_objection_twice_needs_an_answer_and_then_a_new_proof(world: Any, actors: dict[str, Any]) -> None:
    member, secretary, fact = actors["member"], actors["secretary"], rating("TC017")
    first = object_to_fact(actor=member, fact=fact, reason="Sai", on=DAY)
    with pytest.raises(AlreadyThere, match="đang chờ"):
        object_to_fact(actor=member, fact=fact, reason="Sai", on=DAY)
    with pytest.raises(CannotDo, match="trước ngày báo sai"):
        turn_down_objection(actor=secretary, objection=first, answer="Đúng rồi", on=DAY - datetime.timedelta(days=1))
    with pytest.raises(Refused):
        turn_down_objection(actor=actors["director"], objection=first, answer="Đúng rồi", on=DAY)
    turn_down_objection(actor=secretary, objection=first, answer="Đúng bản gốc", on=DAY)
    with pytest.raises(AlreadyThere, match="minh chứng mới"):
        object_to_fact(actor=member, fact=fact, reason="Sai", on=DAY)
    object_to_fact(actor=member, fact=fact, reason="Sai", on=DAY, proof=PDF, filename="moi.pdf")
    assert FactObjection.objects.count() == 2
    assert rating("TC017").pk == fact.pk


def test_upholding_without_a_change_or_with_a_wrong_one_changes_nothing(world: Any, actors: dict[str, Any]) -> None:
    objection = object_to_fact(actor=actors["member"], fact=rating("TC017"), reason="Sai", on=DAY)
    before = Entry.objects.count()
    for changes in ({"grade": "HTXS"}, {"grade": "GIOI"}, {}):
        with pytest.raises(CannotDo):
            uphold_objection(actor=actors["secretary"], objection=objection, answer="Đúng", on=DAY, **changes)
    objection.refresh_from_db()
    assert (objection.state, objection.answer, Entry.objects.count()) == (ObjectionState.OPEN, "", before)
    assert (
        uphold_objection(actor=actors["secretary"], objection=objection, answer="Không có", on=DAY, remove=True) is None
    )
    assert not Rating.objects.current().filter(person__code="TC017", year=2020).exists()


def test_facts_have_addresses_and_sentences(world: Any, actors: dict[str, Any]) -> None:
    fact = Discipline.objects.current().get()
    assert fact_at(address_of(fact)) == fact
    assert [fact_at(word) for word in ("records.rating:x", "records.rating:0", "units.person:1", "")] == [None] * 4
    assert sentence_of(fact) == "Kỷ luật khiển trách ngày 14/08/2020 (Quyết định số 318/QĐ-STC)"
    every = [
        *facts_of_subject(2020, person=person("TC051")),
        *facts_of_subject(2020, unit=Unit.objects.get(code="GCS")),
    ]
    kinds = {type(item).__name__ for item in every}
    assert kinds == {"Rating", "Judgement", "Award", "Discipline", "Petition", "Task", "OrganisationRating"}
    assert [sentence for item in every if not (sentence := sentence_of(item)) or "None" in sentence] == []
    with scope(agency=world.other.pk):
        assert fact_at(address_of(fact)) is None


def test_reading_what_is_sensitive_is_recorded_but_for_oneself(world: Any, actors: dict[str, Any]) -> None:
    def reads() -> int:
        return Entry.objects.filter(verb="read_sensitive").count()

    before = reads()
    found = read_sensitive(actor=actors["secretary"], year=2020, person=person("TC051"))
    assert [type(fact).__name__ for fact in found] == ["Discipline", "Petition"]
    assert reads() == before + 1
    read_sensitive(actor=actors["member"], year=2020, person=person("TC017"))
    assert reads() == before + 1
    with pytest.raises(Refused):
        read_sensitive(actor=actors["member"], year=2020, person=person("TC051"))
    with pytest.raises(Refused):
        read_sensitive(actor=actors["head"], year=2020, unit=Unit.objects.get(code="GCS"))
    assert reads() == before + 1


def test_only_grave_facts_not_known_at_the_moment_are_news(world: Any, actors: dict[str, Any]) -> None:
    moment = world.run.known_at
    people = list(Person.objects.values_list("pk", flat=True))
    assert grave_facts_since(moment, people, []) == []
    supersede_fact(actor=actors["secretary"], fact=Discipline.objects.current().get(), because="sửa", decision="319/QĐ")
    fact = write_fact(
        actor=actors["secretary"],
        model=Discipline,
        source="QĐ",
        person=person("TC017"),
        form=DisciplineForm.CANH_CAO,
        decided_on=datetime.date(2020, 12, 28),
    )
    assert grave_facts_since(moment, people, []) == [fact]
    assert grave_facts_since(moment, [person("TC020").pk], []) == []


def test_who_retired_in_the_year_still_counts_in_the_last_unit(world: Any, actors: dict[str, Any]) -> None:
    assert Post.objects.current().filter(person__code="TC036", until__isnull=True).count() == 0
    assert study_of(actors["secretary"], "TC036").person_id == person("TC036").pk
