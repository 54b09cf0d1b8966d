"""Who gets which answer on the pages of units, people, accounts and packs."""

from collections.abc import Callable
from typing import Any

from house.routes import Line


def _post(world: Any, actors: dict[str, Any]) -> list[object]:
    from thidua.apps.units.models import Post

    return [Post.objects.current().filter(person_id=actors["member"].person_id).latest("since").pk]


TABLE: tuple[Line, ...] = (
    Line("accounts:own-password", "", (302, 200, 200, 200, 200, 200)),
    Line("accounts:units", "", (302, 403, 403, 200, 403, 403)),
    Line("accounts:unit", "accounts: the head's unit", (302, 403, 403, 200, 403, 403)),
    Line("accounts:people", "", (302, 403, 403, 200, 403, 403)),
    Line("accounts:person", "accounts: the member", (302, 403, 403, 200, 403, 403)),
    Line("accounts:post", "accounts: the member's post", (302, 403, 403, 200, 403, 403)),
    Line("accounts:users", "", (302, 403, 403, 200, 403, 403)),
    Line("accounts:user", "accounts: the member's account", (302, 403, 403, 200, 403, 403)),
    Line("policy:set-up", "policy: a token", (404, 404, 404, 404, 404, 404)),
    Line("policy:packs", "", (302, 200, 200, 200, 200, 200)),
)
THINGS: dict[str, Callable[[Any, dict[str, Any]], list[object]]] = {
    "accounts: the head's unit": lambda world, actors: [next(iter(actors["head"].headed_units))],
    "accounts: the member": lambda world, actors: [actors["member"].person_id],
    "accounts: the member's post": _post,
    "accounts: the member's account": lambda world, actors: [actors["member"].user_id],
    "policy: a token": lambda world, actors: ["khong-phai-ma"],
}
