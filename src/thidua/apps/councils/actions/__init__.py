"""Every act of a council: founding it, its sessions, agenda, votes, counts and minutes."""

from thidua.apps.councils.actions.agenda import declare_conflict, put_on_agenda, withdraw_item
from thidua.apps.councils.actions.counts import enter_counts, set_aside_counts
from thidua.apps.councils.actions.founding import add_member, end_membership, found_council
from thidua.apps.councils.actions.minutes import sign_minutes
from thidua.apps.councils.actions.posting import note_posting, note_posting_closed
from thidua.apps.councils.actions.sessions import (
    close_session,
    leave_session,
    mark_attendance,
    open_session,
    plan_session,
    replan_session,
    take_attendance,
)
from thidua.apps.councils.actions.votes import (
    cast,
    close_vote,
    close_votes,
    enter_position,
    open_vote,
    open_votes,
    vote_together,
)

__all__ = [
    "add_member",
    "cast",
    "close_session",
    "close_vote",
    "close_votes",
    "declare_conflict",
    "end_membership",
    "enter_counts",
    "enter_position",
    "found_council",
    "leave_session",
    "mark_attendance",
    "note_posting",
    "note_posting_closed",
    "open_session",
    "open_vote",
    "open_votes",
    "plan_session",
    "put_on_agenda",
    "replan_session",
    "set_aside_counts",
    "sign_minutes",
    "take_attendance",
    "vote_together",
    "withdraw_item",
]
