"""Pages of councils: what members, the clerk and the tellers do there, and how light they stay."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from apps.council_meeting import DAY, Meeting, outcome, secret, teller, without_own_rules
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from thidua.apps.accounts.models import User
from thidua.apps.councils import actions, queries
from thidua.apps.councils.models import Council, Session
from thidua.apps.councils.states import CouncilKind

MOST_QUERIES = 15
MOST_BYTES = 200 * 1024


@pytest.fixture
def meeting(world: Any, actors: dict[str, Any]) -> Meeting:
    return Meeting(actors)


def sign_in(client: Client, name: str) -> None:
    client.force_login(User.objects.get(username=name))


def text(client: Client, route: str, *args: object) -> str:
    return client.get(reverse(f"councils:{route}", args=args)).content.decode()


def test_a_member_votes_from_the_session_page(meeting: Meeting, client: Client) -> None:
    item = meeting.item()
    meeting.open(present=9)
    actions.open_vote(actor=meeting.by, item=item)
    sign_in(client, "can-bo")
    assert 'value="yes">Đồng ý</button>' in text(client, "session", meeting.session.pk)
    answer = client.post(reverse("councils:item", args=[item.pk]), {"act": "cast", "choice": "yes"})
    assert answer.headers["Location"] == f"/hoi-dong/phien/{meeting.session.pk}/?trang=1#muc-1"
    again = client.post(reverse("councils:item", args=[item.pk]), {"act": "cast", "choice": "no"})
    assert "mỗi người chỉ biểu quyết một lần" in again.content.decode()
    page = text(client, "session", meeting.session.pk)
    assert ("Ý kiến của bạn: <b>Đồng ý</b>" in page, "Đồng ý</button>" in page) == (True, False)
    assert list(item.positions.values_list("choice", "way")) == [("yes", "account")]


def test_a_former_member_reads_no_later_session(meeting: Meeting, client: Client) -> None:
    actions.end_membership(actor=meeting.by, member=meeting.members[1], until=DAY - datetime.timedelta(days=1))
    sign_in(client, "can-bo")
    assert client.get(reverse("councils:session", args=[meeting.session.pk])).status_code == 403
    assert meeting.session.title not in text(client, "councils")
    assert meeting.session.title not in text(client, "council", meeting.council.pk)


def test_a_member_has_no_way_into_running(meeting: Meeting, client: Client) -> None:
    item = meeting.item()
    meeting.open(present=9)
    sign_in(client, "can-bo")
    answer = client.post(reverse("councils:item", args=[item.pk]), {"act": "withdraw", "because": "thử"})
    assert "việc này không còn làm được" in answer.content.decode()
    assert client.get(reverse("councils:run", args=[meeting.session.pk])).status_code == 403
    assert outcome(item)[0] == "waiting"


def test_the_clerk_runs_a_session_from_attendance_to_minutes(meeting: Meeting, client: Client) -> None:
    item = meeting.item()
    sign_in(client, "thuong-truc")
    place = {name: reverse(f"councils:{name}", args=[meeting.session.pk]) for name in ("attendance", "run", "hands")}
    assert "Chưa điểm danh" in client.get(place["run"]).content.decode()
    refused = client.post(place["run"], {"act": "open", "at": "8h00"}).content.decode()
    assert "Chưa đủ số người họp" in refused
    marks = {f"presence-{member.pk}": "present" for member in meeting.members}
    assert client.post(place["attendance"], {"act": "mark", **marks}).status_code == 302
    assert client.post(place["run"], {"act": "open", "at": "8h00"}).status_code == 302
    hands = {f"choice-{member.pk}": "yes" for member in meeting.members}
    assert client.post(place["hands"], {"items": [item.pk], **hands}).status_code == 302
    assert outcome(item) == ("voted", 9, 5, 9, 0, 0, True)
    left = {"act": "leave", "member": meeting.members[8].pk, "left_at": "9:30", "reason": "đi công tác"}
    assert client.post(place["attendance"], left).status_code == 302
    assert client.post(place["run"], {"act": "close", "at": "10:00", "notes": "Nhất trí."}).status_code == 302
    assert client.post(place["run"], {"act": "sign", "on": "23/12/2020"}).status_code == 302
    session = Session.objects.get(pk=meeting.session.pk)
    assert (session.state, [str(one.number) for one in session.minutes.all()]) == ("minuted", ["01/BB-HĐTĐKT"])
    paper = client.get(reverse("councils:minutes", args=[session.pk, "session", "pdf"]))
    assert paper.content[:5] == b"%PDF-"


def test_tellers_enter_their_sheets_without_seeing_each_other(meeting: Meeting, client: Client) -> None:
    (item,) = secret(meeting, "CSTDCS")
    actions.enter_counts(actor=teller(meeting, 3), session=meeting.session, figures={item.pk: (9, 9, 1, 7, 1)})
    sign_in(client, "thuong-truc")
    place = reverse("councils:count", args=[meeting.session.pk])
    assert "số liệu chỉ hiện khi hai lần khớp nhau" in text(client, "item", item.pk)
    half = client.post(place, {f"issued-{item.pk}": "9", f"returned-{item.pk}": "9"}).content.decode()
    assert "Nhập một số; không có phiếu nào thì ghi 0." in half
    names = ("issued", "returned", "invalid", "yes", "no")
    sheet = {f"{name}-{item.pk}": figure for name, figure in zip(names, (9, 9, 0, 8, 1), strict=True)}
    assert client.post(place, sheet).status_code == 302
    assert "Hai lần kiểm không khớp" in text(client, "count", meeting.session.pk)
    said = text(client, "item", item.pk)
    assert "Hai lần kiểm không khớp, kiểm lại" in said
    assert [f'data-label="Đồng ý">{figure}</td>' in said for figure in (8, 7)] == [True, False]
    assert item.counts.count() == 2


def test_the_secretary_founds_a_council_and_plans_a_session(world: Any, client: Client, actors: dict[str, Any]) -> None:
    sign_in(client, "thuong-truc")
    typed = {"kind": "emulation", "name": "Hội đồng mới", "since": "15/01/2020", "paper": "Quyết định số 12/QĐ-STC"}
    client.post(reverse("councils:councils"), typed)
    council = Council.objects.get(name="Hội đồng mới")
    place = reverse("councils:council", args=[council.pk])
    client.post(place, {"act": "member", "person": "TC001", "role": "chair", "since": "15/01/2020"})
    chair = council.members.get()
    plan = {"act": "plan", "title": "Phiên một", "held_on": "23/12/2020", "place": "Phòng họp", "year": 2020}
    answer = client.post(place, {**plan, "chair": chair.pk, "clerk": chair.pk})
    session = council.sessions.get()
    assert (answer.headers["Location"], session.held_on) == (f"/hoi-dong/phien/{session.pk}/", DAY)
    without_own_rules(actors["secretary"], since=datetime.date(2025, 1, 1))
    lawless = client.post(place, {**plan, "held_on": "23/12/2025", "chair": chair.pk, "clerk": chair.pk})
    assert "Chưa có quy định trong bộ dữ liệu" in lawless.content.decode()
    assert council.sessions.count() == 1


def test_a_secret_ballot_says_what_it_cannot_hide(meeting: Meeting, client: Client) -> None:
    secret(meeting, "CSTDCS")
    sign_in(client, "can-bo")
    assert "khoảng 39% số lần tất cả bỏ giống nhau" in text(client, "session", meeting.session.pk)


@pytest.mark.parametrize("route", ["session", "run", "attendance", "hands", "count"])
def test_pages_stay_light_with_a_long_agenda(
    world: Any, actors: dict[str, Any], client: Client, django_assert_max_num_queries: Any, route: str
) -> None:
    meeting = Meeting(actors, kind=CouncilKind.EMULATION, members=25)
    for number in range(1, 61):
        meeting.item(number, title="LDTT" if number % 2 else "CSTDCS", conflicted=(number % 25,))
    meeting.open(present=25)
    actions.open_votes(actor=meeting.by, session=meeting.session)
    sign_in(client, "can-bo" if route == "session" else "thuong-truc")
    with django_assert_max_num_queries(MOST_QUERIES):
        page = client.get(reverse(f"councils:{route}", args=[meeting.session.pk])).content
    parts = [Path(str(finders.find(name))).stat().st_size for name in ("thidua.css", "mark.svg")]
    assert len(page) + sum(parts) < MOST_BYTES


def test_an_item_page_stays_light(meeting: Meeting, client: Client, django_assert_max_num_queries: Any) -> None:
    (item,) = secret(meeting, "CSTDCS")
    for name in ("thuong-truc", "can-bo"):
        sign_in(client, name)
        with django_assert_max_num_queries(MOST_QUERIES):
            assert client.get(reverse("councils:item", args=[item.pk])).status_code == 200


def test_a_result_says_of_how_many_the_percent_and_what_was_needed(meeting: Meeting, client: Client) -> None:
    (item,) = secret(meeting, "CSTDCS", present=8)
    for place in (3, 4):
        figures = {item.pk: (8, 8, 0, 5, 3)}
        actions.enter_counts(actor=teller(meeting, place), session=meeting.session, figures=figures)
    item = actions.close_vote(actor=meeting.by, item=item)
    short = "5/9 đồng ý (55,6%), cần 6: không thông qua"
    rule = "từ 2/3 trở lên tổng số thành viên, bỏ phiếu kín"
    assert queries.result_words(item, cited=False) == short
    cited = f"5/9 đồng ý (55,6%), cần 6 ({rule}; {item.cite}): không thông qua"
    assert (queries.result_words(item), item.cite.startswith("Điều 10 khoản 2")) == (cited, True)
    sign_in(client, "thuong-truc")
    for page in (text(client, "session", meeting.session.pk), text(client, "item", item.pk)):
        assert [words for words in (short, rule, "Điều 10 khoản 2") if words not in page] == []
    session = actions.close_session(actor=meeting.by, session=meeting.session, at=datetime.time(10, 0))
    for paper in (queries.session_minutes(session), queries.tally_minutes(session)):
        said = str(paper.sections)
        assert [words for words in (short, rule, "Điều 10 khoản 2") if words not in said] == []
