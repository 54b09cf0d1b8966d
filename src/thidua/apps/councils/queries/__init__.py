"""Reading councils: who sits and takes part, what stands in the way of a vote, results, pages and minutes."""

from thidua.apps.councils.queries.pages import (
    Card,
    TellerRow,
    cards,
    councils_for,
    counting_items,
    secrecy_words,
    sessions_for,
    teller_rows,
    voters_of,
)
from thidua.apps.councils.queries.papers import has_secret_results, number_of, series_of, session_minutes, tally_minutes
from thidua.apps.councils.queries.rolls import Roll, Seat, member_for, members_on, roll_of
from thidua.apps.councils.queries.rules import (
    new_rule,
    quorum_rule,
    ruleset_of,
    vote_of,
    vote_words_of,
)
from thidua.apps.councils.queries.tallies import Tally, count_problems, positions_shown, results_of, tallies
from thidua.apps.councils.queries.votes import (
    Votes,
    closing_problems,
    minutes_problems,
    opening_problems,
    quorum_problems,
    result_of,
    vote_problems,
    votes_of,
)

__all__ = [
    "Card",
    "Roll",
    "Seat",
    "Tally",
    "TellerRow",
    "Votes",
    "cards",
    "closing_problems",
    "councils_for",
    "count_problems",
    "counting_items",
    "has_secret_results",
    "member_for",
    "members_on",
    "minutes_problems",
    "new_rule",
    "number_of",
    "opening_problems",
    "positions_shown",
    "quorum_problems",
    "quorum_rule",
    "result_of",
    "results_of",
    "roll_of",
    "ruleset_of",
    "secrecy_words",
    "series_of",
    "session_minutes",
    "sessions_for",
    "tallies",
    "tally_minutes",
    "teller_rows",
    "vote_of",
    "vote_problems",
    "vote_words_of",
    "voters_of",
    "votes_of",
]
