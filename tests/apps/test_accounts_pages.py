"""Units, people and accounts kept on their pages by somebody who does not program."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from house.routes import Line
from house.routes_accounts import TABLE
from house.test_forms_survive import page_forms, send, sendings
from house.test_routes import address

from thidua.apps.accounts.models import User
from thidua.apps.units.models import Lineage, Person, Post, Unit

PAGES = [line for line in TABLE if line.answers[3] == 200]


@pytest.fixture
def director(world: Any, client: Client) -> Client:
    client.force_login(User.objects.get(username="giam-doc"))
    return client


def sent(client: Client, place: str, verb: str, **fields: object) -> str:
    """Send one form of a page; the page that came after it."""
    data = {f"{verb}-{name}": value for name, value in fields.items()}
    return client.post(f"{place}?act={verb}", data, follow=True).content.decode()


@pytest.mark.parametrize("line", PAGES, ids=lambda line: f"{line.route} {line.thing}".strip())
def test_pages_are_light(
    line: Line, world: Any, actors: dict[str, Any], director: Client, django_assert_max_num_queries: Any
) -> None:
    place = address(line, world, actors)
    with django_assert_max_num_queries(15):
        page = director.get(place).content
    assert len(page) < 150 * 1024
    assert b" style=" not in page


@pytest.mark.parametrize("line", PAGES, ids=lambda line: f"{line.route} {line.thing}".strip())
def test_a_form_sent_back_wrong_is_answered(line: Line, world: Any, actors: dict[str, Any], director: Client) -> None:
    place = address(line, world, actors)
    director.raise_request_exception = False
    forms = page_forms(director, place)
    broken = []
    for target, fields in forms.found:
        if not re.search("ngon-ngu|dang-xuat", target):
            broken += [send(director, target, data) for data in sendings(fields, forms.files)]
    assert [one for one in broken if one] == []


def test_a_unit_is_added_merged_and_shown_with_its_successor(director: Client) -> None:
    page = sent(
        director,
        reverse("accounts:units"),
        "add",
        name="Phòng Đầu tư",
        code="DT",
        kind="phong",
        parent="",
        since="01/01/2020",
    )
    assert "Phòng Đầu tư" in page
    new, old = Unit.objects.get(code="DT"), Unit.objects.get(code="THTK")
    page = sent(director, reverse("accounts:unit", args=[old.pk]), "merge", after=new.pk, on="01/09/2020")
    assert "Sáp nhập" in page
    assert Lineage.objects.get().after == new
    listed = director.get(reverse("accounts:units"), {"q": "dau tu"}).content.decode()
    assert "Phòng Đầu tư" in listed
    assert "THTK" not in listed
    assert not Post.objects.current().filter(unit=old, until__isnull=True).exists()


def test_an_unclear_day_is_said_at_its_field_and_nothing_is_done(director: Client) -> None:
    old = Unit.objects.get(code="THTK")
    page = sent(director, reverse("accounts:unit", args=[old.pk]), "end", on="31/02/2020", because="Giải thể")
    assert "Chưa ghi được" in page
    page = sent(director, reverse("accounts:unit", args=[old.pk]), "end", on="31/12/2020", because="Giải thể")
    assert "vị trí sau ngày 31/12/2020" in page
    assert Unit.objects.get(code="THTK").until is None


def test_people_are_found_without_accents_and_transferred(director: Client) -> None:
    person = Person.objects.get(code="TC053")
    listed = director.get(reverse("accounts:people"), {"q": person.folded}).content.decode()
    assert person.full_name in listed
    unit = Unit.objects.get(code="VP")
    place = reverse("accounts:person", args=[person.pk])
    sent(director, place, "transfer", unit=unit.pk, title="Kế toán", on="01/02/2021", because="QĐ 12")
    assert Post.objects.current().filter(person=person, until__isnull=True).get().unit == unit


def test_a_new_account_is_told_its_password_once_and_must_change_it(director: Client, world: Any) -> None:
    person = Person.objects.get(code="TC053")
    answer = director.post(reverse("accounts:person", args=[person.pk]) + "?act=open", {"open-username": "moi.nguoi"})
    assert answer.headers["Cache-Control"] == "no-store"
    found = re.search(r"<code>([a-z0-9-]{19})</code>", answer.content.decode())
    assert found
    fresh = Client()
    assert fresh.login(username="moi.nguoi", password=found[1])
    assert fresh.get(reverse("desk:home")).headers["Location"] == reverse("accounts:own-password")
    own = {"old": found[1], "password": "mot-cau-rieng-rat-dai", "again": "mot-cau-rieng-rat-dai"}
    wrong = fresh.post(reverse("accounts:own-password"), {**own, "old": "sai"}).content.decode()
    assert "Mật khẩu đang dùng chưa đúng" in wrong
    alike = fresh.post(reverse("accounts:own-password"), {**own, "password": "moi.nguoi2020", "again": "moi.nguoi2020"})
    assert "Chưa ghi được" in alike.content.decode()
    assert fresh.post(reverse("accounts:own-password"), own).status_code == 302
    assert fresh.get(reverse("desk:home")).status_code == 200
    assert found[1] not in director.get(reverse("accounts:users")).content.decode()


def test_roles_are_given_and_ended_on_the_account_s_page(director: Client) -> None:
    user = User.objects.get(username="can-bo")
    place = reverse("accounts:user", args=[user.pk])
    page = sent(director, place, "grant", role="inspector", unit="", since="01/01/2021", until="", because="QĐ 3")
    grant = user.grants.get(role="inspector")
    assert f"?act=end-{grant.pk}" in page
    sent(director, place, f"end-{grant.pk}", on="31/03/2021", because="Hết nhiệm kỳ")
    grant.refresh_from_db()
    assert str(grant.until) == "2021-03-31"


def test_an_account_of_another_agency_is_not_found(director: Client) -> None:
    stranger = User.objects.get(username="nguoi-ngoai")
    assert director.get(reverse("accounts:user", args=[stranger.pk])).status_code == 404
