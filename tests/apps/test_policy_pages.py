"""Founding the first agency with the console's token, and changing packs by two people."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from thidua.apps.accounts.access import CannotDo
from thidua.apps.accounts.models import User
from thidua.apps.audit.models import Entry
from thidua.apps.policy.actions import set_up_agency
from thidua.apps.policy.models import Activation, InstalledPack
from thidua.apps.policy.queries import ruleset_on, shipped_packs
from thidua.apps.units.models import Agency

TOKEN = "mot-ma-in-tren-man-hinh"
PLACE = f"/thiet-lap/{TOKEN}/"


@pytest.fixture
def empty(db: None, settings: Any) -> None:
    """No agency, as after a first start; the sample comes back when the test's transaction is rolled back."""
    settings.SETUP_TOKEN = TOKEN
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE units_agency CASCADE")


def given(**changes: object) -> dict[str, object]:
    national = next(one.pack.digest for one in shipped_packs() if one.pack.name == "vn.national")
    return {
        "name": "Sở Xây dựng",
        "code": "sxd",
        "kind": "so",
        "place": "Hà Nội",
        "parent_name": "Ủy ban nhân dân thành phố",
        "packs": [national],
        "since": "01/01/2020",
        "username": "quan-tri",
        "password": "mot-cau-rieng-rat-dai",
        "again": "mot-cau-rieng-rat-dai",
        **changes,
    }


def test_the_first_start_founds_the_agency_and_lets_its_administrator_in(empty: None, client: Client) -> None:
    assert "mở địa chỉ thành lập" in client.get(reverse("accounts:sign-in")).content.decode()
    assert "Thành lập cơ quan" in client.get(PLACE).content.decode()
    answer = client.post(PLACE, given())
    assert answer.headers["Location"] == reverse("accounts:units")
    agency = Agency.objects.get(code="sxd")
    assert (agency.name, agency.kind, agency.place) == ("Sở Xây dựng", "so", "Hà Nội")
    with scope(agency=agency.pk):
        assert list(Entry.objects.values_list("verb", flat=True)) == [
            "found_agency",
            "open_account",
            "grant_role",
            "activate_packs",
        ]
        activation = Activation.objects.get()
        assert ruleset_on(datetime.date(2020, 6, 1)).packs
    user = User.objects.get(username="quan-tri")
    assert (activation.proposed_by, activation.activated_by) == ("", f"user:{user.pk}")
    assert client.get(reverse("accounts:units")).status_code == 200
    assert client.get(PLACE).status_code == 404
    assert client.post(PLACE, given(code="khac", username="khac")).status_code == 404


@pytest.mark.parametrize("token", ["sai", TOKEN[:-1], TOKEN + "x"])
def test_without_the_token_nobody_founds_anything(empty: None, client: Client, token: str) -> None:
    assert client.post(f"/thiet-lap/{token}/", given()).status_code == 404
    assert not Agency.objects.exists()


def test_without_a_token_of_the_server_an_empty_one_opens_nothing(empty: None, client: Client, settings: Any) -> None:
    settings.SETUP_TOKEN = ""
    assert client.get(PLACE).status_code == 404


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "Tên cơ quan"),
        ({"code": "Sở"}, "chữ thường không dấu"),
        ({"password": "ngan", "again": "ngan"}, "Mật khẩu mới"),
        ({"again": "mot-cau-khac-rat-dai"}, "khác nhau"),
        ({"packs": []}, "Bộ luật"),
        ({"since": "31/02/2020"}, "Làm theo bộ luật từ ngày"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_founded(
    empty: None, client: Client, changes: dict[str, object], said: str
) -> None:
    page = client.post(PLACE, given(**changes)).content.decode()
    assert "Chưa ghi được" in page
    assert said in page
    assert not Agency.objects.exists()
    assert not User.objects.filter(username="quan-tri").exists()


def test_a_second_agency_is_not_founded_this_way(world: Any, settings: Any) -> None:
    settings.SETUP_TOKEN = TOKEN
    with pytest.raises(CannotDo, match="đã được thành lập"):
        set_up_agency(
            token=TOKEN,
            code="x",
            name="X",
            kind="so",
            place="",
            parent_name="",
            username="x",
            password="mot-cau-rieng-rat-dai",
            packs=[],
            since=datetime.date(2020, 1, 1),
        )


def test_one_person_proposes_packs_on_the_page_and_another_confirms(world: Any, client: Client) -> None:
    place, national = reverse("policy:packs"), InstalledPack.objects.get(name="vn.national")
    client.force_login(User.objects.get(username="thuong-truc"))
    data = {"propose-packs": [national.digest], "propose-since": "01/01/2021", "propose-because": "Bỏ quy chế cũ"}
    page = client.post(place + "?act=propose", data, follow=True).content.decode()
    assert "Người khác với người đề nghị phải xác nhận" in page
    assert "act=confirm" not in page
    pk = Activation.objects.count()
    waiting = page.split("?act=withdraw-")[1].split('"')[0]
    assert client.post(f"{place}?act=confirm-{waiting}").status_code == 403
    assert Activation.objects.count() == pk
    client.force_login(User.objects.get(username="giam-doc"))
    assert f"?act=confirm-{waiting}" in client.get(place).content.decode()
    page = client.post(f"{place}?act=confirm-{waiting}", follow=True).content.decode()
    assert "thuong-truc đề nghị" in page
    assert Activation.objects.count() == pk + 1
    assert len(ruleset_on(datetime.date(2021, 1, 1)).packs) == 1
