"""Reads of the nominations app: units' lists, claims, the appraisal table and its paper, quotas, problems, dossiers."""

from thidua.apps.nominations.queries.candidates import (
    Candidate,
    LeftOut,
    UnitYear,
    campaign_of_year,
    left_out,
    living_unit,
    unit_candidates,
    unit_year,
)
from thidua.apps.nominations.queries.claims import bound_achievement, claimable_facts
from thidua.apps.nominations.queries.dossier import ClaimLine, Dossier, HistoryLine, dossier_of, names_of, sits_on
from thidua.apps.nominations.queries.meetings import (
    COUNCIL_SUBJECT,
    REVIEW_SUBJECT,
    council_item,
    council_sessions,
    label_of,
    review_item,
    review_sessions,
    sessions_to_put_on,
    sessions_with_results,
)
from thidua.apps.nominations.queries.paper import appraisal_paper
from thidua.apps.nominations.queries.problems import agenda_problems, result_open, submission_problems, unit_vote_open
from thidua.apps.nominations.queries.quota import QuotaLine, QuotaStanding, limit_problems, quota_standing
from thidua.apps.nominations.queries.reasons import finding_words
from thidua.apps.nominations.queries.table import CouncilRow, CouncilTable, Filters, council_table, rows_of, unit_votes

__all__ = [
    "COUNCIL_SUBJECT",
    "REVIEW_SUBJECT",
    "Candidate",
    "ClaimLine",
    "CouncilRow",
    "CouncilTable",
    "Dossier",
    "Filters",
    "HistoryLine",
    "LeftOut",
    "QuotaLine",
    "QuotaStanding",
    "UnitYear",
    "agenda_problems",
    "appraisal_paper",
    "bound_achievement",
    "campaign_of_year",
    "claimable_facts",
    "council_item",
    "council_sessions",
    "council_table",
    "dossier_of",
    "finding_words",
    "label_of",
    "left_out",
    "limit_problems",
    "living_unit",
    "names_of",
    "quota_standing",
    "result_open",
    "review_item",
    "review_sessions",
    "rows_of",
    "sessions_to_put_on",
    "sessions_with_results",
    "sits_on",
    "submission_problems",
    "unit_candidates",
    "unit_vote_open",
    "unit_votes",
    "unit_year",
]
