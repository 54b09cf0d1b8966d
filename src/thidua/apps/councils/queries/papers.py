"""Minutes as papers: of a session, and of the count of its secret ballots."""

import datetime
from collections import Counter
from collections.abc import Iterable

from django.db.models import Q

from thidua.apps.councils.models import Conflict, Council, Count, Item, Position, Session
from thidua.apps.councils.models import Minutes as SignedMinutes
from thidua.apps.councils.queries.rolls import Roll, Seat, roll_of
from thidua.apps.councils.queries.rules import result_words, vote_words_of
from thidua.apps.councils.queries.votes import spans
from thidua.apps.councils.states import Choice, CouncilKind, ItemState, MemberRole, PositionWay, Presence, VoteMode
from thidua.apps.units.models import Post
from thidua.apps.units.states import PostKind, Sex
from thidua.core.papers.form import Absence, Attendee, Column, Head, Minutes, Section, Signer, Table

SYMBOLS = {CouncilKind.EMULATION.value: "BB-HĐTĐKT", CouncilKind.INITIATIVE.value: "BB-HĐSK"}
COURTESY = {Sex.MALE.value: "Ông ", Sex.FEMALE.value: "Bà "}
MEETINGS = {CouncilKind.UNIT.value: "Hội nghị"}
OTHERS = "Phiếu khác: ý kiến không biểu quyết, phiếu không hợp lệ, phiếu phát ra không thu về."
RESULTS = (
    Column("TT", 1, "center"),
    Column("Nội dung biểu quyết", 6),
    Column("Đồng ý", 2, "center"),
    Column("Không đồng ý", 2, "center"),
    Column("Phiếu khác", 2, "center"),
    Column("Kết quả", 4),
)
BALLOTS = (
    Column("TT", 1, "center"),
    Column("Nội dung bỏ phiếu", 5),
    Column("Phát ra", 2, "center"),
    Column("Thu về", 2, "center"),
    Column("Không hợp lệ", 2, "center"),
    Column("Đồng ý", 2, "center"),
    Column("Không đồng ý", 2, "center"),
    Column("Kết quả", 4),
)


def series_of(council: Council) -> str:
    """The symbol of a council's minutes: “BB-HĐTĐKT”, for a unit's meeting “BB-” and the unit's code."""
    return f"BB-{council.unit.code.upper()}" if council.unit else SYMBOLS[council.kind]


def has_secret_results(session: Session) -> bool:
    """Whether a secret ballot of the session has a result, so that its count needs minutes."""
    return session.items.filter(mode=VoteMode.PAPER_SECRET, state=ItemState.VOTED).exists()


def number_of(signed: SignedMinutes | None) -> int | None:
    """The number that signed minutes bear."""
    return int(signed.number.partition("/")[0]) if signed else None


def session_minutes(session: Session, *, number: int | None = None) -> Minutes:
    """The minutes of a session: who took part, quorum, each item's vote and result, conflicts, opinions, notes."""
    roll = roll_of(session)
    posts = _posts(session, roll)
    items = list(session.items.all())
    sections = [
        Section("I", "Số người tham dự", _quorum_words(session, roll)),
        Section("II", "Nội dung và kết quả biểu quyết", (*_rule_words(items), _results(items), OTHERS)),
    ]
    if said := _remarks(session, items):
        sections.append(Section("III", "Những điểm ghi nhận", said))
    if session.notes:
        marks = "IV" if said else "III"
        sections.append(Section(marks, "Ý kiến thảo luận, kết luận", tuple(session.notes.splitlines())))
    return Minutes(
        head=_head(session, number, subject=session.title),
        starts=_moment(session, session.opened_at),
        ends=_moment(session, session.closed_at),
        place=session.place,
        attendees=[_attendee(session, seat, posts) for seat in roll.seats if seat.came],
        absent=[_absence(seat, posts) for seat in roll.seats if not seat.came],
        sections=sections,
        signers=(
            Signer(post="Thư ký", name=session.clerk.person.full_name),
            Signer(post="Chủ trì", name=session.chair.person.full_name),
        ),
        chair=_called(session.chair.person.full_name, session.chair.person.sex),
        secretary=_called(session.clerk.person.full_name, session.clerk.person.sex),
        meeting=MEETINGS.get(session.council.kind, "Cuộc họp"),
        note=_note(session),
    )


def tally_minutes(session: Session, *, number: int | None = None) -> Minutes:
    """The minutes of the count of a session's secret ballots: figures that two tellers found independently."""
    items = list(session.items.filter(mode=VoteMode.PAPER_SECRET, state=ItemState.VOTED))
    counts = list(Count.objects.current().filter(item__in=items).order_by("pk"))
    tellers = list(dict.fromkeys(count.teller_name for count in counts))
    sheets = {count.item_id: count for count in counts}
    method = (
        "Phiếu được hai người kiểm phiếu đếm và nhập độc lập, người sau không biết số liệu của người trước; "
        "kết quả dưới đây là số liệu hai lần đếm khớp nhau."
    )
    written = _written_words(items)
    return Minutes(
        head=_head(session, number, subject=f"Kiểm phiếu tại {session.title[:1].lower()}{session.title[1:]}"),
        starts=_moment(session, session.opened_at),
        ends=_moment(session, session.closed_at),
        place=session.place,
        attendees=[Attendee(name=name, role="kiểm phiếu") for name in tellers],
        sections=(
            Section("I", "Cách bỏ phiếu, kiểm phiếu", (*_rule_words(items), method)),
            Section("II", "Kết quả kiểm phiếu", (_ballots(items, sheets), *written)),
        ),
        signers=(
            *(Signer(post="Người kiểm phiếu", name=name) for name in tellers),
            Signer(post="Chủ trì", name=session.chair.person.full_name),
        ),
        chair=_called(session.chair.person.full_name, session.chair.person.sex),
        meeting="Việc kiểm phiếu",
        note=_note(session),
    )


def _head(session: Session, number: int | None, *, subject: str) -> Head:
    council = session.council
    return Head(
        parent=session.agency.name,
        issuer=council.unit.name if council.unit else council.name,
        symbol=series_of(council),
        kind="Biên bản",
        subject=subject,
        number="" if number is None else str(number),
        date=session.held_on,
    )


def _note(session: Session) -> str:
    return "Dữ liệu minh họa" if session.agency.is_demo else ""


def _moment(session: Session, clock: datetime.time | None) -> datetime.datetime | None:
    return datetime.datetime.combine(session.held_on, clock) if clock else None


def _called(name: str, sex: str) -> str:
    return f"{COURTESY.get(sex, '')}{name}"


def _posts(session: Session, roll: Roll) -> dict[int, str]:
    """Each member's post on the session's day, by person id."""
    people = [seat.member.person_id for seat in roll.seats]
    on_day = Q(since__lte=session.held_on) & (Q(until__isnull=True) | Q(until__gte=session.held_on))
    held = Post.objects.current().filter(on_day, person__in=people, kind=PostKind.REGULAR).order_by("since")
    return dict(held.values_list("person", "title"))


def _attendee(session: Session, seat: Seat, posts: dict[int, str]) -> Attendee:
    role = "" if session.council.unit_id else str(MemberRole(seat.member.role).label)
    left = f"rời họp lúc {seat.left_at:%H giờ %M phút}" if seat.left_at else ""
    person = seat.member.person
    said = ", ".join(part for part in (role, left) if part)
    return Attendee(name=_called(person.full_name, person.sex), post=posts.get(person.pk, ""), role=said)


def _absence(seat: Seat, posts: dict[int, str]) -> Absence:
    person = seat.member.person
    reason = seat.attendance.reason if seat.attendance else ""
    if seat.presence == Presence.WRITTEN:
        reason = ", ".join(part for part in (reason, "lấy ý kiến bằng văn bản") if part)
    return Absence(name=_called(person.full_name, person.sex), post=posts.get(person.pk, ""), reason=reason)


def _quorum_words(session: Session, roll: Roll) -> tuple[str, ...]:
    came = sum(seat.came for seat in roll.seats)
    enough = (
        f"Tổng số {roll.members} người; có mặt {came}, vắng {roll.members - came}. Cuộc họp phải có ít nhất "
        f"{roll.needed} người ({session.quorum} tổng số, {session.quorum_cite})"
    )
    return (f"{enough}: đủ điều kiện tiến hành." if roll.had_quorum else f"{enough}: không đủ điều kiện.",)


def _rule_words(items: Iterable[Item]) -> tuple[str, ...]:
    """Each rule of vote once, with the items under it."""
    under: dict[tuple[str, str], list[int]] = {}
    for item in items:
        under.setdefault((vote_words_of(item), item.cite), []).append(item.number)
    return tuple(f"Mục {spans(numbers)}: {words} ({cite})." for (words, cite), numbers in under.items())


def _results(items: list[Item]) -> Table:
    return Table(columns=RESULTS, rows=[_result_row(item) for item in items])


def _result_row(item: Item) -> tuple[str, ...]:
    name = f"{item.label} ({item.detail})" if item.detail else item.label
    if item.state != ItemState.VOTED:
        return (str(item.number), name, "–", "–", "–", str(item.get_state_display()))
    return (str(item.number), name, str(item.yes), str(item.no), str(item.other), result_words(item, cited=False))


def _ballots(items: list[Item], sheets: dict[int, Count]) -> Table:
    rows = []
    for item in items:
        sheet = sheets[item.pk]
        figures = (sheet.issued, sheet.returned, sheet.invalid, sheet.yes, sheet.no)
        rows.append((str(item.number), item.label, *(str(one) for one in figures), result_words(item, cited=False)))
    return Table(columns=BALLOTS, rows=rows)


def _remarks(session: Session, items: list[Item]) -> tuple[str, ...]:
    lines = []
    barred: dict[tuple[str, str], list[int]] = {}
    conflicts = Conflict.objects.filter(item__session=session).exclude(item__state=ItemState.WITHDRAWN)
    for conflict in conflicts.select_related("item", "member__person").order_by("item__number", "pk"):
        barred.setdefault((conflict.member.person.full_name, conflict.reason), []).append(conflict.item.number)
    for (name, reason), numbers in barred.items():
        lines.append(f"{name} không biểu quyết ở mục {spans(numbers)} vì có liên quan: {reason}.")
    lines += _dissent_words(items)
    lines += _written_words(items)
    for item in items:
        if item.state == ItemState.WITHDRAWN:
            lines.append(f"Mục {item.number} rút khỏi chương trình: {item.because}.")
    if waiting := [item.number for item in items if item.state == ItemState.WAITING]:
        lines.append(f"Mục {spans(waiting)} chưa biểu quyết, để lại phiên sau.")
    return tuple(lines)


def _dissent_words(items: list[Item]) -> list[str]:
    """Who was not in favour in open votes; everybody else who voted was."""
    others: dict[tuple[str, str], list[int]] = {}
    votes = Position.objects.filter(item__in=items, item__state=ItemState.VOTED).exclude(choice=Choice.YES)
    hands = votes.exclude(way=PositionWay.WRITTEN).select_related("item", "member__person")
    for position in hands.order_by("item__number", "pk"):
        said = str(Choice(position.choice).label).lower()
        others.setdefault((position.member.person.full_name, said), []).append(position.item.number)
    lines = [f"{name} {said} ở mục {spans(numbers)}." for (name, said), numbers in others.items()]
    if any(item.mode == VoteMode.OPEN and item.state == ItemState.VOTED for item in items):
        whole = "Ở các mục biểu quyết công khai, người biểu quyết" + (" còn lại" if lines else "")
        lines.append(f"{whole} đều đồng ý.")
    return lines


def _written_words(items: list[Item]) -> list[str]:
    """Opinions in writing: by name in open votes; on secret ones only how many, once the vote is over."""
    given: dict[tuple[str, str], list[int]] = {}
    unnamed: dict[int, Counter[str]] = {}
    secret = {item.pk: item.state for item in items if item.mode == VoteMode.PAPER_SECRET}
    opinions = Position.objects.filter(item__in=items, way=PositionWay.WRITTEN)
    for position in opinions.select_related("item", "member__person").order_by("item__number", "pk"):
        said = str(Choice(position.choice).label).lower()
        if position.item_id not in secret:
            given.setdefault((position.member.person.full_name, said), []).append(position.item.number)
        elif secret[position.item_id] == ItemState.VOTED:
            unnamed.setdefault(position.item.number, Counter())[said] += 1
    lines = [
        f"{name} vắng, có ý kiến bằng văn bản: {said} ở mục {spans(numbers)}."
        for (name, said), numbers in given.items()
    ]
    for number, counts in unnamed.items():
        words = ", ".join(f"{count} {said}" for said, count in sorted(counts.items()))
        lines.append(f"Mục {number}: ý kiến bằng văn bản của người vắng, đã tính vào kết quả: {words}.")
    return lines
