"""Units merged, renamed and ended; people taken on, transferred and gone: what was held before stays as history."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from thidua.apps.accounts import actions
from thidua.apps.accounts.access import CannotDo, Refused
from thidua.apps.accounts.models import RoleGrant
from thidua.apps.audit.models import Entry
from thidua.apps.units.models import Lineage, Person, Post, Unit
from thidua.apps.units.queries import members_of_year
from thidua.core.calendar import year_period

DAY = datetime.date
MERGED = DAY(2020, 9, 1)


def unit(code: str) -> Unit:
    return Unit.objects.get(code=code)


def posts(person: Person) -> list[tuple[str, datetime.date, datetime.date | None]]:
    rows = Post.objects.current().filter(person=person, kind="chinh_thuc").order_by("since")
    return [(row.unit.code, row.since, row.until) for row in rows]


def test_merging_moves_the_people_as_of_the_day_and_keeps_what_was(world: Any, actors: dict[str, Any]) -> None:
    known = timezone.now()
    person = Person.objects.get(code="TC053")
    *earlier, (_, since, _until) = posts(person)
    actions.merge_units(actor=actors["director"], before=unit("THTK"), after=unit("GCS"), on=MERGED)
    assert posts(person) == [*earlier, ("THTK", since, DAY(2020, 8, 31)), ("GCS", MERGED, None)]
    assert unit("THTK").until == DAY(2020, 8, 31)
    assert not Post.objects.current().filter(unit=unit("THTK"), until__isnull=True).exists()
    assert members_of_year(year_period(2020))[person.pk].unit.code == "GCS"
    assert members_of_year(year_period(2020), known_at=known)[person.pk].unit.code == "THTK"
    assert Entry.objects.latest("seq").verb == "merge_unit"


def test_a_post_that_begins_after_the_merger_begins_in_the_successor(world: Any, actors: dict[str, Any]) -> None:
    by = actors["director"]
    new = actions.take_on(
        actor=by,
        code="N1",
        full_name="Lê Văn Mới",
        category="cong_chuc",
        unit=unit("THTK"),
        title="Chuyên viên",
        since=DAY(2020, 10, 1),
    )
    actions.merge_units(actor=by, before=unit("THTK"), after=unit("GCS"), on=MERGED)
    assert posts(new) == [("GCS", DAY(2020, 10, 1), None)]


@pytest.mark.parametrize(
    ("before", "after", "on", "said"),
    [
        ("THTK", "THTK", MERGED, "vào chính nó"),
        ("THTK", "GCS", DAY(1, 1, 2), "không hợp lý"),
        ("CU", "GCS", MERGED, "đã kết thúc hoạt động"),
    ],
)
def test_a_merger_that_cannot_be_changes_nothing(
    world: Any, actors: dict[str, Any], before: str, after: str, on: datetime.date, said: str
) -> None:
    by = actors["director"]
    old = actions.found_unit(actor=by, code="CU", name="Phòng cũ", kind="phong", since=DAY(2019, 1, 1), parent=None)
    actions.end_unit(actor=by, unit=old, on=DAY(2019, 12, 31), because="Giải thể")
    with pytest.raises(CannotDo, match=said):
        actions.merge_units(actor=by, before=unit(before), after=unit(after), on=on)
    assert not Lineage.objects.exists()


def test_a_renamed_unit_keeps_its_head_and_its_people(world: Any, actors: dict[str, Any]) -> None:
    after = actions.rename_unit(
        actor=actors["director"], unit=unit("HCSN"), code="HCSN2", name="Phòng Tài chính ngành", on=DAY(2021, 1, 1)
    )
    heads = RoleGrant.objects.filter(role="head", user__username="truong-phong").order_by("since")
    assert [(row.unit.code, row.until) for row in heads if row.unit] == [
        ("HCSN", DAY(2020, 12, 31)),
        ("HCSN2", None),
    ]
    assert Lineage.objects.get().kind == "doi_ten"
    assert Post.objects.current().filter(unit=after).exists()
    assert (unit("HCSN").name, after.kind) != (after.name, "")


def test_a_unit_with_people_does_not_end_and_an_ended_one_comes_back(world: Any, actors: dict[str, Any]) -> None:
    by = actors["director"]
    with pytest.raises(CannotDo, match=r"còn .* vị trí sau ngày 31/12/2020"):
        actions.end_unit(actor=by, unit=unit("VP"), on=DAY(2020, 12, 31), because="Giải thể")
    empty = actions.found_unit(actor=by, code="T", name="Tổ", kind="phong", since=DAY(2020, 1, 1), parent=unit("VP"))
    actions.end_unit(actor=by, unit=empty, on=DAY(2020, 6, 30), because="Giải thể")
    assert unit("T").until == DAY(2020, 6, 30)
    actions.reopen_unit(actor=by, unit=empty, because="Ghi nhầm")
    assert unit("T").until is None
    with pytest.raises(CannotDo, match="đã là của Tổ"):
        actions.found_unit(actor=by, code="T", name="Khác", kind="phong", since=DAY(2020, 1, 1), parent=None)


def test_a_transfer_a_correction_and_a_withdrawal_keep_every_version(world: Any, actors: dict[str, Any]) -> None:
    by, person = actors["director"], Person.objects.get(code="TC053")
    *earlier, (_, since, _until) = posts(person)
    moved = actions.transfer(
        actor=by, person=person, unit=unit("VP"), title="Chuyên viên", on=DAY(2021, 2, 1), because="QĐ 12"
    )
    assert posts(person) == [*earlier, ("THTK", since, DAY(2021, 1, 31)), ("VP", DAY(2021, 2, 1), None)]
    actions.withdraw_post(actor=by, post=moved, because="Quyết định bị hủy")
    first = Post.objects.current().filter(person=person).latest("since")
    again = actions.correct_post(actor=by, post=first, title=first.title, since=since, until=None, because="Hủy QĐ 12")
    assert posts(person) == [*earlier, ("THTK", since, None)]
    assert again.supersedes == first
    assert Post.objects.filter(person=person).count() == len(earlier) + 4
    with pytest.raises(CannotDo, match="Tải lại trang"):
        actions.withdraw_post(actor=by, post=first, because="Tab cũ")


def test_two_regular_posts_at_once_are_refused_in_words(world: Any, actors: dict[str, Any]) -> None:
    person, before = Person.objects.get(code="TC053"), Post.objects.count()
    with pytest.raises(CannotDo, match="chỉ một vị trí chính thức"):
        actions.give_post(
            actor=actors["director"],
            person=person,
            unit=unit("VP"),
            title="Kế toán",
            kind="chinh_thuc",
            since=DAY(2021, 1, 1),
        )
    assert Post.objects.count() == before


def test_who_leaves_loses_the_roles_and_keeps_the_record(world: Any, actors: dict[str, Any]) -> None:
    by, person = actors["director"], Person.objects.get(code="TC024")
    ended = actions.end_service(actor=by, person=person, on=DAY(2020, 12, 15), because="Nghỉ hưu")
    assert [post.until for post in ended] == [DAY(2020, 12, 15)]
    assert RoleGrant.objects.get(user__person=person, role="head").until == DAY(2020, 12, 15)
    assert members_of_year(year_period(2020))[person.pk].left_on == DAY(2020, 12, 15)
    with pytest.raises(CannotDo, match="không còn vị trí nào"):
        actions.end_service(actor=by, person=person, on=DAY(2020, 12, 20), because="Nghỉ hưu")


@pytest.mark.parametrize("role", ["member", "head", "secretary", "other_agency"])
def test_only_who_manages_changes_units_and_people(world: Any, actors: dict[str, Any], role: str) -> None:
    with pytest.raises(Refused):
        actions.merge_units(actor=actors[role], before=unit("THTK"), after=unit("GCS"), on=MERGED)
    with pytest.raises(Refused):
        actions.end_service(actor=actors[role], person=Person.objects.get(code="TC053"), on=MERGED, because="thử")
    assert not Lineage.objects.exists()
