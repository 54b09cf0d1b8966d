"""The same form sent from two tabs: the second is told why it was not done, and nothing is done twice."""

from typing import Any

import pytest
from apps.chain_story import Chain, signed_copy
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from thidua.apps.accounts.models import User
from thidua.apps.accounts.queries import visitor
from thidua.apps.councils import actions as councils
from thidua.apps.councils.models import Position
from thidua.apps.decisions.models import Decision, GoldenBook
from thidua.apps.files.models import TakenNumber
from thidua.apps.honours.actions import object_to
from thidua.apps.honours.models import Objection
from thidua.apps.nominations.models import Nomination
from thidua.apps.registrations.actions import open_sheets, register_titles
from thidua.apps.registrations.models import UnitSheet
from thidua.apps.registrations.states import SheetState

DAY_TYPED = "31/12/2020"


@pytest.fixture
def chain(world: Any, actors: dict[str, Any]) -> Chain:
    return Chain(world, actors)


def signed_in(name: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=name))
    return client


def words(answer: Any) -> str:
    return str(answer.content.decode())


def test_casting_twice(chain: Chain) -> None:
    session = chain.seat_all(chain.before_council())
    item = councils.open_vote(actor=chain.by, item=session.items.order_by("number")[0])
    first, second = signed_in("can-bo"), signed_in("can-bo")
    page = reverse("councils:item", args=[item.pk])
    assert first.post(page, {"act": "cast", "choice": "yes"}).status_code == 302
    with chain.unchanged():
        answer = second.post(page, {"act": "cast", "choice": "no"})
        assert (answer.status_code, "mỗi người chỉ biểu quyết một lần" in words(answer)) == (200, True)
    assert list(Position.objects.values_list("item", "choice").filter(item=item)) == [(item.pk, "yes")]


def test_submitting_a_sheet_twice(chain: Chain) -> None:
    open_sheets(actor=chain.by, campaign=chain.campaign)
    register_titles(
        actor=chain.by, campaign=chain.campaign, titles=["TTLDTT"], unit=chain.unit, on=chain.campaign.launched_on
    )
    page = reverse("registrations:unit", args=[chain.campaign.pk, chain.unit.pk]) + "?act=submitting"
    first, second = signed_in("truong-phong"), signed_in("thuong-truc")
    assert first.post(page).status_code == 302
    with chain.unchanged():
        assert "đang ở trạng thái" in words(second.post(page))
    assert UnitSheet.objects.get(unit=chain.unit).state == SheetState.SUBMITTED


def test_drafting_a_decision_twice(chain: Chain) -> None:
    rows = chain.passed()
    first, second = signed_in("thuong-truc"), signed_in("thuong-truc")
    page = reverse("decisions:new-decision", args=[2020])
    typed = {
        "nominations": [row.pk for row in rows],
        "subject": "Về việc công nhận danh hiệu thi đua năm 2020",
        "kind": "award",
        "dated": DAY_TYPED,
    }
    answer = first.post(page, typed)
    assert answer.status_code == 302, words(answer)
    with chain.unchanged():
        assert second.post(page, typed).status_code == 200
    assert Decision.objects.count() == 1


def test_sending_to_sign_and_taking_the_copy_twice(chain: Chain) -> None:
    decision = chain.drafted()
    first, second = signed_in("thuong-truc"), signed_in("giam-doc")
    page = reverse("decisions:decision", args=[decision.pk])
    typed = {"gui-ky-on": DAY_TYPED, "gui-ky-number": ""}
    assert first.post(f"{page}?viec=gui-ky", typed).status_code == 302
    with chain.unchanged():
        assert "đang ở trạng thái “Đã gửi ký”" in words(second.post(f"{page}?viec=gui-ky", typed))
    assert TakenNumber.objects.filter(series="QĐ-STC").count() == 1
    decision.refresh_from_db()
    copy = signed_copy(decision)
    for client, said in ((first, 302), (second, 200)):
        file = SimpleUploadedFile("ky.pdf", copy, content_type="application/pdf")
        answer = client.post(f"{page}?viec=nhan-ban-ky", {"nhan-ban-ky-on": DAY_TYPED, "nhan-ban-ky-file": file})
        assert answer.status_code == said
    assert "đang ở trạng thái “Đã ký, có hiệu lực”" in words(answer)
    assert GoldenBook.objects.count() == Nomination.objects.count()


def test_posting_a_decision_twice(chain: Chain) -> None:
    decision = chain.sign(chain.drafted())
    typed = {"quyet-dinh-decision": decision.pk, "quyet-dinh-on": DAY_TYPED}
    page = reverse("honours:postings") + "?viec=quyet-dinh"
    assert signed_in("thuong-truc").post(page, typed).status_code == 302
    with chain.unchanged():
        assert signed_in("thuong-truc").post(page, typed).status_code == 200


def test_posting_the_council_s_result_twice(chain: Chain) -> None:
    session = chain.before_council()
    chain.hold_meeting(session)
    typed = {"ket-qua-session": session.pk, "ket-qua-on": "24/12/2020"}
    page = reverse("honours:postings") + "?viec=ket-qua"
    assert signed_in("thuong-truc").post(page, typed).status_code == 302
    with chain.unchanged():
        answer = signed_in("thuong-truc").post(page, typed)
        assert "đã niêm yết từ ngày 24/12/2020" in words(answer)


def test_answering_an_objection_twice(chain: Chain) -> None:
    posting = chain.post(chain.sign(chain.drafted()))
    objection = object_to(
        actor=visitor(chain.world.agency),
        posting=posting,
        name="Người Dân",
        contact="0900 000 000",
        text="Đề nghị xem lại",
        about="",
        on=posting.posted_on,
    )
    page = reverse("honours:objection", args=[objection.pk])
    first, second = signed_in("thuong-truc"), signed_in("giam-doc")
    assert first.post(page, {"answer": "Đúng quy định.", "on": DAY_TYPED}).status_code == 302
    with chain.unchanged():
        answer = words(second.post(page, {"answer": "Sẽ xem lại sau.", "on": DAY_TYPED}))
        assert "đang ở trạng thái “Đã trả lời”" in answer
        assert "Sẽ xem lại sau." in answer  # what was typed is not lost
    assert Objection.objects.get().answer == "Đúng quy định."


def test_an_objection_sent_from_a_page_that_was_open_too_long(chain: Chain) -> None:
    posting = chain.post(chain.sign(chain.drafted()))
    page = reverse("honours:public-posting", args=["stc", posting.slug])
    with chain.unchanged():
        answer = words(Client().post(page, {"name": "Người Dân", "contact": "0900", "text": "Xem lại", "website": ""}))
    assert f"đến hết {posting.closes_on:%d/%m/%Y}; ngoài thời gian này" in answer
    assert "Xem lại" in answer
    assert Objection.objects.count() == 0


def test_closing_a_posting_twice(chain: Chain) -> None:
    posting = chain.post(chain.sign(chain.drafted()))
    page = reverse("honours:posting", args=[posting.pk])
    first, second = signed_in("thuong-truc"), signed_in("thuong-truc")
    assert first.post(page, {"on": "31/01/2021"}).status_code == 302
    with chain.unchanged():
        assert "đang ở trạng thái “Đã hết niêm yết”" in words(second.post(page, {"on": "31/01/2021"}))
