"""Who may run an evaluation, and who may read whose findings."""

from thidua.apps.accounts.access import may_run_emulation, may_see_everybody, may_see_person, may_see_unit
from thidua.apps.accounts.queries import Actor
from thidua.apps.evaluations.models import Judged


def may_evaluate(actor: Actor) -> bool:
    """Those who run the agency's emulation."""
    return may_run_emulation(actor)


def may_see_members(actor: Actor, *, unit_id: int) -> bool:
    """The list of a unit's people with their findings: its head, and who sees everybody."""
    return unit_id in actor.headed_units or may_see_everybody(actor)


def may_see_judged(actor: Actor, judged: Judged) -> bool:
    """A person's findings: oneself, one's head, who sees everybody. A unit's: its people and the same."""
    if judged.person_id:
        return may_see_person(actor, person_id=judged.person_id, unit_id=judged.unit_id)
    return may_see_unit(actor, unit_id=judged.unit_id)
