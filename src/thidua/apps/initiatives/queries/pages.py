"""What the pages of initiatives show: rows of the list, one application with the acts open to its reader."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thidua.apps.accounts.queries import Actor
from thidua.apps.councils.models import Item
from thidua.apps.initiatives.access import (
    VOTED,
    is_author,
    may_assess,
    may_read_assessment,
    may_read_comments,
    may_recognise,
    may_run,
    may_see_all,
    may_write,
)
from thidua.apps.initiatives.models import Assessment, Initiative, Remark
from thidua.apps.initiatives.queries.ledger import LedgerLine, ledger_of
from thidua.apps.initiatives.queries.problems import (
    application_problems,
    cautions,
    on_agenda,
    scheduling_problems,
    vote_open,
)
from thidua.apps.initiatives.queries.reading import (
    BEFORE_ANSWER,
    BEFORE_DECISION,
    Due,
    Scale,
    Similar,
    averages,
    due_of,
    item_of,
    law_of,
    scales,
    similar,
)
from thidua.apps.initiatives.states import INITIATIVE, Anchor, InitiativeState
from thidua.core.law.errors import NoRule

TONES = {
    InitiativeState.RECOGNISED: "good",
    InitiativeState.PASSED: "good",
    InitiativeState.REFUSED: "bad",
    InitiativeState.WITHDRAWN: "out",
}
WENT_TO_COUNCIL = (InitiativeState.SCHEDULED, *VOTED)
OPEN_STATES = (InitiativeState.DRAFT, InitiativeState.RETURNED, *BEFORE_ANSWER, *BEFORE_DECISION)


@dataclass(frozen=True, slots=True)
class Act:
    """One act as the page names it: the lifecycle's verb, the button, what is said when it is done."""

    move: str
    label: Promise
    done: Promise
    plain: bool = False


ACTS = {
    "nop": Act("apply_for", _("Nộp đơn"), _("Đã nộp đơn.")),
    "nhan": Act("accept_application", _("Nhận đơn"), _("Đã nhận đơn; thời hạn xét công nhận bắt đầu tính.")),
    "tra-lai": Act("return_application", _("Trả lại để bổ sung"), _("Đã trả lại đơn cho tác giả."), plain=True),
    "len-lich": Act("schedule", _("Đưa vào chương trình họp"), _("Đã đưa vào chương trình họp.")),
    "ket-qua": Act("take_vote", _("Ghi kết quả biểu quyết"), _("Đã ghi kết quả biểu quyết.")),
    "khong-cong-nhan": Act("refuse", _("Không công nhận"), _("Đã ghi quyết định không công nhận."), plain=True),
    "rut": Act("withdraw", _("Rút đơn"), _("Đã rút đơn."), plain=True),
}


@dataclass(frozen=True, slots=True)
class Button:
    """An act open to the reader, with what must be settled first."""

    verb: str
    label: Promise
    plain: bool
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list."""

    initiative: Initiative
    tone: str
    due: Due | None


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of an anchor's points, exact, and rounded to two places for the page."""

    anchor: Anchor
    exact: Fraction

    @property
    def shown(self) -> str:
        """With a decimal comma, e.g. “3,33”."""
        return f"{float(round(self.exact, 2)):.2f}".replace(".", ",")


@dataclass(frozen=True, slots=True)
class Dossier:
    """One application as one reader sees it."""

    tone: str
    due: Due | None
    item: Item | None
    remarks: tuple[Remark, ...]
    buttons: tuple[Button, ...]
    cautions: tuple[str, ...]
    alike: tuple[Similar, ...]
    given: int
    assessments: tuple[Assessment, ...]
    means: tuple[Mean, ...]
    comments: tuple[str, ...]
    may_edit: bool
    may_assess: bool
    ledger: tuple[LedgerLine, ...]


def listed(initiatives: Iterable[Initiative], *, today: datetime.date) -> list[Row]:
    """The rows of a list, with the deadline that runs."""
    return [Row(row, tone_of(row), due_of(row, today=today)) for row in initiatives]


def tone_of(initiative: Initiative) -> str:
    """The colour class of its state."""
    return TONES.get(InitiativeState(initiative.state), "wait")


def dossier(initiative: Initiative, actor: Actor, *, today: datetime.date) -> Dossier:
    """Everything that one reader may see of an application."""
    given = sorted(initiative.assessments.all(), key=lambda row: row.pk)
    runs, open_still = may_run(actor) or may_recognise(actor), initiative.state in OPEN_STATES
    looks = open_still and (runs or may_write(actor, initiative))
    alike = similar(initiative) if looks else []
    return Dossier(
        tone=tone_of(initiative),
        due=due_of(initiative, today=today),
        item=item_of(initiative) if initiative.state in WENT_TO_COUNCIL else None,
        remarks=tuple(initiative.remarks.order_by("pk")),
        buttons=_buttons(initiative, actor),
        cautions=tuple(cautions(initiative, on=today, alike=alike)) if looks else (),
        alike=tuple(alike),
        given=len(given),
        assessments=tuple(row for row in given if may_read_assessment(actor, row, on=today)),
        means=_means(initiative, given) if _reads_means(initiative, actor, today) else (),
        comments=tuple(row.comment for row in given) if may_read_comments(actor, initiative) else (),
        may_edit=may_write(actor, initiative) and bool(_open(initiative, "apply_for")),
        may_assess=initiative.state == InitiativeState.ACCEPTED
        and all(row.person_id != actor.person_id for row in given)
        and may_assess(actor, initiative, on=today),
        ledger=tuple(ledger_of(initiative)) if initiative.state == InitiativeState.RECOGNISED else (),
    )


def why_not_assess(initiative: Initiative, actor: Actor) -> tuple[Sequence[Scale], str]:
    """The anchors in words, and why this reader cannot assess now (blank when they can)."""
    if initiative.state != InitiativeState.ACCEPTED:
        return (), f"Chỉ đánh giá khi đơn đã được nhận và chưa đưa ra họp; đơn này: {initiative.get_state_display()}."
    if any(row.person_id == actor.person_id for row in initiative.assessments.all()):
        return (), "Bạn đã đánh giá sáng kiến này."
    try:
        return scales(law_of(initiative)), ""
    except NoRule as error:
        return (), str(error)


def _open(initiative: Initiative, move: str) -> bool:
    return any(candidate.verb == move for candidate in INITIATIVE.open_moves(initiative.state))


def _buttons(initiative: Initiative, actor: Actor) -> tuple[Button, ...]:
    found = []
    for verb, act in ACTS.items():
        if _open(initiative, act.move) and _is_for(verb, initiative, actor):
            found.append(Button(verb, act.label, act.plain, tuple(_problems(act.move, initiative))))
    return tuple(found)


def _is_for(verb: str, initiative: Initiative, actor: Actor) -> bool:
    if verb in ("nop", "rut"):
        return may_write(actor, initiative)
    if verb == "khong-cong-nhan" and initiative.state == InitiativeState.PASSED:
        return may_recognise(actor)
    if verb == "khong-cong-nhan" and initiative.state == InitiativeState.SCHEDULED:
        return False  # the vote decides, or it is taken off the agenda first
    if verb == "len-lich" and initiative.state == InitiativeState.SCHEDULED:
        item = item_of(initiative)
        return may_run(actor) and not (item and on_agenda(item))
    return may_run(actor) or (verb == "khong-cong-nhan" and may_recognise(actor))


def _problems(move: str, initiative: Initiative) -> list[str]:
    if move == "apply_for":
        return application_problems(initiative)
    if move == "schedule":
        return scheduling_problems(initiative)
    return vote_open(initiative) if move == "take_vote" else []


def _reads_means(initiative: Initiative, actor: Actor, today: datetime.date) -> bool:
    if is_author(actor, initiative):
        return may_read_comments(actor, initiative)
    return initiative.state in VOTED and may_see_all(actor, on=today)


def _means(initiative: Initiative, given: Sequence[Assessment]) -> tuple[Mean, ...]:
    means = averages(initiative, given=given)
    return tuple(Mean(anchor, means[anchor.value]) for anchor in Anchor if means)
