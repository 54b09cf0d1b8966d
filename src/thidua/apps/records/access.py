"""Who may bring in records and who reads the sensitive ones."""

from thidua.apps.accounts.access import may_run_emulation, may_see_everybody
from thidua.apps.accounts.queries import Actor


def may_import_records(actor: Actor) -> bool:
    """Those who run the agency's emulation."""
    return may_run_emulation(actor)


def may_read_sensitive(actor: Actor, *, person_id: int) -> bool:
    """Discipline and petitions: the person, and those who see everybody."""
    return actor.person_id == person_id or may_see_everybody(actor)
