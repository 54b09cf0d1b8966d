"""Lifecycles of plans and campaigns."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from thidua.apps.accounts.states import Role
from thidua.core.lifecycle import Lifecycle, Move


class CampaignKind(models.TextChoices):
    """Regular campaigns run by the year, thematic ones by their subject."""

    REGULAR = "regular", _("Thường xuyên")
    THEMATIC = "thematic", _("Theo đợt, chuyên đề")


class PlanState(models.TextChoices):
    """A plan is read by the machine and confirmed by a person."""

    READ = "read", _("Máy đã đọc, chờ người xác nhận")
    CONFIRMED = "confirmed", _("Đã xác nhận")


class CampaignState(models.TextChoices):
    """A campaign is drafted from a confirmed plan, launched, and closed."""

    DRAFT = "draft", _("Dự thảo")
    LAUNCHED = "launched", _("Đang phát động")
    CLOSED = "closed", _("Đã kết thúc")


RUNS = (Role.SECRETARY.value, Role.DIRECTOR.value)

PLAN = Lifecycle(
    name="Plan",
    states=PlanState.values,
    moves=[Move("confirm_reading", (PlanState.READ.value,), PlanState.CONFIRMED.value, RUNS, "reading_problems")],
)
CAMPAIGN = Lifecycle(
    name="Campaign",
    states=CampaignState.values,
    moves=[
        Move("launch", (CampaignState.DRAFT.value,), CampaignState.LAUNCHED.value, RUNS, "launch_problems"),
        Move("close", (CampaignState.LAUNCHED.value,), CampaignState.CLOSED.value, RUNS),
    ],
)
