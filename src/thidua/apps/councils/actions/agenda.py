"""The agenda: subjects put there by apps below, conflicts, withdrawal."""

from collections.abc import Mapping

from thidua.apps.accounts.access import CannotDo, require
from thidua.apps.accounts.actions import official_act, open_move
from thidua.apps.accounts.queries import Actor
from thidua.apps.councils import queries
from thidua.apps.councils.access import RUNNERS, WRITERS, may_run_session, may_write_session
from thidua.apps.councils.actions.ground import (
    LONGEST,
    given_reason,
    locked_item,
    record_act,
    require_unfinished,
    run_session,
    seat_of,
)
from thidua.apps.councils.models import Conflict, Item, Member, Position, Session
from thidua.apps.councils.states import ITEM, ItemState, SessionState, VoteMode
from thidua.core.law.citing import cite_words
from thidua.core.law.schema import Vote

UNFINISHED = (SessionState.PLANNED, SessionState.OPENED)
OPEN_ITEMS = (ItemState.WAITING, ItemState.VOTING)


@official_act
def put_on_agenda(
    *,
    actor: Actor,
    session: Session,
    subject_kind: str,
    subject_id: int,
    label: str,
    title: str,
    detail: str = "",
    address: str = "",
    mode: VoteMode | None = None,
    conflicted: Mapping[int, str] | None = None,
) -> Item:
    """Put a subject on a session's agenda, with the vote that its title needs in this council on that day.

    ``conflicted`` gives the reason by person id; those who sit on the council may not vote on the item.
    Raises Refused; NoRule when the packs have no vote for the title; CannotDo when the subject is there already.
    """
    session = run_session(actor, session)
    require_unfinished(session)
    _require_not_on_agenda(session, subject_kind, subject_id)
    rule = queries.new_rule(session, title)
    last = session.items.order_by("number").last()
    item = Item.objects.create(
        agency=actor.agency,
        session=session,
        number=last.number + 1 if last else 1,
        subject_kind=subject_kind,
        subject_id=subject_id,
        label=label[:LONGEST],
        detail=detail[:500],
        address=address,
        title=title,
        mode=_mode(rule, mode, label=label),
        share=str(rule.share),
        more_than=rule.strict,
        of=rule.of,
        cite=cite_words(queries.ruleset_of(session), rule.cite)[:LONGEST],
        grade=rule.cite.grade,
    )
    barred = _bar(actor, item, conflicted or {})
    payload = {"session": session.pk, "number": item.number, "subject": f"{subject_kind}:{subject_id}", "title": title}
    vote = {"mode": item.mode, "share": item.share, "more_than": item.more_than, "of": item.of}
    record_act(actor, "put_on_agenda", item, {**payload, **vote, "conflicts": barred})
    return item


@official_act
def declare_conflict(*, actor: Actor, item: Item, member: Member, reason: str) -> Conflict:
    """A member may not vote on an item: declared by themselves, or written by the clerk, before its vote opens.

    Raises Refused, CannotDo.
    """
    own = actor.person_id is not None and actor.person_id == member.person_id
    require(own or may_write_session(actor, item.session), f"chính thành viên ấy, {WRITERS}")
    item = locked_item(item)
    require_unfinished(item.session)
    if item.state != ItemState.WAITING:
        raise CannotDo(f"Mục {item.number} đã mở biểu quyết; chỉ khai liên quan trước khi mở.")
    reason = given_reason(reason, what="Khai có liên quan")
    seat = seat_of(queries.roll_of(item.session), member)
    if item.conflicts.filter(member=member).exists():
        raise CannotDo(f"{seat.name} đã được ghi là có liên quan ở mục {item.number}.")
    if Position.objects.filter(item=item, member=member).exists():
        raise CannotDo(f"{seat.name} đã gửi ý kiến về mục {item.number}; ý kiến đã ghi không rút lại.")
    conflict = Conflict.objects.create(
        agency=actor.agency, item=item, member=member, reason=reason, declared_by=actor.key
    )
    record_act(actor, "declare_conflict", item, {"member": member.pk}, because=reason)
    return conflict


@official_act
def withdraw_item(*, actor: Actor, item: Item, because: str) -> Item:
    """Take an item without a result off the agenda; what was cast on it stays on record and counts for nothing.

    Raises Refused, MoveRefused, CannotDo.
    """
    require(may_run_session(actor, item.session), RUNNERS)
    item = locked_item(item)
    move = open_move(ITEM, "withdraw_item", thing=item, actor=actor, queries=queries, who=RUNNERS)
    item.because = given_reason(because, what=f"Rút mục {item.number}")
    item.state = move.target
    item.save(update_fields=["state", "because"])
    record_act(actor, "withdraw_item", item, {"number": item.number}, because=item.because)
    return item


def _require_not_on_agenda(session: Session, subject_kind: str, subject_id: int) -> None:
    same = Item.objects.filter(
        session__council=session.council, subject_kind=subject_kind, subject_id=subject_id
    ).exclude(state=ItemState.WITHDRAWN)
    if here := same.filter(session=session).first():
        raise CannotDo(f"“{here.label}” đã là mục {here.number} của phiên này.")
    elsewhere = same.filter(state__in=OPEN_ITEMS, session__state__in=UNFINISHED).select_related("session").first()
    if elsewhere:
        where = f"phiên “{elsewhere.session.title}” ngày {elsewhere.session.held_on:%d/%m/%Y}"
        raise CannotDo(f"“{elsewhere.label}” đang chờ ở mục {elsewhere.number}, {where}. Rút ở đó trước.")


def _mode(rule: Vote, asked: VoteMode | None, *, label: str) -> VoteMode:
    stated = {True: VoteMode.PAPER_SECRET, False: VoteMode.OPEN, None: None}[rule.secret]
    if stated is None and asked is None:
        raise CannotDo(f"“{label}”: quy định không nói biểu quyết công khai hay bỏ phiếu kín. Chọn một hình thức.")
    if stated is not None and asked is not None and asked != stated:
        raise CannotDo(f"“{label}”: quy định là {str(stated.label).lower()}; không đổi được hình thức.")
    return stated or asked or VoteMode.OPEN


def _bar(actor: Actor, item: Item, conflicted: Mapping[int, str]) -> list[int]:
    members = queries.members_on(item.session.council, item.session.held_on) if conflicted else []
    conflicts = [
        Conflict(
            agency=actor.agency,
            item=item,
            member=member,
            reason=conflicted[member.person_id][:LONGEST],
            declared_by=actor.key,
        )
        for member in members
        if member.person_id in conflicted
    ]
    Conflict.objects.bulk_create(conflicts)
    return [conflict.member_id for conflict in conflicts]
