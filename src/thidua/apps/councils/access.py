"""Who may found councils, run their sessions, vote, count and read."""

from thidua.apps.accounts.access import may_run_emulation, may_see_everybody, may_see_unit
from thidua.apps.accounts.queries import Actor
from thidua.apps.accounts.states import Role
from thidua.apps.councils.models import Council, Member, Session
from thidua.apps.councils.queries import member_for
from thidua.apps.units.models import Unit

RUNNERS = "thường trực Hội đồng, giám đốc, hoặc trưởng đơn vị đối với cuộc họp của đơn vị mình"
WRITERS = "thường trực Hội đồng, giám đốc, thư ký cuộc họp, hoặc trưởng đơn vị đối với cuộc họp của đơn vị mình"
READERS = "thành viên, thường trực Hội đồng, giám đốc, thanh tra"
VOTERS = "thành viên của hội đồng tại ngày họp"
TELLERS = "thành viên của hội đồng tại ngày họp hoặc thường trực Hội đồng"


def may_found_council(actor: Actor, *, unit: Unit | None) -> bool:
    """Those who run the agency's emulation; a unit's head for the unit's own meeting."""
    return may_run_emulation(actor) or (unit is not None and unit.pk in actor.headed_units)


def may_run_council(actor: Actor, council: Council) -> bool:
    """Those who run the agency's emulation; a unit's head for the unit's own meeting."""
    return may_run_emulation(actor) or council.unit_id in actor.headed_units


def may_run_session(actor: Actor, session: Session) -> bool:
    """Who runs the council runs its sessions."""
    return may_run_council(actor, session.council)


def may_write_session(actor: Actor, session: Session) -> bool:
    """Who runs the session, and its clerk: attendance, hands raised, opinions in writing."""
    return may_run_session(actor, session) or (
        actor.person_id is not None and actor.person_id == session.clerk.person_id
    )


def may_count(actor: Actor, session: Session) -> bool:
    """A teller is a member of the council on the day, or the standing secretary."""
    return actor.has(Role.SECRETARY) or member_for(actor, session) is not None


def may_see_council(actor: Actor, council: Council) -> bool:
    """Whoever ever sat on it, who sees everybody; a unit's meeting: the people of the unit."""
    if _sees_all_of(actor, council):
        return True
    return actor.person_id is not None and Member.objects.filter(council=council, person=actor.person_id).exists()


def may_see_session(actor: Actor, session: Session) -> bool:
    """Those who sit on the council on the session's day, who sees everybody; a unit's meeting: its people."""
    return _sees_all_of(actor, session.council) or member_for(actor, session) is not None


def _sees_all_of(actor: Actor, council: Council) -> bool:
    return may_see_everybody(actor) or (council.unit_id is not None and may_see_unit(actor, unit_id=council.unit_id))
