"""Taking a table of a page away as a file: recorded, for what is in it goes where no page can follow."""

from thidua.apps.accounts.actions.guard import official_act
from thidua.apps.accounts.queries import Actor
from thidua.apps.audit.actions import record


@official_act
def note_table_taken(*, actor: Actor, page: str, table: str, rows: int) -> None:
    """Record that somebody took away a table of a page they may see: which page, which table, how many rows."""
    payload: dict[str, object] = {"page": page, "rows": rows}
    record(agency_key=actor.agency.pk, actor=actor.key, verb="take_table", target=f"table:{table}", payload=payload)
