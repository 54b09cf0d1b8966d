"""Proposals to whoever decides a title that the head of the agency cannot: drafted, sent, answered, or cancelled."""

import datetime
from collections.abc import Sequence

from django.db import IntegrityError, transaction

from thidua.apps.accounts.access import CannotDo, require
from thidua.apps.accounts.actions import official_act, open_move
from thidua.apps.accounts.queries import Actor
from thidua.apps.decisions import queries
from thidua.apps.decisions.access import DECIDER, WHO, may_override, may_run_decisions
from thidua.apps.decisions.actions.steps import LONGEST_REASON, set_aside, words, write_down
from thidua.apps.decisions.models import Proposal, ProposalLine
from thidua.apps.decisions.queries import HEAD, all_proposal_problems, lines_of_proposal, proposal_paper, title_name
from thidua.apps.decisions.states import PROPOSAL, ProposalState
from thidua.apps.files.actions import store_file, take_number
from thidua.apps.nominations.models import Nomination
from thidua.apps.nominations.states import NominationState
from thidua.apps.policy.queries import ruleset_on
from thidua.core.law.deciders import decider
from thidua.core.law.errors import NoRule
from thidua.core.law.schema import Ruleset
from thidua.core.papers.errors import BadPaper
from thidua.core.papers.pdf import paper_pdf

LONGEST_ADDRESSEE = 200
LONGEST_ANSWER = 500


@official_act
def draft_proposal(
    *, actor: Actor, year: int, nominations: Sequence[Nomination], addressed_to: str, dated: datetime.date
) -> Proposal:
    """Draft a proposal over nominations that the council passed and somebody above the agency decides.

    Raises Refused; CannotDo naming the nomination at fault; then nothing was drafted.
    """
    require(may_run_decisions(actor), WHO)
    addressed_to = words(addressed_to, what="nơi nhận tờ trình", longest=LONGEST_ADDRESSEE)
    wanted = [row.pk for row in nominations]
    list(Nomination.objects.select_for_update().filter(pk__in=wanted).order_by("pk"))
    # read again once they are held: a joined row would be as it was before another tab let go of them
    held = Nomination.objects.filter(pk__in=wanted)
    rows = list(held.select_related("person", "unit", "campaign").order_by("title", "pk"))
    if not rows:
        raise CannotDo("Chưa chọn ai. Chọn ít nhất một trường hợp Hội đồng đã thông qua.")
    try:
        ruleset = ruleset_on(dated)
        taken = {line.nomination_id: line.proposal for line in _live_lines(wanted)}
        for row in rows:
            _check(row, year=year, ruleset=ruleset, taken=taken.get(row.pk))
    except NoRule as error:
        raise CannotDo(f"{error} Cập nhật bộ luật của cơ quan rồi lập lại.") from error
    proposal = Proposal.objects.create(
        agency=actor.agency,
        year=year,
        addressed_to=addressed_to,
        dated=dated,
        series=f"TTr-{actor.agency.code.upper()}",
        drafted_by=actor.key,
    )
    ProposalLine.objects.bulk_create(
        ProposalLine(agency=actor.agency, proposal=proposal, nomination=row) for row in rows
    )
    payload: dict[str, object] = {"to": addressed_to, "dated": dated, "nominations": [row.pk for row in rows]}
    write_down(actor, "draft_proposal", proposal, payload)
    return proposal


def _live_lines(nominations: Sequence[int]) -> list[ProposalLine]:
    return list(ProposalLine.objects.filter(nomination__in=nominations, live=True).select_related("proposal"))


def _check(row: Nomination, *, year: int, ruleset: Ruleset, taken: Proposal | None) -> None:
    label = f"{row.subject} – {title_name(ruleset, kind='person' if row.person_id else 'unit', title=row.title)}"
    if row.campaign.year != year:
        raise CannotDo(f"{label}: hồ sơ của năm {row.campaign.year}, không phải năm {year}. Bỏ chọn.")
    if row.state != NominationState.PASSED:
        raise CannotDo(f"{label}: hồ sơ đang ở trạng thái “{row.get_state_display()}”. Bỏ chọn.")
    if taken is not None:
        raise CannotDo(f"{label}: đã có trong tờ trình gửi {taken.addressed_to}. Bỏ chọn.")
    if (found := decider(ruleset, title=row.title)).by == HEAD:
        raise CannotDo(f"{label}: {found.name} quyết định, không phải trình. Lập dự thảo quyết định.")


@official_act
def override_in_proposal(*, actor: Actor, proposal: Proposal, problem: str, because: str, article: str) -> Proposal:
    """Set one open problem of a draft aside, by name, with a reason and an article. Raises Refused, CannotDo."""
    require(may_override(actor), DECIDER)
    proposal = _locked(proposal)
    if proposal.state != ProposalState.DRAFTED:
        raise CannotDo("Tờ trình không còn là dự thảo. Tải lại trang.")
    found = all_proposal_problems(proposal, lines=lines_of_proposal(proposal))
    set_aside(actor, proposal, problem=problem, because=because, article=article, found=found)
    return proposal


@official_act
def cancel_proposal(*, actor: Actor, proposal: Proposal, because: str) -> Proposal:
    """Give a draft up: its nominations may be proposed again. Raises Refused, MoveRefused, CannotDo."""
    proposal = _locked(proposal)
    move = open_move(PROPOSAL, "cancel_proposal", thing=proposal, actor=actor, queries=queries, who=WHO)
    proposal.because = words(because, what="lý do bỏ dự thảo", longest=LONGEST_REASON)
    proposal.state = move.target
    proposal.save(update_fields=["because", "state"])
    freed = list(proposal.lines.order_by("pk").values_list("nomination_id", flat=True))
    proposal.lines.update(live=False)
    write_down(actor, "cancel_proposal", proposal, {"nominations": freed}, because=proposal.because)
    return proposal


def _locked(proposal: Proposal) -> Proposal:
    return Proposal.objects.select_for_update().get(pk=proposal.pk)


@official_act
def send_proposal(*, actor: Actor, proposal: Proposal, on: datetime.date, number: int | None = None) -> Proposal:
    """Take the number and keep the paper that goes out. Raises Refused, MoveRefused, StillOpen, CannotDo."""
    proposal = _locked(proposal)
    move = open_move(PROPOSAL, "send_proposal", thing=proposal, actor=actor, queries=queries, who=WHO)
    if number is not None and number < 1:
        raise CannotDo("Số văn bản bắt đầu từ 01. Để trống để lấy số tiếp theo.")
    try:
        with transaction.atomic():
            taken = take_number(
                actor=actor,
                series=proposal.series,
                dated=proposal.dated,
                taken_for=f"decisions.proposal:{proposal.pk}",
                label=f"Tờ trình gửi {proposal.addressed_to} năm {proposal.year}",
                number=number,
            )
    except IntegrityError as error:
        raise CannotDo("Số này vừa được cấp cho văn bản khác. Bấm lại để lấy số tiếp theo.") from error
    proposal.number = taken.number
    try:
        data = paper_pdf(proposal_paper(proposal))
    except (BadPaper, NoRule) as error:
        raise CannotDo(f"Chưa dựng được tờ trình: {error}") from error
    name = f"{proposal.number:02d}-{proposal.series}.pdf"
    proposal.document = store_file(
        actor=actor.key, agency=actor.agency, data=data, name=name, media_type="application/pdf"
    )
    proposal.state = move.target
    proposal.save(update_fields=["number", "document", "state"])
    payload: dict[str, object] = {"number": str(taken), "sha256": proposal.document.sha256, "on": on}
    write_down(actor, "send_proposal", proposal, payload | {"overrides": proposal.overrides})
    return proposal


@official_act
def record_answer(*, actor: Actor, proposal: Proposal, answer: str, on: datetime.date) -> Proposal:
    """Write down how a proposal was answered, once. Raises Refused, MoveRefused, CannotDo."""
    proposal = _locked(proposal)
    move = open_move(PROPOSAL, "record_answer", thing=proposal, actor=actor, queries=queries, who=WHO)
    proposal.answer = words(answer, what="kết quả trả lời", longest=LONGEST_ANSWER)
    if on < proposal.dated:
        raise CannotDo(f"Ngày trả lời {on:%d/%m/%Y} đứng trước ngày tờ trình {proposal.dated:%d/%m/%Y}.")
    proposal.answered_on = on
    proposal.state = move.target
    proposal.save(update_fields=["answer", "answered_on", "state"])
    write_down(actor, "record_answer", proposal, {"answer": proposal.answer, "on": on})
    return proposal
