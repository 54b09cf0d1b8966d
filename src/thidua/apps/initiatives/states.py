"""Lifecycle of an initiative (sáng kiến): from application to recognition.

``schedule`` is open again from *scheduled* for what was withdrawn from an agenda, or was not reached in a session.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from thidua.apps.accounts.states import Role
from thidua.core.lifecycle import Lifecycle, Move


class InitiativeState(models.TextChoices):
    """Applied for, form checked, assessed, voted on by the council, recognised or refused with reasons."""

    DRAFT = "draft", _("Đang soạn")
    APPLIED = "applied", _("Đã nộp đơn")
    RETURNED = "returned", _("Trả lại để bổ sung")
    ACCEPTED = "accepted", _("Đã nhận đơn, đang đánh giá")
    SCHEDULED = "scheduled", _("Đưa vào chương trình họp")
    PASSED = "passed", _("Hội đồng thông qua")
    RECOGNISED = "recognised", _("Được công nhận")
    REFUSED = "refused", _("Không công nhận")
    WITHDRAWN = "withdrawn", _("Tác giả rút đơn")


class Anchor(models.TextChoices):
    """What an assessor judges, each on worded anchors."""

    NOVELTY = "novelty", _("Tính mới")
    APPLICATION = "application", _("Khả năng áp dụng")
    EFFECT = "effect", _("Hiệu quả")


AUTHORS = (Role.MEMBER.value,)
RUNS = (Role.SECRETARY.value,)

INITIATIVE = Lifecycle(
    name="Initiative",
    states=InitiativeState.values,
    moves=[
        Move(
            "apply_for",
            (InitiativeState.DRAFT.value, InitiativeState.RETURNED.value),
            InitiativeState.APPLIED.value,
            AUTHORS,
            "application_problems",
        ),
        Move("return_application", (InitiativeState.APPLIED.value,), InitiativeState.RETURNED.value, RUNS),
        Move("accept_application", (InitiativeState.APPLIED.value,), InitiativeState.ACCEPTED.value, RUNS),
        Move(
            "schedule",
            (InitiativeState.ACCEPTED.value, InitiativeState.SCHEDULED.value),
            InitiativeState.SCHEDULED.value,
            RUNS,
            "scheduling_problems",
        ),
        Move("take_vote", (InitiativeState.SCHEDULED.value,), InitiativeState.PASSED.value, RUNS, "vote_open"),
        Move("recognise", (InitiativeState.PASSED.value,), InitiativeState.RECOGNISED.value, (Role.DIRECTOR.value,)),
        Move(
            "refuse",
            (InitiativeState.ACCEPTED.value, InitiativeState.SCHEDULED.value, InitiativeState.PASSED.value),
            InitiativeState.REFUSED.value,
            (Role.SECRETARY.value, Role.DIRECTOR.value),
        ),
        Move(
            "withdraw",
            (InitiativeState.DRAFT.value, InitiativeState.APPLIED.value, InitiativeState.RETURNED.value),
            InitiativeState.WITHDRAWN.value,
            AUTHORS,
        ),
    ],
)
