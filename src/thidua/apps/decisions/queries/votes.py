"""The council's votes on nominations, and which of them an annulment has overtaken."""

import datetime
from collections.abc import Collection, Mapping, Sequence

from thidua.apps.audit.models import Entry
from thidua.apps.councils.models import Item, Session
from thidua.apps.councils.states import CouncilKind, ItemState
from thidua.apps.decisions.models import Decision, Line
from thidua.apps.decisions.states import DecisionState
from thidua.apps.nominations.models import Nomination
from thidua.apps.nominations.queries import COUNCIL_SUBJECT


def council_votes(nominations: Collection[int]) -> list[Item]:
    """The emulation council's votes on these nominations (keys), oldest first."""
    rows = Item.objects.filter(subject_kind=COUNCIL_SUBJECT, subject_id__in=nominations)
    voted = rows.filter(state=ItemState.VOTED, session__council__kind=CouncilKind.EMULATION)
    return list(voted.select_related("session__council").order_by("pk"))


def sessions_of(nominations: Sequence[Nomination]) -> list[Session]:
    """The council's sessions that voted on these nominations, oldest first."""
    return sessions_in(council_votes([row.pk for row in nominations]))


def sessions_in(votes: Sequence[Item]) -> list[Session]:
    """The sessions of votes, each once, oldest first."""
    found = {item.session_id: item.session for item in votes}
    return sorted(found.values(), key=lambda session: (session.held_on, session.pk))


def opened(sessions: Collection[int]) -> dict[int, datetime.datetime]:
    """When each session was opened, by the record's clock."""
    return _moments("councils.session", sessions, verb="open_session")


def overtaken(nominations: Collection[int]) -> Mapping[int, Decision]:
    """Nominations (keys) whose award was annulled and that the council has not passed since; by which decision."""
    gone = Line.objects.filter(nomination__in=nominations, annulled_by__decision__state=DecisionState.SIGNED)
    annulments = {
        line.nomination_id: line.annulled_by.decision
        for line in gone.select_related("annulled_by__decision").order_by("annulled_by__pk")
        if line.nomination_id
    }
    if not annulments:
        return {}
    signed = _moments("decisions.decision", {row.pk for row in annulments.values()}, verb="take_signed_copy")
    votes = [item for item in council_votes(annulments) if item.passed]
    held = opened({item.session_id for item in votes})
    again = {
        item.subject_id
        for item in votes
        if item.session_id in held and held[item.session_id] > signed[annulments[item.subject_id].pk]
    }
    return {pk: decision for pk, decision in annulments.items() if pk not in again}


def _moments(label: str, keys: Collection[int], *, verb: str) -> dict[int, datetime.datetime]:
    """When each thing went through an act, by the record's clock; the last time when there were several."""
    if not keys:
        return {}
    targets = {f"{label}:{pk}": pk for pk in keys}
    return {
        targets[entry.target]: entry.at for entry in Entry.objects.filter(target__in=targets, verb=verb).order_by("seq")
    }
