"""Which rule of the packs a session and its items are held to."""

import dataclasses
from fractions import Fraction
from typing import Literal, cast

from thidua.apps.councils.models import Item, Session
from thidua.apps.councils.states import CouncilKind, ItemState, VoteMode
from thidua.apps.policy.queries import ruleset_on
from thidua.core.law.citing import parameter_words
from thidua.core.law.schema import Ruleset, Vote
from thidua.core.law.terms import Level
from thidua.core.law.votes import QUORUMS, quorum_share, vote_rule

# How long the result of a session is posted; an agency whose packs do not say so posts nothing before it decides.
POSTING_DAYS = "posting.working_days"
LONGEST_CITE = 300
LEVELS: dict[str, Level] = {
    CouncilKind.EMULATION.value: "agency",
    CouncilKind.INITIATIVE.value: "initiative",
    CouncilKind.UNIT.value: "unit",
}


def level_of(session: Session) -> Level:
    """The packs' level of a session's council."""
    return LEVELS[session.council.kind]


def ruleset_of(session: Session) -> Ruleset:
    """The law on the session's day; raises NoRule when no packs are active."""
    return ruleset_on(session.held_on)


def quorum_rule(ruleset: Ruleset, *, kind: str) -> tuple[str, str]:
    """The share of members that must be present, as a fraction in words, and its citation; raises NoRule."""
    level = LEVELS[kind]
    share = quorum_share(ruleset, level=level)
    return str(share), parameter_words(ruleset, QUORUMS[level])[:LONGEST_CITE]


def new_rule(session: Session, title: str) -> Vote:
    """The vote that a title needs in a session; raises NoRule when the packs have none."""
    return vote_rule(ruleset_of(session), title, level=level_of(session))


def vote_of(item: Item, *, ruleset: Ruleset | None = None) -> Vote:
    """The vote that an item needs: share and denominator as put on the agenda, the rest from the packs.

    Raises NoRule. Where the packs do not say what a recusal does, ``recusal_leaves`` is None.
    """
    rules = ruleset or ruleset_of(item.session)
    rule = vote_rule(rules, item.title, level=level_of(item.session))
    return dataclasses.replace(
        rule,
        share=Fraction(item.share),
        strict=item.more_than,
        of=cast('Literal["all_members", "present_members"]', item.of),
    )


def staying(rule: Vote) -> Vote:
    """The rule with silence on recusals read the strict way: who may not vote stays in the denominator."""
    return rule if rule.recusal_leaves is not None else dataclasses.replace(rule, recusal_leaves=False)


def vote_words_of(item: Item) -> str:
    """An item's vote in words: “trên 1/2 số thành viên có mặt, biểu quyết công khai”."""
    share = f"trên {item.share}" if item.more_than else f"từ {item.share} trở lên"
    people = "tổng số thành viên" if item.of == "all_members" else "số thành viên có mặt"
    manner = "bỏ phiếu kín" if item.mode == VoteMode.PAPER_SECRET else "biểu quyết công khai"
    return f"{share} {people}, {manner}"


def result_words(item: Item, *, cited: bool = True) -> str:
    """How a vote came out, everywhere in the same words; blank before the result.

    “8/9 đồng ý (88,9%), cần 9 (từ 9/10 trở lên tổng số thành viên, bỏ phiếu kín; Điều 45 khoản 8, …): không thông
    qua”. The denominator is the rule's, not those who voted. Without ``cited`` where the rule stands beside it already.
    """
    if item.state != ItemState.VOTED or item.base is None or item.needed is None or item.yes is None:
        return ""
    percent = f"{float(Fraction(100 * item.yes, item.base)):.1f}".removesuffix(".0").replace(".", ",")
    rule = f" ({vote_words_of(item)}; {item.cite})" if cited else ""
    said = "thông qua" if item.passed else "không thông qua"
    return f"{item.yes}/{item.base} đồng ý ({percent}%), cần {item.needed}{rule}: {said}"
