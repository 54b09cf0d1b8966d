"""Over whom a campaign's targets are counted: its units, their people, and the law of its year."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from thidua.apps.campaigns.models import Campaign
from thidua.apps.policy.queries import ruleset_on
from thidua.apps.units.models import Lineage, Unit
from thidua.apps.units.queries import Membership, members_of_year, posts_in, units_of_year
from thidua.apps.units.states import PostKind
from thidua.core.calendar import Period, year_period
from thidua.core.law.errors import NoRule
from thidua.core.law.schema import Ruleset


@dataclass(frozen=True)
class Wholes:
    """The people and units of a campaign's year; ``members`` by person id, as ``units.queries`` counts them."""

    units: Sequence[Unit]
    members: Mapping[int, Membership]

    def of_unit(self, unit_id: int) -> list[Membership]:
        """A unit's people in the order of Vietnamese lists."""
        own = [member for member in self.members.values() if member.unit.pk == unit_id]
        return sorted(own, key=lambda member: (member.person.sort_key, member.person.code))

    def headcount(self, unit_id: int) -> int:
        """How many people count in a unit."""
        return sum(member.unit.pk == unit_id for member in self.members.values())


def wholes_of(campaign: Campaign) -> Wholes:
    """The units that lived in the year of a campaign, and the year's people."""
    year = year_period(campaign.year)
    return Wholes(units=sorted(units_of_year(year), key=lambda unit: unit.code), members=members_of_year(year))


def units_on(day: datetime.date) -> Mapping[int, int]:
    """The unit of each person's regular post on a day, both by id: whose head speaks for them that day."""
    held = posts_in(Period(day, day))
    return {post.person_id: post.unit_id for post in held if post.kind == PostKind.REGULAR}


def launch_day(campaign: Campaign) -> datetime.date | None:
    """The official day of launching; for campaigns launched before it was kept, the day of recording."""
    if campaign.launched_on:
        return campaign.launched_on
    return timezone.localdate(campaign.launched_at) if campaign.launched_at else None


def became_of(unit: Unit, *, on: datetime.date) -> str:
    """A sentence on a unit that does not exist any more (or not yet) on a day; empty when it does."""
    if unit.since and unit.since > on:
        return f"{unit.name} thành lập ngày {unit.since:%d/%m/%Y}, sau ngày {on:%d/%m/%Y}."
    if unit.until is None or unit.until >= on:
        return ""
    heirs = list(Lineage.objects.filter(before=unit).select_related("after"))
    if heirs:
        names = ", ".join(lineage.after.name for lineage in heirs)
        return f"{unit.name} đã {_became(heirs[0])} {names} từ ngày {heirs[0].on:%d/%m/%Y}."
    return f"{unit.name} đã kết thúc hoạt động từ sau ngày {unit.until:%d/%m/%Y}."


def _became(lineage: Lineage) -> str:
    words = {"sap_nhap": "sáp nhập vào", "chia_tach": "chia tách thành", "doi_ten": "đổi tên thành"}
    return words.get(lineage.kind, "chuyển thành")


def year_rules(campaign: Campaign) -> Ruleset:
    """The law by which a campaign's year is judged: that of its last day. Raises NoRule."""
    return ruleset_on(datetime.date(campaign.year, 12, 31))


def title_names(campaign: Campaign) -> Mapping[str, str]:
    """Names of the titles of the year's rules by code; empty when the agency has no packs for it."""
    return titles_of_year(campaign.year)


def titles_of_year(year: int) -> Mapping[str, str]:
    """Names of the titles by code under the law of a year's last day; empty when the agency has no packs for it."""
    try:
        return {title: rule.name for (_, title), rule in ruleset_on(datetime.date(year, 12, 31)).rules.items()}
    except NoRule:
        return {}
