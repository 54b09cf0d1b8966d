"""What every act on an initiative stands on: its locked row, its move, its line in the record."""

from thidua.apps.accounts.actions import open_move
from thidua.apps.accounts.queries import Actor
from thidua.apps.audit.actions import record
from thidua.apps.initiatives import queries
from thidua.apps.initiatives.models import Initiative
from thidua.apps.initiatives.states import INITIATIVE
from thidua.core.lifecycle import Move

LONGEST_BECAUSE = 500
WHO = {
    "refuse": "thường trực Hội đồng hoặc giám đốc",
    "recognise": "giám đốc",
    "apply_for": "cán bộ của cơ quan",
    "withdraw": "cán bộ của cơ quan",
}
WHO_RUNS = "thường trực Hội đồng"


def locked(initiative: Initiative) -> Initiative:
    """The row as it is now, held until the act is done."""
    return Initiative.objects.select_for_update().get(pk=initiative.pk)


def move_of(verb: str, initiative: Initiative, actor: Actor) -> Move:
    """The move as the lifecycle opens it. Raises MoveRefused, Refused, StillOpen."""
    who = WHO.get(verb, WHO_RUNS)
    return open_move(INITIATIVE, verb, thing=initiative, actor=actor, queries=queries, who=who)


def write_record(
    actor: Actor, verb: str, initiative: Initiative, payload: dict[str, object], *, because: str = ""
) -> None:
    """One line about an initiative; a reason longer than the record's line stands whole in the payload."""
    if len(because) > LONGEST_BECAUSE:
        payload = payload | {"because": because}
        because = f"{because[: LONGEST_BECAUSE - 1]}…"
    record(
        agency_key=actor.agency.pk,
        actor=actor.key,
        verb=verb,
        target=f"initiatives.initiative:{initiative.pk}",
        payload=payload,
        because=because,
    )
