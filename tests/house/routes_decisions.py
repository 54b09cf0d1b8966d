"""Who gets which answer on the pages of decisions and proposals."""

from collections.abc import Callable
from typing import Any

from apps.deciding import drafted, proposed, seven, signed
from house.routes import Line

from thidua.apps.decisions.models import Decision, Proposal

DRAFTS = (302, 403, 403, 200, 200, 404)
TABLE = (
    Line("decisions:decisions", "", (302, 403, 403, 200, 200, 200)),
    Line("decisions:new-decision", "decisions: the year", (302, 403, 403, 200, 200, 404)),
    Line("decisions:new-proposal", "decisions: the year", (302, 403, 403, 200, 200, 404)),
    Line("decisions:decision", "decisions: a draft", DRAFTS),
    Line("decisions:decision", "decisions: a signed one", DRAFTS),
    Line("decisions:decision-document", "decisions: paper of a draft", DRAFTS),
    Line("decisions:decision-document", "decisions: signed paper of a draft", (302, 403, 403, 404, 404, 404)),
    Line("decisions:decision-document", "decisions: certificates", DRAFTS),
    Line("decisions:templates", "", (302, 403, 403, 200, 200, 200)),
    Line("decisions:starter-document", "decisions: a starter", (302, 403, 403, 200, 200, 200)),
    Line("decisions:starter-document", "decisions: no such starter", (302, 403, 403, 404, 404, 404)),
    Line("decisions:proposal", "decisions: a proposal", DRAFTS),
    Line("decisions:proposal-document", "decisions: paper of a proposal", DRAFTS),
)


def draft(world: Any, actors: dict[str, Any]) -> Decision:
    """A draft over seven people."""
    return drafted(world, actors["secretary"], seven(world))


def in_force(world: Any, actors: dict[str, Any]) -> Decision:
    """A signed decision."""
    return signed(world, actors["secretary"], draft(world, actors))


def proposal(world: Any, actors: dict[str, Any]) -> Proposal:
    """A draft of a proposal."""
    return proposed(world, actors["secretary"])


THINGS: dict[str, Callable[[Any, dict[str, Any]], list[object]]] = {
    "decisions: the year": lambda world, actors: [world.campaign.year],
    "decisions: a draft": lambda world, actors: [draft(world, actors).pk],
    "decisions: a signed one": lambda world, actors: [in_force(world, actors).pk],
    "decisions: paper of a draft": lambda world, actors: [draft(world, actors).pk, "quyet-dinh", "pdf"],
    "decisions: signed paper of a draft": lambda world, actors: [draft(world, actors).pk, "ban-ky", "pdf"],
    "decisions: certificates": lambda world, actors: [in_force(world, actors).pk, "giay-chung-nhan", "pdf"],
    "decisions: a starter": lambda world, actors: ["quyet-dinh"],
    "decisions: no such starter": lambda world, actors: ["khac"],
    "decisions: a proposal": lambda world, actors: [proposal(world, actors).pk],
    "decisions: paper of a proposal": lambda world, actors: [proposal(world, actors).pk, "docx"],
}
