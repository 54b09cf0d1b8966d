"""Acts of the campaigns app: plan and launch, days to keep, targets handed down, and who knows the plan."""

from thidua.apps.campaigns.actions.briefing import acknowledge, acknowledge_by_paper, hold_briefing
from thidua.apps.campaigns.actions.cascade import allocate, allocate_table, deliver, receive_delivery
from thidua.apps.campaigns.actions.milestones import set_milestones
from thidua.apps.campaigns.actions.plans import close, confirm_reading, launch, receive_plan, reopen_reading
from thidua.apps.campaigns.actions.reading_jobs import (
    finish_reading_job,
    start_offering,
    start_receiving,
    stop_reading_job,
)
from thidua.apps.campaigns.actions.readings import (
    accept_doubts,
    add_basis,
    add_target,
    correct_basis,
    correct_head,
    correct_passage,
    correct_target,
    correct_words,
    drop_basis,
    drop_target,
    offer_reading,
    take_reading,
    undo_step,
)

__all__ = [
    "accept_doubts",
    "acknowledge",
    "acknowledge_by_paper",
    "add_basis",
    "add_target",
    "allocate",
    "allocate_table",
    "close",
    "confirm_reading",
    "correct_basis",
    "correct_head",
    "correct_passage",
    "correct_target",
    "correct_words",
    "deliver",
    "drop_basis",
    "drop_target",
    "finish_reading_job",
    "hold_briefing",
    "launch",
    "offer_reading",
    "receive_delivery",
    "receive_plan",
    "reopen_reading",
    "set_milestones",
    "start_offering",
    "start_receiving",
    "stop_reading_job",
    "take_reading",
    "undo_step",
]
