"""The records of an agency as plain CSV tables, one a model, for whoever wants to recount without this program.

Each file has one row a record and one column a field: keys as numbers, days as 2020-12-31, lists and objects as JSON,
nothing as an empty cell. Passwords and sessions are not records and are not there.
"""

import csv
import datetime
import io
import json
from collections.abc import Iterator

from django.apps import apps
from django.db.models import Model

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
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def tables() -> Iterator[tuple[str, bytes]]:
    """(“decisions.line.csv”, its bytes) for every model of the agency in scope."""
    for app in APPS:
        for model in apps.get_app_config(app).get_models():
            if model.__name__ != "Agency":
                yield f"{model._meta.label_lower}.csv", _table(model)


def _table(model: type[Model]) -> bytes:
    columns = [field.attname for field in model._meta.concrete_fields]
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    for row in model._default_manager.order_by("pk").values_list(*columns):
        writer.writerow([_cell(value) for value in row])
    return stream.getvalue().encode()


def _cell(value: object) -> str:
    """A value as text; a text that a spreadsheet would run as a formula gets a quote before it."""
    if value is None:
        return ""
    if isinstance(value, bool | dict | list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA) else text
