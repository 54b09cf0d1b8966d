"""Who gets which answer on the pages of the records."""

import datetime
from collections.abc import Callable
from typing import Any

from apps.own_workbook import AWARDS, previewed, workbook
from house.routes import Line

from thidua.apps.records.actions import object_to_fact, write_fact
from thidua.apps.records.models import Rating, Task
from thidua.apps.units.models import Person, Unit

YEAR = 2020

TABLE = (
    Line("records:year", "records: the year", (302, 403, 403, 200, 200, 200)),
    Line("records:import", "records: the year", (302, 403, 403, 200, 200, 404)),
    Line("records:imports", "records: the year", (302, 403, 403, 200, 200, 200)),
    Line("records:import-new", "records: the year", (302, 403, 403, 200, 200, 200)),
    Line("records:import-show", "records: a workbook of 112 rows", (302, 403, 403, 200, 200, 404)),
    Line("records:import-columns", "records: a workbook of 112 rows", (302, 403, 403, 200, 200, 404)),
    Line("records:import-questions", "records: a workbook of 112 rows", (302, 403, 403, 200, 200, 404)),
    Line("records:import-take-in", "records: a workbook of 112 rows", (302, 405, 405, 405, 405, 405)),
    Line("records:import-mended", "records: a workbook of 112 rows", (302, 403, 403, 403, 200, 404)),
    Line("records:import-undo", "records: a workbook of 112 rows", (302, 403, 403, 200, 200, 404)),
    Line("records:import-stop", "records: a workbook of 112 rows", (302, 405, 405, 405, 405, 405)),
    Line("records:import-drop", "records: a workbook of 112 rows", (302, 405, 405, 405, 405, 405)),
    Line("records:workbook", "records: the year", (302, 405, 405, 405, 405, 405)),
    Line("records:complete", "records: the year", (302, 403, 403, 200, 200, 200)),
    Line("records:kind", "records: ratings", (302, 403, 403, 200, 200, 200)),
    Line("records:kind", "records: discipline", (302, 403, 403, 200, 200, 200)),
    Line("records:kind", "records: no kind", (302, 403, 403, 404, 404, 404)),
    Line("records:add", "records: ratings", (302, 403, 403, 200, 200, 200)),
    Line("records:add", "records: judgements", (302, 403, 200, 200, 200, 200)),
    Line("records:verify", "records: ratings", (302, 405, 405, 405, 405, 405)),
    Line("records:person", "records: the member", (302, 200, 403, 200, 200, 404)),
    Line("records:person", "records: somebody of the head's unit", (302, 403, 200, 200, 200, 404)),
    Line("records:sensitive", "records: the member", (302, 200, 403, 200, 200, 404)),
    Line("records:sensitive", "records: somebody of the head's unit", (302, 403, 200, 200, 200, 404)),
    Line("records:unit", "records: the head's unit", (302, 403, 200, 200, 200, 404)),
    Line("records:unit", "records: the member's unit", (302, 403, 403, 200, 200, 404)),
    Line("records:study", "records: the head's unit", (302, 403, 200, 200, 200, 404)),
    Line("records:finish", "records: an open task of the head's unit", (302, 403, 200, 200, 200, 404)),
    Line("records:correct", "records: the member's rating", (302, 403, 403, 200, 200, 404)),
    Line("records:object", "records: the member's rating", (302, 200, 403, 403, 403, 404)),
    Line("records:objections", "records: the year", (302, 403, 403, 200, 200, 200)),
    Line("records:objection", "records: the member's objection", (302, 403, 403, 200, 200, 404)),
)


def _open_task(world: Any, actors: dict[str, Any]) -> list[object]:
    task = write_fact(
        actor=actors["secretary"],
        model=Task,
        source="Công văn giao việc",
        code="NV2020-99",
        content="Báo cáo chuyên đề",
        unit=Unit.objects.get(pk=next(iter(actors["head"].headed_units))),
        assigned_by="UBND tỉnh",
        year=YEAR,
    )
    return [task.pk]


def _rating(actors: dict[str, Any]) -> Rating:
    return Rating.objects.current().get(person_id=actors["member"].person_id, year=YEAR)


def _objection(world: Any, actors: dict[str, Any]) -> list[object]:
    day = datetime.date(2021, 1, 4)
    objection = object_to_fact(actor=actors["member"], fact=_rating(actors), reason="Xếp loại khác", on=day)
    return [objection.pk]


def _workbook(world: Any, actors: dict[str, Any]) -> list[object]:
    people = list(Person.objects.order_by("code")[:56])
    rows = [[person.code, None, year, "LDTT", "1/QĐ"] for person in people for year in (2011, "hai nghìn")]
    data = workbook({"Danh hiệu đã đạt": [AWARDS, *rows]})
    return [previewed(actors["secretary"], data).pk]


def _somebody(world: Any, actors: dict[str, Any]) -> list[object]:
    unit = next(iter(actors["head"].headed_units))
    people = Person.objects.filter(posts__unit_id=unit, posts__until__isnull=True)
    return [YEAR, people.exclude(pk=actors["head"].person_id).order_by("code")[0].pk]


THINGS: dict[str, Callable[[Any, dict[str, Any]], list[object]]] = {
    "records: the year": lambda world, actors: [YEAR],
    "records: ratings": lambda world, actors: [YEAR, "xep-loai"],
    "records: discipline": lambda world, actors: [YEAR, "ky-luat"],
    "records: judgements": lambda world, actors: [YEAR, "nhan-xet"],
    "records: no kind": lambda world, actors: [YEAR, "khong-co"],
    "records: the member": lambda world, actors: [YEAR, actors["member"].person_id],
    "records: somebody of the head's unit": _somebody,
    "records: the head's unit": lambda world, actors: [YEAR, next(iter(actors["head"].headed_units))],
    "records: the member's unit": lambda world, actors: [YEAR, actors["member"].unit_id],
    "records: an open task of the head's unit": _open_task,
    "records: the member's rating": lambda world, actors: [f"records.rating:{_rating(actors).pk}"],
    "records: the member's objection": _objection,
    "records: a workbook of 112 rows": _workbook,
}
