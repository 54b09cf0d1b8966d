"""Who may draft and send decisions, set a problem aside, and read drafts."""

from thidua.apps.accounts.access import may_run_emulation, may_see_everybody
from thidua.apps.accounts.queries import Actor
from thidua.apps.accounts.states import Role

WHO = "thường trực Hội đồng hoặc giám đốc"
READERS = "thường trực, giám đốc, thanh tra"
DECIDER = "giám đốc"


def may_run_decisions(actor: Actor) -> bool:
    """The standing secretary and the director."""
    return may_run_emulation(actor)


def may_override(actor: Actor) -> bool:
    """Whoever decides: a problem is set aside by the director alone."""
    return actor.has(Role.DIRECTOR)


def may_read_drafts(actor: Actor) -> bool:
    """Those who see everybody; others read a decision on its public page, once it is signed."""
    return may_see_everybody(actor)
