"""What the acts on nominations share: locked rows, given reasons, the record."""

import datetime
from collections.abc import Iterable, Sequence

from thidua.apps.accounts.access import CannotDo
from thidua.apps.accounts.queries import Actor
from thidua.apps.audit.actions import record
from thidua.apps.campaigns.models import Campaign
from thidua.apps.campaigns.states import CampaignState
from thidua.apps.nominations.models import Nomination, Remark

LONGEST = 500


def locked(nomination: Nomination) -> Nomination:
    """The nomination as it stands, held until the act is done."""
    return locked_all([nomination])[0]


def locked_all(nominations: Iterable[Nomination]) -> list[Nomination]:
    """The nominations as they stand, in the order given, held until the act is done. Raises CannotDo for none."""
    wanted = list(dict.fromkeys(nomination.pk for nomination in nominations))
    if not wanted:
        raise CannotDo("Chưa chọn đề nghị nào.")
    joined = Nomination.objects.select_related("campaign", "person", "unit", "agency")
    rows = {row.pk: row for row in joined.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk")}
    return [rows[pk] for pk in wanted]


def locked_campaign(campaign: Campaign) -> Campaign:
    """The campaign, held so that two pages cannot draft the same nomination. Raises CannotDo unless launched."""
    campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if campaign.state == CampaignState.DRAFT:
        raise CannotDo(f"“{campaign}” chưa phát động; phát động rồi mới đề nghị danh hiệu.")
    if campaign.state == CampaignState.CLOSED:
        raise CannotDo(f"“{campaign}” đã kết thúc; không lập thêm đề nghị.")
    return campaign


def given(words: str, *, what: str, most: int = LONGEST) -> str:
    """Words that an act must have, trimmed. Raises CannotDo when there are none, or too many."""
    words = words.strip()
    if not words:
        raise CannotDo(f"{what}: không được để trống.")
    if len(words) > most:
        raise CannotDo(f"{what}: dài {len(words)} chữ, tối đa {most}.")
    return words


def move_to(nomination: Nomination, state: str) -> None:
    """Write the new state."""
    nomination.state = state
    nomination.save(update_fields=["state"])


def remark(actor: Actor, nomination: Nomination, *, verb: str, note: str, on: datetime.date | None) -> None:
    """Keep who did it and why beside the nomination, for those who read its history."""
    Remark.objects.create(agency=actor.agency, nomination=nomination, verb=verb, on=on, note=note, made_by=actor.key)


def record_act(
    actor: Actor, verb: str, nomination: Nomination, payload: dict[str, object], *, because: str = ""
) -> None:
    """Write an act on one nomination into the agency's record."""
    record(
        agency_key=actor.agency.pk,
        actor=actor.key,
        verb=verb,
        target=f"nominations.nomination:{nomination.pk}",
        payload=payload,
        because=because,
    )


def record_many(actor: Actor, verb: str, nominations: Sequence[Nomination], payload: dict[str, object]) -> None:
    """Write one act on many nominations of a campaign into the agency's record."""
    record(
        agency_key=actor.agency.pk,
        actor=actor.key,
        verb=verb,
        target=f"campaigns.campaign:{nominations[0].campaign_id}",
        payload={"nominations": [nomination.pk for nomination in nominations], **payload},
    )
