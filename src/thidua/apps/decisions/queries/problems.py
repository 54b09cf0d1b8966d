"""What stands in the way of sending or signing: each a sentence that says what to do.

A problem of law or fact can be set aside by the director, with a reason and an article; a missing part cannot.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from django.db.models import Max, Subquery
from django.utils import timezone

from thidua.apps.councils.models import Item
from thidua.apps.councils.queries import POSTING_DAYS
from thidua.apps.councils.states import SessionState
from thidua.apps.decisions.models import Decision, Line, Proposal, ProposalLine
from thidua.apps.decisions.queries.awards import missing_awards
from thidua.apps.decisions.queries.lists import (
    HEAD,
    LIVE,
    annulled_by,
    law_if_any,
    lines_of,
    lines_of_proposal,
    name_of,
    title_name,
    title_names,
)
from thidua.apps.decisions.queries.votes import council_votes, opened, sessions_in
from thidua.apps.decisions.states import DecisionKind, DecisionState
from thidua.apps.evaluations.models import FindingRow, Run
from thidua.apps.evaluations.states import Outcome
from thidua.apps.nominations.models import Appraisal, Hold, Nomination
from thidua.apps.nominations.states import NominationState
from thidua.apps.policy.queries import ruleset_on
from thidua.apps.records.models import Award, Discipline, Fact
from thidua.apps.records.queries import grave_facts_since
from thidua.core.law.citing import parameter_words
from thidua.core.law.deciders import decider
from thidua.core.law.errors import NoRule
from thidua.core.law.places import AGENCY, POOLED, WHO, limit_scope, limit_words, places_of
from thidua.core.law.schema import Limit, Ruleset
from thidua.core.law.terms import Kind

AGAINST = (Outcome.NOT_MET, Outcome.NOT_REVIEWED, Outcome.DEFERRED)
OR_DROP = "hoặc bỏ dòng này khỏi dự thảo"
OR_CANCEL = "hoặc bỏ dự thảo tờ trình này rồi lập lại không có trường hợp này"


def sending_problems(decision: Decision) -> list[str]:
    """What is still open before a draft may go out for signature."""
    lines = lines_of(decision)
    return [*missing_parts(decision, lines=lines), *open_problems(decision, lines=lines)]


def signing_problems(decision: Decision) -> list[str]:
    """What is still open before the signed copy may be taken: the same, looked at again on that day."""
    return sending_problems(decision)


def open_problems(decision: Decision, *, lines: Sequence[Line] | None = None) -> list[str]:
    """Problems of law and fact that nobody has set aside."""
    aside = {override["problem"] for override in decision.overrides}
    return [problem for problem in all_problems(decision, lines=lines) if problem not in aside]


def all_problems(decision: Decision, *, lines: Sequence[Line] | None = None) -> list[str]:
    """Every problem of law and fact, set aside or not; ``lines`` when the caller has read them already."""
    lines = lines_of(decision) if lines is None else lines
    if decision.kind == DecisionKind.ANNULMENT:
        return list(_annulment(decision, lines))
    nominations = [line.nomination for line in lines if line.nomination]
    votes = council_votes([row.pk for row in nominations])
    others = _other_lines(decision)
    found = [
        *_not_passed(lines),
        *_against_the_law(
            decision.year, [(line.nomination, line.title_name) for line in lines if line.nomination], otherwise=OR_DROP
        ),
        *_grave_facts(decision.year, nominations, votes, otherwise=OR_DROP),
        *_awarded_already(lines, others),
        *_ended_units(decision.dated, lines),
        *_sessions(decision.dated, votes),
    ]
    try:
        rules = ruleset_on(decision.dated)
        found += _postings(rules, decision.dated, votes)
        found += _limits(rules, lines, others)
    except NoRule as error:
        found.append(f"Chưa kiểm được tỷ lệ: {error} Cập nhật bộ luật của cơ quan.")
    return found


def missing_parts(decision: Decision, *, lines: Sequence[Line]) -> list[str]:
    """Parts without which no paper can go out; nobody can set these aside."""
    found = []
    if not lines:
        found.append("Danh sách của quyết định đang trống. Bỏ dự thảo này và lập dự thảo khác.")
    if not decision.signer_name:
        found.append(
            "Chưa biết ai ký: không có tài khoản nào giữ vai trò Giám đốc gắn với một người vào ngày "
            f"{decision.dated:%d/%m/%Y}. Giao vai trò Giám đốc rồi lập lại dự thảo."
        )
    if decision.state == DecisionState.SIGNED:
        return found
    if decision.kind == DecisionKind.ANNULMENT:
        found += missing_awards(lines)
    else:
        found += _on_record(decision.year, lines)
    return found


def proposal_problems(proposal: Proposal, *, lines: Sequence[ProposalLine] | None = None) -> list[str]:
    """What is still open before a proposal may go out, but for what was set aside."""
    lines = lines_of_proposal(proposal) if lines is None else lines
    return [*proposal_missing(proposal, lines=lines), *proposal_open(proposal, lines=lines)]


def proposal_open(proposal: Proposal, *, lines: Sequence[ProposalLine]) -> list[str]:
    """Problems of law and fact of a proposal that nobody has set aside."""
    aside = {override["problem"] for override in proposal.overrides}
    return [problem for problem in all_proposal_problems(proposal, lines=lines) if problem not in aside]


def all_proposal_problems(proposal: Proposal, *, lines: Sequence[ProposalLine]) -> list[str]:
    """Every problem of law and fact of a proposal, set aside or not."""
    nominations = [line.nomination for line in lines]
    votes = council_votes([row.pk for row in nominations])
    ruleset = law_if_any(proposal.dated)
    names = title_names(nominations, ruleset)
    named = [(row, names[row.pk]) for row in nominations]
    return [
        *(
            f"{subject_of(row)} – {name}: hồ sơ đang ở trạng thái “{row.get_state_display()}”, không còn là Hội đồng "
            f"thông qua. Giải quyết hồ sơ, {OR_CANCEL}."
            for row, name in named
            if row.state != NominationState.PASSED
        ),
        *_against_the_law(proposal.year, named, otherwise=OR_CANCEL),
        *_grave_facts(proposal.year, nominations, votes, otherwise=OR_CANCEL),
        *_sessions(proposal.dated, votes),
        *(_postings(ruleset, proposal.dated, votes) if ruleset else ()),
    ]


def proposal_missing(proposal: Proposal, *, lines: Sequence[ProposalLine]) -> list[str]:
    """What nobody can set aside: titles that the own head decides, and what the packs lack."""
    rows = {line.nomination.title: line.nomination for line in lines}
    try:
        ruleset = ruleset_on(proposal.dated)
        own = {
            title_name(ruleset, kind="person" if row.person_id else "unit", title=title)
            for title, row in rows.items()
            if decider(ruleset, title=title).by == HEAD
        }
    except NoRule as error:
        return [f"{error} Cập nhật bộ luật của cơ quan."]
    return [f"{name}: Giám đốc quyết định, không phải trình. Lập dự thảo quyết định." for name in sorted(own)]


def subject_of(row: Nomination) -> str:
    """Who is put forward."""
    return row.person.full_name if row.person else row.unit.name


def _annulment(decision: Decision, lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        original = line.annuls
        if original is None:
            yield f"{name_of(line)}: dòng này không chỉ vào dòng nào của quyết định bị hủy. Bỏ dòng này."
        elif (by := annulled_by(original)) is not None and by.pk != decision.pk:
            yield f"{name_of(line)} – {line.title_name}: đã bị hủy bởi {by}. Bỏ dòng này."


def _not_passed(lines: Sequence[Line]) -> Iterator[str]:
    rows = [line.nomination_id for line in lines if line.nomination and line.nomination.state != NominationState.PASSED]
    if not rows:
        return
    holds = {hold.nomination_id: hold for hold in Hold.objects.filter(nomination__in=rows, released_on__isnull=True)}
    for line in lines:
        row = line.nomination
        if row is None or row.state == NominationState.PASSED:
            continue
        hold = holds.get(row.pk)
        why = f" ({hold.reason}; {hold.article})" if hold else ""
        yield (
            f"{name_of(line)} – {line.title_name}: hồ sơ đang ở trạng thái “{row.get_state_display()}”{why}. "
            f"Giải quyết hồ sơ, {OR_DROP}."
        )


def _against_the_law(year: int, named: Sequence[tuple[Nomination, str]], *, otherwise: str) -> Iterator[str]:
    """Whom the latest run finds against, when nobody answered for that as the nomination was drafted."""
    unanswered = [(row, name) for row, name in named if not row.override_because]
    if not unanswered:
        return
    newest = Run.objects.filter(year=year).values("pk")[:1]
    rows = FindingRow.objects.filter(judged__run=Subquery(newest), outcome__in=AGAINST).order_by()
    found: dict[tuple[int | None, int, str], str] = {
        (person, 0 if person else unit, title): outcome
        for person, unit, title, outcome in rows.values_list("judged__person", "judged__unit", "title", "outcome")
    }
    for row, name in unanswered:
        if outcome := found.get(_key(row)):
            yield (
                f"{subject_of(row)} – {name}: lần xét gần nhất theo luật cho kết quả “{Outcome(outcome).label}”. "
                f"Sửa dữ kiện sai rồi xét lại, {otherwise}."
            )


def _grave_facts(
    year: int, nominations: Sequence[Nomination], votes: Sequence[Item], *, otherwise: str
) -> Iterator[str]:
    """Discipline and open petitions that came on record after the vote; what the council knew it weighed itself."""
    for moment, group in _by_vote(year, nominations, votes).items():
        people = {row.person_id: subject_of(row) for row in group if row.person_id}
        units = {row.unit_id: row.unit.name for row in group if not row.person_id}
        for fact in grave_facts_since(moment, list(people), list(units)):
            name = people.get(getattr(fact, "person_id", None) or 0) or units.get(getattr(fact, "unit_id", 0), "")
            yield f"{name}: {_grave_words(fact)}, ghi nhận sau khi Hội đồng biểu quyết. Tạm dừng xét, {otherwise}."


def _grave_words(fact: Fact) -> str:
    """What came on record, in the fewest words: the file itself is read by those who may."""
    if isinstance(fact, Discipline):
        return f"có quyết định kỷ luật ngày {fact.decided_on:%d/%m/%Y}"
    return f"có việc đang được xem xét, thụ lý ngày {fact.accepted_on:%d/%m/%Y}"  # type: ignore[attr-defined]  # the only other grave fact is a petition


def _by_vote(
    year: int, nominations: Sequence[Nomination], votes: Sequence[Item]
) -> dict[datetime.datetime, list[Nomination]]:
    """Nominations by the moment of the record up to which the council knew the facts.

    The opening of the session; without one the last appraisal; without that the start of the year.
    """
    held = opened({item.session_id for item in votes})
    known = {item.subject_id: held[item.session_id] for item in votes if item.session_id in held}
    if rest := [row.pk for row in nominations if row.pk not in known]:
        appraised = Appraisal.objects.filter(nomination__in=rest).values_list("nomination")
        known |= dict(appraised.annotate(last=Max("at")).order_by())
    start = datetime.datetime(year, 1, 1, tzinfo=timezone.get_default_timezone())
    found: defaultdict[datetime.datetime, list[Nomination]] = defaultdict(list)
    for row in nominations:
        found[known.get(row.pk, start)].append(row)
    return found


def _sessions(dated: datetime.date, votes: Sequence[Item]) -> Iterator[str]:
    for session in sessions_in(votes):
        if session.held_on > dated:
            yield (
                f"Ngày {dated:%d/%m/%Y} đứng trước ngày họp Hội đồng {session.held_on:%d/%m/%Y}. "
                "Lập lại với ngày từ ngày họp trở đi."
            )
        if session.state != SessionState.MINUTED:
            yield f"{session.title}: chưa ký biên bản. Ký biên bản của phiên họp trước."


def _postings(rules: Ruleset, dated: datetime.date, votes: Sequence[Item]) -> Iterator[str]:
    """Results whose posting is not over, where the agency's rules of that day ask for one before the decision."""
    if POSTING_DAYS not in rules.parameters:
        return
    cite = parameter_words(rules, POSTING_DAYS)
    last = {item.subject_id: item for item in sorted(votes, key=lambda item: (item.session.held_on, item.pk))}
    for session in sessions_in([item for item in last.values() if item.passed]):
        until, closed = session.posted_until, session.posting_closed_on
        if until is None:
            yield f"{session.title}: chưa niêm yết kết quả ({cite}). Niêm yết, hết hạn thì kết thúc niêm yết trước."
        elif closed is None:
            yield (
                f"{session.title}: kết quả niêm yết đến hết {until:%d/%m/%Y}, chưa kết thúc ({cite}). "
                "Hết ngày ấy, trả lời mọi kiến nghị rồi kết thúc niêm yết trước."
            )
        elif dated < closed:
            yield (
                f"Ngày {dated:%d/%m/%Y} đứng trước ngày kết thúc niêm yết kết quả {closed:%d/%m/%Y} ({cite}). "
                "Lập lại với ngày từ ngày ấy trở đi."
            )


def _other_lines(decision: Decision) -> list[Line]:
    """What other decisions of the year give or are about to give, annulled lines apart."""
    others = Line.objects.filter(decision__year=decision.year, decision__state__in=LIVE).exclude(decision=decision)
    others = others.exclude(decision__kind=DecisionKind.ANNULMENT)
    rows = others.select_related("decision", "unit", "annulled_by__decision")
    return [line for line in rows if annulled_by(line) is None]


def _awarded_already(lines: Sequence[Line], others: Sequence[Line]) -> Iterator[str]:
    given = {_key(other): other.decision for other in others}
    for line in lines:
        if (other := given.get(_key(line))) is not None:
            said = "đã có trong" if other.state == DecisionState.SIGNED else "đang có trong dự thảo"
            yield f"{name_of(line)} – {line.title_name}: {said} {other} ({other.subject}). Bỏ dòng này khỏi dự thảo."


def _on_record(year: int, lines: Sequence[Line]) -> Iterator[str]:
    """Awards that the records have already, from whatever source: the signed copy could not write them again."""
    facts = Award.objects.current().filter(year=year, title__in={line.title for line in lines})
    there = {(fact.person_id, fact.unit_id or 0, fact.title): fact.decision for fact in facts}
    for line in lines:
        if (paper := there.get(_key(line))) is not None:
            said = f" theo {paper}" if paper else ""
            yield (
                f"{name_of(line)} – {line.title_name}: hồ sơ đã ghi danh hiệu này năm {year}{said}. "
                "Hủy ghi nhận ấy nếu ghi nhầm, hoặc bỏ dòng này khỏi dự thảo."
            )


def _key(line: Line | Nomination) -> tuple[int | None, int, str]:
    return (line.person_id, 0 if line.person_id else line.unit_id, line.title)


def _ended_units(dated: datetime.date, lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        if line.unit.until is not None and line.unit.until < dated:
            yield (
                f"{name_of(line)} – {line.title_name}: {line.unit.name} đã kết thúc hoạt động ngày "
                f"{line.unit.until:%d/%m/%Y}. Kiểm tra đơn vị kế thừa, {OR_DROP}."
            )


def _limits(ruleset: Ruleset, lines: Sequence[Line], others: Sequence[Line]) -> Iterator[str]:
    """Shares of law over what is really awarded: this list and the signed ones of the year together."""
    before = [line for line in others if line.decision.state == DecisionState.SIGNED]
    for limit in ruleset.limits:
        own = [line for line in lines if _subject_kind(line) == limit.kind]
        if any(line.title == limit.title for line in own):
            yield from _limit(ruleset, limit, [*(line for line in before if _subject_kind(line) == limit.kind), *own])


def _subject_kind(line: Line) -> Kind:
    return "person" if line.person_id else "unit"


def _limit(ruleset: Ruleset, limit: Limit, lines: Sequence[Line]) -> Iterator[str]:
    scope_word = limit_scope(limit, ruleset)
    base, given = (
        Counter("" if scope_word == AGENCY else line.unit.name for line in lines if line.title == title)
        for title in (limit.base, limit.title)
    )
    names = {line.title: line.title_name for line in lines}
    base_name = names.get(limit.base) or ruleset.rule(limit.kind, limit.base).name
    who = WHO[limit.kind]
    places = places_of(limit, ruleset, {scope: base[scope] for scope in {*base, *given}})
    pool = base.total() if scope_word == POOLED else None
    for scope, count in given.items():
        most = places[scope].most
        if count > most:
            yield (
                f"{names[limit.title]}{f' ({scope})' if scope else ''}: {count} {who}, tối đa {most} của "
                f"{base[scope]} {who} được công nhận {base_name} "
                f"({limit_words(limit, ruleset, base[scope], pool=pool)}). "
                "Hội đồng chọn, bỏ bớt dòng khỏi dự thảo."
            )
