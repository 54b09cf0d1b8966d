"""Every act on nominations: drafting, the unit's review, submitting, appraising, hold and release, the council."""

from thidua.apps.nominations.actions.appraising import appraise, appraise_all, hold, reconsider, release
from thidua.apps.nominations.actions.council import put_on_agenda, take_results
from thidua.apps.nominations.actions.drafting import draft_list, draft_nomination
from thidua.apps.nominations.actions.moves import (
    decline_by_unit,
    leave_agenda,
    leave_unit_agenda,
    not_passed,
    put_to_unit,
    release_passed,
    take_result,
    take_unit_vote,
)
from thidua.apps.nominations.actions.reviewing import plan_review, take_unit_votes
from thidua.apps.nominations.actions.submitting import return_nomination, submit, withdraw

__all__ = [
    "appraise",
    "appraise_all",
    "decline_by_unit",
    "draft_list",
    "draft_nomination",
    "hold",
    "leave_agenda",
    "leave_unit_agenda",
    "not_passed",
    "plan_review",
    "put_on_agenda",
    "put_to_unit",
    "reconsider",
    "release",
    "release_passed",
    "return_nomination",
    "submit",
    "take_result",
    "take_results",
    "take_unit_vote",
    "take_unit_votes",
    "withdraw",
]
