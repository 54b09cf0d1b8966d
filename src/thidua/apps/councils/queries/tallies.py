"""Counting: positions of open votes, two agreeing counts of secret ones."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from thidua.apps.councils.models import Count, Item, Position, Session
from thidua.apps.councils.queries.votes import Votes, votes_of
from thidua.apps.councils.states import Choice, PositionWay, VoteMode

COUNTS = 2  # two tellers by the design of the count, not by a rule of law
FIGURES = ("issued", "returned", "invalid", "yes", "no")


@dataclass(frozen=True, slots=True)
class Tally:
    """One item's count: what stands in the way of closing, or the figures. ``other`` is neither *yes* nor *no*."""

    problems: tuple[str, ...]
    yes: int = 0
    no: int = 0
    other: int = 0


def tallies(items: Collection[Item]) -> Mapping[int, Tally]:
    """The count of each item that is being voted on (all of one session), by item id, with a handful of queries."""
    votes = votes_of(items)
    choices: dict[int, dict[int, str]] = {item.pk: {} for item in items}
    written: dict[int, Counter[str]] = {item.pk: Counter() for item in items}
    for position in Position.objects.filter(item__in=items):
        choices[position.item_id][position.member_id] = position.choice
        if position.way == PositionWay.WRITTEN:
            written[position.item_id][position.choice] += 1
    counts: dict[int, list[Count]] = {item.pk: [] for item in items}
    for count in Count.objects.current().filter(item__in=items).order_by("pk"):
        counts[count.item_id].append(count)
    return {
        item.pk: _secret(item, counts[item.pk], written[item.pk])
        if item.mode == VoteMode.PAPER_SECRET
        else _open(votes[item.pk], choices[item.pk])
        for item in items
    }


def positions_shown(item: Item) -> list[tuple[str, str, str]]:
    """Who gave a position on an item, which, and how; on a secret vote an opinion in writing stays unsaid."""
    is_secret = item.mode == VoteMode.PAPER_SECRET
    return [
        (one.member.person.full_name, "" if is_secret else one.get_choice_display(), one.get_way_display())
        for one in item.positions.select_related("member__person").order_by("pk")
    ]


def count_problems(item: Item) -> list[str]:
    """What stands in the way of closing one item's vote."""
    return list(tallies([item])[item.pk].problems)


def results_of(session: Session) -> Counter[str]:
    """How many items of a session stand in which state."""
    return Counter(session.items.order_by().values_list("state", flat=True))


def agreed(counts: Collection[Count]) -> bool:
    """Whether two tellers have counted, and found the same figures."""
    sheets = {tuple(getattr(count, name) for name in FIGURES) for count in counts}
    return len(counts) == COUNTS and len(sheets) == 1


def _open(votes: Votes, choices: Mapping[int, str]) -> Tally:
    silent = [seat.name for seat in votes.voters if seat.member.pk not in choices]
    if silent:
        problem = (
            f"Mục {votes.item.number}: chưa ghi ý kiến của {', '.join(silent[:8])}{'…' if len(silent) > 8 else ''}. "
            "Ghi đủ; ai không biểu quyết thì ghi “Không biểu quyết”."
        )
        return Tally(problems=(problem,))
    found = Counter(choices.values())
    return Tally(problems=(), yes=found[Choice.YES], no=found[Choice.NO], other=found[Choice.ABSTAIN])


def _secret(item: Item, counts: list[Count], written: Counter[str]) -> Tally:
    if len(counts) < COUNTS:
        said = f"Mục {item.number}: mới có {len(counts)}/{COUNTS} lần đếm. Chờ đủ hai người kiểm phiếu nhập độc lập."
        return Tally(problems=(said,))
    if not agreed(counts):
        said = f"Mục {item.number}: hai lần kiểm không khớp, kiểm lại. Hủy kết quả đếm của mục này rồi đếm lại."
        return Tally(problems=(said,))
    sheet = counts[0]
    return Tally(
        problems=(),
        yes=sheet.yes + written[Choice.YES],
        no=sheet.no + written[Choice.NO],
        other=sheet.issued - sheet.yes - sheet.no + written[Choice.ABSTAIN],
    )
