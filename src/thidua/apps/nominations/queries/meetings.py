"""Nominations before a meeting: the unit's review and the council, and the items they put on those agendas.

A review item and a council item about one nomination bear different kinds of subject, so that neither result can be
taken for the other.
"""

from thidua.apps.campaigns.models import Campaign
from thidua.apps.councils.models import Item, Session
from thidua.apps.councils.states import CouncilKind, ItemState, SessionState
from thidua.apps.nominations.models import Nomination
from thidua.apps.units.models import Unit

REVIEW_SUBJECT = "review"
COUNCIL_SUBJECT = "nomination"
BEFORE_CLOSING = (SessionState.PLANNED, SessionState.OPENED)
OVER = (SessionState.CLOSED, SessionState.MINUTED)


def label_of(nomination: Nomination, *, title_name: str) -> str:
    """How agendas, minutes and papers call it: “Nguyễn Văn A – Chiến sĩ thi đua cơ sở”."""
    return f"{nomination.subject} – {title_name}"


def review_item(nomination: Nomination) -> Item | None:
    """The nomination's latest standing item in a review of its unit."""
    return _item(nomination, REVIEW_SUBJECT)


def council_item(nomination: Nomination) -> Item | None:
    """The nomination's latest standing item in a session of the council."""
    return _item(nomination, COUNCIL_SUBJECT)


def _item(nomination: Nomination, kind: str) -> Item | None:
    items = Item.objects.filter(subject_kind=kind, subject_id=nomination.pk).exclude(state=ItemState.WITHDRAWN)
    return items.select_related("session").order_by("-session__held_on", "-pk").first()


def review_sessions(campaign: Campaign, unit: Unit) -> list[Session]:
    """The unit's review meetings of the campaign's year, newest first."""
    found = Session.objects.filter(council__kind=CouncilKind.UNIT, council__unit=unit, year=campaign.year)
    return list(found.select_related("council"))


def council_sessions(campaign: Campaign) -> list[Session]:
    """The emulation council's sessions of the campaign's year, newest first."""
    found = Session.objects.filter(council__kind=CouncilKind.EMULATION, year=campaign.year)
    return list(found.select_related("council"))


def sessions_to_put_on(sessions: list[Session]) -> list[Session]:
    """Those of the sessions that still take items."""
    return [session for session in sessions if session.state in BEFORE_CLOSING]


def sessions_with_results(sessions: list[Session]) -> list[Session]:
    """Those of the sessions that are over, so that their results can be taken."""
    return [session for session in sessions if session.state in OVER]
