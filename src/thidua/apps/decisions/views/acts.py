"""What can be done on the page of a decision or a proposal: each act with its form, its words, and whom it is for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from thidua.apps.accounts.middleware import ActorRequest
from thidua.apps.accounts.queries import Actor
from thidua.apps.decisions import actions
from thidua.apps.decisions.access import may_override, may_run_decisions
from thidua.apps.decisions.forms import (
    AnnulForm,
    AnswerForm,
    BecauseForm,
    DropForm,
    FileForm,
    OverrideForm,
    SendForm,
    SendProposalForm,
    SignedForm,
    SignerForm,
)
from thidua.apps.decisions.models import Decision, Line
from thidua.apps.decisions.queries import DecisionFile, LineShown, ProposalFile
from thidua.apps.decisions.states import DecisionKind, DecisionState, ProposalState


@dataclass(frozen=True)
class Act:
    """One act of a page: its form, what it runs, its words, in which state and for whom it is open."""

    form: type[FileForm]
    run: Callable[..., Any]
    title: Any
    button: Any
    done: Any
    state: str
    may: Callable[[Actor], bool] = may_run_decisions


def _drop(*, actor: Actor, decision: Decision, line: Line, because: str) -> None:
    actions.drop_line(actor=actor, line=line, because=because)


def _annul(*, actor: Actor, decision: Decision, **given: Any) -> Decision:
    return actions.draft_annulment(actor=actor, **given)


ACTS = {
    "gui-ky": Act(
        SendForm, actions.send_to_sign, _("Gửi ký"), _("Lấy số và gửi ký"), _("Đã gửi ký."), DecisionState.DRAFTED
    ),
    "xu-ly": Act(
        OverrideForm,
        actions.override_problem,
        _("Vẫn quyết định dù có vướng mắc"),
        _("Ghi vào sổ"),
        _("Đã ghi lý do và căn cứ."),
        DecisionState.DRAFTED,
        may_override,
    ),
    "nguoi-ky": Act(
        SignerForm,
        actions.name_signer,
        _("Đổi người ký"),
        _("Đổi người ký"),
        _("Đã đổi người ký."),
        DecisionState.DRAFTED,
    ),
    "bo-dong": Act(DropForm, _drop, _("Bỏ một dòng"), _("Bỏ dòng"), _("Đã bỏ dòng."), DecisionState.DRAFTED),
    "bo-du-thao": Act(
        BecauseForm, actions.cancel, _("Bỏ dự thảo"), _("Bỏ dự thảo"), _("Đã bỏ dự thảo."), DecisionState.DRAFTED
    ),
    "nhan-ban-ky": Act(
        SignedForm,
        actions.take_signed_copy,
        _("Nhận bản ký"),
        _("Đối chiếu và nhận"),
        _("Đã nhận bản ký; quyết định có hiệu lực."),
        DecisionState.SENT,
    ),
    "rut-ve": Act(
        BecauseForm, actions.recall, _("Rút về dự thảo"), _("Rút về"), _("Đã rút về dự thảo."), DecisionState.SENT
    ),
    "huy-bo": Act(
        AnnulForm,
        _annul,
        _("Hủy bỏ dòng đã ký"),
        _("Lập dự thảo quyết định hủy bỏ"),
        _("Đã lập dự thảo quyết định hủy bỏ."),
        DecisionState.SIGNED,
    ),
}
PROPOSAL_ACTS = {
    "gui": Act(
        SendProposalForm, actions.send_proposal, _("Gửi"), _("Lấy số và gửi"), _("Đã ghi."), ProposalState.DRAFTED
    ),
    "ket-qua": Act(AnswerForm, actions.record_answer, _("Kết quả"), _("Ghi kết quả"), _("Đã ghi."), ProposalState.SENT),
    "xu-ly": Act(
        OverrideForm,
        actions.override_in_proposal,
        _("Vẫn trình dù có vướng mắc"),
        _("Ghi vào sổ"),
        _("Đã ghi lý do và căn cứ."),
        ProposalState.DRAFTED,
        may_override,
    ),
    "bo-du-thao": Act(
        BecauseForm,
        actions.cancel_proposal,
        _("Bỏ dự thảo"),
        _("Bỏ dự thảo"),
        _("Đã bỏ dự thảo."),
        ProposalState.DRAFTED,
    ),
}


def open_forms(
    request: ActorRequest,
    acts: Mapping[str, Act],
    shown: DecisionFile | ProposalFile,
    *,
    state: str,
    lines: Sequence[LineShown] = (),
) -> dict[str, tuple[Act, FileForm]]:
    """The forms that are open: by state, by role, and only where there is something to act on."""
    found = {}
    for name, act in acts.items():
        is_open = state == act.state and act.may(request.actor)
        if name == "xu-ly":
            is_open = bool(shown.problems) and act.may(request.actor)
        if name == "huy-bo" and isinstance(shown, DecisionFile) and shown.decision.kind == DecisionKind.ANNULMENT:
            is_open = False
        if is_open:
            found[name] = (act, act.form(shown=shown, lines=lines, prefix=name))
    return found
