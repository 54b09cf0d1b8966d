"""The moves that a larger act makes for many nominations at once; each is recorded by that act, not here."""

from thidua.apps.nominations.actions.ground import move_to
from thidua.apps.nominations.models import Nomination
from thidua.apps.nominations.states import NOMINATION


def put_to_unit(nomination: Nomination) -> None:
    """It is on the agenda of its unit's review. Raises MoveRefused, as every move here."""
    _go("put_to_unit", nomination)


def take_unit_vote(nomination: Nomination) -> None:
    """The unit's meeting passed it."""
    _go("take_unit_vote", nomination)


def decline_by_unit(nomination: Nomination) -> None:
    """The unit's meeting did not pass it."""
    _go("decline_by_unit", nomination)


def leave_unit_agenda(nomination: Nomination) -> None:
    """The unit's meeting did not vote on it: a draft again."""
    _go("leave_unit_agenda", nomination)


def leave_agenda(nomination: Nomination) -> None:
    """The council did not vote on it: appraised, for a later session."""
    _go("leave_agenda", nomination)


def take_result(nomination: Nomination) -> None:
    """The council passed it."""
    _go("take_result", nomination)


def not_passed(nomination: Nomination) -> None:
    """The council did not pass it."""
    _go("not_passed", nomination)


def release_passed(nomination: Nomination) -> None:
    """Held after the council had passed it, and released: passed as before."""
    _go("release_passed", nomination)


def _go(verb: str, nomination: Nomination) -> None:
    move_to(nomination, NOMINATION.move(verb, state=nomination.state).target)
