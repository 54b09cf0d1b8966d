"""Writing decisions and proposals: drafting, signing, proposing."""

from thidua.apps.decisions.actions.drafting import (
    cancel,
    draft_annulment,
    draft_decision,
    drop_line,
    override_problem,
)
from thidua.apps.decisions.actions.proposing import draft_proposal, record_answer, send_proposal
from thidua.apps.decisions.actions.signing import recall, send_to_sign, take_signed_copy

__all__ = [
    "cancel",
    "draft_annulment",
    "draft_decision",
    "draft_proposal",
    "drop_line",
    "override_problem",
    "recall",
    "record_answer",
    "send_proposal",
    "send_to_sign",
    "take_signed_copy",
]
