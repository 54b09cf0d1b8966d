"""What a session learns of the posting of its result, so that whoever decides on it can see whether it is over."""

import datetime

from thidua.apps.accounts.access import CannotDo
from thidua.apps.accounts.actions import official_act
from thidua.apps.accounts.queries import Actor
from thidua.apps.councils.actions.ground import record_act, run_session
from thidua.apps.councils.models import Session


@official_act
def note_posting(*, actor: Actor, session: Session, until: datetime.date) -> Session:
    """The session's result is posted up to a day, this one included; a second posting opens the matter again.

    Raises Refused.
    """
    session = run_session(actor, session)
    session.posted_until = max(until, session.posted_until or until)
    session.posting_closed_on = None
    session.save(update_fields=["posted_until", "posting_closed_on"])
    record_act(actor, "note_posting", session, {"until": session.posted_until})
    return session


@official_act
def note_posting_closed(*, actor: Actor, session: Session, on: datetime.date) -> Session:
    """Every posting of the session's result was closed by a day. Raises Refused; CannotDo before it is over."""
    session = run_session(actor, session)
    if session.posted_until is None or on <= session.posted_until:
        raise CannotDo(f"{session.title}: chưa hết thời gian niêm yết kết quả, chưa ghi kết thúc được.")
    session.posting_closed_on = on
    session.save(update_fields=["posting_closed_on"])
    record_act(actor, "note_posting_closed", session, {"on": on})
    return session
