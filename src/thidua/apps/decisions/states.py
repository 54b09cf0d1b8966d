"""Lifecycles of decisions and of proposals to the province."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from thidua.apps.accounts.states import Role
from thidua.core.lifecycle import Lifecycle, Move


class DecisionKind(models.TextChoices):
    """What a decision does. Nothing is ever overwritten: a mistake is mended by another decision."""

    AWARD = "award", _("Công nhận danh hiệu, tặng thưởng")
    SUPPLEMENT = "supplement", _("Bổ sung")
    ANNULMENT = "annulment", _("Hủy bỏ, thu hồi")


class DecisionState(models.TextChoices):
    """Drafted with its list, sent out for number and signature, signed copy back and matched, or cancelled before."""

    DRAFTED = "drafted", _("Dự thảo")
    SENT = "sent", _("Đã gửi ký")
    SIGNED = "signed", _("Đã ký, có hiệu lực")
    CANCELLED = "cancelled", _("Bỏ dự thảo")


class ProposalState(models.TextChoices):
    """A proposal to the province is drafted, sent, and answered, or cancelled before."""

    DRAFTED = "drafted", _("Dự thảo")
    SENT = "sent", _("Đã gửi")
    ANSWERED = "answered", _("Đã có kết quả")
    CANCELLED = "cancelled", _("Bỏ dự thảo")


class TemplateKind(models.TextChoices):
    """Papers that an agency may set by a Word template of its own; the values stand in addresses."""

    DECISION = "quyet-dinh", _("Quyết định")
    PAYMENT = "danh-sach-chi", _("Danh sách chi tiền thưởng")
    PROPOSAL = "to-trinh", _("Tờ trình")


STANDING = (Role.SECRETARY.value, Role.DIRECTOR.value)

DECISION = Lifecycle(
    name="Decision",
    states=DecisionState.values,
    moves=[
        Move("send_to_sign", (DecisionState.DRAFTED.value,), DecisionState.SENT.value, STANDING, "sending_problems"),
        Move(
            "take_signed_copy",
            (DecisionState.SENT.value,),
            DecisionState.SIGNED.value,
            STANDING,
            "signing_problems",
        ),
        Move("recall", (DecisionState.SENT.value,), DecisionState.DRAFTED.value, STANDING),
        Move("cancel", (DecisionState.DRAFTED.value,), DecisionState.CANCELLED.value, STANDING),
    ],
)
PROPOSAL = Lifecycle(
    name="Proposal",
    states=ProposalState.values,
    moves=[
        Move(
            "send_proposal",
            (ProposalState.DRAFTED.value,),
            ProposalState.SENT.value,
            STANDING,
            "proposal_problems",
        ),
        Move("record_answer", (ProposalState.SENT.value,), ProposalState.ANSWERED.value, STANDING),
        Move("cancel_proposal", (ProposalState.DRAFTED.value,), ProposalState.CANCELLED.value, STANDING),
    ],
)
