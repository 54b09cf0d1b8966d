"""Counting and keeping the days of a campaign."""

import datetime

from django.utils import timezone

from thidua.apps.accounts.access import CannotDo, require
from thidua.apps.accounts.actions import official_act
from thidua.apps.accounts.queries import Actor
from thidua.apps.audit.actions import record
from thidua.apps.campaigns.access import WHO, may_run_campaigns
from thidua.apps.campaigns.models import Campaign, Milestone
from thidua.apps.campaigns.queries import launch_day, milestones_of, planned_milestones
from thidua.apps.campaigns.queries.milestones import Planned
from thidua.apps.campaigns.states import CampaignState, MilestoneKind


@official_act
def set_milestones(
    *, actor: Actor, campaign: Campaign, council_on: datetime.date | None = None
) -> dict[MilestoneKind, Milestone]:
    """Count the days of a launched campaign from the packs and keep them; counted again they supersede the old.

    What the packs lack gets no day (``queries.milestone_gaps`` says so). Raises CannotDo before the launch and for a
    council that sits before it; Refused.
    """
    require(may_run_campaigns(actor), WHO)
    campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    launched = launch_day(campaign)
    if campaign.state == CampaignState.DRAFT or launched is None:
        raise CannotDo("Phong trào chưa phát động: phát động rồi mới tính được các hạn.")
    if council_on is not None and council_on <= launched:
        raise CannotDo(
            f"Ngày họp Hội đồng {council_on:%d/%m/%Y} phải sau ngày phát động {launched:%d/%m/%Y}. Nhập lại ngày họp."
        )
    planned = [row for row in planned_milestones(campaign, council_on=council_on) if row.due]
    standing = {row.kind: row for row in milestones_of(campaign)}
    before = {kind: row.due for kind, row in standing.items()}
    kept = {MilestoneKind(row.kind): _keep(campaign, row, standing.pop(row.kind, None)) for row in planned}
    for old in standing.values():
        _supersede(old)
    record(
        agency_key=actor.agency.pk,
        actor=actor.key,
        verb="set_milestones",
        target=f"campaigns.campaign:{campaign.pk}",
        payload={"before": before, "after": {kind.value: row.due for kind, row in kept.items()}},
    )
    return kept


def _keep(campaign: Campaign, row: Planned, old: Milestone | None) -> Milestone:
    """The milestone as it stands now: the old one when nothing changed, else a new one in its place."""
    if row.due is None:
        raise ValueError(f"{row.kind}: no day was counted")
    if old is not None and (old.due, old.why) == (row.due, row.why):
        return old
    if old is not None:
        _supersede(old)
    return Milestone.objects.create(
        agency=campaign.agency, campaign=campaign, kind=row.kind, due=row.due, why=row.why, supersedes=old
    )


def _supersede(old: Milestone) -> None:
    Milestone.objects.filter(pk=old.pk).update(superseded_at=timezone.now())
