"""What stands in the way of opening and closing; the result that apps below read."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from thidua.apps.councils.models import Conflict, Item, Position, Session
from thidua.apps.councils.queries.rolls import Roll, Seat, roll_of
from thidua.apps.councils.queries.rules import ruleset_of, staying, vote_of
from thidua.apps.councils.states import ItemState, MinutesKind, PositionWay, Presence, SessionState
from thidua.core.law.errors import NoRule
from thidua.core.law.schema import Vote
from thidua.core.law.votes import can_pass, votes_needed


@dataclass(frozen=True, slots=True)
class Votes:
    """One item's vote as things stand: its rule, and who may not or already did.

    ``barred`` are members with a conflict, ``written`` members whose opinion is in; both by member id.
    """

    item: Item
    rule: Vote
    roll: Roll
    barred: frozenset[int]
    written: frozenset[int]

    @property
    def voters(self) -> list[Seat]:
        """Those in the room who may vote: without a conflict, and not in writing already."""
        done = self.barred | self.written
        return [seat for seat in self.roll.seats if seat.is_present and seat.member.pk not in done]

    @property
    def base(self) -> int:
        """The denominator in whole people."""
        everyone = self.rule.of == "all_members"
        whole = self.roll.members if everyone else self.roll.present
        here, away = self._recused
        leaving = here + away if everyone else here
        return whole - (leaving if self.rule.recusal_leaves else 0)

    @property
    def needed(self) -> int:
        """How many *yes* are needed in whole people."""
        return votes_needed(staying(self.rule), **self._people)

    @property
    def is_possible(self) -> bool:
        """Whether a *yes* of everybody who may vote would be enough."""
        return can_pass(staying(self.rule), **self._people)

    @property
    def is_recusal_unstated(self) -> bool:
        """Whether somebody may not vote and the packs do not say if they leave the denominator."""
        return bool(sum(self._recused)) and self.rule.recusal_leaves is None

    def problems(self) -> list[str]:
        """What must be settled before the vote opens."""
        place = f"Mục {self.item.number}"
        problems = quorum_problems(self.roll)
        if not problems and not self.is_possible and self.rule.cite.checked:
            problems.append(f"{self._impossible()} Rút mục khỏi chương trình hoặc chờ phiên sau.")
        if self.rule.absent:
            away = [seat for seat in self.roll.seats if not seat.came and seat.member.pk not in self.barred]
            waiting = [seat.name for seat in away if self._awaits_writing(seat)]
            if waiting:
                problems.append(
                    f"{place}: chưa nhập ý kiến bằng văn bản của {', '.join(waiting)}. "
                    "Nhập ý kiến kèm bản chụp, hoặc điểm danh là vắng và ghi lý do."
                )
        return problems

    def doubts(self) -> list[str]:
        """What a person must answer for with a reason: the law behind it was not compared with the gazette."""
        if not self.roll.missing and not self.is_possible and not self.rule.cite.checked:
            return [f"{self._impossible()} Tỷ lệ này chưa đối chiếu với văn bản gốc: muốn mở biểu quyết, ghi lý do."]
        return []

    def _impossible(self) -> str:
        people = f"{self.roll.members} thành viên, {self.roll.present} người có mặt"
        barred = f", {sum(self._recused)} người không được biểu quyết" if sum(self._recused) else ""
        return f"Mục {self.item.number}: {people}{barred}, cần {self.needed}/{self.base} phiếu: không thể đạt."

    def _awaits_writing(self, seat: Seat) -> bool:
        if seat.member.pk in self.written:
            return False
        return seat.presence == Presence.WRITTEN or not (seat.attendance and seat.attendance.reason)

    @property
    def _recused(self) -> tuple[int, int]:
        seats = [seat for seat in self.roll.seats if seat.member.pk in self.barred]
        here = sum(seat.is_present for seat in seats)
        return here, len(seats) - here

    @property
    def _people(self) -> dict[str, int]:
        here, away = self._recused
        return {
            "members": self.roll.members,
            "present": self.roll.present,
            "recused": here,
            "recused_absent": away,
        }


def votes_of(items: Collection[Item], *, roll: Roll | None = None) -> Mapping[int, Votes]:
    """The votes of items of one session by item id, with a handful of queries. Raises NoRule."""
    if not items:
        return {}
    session = next(iter(items)).session
    roll = roll or roll_of(session)
    ruleset = ruleset_of(session)
    barred: dict[int, set[int]] = {}
    for item_id, member_id in Conflict.objects.filter(item__in=items).values_list("item", "member"):
        barred.setdefault(item_id, set()).add(member_id)
    written: dict[int, set[int]] = {}
    papers = Position.objects.filter(item__in=items, way=PositionWay.WRITTEN)
    for item_id, member_id in papers.values_list("item", "member"):
        written.setdefault(item_id, set()).add(member_id)
    return {
        item.pk: Votes(
            item=item,
            rule=vote_of(item, ruleset=ruleset),
            roll=roll,
            barred=frozenset(barred.get(item.pk, ())),
            written=frozenset(written.get(item.pk, ())),
        )
        for item in items
    }


def quorum_problems(roll: Roll) -> list[str]:
    """Whether enough are in the room, counted again at each opening."""
    if not roll.missing:
        return []
    return [
        f"Chưa đủ số người họp: có mặt {roll.present}/{roll.members}, cần ít nhất {roll.needed}, "
        f"còn thiếu {roll.missing} người. Chờ thêm người, hoặc bế mạc và để các mục còn lại sang phiên sau."
    ]


def opening_problems(session: Session) -> list[str]:
    """What is missing before a session can open: attendance, chair and clerk, quorum, an agenda."""
    roll = roll_of(session)
    problems = []
    if unmarked := [seat.name for seat in roll.seats if not seat.presence]:
        more = f" và {len(unmarked) - 5} người khác" if len(unmarked) > 5 else ""
        problems.append(f"Chưa điểm danh: {', '.join(unmarked[:5])}{more}. Điểm danh đủ thành viên.")
    for member, role in ((session.chair, "Người chủ trì"), (session.clerk, "Thư ký")):
        seat = roll.seat(member.pk)
        if seat is None or not seat.is_present:
            problems.append(f"{role} {member.person.full_name} không có mặt. Đổi người ở phần “Sửa phiên họp”.")
    if not session.items.exclude(state=ItemState.WITHDRAWN).exists():
        problems.append("Chương trình chưa có mục nào. Đưa việc cần biểu quyết vào chương trình.")
    return problems + quorum_problems(roll)


def closing_problems(session: Session) -> list[str]:
    """A session closes when no vote is open; items that wait can go on a later session."""
    numbers = list(session.items.filter(state=ItemState.VOTING).values_list("number", flat=True))
    return [f"Mục {spans(numbers)} đang biểu quyết: kết thúc biểu quyết hoặc rút mục."] if numbers else []


def minutes_problems(session: Session) -> list[str]:
    """Minutes are signed once, of a session that discussed something."""
    if session.minutes.filter(kind=MinutesKind.SESSION).exists():
        return [f"Biên bản của “{session.title}” đã ký; biên bản đã ký không lập lại."]
    return []


def vote_problems(item: Item) -> list[str]:
    """What stands in the way of opening one item's vote; a rule the packs do not have is such a thing."""
    if item.session.state != SessionState.OPENED:
        return [f"Phiên họp “{item.session.title}” chưa khai mạc hoặc đã bế mạc. Chỉ mở biểu quyết khi đang họp."]
    try:
        return votes_of([item])[item.pk].problems()
    except NoRule as error:
        return [str(error)]


def result_of(subject_kind: str, subject_id: int, *, kind: str | None = None) -> Item | None:
    """The latest item with a result about a subject, in councils of one ``kind`` when given."""
    items = Item.objects.filter(subject_kind=subject_kind, subject_id=subject_id, state=ItemState.VOTED)
    if kind is not None:
        items = items.filter(session__council__kind=kind)
    return items.select_related("session__council").order_by("session__held_on", "pk").last()


def spans(numbers: list[int]) -> str:
    """Numbers in rising order with runs drawn together: “1–4, 7”."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
