"""The unit's review (họp bình xét): a council of the unit's own people, its agenda, and its votes taken over."""

import datetime
from collections.abc import Mapping

from django.db.models import F
from django.urls import reverse

from thidua.apps.accounts.access import CannotDo, require
from thidua.apps.accounts.actions import official_act
from thidua.apps.accounts.queries import Actor
from thidua.apps.campaigns.models import Campaign
from thidua.apps.councils import actions as councils
from thidua.apps.councils.models import Council, Item, Member, Session
from thidua.apps.councils.queries import members_on
from thidua.apps.councils.states import CouncilKind, ItemState, MemberRole
from thidua.apps.nominations import queries
from thidua.apps.nominations.access import WHO_UNIT, may_nominate
from thidua.apps.nominations.actions.ground import locked_all, locked_campaign, record_many
from thidua.apps.nominations.actions.moves import decline_by_unit, leave_unit_agenda, put_to_unit, take_unit_vote
from thidua.apps.nominations.models import Nomination
from thidua.apps.nominations.queries.candidates import heirs
from thidua.apps.nominations.queries.meetings import OVER
from thidua.apps.nominations.states import NominationState
from thidua.apps.units.models import Person, Unit
from thidua.apps.units.queries import posts_in
from thidua.apps.units.states import PostKind
from thidua.core.calendar import Period

DAY = datetime.timedelta(days=1)
NOMINEE = "là người được đề nghị"


@official_act
def plan_review(
    *, actor: Actor, campaign: Campaign, unit: Unit, held_on: datetime.date, place: str, chair: Person, clerk: Person
) -> Session:
    """Plan a unit's review: its people of that day are the members, every drafted nomination is on the agenda.

    The unit's council is founded once; who came or left since is seated or unseated. A nominee has no vote on the own
    item. Raises Refused, CannotDo, NoRule.
    """
    alive = queries.living_unit(unit, on=held_on)
    if alive is None:
        raise CannotDo(f"{unit} đã ngừng trước ngày {held_on:%d/%m/%Y}; đơn vị kế thừa họp bình xét.")
    require(may_nominate(actor, unit_id=alive.pk), WHO_UNIT)
    campaign = locked_campaign(campaign)
    waiting = Nomination.objects.filter(
        campaign=campaign, unit=alive, state__in=(NominationState.DRAFTED, NominationState.RETURNED)
    )
    drafted = locked_all(waiting.order_by(F("person__sort_key").asc(nulls_first=True), "title", "pk"))
    members = _seat_people(actor, alive, held_on=held_on, chair=chair, clerk=clerk)
    session = councils.plan_session(
        actor=actor,
        council=members[chair.pk].council,
        year=campaign.year,
        title=f"Họp bình xét thi đua năm {campaign.year}, {alive}",
        held_on=held_on,
        place=place,
        chair=members[chair.pk],
        clerk=members[clerk.pk],
    )
    year = queries.unit_year(campaign, alive)
    for nomination in drafted:
        _put_on_agenda(actor, nomination, session, year)
    record_many(actor, "put_to_unit", drafted, {"session": session.pk})
    return session


@official_act
def take_unit_votes(*, actor: Actor, session: Session) -> list[Nomination]:
    """Take over the votes of a unit's review that is over: passed, declined, or back to the draft when not voted.

    Raises Refused; CannotDo while the meeting goes on, and when everything was taken over before.
    """
    unit = session.council.unit
    if session.council.kind != CouncilKind.UNIT or unit is None:
        raise CannotDo(f"“{session}” không phải cuộc họp bình xét của đơn vị.")
    require(may_nominate(actor, unit_id=unit.pk), WHO_UNIT)
    items = results_to_take(session, kind=queries.REVIEW_SUBJECT)
    taken = locked_all(Nomination.objects.filter(pk__in=items, state=NominationState.ON_UNIT_AGENDA).order_by("pk"))
    for nomination in taken:
        item = items[nomination.pk]
        if item.state != ItemState.VOTED:
            leave_unit_agenda(nomination)
        elif item.passed:
            take_unit_vote(nomination)
        else:
            decline_by_unit(nomination)
    record_many(actor, "take_unit_votes", taken, {"session": session.pk, "states": [item.state for item in taken]})
    return taken


def results_to_take(session: Session, *, kind: str) -> Mapping[int, Item]:
    """The items of a session that is over, by nomination. Raises CannotDo while it goes on."""
    session = Session.objects.get(pk=session.pk)
    if session.state not in OVER:
        raise CannotDo(f"“{session}” chưa bế mạc; bế mạc rồi lấy kết quả.")
    items = {item.subject_id: item for item in session.items.filter(subject_kind=kind).order_by("pk")}
    later = Item.objects.filter(subject_kind=kind, subject_id__in=items).exclude(session=session)
    for subject, number in later.exclude(state=ItemState.WITHDRAWN).values_list("subject_id", "pk"):
        if subject in items and number > items[subject].pk:
            del items[subject]  # it went on to another meeting since: that one's result is the one to take
    states = (NominationState.ON_UNIT_AGENDA, NominationState.ON_AGENDA)
    if not Nomination.objects.filter(pk__in=items, state__in=states).exists():
        raise CannotDo(f"Kết quả của “{session}” đã được lấy hết.")
    return items


def _put_on_agenda(actor: Actor, nomination: Nomination, session: Session, year: queries.UnitYear) -> None:
    title_name = year.title_name("person" if nomination.person_id else "unit", nomination.title)
    councils.put_on_agenda(
        actor=actor,
        session=session,
        subject_kind=queries.REVIEW_SUBJECT,
        subject_id=nomination.pk,
        label=queries.label_of(nomination, title_name=title_name),
        title=nomination.title,
        detail=_detail(nomination, year),
        address=reverse("nominations:dossier", args=[nomination.pk]),
        conflicted={nomination.person_id: NOMINEE} if nomination.person_id else None,
    )
    put_to_unit(nomination)


def _detail(nomination: Nomination, year: queries.UnitYear) -> str:
    """What the law's run found, so that the meeting has it before its eyes; of an open case it is told nothing."""
    key = ("person", nomination.person_id) if nomination.person_id else ("unit", nomination.unit_id)
    found = year.finding(key, nomination.title)
    if found is None:
        return ""
    reasons = year.reasons("person" if nomination.person_id else "unit", found, guarded=True)
    return f"{found.get_outcome_display()}. {reasons}" if reasons else str(found.get_outcome_display())


def _seat_people(
    actor: Actor, unit: Unit, *, held_on: datetime.date, chair: Person, clerk: Person
) -> dict[int, Member]:
    """The unit's council with everybody of the unit on the day as a member, by person id."""
    people = _people_on(unit, held_on)
    for who, role in ((chair, "chủ trì"), (clerk, "thư ký")):
        if who.pk not in people:
            raise CannotDo(f"{who} không thuộc {unit} ngày {held_on:%d/%m/%Y}; chọn người của đơn vị làm {role}.")
    council = Council.objects.filter(kind=CouncilKind.UNIT, unit=unit, until__isnull=True).first()
    if council is None:
        name = f"Hội nghị bình xét {unit}"
        council = councils.found_council(actor=actor, kind=CouncilKind.UNIT, name=name, since=held_on, unit=unit)
    seated = {member.person_id: member for member in members_on(council, held_on)}
    for member in [seated.pop(pk) for pk in list(seated) if pk not in people]:
        councils.end_membership(actor=actor, member=member, until=max(member.since, held_on - DAY))
    for pk, person in people.items():
        if pk not in seated:
            seated[pk] = councils.add_member(
                actor=actor, council=council, person=person, role=MemberRole.MEMBER, since=held_on
            )
    return seated


def _people_on(unit: Unit, day: datetime.date) -> dict[int, Person]:
    """Everybody with a regular post in the unit, or in one that became it, on a day, by name."""
    family = {unit.pk, *(pk for pk, heir in heirs().items() if heir.pk == unit.pk)}
    posts = [post for post in posts_in(Period(day, day)) if post.kind == PostKind.REGULAR and post.unit_id in family]
    people = sorted((post.person for post in posts), key=lambda person: (person.sort_key, person.code))
    return {person.pk: person for person in people}
