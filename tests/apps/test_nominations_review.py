"""Results taken twice, and filters that are none of ours."""

import datetime
from typing import Any

import pytest
from apps.nominations_story import APPRAISED, S, Story, entries, states, story_of_head
from django.test import Client
from django.urls import reverse

from thidua.apps.accounts.access import CannotDo
from thidua.apps.accounts.models import User
from thidua.apps.councils import actions as councils
from thidua.apps.nominations import actions


@pytest.fixture
def story(world: Any, actors: dict[str, Any]) -> Story:
    return story_of_head(world, actors)


def test_results_taken_again_leave_alone_what_went_on_to_another_session(story: Story, world: Any) -> None:
    rows = story.submitted()
    actions.appraise_all(actor=story.by, campaign=story.campaign, on=APPRAISED)
    first = story.council(*story.people[:4])
    items = actions.put_on_agenda(actor=story.by, nominations=rows, session=first)
    councils.withdraw_item(actor=story.by, item=items[0], because="Chờ xác minh")
    story.hold_meeting(first)
    actions.take_results(actor=story.by, session=first)
    second = councils.plan_session(
        actor=story.by,
        council=first.council,
        year=2020,
        title="Phiên họp thứ hai",
        held_on=first.held_on + datetime.timedelta(days=2),
        place=first.place,
        chair=first.chair,
        clerk=first.clerk,
    )
    actions.put_on_agenda(actor=story.by, nominations=rows[:1], session=second)
    before = entries(world)
    with pytest.raises(CannotDo, match="đã được lấy hết"):
        actions.take_results(actor=story.by, session=first)
    assert (states()[0], entries(world)) == (S.ON_AGENDA, before)
    story.hold_meeting(second)
    actions.take_results(actor=story.by, session=second)
    assert states() == [S.PASSED] * len(rows)


def test_a_filter_that_is_no_title_is_left_out(story: Story, client: Client) -> None:
    client.force_login(User.objects.get(username="thuong-truc"))
    page = reverse("nominations:table", args=[2020])
    assert [client.get(page, {"danh_hieu": wrong}).status_code for wrong in ("\x00", "' OR 1", "BK_TINH")] == [200] * 3
    listed = reverse("initiatives:initiatives")
    assert client.get(listed, {"trang-thai": "draft\x00"}).status_code == 200
