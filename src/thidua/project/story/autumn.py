"""From July to mid-December: study and proofs, initiatives and their council, the year's figures, the unit reviews."""

import datetime

from thidua.apps.councils.actions import (
    add_member,
    close_session,
    found_council,
    mark_attendance,
    open_session,
    plan_session,
    sign_minutes,
    vote_together,
)
from thidua.apps.councils.models import Council, Member, Session
from thidua.apps.councils.states import Choice, CouncilKind, MemberRole, Presence
from thidua.apps.evaluations.actions import evaluate_year
from thidua.apps.evaluations.models import Run
from thidua.apps.evaluations.queries import judged_people, judged_units, ruleset_of_run
from thidua.apps.initiatives.actions import (
    accept_application,
    apply_for,
    assess,
    draft,
    recognise,
    return_application,
    schedule,
    take_vote,
)
from thidua.apps.initiatives.models import Initiative
from thidua.apps.initiatives.states import InitiativeState
from thidua.apps.nominations.actions import draft_list, plan_review, submit, take_unit_votes
from thidua.apps.nominations.models import Nomination
from thidua.apps.nominations.states import NominationState
from thidua.apps.records.actions import (
    import_department,
    object_to_fact,
    state_complete,
    uphold_objection,
    verify_fact,
    write_fact,
)
from thidua.apps.records.models import Study
from thidua.apps.records.states import AchievementKind, ImportPart, ListKind, Scope
from thidua.project.story.spring import LAST_DAY, SHOWN_PERSON, WORKBOOK
from thidua.project.story.teller import HEADS, YEAR, Teller, head_account, members_of

APPLIED = datetime.date(2020, 10, 12)
INITIATIVE_DAY = datetime.date(2020, 11, 20)
JUDGES = {
    "TC003": MemberRole.CHAIR,
    "TC006": MemberRole.CLERK,
    "TC012": MemberRole.MEMBER,
    "TC024": MemberRole.MEMBER,
    "TC040": MemberRole.MEMBER,
    "TC047": MemberRole.MEMBER,
    "TC052": MemberRole.MEMBER,
}
ASSESSORS = ("HCSN", "TCDN")
KINDS = {"S": AchievementKind.INITIATIVE, "D": AchievementKind.RESEARCH}
SCOPES = {"B": Scope.BASE, "P": Scope.PROVINCE}
REVIEW_DAYS = (2, 3, 4, 7, 8)
COURSE = "Học tập Chỉ thị số 05-CT/TW; quán triệt quy định mới về quản lý ngân sách, tài sản công"


def study(teller: Teller) -> None:
    """Heads note a study day of their people; one entry has a wrong day, is objected to and mended."""
    staff, held = teller.people(), datetime.date(2020, 8, 13)
    for unit in teller.units():
        head = teller.head(unit)
        for person in members_of(unit, on=held):
            write_fact(
                actor=head,
                model=Study,
                source=f"Danh sách điểm danh của {unit.name}",
                person=person,
                subject=COURSE,
                held_on=held,
                result="Có bản thu hoạch",
            )
    wrong = Study.objects.current().get(person=staff[SHOWN_PERSON])
    reason = "Tôi học lớp ngày 20/08/2020, ngày 13/08/2020 đi công tác theo giấy đi đường."
    objection = object_to_fact(actor=teller.actor("can-bo"), fact=wrong, reason=reason, on=datetime.date(2020, 8, 31))
    uphold_objection(
        actor=teller.secretary,
        objection=objection,
        answer="Đã đối chiếu danh sách lớp ngày 20/08/2020; sửa lại ngày học.",
        on=datetime.date(2020, 9, 3),
        held_on=datetime.date(2020, 8, 20),
    )
    verify_fact(actor=teller.director, fact=Study.objects.current().get(person=staff[SHOWN_PERSON]))
    print(f"{Study.objects.current().count()} người dự lớp; 1 phản ánh sai ngày, đã sửa và có người thứ hai xác nhận.")


def initiatives(teller: Teller) -> None:
    """Authors apply; the form is checked; members of the council who are not authors assess."""
    staff = teller.people()
    council = found_council(
        actor=teller.secretary,
        kind=CouncilKind.INITIATIVE,
        name="Hội đồng Xét duyệt sáng kiến cơ sở Sở Tài chính",
        since=datetime.date(2020, 2, 3),
        paper="Quyết định số 21/QĐ-STC ngày 03/02/2020",
    )
    for code, role in JUDGES.items():
        add_member(
            actor=teller.secretary, council=council, person=staff[code], role=role, since=datetime.date(2020, 2, 3)
        )
    for row in teller.rows("initiatives_2020.txt"):
        _apply(teller, row)
    first = Initiative.objects.order_by("pk")[0]
    author = teller.actor_of(first.authors.all()[0].person.code)
    back = return_application(actor=teller.secretary, initiative=first, note="Bổ sung số liệu so sánh trước và sau.")
    apply_for(actor=author, initiative=back, on=APPLIED + datetime.timedelta(days=4))
    for initiative in Initiative.objects.filter(state=InitiativeState.APPLIED):
        accepted = accept_application(
            actor=teller.secretary, initiative=initiative, on=APPLIED + datetime.timedelta(days=8)
        )
        for code in ASSESSORS:
            assess(
                actor=teller.actor(head_account(code)),
                initiative=accepted,
                novelty=3,
                application=4 if code == ASSESSORS[0] else 3,
                effect=3,
                comment="Có cách làm mới ở Sở, đã áp dụng, có số liệu so sánh.",
                on=datetime.date(2020, 11, 6),
            )
    print(f"{Initiative.objects.count()} đơn, mỗi đơn 2 người không phải tác giả đánh giá; 1 đơn trả lại để bổ sung.")


def initiative_council(teller: Teller) -> None:
    """The initiative council votes; the director recognises what passed."""
    council = Council.objects.get(kind=CouncilKind.INITIATIVE)
    members = {member.person.code: member for member in council.members.select_related("person")}
    session = plan_session(
        actor=teller.secretary,
        council=council,
        year=YEAR,
        title="Họp xét công nhận sáng kiến năm 2020",
        held_on=INITIATIVE_DAY,
        place="Phòng họp số 2, Sở Tài chính",
        chair=members["TC003"],
        clerk=members["TC006"],
    )
    waiting = list(Initiative.objects.filter(state=InitiativeState.ACCEPTED))
    for initiative in waiting:
        schedule(actor=teller.secretary, initiative=initiative, session=session)
    _attend(teller, session, list(members.values()))
    session = open_session(actor=teller.secretary, session=session, at=datetime.time(14, 0))
    choices = {member.pk: Choice.YES for member in members.values()}
    vote_together(actor=teller.secretary, items=list(session.items.all()), choices=choices)
    session = close_session(actor=teller.secretary, session=session, at=datetime.time(16, 20))
    sign_minutes(actor=teller.secretary, session=session, on=INITIATIVE_DAY)
    passed = [take_vote(actor=teller.secretary, initiative=initiative) for initiative in waiting]
    recognised = recognise(
        actor=teller.director, initiatives=passed, scope=Scope.BASE, on=datetime.date(2020, 11, 27), number=412
    )
    state_complete(
        actor=teller.secretary,
        kind=ListKind.ACHIEVEMENTS,
        first_year=YEAR - 5,
        last_year=YEAR,
        source="Sổ theo dõi sáng kiến, đề tài của Sở, chốt ngày 27/11/2020",
    )
    print(f"{len(recognised)} sáng kiến được công nhận phạm vi cơ sở.")


def year_figures(teller: Teller) -> None:
    """The office's figures of the year: ratings, tasks, discipline, petitions, incidents, standing titles."""
    taken = import_department(
        actor=teller.secretary,
        campaign=teller.campaign,
        data=(teller.sample / WORKBOOK).read_bytes(),
        filename=WORKBOOK,
        part=ImportPart.YEAR,
    )
    print(", ".join(f"{count} {name}" for name, count in taken.counts.items() if count))


def evaluation(teller: Teller) -> None:
    """Everybody and every unit is judged by the law of the year."""
    run = evaluate_year(actor=teller.secretary, year=YEAR, as_of=LAST_DAY)
    print_outcomes(run)


def unit_reviews(teller: Teller) -> None:
    """Each unit drafts its list from the records, meets, votes, signs its minutes and submits."""
    campaign = teller.campaign
    for place, unit in enumerate(teller.units()):
        day = datetime.date(YEAR, 12, REVIEW_DAYS[place % len(REVIEW_DAYS)])
        review_unit(teller, unit.code, day=day)
    count = Nomination.objects.filter(campaign=campaign, state=NominationState.SUBMITTED).count()
    sessions = Session.objects.filter(council__kind=CouncilKind.UNIT).count()
    print(f"{sessions} cuộc họp bình xét có biên bản; {count} đề nghị trình Thường trực Hội đồng.")


def review_unit(teller: Teller, code: str, *, day: datetime.date) -> None:
    """One unit's list, meeting and submission."""
    unit, campaign = teller.unit(code), teller.campaign
    head = teller.head(unit)
    drafted = draft_list(actor=head, campaign=campaign, unit=unit, on=day)
    if not drafted:
        return
    holders = members_of(unit, on=day)
    chair = next(person for person in holders if person.code == HEADS[code])
    clerk = next(person for person in holders if person.code != HEADS[code])
    session = plan_review(
        actor=head,
        campaign=campaign,
        unit=unit,
        held_on=day,
        place=f"Phòng làm việc của {unit.name}",
        chair=chair,
        clerk=clerk,
    )
    members = list(Member.objects.filter(council=session.council, until__isnull=True))
    for member in members:
        mark_attendance(actor=head, session=session, member=member, presence=Presence.PRESENT)
    session = open_session(actor=head, session=session, at=datetime.time(8, 0))
    choices = {member.pk: Choice.YES for member in members}
    vote_together(actor=head, items=list(session.items.all()), choices=choices)
    session = close_session(actor=head, session=session, at=datetime.time(9, 30))
    sign_minutes(actor=head, session=session, on=day)
    take_unit_votes(actor=head, session=session)
    passed = Nomination.objects.filter(campaign=campaign, unit=unit, state=NominationState.UNIT_PASSED)
    submit(actor=head, nominations=list(passed), on=day)


def print_outcomes(run: Run) -> None:
    """How many meet each title, and the places that a limit leaves."""
    ruleset = ruleset_of_run(run)
    counts: dict[tuple[str, str], int] = {}
    for judged in (*judged_people(run), *judged_units(run)):
        for row in judged.findings.all():
            key = (row.title, str(row.get_outcome_display()))
            counts[key] = counts.get(key, 0) + 1
    names = {title: rule.name for (_, title), rule in ruleset.rules.items()}
    for title in ("LDTT", "CSTDCS", "CSTDT", "CSTDTQ", "TTLDTT", "TTLDXS"):
        outcomes = ", ".join(f"{outcome.lower()} {count}" for (code, outcome), count in counts.items() if code == title)
        print(f"{names[title]}: {outcomes}")
    for quota in run.quotas.all():
        places = quota.places if quota.places == quota.most_places else f"{quota.places}–{quota.most_places}"
        print(
            f"Tỷ lệ {quota.title}: {places} suất trên {quota.base_count} người đạt {quota.base}; "
            f"{len(quota.ranked)} người đủ điều kiện."
        )


def _apply(teller: Teller, row: list[str]) -> None:
    """One application: authors with shares, kind, scope, first applied on, filed on, name, field, and its texts."""
    staff = teller.people()
    authors, kind, scope, first_applied, filed, name, field, essence, conditions, benefit = row
    shares = {staff[part.split(":")[0]].pk: int(part.split(":")[1]) for part in authors.split(",")}
    author = teller.actor_of(authors.split(":")[0])
    made = draft(
        actor=author,
        year=YEAR,
        name=name,
        authors=shares,
        field=field,
        essence=essence,
        conditions=conditions,
        benefit=benefit,
        first_applied_on=datetime.date.fromisoformat(first_applied),
        scope_asked=SCOPES[scope],
        kind=KINDS[kind],
    )
    apply_for(actor=author, initiative=made, on=datetime.date.fromisoformat(filed))


def _attend(teller: Teller, session: Session, members: list[Member]) -> None:
    for member in members:
        mark_attendance(actor=teller.secretary, session=session, member=member, presence=Presence.PRESENT)
