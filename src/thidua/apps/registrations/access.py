"""Who may register whom, and who may see a unit's sheet."""

from collections.abc import Collection

from thidua.apps.accounts.access import may_run_emulation, may_see_everybody
from thidua.apps.accounts.queries import Actor


def may_register_person(actor: Actor, *, person_id: int, unit_ids: Collection[int]) -> bool:
    """Oneself; the head of the person's unit (of now, or of later in the year); who runs the emulation."""
    own = actor.person_id == person_id
    return own or not actor.headed_units.isdisjoint(unit_ids) or may_run_emulation(actor)


def may_keep_sheet(actor: Actor, *, unit_id: int) -> bool:
    """The head of the unit; who runs the emulation, for units whose head has no account."""
    return unit_id in actor.headed_units or may_run_emulation(actor)


def may_see_sheet(actor: Actor, *, unit_id: int) -> bool:
    """The head of the unit, and who sees everybody."""
    return unit_id in actor.headed_units or may_see_everybody(actor)
