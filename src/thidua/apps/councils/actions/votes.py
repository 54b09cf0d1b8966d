"""Votes: opened with base and need fixed, positions given once, closed with a result that stands."""

from collections.abc import Mapping, Sequence

from thidua.apps.accounts.access import CannotDo, StillOpen, require
from thidua.apps.accounts.actions import official_act, open_move
from thidua.apps.accounts.queries import Actor
from thidua.apps.councils import queries
from thidua.apps.councils.access import RUNNERS, VOTERS, WRITERS, may_run_session, may_write_session
from thidua.apps.councils.actions.ground import (
    locked_item,
    locked_session,
    record_act,
    require_meeting,
    require_unfinished,
    require_voting,
    run_session,
    seat_of,
)
from thidua.apps.councils.models import Count, Item, Member, Position, Session
from thidua.apps.councils.queries import Seat, Tally, Votes
from thidua.apps.councils.queries.tallies import FIGURES
from thidua.apps.councils.states import ITEM, Choice, ItemState, PositionWay, VoteMode
from thidua.apps.files.actions import store_file
from thidua.apps.files.models import StoredFile
from thidua.core.law.errors import NoRule

RESULT = ["state", "yes", "no", "other", "passed"]


@official_act
def open_vote(*, actor: Actor, item: Item, because: str = "") -> Item:
    """Open one item's vote and fix its denominator and need.

    A vote that cannot pass opens only when its rule was not compared with the gazette, with a reason on record.
    Raises Refused, MoveRefused, StillOpen.
    """
    run_session(actor, item.session)
    item = locked_item(item)
    open_move(ITEM, "open_vote", thing=item, actor=actor, queries=queries, who=RUNNERS)
    _open(actor, queries.votes_of([item])[item.pk], because=because)
    return item


@official_act
def open_votes(*, actor: Actor, session: Session, because: str = "") -> list[Item]:
    """Open every waiting item that can open; the others stay. Raises Refused, CannotDo, StillOpen when none can."""
    session = run_session(actor, session)
    require_meeting(session)
    votes = queries.votes_of(_locked(session, ItemState.WAITING))
    ready = [vote for vote in votes.values() if not vote.problems() and (because or not vote.doubts())]
    if not ready:
        problems = [problem for vote in votes.values() for problem in (*vote.problems(), *vote.doubts())]
        raise StillOpen(list(dict.fromkeys(problems)) or ["Không còn mục nào chờ biểu quyết."])
    for vote in ready:
        _open(actor, vote, because=because)
    return [vote.item for vote in ready]


@official_act
def cast(*, actor: Actor, item: Item, choice: Choice) -> Position:
    """The actor's own position on an item of an open vote, once.

    Raises Refused for who is no member; CannotDo when absent, in conflict, done already, or not being voted on.
    """
    item = locked_item(item)
    member = queries.member_for(actor, item.session)
    if member is None:
        require(False, VOTERS)
        raise AssertionError
    require_voting(item, mode=VoteMode.OPEN)
    return _give(actor, item, member, choice=choice, way=PositionWay.ACCOUNT)


@official_act
def enter_position(
    *,
    actor: Actor,
    item: Item,
    member: Member,
    choice: Choice,
    way: PositionWay,
    scan: bytes | None = None,
    filename: str = "",
) -> Position:
    """Write down another member's position: a hand raised, or an absent member's opinion with its scan.

    Raises Refused, CannotDo.
    """
    require(may_write_session(actor, item.session), WRITERS)
    item = locked_item(item)
    if way == PositionWay.HAND:
        require_voting(item, mode=VoteMode.OPEN)
        return _give(actor, item, member, choice=choice, way=way)
    if way != PositionWay.WRITTEN:
        raise CannotDo("Thư ký chỉ ghi ý kiến giơ tay hoặc ý kiến bằng văn bản; thành viên tự bấm trên máy của mình.")
    _require_writing_taken(item, member)
    if not scan:
        raise CannotDo(f"Đính kèm bản chụp ý kiến bằng văn bản của {member.person.full_name}.")
    name = filename or f"y-kien-muc-{item.number}.pdf"
    kind = "application/pdf" if name.lower().endswith(".pdf") else "application/octet-stream"
    document = store_file(actor=actor.key, agency=actor.agency, data=scan, name=name, media_type=kind)
    return _give(actor, item, member, choice=choice, way=way, document=document)


@official_act
def vote_together(
    *, actor: Actor, items: Sequence[Item], choices: Mapping[int, Choice], because: str = ""
) -> list[Item]:
    """Vote openly on many items of one session with the same show of hands: opened, entered and closed in one act.

    ``choices`` gives the choice of everybody in the room by member id; who has a conflict is left out of that item.
    Raises Refused, CannotDo, StillOpen; then nothing was written.
    """
    session = _session_of(items)
    require(session.agency_id == actor.agency.pk and may_run_session(actor, session), RUNNERS)
    session = locked_session(session)
    require_meeting(session)
    wanted = {item.pk for item in items}
    found = [item for item in _locked(session, ItemState.WAITING, ItemState.VOTING) if item.pk in wanted]
    if len(found) != len(wanted):
        raise CannotDo("Có mục đã biểu quyết xong hoặc đã rút. Bỏ mục ấy ra rồi ghi lại.")
    if secret := [item for item in found if item.mode != VoteMode.OPEN]:
        raise CannotDo(f"Mục {secret[0].number} phải bỏ phiếu kín; không ghi cùng các mục biểu quyết công khai.")
    votes = queries.votes_of(found)
    _require_in_room(votes[found[0].pk], choices)
    problems = [
        problem for vote in votes.values() if vote.item.state == ItemState.WAITING for problem in vote.problems()
    ]
    if problems:
        raise StillOpen(list(dict.fromkeys(problems)))
    for vote in votes.values():
        if vote.item.state == ItemState.WAITING:
            _open(actor, vote, because=because)
    _raise_hands(actor, votes, choices)
    return _close(actor, found)


@official_act
def close_vote(*, actor: Actor, item: Item) -> Item:
    """Close one item's vote: it passes when *yes* reaches what was needed. Raises Refused, MoveRefused, StillOpen."""
    run_session(actor, item.session)
    item = locked_item(item)
    open_move(ITEM, "close_vote", thing=item, actor=actor, queries=queries, who=RUNNERS)
    return _close(actor, [item])[0]


@official_act
def close_votes(*, actor: Actor, session: Session) -> list[Item]:
    """Close every open vote of a session, or none. Raises Refused, CannotDo, StillOpen."""
    session = run_session(actor, session)
    items = _locked(session, ItemState.VOTING)
    if not items:
        raise CannotDo(f"Phiên “{session.title}” không có mục nào đang biểu quyết.")
    return _close(actor, items)


def _locked(session: Session, *states: ItemState) -> list[Item]:
    items = Item.objects.select_for_update(of=("self",)).select_related("session__council")
    return list(items.filter(session=session, state__in=states))


def _session_of(items: Sequence[Item]) -> Session:
    sessions = {item.session_id: item.session for item in items}
    if len(sessions) != 1:
        raise CannotDo("Chọn ít nhất một mục, và các mục phải cùng một phiên họp.")
    return next(iter(sessions.values()))


def _open(actor: Actor, vote: Votes, *, because: str) -> None:
    if (doubts := vote.doubts()) and not because.strip():
        raise StillOpen(doubts)
    item = vote.item
    item.state = ItemState.VOTING
    item.base, item.needed = vote.base, vote.needed
    item.save(update_fields=["state", "base", "needed"])
    payload = {"base": item.base, "needed": item.needed, "voters": len(vote.voters), "barred": len(vote.barred)}
    record_act(actor, "open_vote", item, {**payload, "doubts": doubts}, because=because.strip() if doubts else "")


def _give(
    actor: Actor, item: Item, member: Member, *, choice: Choice, way: PositionWay, document: StoredFile | None = None
) -> Position:
    roll = queries.roll_of(item.session)
    seat = seat_of(roll, member)
    if way != PositionWay.WRITTEN and not seat.is_present:
        raise CannotDo(f"{seat.name} không được điểm danh có mặt; không ghi biểu quyết được.")
    if item.conflicts.filter(member=member).exists():
        raise CannotDo(f"{seat.name} có liên quan ở mục {item.number} nên không được biểu quyết mục này.")
    if item.positions.filter(member=member).exists():
        raise CannotDo(f"Ý kiến của {seat.name} ở mục {item.number} đã ghi; mỗi người chỉ biểu quyết một lần.")
    position = Position.objects.create(
        agency=actor.agency,
        item=item,
        member=member,
        choice=choice,
        way=way,
        document=document,
        cast_by=actor.key,
    )
    payload: dict[str, object] = {"member": member.pk, "way": str(way)}
    if item.mode == VoteMode.OPEN:
        payload["choice"] = str(choice)  # on a secret vote the record commits to the scan alone
    verb = "cast" if way == PositionWay.ACCOUNT else "enter_position"
    record_act(actor, verb, item, {**payload, "sha256": document.sha256 if document else None})
    return position


def _require_writing_taken(item: Item, member: Member) -> None:
    require_unfinished(item.session)
    if item.state not in (ItemState.WAITING, ItemState.VOTING):
        raise CannotDo(f"Mục {item.number} đã có kết quả hoặc đã rút; không nhận thêm ý kiến.")
    seat = seat_of(queries.roll_of(item.session), member)
    if seat.came:
        raise CannotDo(f"{seat.name} có mặt ở phiên họp; ý kiến bằng văn bản chỉ của người vắng.")
    try:
        absent = queries.vote_of(item).absent
    except NoRule as error:
        raise CannotDo(str(error)) from error
    if not absent:
        raise CannotDo(f"Mục {item.number}: quy định ({item.cite}) không lấy ý kiến bằng văn bản của người vắng.")


def _require_in_room(vote: Votes, choices: Mapping[int, Choice]) -> None:
    here: dict[int, Seat] = {seat.member.pk: seat for seat in vote.roll.seats if seat.is_present}
    if choices.keys() - here.keys():
        raise CannotDo("Có ý kiến của người không có mặt hoặc không phải thành viên. Xem lại bảng điểm danh.")
    if silent := [seat.name for key, seat in here.items() if key not in choices]:
        raise CannotDo(f"Chưa ghi ý kiến của {', '.join(silent)}; ai không biểu quyết thì ghi “Không biểu quyết”.")


def _raise_hands(actor: Actor, votes: Mapping[int, Votes], choices: Mapping[int, Choice]) -> None:
    given = set(Position.objects.filter(item__in=list(votes)).values_list("item", "member"))
    Position.objects.bulk_create(
        Position(
            agency=actor.agency,
            item=vote.item,
            member=seat.member,
            choice=choices[seat.member.pk],
            way=PositionWay.HAND,
            cast_by=actor.key,
        )
        for vote in votes.values()
        for seat in vote.voters
        if (vote.item.pk, seat.member.pk) not in given
    )
    session = next(iter(votes.values())).item.session
    said = {str(member): str(choice) for member, choice in choices.items()}
    record_act(actor, "vote_together", session, {"items": sorted(votes), "choices": said})


def _close(actor: Actor, items: Sequence[Item]) -> list[Item]:
    counted = queries.tallies(items)
    if problems := [problem for item in items for problem in counted[item.pk].problems]:
        raise StillOpen(problems)
    sheets = _sheets_entered(items)
    for item in items:
        _set_result(item, counted[item.pk])
        result = {"yes": item.yes, "no": item.no, "other": item.other, "needed": item.needed, "passed": item.passed}
        tellers = {"counts": sheets[item.pk]} if item.pk in sheets else {}
        record_act(actor, "close_vote", item, {**result, "base": item.base, **tellers})
    Item.objects.bulk_update(items, RESULT)
    return list(items)


def _sheets_entered(items: Sequence[Item]) -> dict[int, list[dict[str, object]]]:
    """Every teller's sheet of the items, those set aside too, by item id: only now may they be read."""
    found: dict[int, list[dict[str, object]]] = {}
    for count in Count.objects.filter(item__in=items).order_by("pk"):
        figures = {name: getattr(count, name) for name in FIGURES}
        sheet = {"teller": count.teller, **figures, "set_aside": count.superseded_at is not None}
        found.setdefault(count.item_id, []).append(sheet)
    return found


def _set_result(item: Item, tally: Tally) -> None:
    if item.needed is None:
        raise CannotDo(f"Mục {item.number} chưa được mở biểu quyết.")
    item.state = ItemState.VOTED
    item.yes, item.no, item.other = tally.yes, tally.no, tally.other
    item.passed = tally.yes >= item.needed
