"""Where to look first on the site of a told year, and with which account."""

from dataclasses import dataclass

from django.urls import reverse

from thidua.apps.accounts.models import User
from thidua.apps.campaigns.models import Campaign


@dataclass(frozen=True)
class Door:
    """A page worth opening; ``account`` is empty for what everybody may see."""

    account: str
    address: str
    what: str


def doors(campaign: Campaign) -> list[Door]:
    """One page for each account of the demo, and one for the public."""
    member = User.objects.get(agency=campaign.agency, username="can-bo")
    return [
        Door("thuong-truc", reverse("reports:scoreboard", args=[campaign.pk]), "bảng chỉ tiêu; mở từng con số"),
        Door("giam-doc", reverse("reports:year-end", args=[campaign.pk]), "báo cáo tổng kết"),
        Door("truong-phong", reverse("desk:home"), "việc của trưởng phòng"),
        Door(
            "can-bo",
            reverse("evaluations:person", args=[campaign.year, member.person_id]),
            "vì sao đạt, vì sao chưa, cần gì",
        ),
        Door(
            "", reverse("honours:public-roll", args=[campaign.agency.code, campaign.year]), "bảng vinh danh công khai"
        ),
    ]
