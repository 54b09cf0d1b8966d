"""Who gets which answer in the law browser: everybody the same."""

from collections.abc import Callable
from typing import Any

from house.routes import Line

ALL = (200, 200, 200, 200, 200, 200)
NOBODY = (404, 404, 404, 404, 404, 404)
TABLE = (
    Line("policy:law", "", ALL),
    Line("policy:sources", "", ALL),
    Line("policy:compare", "", ALL),
    Line("policy:parameters", "", ALL),
    Line("policy:parameter", "policy: a parameter", ALL),
    Line("policy:parameter", "policy: no parameter", NOBODY),
    Line("policy:title", "policy: a title", ALL),
    Line("policy:title", "policy: a flag", ALL),
    Line("policy:title", "policy: no title", NOBODY),
)
THINGS: dict[str, Callable[[Any, dict[str, Any]], list[object]]] = {
    "policy: a parameter": lambda world, actors: ["ldtt.min_months"],
    "policy: no parameter": lambda world, actors: ["khong.co"],
    "policy: a title": lambda world, actors: ["person", "CSTDCS"],
    "policy: a flag": lambda world, actors: ["unit", "CO_CP"],
    "policy: no title": lambda world, actors: ["unit", "CSTDCS"],
}
