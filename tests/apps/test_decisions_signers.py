"""Who signed: the copy that comes back carries the signature of whom the decision names."""

import re
from typing import Any

import pytest
from apps.deciding import DAY, drafted, seven, signed_copy
from django.test import Client
from django.urls import reverse

from thidua.apps.accounts.access import CannotDo, Refused
from thidua.apps.accounts.models import User
from thidua.apps.audit.models import Entry
from thidua.apps.decisions.actions import name_signer, send_to_sign, take_signed_copy
from thidua.apps.decisions.queries import decision_paper, may_sign_on
from thidua.apps.decisions.states import DecisionState
from thidua.apps.units.models import Person
from thidua.core.papers.form import Signer
from thidua.core.vietnamese import fold


def test_a_copy_that_another_signed_is_told_with_both_names(world: Any, actors: dict[str, Any]) -> None:
    decision = send_to_sign(
        actor=actors["secretary"], decision=drafted(world, actors["secretary"], seven(world)), on=DAY
    )
    given: dict[str, Any] = {"decision": decision, "filename": "a.pdf", "on": DAY}
    given["data"] = signed_copy(decision, signers=("Trần Phó", "Sở Tài chính"))
    problem = (
        "Tệp ký bởi Trần Phó (CHỨNG THƯ THỬ NGHIỆM), Sở Tài chính (CHỨNG THƯ THỬ NGHIỆM); "
        f"người ký của quyết định là Giám đốc {actors['director'].name}."
    )
    with pytest.raises(CannotDo, match=f"{re.escape(problem)} Đề nghị đúng người ấy ký rồi nộp lại"):
        take_signed_copy(actor=actors["director"], **given)
    reasons = {"because": "Chứng thư ghi tên cũ", "article": "Nghị định 30/2020/NĐ-CP, Điều 13"}
    with pytest.raises(Refused):
        take_signed_copy(actor=actors["secretary"], **given, **reasons)
    with pytest.raises(CannotDo, match="Chưa ghi căn cứ"):
        take_signed_copy(actor=actors["director"], **given, because="Chứng thư ghi tên cũ")
    decision.refresh_from_db()
    assert (decision.state, decision.overrides) == (DecisionState.SENT, [])
    taken = take_signed_copy(actor=actors["director"], **given, **reasons)
    assert taken.overrides == [{"problem": problem, "by": actors["director"].name} | reasons]
    assert Entry.objects.filter(verb="take_signed_copy").get().payload.body["overrides"] == taken.overrides


def test_the_seal_of_the_agency_stands_by_the_signature(world: Any, actors: dict[str, Any]) -> None:
    decision = send_to_sign(
        actor=actors["secretary"], decision=drafted(world, actors["secretary"], seven(world)), on=DAY
    )
    name = fold(actors["director"].name).upper()
    data = signed_copy(decision, signers=("Sở Tài chính", name))
    taken = take_signed_copy(actor=actors["secretary"], decision=decision, data=data, filename="a.pdf", on=DAY)
    assert (taken.state, taken.overrides) == (DecisionState.SIGNED, [])
    body = Entry.objects.filter(verb="take_signed_copy").get().payload.body
    assert [signer.split(" (")[0] for signer in body["signers"]] == ["Sở Tài chính", name]


def test_a_deputy_signs_for_the_head(world: Any, actors: dict[str, Any]) -> None:
    decision = drafted(world, actors["secretary"], seven(world))
    deputy, other = Person.objects.get(code="TC002"), Person.objects.get(code="TC058")
    given: dict[str, Any] = {"decision": decision, "name": deputy.full_name.upper(), "because": "Giám đốc đi công tác"}
    with pytest.raises(Refused):
        name_signer(actor=actors["member"], **given)
    with pytest.raises(CannotDo, match="Chưa ghi lý do đổi người ký"):
        name_signer(actor=actors["secretary"], **(given | {"because": " "}))
    with pytest.raises(
        CannotDo, match=rf"vào ngày 31/12/2020\. Ký được: Giám đốc .*; Phó Giám đốc {deputy.full_name};"
    ):
        name_signer(actor=actors["secretary"], **(given | {"name": other.full_name}))
    decision = name_signer(actor=actors["secretary"], **given)
    entry = Entry.objects.filter(verb="name_signer").get()
    assert (entry.because, entry.payload.body["before"]) == ("Giám đốc đi công tác", actors["director"].name)
    assert decision_paper(decision).signer == Signer("Phó Giám đốc", deputy.full_name, authority="KT. Giám đốc")
    decision = send_to_sign(actor=actors["secretary"], decision=decision, on=DAY)
    with pytest.raises(CannotDo, match="không còn là dự thảo"):
        name_signer(actor=actors["secretary"], **given)
    taken: dict[str, Any] = {"actor": actors["secretary"], "decision": decision, "filename": "a.pdf", "on": DAY}
    with pytest.raises(CannotDo, match=f"người ký của quyết định là Phó Giám đốc {deputy.full_name}"):
        take_signed_copy(data=signed_copy(decision, signers=(actors["director"].name,)), **taken)
    assert take_signed_copy(data=signed_copy(decision), **taken).state == DecisionState.SIGNED


def test_a_page_takes_a_deputy_for_the_signer(world: Any, actors: dict[str, Any], client: Client) -> None:
    decision = drafted(world, actors["secretary"], seven(world))
    client.force_login(User.objects.get(username="thuong-truc"))
    place = reverse("decisions:decision", args=[decision.pk])
    leaders = list(Person.objects.filter(code__in=["TC001", "TC002", "TC003", "TC004"]).order_by("code"))
    assert [signing.name for signing in may_sign_on(DAY)] == [person.full_name for person in leaders]
    assert "Đổi người ký" in client.get(place).content.decode()
    sent = {"nguoi-ky-name": leaders[1].full_name, "nguoi-ky-because": "Giám đốc đi công tác"}
    assert client.post(f"{place}?viec=nguoi-ky", sent).status_code == 302
    decision.refresh_from_db()
    assert (decision.signer_post, decision.signer_name) == ("Phó Giám đốc", leaders[1].full_name)
