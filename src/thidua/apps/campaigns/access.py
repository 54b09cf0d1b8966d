"""Who may open, launch and close campaigns; everybody of the agency may read them."""

from thidua.apps.accounts.access import may_run_emulation
from thidua.apps.accounts.queries import Actor


def may_run_campaigns(actor: Actor) -> bool:
    """The standing secretary and the director."""
    return may_run_emulation(actor)
