"""Lifecycle of a proposal to work by other packs."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from thidua.apps.accounts.states import Role
from thidua.core.lifecycle import Lifecycle, Move


class ProposalState(models.TextChoices):
    """One person proposes, another one confirms; until then it can be taken back."""

    PROPOSED = "proposed", _("Chờ người thứ hai xác nhận")
    CONFIRMED = "confirmed", _("Đã xác nhận")
    WITHDRAWN = "withdrawn", _("Đã rút")


RUNS = (Role.SECRETARY.value, Role.DIRECTOR.value)
S = ProposalState

PROPOSAL = Lifecycle(
    name="ActivationProposal",
    states=ProposalState.values,
    moves=[
        Move("confirm_activation", (S.PROPOSED.value,), S.CONFIRMED.value, RUNS),
        Move("withdraw_activation", (S.PROPOSED.value,), S.WITHDRAWN.value, RUNS),
    ],
)
