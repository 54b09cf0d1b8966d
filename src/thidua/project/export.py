"""The records of an agency as plain CSV tables, one a model, for whoever wants to recount without this program.

Each file has one row a record and one column a field: keys as numbers, days as 2020-12-31, lists and objects as JSON,
nothing as an empty cell. Passwords and sessions are not records and are not there.

The tables go to whoever recounts, so cells that no figure needs and that not everybody may read are left empty
(``WITHHELD``): who wrote which opinion on a secret vote, a count that is not over, why somebody is held, what a
discipline, a petition or a long leave was about.

What an import brought that was undone never held: neither it nor the import is in the tables, which are as they would
be without it. Nor is the preparation of imports: rows compared, jobs, columns remembered.
"""

import csv
import datetime
import io
import json
from collections.abc import Iterator, Set
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Model, Q

from thidua.apps.councils.states import ItemState, VoteMode
from thidua.apps.records.models import Import
from thidua.apps.records.queries.imports import written_by_undone
from thidua.apps.records.states import ImportState
from thidua.core.workbooks.write import defused

APPS = (
    "units",
    "campaigns",
    "registrations",
    "records",
    "evaluations",
    "councils",
    "initiatives",
    "nominations",
    "decisions",
    "honours",
)


@dataclass(frozen=True)
class Withheld:
    """Columns of a table whose cells are left empty; only in the rows of ``where`` when it is given."""

    columns: tuple[str, ...]
    where: Q | None = None


WITHHELD = {
    "councils.position": Withheld(("choice", "document_id"), Q(item__mode=VoteMode.PAPER_SECRET)),
    "councils.count": Withheld(("issued", "returned", "invalid", "yes", "no"), ~Q(item__state=ItemState.VOTED)),
    "nominations.hold": Withheld(("reason", "article", "document_id", "release_reason")),
    "records.discipline": Withheld(("form", "decision", "source", "document_id")),
    "records.petition": Withheld(("kind", "conclusion", "source", "document_id")),
    "records.import": Withheld(("layout", "answers")),
    "records.leave": Withheld(("kind", "source", "document_id")),
}
PREPARATION = ("records.importrow", "records.importjob", "records.columnmemory")


def tables() -> Iterator[tuple[str, bytes]]:
    """(“decisions.line.csv”, its bytes) for every model of the agency in scope."""
    never_held = written_by_undone()
    for app in APPS:
        for model in apps.get_app_config(app).get_models():
            if model.__name__ != "Agency" and model._meta.label_lower not in PREPARATION:
                yield f"{model._meta.label_lower}.csv", _table(model, never_held.get(model, set()))


def _table(model: type[Model], never_held: Set[int]) -> bytes:
    columns = [field.attname for field in model._meta.concrete_fields]
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    rows = model._default_manager.order_by("pk")
    if model is Import:
        rows = rows.filter(state=ImportState.TAKEN)
    withheld = WITHHELD.get(model._meta.label_lower, Withheld(()))
    closed = None if withheld.where is None else set(rows.filter(withheld.where).values_list("pk", flat=True))
    hidden = [column in withheld.columns for column in columns]
    for key, *row in rows.values_list("pk", *columns):
        if key in never_held:
            continue
        is_closed = closed is None or key in closed
        writer.writerow(["" if is_closed and hide else _cell(value) for value, hide in zip(row, hidden, strict=True)])
    return stream.getvalue().encode()


def _cell(value: object) -> str:
    """A value as text; a text that a spreadsheet would run as a formula gets a quote before it."""
    if value is None:
        return ""
    if isinstance(value, bool | dict | list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return defused(value) if isinstance(value, str) else str(value)
