"""What the acts of a council share: the locked row, the recorded act, a reason that was given."""

from django.db.models import Model

from thidua.apps.accounts.access import CannotDo, require
from thidua.apps.accounts.queries import Actor
from thidua.apps.audit.actions import record
from thidua.apps.councils.access import RUNNERS, may_run_session
from thidua.apps.councils.models import Item, Member, Session
from thidua.apps.councils.queries import Roll, Seat
from thidua.apps.councils.states import ItemState, SessionState, VoteMode

LONGEST = 300


def locked_session(session: Session) -> Session:
    """The session as it stands, held until the act is done."""
    joined = Session.objects.select_related("council", "chair__person", "clerk__person")
    return joined.select_for_update(of=("self",)).get(pk=session.pk)


def locked_item(item: Item) -> Item:
    """The item as it stands, held until the act is done."""
    joined = Item.objects.select_related("session__council", "session__clerk")
    return joined.select_for_update(of=("self",)).get(pk=item.pk)


def run_session(actor: Actor, session: Session) -> Session:
    """The locked session, for an actor who may run it. Raises Refused."""
    require(may_run_session(actor, session), RUNNERS)
    return locked_session(session)


def require_meeting(session: Session) -> None:
    """The session is open. Raises CannotDo."""
    if session.state != SessionState.OPENED:
        raise CannotDo(f"Phiên “{session.title}” không đang họp. Khai mạc phiên họp trước.")


def require_unfinished(session: Session) -> None:
    """The session is planned or open. Raises CannotDo."""
    if session.state not in (SessionState.PLANNED, SessionState.OPENED):
        raise CannotDo(f"Phiên “{session.title}” đã bế mạc; ghi vào một phiên khác.")


def require_voting(item: Item, *, mode: VoteMode) -> None:
    """The item's vote is open, in this form. Raises CannotDo."""
    if item.mode != mode:
        raise CannotDo(f"Mục {item.number} “{item.label}”: hình thức là {str(item.get_mode_display()).lower()}.")
    if item.state != ItemState.VOTING:
        state = str(item.get_state_display()).lower()
        raise CannotDo(f"Mục {item.number} “{item.label}” {state}; chỉ ghi phiếu khi đang biểu quyết.")


def seat_of(roll: Roll, member: Member) -> Seat:
    """A member's seat. Raises CannotDo for who does not sit on the council on the session's day."""
    if (seat := roll.seat(member.pk)) is None:
        raise CannotDo(f"{member.person.full_name} không phải thành viên của hội đồng này tại ngày họp.")
    return seat


def given_reason(because: str, *, what: str) -> str:
    """The reason, trimmed. Raises CannotDo when there is none."""
    if not because.strip():
        raise CannotDo(f"{what}: ghi rõ lý do.")
    return because.strip()[:LONGEST]


def record_act(actor: Actor, verb: str, thing: Model, payload: dict[str, object], because: str = "") -> None:
    """Write the act into the agency's record."""
    record(
        agency_key=actor.agency.pk,
        actor=actor.key,
        verb=verb,
        target=f"{thing._meta.label_lower}:{thing.pk}",
        payload=payload,
        because=because,
    )
