"""What a title must reach in a meeting or council: share, of whom, whether in secret, and whether it still can."""

import dataclasses
import math
from fractions import Fraction

from thidua.core.law.errors import NoRule
from thidua.core.law.schema import Ruleset, Vote
from thidua.core.law.terms import Level

QUORUMS: dict[Level, str] = {
    "unit": "unit_meeting.quorum",
    "agency": "council.quorum",
    "province": "council_province.quorum",
    "initiative": "initiative_council.quorum",
}
LEVEL_NAMES: dict[Level, str] = {
    "unit": "cuộc họp bình xét của đơn vị",
    "agency": "hội đồng của cơ quan",
    "province": "hội đồng cấp tỉnh",
    "initiative": "hội đồng sáng kiến",
}


def vote_rule(ruleset: Ruleset, title: str, *, level: Level) -> Vote:
    """The vote a title needs at a level on the ruleset's date; raises NoRule when the packs have none.

    A share for another level never stands in: the 90% of a provincial council says nothing about a department's.
    """
    for vote in reversed(ruleset.votes):
        if title in vote.titles and vote.level == level:
            return dataclasses.replace(vote, recusal_leaves=_recusal_leaves(ruleset, vote))
    raise NoRule(f"tỷ lệ phiếu cho danh hiệu {title} ở {LEVEL_NAMES[level]} tại ngày {ruleset.as_of:%d/%m/%Y}")


def votes_needed(vote: Vote, *, members: int, present: int, recused: int = 0, recused_absent: int = 0) -> int:
    """How many *yes* a vote needs, in whole people.

    ``members`` are all who sit on the council, ``present`` those in the room; ``recused`` of those present and
    ``recused_absent`` of those away may not vote on this item. Raises NoRule when somebody may not vote and the packs
    do not say whether they leave the denominator, ValueError for numbers that no council can have.
    """
    _check_people(members=members, present=present, recused=recused, recused_absent=recused_absent)
    everyone = vote.of == "all_members"
    whole = members if everyone else present
    if leaving := recused + recused_absent if everyone else recused:
        if vote.recusal_leaves is None:
            raise NoRule(f"thành viên không được biểu quyết có tính vào mẫu số của {vote.council} hay không")
        whole -= leaving if vote.recusal_leaves else 0
    exact = vote.share * whole
    return math.floor(exact) + 1 if vote.strict else math.ceil(exact)


def votes_possible(vote: Vote, *, members: int, present: int, recused: int = 0, recused_absent: int = 0) -> int:
    """How many could say *yes* at most: those in the room, and those away where their written opinion is taken."""
    _check_people(members=members, present=present, recused=recused, recused_absent=recused_absent)
    away = members - present - recused_absent if vote.absent else 0
    return present - recused + away


def can_pass(vote: Vote, *, members: int, present: int, recused: int = 0, recused_absent: int = 0) -> bool:
    """Whether a *yes* of everybody who may vote would be enough; arguments and errors as of ``votes_needed``."""
    needed = votes_needed(vote, members=members, present=present, recused=recused, recused_absent=recused_absent)
    possible = votes_possible(vote, members=members, present=present, recused=recused, recused_absent=recused_absent)
    return 0 < possible >= needed


def quorum_share(ruleset: Ruleset, *, level: Level) -> Fraction:
    """Which share of all members a meeting at this level needs; raises NoRule when the packs have no quorum for it."""
    return Fraction(ruleset.value(QUORUMS[level]))


def quorum_missing(share: Fraction, *, members: int, present: int) -> int:
    """How many more must be present; an empty room never has a quorum."""
    return max(quorum_needed(share, members=members) - present, 0 if present else 1)


def quorum_needed(share: Fraction, *, members: int) -> int:
    """How many must be present, in whole people."""
    return math.ceil(share * members)


def vote_words(vote: Vote) -> str:
    """The rule in words for pages and papers, e.g. “trên 1/2 số thành viên có mặt, biểu quyết công khai”."""
    share = f"trên {vote.share}" if vote.strict else f"từ {vote.share} trở lên"
    people = "tổng số thành viên" if vote.of == "all_members" else "số thành viên có mặt"
    manner = {True: ", bỏ phiếu kín", False: ", biểu quyết công khai", None: ""}[vote.secret]
    return f"{share} {people}{manner}"


def _recusal_leaves(ruleset: Ruleset, vote: Vote) -> bool | None:
    found = ruleset.parameters.get(vote.recusal) if vote.recusal else None
    return found.value if found is not None and isinstance(found.value, bool) else None


def _check_people(*, members: int, present: int, recused: int, recused_absent: int) -> None:
    if not (0 <= recused <= present <= members and 0 <= recused_absent <= members - present):
        said = f"{members} thành viên, {present} có mặt, {recused} và {recused_absent} không được biểu quyết"
        raise ValueError(f"Số người không khớp: {said}.")
