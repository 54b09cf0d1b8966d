"""Who may do and see what: sentences over the actor, used by actions and by pages alike."""

from thidua.apps.accounts.queries import Actor
from thidua.apps.accounts.states import Role


class Refused(Exception):
    """The actor may not; the message says who may."""


class CannotDo(Exception):
    """The act cannot be done as things stand; the message names the place and the remedy. Nothing was changed."""


class StillOpen(CannotDo):
    """Something must be settled first; ``problems`` lists it."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


def may_run_emulation(actor: Actor) -> bool:
    """The standing secretary and the director run the agency's emulation."""
    return actor.has(Role.SECRETARY, Role.DIRECTOR)


def may_manage_accounts(actor: Actor) -> bool:
    """The administrator and the director keep units, people, accounts and roles; the operator the first ones."""
    return actor.manages


def may_see_everybody(actor: Actor) -> bool:
    """Who sees the records of every person of the agency."""
    return actor.has_everybody


def may_see_person(actor: Actor, *, person_id: int, unit_id: int | None) -> bool:
    """Oneself, the head of the person's unit, and who sees everybody."""
    return actor.person_id == person_id or may_see_everybody(actor) or unit_id in actor.headed_units


def may_see_unit(actor: Actor, *, unit_id: int) -> bool:
    """One's own unit, the units one heads, and who sees everybody."""
    return unit_id in (actor.unit_id, *actor.headed_units) or may_see_everybody(actor)


def require(allowed: bool, who: str) -> None:
    """Raise Refused unless allowed; ``who`` names those who may."""
    if not allowed:
        raise Refused(f"Việc này dành cho {who}.")
