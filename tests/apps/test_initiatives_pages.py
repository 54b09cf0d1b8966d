"""Pages of initiatives by role and state: forms become acts, what is hidden stays hidden, pages are light."""

from typing import Any

import pytest
from apps.initiatives_world import (
    ACCEPTED,
    ASSESSED,
    DECIDED,
    FILED,
    NAME,
    accepted,
    council,
    drafted,
    judged,
    passed,
    voted,
)
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from thidua.apps.accounts.models import User
from thidua.apps.councils.models import Session
from thidua.apps.councils.states import Choice
from thidua.apps.initiatives.actions import accept_application, apply_for, assess, recognise, schedule, take_vote
from thidua.apps.initiatives.forms import RecogniseForm
from thidua.apps.initiatives.models import Assessment, Initiative
from thidua.apps.initiatives.states import InitiativeState
from thidua.apps.records.models import Achievement

__all__ = ["council"]
MOST_QUERIES = 15
MOST_BYTES = 100 * 1024


def page_of(initiative: Initiative) -> str:
    return reverse("initiatives:initiative", args=[initiative.pk])


def act_on(initiative: Initiative, verb: str) -> str:
    return reverse("initiatives:act", args=[initiative.pk, verb])


def sign_in(client: Client, name: str) -> Client:
    client.force_login(User.objects.get(username=name))
    return client


def test_pages_are_light_in_every_state_for_everybody(
    world: Any, actors: dict[str, Any], council: dict[str, Any], client: Client
) -> None:
    member, run = actors["member"], actors["secretary"]
    seats = [User.objects.get(pk=actor.user_id).username for actor in council["actors"]]
    seen: list[tuple[str, str, int]] = []

    def look(initiative: Initiative) -> None:
        for name in ("can-bo", "thuong-truc", "giam-doc", *seats):
            sign_in(client, name)
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(page_of(initiative))
            if answer.status_code == 200:
                seen.append((initiative.state, name, len(queries)))
                assert len(answer.content) < MOST_BYTES

    initiative = drafted(member)
    look(initiative)
    initiative = apply_for(actor=member, initiative=initiative, on=FILED)
    look(initiative)
    initiative = accept_application(actor=run, initiative=initiative, on=ACCEPTED)
    judged(initiative, council)
    look(initiative)
    schedule(actor=run, initiative=initiative, session=council["session"])
    look(Initiative.objects.get(pk=initiative.pk))
    voted(council, actors, Choice.YES)
    initiative = take_vote(actor=run, initiative=initiative)
    look(initiative)
    recognise(actor=actors["director"], initiatives=[initiative], scope="co_so", on=DECIDED)
    look(Initiative.objects.get(pk=initiative.pk))
    assert [line for line in seen if line[2] > MOST_QUERIES] == []
    assert len(seen) == 1 + 5 * (3 + len(seats))


def test_the_whole_way_by_forms(world: Any, actors: dict[str, Any], council: dict[str, Any], client: Client) -> None:
    typed = {
        "year": "2020",
        "name": NAME,
        "essence": "Một bảng chung.",
        "benefit": "Ít khoản quá hạn hơn.",
        "first_applied_on": "02/03/2020",
        "scope_asked": "co_so",
        "author_1": "TC017",
        "share_1": "90",
    }
    sign_in(client, "can-bo")
    client.post(reverse("initiatives:draft"), typed)
    initiative = Initiative.objects.get(name=NAME)
    page = client.get(page_of(initiative)).content.decode()
    assert "Tổng tỷ lệ đóng góp của các tác giả là 90%, phải đúng 100%" in page
    client.post(reverse("initiatives:redraft", args=[initiative.pk]), typed | {"share_1": "100"})
    client.post(act_on(initiative, "nop"), {"on": "30/09/2020"})
    sign_in(client, "thuong-truc")
    client.post(act_on(initiative, "nhan"), {"on": "15/10/2020"})
    for actor in council["actors"][:2]:
        client.force_login(User.objects.get(pk=actor.user_id))
        place = reverse("initiatives:assess", args=[initiative.pk])
        assert "3 – Hiệu quả rõ, có số liệu so sánh trước và sau khi áp dụng" in client.get(place).content.decode()
        points = {"novelty": "3", "application": "4", "effect": "3", "comment": "Tốt.", "on": "10/11/2020"}
        assert client.post(place, points).status_code == 302
    sign_in(client, "thuong-truc")
    client.post(act_on(initiative, "len-lich"), {"session": council["session"].pk})
    voted(council, actors, Choice.YES)
    client.post(act_on(initiative, "ket-qua"))
    sign_in(client, "giam-doc")
    chosen = {"initiatives": [initiative.pk], "scope": "co_so", "on": "01/12/2020"}
    client.post(reverse("initiatives:recognise"), chosen)
    done = Initiative.objects.get(pk=initiative.pk)
    assert (done.state, done.recognition.decision) == (InitiativeState.RECOGNISED, "01/QĐ-STC")
    assert Achievement.objects.current().get(name=NAME).person_id == actors["member"].person_id
    for name in ("decision", "certificate"):
        answer = client.get(reverse(f"initiatives:{name}", args=[done.pk]))
        assert (answer.headers["Content-Type"], answer.content[:4]) == ("application/pdf", b"%PDF")


def test_what_cannot_be_done_is_said_on_the_page(world: Any, actors: dict[str, Any], client: Client) -> None:
    initiative = drafted(actors["member"], first_applied_on=FILED.replace(year=2018))
    answer = sign_in(client, "can-bo").post(act_on(initiative, "nop"), {"on": "30/09/2020"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Chưa ghi được" in page
    assert "Nêu lý do nộp muộn" in page
    assert Initiative.objects.get(pk=initiative.pk).state == InitiativeState.DRAFT
    client.post(act_on(initiative, "nop"), {"on": "30/09/2020", "because": "Chờ quyết toán"})
    again = client.post(act_on(initiative, "nop"), {"on": "30/09/2020"})  # a second tab
    assert "Không làm được việc này" in again.content.decode()
    assert Initiative.objects.get(pk=initiative.pk).state == InitiativeState.APPLIED


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"author_2": "own", "share_2": "50"}, "Người này đã được ghi ở trên."),
        ({"author_2": "", "share_2": "50"}, "Ghi người có tỷ lệ đóng góp này"),
        ({"author_2": "other"}, "Ghi tỷ lệ đóng góp của người này."),
        ({"author_2": "999999", "share_2": "50"}, "Không có ai có họ tên hoặc mã “999999”"),
        ({"author_2": "nguyen", "share_2": "50"}, "Nhiều người khớp “nguyen”"),
        ({"first_applied_on": "31/02/2020"}, "Ngày áp dụng lần đầu"),
    ],
)
def test_bad_input_is_said_at_its_field(
    world: Any, actors: dict[str, Any], client: Client, typed: dict[str, str], says: str
) -> None:
    own = "TC017"
    people = {"own": own, "other": "TC001"}
    whole = {"year": "2020", "name": "Thử", "scope_asked": "co_so", "author_1": own, "share_1": "50"}
    whole |= {key: people.get(value, value) for key, value in typed.items()}
    page = sign_in(client, "can-bo").post(reverse("initiatives:draft"), whole).content.decode()
    assert "Chưa ghi được" in page
    assert says in page
    assert Initiative.objects.filter(name="Thử").count() == 0


def test_points_and_assessors_are_hidden_from_peers_and_authors_before_the_vote(
    world: Any, actors: dict[str, Any], council: dict[str, Any], client: Client
) -> None:
    initiative = accepted(actors)
    first, second, _third = council["actors"]
    for actor, comment in ((first, "Nhận xét thứ nhất"), (second, "Nhận xét thứ hai")):
        assess(actor=actor, initiative=initiative, novelty=3, application=3, effect=3, comment=comment, on=ASSESSED)

    def read(actor: Any) -> str:
        client.force_login(User.objects.get(pk=actor.user_id))
        return str(client.get(page_of(initiative)).content.decode())

    def comments(page: str) -> list[bool]:
        return [text in page for text in ("Nhận xét thứ nhất", "Nhận xét thứ hai")]

    assert comments(read(first)) == [True, False]
    for actor in (actors["member"], actors["secretary"], actors["director"]):
        assert comments(read(actor)) == [False, False]
    schedule(actor=actors["secretary"], initiative=initiative, session=Session.objects.get(pk=council["session"].pk))
    voted(council, actors, Choice.YES)
    taken = take_vote(actor=actors["secretary"], initiative=initiative)
    assert comments(read(actors["secretary"])) == [True, True]
    assert comments(read(actors["member"])) == [False, False]
    recognise(actor=actors["director"], initiatives=[taken], scope="co_so", on=DECIDED)
    page = read(actors["member"])
    assert comments(page) == [True, True]
    assert [str(row.person) in page for row in Assessment.objects.select_related("person")] == [False, False]


def test_the_list_filters_and_offers_the_register(
    world: Any, actors: dict[str, Any], council: dict[str, Any], client: Client
) -> None:
    initiative = passed(actors, council)
    place = reverse("initiatives:initiatives")
    sign_in(client, "thuong-truc")
    assert NAME in client.get(place, {"q": "tam ung", "trang-thai": "passed", "nam": "2020"}).content.decode()
    assert "Không có sáng kiến nào khớp" in client.get(place, {"q": "khong co", "nam": "xx"}).content.decode()
    answer = client.get(reverse("initiatives:register", args=[initiative.year]))
    assert answer.content[:4] == b"%PDF"
    assert NAME in sign_in(client, "giam-doc").get(reverse("initiatives:recognise")).content.decode()


def test_of_very_many_to_recognise_the_first_are_offered_and_the_rest_are_counted(
    world: Any, actors: dict[str, Any], council: dict[str, Any], client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = passed(actors, council)
    other = Initiative.objects.get(pk=first.pk)
    other.pk, other.name = None, "Sáng kiến đến sau"
    other.save()
    monkeypatch.setattr(RecogniseForm, "MOST_OFFERED", 1)
    page = sign_in(client, "giam-doc").get(reverse("initiatives:recognise")).content.decode()
    assert NAME in page
    assert "Sáng kiến đến sau" not in page
    assert "Có 2 sáng kiến chờ công nhận; ở đây nêu 1 sáng kiến đầu." in page
    monkeypatch.setattr(RecogniseForm, "MOST_OFFERED", 2)
    assert "Sáng kiến đến sau" in client.get(reverse("initiatives:recognise")).content.decode()
