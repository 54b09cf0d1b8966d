"""The table of ``routes.py`` against the site itself, and pages held to their queries and size."""

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from house import routes
from house.routes import ROLES, Line

from thidua.apps.accounts.models import User
from thidua.apps.evaluations.models import Judged

USERS = {
    "member": "can-bo",
    "head": "truong-phong",
    "director": "giam-doc",
    "secretary": "thuong-truc",
    "other_agency": "nguoi-ngoai",
}
MOST_QUERIES = 15
MOST_BYTES = 200 * 1024


def tables() -> list[Any]:
    """``routes.py`` and each app's own ``routes_<app>.py``: a TABLE, and THINGS that find what its lines name."""
    names = sorted(path.stem for path in Path(routes.__file__).parent.glob("routes_*.py"))
    return [routes, *(importlib.import_module(f"house.{name}") for name in names)]


TABLE = tuple(line for module in tables() for line in module.TABLE)


def all_routes(resolver: URLResolver, space: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from all_routes(entry, f"{entry.namespace}:" if entry.namespace else space)
        elif isinstance(entry, URLPattern):
            yield f"{space}{entry.name}"


def test_every_route_has_a_line() -> None:
    assert {line.route for line in TABLE} == set(all_routes(get_resolver()))


def address(line: Line, world: Any, actors: dict[str, Any]) -> str:
    """The address of a line's thing in the sample year."""
    head_unit = next(iter(actors["head"].headed_units))
    own = actors["member"]
    people = world.run.judged.filter(person__isnull=False)
    elsewhere = people.exclude(unit_id__in=[head_unit, own.unit_id])
    year = world.campaign.year

    def person(judged: Judged | None) -> list[object]:
        assert judged is not None
        return [year, judged.person_id]

    things: dict[str, list[object]] = {
        "": [],
        "the plan": [world.campaign.plan.document_id],
        "the campaign": [world.campaign.pk],
        "a target": [world.campaign.pk, 5],
        "the year": [year],
        "the member": [year, own.person_id],
        "somebody of the head's unit": person(
            people.filter(unit_id=head_unit).exclude(person_id=own.person_id).first()
        ),
        "somebody of another unit": person(elsewhere.first()),
        "the member's unit": [year, own.unit_id],
        "the head's unit": [year, head_unit],
        "another unit": [year, elsewhere[0].unit_id],
    }
    for module in tables():
        if line.thing in (own_things := getattr(module, "THINGS", {})):
            return reverse(line.route, args=own_things[line.thing](world, actors))
    return reverse(line.route, args=things[line.thing])


@pytest.mark.parametrize("line", TABLE, ids=lambda line: f"{line.route} {line.thing}".strip())
def test_answers_everybody_as_the_table_says_and_lightly(
    line: Line, world: Any, actors: dict[str, Any], client: Client
) -> None:
    place = address(line, world, actors)
    parts = sum(Path(str(finders.find(name))).stat().st_size for name in ("thidua.css", "mark.svg"))
    answers, heavy = [], {}
    for role in ROLES:
        client.logout()
        if role != "visitor":
            client.force_login(User.objects.get(username=USERS[role]))
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(place)
        answers.append(answer.status_code)
        # Papers to keep stream: they are no pages to wait for.
        if answer.status_code == 200 and not answer.streaming:
            weight = len(answer.content) + parts
            if len(queries) > MOST_QUERIES or weight >= MOST_BYTES:
                heavy[role] = f"{len(queries)} queries, {weight} bytes"
    assert dict(zip(ROLES, answers, strict=True)) == dict(zip(ROLES, line.answers, strict=True))
    assert heavy == {}


PAGES = [line for line in TABLE if line.answers[4] == 200 and line.route not in ("files:download", "health")]


def test_a_member_sees_no_other_name_behind_a_figure(world: Any, actors: dict[str, Any], client: Client) -> None:
    client.force_login(User.objects.get(username="can-bo"))
    own = actors["member"].name
    names = set(world.run.judged.filter(person__isnull=False).values_list("person__full_name", flat=True)) - {own}
    for number in range(1, 21):
        page = client.get(reverse("reports:target", args=[world.campaign.pk, number])).content.decode()
        assert [name for name in names if name in page] == []


def test_pages_are_vietnamese_and_carry_the_policy(world: Any, client: Client) -> None:
    client.force_login(User.objects.get(username="thuong-truc"))
    page = client.get(reverse("reports:scoreboard", args=[world.campaign.pk]))
    assert '<html lang="vi">' in page.content.decode()
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]
    assert "<script" not in page.content.decode()
    assert " style=" not in page.content.decode()


def test_pages_in_english_leave_no_vietnamese_word_of_ours(world: Any, client: Client) -> None:
    client.force_login(User.objects.get(username="thuong-truc"))
    stays = client.get(reverse("desk:home"), headers={"Accept-Language": "en"}).content.decode()
    assert "Đăng xuất" in stays
    client.post(reverse("language"), {"language": "en", "next": "/"})
    page = client.get(reverse("desk:home")).content.decode()
    assert "Emulation campaigns" in page
    assert "Đăng xuất" not in page
