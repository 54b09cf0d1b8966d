"""Who did not register: put forward where no registration is demanded; where it is, the director decides."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from apps.nominations_story import entries, person_with, story_of
from django.test import Client
from django.utils import timezone

from thidua.apps.accounts.access import CannotDo, Refused
from thidua.apps.accounts.models import User
from thidua.apps.nominations import queries
from thidua.apps.nominations.models import Nomination
from thidua.apps.policy.queries import ruleset_on

GIVEN = {"override_because": "Thành tích nổi bật, quên đăng ký", "override_article": "Quy chế của Sở, Điều 5"}


@pytest.fixture
def judged(world: Any) -> Any:
    """Somebody whom a later run finds not registered, and the law of the year demands it; all else is met."""
    found = person_with(world, "LDTT", "met")
    finding = found.findings.get(title="LDTT")
    run = world.run
    run.pk, run.ran_at = None, timezone.now()
    run.save()
    found.pk, found.run, found.facts = None, run, found.facts | {"registered": False}
    found.save()
    finding.pk, finding.judged, finding.outcome, finding.failed = None, found, "not_met", ["LDTT.registered"]
    finding.save()
    return found


def test_the_director_alone_puts_forward_somebody_without_the_demanded_registration(
    world: Any, actors: dict[str, Any], judged: Any
) -> None:
    story = story_of(world, actors, judged)
    before = entries(world)
    with pytest.raises(Refused, match="giám đốc"):
        story.draft(judged.person, "LDTT", **GIVEN)
    with pytest.raises(CannotDo, match="nêu lý do và điều khoản"):
        story.draft(judged.person, "LDTT", actor=actors["director"])
    assert (Nomination.objects.count(), entries(world)) == (0, before)
    made = story.draft(judged.person, "LDTT", actor=actors["director"], **GIVEN)
    assert (made.override_by, made.override_article) == (actors["director"].key, GIVEN["override_article"])
    assert story.plan().items.get().subject_id == made.pk


def test_the_director_puts_forward_nobody_else(world: Any, actors: dict[str, Any]) -> None:
    met = person_with(world, "LDTT", "met")
    with pytest.raises(Refused, match="trưởng đơn vị"):
        story_of(world, actors, met).draft(met.person, "LDTT", actor=actors["director"])
    assert not Nomination.objects.exists()


def test_where_no_registration_is_demanded_none_is_missing(world: Any, actors: dict[str, Any], judged: Any) -> None:
    year = queries.unit_year(world.campaign, judged.unit)
    later = replace(year, ruleset=ruleset_on(date(2024, 6, 1)))
    asked = [one.asked(judged.person_id, "LDTT") for one in (year, later)]
    assert [one is not None and one.lacks_registration for one in asked] == [True, False]
    assert year.asked(judged.person_id, "TTLDTT") is None
    assert year.asked(None, "TTLDTT") is not None


def test_the_units_page_offers_everybody_and_says_who_decides(
    world: Any, actors: dict[str, Any], client: Client, judged: Any
) -> None:
    story = story_of(world, actors, judged)
    place = f"/de-nghi/2020/don-vi/{story.unit.pk}/"
    asked = f"{place}?nguoi={judged.person_id}&danh_hieu=LDTT"
    client.force_login(User.objects.get(username="thuong-truc"))
    assert f'<option value="{judged.person_id}"' in client.get(place).content.decode()
    said = client.get(asked).content.decode()
    assert "Giám đốc quyết định có đề nghị hay không" in said
    assert "lap-override_because" not in said
    client.force_login(User.objects.get(username="giam-doc"))
    assert "lap-override_because" in client.get(asked).content.decode()
    typed = {f"lap-{name}": words for name, words in GIVEN.items()} | {"lap-on": "04/12/2020"}
    act = f"{place}?viec=lap&nguoi={judged.person_id}&danh_hieu=LDTT"
    assert "Đã lập đề nghị." in client.post(act, typed, follow=True).content.decode()
    assert Nomination.objects.get().person_id == judged.person_id
    assert "đã được đề nghị danh hiệu ấy" in client.get(asked).content.decode()


def test_the_unit_puts_forward_somebody_registered_for_no_title_it_names(
    world: Any, actors: dict[str, Any], client: Client
) -> None:
    judged = person_with(world, "CSTDCS", "not_met")
    story = story_of(world, actors, judged)
    place = f"/de-nghi/2020/don-vi/{story.unit.pk}/?viec=lap&nguoi={judged.person_id}&danh_hieu=CSTDT"
    client.force_login(User.objects.get(username="thuong-truc"))
    asked = queries.unit_year(world.campaign, story.unit).asked(judged.person_id, "CSTDT")
    assert asked is not None
    assert (asked.registered, asked.lacks_registration) == (False, False)
    typed = {f"lap-{name}": words for name, words in GIVEN.items()} | {"lap-on": "04/12/2020"}
    assert "Đã lập đề nghị." in client.post(place, typed, follow=True).content.decode()
    assert Nomination.objects.get().title == "CSTDT"
