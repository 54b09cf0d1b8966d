"""A session from plan to close: who leads it, who takes part, when it opens and closes."""

import datetime
from collections.abc import Mapping

from thidua.apps.accounts.access import CannotDo, require
from thidua.apps.accounts.actions import official_act, open_move
from thidua.apps.accounts.queries import Actor
from thidua.apps.councils import queries
from thidua.apps.councils.access import RUNNERS, WRITERS, may_run_council, may_write_session
from thidua.apps.councils.actions.ground import (
    locked_session,
    record_act,
    require_meeting,
    require_unfinished,
    run_session,
    seat_of,
)
from thidua.apps.councils.models import Attendance, Council, Member, Position, Session
from thidua.apps.councils.states import SESSION, ItemState, Presence, SessionState
from thidua.apps.policy.queries import ruleset_on

LONGEST = 300


@official_act
def plan_session(
    *,
    actor: Actor,
    council: Council,
    year: int,
    title: str,
    held_on: datetime.date,
    place: str,
    chair: Member,
    clerk: Member,
) -> Session:
    """Plan a session on a day; the quorum is the packs' of that day. Raises Refused, CannotDo, NoRule."""
    require(may_run_council(actor, council), RUNNERS)
    _require_leaders(council, held_on=held_on, chair=chair, clerk=clerk)
    quorum, cite = queries.quorum_rule(ruleset_on(held_on), kind=council.kind)
    session = Session.objects.create(
        agency=actor.agency,
        council=council,
        year=year,
        title=title.strip()[:LONGEST],
        held_on=held_on,
        place=place.strip()[:200],
        chair=chair,
        clerk=clerk,
        quorum=quorum,
        quorum_cite=cite,
    )
    payload = {"council": council.pk, "year": year, "title": session.title, "held_on": held_on, "quorum": quorum}
    record_act(actor, "plan_session", session, {**payload, "chair": chair.pk, "clerk": clerk.pk})
    return session


@official_act
def replan_session(
    *, actor: Actor, session: Session, held_on: datetime.date, place: str, chair: Member, clerk: Member
) -> Session:
    """Change day, place, chair or clerk of a session that has not opened. Raises Refused, CannotDo, NoRule."""
    session = run_session(actor, session)
    if session.state != SessionState.PLANNED:
        raise CannotDo(f"Phiên “{session.title}” đã khai mạc; không đổi được ngày, nơi họp, chủ trì, thư ký.")
    _require_leaders(session.council, held_on=held_on, chair=chair, clerk=clerk)
    if held_on != session.held_on and session.items.exists():
        raise CannotDo("Chương trình đã có mục, tỷ lệ phiếu lấy theo ngày họp. Muốn đổi ngày thì lập phiên mới.")
    session.quorum, session.quorum_cite = queries.quorum_rule(ruleset_on(held_on), kind=session.council.kind)
    session.held_on, session.place, session.chair, session.clerk = held_on, place.strip()[:200], chair, clerk
    session.save(update_fields=["held_on", "place", "chair", "clerk", "quorum", "quorum_cite"])
    payload = {"held_on": held_on, "place": session.place, "chair": chair.pk, "clerk": clerk.pk}
    record_act(actor, "replan_session", session, dict(payload))
    return session


@official_act
def mark_attendance(
    *, actor: Actor, session: Session, member: Member, presence: Presence, reason: str = ""
) -> Attendance:
    """Mark how one member takes part. Raises Refused; CannotDo during a vote or against votes already taken."""
    session = _writing(actor, session)
    marked = _mark(session, {member.pk: (presence, reason)})
    record_act(actor, "mark_attendance", session, {"member": member.pk, "presence": str(presence), "reason": reason})
    return marked[0]


@official_act
def take_attendance(*, actor: Actor, session: Session, marks: Mapping[int, tuple[Presence, str]]) -> list[Attendance]:
    """Mark many members at once: presence and reason by member id. Raises as ``mark_attendance``."""
    session = _writing(actor, session)
    marked = _mark(session, marks)
    said = {str(member): [str(presence), reason] for member, (presence, reason) in marks.items()}
    record_act(actor, "take_attendance", session, {"marks": said})
    return marked


@official_act
def leave_session(
    *, actor: Actor, session: Session, member: Member, left_at: datetime.time, reason: str = ""
) -> Attendance:
    """Record that a member left: later votes count without them. Raises Refused, CannotDo."""
    session = _writing(actor, session)
    require_meeting(session)
    _require_no_vote_open(session)
    seat = seat_of(queries.roll_of(session), member)
    if seat.attendance is None or not seat.is_present:
        raise CannotDo(f"{seat.name} không đang có mặt; không ghi rời họp được.")
    if session.opened_at and left_at < session.opened_at:
        raise CannotDo(f"Giờ rời họp phải sau giờ khai mạc {session.opened_at:%H:%M}.")
    mark = seat.attendance
    mark.left_at, mark.reason = left_at, reason.strip()[:LONGEST]
    mark.save(update_fields=["left_at", "reason"])
    record_act(
        actor, "leave_session", session, {"member": member.pk, "left_at": f"{left_at:%H:%M}"}, because=mark.reason
    )
    return mark


@official_act
def open_session(*, actor: Actor, session: Session, at: datetime.time) -> Session:
    """Open a session that has its quorum. Raises Refused, MoveRefused, StillOpen."""
    session = run_session(actor, session)
    session.state = open_move(SESSION, "open_session", thing=session, actor=actor, queries=queries, who=RUNNERS).target
    session.opened_at = at
    session.save(update_fields=["state", "opened_at"])
    roll = queries.roll_of(session)
    record_act(actor, "open_session", session, {"at": f"{at:%H:%M}", "members": roll.members, "present": roll.present})
    return session


@official_act
def close_session(*, actor: Actor, session: Session, at: datetime.time, notes: str = "") -> Session:
    """Close a session in which no vote is open; waiting items stay for a later one.

    Raises Refused, MoveRefused, StillOpen, CannotDo.
    """
    session = run_session(actor, session)
    move = open_move(SESSION, "close_session", thing=session, actor=actor, queries=queries, who=RUNNERS)
    left = [mark.left_at for mark in session.attendance.all() if mark.left_at]
    if session.opened_at and at < max([session.opened_at, *left]):
        raise CannotDo(f"Giờ bế mạc phải từ {max([session.opened_at, *left]):%H:%M} trở đi.")
    session.state, session.closed_at, session.notes = move.target, at, notes.strip()
    session.save(update_fields=["state", "closed_at", "notes"])
    counts = dict(queries.results_of(session))
    record_act(actor, "close_session", session, {"at": f"{at:%H:%M}", "items": counts, "notes": session.notes})
    return session


def _writing(actor: Actor, session: Session) -> Session:
    require(may_write_session(actor, session), WRITERS)
    session = locked_session(session)
    require_unfinished(session)
    return session


def _mark(session: Session, marks: Mapping[int, tuple[Presence, str]]) -> list[Attendance]:
    _require_no_vote_open(session)
    roll = queries.roll_of(session)
    is_voted = session.items.filter(state=ItemState.VOTED).exists()
    spoke = set(Position.objects.filter(item__session=session).values_list("member", flat=True)) if is_voted else set()
    marked = []
    for member_id, (presence, reason) in marks.items():
        if (seat := roll.seat(member_id)) is None:
            raise CannotDo("Có người không phải thành viên của hội đồng này tại ngày họp; tải lại trang rồi ghi lại.")
        mark = seat.attendance or Attendance(agency_id=session.agency_id, session=session, member=seat.member)
        if seat.presence and is_voted and (seat.came or member_id in spoke) and presence != Presence.PRESENT:
            raise CannotDo(f"Đã có mục biểu quyết xong khi có {seat.name}. Ghi “rời họp” thay vì sửa điểm danh.")
        if seat.left_at and presence == Presence.PRESENT:
            reason = reason or f"Rời họp lúc {seat.left_at:%H:%M}, sau đó trở lại"
        mark.presence, mark.left_at, mark.reason = presence, None, reason.strip()[:LONGEST]
        mark.save()
        marked.append(mark)
    return marked


def _require_no_vote_open(session: Session) -> None:
    if item := session.items.filter(state=ItemState.VOTING).first():
        raise CannotDo(f"Mục {item.number} đang biểu quyết. Kết thúc biểu quyết rồi ghi người đến, người rời họp.")


def _require_leaders(council: Council, *, held_on: datetime.date, chair: Member, clerk: Member) -> None:
    seats = {member.pk for member in queries.members_on(council, held_on)}
    for member, role in ((chair, "Người chủ trì"), (clerk, "Thư ký")):
        if member.pk not in seats:
            raise CannotDo(f"{role} phải là thành viên của {council.name} vào ngày {held_on:%d/%m/%Y}.")
