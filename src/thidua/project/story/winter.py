"""From mid-December on: appraisal, the council, posting, decisions, what came late, what was annulled."""

import datetime

from thidua.apps.accounts.queries import visitor
from thidua.apps.councils.actions import (
    add_member,
    close_session,
    close_vote,
    enter_counts,
    found_council,
    leave_session,
    mark_attendance,
    open_session,
    open_vote,
    plan_session,
    set_aside_counts,
    sign_minutes,
    vote_together,
)
from thidua.apps.councils.models import Council, Item, Session
from thidua.apps.councils.states import Choice, CouncilKind, MemberRole, Presence, VoteMode
from thidua.apps.decisions.actions import (
    draft_annulment,
    draft_decision,
    draft_proposal,
    send_proposal,
    send_to_sign,
    take_signed_copy,
)
from thidua.apps.decisions.models import Decision, Line, ProposalLine
from thidua.apps.decisions.states import DecisionKind, DecisionState
from thidua.apps.evaluations.actions import evaluate_year
from thidua.apps.evaluations.queries import latest_run
from thidua.apps.files.queries import content
from thidua.apps.honours.actions import answer_objection, close_posting, object_to, post_decision, post_result
from thidua.apps.honours.models import Posting
from thidua.apps.honours.states import PostingState
from thidua.apps.nominations.actions import appraise_all, hold, put_on_agenda, release, take_results
from thidua.apps.nominations.models import Nomination
from thidua.apps.nominations.states import NominationState
from thidua.apps.policy.queries import ruleset_on
from thidua.apps.records.actions import state_complete, verify_fact, write_fact
from thidua.apps.records.models import Discipline, Rating
from thidua.apps.records.states import DisciplineForm, Grade, ListKind
from thidua.core.law.deciders import decider
from thidua.core.papers.money import dong
from thidua.core.papers.seal import sign_pdf, trial_identity
from thidua.project.story.autumn import print_outcomes, review_unit
from thidua.project.story.spring import COUNCIL_DAY, LAST_DAY
from thidua.project.story.teller import YEAR, Teller, head_account

COUNCIL = {
    "TC001": MemberRole.CHAIR,
    "TC002": MemberRole.VICE_CHAIR,
    "TC005": MemberRole.CLERK,
    "TC003": MemberRole.MEMBER,
    "TC011": MemberRole.MEMBER,
    "TC016": MemberRole.MEMBER,
    "TC024": MemberRole.MEMBER,
    "TC032": MemberRole.MEMBER,
    "TC057": MemberRole.MEMBER,
}
TELLERS = ("HCSN", "TTR")
GRADES = {"X": Grade.HTXS, "T": Grade.HTT, "H": Grade.HT}
LIMITED = "CSTDCS"
DECIDED = datetime.date(2020, 12, 31)
LATE = datetime.date(2021, 1, 14)
ANNULLED = datetime.date(2021, 2, 8)
AFTER_TET = datetime.date(2021, 2, 18)
DAY_OF_ENDS = datetime.date(2021, 3, 4)
MOVED = "TC042"
VIOLATOR = "TC060"
HANOI = datetime.timezone(datetime.timedelta(hours=7))


def appraisal(teller: Teller) -> None:
    """The standing secretary appraises every dossier on the latest run, and holds who is under verification."""
    appraise_all(actor=teller.secretary, campaign=teller.campaign, on=datetime.date(2020, 12, 16))
    moved = Nomination.objects.get(campaign=teller.campaign, person__code=MOVED, title="LDTT")
    hold(
        actor=teller.secretary,
        nomination=moved,
        reason="Chuyển đơn vị từ 01/04/2020: chờ nhận xét của đơn vị cũ",
        article="Nghị định 91/2017/NĐ-CP, Điều 10 khoản 5",
        on=datetime.date(2020, 12, 16),
    )
    answer = "Đã có nhận xét bằng văn bản của đơn vị cũ ngày 18/12/2020"
    release(actor=teller.secretary, nomination=moved, reason=answer, on=datetime.date(2020, 12, 18))
    count = Nomination.objects.filter(campaign=teller.campaign, state=NominationState.APPRAISED).count()
    print(f"Đã thẩm định {count} đề nghị; 1 hồ sơ tạm dừng rồi cho xét tiếp khi có đủ giấy tờ.")


def council(teller: Teller) -> None:
    """The council votes: openly in one act for the basic titles, in secret with two counts for the limited ones."""
    staff, since = teller.people(), datetime.date(2020, 2, 3)
    body = found_council(
        actor=teller.secretary,
        kind=CouncilKind.EMULATION,
        name="Hội đồng Thi đua - Khen thưởng Sở Tài chính",
        since=since,
        paper="Quyết định số 20/QĐ-STC ngày 03/02/2020",
    )
    for code, role in COUNCIL.items():
        add_member(actor=teller.secretary, council=body, person=staff[code], role=role, since=since)
    session = hold_session(teller, "Họp xét danh hiệu thi đua, hình thức khen thưởng năm 2020", day=COUNCIL_DAY)
    passed = Nomination.objects.filter(campaign=teller.campaign, state=NominationState.PASSED)
    print(f"{session.items.count()} mục biểu quyết; {passed.count()} được thông qua. Đã ký biên bản họp và kiểm phiếu.")


def hold_session(teller: Teller, title: str, *, day: datetime.date) -> Session:
    """One session of the emulation council over everything that is appraised, to the signed minutes."""
    secretary = teller.secretary
    body = Council.objects.get(kind=CouncilKind.EMULATION)
    members = {member.person.code: member for member in body.members.select_related("person")}
    session = plan_session(
        actor=secretary,
        council=body,
        year=YEAR,
        title=title,
        held_on=day,
        place="Phòng họp số 1, Sở Tài chính",
        chair=members["TC001"],
        clerk=members["TC005"],
    )
    waiting = Nomination.objects.filter(campaign=teller.campaign, state=NominationState.APPRAISED)
    put_on_agenda(actor=secretary, nominations=list(waiting), session=session)
    for member in members.values():
        mark_attendance(actor=secretary, session=session, member=member, presence=Presence.PRESENT)
    session = open_session(actor=secretary, session=session, at=datetime.time(14, 0))
    open_items = [item for item in session.items.all() if item.mode == VoteMode.OPEN]
    if open_items:
        vote_together(actor=secretary, items=open_items, choices={member.pk: Choice.YES for member in members.values()})
    secret = [item for item in session.items.all() if item.mode == VoteMode.PAPER_SECRET]
    _vote_in_secret(teller, session, secret)
    if day == COUNCIL_DAY:
        late = members["TC057"]
        reason = "Đi công tác đột xuất sau khi đã bỏ phiếu"
        leave_session(actor=secretary, session=session, member=late, left_at=datetime.time(16, 40), reason=reason)
    session = close_session(actor=secretary, session=session, at=datetime.time(17, 0))
    sign_minutes(actor=secretary, session=session, on=day)
    take_results(actor=secretary, session=session)
    return session


def _vote_in_secret(teller: Teller, session: Session, items: list[Item]) -> None:
    """Two tellers count independently; where they differ both counts are set aside and made again."""
    if not items:
        return
    chosen = _chosen(items)
    figures = {}
    for item in items:
        doubts = "Người được đề nghị là thành viên nên không biểu quyết; Hội đồng vẫn bỏ phiếu và ghi nhận kết quả."
        open_vote(actor=teller.secretary, item=item, because=doubts if item.conflicts.exists() else "")
        ballots = _ballots(session, item)
        yes = ballots if item.pk in chosen else 2
        figures[item.pk] = (ballots, ballots, 0, yes, ballots - yes)
    first, second = (teller.actor(head_account(code)) for code in TELLERS)
    wrong = items[0].pk
    ballots, returned, invalid, yes, no = figures[wrong]
    misread = {**figures, wrong: (ballots, returned, invalid, yes - 1, no + 1)}
    enter_counts(actor=first, session=session, figures=figures)
    enter_counts(actor=second, session=session, figures=misread)
    set_aside_counts(actor=teller.secretary, item=items[0], because="Hai lần đếm lệch nhau một phiếu; đếm lại.")
    for teller_actor in (first, second):
        enter_counts(actor=teller_actor, session=session, figures={wrong: figures[wrong]})
    for item in items:
        close_vote(actor=teller.secretary, item=item)


def _chosen(items: list[Item]) -> set[int]:
    """Whom the made-up council approves: everybody, but of a limited title only as many as there are places."""
    limited = [item for item in items if item.title == LIMITED]
    run = latest_run(YEAR)
    assert run is not None  # the appraisal rests on it
    quota = run.quotas.get(title=LIMITED)
    nominees = dict(Nomination.objects.filter(title=LIMITED).values_list("pk", "person__code"))
    ranked = [str(row if isinstance(row, str) else row["subject_id"]) for row in quota.ranked]
    order = sorted(limited, key=lambda item: ranked.index(nominees[item.subject_id]))
    given = Line.objects.filter(title=LIMITED, decision__year=YEAR, decision__state=DecisionState.SIGNED).count()
    left = order[: max(0, quota.places - given)]
    return {item.pk for item in items if item.title != LIMITED} | {item.pk for item in left}


def _ballots(session: Session, item: Item) -> int:
    """Ballots issued: members present who may vote on the item."""
    present = session.attendance.filter(presence=Presence.PRESENT, left_at__isnull=True).count()
    return present - item.conflicts.count()


def posting(teller: Teller) -> None:
    """What the council passed is posted in public; a visitor objects and is answered; the posting closes."""
    session = Session.objects.filter(council__kind=CouncilKind.EMULATION).earliest("held_on")
    posted = post_result(actor=teller.secretary, session=session, on=COUNCIL_DAY)
    objection = object_to(
        actor=visitor(teller.agency),
        posting=posted,
        name="Người dân (minh họa)",
        contact="hop-thu-minh-hoa@example.vn",
        about="Phòng Tài chính doanh nghiệp",
        text="Đề nghị xem lại thời gian trả hồ sơ của phòng trong tháng 8.",
        on=datetime.date(2020, 12, 25),
    )
    answer = "Đã kiểm tra sổ một cửa tháng 8/2020: 2 hồ sơ trả chậm đã xin lỗi bằng văn bản; không thuộc diện loại trừ."
    answer_objection(actor=teller.secretary, objection=objection, answer=answer, on=datetime.date(2020, 12, 29))
    close_posting(actor=teller.secretary, posting=posted, on=posted.closes_on + datetime.timedelta(days=1))
    print(f"Niêm yết {len(posted.lines)} dòng từ {posted.posted_on:%d/%m/%Y} đến hết {posted.closes_on:%d/%m/%Y}.")


def decision(teller: Teller) -> None:
    """The director's decision: list and money, number, signed copy back and matched, posted."""
    made = draft_decision(
        actor=teller.secretary,
        year=YEAR,
        nominations=_passed(teller, by_agency=True),
        subject="Công nhận danh hiệu thi đua năm 2020",
        dated=DECIDED,
    )
    signed = _sign(teller, made, number=478, on=DECIDED)
    _print_decision(signed)


def proposal(teller: Teller) -> None:
    """What the director cannot decide is proposed to whoever can."""
    _propose(teller, day=datetime.date(2021, 1, 5), number=2)


def _propose(teller: Teller, *, day: datetime.date, number: int) -> None:
    ruleset = ruleset_on(DECIDED)
    whom: dict[str, list[Nomination]] = {}
    for nomination in _passed(teller, by_agency=False):
        whom.setdefault(decider(ruleset, title=nomination.title).name, []).append(nomination)
    for place, (name, nominations) in enumerate(whom.items()):
        made = draft_proposal(actor=teller.secretary, year=YEAR, nominations=nominations, addressed_to=name, dated=day)
        sent = send_proposal(actor=teller.director, proposal=made, on=day, number=number + place)
        print(f"Tờ trình số {sent.number:02d}/{sent.series} gửi {name}: {len(nominations)} đề nghị.")


def late_rating(teller: Teller) -> None:
    """A leader's rating comes after the council sat: a new run, a review, a session, a supplementary decision."""
    staff = teller.people()
    for code, grade, paper, day in teller.rows("late_ratings_2020.txt"):
        fact = write_fact(
            actor=teller.secretary,
            model=Rating,
            source=paper,
            person=staff[code],
            year=YEAR,
            grade=GRADES[grade],
            paper=paper,
            dated=datetime.date.fromisoformat(day),
        )
        verify_fact(actor=teller.director, fact=fact)
    print_outcomes(evaluate_year(actor=teller.secretary, year=YEAR, as_of=LAST_DAY))
    review_unit(teller, "VP", day=LATE)
    appraise_all(actor=teller.secretary, campaign=teller.campaign, on=LATE)
    session = hold_session(teller, "Họp xét bổ sung danh hiệu thi đua năm 2020", day=datetime.date(2021, 1, 15))
    posted = post_result(actor=teller.secretary, session=session, on=datetime.date(2021, 1, 15))
    first = Decision.objects.filter(kind=DecisionKind.AWARD, state=DecisionState.SIGNED).earliest("dated")
    dated = posted.closes_on + datetime.timedelta(days=1)
    close_posting(actor=teller.secretary, posting=posted, on=dated)
    made = draft_decision(
        actor=teller.secretary,
        year=YEAR,
        nominations=_passed(teller, by_agency=True),
        subject="Công nhận bổ sung danh hiệu thi đua năm 2020",
        dated=dated,
        kind=DecisionKind.SUPPLEMENT,
        amends=first,
        because="Kết quả xếp loại của lãnh đạo Sở có sau phiên họp ngày 23/12/2020",
    )
    _print_decision(_sign(teller, made, number=9, on=dated))


def annulment(teller: Teller) -> None:
    """A violation of the achievement period is concluded later: the title is annulled by a decision of its own."""
    staff = teller.people()
    fact = write_fact(
        actor=teller.secretary,
        model=Discipline,
        source="Quyết định số 37/QĐ-STC ngày 02/02/2021",
        person=staff[VIOLATOR],
        form=DisciplineForm.KHIEN_TRACH,
        decision="37/QĐ-STC",
        decided_on=datetime.date(2021, 2, 2),
    )
    verify_fact(actor=teller.director, fact=fact)
    lines = Line.objects.filter(person__code=VIOLATOR, decision__state=DecisionState.SIGNED)
    made = draft_annulment(
        actor=teller.secretary,
        lines=list(lines),
        dated=ANNULLED,
        because="Hành vi vi phạm xảy ra trong năm 2020, kết luận ngày 02/02/2021",
        article="Nghị định 91/2017/NĐ-CP, Điều 78 khoản 4",
    )
    _print_decision(_sign(teller, made, number=41, on=ANNULLED))


def collectives(teller: Teller) -> None:
    """Once every award of the year is decided, the excellent collectives can be judged, and are proposed."""
    state_complete(
        actor=teller.secretary,
        kind=ListKind.AWARDS,
        first_year=YEAR,
        last_year=YEAR,
        source="Sổ khen thưởng năm 2020, chốt sau các quyết định 478, 09 và 41/QĐ-STC",
    )
    print_outcomes(evaluate_year(actor=teller.secretary, year=YEAR, as_of=LAST_DAY))
    for unit in teller.units():
        review_unit(teller, unit.code, day=AFTER_TET)
    appraise_all(actor=teller.secretary, campaign=teller.campaign, on=datetime.date(2021, 2, 22))
    day = datetime.date(2021, 2, 24)
    session = hold_session(teller, "Họp xét đề nghị Tập thể lao động xuất sắc năm 2020", day=day)
    post_result(actor=teller.secretary, session=session, on=day)
    for posting in Posting.objects.filter(state=PostingState.POSTED, closes_on__lt=DAY_OF_ENDS):
        close_posting(actor=teller.secretary, posting=posting, on=DAY_OF_ENDS)
    _propose(teller, day=DAY_OF_ENDS, number=11)


def _passed(teller: Teller, *, by_agency: bool) -> list[Nomination]:
    """Nominations that passed and are in no decision or proposal yet, by who decides them."""
    ruleset = ruleset_on(DECIDED)
    waiting = Nomination.objects.filter(campaign=teller.campaign, state=NominationState.PASSED)
    waiting = waiting.exclude(pk__in=Line.objects.filter(nomination__isnull=False).values("nomination"))
    waiting = waiting.exclude(pk__in=ProposalLine.objects.values("nomination"))
    return [item for item in waiting if (decider(ruleset, title=item.title).by == "agency_head") == by_agency]


def _sign(teller: Teller, made: Decision, *, number: int, on: datetime.date) -> Decision:
    """Out for signature, signed with a test key that says so, back and matched, posted."""
    sent = send_to_sign(actor=teller.secretary, decision=made, on=on, number=number)
    assert sent.original is not None  # a paper that was sent is stored
    when = datetime.datetime.combine(on, datetime.time(15, 0), tzinfo=HANOI)
    identity = trial_identity(sent.signer_name, since=when)
    signed = take_signed_copy(
        actor=teller.secretary,
        decision=sent,
        data=sign_pdf(content(sent.original), key=identity.key, certificate=identity.certificate, when=when),
        filename=f"quyet-dinh-{sent.number}-da-ky.pdf",
        on=on,
    )
    post_decision(actor=teller.secretary, decision=signed, on=on)
    return signed


def _print_decision(made: Decision) -> None:
    money = sum(line.amount for line in made.lines.all())
    print(f"{made} ngày {made.dated:%d/%m/%Y}: {made.lines.count()} dòng, {dong(money)} đồng; bản ký khớp bản gửi đi.")
