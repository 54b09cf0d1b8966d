"""An agency that shares its places out among units, or limits its collectives: kept in the run, said on the page."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from apps.council_meeting import work_by
from django.test import Client
from django.urls import reverse

from thidua.apps.accounts.models import User
from thidua.apps.evaluations.actions import evaluate_year
from thidua.apps.evaluations.models import QuotaRow, Run
from thidua.apps.nominations import queries
from thidua.apps.nominations.models import Nomination
from thidua.apps.nominations.queries.quota import ranks
from thidua.apps.nominations.states import NominationState
from thidua.apps.policy.actions import install_pack
from thidua.core.law.load import read_directory

PACKS = Path(__file__).resolve().parents[2] / "packs"
SETTINGS = "parameters/settings.yaml"
SINCE, END = datetime.date(2020, 6, 1), datetime.date(2020, 12, 31)
FORCE = 'from: 2020-01-01, to: 2023-12-31, cite: "QC-SO, Điều 6 (minh họa)", grade: memory'
OF_COLLECTIVES = f"""limits:
  - {{subject: unit, title: TTLDTT, base: TTLDTT, share: ttldtt.max_share, rounding: limits.rounding,
     scope: limits.scope, rank_by: [unit_rating], {FORCE}}}
"""
SHARE = f'  - {{name: ttldtt.max_share, label: Tỷ lệ, versions: [{{{FORCE}, value: "1/2"}}]}}\n'


def judged_under(actors: dict[str, Any], files: dict[str, str]) -> Run:
    """The year judged anew under the agency's pack as changed."""
    own = {**read_directory(PACKS / "vn.example-department"), **files}
    packs = [
        install_pack(actor=actors["secretary"], files=each) for each in (read_directory(PACKS / "vn.national"), own)
    ]
    work_by(packs, actors=(actors["secretary"], actors["director"]), since=SINCE)
    return evaluate_year(actor=actors["secretary"], year=2020, as_of=END)


@pytest.fixture
def pooled(world: Any, actors: dict[str, Any]) -> Run:
    """The sample year where places are counted together and shared out."""
    settings = read_directory(PACKS / "vn.example-department")[SETTINGS]
    assert "value: agency" in settings
    return judged_under(actors, {SETTINGS: settings.replace("value: agency", "value: pooled")})


@pytest.fixture
def of_collectives(world: Any, actors: dict[str, Any]) -> Run:
    """The sample year where at most half of the collectives that meet TTLĐTT may have it."""
    settings = read_directory(PACKS / "vn.example-department")[SETTINGS]
    return judged_under(actors, {SETTINGS: settings + SHARE, "limits.yaml": OF_COLLECTIVES})


def pass_all(world: Any, run: Run, rows: list[QuotaRow]) -> None:
    """The council passes every candidate."""
    for row in rows:
        for judged in run.judged.filter(person__code__in=row.ranked):
            Nomination.objects.create(
                agency=world.agency,
                campaign=world.campaign,
                person=judged.person,
                unit=judged.unit,
                title=row.title,
                state=NominationState.PASSED,
                drafted_by="test",
                drafted_on=END,
            )


def test_places_counted_together_are_shared_out_among_units(world: Any, pooled: Run) -> None:
    before = world.run.quotas.get(title="CSTDCS")
    rows = list(pooled.quotas.order_by("scope_code"))
    assert {row.pool_count for row in rows} == {before.base_count}
    assert sum(row.base_count for row in rows) == before.base_count
    assert sorted(code for row in rows for code in row.ranked) == sorted(before.ranked)
    open_places = before.places - sum(row.places for row in rows)
    assert 0 <= open_places <= sum(row.most_places - row.places for row in rows)
    standing = {item.quota.scope_code: item for item in queries.quota_standing(world.campaign)}
    assert set(standing) == {row.scope_code for row in rows}
    for row in rows:
        part = f"8 × {row.base_count}/{before.base_count} = "
        assert f"còn 8 suất, chia theo phần dư lớn nhất: {part}" in standing[row.scope_code].arithmetic


def test_more_passed_than_a_units_shared_places_is_told_by_unit(world: Any, pooled: Run) -> None:
    rows = list(pooled.quotas.all())
    over = {row.scope_code for row in rows if len(row.ranked) > row.most_places}
    assert over
    pass_all(world, pooled, rows)
    problems = queries.limit_problems(2020, "CSTDCS")
    assert len(problems) == len(over)
    for scope in over:
        (said,) = [problem for problem in problems if f"({scope})" in problem]
        assert "chia theo phần dư lớn nhất" in said


def test_pages_tell_the_shared_places_within_their_queries(
    world: Any, pooled: Run, client: Client, django_assert_max_num_queries: Any
) -> None:
    client.force_login(User.objects.get(username="thuong-truc"))
    for place in (
        reverse("nominations:quota", args=[2020]),
        reverse("reports:scoreboard", args=[world.campaign.pk]),
    ):
        with django_assert_max_num_queries(15):
            page = client.get(place)
        assert page.status_code == 200
    shown = client.get(reverse("nominations:quota", args=[2020])).content.decode()
    assert "Bằng nhau thì ưu tiên: Nữ: Có (Điều 3 khoản 2" in shown


def test_collectives_under_a_limit_stand_in_line(world: Any, of_collectives: Run, client: Client) -> None:
    row = of_collectives.quotas.get(kind="unit")
    met = of_collectives.judged.filter(person=None, findings__title="TTLDTT", findings__outcome="met")
    assert sorted(row.ranked) == sorted(met.values_list("unit__code", flat=True))
    assert sum(row.groups) == len(row.ranked) > 0
    client.force_login(User.objects.get(username="thuong-truc"))
    page = client.get(reverse("nominations:quota", args=[2020])).content.decode()
    assert "Tập thể đủ điều kiện" in page
    assert "Số nữ của tập thể + Số người của tập thể" in page
    (standing,) = [item for item in queries.quota_standing(world.campaign) if item.quota.kind == "unit"]
    assert [line.code for line in standing.lines] == row.ranked
    assert all(line.person_id is None and f"/xet/2020/don-vi/{line.unit_id}/" in page for line in standing.lines)


def test_equals_are_told_apart_by_sex_and_the_article_is_named(world: Any) -> None:
    (standing,) = queries.quota_standing(world.campaign)
    assert "Điều 3 khoản 2, Nghị định 91/2017/NĐ-CP" in standing.tie_words
    groups: dict[tuple[object, ...], list[str]] = {}
    for line in standing.lines:
        *worth, (label, sex) = line.values
        assert label == "Nữ"
        groups.setdefault(tuple(worth), []).append(sex)
    assert all(sexes == sorted(sexes, key=("Có", "Không").index) for sexes in groups.values())


def test_a_run_from_before_groups_were_kept_tells_nobody_apart(world: Any) -> None:
    row = world.run.quotas.get(title="CSTDCS")
    world.run.pk = None
    world.run.save()
    row.pk, row.run, row.groups = None, world.run, []
    row.save()
    found = ranks(world.run)
    assert {(rank.first, rank.last) for rank in found.values()} == {(1, len(row.ranked))}
