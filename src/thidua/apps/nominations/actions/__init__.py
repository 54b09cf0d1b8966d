"""Every act on nominations: drafting, the unit's review, submitting, appraising, hold and release, the council."""

from thidua.apps.nominations.actions.appraising import appraise, appraise_all, hold, release
from thidua.apps.nominations.actions.council import put_on_agenda, take_results
from thidua.apps.nominations.actions.drafting import draft_list, draft_nomination
from thidua.apps.nominations.actions.reviewing import plan_review, take_unit_votes
from thidua.apps.nominations.actions.submitting import return_nomination, submit, withdraw

__all__ = [
    "appraise",
    "appraise_all",
    "draft_list",
    "draft_nomination",
    "hold",
    "plan_review",
    "put_on_agenda",
    "release",
    "return_nomination",
    "submit",
    "take_results",
    "take_unit_votes",
    "withdraw",
]
