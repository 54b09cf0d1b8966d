"""What a council must reach for a title: share, of whom, whether in secret."""

import math

from thidua.core.law.errors import NoRule
from thidua.core.law.schema import Ruleset, Vote


def vote_rule(ruleset: Ruleset, title: str) -> Vote:
    """The vote a title needs on the ruleset's date; raises NoRule when the packs have none."""
    for vote in reversed(ruleset.votes):
        if title in vote.titles:
            return vote
    raise NoRule(f"tỷ lệ phiếu cho danh hiệu {title} tại ngày {ruleset.as_of:%d/%m/%Y}")


def votes_needed(vote: Vote, *, members: int, present: int) -> int:
    """How many *yes* a vote needs, in whole people: at least the share, so rounded up."""
    whole = members if vote.of == "all_members" else present
    return math.ceil(vote.share * whole)
