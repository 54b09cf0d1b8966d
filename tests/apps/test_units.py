"""Units, people and posts in time; scope; two times."""

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django_scopes import ScopeError, scope

from thidua.apps.units.actions import add_person, add_post, add_unit, merge_unit
from thidua.apps.units.models import Person, Post, Unit
from thidua.apps.units.queries import members_of_year
from thidua.core.calendar import year_period

DAY = datetime.date


def test_an_unscoped_query_raises(db: None) -> None:
    for query in (Person.objects.all, Post.objects.current, lambda: Unit.objects.filter(code="VP")):
        with pytest.raises(ScopeError):
            list(query())


def test_scope_hides_the_other_agency(world: Any) -> None:
    with scope(agency=world.other.pk):
        assert not Person.objects.exists()
        assert not Unit.objects.filter(code="VP").exists()
    assert Person.objects.count() == 62


def test_the_database_refuses_two_regular_posts_at_once(world: Any) -> None:
    post = Post.objects.current().filter(person__code="TC017", kind="chinh_thuc").latest("since")
    with pytest.raises(IntegrityError), transaction.atomic():
        add_post(agency=world.agency, person=post.person, unit=post.unit, title="Thêm", since=DAY(2020, 6, 1))


def test_members_count_where_their_last_post_of_the_year_is(world: Any) -> None:
    members = {item.person.code: item for item in members_of_year(year_period(2020)).values()}
    assert len(members) == 62
    assert members["TC042"].unit.code == "GCS"
    assert members["TC036"].left_on == DAY(2020, 11, 1)
    assert members["TC022"].seconded_to != ""
    assert members["TC022"].unit.code == "QLNS"


def test_members_of_a_year_before_the_transfer(world: Any) -> None:
    members = {item.person.code: item for item in members_of_year(year_period(2019)).values()}
    assert members["TC042"].unit.code == "HCSN"
    assert "TC056" not in members


def test_a_corrected_post_keeps_what_was_known_before(world: Any) -> None:
    post = Post.objects.current().get(person__code="TC036")
    known = post.known_from + datetime.timedelta(seconds=1)
    corrected = known + datetime.timedelta(seconds=1)
    Post.objects.filter(pk=post.pk).update(superseded_at=corrected)
    Post.objects.create(
        agency=world.agency,
        person=post.person,
        unit=post.unit,
        title=post.title,
        since=post.since,
        until=DAY(2020, 12, 1),
        supersedes=post,
        known_from=corrected,
    )
    assert members_of_year(year_period(2020))[post.person_id].left_on == DAY(2020, 12, 1)
    assert members_of_year(year_period(2020), known_at=known)[post.person_id].left_on == DAY(2020, 11, 1)


def test_one_code_twice_in_an_agency_is_refused_and_in_another_is_not(world: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        add_person(agency=world.agency, code="TC001", full_name="Trùng Mã", category="cong_chuc")
    with scope(agency=world.other.pk):
        assert add_person(agency=world.other, code="TC001", full_name="Cùng Mã", category="cong_chuc").pk


def test_merging_ends_the_old_unit_and_is_recorded(world: Any) -> None:
    before = Unit.objects.get(code="THTK")
    after = add_unit(agency=world.agency, code="MOI", name="Phòng mới", kind="phong")
    lineage = merge_unit(actor="user:1", before=before, after=after, kind="sap_nhap", on=DAY(2020, 7, 1))
    before.refresh_from_db()
    assert (before.until, lineage.after.code) == (DAY(2020, 6, 30), "MOI")


def test_names_sort_by_given_name_then_the_rest(world: Any) -> None:
    for name in ("Trần Thị Ánh", "Nguyễn Văn An", "Lê Thị Ân", "Đỗ Văn An"):
        add_person(agency=world.other, code=name, full_name=name, category="cong_chuc")
    with scope(agency=world.other.pk):
        names = [person.full_name for person in Person.objects.all()]
    assert names == ["Đỗ Văn An", "Nguyễn Văn An", "Trần Thị Ánh", "Lê Thị Ân"]
