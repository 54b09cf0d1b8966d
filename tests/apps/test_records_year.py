"""Records through the year: single facts, tasks with proof, second persons, objections, sensitive reading."""

import datetime
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from thidua.apps.accounts.access import CannotDo, Refused
from thidua.apps.accounts.models import User
from thidua.apps.audit.models import Entry
from thidua.apps.campaigns.actions import confirm_reading, launch, receive_plan
from thidua.apps.evaluations.actions import evaluate_year
from thidua.apps.files.models import StoredFile
from thidua.apps.records.actions import (
    AlreadyThere,
    finish_task,
    import_department,
    object_to_fact,
    read_sensitive,
    state_complete,
    supersede_fact,
    turn_down_objection,
    uphold_objection,
    verify_fact,
    verify_facts,
    withdraw_fact,
    write_fact,
)
from thidua.apps.records.models import (
    Achievement,
    Award,
    CompleteList,
    Discipline,
    Fact,
    FactObjection,
    Import,
    Judgement,
    OrganisationRating,
    Petition,
    Rating,
    Study,
    Task,
)
from thidua.apps.records.queries import (
    address_of,
    fact_at,
    facts_of_subject,
    facts_of_year,
    grave_facts_since,
    sentence_of,
)
from thidua.apps.records.states import DisciplineForm, ImportPart, ListKind, ObjectionState, PetitionKind
from thidua.apps.registrations.models import Registration
from thidua.apps.units.models import MassOrganisation, Person, Post, Unit
from thidua.core.lifecycle import MoveRefused

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


# Workbook in two parts


@pytest.fixture
def fresh(world: Any, actors: dict[str, Any]) -> Any:
    """The other agency with a launched campaign and nothing imported."""
    actor = actors["other_agency"]
    data = (ROOT / "sample" / "ke-hoach-2020.txt").read_bytes()
    with scope(agency=world.other.pk):
        plan = receive_plan(actor=actor, data=data, filename="ke-hoach-2020.txt")
        yield actor, launch(actor=actor, campaign=confirm_reading(actor=actor, plan=plan))


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


# Single facts


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


# Tasks


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


# Objections


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


# Reading


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


# Pages


@pytest.fixture
def at(client: Client) -> Any:
    def sign_in(name: str) -> Client:
        client.force_login(User.objects.get(username=name))
        return client

    return sign_in


def test_the_secretary_adds_a_rating_by_the_form(world: Any, actors: dict[str, Any], at: Any) -> None:
    place = reverse("records:add", args=[2020, "xep-loai"])
    typed = {"person": person("TC001").pk, "grade": "HTT", "paper": "86/QĐ-UBND", "dated": "12/01/2021"}
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
    base = {"person": str(person("TC001").pk), "source": "QĐ"}
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
    assert at("truong-phong").post(place, typed | {"person": person("TC017").pk}).status_code == 200
    assert Judgement.objects.count() == before
    page = at("truong-phong").post(place, typed | {"person": person("TC026").pk})
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
