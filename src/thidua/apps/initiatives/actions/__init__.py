"""Everything that is written about initiatives: applying, judging, recognising, the use-once ledger."""

from thidua.apps.initiatives.actions.applying import (
    accept_application,
    apply_for,
    draft,
    redraft,
    return_application,
    withdraw,
)
from thidua.apps.initiatives.actions.judging import assess, refuse, schedule, take_vote
from thidua.apps.initiatives.actions.recognising import recognise, release_uses, use_achievement

__all__ = [
    "accept_application",
    "apply_for",
    "assess",
    "draft",
    "recognise",
    "redraft",
    "refuse",
    "release_uses",
    "return_application",
    "schedule",
    "take_vote",
    "use_achievement",
    "withdraw",
]
