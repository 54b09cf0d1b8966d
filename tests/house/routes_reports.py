"""Who gets which answer on the pages of the reports app that came with the year's end."""

from collections.abc import Callable
from typing import Any

from house.routes import Line

TABLE = (
    Line("reports:target-preview", "reports: a target of the plan", (302, 403, 403, 200, 200, 404)),
    Line("reports:year-end", "reports: the campaign", (302, 403, 403, 200, 200, 404)),
    Line("reports:year-end-paper", "reports: the report as PDF", (302, 403, 403, 200, 200, 404)),
)
THINGS: dict[str, Callable[[Any, dict[str, Any]], list[object]]] = {
    "reports: a target of the plan": lambda world, _actors: [world.campaign.plan_id, 5],
    "reports: the campaign": lambda world, _actors: [world.campaign.pk],
    "reports: the report as PDF": lambda world, _actors: [world.campaign.pk, "pdf"],
}
