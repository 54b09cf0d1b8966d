"""Founding a council, and who sits on it from when to when."""

import datetime

from thidua.apps.accounts.access import CannotDo, require
from thidua.apps.accounts.actions import official_act
from thidua.apps.accounts.queries import Actor
from thidua.apps.councils.access import RUNNERS, may_found_council, may_run_council
from thidua.apps.councils.actions.ground import record_act
from thidua.apps.councils.models import Council, Member
from thidua.apps.councils.states import CouncilKind, ItemState, MemberRole, SessionState
from thidua.apps.units.models import Person, Unit


@official_act
def found_council(
    *, actor: Actor, kind: CouncilKind, name: str, since: datetime.date, unit: Unit | None = None, paper: str = ""
) -> Council:
    """Found a council by its paper; a unit's review meeting names its unit. Raises Refused, CannotDo."""
    require(may_found_council(actor, unit=unit), RUNNERS)
    if (kind == CouncilKind.UNIT) != (unit is not None):
        raise CannotDo("Hội nghị bình xét phải ghi đơn vị; hội đồng của cơ quan không ghi đơn vị.")
    council = Council.objects.create(
        agency=actor.agency, kind=kind, name=name.strip()[:200], unit=unit, paper=paper.strip()[:200], since=since
    )
    payload = {"kind": str(kind), "name": council.name, "unit": unit.code if unit else None, "since": since}
    record_act(actor, "found_council", council, {**payload, "paper": council.paper})
    return council


@official_act
def add_member(*, actor: Actor, council: Council, person: Person, role: MemberRole, since: datetime.date) -> Member:
    """Seat a person on a council from a day. Raises Refused; CannotDo when already seated or a session has met."""
    require(may_run_council(actor, council), RUNNERS)
    council = Council.objects.select_for_update().get(pk=council.pk)
    if since < council.since:
        raise CannotDo(f"{council.name} lập ngày {council.since:%d/%m/%Y}; thành viên không thể có từ trước ngày đó.")
    _require_no_session_met(council, after=since - datetime.timedelta(days=1))
    _require_no_agenda_yet(council, since=since)
    seats = council.members.exclude(until__lt=since)
    if seats.filter(person=person).exists():
        raise CannotDo(f"{person.full_name} đã là thành viên của {council.name} trong thời gian ấy.")
    if role == MemberRole.CHAIR and (chair := seats.filter(role=role).select_related("person").first()):
        raise CannotDo(f"{council.name} đã có {chair.person.full_name} giữ vai trò này. Kết thúc vai trò ấy trước.")
    member = Member.objects.create(agency=actor.agency, council=council, person=person, role=role, since=since)
    payload = {"council": council.pk, "person": person.code, "role": str(role), "since": since}
    record_act(actor, "add_member", member, dict(payload))
    return member


@official_act
def end_membership(*, actor: Actor, member: Member, until: datetime.date) -> Member:
    """End a membership with a day, that day included. Raises Refused; CannotDo when ended or a later session met."""
    require(may_run_council(actor, member.council), RUNNERS)
    member = Member.objects.select_for_update(of=("self",)).select_related("council", "person").get(pk=member.pk)
    if member.until is not None:
        raise CannotDo(f"{member.person.full_name} đã thôi là thành viên từ {member.until:%d/%m/%Y}.")
    if until < member.since:
        raise CannotDo(f"Ngày thôi phải từ {member.since:%d/%m/%Y}, ngày bắt đầu, trở đi.")
    _require_no_session_met(member.council, after=until)
    member.until = until
    member.save(update_fields=["until"])
    record_act(actor, "end_membership", member, {"until": until})
    return member


def _require_no_agenda_yet(council: Council, *, since: datetime.date) -> None:
    """Who may not vote on an item was settled as it came on the agenda, among the members of then."""
    coming = council.sessions.filter(state=SessionState.PLANNED, held_on__gte=since)
    ready = coming.filter(items__state=ItemState.WAITING).first()
    if ready is not None:
        raise CannotDo(
            f"Phiên “{ready.title}” ngày {ready.held_on:%d/%m/%Y} đã có chương trình, lập khi chưa có người này nên "
            "chưa rõ người này có liên quan mục nào. Rút các mục, thêm thành viên rồi đưa lại vào chương trình."
        )


def _require_no_session_met(council: Council, *, after: datetime.date) -> None:
    met = council.sessions.filter(held_on__gt=after).exclude(state=SessionState.PLANNED).first()
    if met is not None:
        raise CannotDo(
            f"Phiên “{met.title}” ngày {met.held_on:%d/%m/%Y} đã họp với danh sách thành viên lúc ấy. "
            "Chọn ngày sau phiên đó."
        )
