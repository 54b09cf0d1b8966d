"""A campaign is closed when nothing of it is open, and never opened again."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from thidua.apps.accounts.access import Refused, StillOpen
from thidua.apps.accounts.models import User
from thidua.apps.campaigns.actions import close, deliver, receive_delivery
from thidua.apps.campaigns.models import Campaign
from thidua.apps.campaigns.queries import closing_problems, launch_day
from thidua.apps.registrations.actions import open_sheets
from thidua.core.lifecycle import MoveRefused


def test_what_is_open_is_listed_and_keeps_the_campaign_open(world: Any, actors: dict[str, Any]) -> None:
    campaign, by = world.campaign, actors["secretary"]
    day = launch_day(campaign)
    assert day is not None
    assert closing_problems(campaign) == []
    handed = deliver(actor=by, campaign=campaign, on=day)
    sheets = open_sheets(actor=by, campaign=campaign)
    with pytest.raises(StillOpen) as refused:
        close(actor=by, campaign=campaign)
    assert refused.value.problems == [
        *(f"{row.unit.name} chưa ký nhận kế hoạch." for row in sorted(handed, key=lambda row: row.unit.code)),
        f"Bảng đăng ký thi đua Thường trực chưa nhận: {len(sheets)}.",
    ]
    campaign.refresh_from_db()
    assert (campaign.state, campaign.closed_at) == ("launched", None)
    for row in handed:
        receive_delivery(actor=by, delivery=row, on=day + datetime.timedelta(days=1))
    assert len(closing_problems(campaign)) == 1


def test_a_closed_campaign_is_not_closed_again(world: Any, actors: dict[str, Any]) -> None:
    for role in ("member", "head"):
        with pytest.raises(Refused):
            close(actor=actors[role], campaign=world.campaign)
    closed = close(actor=actors["director"], campaign=world.campaign)
    assert (closed.state, closed.closed_at is None) == ("closed", False)
    with pytest.raises(MoveRefused, match="Đã kết thúc"):
        close(actor=actors["director"], campaign=world.campaign)


def test_the_page_closes_it_once_and_says_when(world: Any, client: Client) -> None:
    client.force_login(User.objects.get(username="thuong-truc"))
    place = reverse("campaigns:campaign", args=[world.campaign.pk])
    assert "Kết thúc rồi thì không mở lại" in client.get(place).content.decode()
    assert client.post(place + "?act=close").status_code == 302
    assert Campaign.objects.get(pk=world.campaign.pk).state == "closed"
    page = client.get(place).content.decode()
    assert "Ngày kết thúc" in page
    assert "?act=close" not in page
    assert "Không làm được việc này" in client.post(place + "?act=close").content.decode()
