"""Every page that lists people stays light with two thousand of them in the agency."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from apps.crowd import PEOPLE, Crowd
from django.contrib.staticfiles import finders
from django.db import transaction
from django.test import Client
from django.urls import reverse

from thidua.apps.accounts.models import User
from thidua.apps.units.models import Person

MOST_QUERIES = 15
MOST_BYTES = 200 * 1024


@pytest.fixture(scope="module")
def crowd(django_db_setup: None, django_db_blocker: Any) -> Iterator[Crowd]:
    """Written once for the module and rolled back after it; pages of every test read the same rows."""
    from django_scopes import scope

    from thidua.apps.campaigns.models import Campaign
    from thidua.apps.evaluations.models import Run
    from thidua.apps.units.models import Agency

    with django_db_blocker.unblock(), transaction.atomic():
        agency = Agency.objects.get(code="stc")
        with scope(agency=agency.pk):
            yield Crowd(agency, Campaign.objects.get(), Run.objects.get())
        transaction.set_rollback(True)


def year_and(what: str) -> Any:
    return lambda crowd: [2020, what]


def campaign(crowd: Crowd) -> list[object]:
    return [crowd.campaign.pk]


def year(crowd: Crowd) -> list[object]:
    return [2020]


def unit_of_year(crowd: Crowd) -> list[object]:
    return [2020, crowd.people[0][1].pk]


def unit_of_campaign(crowd: Crowd) -> list[object]:
    return [crowd.campaign.pk, crowd.people[0][1].pk]


def session(crowd: Crowd) -> list[object]:
    return [crowd.session.pk]


def meeting(crowd: Crowd) -> list[object]:
    return [crowd.meeting.pk]


SITTING = ("session", "run", "attendance", "hands", "count")
PAGES: list[tuple[str, Any]] = [
    ("desk:home", lambda crowd: []),
    ("campaigns:campaign", campaign),
    ("campaigns:allocation", campaign),
    ("campaigns:briefing", campaign),
    ("campaigns:unit-briefing", unit_of_campaign),
    ("registrations:summary", campaign),
    ("registrations:unit", unit_of_campaign),
    ("records:year", year),
    ("records:kind", year_and("xep-loai")),
    ("records:kind", year_and("sang-kien")),
    ("records:kind", year_and("don-thu")),
    ("records:add", year_and("xep-loai")),
    ("records:add", year_and("sang-kien")),
    ("records:unit", unit_of_year),
    ("records:study", unit_of_year),
    ("records:objections", year),
    ("evaluations:people", year),
    ("evaluations:unit", unit_of_year),
    ("councils:councils", lambda crowd: []),
    ("councils:council", lambda crowd: [crowd.session.council_id]),
    ("councils:council", lambda crowd: [crowd.meeting.council_id]),
    *[(f"councils:{page}", which) for page in SITTING for which in (session, meeting)],
    ("councils:item", lambda crowd: [crowd.session.items.first().pk]),
    ("councils:item", lambda crowd: [crowd.meeting.items.first().pk]),
    ("initiatives:initiatives", lambda crowd: []),
    ("initiatives:draft", lambda crowd: []),
    ("nominations:table", year),
    ("nominations:quota", year),
    ("nominations:unit", unit_of_year),
    ("nominations:dossier", lambda crowd: [crowd.nominations[1].pk]),
    ("decisions:decisions", lambda crowd: []),
    ("decisions:new-decision", year),
    ("decisions:new-proposal", year),
    ("decisions:decision", lambda crowd: [crowd.draft.pk]),
    ("decisions:decision", lambda crowd: [crowd.signed.pk]),
    ("decisions:proposal", lambda crowd: [crowd.proposal.pk]),
    ("honours:postings", lambda crowd: []),
    ("honours:posting", lambda crowd: [crowd.posting.pk]),
    ("honours:public", lambda crowd: [crowd.agency.code]),
    ("honours:public-posting", lambda crowd: [crowd.agency.code, crowd.posting.slug]),
    ("honours:public-roll", lambda crowd: [crowd.agency.code, 2020]),
    ("honours:public-decision", lambda crowd: [crowd.agency.code, crowd.signed.pk]),
    ("reports:scoreboard", campaign),
    ("reports:year-end", campaign),
    *[("reports:target", lambda crowd, n=number: [crowd.campaign.pk, n]) for number in range(1, 21)],
]
DIRECTORS: list[tuple[str, Any]] = [
    ("initiatives:recognise", lambda crowd: []),
    ("decisions:decision", lambda crowd: [crowd.draft.pk]),
    ("decisions:decision", lambda crowd: [crowd.signed.pk]),
]


def weigh(user: str, place: str, limit: Any) -> int:
    """The bytes of a page with its stylesheet and mark, read within the allowed queries."""
    client = Client()
    client.force_login(User.objects.get(username=user))
    with limit(MOST_QUERIES):
        answer = client.get(place)
    assert answer.status_code == 200
    parts = [Path(str(finders.find(name))).stat().st_size for name in ("thidua.css", "mark.svg")]
    return len(answer.content) + sum(parts)


def test_the_crowd_is_as_large_as_it_says(crowd: Crowd) -> None:
    assert Person.objects.count() == PEOPLE


@pytest.mark.parametrize(("route", "of"), PAGES)
def test_pages_stay_light(route: str, of: Any, crowd: Crowd, django_assert_max_num_queries: Any) -> None:
    place = reverse(route, args=of(crowd))
    assert weigh("thuong-truc", place, django_assert_max_num_queries) < MOST_BYTES


@pytest.mark.parametrize(("route", "of"), DIRECTORS)
def test_the_directors_pages_stay_light(route: str, of: Any, crowd: Crowd, django_assert_max_num_queries: Any) -> None:
    place = reverse(route, args=of(crowd))
    assert weigh("giam-doc", place, django_assert_max_num_queries) < MOST_BYTES


def read(place: str, asked: dict[str, Any] | None = None) -> str:
    client = Client()
    client.force_login(User.objects.get(username="thuong-truc"))
    return client.get(place, asked or {}).content.decode()


def test_the_judged_are_counted_whole_and_found_by_name_unit_and_outcome(crowd: Crowd) -> None:
    place = reverse("evaluations:people", args=[2020])
    first = read(place)
    assert f"{crowd.run.judged.filter(person__isnull=False).count()} người." in first
    asked = {"q": "giang", "don_vi": crowd.people[0][1].pk, "danh_hieu": "LDTT", "ket_qua": "met"}
    found = crowd.run.judged.filter(unit=crowd.people[0][1], person__folded__contains="giang")
    kept = found.filter(findings__title="LDTT", findings__outcome="met")
    page = read(place, asked)
    assert 0 < kept.count() < found.count()
    assert f"{kept.count()} người." in page
    assert page.count(f"{crowd.people[0][1].name}</small>") == kept.count()


def test_the_next_page_keeps_what_was_asked(crowd: Crowd) -> None:
    page = read(reverse("evaluations:people", args=[2020]), {"ket_qua": "met", "trang": 2})
    assert 'href="?ket_qua=met&amp;trang=3"' in page
    page = read(reverse("reports:target", args=[crowd.campaign.pk, 5]), {"nhom": "in", "trang": 2})
    assert 'href="?nhom=in&amp;trang=3"' in page
    assert "Không tính (" not in page


def test_lines_of_a_decision_are_found_by_several_names(crowd: Crowd) -> None:
    place = reverse("decisions:decision", args=[crowd.signed.pk])
    names = [str(who) for who, _unit in (crowd.people[0], crowd.people[150])]
    same = [who for who, _unit in crowd.people if str(who) in names]
    page = read(place, {"q": "; ".join(name.upper() for name in names)})
    assert f"{len(same)} dòng khớp" in page
    assert page.count('type="checkbox"') == len(same)
