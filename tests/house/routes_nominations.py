"""Who gets which answer on the pages of nominations."""

import datetime
from collections.abc import Callable
from typing import Any

from house.routes import Line

from thidua.apps.nominations.actions import draft_nomination
from thidua.apps.units.models import Person, Unit

YEAR = 2020

TABLE = (
    Line("nominations:table", "nominations: the year", (302, 403, 403, 200, 200, 404)),
    Line("nominations:quota", "nominations: the year", (302, 403, 403, 200, 200, 404)),
    Line("nominations:paper", "nominations: the table as PDF", (302, 403, 403, 200, 200, 404)),
    Line("nominations:paper", "nominations: the table as docx", (302, 403, 403, 200, 200, 404)),
    Line("nominations:paper", "nominations: the table as nothing we make", (302, 403, 403, 404, 404, 404)),
    Line("nominations:unit", "nominations: the head's unit", (302, 403, 200, 200, 200, 404)),
    Line("nominations:unit", "nominations: the member's unit", (302, 403, 403, 200, 200, 404)),
    Line("nominations:dossier", "nominations: the member's dossier", (302, 200, 403, 200, 200, 404)),
    Line("nominations:dossier", "nominations: somebody of the head's unit", (302, 403, 200, 200, 200, 404)),
)


def _dossier(world: Any, actors: dict[str, Any], *, unit: Unit, person: Person) -> list[object]:
    """A nomination that is on no agenda, for a title that nobody of the sample meets."""
    made = draft_nomination(
        actor=actors["secretary"],
        campaign=world.campaign,
        unit=unit,
        title="CSTDTQ",
        on=datetime.date(YEAR, 12, 4),
        person=person,
        override_because="Thử trang hồ sơ",
        override_article="Thử",
    )
    return [made.pk]


def _member(world: Any, actors: dict[str, Any]) -> list[object]:
    own = actors["member"]
    unit, person = Unit.objects.get(pk=own.unit_id), Person.objects.get(pk=own.person_id)
    return _dossier(world, actors, unit=unit, person=person)


def _colleague(world: Any, actors: dict[str, Any]) -> list[object]:
    unit = Unit.objects.get(pk=next(iter(actors["head"].headed_units)))
    known = [actors["head"].person_id, actors["director"].person_id]
    judged = world.run.judged.filter(unit=unit, person__isnull=False).exclude(person_id__in=known).first()
    assert judged is not None
    return _dossier(world, actors, unit=unit, person=judged.person)


THINGS: dict[str, Callable[[Any, dict[str, Any]], list[object]]] = {
    "nominations: the year": lambda world, actors: [YEAR],
    "nominations: the table as PDF": lambda world, actors: [YEAR, "pdf"],
    "nominations: the table as docx": lambda world, actors: [YEAR, "docx"],
    "nominations: the table as nothing we make": lambda world, actors: [YEAR, "exe"],
    "nominations: the head's unit": lambda world, actors: [YEAR, next(iter(actors["head"].headed_units))],
    "nominations: the member's unit": lambda world, actors: [YEAR, actors["member"].unit_id],
    "nominations: the member's dossier": _member,
    "nominations: somebody of the head's unit": _colleague,
}
