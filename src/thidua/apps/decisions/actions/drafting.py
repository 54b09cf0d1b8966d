"""Drafting a decision with its list and money, taking lines out, setting problems aside, giving a draft up."""

import datetime
from collections.abc import Sequence

from thidua.apps.accounts.access import CannotDo, require
from thidua.apps.accounts.actions import official_act, open_move
from thidua.apps.accounts.queries import Actor
from thidua.apps.decisions import queries
from thidua.apps.decisions.access import DECIDER, WHO, may_override, may_run_decisions
from thidua.apps.decisions.actions.steps import LONGEST_ARTICLE, LONGEST_REASON, locked, set_aside, words, write_down
from thidua.apps.decisions.models import Decision, Line
from thidua.apps.decisions.queries import (
    HEAD,
    Wanted,
    all_problems,
    annulled_by,
    live_lines,
    name_of,
    overtaken,
    price,
    signing_on,
    taken_back,
    title_name,
)
from thidua.apps.decisions.states import DECISION, DecisionKind, DecisionState
from thidua.apps.nominations.models import Nomination
from thidua.apps.nominations.states import NominationState
from thidua.apps.policy.queries import ruleset_on
from thidua.core.law.citing import cite_words
from thidua.core.law.deciders import decider
from thidua.core.law.errors import NoRule
from thidua.core.law.schema import Ruleset
from thidua.core.law.terms import Kind

LONGEST_SUBJECT = 300


@official_act
def draft_decision(
    *,
    actor: Actor,
    year: int,
    nominations: Sequence[Nomination],
    subject: str,
    dated: datetime.date,
    kind: DecisionKind = DecisionKind.AWARD,
    amends: Decision | None = None,
    because: str = "",
) -> Decision:
    """Draft a decision over nominations that the council passed and the head of the agency decides.

    Money is that of the law on ``dated``. A supplement names the signed decision it amends, and why.
    Raises Refused; CannotDo naming the nomination at fault, or what the packs lack; then nothing was drafted.
    """
    require(may_run_decisions(actor), WHO)
    subject = words(subject, what="trích yếu của quyết định", longest=LONGEST_SUBJECT)
    if kind == DecisionKind.ANNULMENT:
        raise CannotDo("Quyết định hủy bỏ lập từ các dòng của quyết định đã ký. Mở quyết định đó, chọn “Hủy bỏ”.")
    because = _amending(kind, amends, because, year)
    rows = _held_nominations(nominations)
    try:
        ruleset = ruleset_on(dated)
        _check(rows, year=year, ruleset=ruleset)
        decision = _new(actor, year=year, kind=kind, subject=subject, dated=dated, amends=amends, because=because)
        wanted = [Wanted(row.pk, row.person_id, row.unit_id, row.title) for row in rows]
        money = price(ruleset, year=year, wanted=wanted)
    except NoRule as error:
        raise CannotDo(f"{error} Cập nhật bộ luật của cơ quan rồi lập lại; máy không đoán số tiền.") from error
    Line.objects.bulk_create(
        Line(
            agency=actor.agency,
            decision=decision,
            nomination=row,
            person=row.person,
            unit=row.unit,
            title=row.title,
            title_name=money[row.pk].title_name,
            multiplier=money[row.pk].multiplier,
            base_salary=money[row.pk].base_salary,
            amount=money[row.pk].amount,
            why=money[row.pk].why,
            cite=money[row.pk].cite,
        )
        for row in rows
    )
    write_down(
        actor,
        "draft_decision",
        decision,
        {
            "kind": str(kind),
            "dated": dated,
            "amends": amends.pk if amends else None,
            "lines": [[row.pk, row.title, money[row.pk].amount] for row in rows],
        },
        because=because,
    )
    return decision


def _amending(kind: DecisionKind, amends: Decision | None, because: str, year: int) -> str:
    if kind == DecisionKind.AWARD:
        if amends is not None:
            raise CannotDo("Quyết định lần đầu không sửa quyết định nào. Chọn loại “Bổ sung”.")
        return because.strip()[:LONGEST_REASON]
    if amends is None or amends.state != DecisionState.SIGNED or amends.year != year:
        raise CannotDo(f"Quyết định bổ sung phải nêu một quyết định đã ký của năm {year}. Chọn quyết định đó.")
    return words(because, what="lý do bổ sung", longest=LONGEST_REASON)


def _held_nominations(nominations: Sequence[Nomination]) -> list[Nomination]:
    """The nominations as they are now, held: the same one cannot go into two drafts from two tabs."""
    if not nominations:
        raise CannotDo("Chưa chọn ai. Chọn ít nhất một trường hợp Hội đồng đã thông qua.")
    wanted = [row.pk for row in nominations]
    held = Nomination.objects.select_for_update(of=("self",)).filter(pk__in=wanted)
    rows = list(held.select_related("person", "unit", "campaign").order_by("title", "unit__code", "pk"))
    if len(rows) != len(set(wanted)):
        raise CannotDo("Có hồ sơ đề nghị không thuộc cơ quan này. Tải lại trang rồi chọn lại.")
    return rows


def _check(rows: Sequence[Nomination], *, year: int, ruleset: Ruleset) -> None:
    """Every nomination may go into a decision of the head of the agency, each subject once a title."""
    taken = {line.nomination_id: line for line in live_lines(rows)}
    gone = overtaken([row.pk for row in rows])
    seen: set[tuple[int | None, int, str]] = set()
    for row in rows:
        kind: Kind = "person" if row.person_id else "unit"
        found = decider(ruleset, title=row.title)
        label = f"{row.subject} – {title_name(ruleset, kind=kind, title=row.title)}"
        if row.campaign.year != year:
            raise CannotDo(f"{label}: hồ sơ của năm {row.campaign.year}, không phải năm {year}. Bỏ chọn.")
        if row.state != NominationState.PASSED:
            raise CannotDo(f"{label}: hồ sơ đang ở trạng thái “{row.get_state_display()}”. Bỏ chọn.")
        if row.pk in taken:
            raise CannotDo(f"{label}: đã có trong {taken[row.pk].decision} ({taken[row.pk].decision.subject}).")
        if row.pk in gone:
            raise CannotDo(
                f"{label}: kết quả đã bị hủy bỏ bởi {gone[row.pk]}, Hội đồng chưa thông qua lại. Mở hồ sơ, chọn "
                "“Xét lại” để đưa ra Hội đồng, hoặc bỏ chọn."
            )
        if found.by != HEAD:
            raise CannotDo(
                f"{label}: {found.name} quyết định ({cite_words(ruleset, found.cite)}). "
                "Lập tờ trình, đừng đưa vào quyết định của Sở."
            )
        key = (row.person_id, 0 if row.person_id else row.unit_id, row.title)
        if key in seen:
            raise CannotDo(f"{label}: được chọn hai lần. Giữ một hồ sơ, bỏ chọn hồ sơ kia.")
        seen.add(key)


def _new(
    actor: Actor,
    *,
    year: int,
    kind: DecisionKind,
    subject: str,
    dated: datetime.date,
    amends: Decision | None,
    because: str,
    article: str = "",
) -> Decision:
    signing = signing_on(dated)
    return Decision.objects.create(
        agency=actor.agency,
        year=year,
        kind=kind,
        subject=subject,
        dated=dated,
        series=f"QĐ-{actor.agency.code.upper()}",
        signer_post=signing.post,
        signer_name=signing.name,
        amends=amends,
        because=because,
        article=article,
        drafted_by=actor.key,
    )


@official_act
def draft_annulment(
    *, actor: Actor, lines: Sequence[Line], dated: datetime.date, because: str, article: str
) -> Decision:
    """Draft the decision that annuls lines of one signed decision, with the money to take back.

    Raises Refused; CannotDo when a line is not in force or lines of several decisions are mixed. Source of the duty:
    the article that the actor names (Luật Thi đua, khen thưởng, Điều 96; Nghị định 91/2017, Điều 78).
    """
    require(may_run_decisions(actor), WHO)
    because = words(because, what="lý do hủy bỏ", longest=LONGEST_REASON)
    article = words(article, what="căn cứ (điều, khoản, văn bản)", longest=LONGEST_ARTICLE)
    rows = _lines_in_force(lines)
    original = rows[0].decision
    if dated < original.dated:
        raise CannotDo(f"Ngày hủy bỏ {dated:%d/%m/%Y} đứng trước ngày của {original} ({original.dated:%d/%m/%Y}).")
    try:
        back = taken_back(rows)
    except NoRule as error:
        raise CannotDo(f"{error} Cập nhật bộ luật của cơ quan rồi lập lại; máy không đoán số tiền.") from error
    subject = f"Về việc hủy bỏ kết quả khen thưởng tại {original}"
    decision = _new(
        actor,
        year=original.year,
        kind=DecisionKind.ANNULMENT,
        subject=subject,
        dated=dated,
        amends=original,
        because=because,
        article=article,
    )
    Line.objects.bulk_create(
        Line(
            agency=actor.agency,
            decision=decision,
            person=row.person,
            unit=row.unit,
            title=row.title,
            title_name=row.title_name,
            multiplier=row.multiplier,
            base_salary=row.base_salary,
            amount=back[row.pk].amount,
            why=back[row.pk].why,
            cite=row.cite,
            annuls=row,
        )
        for row in rows
    )
    payload: dict[str, object] = {"dated": dated, "lines": [[row.pk, back[row.pk].amount] for row in rows]}
    write_down(actor, "draft_annulment", decision, payload | {"article": article}, because=because)
    return decision


def _lines_in_force(lines: Sequence[Line]) -> list[Line]:
    if not lines:
        raise CannotDo("Chưa chọn dòng nào để hủy bỏ. Chọn ít nhất một dòng.")
    wanted = [line.pk for line in lines]
    list(Line.objects.select_for_update().filter(pk__in=wanted).order_by("pk"))
    # read again once they are held: a joined row would be as it was before another tab let go of the lines
    found = Line.objects.filter(pk__in=wanted).select_related("decision", "person", "unit", "annulled_by__decision")
    rows = list(found.order_by("pk"))
    for row in rows:
        if row.decision.state != DecisionState.SIGNED or row.decision.kind == DecisionKind.ANNULMENT:
            raise CannotDo(f"{name_of(row)}: {row.decision} chưa có hiệu lực, không có gì để hủy bỏ.")
        if by := annulled_by(row):
            raise CannotDo(f"{name_of(row)} – {row.title_name}: đã bị hủy bỏ bởi {by}.")
        if (draft := getattr(row, "annulled_by", None)) is not None:
            raise CannotDo(f"{name_of(row)} – {row.title_name}: đang có trong dự thảo “{draft.decision.subject}”.")
    if len({row.decision_id for row in rows}) != 1:
        raise CannotDo("Mỗi quyết định hủy bỏ chỉ về một quyết định. Chọn các dòng của cùng một quyết định.")
    return rows


@official_act
def drop_line(*, actor: Actor, line: Line, because: str) -> None:
    """Take a line out of a draft; the money of the subject's other lines is worked out again.

    Raises Refused; CannotDo when the decision is not a draft any more or this is its last line.
    """
    require(may_run_decisions(actor), WHO)
    because = words(because, what="lý do bỏ dòng", longest=LONGEST_REASON)
    decision = locked(line.decision)
    if decision.state != DecisionState.DRAFTED:
        raise CannotDo(f"{decision} không còn là dự thảo. Rút về dự thảo trước khi bỏ dòng.")
    rows = list(decision.lines.select_related("person", "unit", "annuls"))
    row = next((item for item in rows if item.pk == line.pk), None)
    if row is None:
        raise CannotDo("Dòng này đã được bỏ trước đó. Tải lại trang.")
    if len(rows) == 1:
        raise CannotDo("Đây là dòng cuối cùng. Bỏ cả dự thảo thay vì bỏ dòng.")
    payload: dict[str, object] = {"nomination": row.nomination_id, "annuls": row.annuls_id, "title": row.title}
    payload |= {"person": row.person_id, "unit": row.unit_id, "amount": row.amount}
    kept = [item for item in rows if item.pk != row.pk]
    row.delete()
    try:
        _price_again(decision, kept)
    except NoRule as error:
        raise CannotDo(f"{error} Cập nhật bộ luật của cơ quan rồi làm lại.") from error
    write_down(actor, "drop_line", decision, payload, because=because)


def _price_again(decision: Decision, rows: Sequence[Line]) -> None:
    if decision.kind == DecisionKind.ANNULMENT:
        back = taken_back(list(Line.objects.filter(annulled_by__in=rows).select_related("decision", "person", "unit")))
        for row in rows:
            assert row.annuls_id is not None  # every line of an annulment annuls one
            row.amount, row.why = back[row.annuls_id].amount, back[row.annuls_id].why
    else:
        wanted = [Wanted(row.pk, row.person_id, row.unit_id, row.title) for row in rows]
        money = price(ruleset_on(decision.dated), year=decision.year, wanted=wanted)
        for row in rows:
            row.amount, row.why, row.cite = money[row.pk].amount, money[row.pk].why, money[row.pk].cite
    Line.objects.bulk_update(rows, ["amount", "why", "cite"])


@official_act
def override_problem(*, actor: Actor, decision: Decision, problem: str, because: str, article: str) -> Decision:
    """Set one open problem aside, by name, with a reason and an article. Raises Refused, CannotDo."""
    require(may_override(actor), DECIDER)
    decision = locked(decision)
    if decision.state not in (DecisionState.DRAFTED, DecisionState.SENT):
        raise CannotDo(f"{decision} không còn chờ ký. Muốn sửa, lập quyết định bổ sung hoặc hủy bỏ.")
    set_aside(actor, decision, problem=problem, because=because, article=article, found=all_problems(decision))
    return decision


@official_act
def cancel(*, actor: Actor, decision: Decision, because: str) -> Decision:
    """Give a draft up; a number that it had taken stays taken. Raises Refused, MoveRefused, CannotDo."""
    decision = locked(decision)
    move = open_move(DECISION, "cancel", thing=decision, actor=actor, queries=queries, who=WHO)
    because = words(because, what="lý do bỏ dự thảo", longest=LONGEST_REASON)
    decision.state = move.target
    decision.save(update_fields=["state"])
    # so that the lines it would have annulled may be annulled by another decision; the record keeps which they were
    annuls = list(decision.lines.filter(annuls__isnull=False).values_list("annuls_id", flat=True))
    decision.lines.filter(annuls__isnull=False).update(annuls=None)
    write_down(actor, "cancel", decision, {"number": decision.number, "annuls": annuls}, because=because)
    return decision
