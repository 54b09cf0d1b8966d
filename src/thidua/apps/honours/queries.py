"""Reads of postings, of the objections that are owed an answer, and of the honour roll."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django_scopes import scopes_disabled

from thidua.apps.audit.models import Payload
from thidua.apps.councils.models import Session
from thidua.apps.councils.states import CouncilKind, ItemState, SessionState
from thidua.apps.decisions.models import Decision, Line
from thidua.apps.decisions.queries import annulled_by, awards_of_year, lines_of, live_lines, name_of, title_name
from thidua.apps.decisions.states import DecisionKind, DecisionState
from thidua.apps.honours.models import Objection, Posting
from thidua.apps.honours.states import ObjectionState, PostingKind, PostingState
from thidua.apps.nominations.models import Hold, Nomination, Remark
from thidua.apps.nominations.states import NominationState
from thidua.apps.policy.queries import ruleset_on
from thidua.apps.units.models import Agency
from thidua.core.calendar import working_days_between

NOMINATION = "nomination"
PUBLIC_STATES = (DecisionState.SIGNED,)
PostedLine = dict[str, str]


def posting_problems(posting: Posting) -> list[str]:
    """What is still open before a posting may be closed: every objection is owed an answer."""
    rows = posting.objections.filter(state=ObjectionState.RECEIVED)
    return [
        f"Kiến nghị số {row.pk} nhận ngày {row.received_on:%d/%m/%Y} chưa được trả lời, hạn "
        f"{row.answer_due:%d/%m/%Y}. Trả lời trước khi kết thúc niêm yết."
        for row in rows
    ]


def postings() -> QuerySet[Posting]:
    """The agency's postings, newest first, with how many objections each has and how many wait."""
    waiting = Q(objections__state=ObjectionState.RECEIVED)
    counted = Posting.objects.annotate(
        objections_count=Count("objections"), waiting_count=Count("objections", filter=waiting)
    )
    return counted.order_by("-posted_on", "-pk")


def public_posting(slug: str) -> Posting | None:
    """One posting of the agency in scope, by its public address."""
    return Posting.objects.select_related("decision", "agency").filter(slug=slug).first()


@dataclass(frozen=True)
class Owed:
    """An objection that waits, and how many working days are left for its answer (negative: overdue)."""

    objection: Objection
    days_left: int

    @property
    def is_overdue(self) -> bool:
        """Whether the day has passed."""
        return self.days_left < 0


def owed(*, on: datetime.date) -> list[Owed]:
    """Objections that wait for an answer, the most urgent first."""
    rows = Objection.objects.filter(state=ObjectionState.RECEIVED).select_related("posting")
    return [Owed(row, working_days_between(on, row.answer_due)) for row in rows.order_by("answer_due", "pk")]


def is_open(posting: Posting, *, on: datetime.date) -> bool:
    """Whether objections are taken on a day."""
    return posting.state == PostingState.POSTED and posting.posted_on <= on <= posting.closes_on


def passed_lines(session: Session) -> list[tuple[int, PostedLine]]:
    """Whom a session passed, for posting: the nomination, and of it name, unit, title and nothing else."""
    voted = session.items.filter(subject_kind=NOMINATION, state=ItemState.VOTED, passed=True)
    rows = Nomination.objects.filter(pk__in=voted.values("subject_id")).select_related("person", "unit")
    ruleset = ruleset_on(session.held_on)
    return [
        (row.pk, _posted(row, title_name(ruleset, kind="person" if row.person_id else "unit", title=row.title)))
        for row in rows.order_by("title", "unit__code", "person__sort_key")
    ]


def decision_lines(decision: Decision) -> list[tuple[int, PostedLine]]:
    """The list of a decision, for posting: each line, and the words of it that are posted."""
    return [(line.pk, _posted(line, line.title_name)) for line in lines_of(decision)]


def _posted(row: Line | Nomination, title: str) -> PostedLine:
    return {"name": name_of(row), "unit": row.unit.name, "title": title}


@dataclass(frozen=True)
class Mark:
    """That a posted line no longer stands, since a day: annulled by a decision, or out of the list (for a while).

    Why is not said: the page is public.
    """

    day: datetime.date | None
    by: Decision | None = None
    is_held: bool = False


@dataclass(frozen=True)
class PostedRow:
    """A line as it was posted, and what became of it; ``mark`` is None for a line that stands."""

    line: PostedLine
    mark: Mark | None


def posted_lines(posting: Posting) -> list[tuple[PostedLine, int | None]]:
    """Every line of a posting with the id behind it, which postings of an older version do not have."""
    return list(zip(posting.lines, posting.of or [None] * len(posting.lines), strict=True))


def posted_rows(posting: Posting, lines: Sequence[tuple[PostedLine, int | None]]) -> list[PostedRow]:
    """Some lines of a posting, word for word, each with what became of it since."""
    ids = [of for _line, of in lines if of is not None]
    marks = _result_marks(ids) if posting.kind == PostingKind.RESULT else _line_marks(Line.objects.filter(pk__in=ids))
    return [PostedRow(line, marks.get(of) if of is not None else None) for line, of in lines]


def _line_marks(lines: QuerySet[Line]) -> dict[int, Mark]:
    """Marks of annulled lines, by line."""
    rows = lines.filter(annulled_by__decision__state=DecisionState.SIGNED).select_related("annulled_by__decision")
    found = {row.pk: annulled_by(row) for row in rows}
    return {pk: Mark(by.dated, by=by) for pk, by in found.items() if by is not None}


def _result_marks(ids: Sequence[int]) -> dict[int, Mark]:
    """Marks of nominations that were held or withdrawn, taken out of a draft for good, or annulled after all."""
    rows = Nomination.objects.filter(pk__in=ids)
    gone = [row for row in rows if row.state != NominationState.PASSED]
    withdrawn = dict(Remark.objects.filter(nomination__in=gone, verb="withdraw").values_list("nomination", "on"))
    holds = Hold.objects.filter(nomination__in=gone, released_on__isnull=True).values_list("nomination", "since")
    found = {row.pk: Mark(withdrawn.get(row.pk)) for row in gone}
    found |= {pk: Mark(since, is_held=True) for pk, since in holds}
    live = {line.nomination_id for line in live_lines(rows)}
    dropped = Payload.objects.filter(entry__verb="drop_line", body__nomination__in=[*ids]).order_by("entry__seq")
    for of, at in dropped.values_list("body__nomination", "entry__at"):
        found.setdefault(of, Mark(timezone.localdate(at)))
    lines = Line.objects.filter(nomination__in=ids)
    ended = _line_marks(lines)
    found |= {of: ended[pk] for pk, of in lines.order_by("pk").values_list("pk", "nomination") if pk in ended}
    return {pk: mark for pk, mark in found.items() if pk not in live or mark.is_held}


def free_slug(wanted: str, *, agency: Agency) -> str:
    """The wanted public address, or with the agency's code and a counter when it is taken."""
    with scopes_disabled():  # addresses are unique over all agencies
        taken = set(Posting.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    tries = (wanted, f"{wanted}-{agency.code}"[:40], *(f"{wanted}-{number}" for number in range(2, len(taken) + 3)))
    return next(slug for slug in tries if slug not in taken)


@dataclass(frozen=True)
class RollGroup:
    """One title of the honour roll: collectives or people with their units and decisions."""

    title: str
    lines: Sequence[Line]


@dataclass(frozen=True)
class RollUnit:
    """One unit of the honour roll with its titles."""

    name: str
    groups: Sequence[RollGroup]


def honour_lines(year: int) -> list[Line]:
    """Who was honoured in a year by decisions in force, in the order of the honour roll."""
    return sorted(awards_of_year(year), key=lambda line: (line.unit.code, line.person_id is not None))


def by_unit(lines: Iterable[Line]) -> list[RollUnit]:
    """Lines of the honour roll unit by unit, title by title."""
    found: defaultdict[str, defaultdict[str, list[Line]]] = defaultdict(lambda: defaultdict(list))
    for line in lines:
        found[line.unit.name][line.title_name].append(line)
    return [
        RollUnit(unit, [RollGroup(title, rows) for title, rows in groups.items()]) for unit, groups in found.items()
    ]


@dataclass(frozen=True)
class Front:
    """The agency's public first page: what is posted now, the decisions, the years of the honour roll."""

    postings: Sequence[Posting]
    decisions: Sequence[Decision]
    years: Sequence[int]


def front(*, most: int) -> Front:
    """What an agency shows to everybody: its newest postings and signed decisions, at most ``most`` of each."""
    signed = Decision.objects.filter(state__in=PUBLIC_STATES)
    years = signed.exclude(kind=DecisionKind.ANNULMENT).values_list("year", flat=True).order_by("-year").distinct()
    return Front(
        postings=list(Posting.objects.select_related("decision")[:most]),
        decisions=list(signed.order_by("-dated", "-number")[:most]),
        years=list(years),
    )


def public_decision(pk: int) -> Decision | None:
    """A signed decision of the agency in scope; a draft is nobody's business yet."""
    return Decision.objects.select_related("amends", "agency").filter(pk=pk, state__in=PUBLIC_STATES).first()


def sessions_to_post() -> QuerySet[Session]:
    """The emulation council's finished sessions, newest first."""
    done = (SessionState.CLOSED, SessionState.MINUTED)
    return Session.objects.filter(state__in=done, council__kind=CouncilKind.EMULATION)


def decisions_to_post() -> QuerySet[Decision]:
    """Signed decisions that were never posted, newest first."""
    return Decision.objects.filter(state=DecisionState.SIGNED, postings__isnull=True)
