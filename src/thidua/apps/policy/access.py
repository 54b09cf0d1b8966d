"""Who may choose the law an agency works by."""

from thidua.apps.accounts.access import may_run_emulation
from thidua.apps.accounts.queries import Actor
from thidua.apps.accounts.states import Role


def may_install_packs(actor: Actor) -> bool:
    """Those who run the agency's emulation, and the operator of the server."""
    return may_run_emulation(actor) or actor.has(Role.OPERATOR)


def may_activate_packs(actor: Actor) -> bool:
    """Those who run the agency's emulation."""
    return may_run_emulation(actor)
