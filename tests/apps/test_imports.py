"""An agency's own workbook: compared, taken in, undone."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from apps.own_workbook import AWARDS, previewed, rows_of, workbook
from django.db.models import F

from thidua.apps.accounts.access import CannotDo, Refused
from thidua.apps.audit.models import Entry
from thidua.apps.evaluations.actions import evaluate_year
from thidua.apps.records.actions import (
    answer_import,
    drop_import,
    object_to_fact,
    preview_import,
    receive_import,
    supersede_fact,
    take_in_import,
    undo_import,
    verify_facts,
)
from thidua.apps.records.models import Award, ColumnMemory, Import, Rating, Task
from thidua.apps.records.queries.imports import counts_of, layout_of, problems_of
from thidua.apps.records.queries.tables import TABLES
from thidua.apps.units.actions import add_person, add_post
from thidua.apps.units.models import Person, Post, Unit
from thidua.core.lifecycle import MoveRefused
from thidua.project.export import tables

ROOT = Path(__file__).resolve().parents[2]
DAY = datetime.date(2018, 12, 20)


def exported() -> dict[str, bytes]:
    return dict(tables())


def test_rows_are_new_changed_the_same_or_wrong(world: Any, actors: dict[str, Any]) -> None:
    had = Rating.objects.current().get(person__code="TC047", year=2020)
    rows = [
        ["DANH SÁCH XẾP LOẠI", None, None, None],
        ["Đối tượng", "Năm", "Xếp loại", "Số văn bản"],
        ["TC047", "2020", "HTTNV", had.paper],
        ["tc017", 2020, "hoan thanh xuat sac nhiem vu", None],
        ["TC017", 2012, "HTTNV", "9/TB"],
        ["TC018", 2012, "Tốt", "9/TB"],
        ["TC999", 2012, "HTTNV", "9/TB"],
        ["TC017", 2012, "HTNV", "9/TB"],
    ]
    imported = previewed(actors["secretary"], workbook({"Xếp loại": rows}))
    assert rows_of(imported) == [
        ("Xếp loại", 3, "changed"),
        ("Xếp loại", 4, "same"),
        ("Xếp loại", 5, "new"),
        ("Xếp loại", 6, "wrong"),
        ("Xếp loại", 7, "wrong"),
        ("Xếp loại", 8, "wrong"),
    ]
    assert imported.rows.get(row=3).changes == {"grade": ["HT", "HTT"]}
    assert [(problem.cell, problem.message) for problem in problems_of(imported)] == [
        ("C6", "“Tốt” không có trong các giá trị của cột “Xếp loại”."),
        ("A7", "Không có ai mang mã “TC999”."),
        ("C8", "Dòng này trùng với Xếp loại!5."),
    ]
    assert Rating.objects.filter(year=2012).count() == 0


def test_taking_in_supersedes_and_a_second_person_verifies(world: Any, actors: dict[str, Any]) -> None:
    had = Rating.objects.current().get(person__code="TC047", year=2020)
    rows = [["Đối tượng", "Năm", "Xếp loại"], ["TC047", 2020, "HTTNV"], ["TC017", 2012, "HTTNV"], ["TC01", 2012, "HT"]]
    imported = previewed(actors["secretary"], workbook({"Xếp loại": rows}))
    with pytest.raises(CannotDo, match="Còn 1 dòng sai"):
        take_in_import(actor=actors["secretary"], imported=imported)
    assert Rating.objects.filter(imported=imported).count() == 0
    taken = take_in_import(actor=actors["secretary"], imported=imported, without_wrong=True)
    assert (taken.state, taken.counts, taken.left_out) == ("taken", {"ratings": 2}, 1)
    new = Rating.objects.current().get(person__code="TC047", year=2020)
    assert (new.grade, new.supersedes, new.paper, new.source) == ("HTT", had, had.paper, "so.xlsx, Xếp loại!C2")
    assert (new.written_by, new.verified_by) == (actors["secretary"].key, "")
    had.refresh_from_db()
    assert (had.grade, had.is_current) == ("HT", False)
    with pytest.raises(Refused):
        verify_facts(actor=actors["secretary"], facts=[new])
    assert verify_facts(actor=actors["director"], facts=[new]) == 1
    with pytest.raises(MoveRefused):
        take_in_import(actor=actors["secretary"], imported=imported, without_wrong=True)
    entry = Entry.objects.filter(verb="take_in_import").last()
    assert entry is not None
    assert entry.payload.body["left_out"] == 1


def test_an_import_undone_leaves_the_tables_as_they_were(world: Any, actors: dict[str, Any]) -> None:
    unit = Unit.objects.get(code="QLNS")
    before = exported()
    people = [["Mã CBCCVC", "Họ và tên", "Ngày sinh", "Loại", "Ngày tuyển dụng", "Đơn vị", "Chức vụ"]]
    people += [
        [f"M{number:03}", f"Nguyễn Văn {number}", "01/07/1990", "Viên chức", "1-7-2015", unit.name, "Chuyên viên"]
        for number in range(100)
    ]
    people += [["TC017", Person.objects.get(code="TC017").full_name, "2/3/1979", None, None, None, None]]
    awards: list[list[object]] = [AWARDS]
    awards += [
        [f"M{n:03}", None, year, "Lao động tiên tiến", f"{n}/QĐ", "20.12.2018"]
        for n in range(100)
        for year in (2016, 2017)
    ]
    task = Task.objects.current().first()
    assert task is not None
    tasks = [["Mã nhiệm vụ", "Nội dung", "Đơn vị chủ trì", "Cơ quan giao", "Năm"]]
    tasks += [[task.code, "Nội dung đã sửa", task.unit.code, task.assigned_by, task.year]]
    data = workbook({"Nhân sự": people, "Danh hiệu đã đạt": awards, "Nhiệm vụ được giao": tasks})
    imported = previewed(actors["secretary"], data)
    assert counts_of(imported) == {"new": 400, "changed": 2, "same": 0, "wrong": 0, "asked": 0}
    assert exported() == before
    take_in_import(actor=actors["secretary"], imported=imported)
    assert Award.objects.filter(imported=imported).count() == 200
    assert Post.objects.current().filter(person__code="M042", unit=unit).count() == 1
    assert {name for name, table in exported().items() if table != before[name]} == {
        "units.person.csv",
        "units.post.csv",
        "records.award.csv",
        "records.task.csv",
        "records.import.csv",
    }
    undone = undo_import(actor=actors["director"], imported=imported, because="Nhập nhầm sổ năm trước")
    assert (undone.state, undone.because) == ("undone", "Nhập nhầm sổ năm trước")
    assert exported() == before
    assert Award.objects.filter(imported=imported, superseded_at=F("known_from")).count() == 200
    assert Person.objects.filter(code="M042").count() == 0
    again = previewed(actors["secretary"], data)
    assert counts_of(again)["new"] == 400
    take_in_import(actor=actors["secretary"], imported=again)
    assert Person.objects.filter(code="M042").count() == 1


def one_award(actor: Any, code: str = "TC017") -> Import:
    rows = [AWARDS, [code, None, 2015, "LDTT", "1/QĐ", DAY]]
    return take_in_import(actor=actor, imported=previewed(actor, workbook({"Danh hiệu đã đạt": rows})))


def test_what_was_known_between_taking_in_and_undoing_is_as_before(world: Any, actors: dict[str, Any]) -> None:
    rating = Rating.objects.current().get(person__code="TC047", year=2020)
    rows = [["Đối tượng", "Năm", "Xếp loại"], ["TC047", 2020, "HTTNV"]]
    imported = previewed(actors["secretary"], workbook({"Xếp loại": rows}))
    take_in_import(actor=actors["secretary"], imported=imported)
    between = Rating.objects.get(imported=imported).known_from
    undo_import(actor=actors["secretary"], imported=imported, because="Nhầm")
    known = Rating.objects.as_known(between).filter(person__code="TC047", year=2020)
    assert list(known) == [rating]
    newer = supersede_fact(actor=actors["secretary"], fact=rating, because="Sửa theo biên bản", grade="HTXS")
    assert newer.supersedes == rating


@pytest.mark.parametrize("later", ["superseded", "objected", "judged"])
def test_an_import_that_something_rests_on_is_not_undone(world: Any, actors: dict[str, Any], later: str) -> None:
    imported = one_award(actors["secretary"])
    award = Award.objects.get(imported=imported)
    if later == "superseded":
        supersede_fact(actor=actors["secretary"], fact=award, because="Số quyết định khác", decision="2/QĐ")
        said = "đã được sửa hoặc thay sau đó"
    elif later == "objected":
        object_to_fact(actor=actors["member"], fact=award, reason="Tôi không có danh hiệu này", on=DAY)
        said = "đã có người báo sai"
    else:
        evaluate_year(actor=actors["secretary"], year=2020, as_of=datetime.date(2020, 12, 31))
        said = "Lượt xét danh hiệu năm 2020"
    with pytest.raises(CannotDo, match=said):
        undo_import(actor=actors["secretary"], imported=imported, because="Nhầm")
    imported.refresh_from_db()
    assert imported.state == "taken"
    assert Award.objects.get(pk=award.pk).superseded_at != award.known_from


def test_new_people_about_whom_more_was_written_are_not_undone(world: Any, actors: dict[str, Any]) -> None:
    rows = [["Mã CBCCVC", "Họ và tên", "Loại"], ["M001", "Nguyễn Văn Mới", "Viên chức"]]
    imported = previewed(actors["secretary"], workbook({"Nhân sự": rows}))
    take_in_import(actor=actors["secretary"], imported=imported)
    one_award(actors["secretary"], "M001")
    with pytest.raises(CannotDo, match=r"Đã có việc khác ghi cho người mới nhập \(Nguyễn Văn Mới\)"):
        undo_import(actor=actors["secretary"], imported=imported, because="Nhầm")
    assert Person.objects.filter(code="M001").exists()


def test_undoing_needs_a_reason(world: Any, actors: dict[str, Any]) -> None:
    imported = one_award(actors["secretary"])
    with pytest.raises(CannotDo, match="Phải nêu lý do"):
        undo_import(actor=actors["secretary"], imported=imported, because=" ")


def test_what_changed_since_the_preview_is_looked_at_again(world: Any, actors: dict[str, Any]) -> None:
    rows = [["Đối tượng", "Năm", "Xếp loại"], ["TC047", 2020, "HTTNV"]]
    imported = previewed(actors["secretary"], workbook({"Xếp loại": rows}))
    rating = Rating.objects.current().get(person__code="TC047", year=2020)
    newer = supersede_fact(actor=actors["secretary"], fact=rating, because="Sửa", grade="HTXS")
    with pytest.raises(CannotDo, match="đã thay đổi từ lúc xem trước"):
        take_in_import(actor=actors["secretary"], imported=imported)
    assert list(Rating.objects.current().filter(person__code="TC047", year=2020)) == [newer]
    preview_import(actor=actors["secretary"], imported=imported)
    assert imported.rows.get().changes == {"grade": ["HTXS", "HTT"]}


def test_namesakes_in_one_unit_are_asked_about(world: Any, actors: dict[str, Any]) -> None:
    unit = Unit.objects.get(code="QLNS")
    for code in ("N1", "N2"):
        person = add_person(agency=world.agency, code=code, full_name="Trần Thị Bình", category="vien_chuc")
        add_post(agency=world.agency, person=person, unit=unit, title="Chuyên viên", since=DAY)
    rows = [
        ["TT", "Họ tên", "Phòng", "Năm", "Danh hiệu"],
        [1, "Trần Thị Bình", unit.name, 2016, "LDTT"],
        [2, "trần thị bình", unit.name, 2017, "LDTT"],
    ]
    imported = previewed(actors["secretary"], workbook({"Danh hiệu": rows}))
    assert [(row.state, row.asked["candidates"]) for row in imported.rows.all()] == [("asked", ["N1", "N2"])] * 2
    with pytest.raises(CannotDo, match="Còn 2 dòng chưa rõ là ai"):
        take_in_import(actor=actors["secretary"], imported=imported)
    key = imported.rows.first().asked["key"]
    imported = answer_import(actor=actors["secretary"], imported=imported, answers={key: "N2"})
    preview_import(actor=actors["secretary"], imported=imported)
    take_in_import(actor=actors["secretary"], imported=imported)
    assert sorted(Award.objects.filter(imported=imported).values_list("person__code", "year")) == [
        ("N2", 2016),
        ("N2", 2017),
    ]


def test_somebody_new_who_may_be_somebody_known_is_asked_about(world: Any, actors: dict[str, Any]) -> None:
    known = Person.objects.get(code="TC017")
    rows = [["Mã CBCCVC", "Họ và tên", "Loại"], ["TC17", known.full_name, "Công chức"]]
    imported = previewed(actors["secretary"], workbook({"Nhân sự": rows}))
    asked = imported.rows.get().asked
    assert asked["candidates"] == ["TC017"]
    answer_import(actor=actors["secretary"], imported=imported, answers={asked["key"]: "-"})
    imported.refresh_from_db()
    preview_import(actor=actors["secretary"], imported=imported)
    assert [(row.state, row.values["code"]) for row in imported.rows.all()] == [("new", "TC17")]


def test_a_post_at_the_same_time_as_another_is_wrong(world: Any, actors: dict[str, Any]) -> None:
    rows = [
        ["Mã CBCCVC", "Mã đơn vị", "Chức vụ", "Hình thức", "Từ ngày", "Đến ngày"],
        ["TC017", "VP", "Chuyên viên", "Chính thức", "1/6/2020", None],
    ]
    imported = previewed(actors["secretary"], workbook({"Quá trình công tác": rows}))
    (row,) = imported.rows.all()
    assert row.state == "wrong"
    assert row.problems[0][1].startswith("Chồng thời gian với vị trí “")


def test_columns_said_once_are_remembered(world: Any, actors: dict[str, Any]) -> None:
    rows = [["Mã CBCCVC", "Năm", "Mức", "Xếp loại"], ["TC017", 2019, "HTTNV", "x"]]
    data = workbook({"Xếp loại": rows})
    imported = receive_import(actor=actors["secretary"], data=data, filename="a.xlsx")
    (sheet,) = layout_of(imported)
    assert sheet.columns["grade"] == 3
    ColumnMemory.objects.create(agency=world.agency, table="ratings", header="muc", column="grade")
    ColumnMemory.objects.create(agency=world.agency, table="ratings", header="xep loai", column="")
    (sheet,) = layout_of(receive_import(actor=actors["secretary"], data=data, filename="a.xlsx"))
    assert sheet.columns == {"subject": 0, "year": 1, "grade": 2}


def test_a_workbook_put_aside_leaves_nothing_to_take_in(world: Any, actors: dict[str, Any]) -> None:
    imported = previewed(actors["secretary"], workbook({"Danh hiệu đã đạt": [AWARDS, ["TC017", None, 2015, "LDTT"]]}))
    dropped = drop_import(actor=actors["secretary"], imported=imported)
    assert (dropped.state, dropped.rows.count()) == ("dropped", 0)
    with pytest.raises(MoveRefused):
        preview_import(actor=actors["secretary"], imported=imported)


def test_a_member_may_not_bring_a_workbook_in(world: Any, actors: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        receive_import(actor=actors["member"], data=workbook({"A": [["a"]]}), filename="a.xlsx")
    assert Import.objects.filter(part="tables").count() == 0


def test_the_department_workbook_brought_in_again_changes_nothing(world: Any, actors: dict[str, Any]) -> None:
    data = (ROOT / "sample" / "so-tai-chinh-2020.xlsx").read_bytes()
    imported = previewed(actors["secretary"], data, "so-tai-chinh-2020.xlsx")
    other = [(row.sheet, row.row, row.state, row.problems, row.changes) for row in imported.rows.exclude(state="same")]
    assert other == []
    assert {row.table for row in imported.rows.all()} == set(TABLES)
    with pytest.raises(CannotDo, match="Không có dòng nào mới hay thay đổi"):
        take_in_import(actor=actors["secretary"], imported=imported)
