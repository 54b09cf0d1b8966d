"""Who may bring in records."""

from thidua.apps.accounts.access import may_run_emulation
from thidua.apps.accounts.queries import Actor


def may_import_records(actor: Actor) -> bool:
    """Those who run the agency's emulation."""
    return may_run_emulation(actor)
