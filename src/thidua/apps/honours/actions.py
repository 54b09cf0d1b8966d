"""Posting a list, objecting to it, answering, closing the posting."""

import datetime

from django.utils.text import slugify

from thidua.apps.accounts.access import CannotDo, require
from thidua.apps.accounts.actions import official_act, open_move
from thidua.apps.accounts.queries import Actor
from thidua.apps.audit.actions import record
from thidua.apps.councils.actions import note_posting, note_posting_closed
from thidua.apps.councils.models import Session
from thidua.apps.councils.queries import POSTING_DAYS
from thidua.apps.councils.states import SessionState
from thidua.apps.decisions.models import Decision
from thidua.apps.decisions.states import DecisionState
from thidua.apps.honours import queries
from thidua.apps.honours.access import WHO, may_post
from thidua.apps.honours.models import Objection, Posting
from thidua.apps.honours.queries import PostedLine, decision_lines, free_slug, is_open, passed_lines
from thidua.apps.honours.states import OBJECTION, POSTING, PostingKind, PostingState
from thidua.apps.policy.queries import ruleset_on
from thidua.core.calendar import Deadline, working_deadline
from thidua.core.law.citing import parameter_words
from thidua.core.law.errors import NoRule

ANSWER_DAYS = "objection.answer_working_days"
LONGEST = {"name": 120, "contact": 200, "about": 200, "text": 2000, "answer": 2000}
NAMES = {
    "name": "họ tên người kiến nghị",
    "contact": "cách liên hệ (địa chỉ, điện thoại hoặc thư điện tử)",
    "about": "nội dung kiến nghị về ai",
    "text": "nội dung kiến nghị",
    "answer": "nội dung trả lời",
}
# Against a flood only: high enough that nobody keeps others from being heard by writing a lot.
MOST_A_DAY = 1000


@official_act
def post_result(*, actor: Actor, session: Session, on: datetime.date) -> Posting:
    """Post whom a session of the council passed, before the decision, for as long as the agency's rules say.

    Raises Refused; CannotDo when the session is still going on, passed nobody, or the packs give no days.
    """
    require(may_post(actor), WHO)
    session = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if session.state not in (SessionState.CLOSED, SessionState.MINUTED):
        raise CannotDo(f"{session.title}: phiên họp chưa bế mạc. Bế mạc trước khi niêm yết.")
    _not_before(on, session.held_on, "họp Hội đồng")
    if not (lines := passed_lines(session)):
        raise CannotDo(f"{session.title}: phiên họp không thông qua trường hợp nào, không có danh sách để niêm yết.")
    title = f"Danh sách Hội đồng thông qua năm {session.year} – phiên họp ngày {session.held_on:%d/%m/%Y}"
    same = session.postings.filter(lines=[line for _of, line in lines]).first()
    if same is not None:
        raise CannotDo(f"{session.title}: danh sách này đã niêm yết từ ngày {same.posted_on:%d/%m/%Y}.")
    posting = _post(
        actor,
        kind=PostingKind.RESULT,
        year=session.year,
        title=title,
        slug=f"{session.year}-ket-qua-{session.held_on:%d-%m}",
        lines=lines,
        on=on,
        source=f"councils.session:{session.pk}",
        session=session,
    )
    note_posting(actor=actor, session=session, until=posting.closes_on)
    return posting


@official_act
def post_decision(*, actor: Actor, decision: Decision, on: datetime.date) -> Posting:
    """Post a signed decision with its list. Raises Refused; CannotDo when it is not signed or posted already."""
    require(may_post(actor), WHO)
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if decision.state != DecisionState.SIGNED:
        raise CannotDo(f"{decision} chưa có bản ký. Nhận bản ký trước khi niêm yết.")
    _not_before(on, decision.dated, "ra quyết định")
    if before := Posting.objects.filter(decision=decision).first():
        raise CannotDo(f"{decision} đã niêm yết từ ngày {before.posted_on:%d/%m/%Y}.")
    return _post(
        actor,
        kind=PostingKind.DECISION,
        year=decision.year,
        title=f"{decision} ngày {decision.dated:%d/%m/%Y} {decision.subject}"[:300],
        slug=f"{decision.dated.year}-qd-{slugify(f'{decision.number:02d}')}",
        lines=decision_lines(decision),
        on=on,
        source=f"decisions.decision:{decision.pk}",
        decision=decision,
    )


def _not_before(on: datetime.date, day: datetime.date, what: str) -> None:
    if on < day:
        raise CannotDo(f"Ngày niêm yết {on:%d/%m/%Y} đứng trước ngày {what} {day:%d/%m/%Y}.")


def _post(
    actor: Actor,
    *,
    kind: PostingKind,
    year: int,
    title: str,
    slug: str,
    lines: list[tuple[int, PostedLine]],
    on: datetime.date,
    source: str,
    session: Session | None = None,
    decision: Decision | None = None,
) -> Posting:
    deadline, cite = _deadline(POSTING_DAYS, on)
    posting = Posting.objects.create(
        agency=actor.agency,
        kind=kind,
        year=year,
        title=title,
        slug=free_slug(slug, agency=actor.agency),
        session=session,
        decision=decision,
        lines=[line for _of, line in lines],
        of=[of for of, _line in lines],
        posted_on=on,
        closes_on=deadline.due,
        why=_why(deadline, cite),
        posted_by=actor.key,
    )
    _record(actor, "post", f"honours.posting:{posting.pk}", {"of": source, "on": on, "until": deadline.due})
    return posting


def _deadline(name: str, start: datetime.date) -> tuple[Deadline, str]:
    """A time limit of the packs counted from a day, with its citation; CannotDo when the packs have none."""
    try:
        ruleset = ruleset_on(start)
        days = int(str(ruleset.value(name)))
    except NoRule as error:
        raise CannotDo(f"{error} Bổ sung vào quy chế của cơ quan rồi làm lại.") from error
    return working_deadline(start, days), parameter_words(ruleset, name)


def _why(deadline: Deadline, cite: str) -> str:
    skipped = "; ".join(f"{day:%d/%m} {name}" for day, name in deadline.skipped)
    off = f", không tính ngày nghỉ ({skipped})" if skipped else ""
    return f"{deadline.days} ngày làm việc từ ngày {deadline.counted_from:%d/%m/%Y}{off}; {cite}"


@official_act
def object_to(
    *, actor: Actor, posting: Posting, name: str, contact: str, text: str, about: str, on: datetime.date
) -> Objection:
    """Take an objection from anybody while the posting lasts; an answer is owed by a day of the packs.

    Raises CannotDo when the posting is over, a field is empty or too long, or too many came in one day.
    """
    said = {"name": name, "contact": contact, "text": text}
    fields = {key: _words(key, value) for key, value in said.items()} | {"about": about.strip()[: LONGEST["about"]]}
    posting = Posting.objects.select_for_update(of=("self",)).get(pk=posting.pk)
    if not is_open(posting, on=on):
        raise CannotDo(
            f"Thời gian niêm yết từ {posting.posted_on:%d/%m/%Y} đến hết {posting.closes_on:%d/%m/%Y}; "
            "ngoài thời gian này, gửi đơn trực tiếp cho Thường trực Hội đồng Thi đua - Khen thưởng."
        )
    if posting.objections.filter(received_on=on).count() >= MOST_A_DAY:
        raise CannotDo(
            f"Trong ngày đã nhận {MOST_A_DAY} kiến nghị cho danh sách này, trang tạm ngừng nhận đến hết ngày. Gửi lại "
            f"ngày mai, hoặc gửi đơn trực tiếp cho Thường trực Hội đồng trước hết {posting.closes_on:%d/%m/%Y}."
        )
    deadline, _cite = _deadline(ANSWER_DAYS, on)
    objection = Objection.objects.create(
        agency=actor.agency, posting=posting, received_on=on, answer_due=deadline.due, **fields
    )
    _record(actor, "object_to", f"honours.objection:{objection.pk}", {"posting": posting.pk, "due": deadline.due})
    return objection


@official_act
def answer_objection(*, actor: Actor, objection: Objection, answer: str, on: datetime.date) -> Objection:
    """Answer an objection, once. Raises Refused, MoveRefused, CannotDo."""
    objection = Objection.objects.select_for_update().get(pk=objection.pk)
    move = open_move(OBJECTION, "answer_objection", thing=objection, actor=actor, queries=queries, who=WHO)
    objection.answer = _words("answer", answer)
    if on < objection.received_on:
        raise CannotDo(f"Ngày trả lời {on:%d/%m/%Y} đứng trước ngày nhận {objection.received_on:%d/%m/%Y}.")
    objection.answered_on, objection.answered_by, objection.state = on, actor.key, move.target
    objection.save(update_fields=["answer", "answered_on", "answered_by", "state"])
    _record(actor, "answer_objection", f"honours.objection:{objection.pk}", {"on": on, "due": objection.answer_due})
    return objection


@official_act
def close_posting(*, actor: Actor, posting: Posting, on: datetime.date) -> Posting:
    """Close a posting after its last day, when every objection has its answer.

    Raises Refused, MoveRefused, StillOpen with what waits, CannotDo before the last day is over.
    """
    posting = Posting.objects.select_for_update(of=("self",)).get(pk=posting.pk)
    move = open_move(POSTING, "close_posting", thing=posting, actor=actor, queries=queries, who=WHO)
    if on <= posting.closes_on:
        raise CannotDo(f"Còn trong thời gian niêm yết, đến hết ngày {posting.closes_on:%d/%m/%Y} ({posting.why}).")
    posting.closed_on, posting.state = on, move.target
    posting.save(update_fields=["closed_on", "state"])
    _record(actor, "close_posting", f"honours.posting:{posting.pk}", {"on": on})
    if posting.session is not None:
        _close_for(actor, posting.session)
    return posting


def _close_for(actor: Actor, session: Session) -> None:
    """The session learns that its result no longer hangs, once every posting of it is closed."""
    session = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    rows = list(session.postings.values_list("state", "closed_on"))
    if all(state == PostingState.CLOSED for state, _on in rows):
        note_posting_closed(actor=actor, session=session, on=max(on for _state, on in rows if on))


def _words(key: str, text: str) -> str:
    text = text.strip()
    if not text:
        raise CannotDo(f"Chưa ghi {NAMES[key]}. Ghi rồi gửi lại.")
    if len(text) > LONGEST[key]:
        raise CannotDo(f"Phần {NAMES[key]} dài {len(text)} chữ, tối đa {LONGEST[key]}. Rút ngắn rồi gửi lại.")
    return text


def _record(actor: Actor, verb: str, target: str, payload: dict[str, object]) -> None:
    record(agency_key=actor.agency.pk, actor=actor.key, verb=verb, target=target, payload=payload)
