"""What a person finds on coming in."""

from collections.abc import Sequence
from dataclasses import dataclass

from thidua.apps.accounts.queries import Actor
from thidua.apps.campaigns.models import Campaign
from thidua.apps.campaigns.queries import campaigns
from thidua.apps.evaluations.models import Judged, Run
from thidua.apps.evaluations.queries import find_person, latest_run


@dataclass(frozen=True)
class CampaignCard:
    """A campaign with its latest run and the actor's own place in it."""

    campaign: Campaign
    run: Run | None
    own: Judged | None


def home_cards(actor: Actor) -> Sequence[CampaignCard]:
    """The agency's campaigns, newest first, each with the actor's own findings where there are any."""
    cards = []
    for campaign in campaigns():
        run = latest_run(campaign.year)
        own = find_person(run, actor.person_id) if run and actor.person_id else None
        cards.append(CampaignCard(campaign=campaign, run=run, own=own))
    return cards
