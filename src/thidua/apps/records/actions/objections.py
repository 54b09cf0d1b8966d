"""Saying that a fact is wrong, and the answer owed to it."""

import datetime
from typing import Any

from django.utils.translation import gettext as _

from thidua.apps.accounts.access import CannotDo, require
from thidua.apps.accounts.actions import official_act, open_move
from thidua.apps.accounts.queries import Actor
from thidua.apps.audit.actions import record
from thidua.apps.records import queries
from thidua.apps.records.access import WHO_ANSWERS, WHO_OBJECTS, may_answer, may_object
from thidua.apps.records.actions.facts import (
    LONGEST_REASON,
    AlreadyThere,
    put_in_place,
    withdraw_fact,
)
from thidua.apps.records.actions.proof import keep_proof
from thidua.apps.records.models import Fact, FactObjection
from thidua.apps.records.queries.subjects import about, address_of, fact_at, sentence_of
from thidua.apps.records.states import OBJECTION, ObjectionState

LONGEST_TEXT = 1000


@official_act
def object_to_fact(
    *,
    actor: Actor,
    fact: Fact,
    reason: str,
    on: datetime.date,
    proof: bytes | None = None,
    filename: str = "",
) -> FactObjection:
    """Say that a fact about oneself, or about the unit one heads, is wrong; an answer is owed.

    Raises Refused, AlreadyThere (one waits for its answer, or was answered and nothing new is shown), CannotDo.
    """
    person_id, unit_id = about(fact)
    require(may_object(actor, person_id=person_id, unit_id=unit_id), WHO_OBJECTS)
    fact = type(fact).objects.select_for_update().get(pk=fact.pk)
    _check_text(reason, _("Phải nói sai ở đâu và đúng thì thế nào"))
    if fact.superseded_at is not None:
        raise AlreadyThere(_("Dữ kiện này đã được thay thế; xem bản mới nhất rồi báo sai nếu bản ấy vẫn sai."))
    _check_first(fact, with_proof=proof is not None)
    document = None if proof is None else keep_proof(actor=actor, data=proof, filename=filename)
    objection = FactObjection.objects.create(
        agency=actor.agency,
        fact=address_of(fact),
        label=sentence_of(fact)[:300],
        person_id=person_id,
        unit_id=unit_id,
        reason=reason.strip(),
        document=document,
        raised_on=on,
        raised_by=actor.key,
    )
    _record(actor, "object_to_fact", objection, {"fact": objection.fact, "on": on})
    return objection


@official_act
def uphold_objection(
    *,
    actor: Actor,
    objection: FactObjection,
    answer: str,
    on: datetime.date,
    remove: bool = False,
    **changes: Any,
) -> Fact | None:
    """Grant an objection: the fact is superseded by one with ``changes``, or, with ``remove``, withdrawn.

    The corrected fact waits to be verified by a second person. Raises Refused, MoveRefused, AlreadyThere, CannotDo.
    """
    objection = _answered(actor, objection, "uphold_objection", answer, on)
    fact = fact_at(objection.fact)
    assert fact is not None  # facts are never deleted
    because = _("Chấp nhận báo sai ngày {day}: {answer}").format(
        day=f"{objection.raised_on:%d/%m/%Y}", answer=objection.answer
    )[:LONGEST_REASON]
    if remove:
        withdraw_fact(actor=actor, fact=fact, because=because)
        return None
    if all(getattr(fact, name) == value for name, value in changes.items()):
        raise CannotDo(_("Chưa có gì khác với dữ kiện đang ghi: nhập giá trị đúng, hoặc chọn gỡ bỏ dữ kiện."))
    return put_in_place(actor=actor, fact=fact, because=because, changes=changes, verb="supersede_fact")


@official_act
def turn_down_objection(*, actor: Actor, objection: FactObjection, answer: str, on: datetime.date) -> FactObjection:
    """Answer that the fact stands as it is, and why. Raises Refused, MoveRefused, CannotDo."""
    return _answered(actor, objection, "turn_down_objection", answer, on)


def _answered(actor: Actor, objection: FactObjection, verb: str, answer: str, on: datetime.date) -> FactObjection:
    objection = FactObjection.objects.select_for_update().get(pk=objection.pk)
    move = open_move(OBJECTION, verb, thing=objection, actor=actor, queries=queries, who=WHO_ANSWERS)
    require(may_answer(actor, objection), WHO_ANSWERS)
    _check_text(answer, _("Phải trả lời bằng lời"))
    if on < objection.raised_on:
        day = f"{objection.raised_on:%d/%m/%Y}"
        raise CannotDo(_("Ngày trả lời không thể trước ngày báo sai ({day}).").format(day=day))
    objection.state = move.target
    objection.answer = answer.strip()
    objection.answered_on = on
    objection.answered_by = actor.key
    objection.save(update_fields=["state", "answer", "answered_on", "answered_by"])
    _record(actor, verb, objection, {"fact": objection.fact, "on": on, "answer": objection.answer})
    return objection


def _check_text(text: str, wanted: str) -> None:
    if not text.strip() or len(text) > LONGEST_TEXT:
        raise CannotDo(_("{wanted}, không quá {most} chữ.").format(wanted=wanted, most=LONGEST_TEXT))


def _check_first(fact: Fact, *, with_proof: bool) -> None:
    """One objection at a time; after an answer, only with a new proof."""
    before = FactObjection.objects.filter(fact=address_of(fact)).last()
    if before is None:
        return
    if before.state == ObjectionState.OPEN:
        day = f"{before.raised_on:%d/%m/%Y}"
        raise AlreadyThere(_("Dữ kiện này đã được báo sai ngày {day} và đang chờ trả lời.").format(day=day))
    if not with_proof:
        raise AlreadyThere(
            _("Đã trả lời: “{answer}”. Muốn báo lại thì đính kèm minh chứng mới.").format(answer=before.answer)
        )


def _record(actor: Actor, verb: str, objection: FactObjection, payload: dict[str, object]) -> None:
    record(
        agency_key=actor.agency.pk,
        actor=actor.key,
        verb=verb,
        target=f"records.factobjection:{objection.pk}",
        payload=payload,
    )
