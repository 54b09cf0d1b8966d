"""Who may open, launch and close campaigns; everybody of the agency may read them."""

from thidua.apps.accounts.access import may_run_emulation, may_see_everybody
from thidua.apps.accounts.queries import Actor

WHO = "thường trực Hội đồng hoặc giám đốc"


def may_run_campaigns(actor: Actor) -> bool:
    """The standing secretary and the director."""
    return may_run_emulation(actor)


def may_act_for_unit(actor: Actor, *, unit_id: int) -> bool:
    """The head of the unit; the standing secretary and the director for units whose head has no account."""
    return unit_id in actor.headed_units or may_run_emulation(actor)


def may_see_names(actor: Actor, *, unit_id: int) -> bool:
    """Who of a unit has not acknowledged: its head, and who sees everybody."""
    return unit_id in actor.headed_units or may_see_everybody(actor)
