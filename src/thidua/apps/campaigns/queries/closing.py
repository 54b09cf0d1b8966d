"""What is still open before a campaign is closed."""

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from thidua.apps.campaigns.models import Campaign
from thidua.apps.campaigns.queries.milestones import milestones_of
from thidua.apps.campaigns.queries.wholes import launch_day


def closing_problems(campaign: Campaign) -> list[str]:
    """Days that lie ahead, plans that a unit has not received, and what the apps further on have still to do."""
    today = timezone.localdate()
    coming = [row for row in milestones_of(campaign) if row.due >= today]
    ahead = [f"{row.get_kind_display()}: hạn {row.due:%d/%m/%Y} chưa qua." for row in coming]
    waiting = campaign.deliveries.filter(received_on__isnull=True, unit__until__isnull=True).select_related("unit")
    unreceived = [f"{row.unit.name} chưa ký nhận kế hoạch." for row in waiting.order_by("unit__code")]
    further = cast(Callable[[Campaign], list[str]], import_string(settings.OPEN_BEFORE_CLOSING))
    launched = launch_day(campaign)
    early = ["Ngày phát động chưa tới."] if launched and launched > today else []
    return [*early, *ahead, *unreceived, *further(campaign)]
