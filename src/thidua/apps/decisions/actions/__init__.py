"""Writing decisions and proposals: drafting, signing, proposing; and own templates."""

from thidua.apps.decisions.actions.drafting import (
    cancel,
    draft_annulment,
    draft_decision,
    drop_line,
    override_problem,
)
from thidua.apps.decisions.actions.proposing import (
    cancel_proposal,
    draft_proposal,
    override_in_proposal,
    record_answer,
    send_proposal,
)
from thidua.apps.decisions.actions.signer import name_signer
from thidua.apps.decisions.actions.signing import recall, send_to_sign, take_signed_copy
from thidua.apps.decisions.actions.templates import accept_template, drop_template

__all__ = [
    "accept_template",
    "cancel",
    "cancel_proposal",
    "draft_annulment",
    "draft_decision",
    "draft_proposal",
    "drop_line",
    "drop_template",
    "name_signer",
    "override_in_proposal",
    "override_problem",
    "recall",
    "record_answer",
    "send_proposal",
    "send_to_sign",
    "take_signed_copy",
]
