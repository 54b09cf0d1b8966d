"""Assessments by members of the initiative council, its agenda, its vote, and refusals."""

import datetime

from django.db import IntegrityError, transaction
from django.urls import reverse

from thidua.apps.accounts.access import CannotDo, require
from thidua.apps.accounts.actions import official_act
from thidua.apps.accounts.queries import Actor
from thidua.apps.councils.actions import put_on_agenda
from thidua.apps.councils.models import Item, Session
from thidua.apps.councils.queries import result_of, result_words
from thidua.apps.councils.states import CouncilKind
from thidua.apps.initiatives import queries
from thidua.apps.initiatives.access import is_author, may_recognise, sits_on_council
from thidua.apps.initiatives.actions.ground import locked, move_of, write_record
from thidua.apps.initiatives.models import Assessment, Initiative
from thidua.apps.initiatives.queries.reading import SUBJECT, law_of
from thidua.apps.initiatives.states import Anchor, InitiativeState
from thidua.core.lifecycle import MoveRefused

TITLE = "SANG_KIEN"
LONGEST_COMMENT = 1000
LONGEST_REFUSAL = 500
LONGEST_DETAIL = 500


@official_act
def assess(
    *,
    actor: Actor,
    initiative: Initiative,
    novelty: int,
    application: int,
    effect: int,
    comment: str,
    on: datetime.date,
) -> Assessment:
    """Judge an accepted application on the three anchors, once, as a member of the initiative council on that day.

    Points run from 0 to the pack's highest. Raises Refused (an author, no member), MoveRefused, CannotDo, NoRule.
    """
    initiative = locked(initiative)
    require(not is_author(actor, initiative), "thành viên Hội đồng sáng kiến không phải là tác giả")
    require(sits_on_council(actor, on=on), f"thành viên Hội đồng sáng kiến vào ngày {on:%d/%m/%Y}")
    assert actor.person_id is not None  # who sits on a council is a person
    _check_time(initiative, on)
    points = {Anchor.NOVELTY: novelty, Anchor.APPLICATION: application, Anchor.EFFECT: effect}
    _check_points(initiative, points, comment)
    try:
        with transaction.atomic():
            given = Assessment.objects.create(
                agency=actor.agency,
                initiative=initiative,
                person_id=actor.person_id,
                novelty=novelty,
                application=application,
                effect=effect,
                comment=comment.strip(),
                given_on=on,
            )
    except IntegrityError as error:
        raise CannotDo("Bạn đã đánh giá sáng kiến này; mỗi thành viên đánh giá một lần.") from error
    # The record says that, not how many points: nobody reads those before the vote.
    write_record(actor, "assess", initiative, {"assessment": given.pk, "on": on})
    return given


@official_act
def schedule(*, actor: Actor, initiative: Initiative, session: Session) -> Item:
    """Put an assessed application on the agenda of the initiative council; its authors may not vote on it.

    Raises Refused, MoveRefused, StillOpen, CannotDo (a session of another kind of council).
    """
    initiative = locked(initiative)
    move = move_of("schedule", initiative, actor)
    if session.council.kind != CouncilKind.INITIATIVE:
        raise CannotDo(f"Phiên “{session}” không phải của Hội đồng sáng kiến: chọn phiên khác.")
    cautions = queries.cautions(initiative, on=session.held_on)
    item = put_on_agenda(
        actor=actor,
        session=session,
        subject_kind=SUBJECT,
        subject_id=initiative.pk,
        label=initiative.name,
        title=TITLE,
        detail=_detail(initiative, cautions),
        address=reverse("initiatives:initiative", args=[initiative.pk]),
        conflicted={author.person_id: "tác giả" for author in initiative.authors.all()},
    )
    initiative.state = move.target
    initiative.save(update_fields=["state"])
    write_record(actor, "schedule", initiative, {"session": session.pk, "item": item.pk, "cautions": cautions})
    return item


@official_act
def take_vote(*, actor: Actor, initiative: Initiative) -> Initiative:
    """Take over the council's result: passed, or not recognised with the count as the reason.

    Raises Refused, MoveRefused, StillOpen while there is no result.
    """
    initiative = locked(initiative)
    move = move_of("take_vote", initiative, actor)
    item = result_of(SUBJECT, initiative.pk)
    assert item is not None  # vote_open found it
    initiative.state = move.target
    if not item.passed:
        initiative.state = InitiativeState.REFUSED
        initiative.refusal = (
            f"Hội đồng sáng kiến, phiên “{item.session}” ngày {item.session.held_on:%d/%m/%Y}: {result_words(item)}."
        )[:LONGEST_REFUSAL]
    initiative.save(update_fields=["state", "refusal"])
    payload: dict[str, object] = {"item": item.pk, "yes": item.yes, "needed": item.needed, "passed": item.passed}
    write_record(actor, "take_vote", initiative, payload)
    return initiative


@official_act
def refuse(*, actor: Actor, initiative: Initiative, reason: str) -> Initiative:
    """Refuse recognition in writing; what the council passed only the director refuses.

    Raises Refused, MoveRefused, CannotDo (no reason, or still on an agenda).
    """
    initiative = locked(initiative)
    move = move_of("refuse", initiative, actor)
    if initiative.state == InitiativeState.PASSED:
        require(may_recognise(actor), "giám đốc, khi Hội đồng đã thông qua")
    if initiative.state == InitiativeState.SCHEDULED and queries.item_of(initiative):
        raise CannotDo("Sáng kiến đang trong chương trình họp: rút khỏi chương trình, hoặc ghi kết quả biểu quyết.")
    reason = reason.strip()
    if not reason or len(reason) > LONGEST_REFUSAL:
        raise CannotDo(f"Nêu lý do không công nhận, không quá {LONGEST_REFUSAL} chữ.")
    initiative.state = move.target
    initiative.refusal = reason
    initiative.save(update_fields=["state", "refusal"])
    write_record(actor, "refuse", initiative, {}, because=reason)
    return initiative


def _check_time(initiative: Initiative, on: datetime.date) -> None:
    if initiative.state != InitiativeState.ACCEPTED:
        raise MoveRefused(
            "Chỉ đánh giá được khi đơn đã được nhận và chưa đưa ra họp; "
            f"đơn này đang ở trạng thái “{initiative.get_state_display()}”."
        )
    if initiative.accepted_on and on < initiative.accepted_on:
        raise CannotDo(f"Ngày đánh giá {on:%d/%m/%Y} trước ngày nhận đơn {initiative.accepted_on:%d/%m/%Y}: sửa ngày.")


def _check_points(initiative: Initiative, points: dict[Anchor, int], comment: str) -> None:
    most = queries.points_most(law_of(initiative))
    for anchor, given in points.items():
        if isinstance(given, bool) or not 0 <= given <= most:
            raise CannotDo(f"{anchor.label}: điểm {given} ngoài thang 0 đến {most}.")
    if not comment.strip() or len(comment.strip()) > LONGEST_COMMENT:
        raise CannotDo(f"Ghi nhận xét, không quá {LONGEST_COMMENT} chữ: tác giả được đọc sau khi có quyết định.")


def _detail(initiative: Initiative, cautions: list[str]) -> str:
    authors = ", ".join(f"{author.person} {author.share}%" for author in initiative.authors.all())
    given = initiative.assessments.count()
    text = " ".join((f"Tác giả: {authors}.", f"{given} thành viên đã đánh giá.", *cautions))
    return text if len(text) <= LONGEST_DETAIL else f"{text[: LONGEST_DETAIL - 1]}…"
