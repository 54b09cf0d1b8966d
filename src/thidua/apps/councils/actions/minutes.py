"""Signing the minutes: the paper is made from the record, numbered and stored; it is not made again."""

import datetime

from thidua.apps.accounts.access import CannotDo
from thidua.apps.accounts.actions import official_act, open_move
from thidua.apps.accounts.queries import Actor
from thidua.apps.councils import queries
from thidua.apps.councils.access import RUNNERS
from thidua.apps.councils.actions.ground import record_act, run_session
from thidua.apps.councils.models import Minutes, Session
from thidua.apps.councils.states import SESSION, MinutesKind
from thidua.apps.files.actions import store_file, take_number
from thidua.core.papers.form import Minutes as MinutesPaper
from thidua.core.papers.pdf import paper_pdf


@official_act
def sign_minutes(*, actor: Actor, session: Session, on: datetime.date) -> list[Minutes]:
    """Number and store the minutes of a closed session, and of its count where ballots were secret.

    Raises Refused, MoveRefused, StillOpen; CannotDo for a day before the session.
    """
    session = run_session(actor, session)
    move = open_move(SESSION, "sign_minutes", thing=session, actor=actor, queries=queries, who=RUNNERS)
    if on < session.held_on:
        raise CannotDo(f"Ngày ký biên bản không thể trước ngày họp {session.held_on:%d/%m/%Y}.")
    signed = [_sign(actor, session, MinutesKind.SESSION, on=on)]
    if queries.has_secret_results(session):
        signed.append(_sign(actor, session, MinutesKind.TALLY, on=on))
    session.state = move.target
    session.save(update_fields=["state"])
    papers = [[minutes.kind, minutes.number, minutes.document.sha256] for minutes in signed]
    record_act(actor, "sign_minutes", session, {"on": on, "papers": papers})
    return signed


def _sign(actor: Actor, session: Session, kind: MinutesKind, *, on: datetime.date) -> Minutes:
    number = take_number(
        actor=actor,
        series=queries.series_of(session.council),
        dated=on,
        taken_for=f"councils.session:{session.pk}:{kind}",
        label=f"{kind.label}: {session.title}",
    )
    paper: MinutesPaper
    if kind == MinutesKind.SESSION:
        paper = queries.session_minutes(session, number=number.number)
    else:
        paper = queries.tally_minutes(session, number=number.number)
    name = f"bien-ban-{'hop' if kind == MinutesKind.SESSION else 'kiem-phieu'}-{session.pk}.pdf"
    document = store_file(
        actor=actor.key, agency=actor.agency, data=paper_pdf(paper), name=name, media_type="application/pdf"
    )
    return Minutes.objects.create(
        agency=actor.agency,
        session=session,
        kind=kind,
        number=str(number),
        document=document,
        signed_on=on,
        signed_by=actor.key,
    )
