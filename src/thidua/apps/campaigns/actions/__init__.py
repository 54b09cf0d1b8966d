"""Acts of the campaigns app: plan and launch, days to keep, targets handed down, and who knows the plan."""

from thidua.apps.campaigns.actions.briefing import acknowledge, acknowledge_by_paper, hold_briefing
from thidua.apps.campaigns.actions.cascade import allocate, allocate_table, deliver, receive_delivery
from thidua.apps.campaigns.actions.milestones import set_milestones
from thidua.apps.campaigns.actions.plans import close, confirm_reading, launch, receive_plan

__all__ = [
    "acknowledge",
    "acknowledge_by_paper",
    "allocate",
    "allocate_table",
    "close",
    "confirm_reading",
    "deliver",
    "hold_briefing",
    "launch",
    "receive_delivery",
    "receive_plan",
    "set_milestones",
]
