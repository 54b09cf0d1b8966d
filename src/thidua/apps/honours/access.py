"""Who may post, answer and close; anybody may read what is posted and object to it."""

from thidua.apps.accounts.access import may_run_emulation, may_see_everybody
from thidua.apps.accounts.queries import Actor

WHO = "thường trực Hội đồng hoặc giám đốc"
READERS = "thường trực, giám đốc, thanh tra"


def may_post(actor: Actor) -> bool:
    """The standing secretary and the director."""
    return may_run_emulation(actor)


def may_read_objections(actor: Actor) -> bool:
    """Those who see everybody; an objection names who objects and is never public."""
    return may_see_everybody(actor)
