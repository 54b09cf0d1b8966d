"""Who signed: the copy that comes back carries the signature of whom the decision names."""

import re
from typing import Any

import pytest
from apps.deciding import DAY, drafted, seven, signed_copy

from thidua.apps.accounts.access import CannotDo, Refused
from thidua.apps.audit.models import Entry
from thidua.apps.decisions.actions import send_to_sign, take_signed_copy
from thidua.apps.decisions.states import DecisionState
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
