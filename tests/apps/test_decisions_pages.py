"""The pages of decisions as people use them: choose, draft, send, take the signed copy, annul."""

from typing import Any

from apps.deciding import clean_people, drafted, passed, seven, signed, signed_copy
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from thidua.apps.accounts.models import User
from thidua.apps.decisions.models import Decision
from thidua.apps.decisions.states import DecisionKind, DecisionState
from thidua.apps.files.queries import content


def sign_in(client: Client, name: str = "thuong-truc") -> None:
    client.force_login(User.objects.get(username=name))


def test_from_the_list_to_the_signed_copy(world: Any, client: Client) -> None:
    seven(world)
    sign_in(client)
    answer = client.post(
        reverse("decisions:new-decision", args=[2020]),
        {"kind": "award", "subject": "Về việc công nhận danh hiệu", "dated": "31/12/2020", "everybody": "on"},
    )
    decision = Decision.objects.get()
    place = reverse("decisions:decision", args=[decision.pk])
    assert (answer.status_code, answer.headers["Location"], decision.lines.count()) == (302, place, 8)
    refused = client.post(f"{place}?viec=gui-ky", {"gui-ky-on": "ngày mai"}).content.decode()
    assert "Chưa ghi được" in refused
    client.post(f"{place}?viec=gui-ky", {"gui-ky-on": "31/12/2020", "gui-ky-number": "125"})
    decision.refresh_from_db()
    assert (decision.state, decision.number) == (DecisionState.SENT, 125)
    assert decision.original is not None
    paper = client.get(reverse("decisions:decision-document", args=[decision.pk, "quyet-dinh", "pdf"]))
    assert paper.content == content(decision.original)
    wrong = SimpleUploadedFile("khac.pdf", b"%PDF-1.7 gi do", content_type="application/pdf")
    page = client.post(f"{place}?viec=nhan-ban-ky", {"nhan-ban-ky-on": "31/12/2020", "nhan-ban-ky-file": wrong})
    assert "không phải bản ký của Quyết định số 125/QĐ-STC" in page.content.decode()
    right = SimpleUploadedFile("ky.pdf", signed_copy(decision), content_type="application/pdf")
    client.post(f"{place}?viec=nhan-ban-ky", {"nhan-ban-ky-on": "31/12/2020", "nhan-ban-ky-file": right})
    decision.refresh_from_db()
    assert decision.state == DecisionState.SIGNED
    line = decision.lines.get(title="CSTDCS")
    answer = client.post(
        f"{place}?viec=huy-bo",
        {
            "huy-bo-lines": [line.pk],
            "huy-bo-dated": "18/01/2021",
            "huy-bo-because": "Kê khai gian dối",
            "huy-bo-article": "Điều 96",
        },
    )
    annulment = Decision.objects.get(kind=DecisionKind.ANNULMENT)
    assert answer.headers["Location"] == reverse("decisions:decision", args=[annulment.pk])


def test_a_problem_is_set_aside_by_the_director_only(world: Any, actors: dict[str, Any], client: Client) -> None:
    people = clean_people(2)
    rows = [passed(world, title, person=person) for person in people for title in ("LDTT", "CSTDCS")]
    decision = drafted(world, actors["secretary"], rows)
    place = reverse("decisions:decision", args=[decision.pk])
    sign_in(client)
    page = client.get(place).content.decode()
    assert "2 người, tối đa 0" in page
    assert "viec=xu-ly" not in page
    sign_in(client, "giam-doc")
    page = client.get(place).content.decode()
    assert "viec=xu-ly" in page
    answer = client.post(f"{place}?viec=gui-ky", {"gui-ky-on": "31/12/2020"})
    assert "2 người, tối đa 0" in answer.content.decode()
    assert Decision.objects.get().state == DecisionState.DRAFTED


def test_papers_of_every_kind_open(world: Any, actors: dict[str, Any], client: Client) -> None:
    decision = signed(world, actors["secretary"], drafted(world, actors["secretary"], seven(world)))
    sign_in(client)
    kinds = [("quyet-dinh", "docx"), ("ban-ky", "pdf"), ("danh-sach-chi", "docx"), ("giay-chung-nhan", "pdf")]
    starts = {
        (kind, form): client.get(reverse("decisions:decision-document", args=[decision.pk, kind, form])).content[:4]
        for kind, form in kinds
    }
    assert starts == {
        ("quyet-dinh", "docx"): b"PK\x03\x04",
        ("ban-ky", "pdf"): b"%PDF",
        ("danh-sach-chi", "docx"): b"PK\x03\x04",
        ("giay-chung-nhan", "pdf"): b"%PDF",
    }
    assert client.get(reverse("decisions:decision-document", args=[decision.pk, "khac", "pdf"])).status_code == 404
    assert (
        client.get(reverse("decisions:decision-document", args=[decision.pk, "quyet-dinh", "exe"])).status_code == 404
    )
