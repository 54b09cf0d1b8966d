"""Before the council: onto the agenda, and its results taken over. All candidates go; the council chooses."""

from collections.abc import Sequence

from django.urls import reverse

from thidua.apps.accounts.access import CannotDo, StillOpen, require
from thidua.apps.accounts.actions import official_act
from thidua.apps.accounts.queries import Actor
from thidua.apps.councils import actions as councils
from thidua.apps.councils.models import Item, Session
from thidua.apps.councils.states import CouncilKind, ItemState
from thidua.apps.nominations import queries
from thidua.apps.nominations.access import WHO_STANDING, may_appraise
from thidua.apps.nominations.actions.ground import locked_all, move_to, record_many
from thidua.apps.nominations.actions.moves import leave_agenda, not_passed, take_result
from thidua.apps.nominations.actions.reviewing import NOMINEE, results_to_take
from thidua.apps.nominations.models import Nomination
from thidua.apps.nominations.states import NOMINATION, NominationState


@official_act
def put_on_agenda(*, actor: Actor, nominations: Sequence[Nomination], session: Session) -> list[Item]:
    """Put appraised nominations on a session of the emulation council, all or none.

    A nominee who sits on the council has no vote on the own item. Raises Refused, MoveRefused, NoRule; CannotDo for
    another kind of council or another year; StillOpen with every problem of every nomination.
    """
    require(may_appraise(actor), WHO_STANDING)
    if session.council.kind != CouncilKind.EMULATION:
        raise CannotDo(f"“{session}” không phải phiên họp của Hội đồng Thi đua - Khen thưởng.")
    rows = locked_all(nominations)
    if other := [row for row in rows if row.campaign.year != session.year]:
        raise CannotDo(
            f"{other[0].subject}: đề nghị của năm {other[0].campaign.year}, phiên họp xét năm {session.year}."
        )
    moves = [NOMINATION.move("put_on_agenda", state=row.state) for row in rows]
    if problems := [problem for row in rows for problem in queries.agenda_problems(row)]:
        raise StillOpen(problems)
    words = _words(rows)
    items = []
    for nomination, move in zip(rows, moves, strict=True):
        title_name, detail = words[nomination.pk]
        items.append(
            councils.put_on_agenda(
                actor=actor,
                session=session,
                subject_kind=queries.COUNCIL_SUBJECT,
                subject_id=nomination.pk,
                label=queries.label_of(nomination, title_name=title_name),
                title=nomination.title,
                detail=detail,
                address=reverse("nominations:dossier", args=[nomination.pk]),
                conflicted={nomination.person_id: NOMINEE} if nomination.person_id else None,
            )
        )
        move_to(nomination, move.target)
    record_many(actor, "put_on_agenda", rows, {"session": session.pk})
    return items


@official_act
def take_results(*, actor: Actor, session: Session) -> list[Nomination]:
    """Take over the results of a council session that is over; what was withdrawn or not reached waits appraised.

    More passed than places drops nobody: ``queries.limit_problems`` says so. Raises Refused, CannotDo.
    """
    require(may_appraise(actor), WHO_STANDING)
    if session.council.kind != CouncilKind.EMULATION:
        raise CannotDo(f"“{session}” không phải phiên họp của Hội đồng Thi đua - Khen thưởng.")
    items = results_to_take(session, kind=queries.COUNCIL_SUBJECT)
    taken = locked_all(Nomination.objects.filter(pk__in=items, state=NominationState.ON_AGENDA).order_by("pk"))
    for nomination in taken:
        item = items[nomination.pk]
        if item.state != ItemState.VOTED:
            leave_agenda(nomination)
        elif item.passed:
            take_result(nomination)
        else:
            not_passed(nomination)
    record_many(actor, "take_results", taken, {"session": session.pk, "states": [row.state for row in taken]})
    return taken


def _words(rows: Sequence[Nomination]) -> dict[int, tuple[str, str]]:
    """Title name and detail line (unit, finding, rank) of each nomination."""
    found = {}
    for row in queries.rows_of(rows):
        name = row.nomination.unit.name if row.nomination.person_id else ""
        parts = (name, row.outcome_words, row.reasons, row.rank)
        found[row.nomination.pk] = (row.title_name, "; ".join(part for part in parts if part))
    return found
