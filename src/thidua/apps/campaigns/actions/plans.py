"""From a plan document to a launched campaign, one recorded act at a time."""

import datetime

from django.utils import timezone

from thidua.apps.accounts.access import require
from thidua.apps.accounts.actions import official_act, open_move
from thidua.apps.accounts.queries import Actor
from thidua.apps.audit.actions import record
from thidua.apps.campaigns import queries
from thidua.apps.campaigns.access import WHO, may_run_campaigns
from thidua.apps.campaigns.actions.readings import accept_rest as take_rest
from thidua.apps.campaigns.actions.readings import check_seen, first_version
from thidua.apps.campaigns.models import Campaign, Plan, Target
from thidua.apps.campaigns.states import CAMPAIGN, PLAN, PlanState
from thidua.apps.files.actions import store_file
from thidua.core.plans import Plan as PlanRead
from thidua.core.plans import media_type, read_plan


@official_act
def receive_plan(
    *, actor: Actor, data: bytes, filename: str, most_scans: int | None = None, read: PlanRead | None = None
) -> Plan:
    """Store a plan document and read it, if it is not ``read``; nothing opens before a person confirms.

    Raises PlanError, ManyScans for more than ``most_scans`` pages to recognise, Refused.
    """
    require(may_run_campaigns(actor), WHO)
    reading = read or read_plan(data, filename=filename, most_scans=most_scans)
    stored = store_file(actor=actor.key, agency=actor.agency, data=data, name=filename, media_type=media_type(data))
    plan = Plan.objects.create(agency=actor.agency, document=stored, reading=reading.to_keep())
    first_version(actor, plan)
    _record(actor, "receive_plan", plan, {"sha256": stored.sha256, "targets": len(reading.targets)})
    return plan


@official_act
def confirm_reading(*, actor: Actor, plan: Plan, seen: int | None = None, accept_rest: bool = False) -> Campaign:
    """Confirm a reading: the campaign is drafted and each target gets the formula that counts it.

    ``accept_rest`` accepts as a whole what nobody has decided yet, which is recorded. ``seen`` is the version that the
    page showed. A campaign drafted from an earlier confirmation is drafted anew. Raises Refused, MoveRefused,
    StillOpen; so do the other moves.
    """
    plan = Plan.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=plan.pk)
    if seen is not None and plan.state == PlanState.READ:
        check_seen(plan, seen)
    if accept_rest and may_run_campaigns(actor) and plan.state == PlanState.READ:
        take_rest(actor, plan)
    plan.state = open_move(PLAN, "confirm_reading", thing=plan, actor=actor, queries=queries, who=WHO).target
    plan.confirmed_at = timezone.now()
    plan.confirmed_by = actor.key
    plan.save(update_fields=["state", "confirmed_at", "confirmed_by"])
    campaign = _draft(plan)
    _record(actor, "confirm_reading", plan, {"campaign": campaign.pk, "year": campaign.year})
    return campaign


@official_act
def reopen_reading(*, actor: Actor, plan: Plan) -> Plan:
    """Open a confirmed reading for correction, while its campaign is a draft that nothing was built on."""
    plan = Plan.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=plan.pk)
    plan.state = open_move(PLAN, "reopen_reading", thing=plan, actor=actor, queries=queries, who=WHO).target
    plan.save(update_fields=["state"])
    _record(actor, "reopen_reading", plan, {})
    return plan


@official_act
def launch(*, actor: Actor, campaign: Campaign, on: datetime.date | None = None) -> Campaign:
    """Launch a drafted campaign; ``on`` is the official day of launching, the day of recording when not given."""
    campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    move = open_move(CAMPAIGN, "launch", thing=campaign, actor=actor, queries=queries, who=WHO)
    campaign.state = move.target
    campaign.launched_at = timezone.now()
    campaign.launched_on = on or timezone.localdate(campaign.launched_at)
    campaign.save(update_fields=["state", "launched_at", "launched_on"])
    _record(actor, "launch", campaign, {"year": campaign.year, "title": campaign.title, "on": campaign.launched_on})
    return campaign


@official_act
def close(*, actor: Actor, campaign: Campaign) -> Campaign:
    """Close a launched campaign."""
    campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    campaign.state = open_move(CAMPAIGN, "close", thing=campaign, actor=actor, queries=queries, who=WHO).target
    campaign.closed_at = timezone.now()
    campaign.save(update_fields=["state", "closed_at"])
    _record(actor, "close", campaign, {"year": campaign.year})
    return campaign


def _draft(plan: Plan) -> Campaign:
    """The campaign that a reading opens, or the draft that an earlier confirmation opened, with its targets."""
    head = plan.reading["document"]
    campaign, _new = Campaign.objects.update_or_create(
        plan=plan,
        defaults={
            "agency": plan.agency,
            "year": head["year"],
            "title": (head["subject"] or f"Phong trào thi đua năm {head['year']}")[:300],
            "motto": (head["motto"] or "")[:300],
        },
    )
    campaign.targets.all().delete()  # of a draft, with nothing handed down: see reading_problems
    rows = enumerate(plan.reading["targets"], 1)
    Target.objects.bulk_create(queries.drafted_target(campaign, number, row) for number, row in rows)
    return campaign


def _record(actor: Actor, verb: str, thing: Plan | Campaign, payload: dict[str, object]) -> None:
    record(
        agency_key=actor.agency.pk,
        actor=actor.key,
        verb=verb,
        target=f"{thing._meta.label_lower}:{thing.pk}",
        payload=payload,
    )
