"""Another law tried on a year's facts: who turns, by which test, how places move, and nothing written."""

import datetime
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from thidua.apps.accounts.models import User
from thidua.apps.audit.models import Entry
from thidua.apps.evaluations.models import FindingRow, Judged, QuotaRow, Run
from thidua.apps.evaluations.queries import law_with, numeric_parameters, ruleset_of_run, would_be
from thidua.apps.policy.queries import ruleset_on, ruleset_with_draft, shipped_drafts
from thidua.core.law.errors import NoRule

TEST = "Số tháng kể từ khi tuyển dụng:"
MONTHS, SHARE = "ldtt.min_months", "cstdcs.max_share"


@pytest.fixture
def asked(world: Any, client: Client) -> Any:
    """The page as the standing secretary asks for it, with what was typed."""
    client.force_login(User.objects.get(username="thuong-truc"))

    def ask(**typed: str) -> str:
        answer = client.get(reverse("evaluations:other-law", args=[2020]), typed)
        assert answer.status_code == 200
        return answer.content.decode()

    return ask


def test_the_same_number_turns_nobody_and_moves_no_place(world: Any) -> None:
    found = would_be(world.run, law_with(world.run, name=SHARE, value=Fraction(15, 100)))
    assert found.turned == []
    assert [item.moved for _name, item in found.places] == [False]


def test_the_places_before_are_those_of_the_run(world: Any) -> None:
    found = would_be(world.run, law_with(world.run, name=SHARE, value=Fraction(20, 100)))
    ((_name, item),) = found.places
    row = QuotaRow.objects.get(run=world.run, title="CSTDCS")
    assert item.was is not None
    assert item.now is not None
    assert (item.was.quota, item.was.base_count, list(item.was.ranked)) == (row.places, row.base_count, row.ranked)
    assert (item.now.quota, item.now.base_count, item.now.ranked) == (57 * 20 // 100, 57, item.was.ranked)


def test_a_lower_number_of_months_turns_those_it_kept_out_by_that_test(world: Any) -> None:
    kept_out = FindingRow.objects.filter(
        judged__run=world.run, title="LDTT", failed__contains=["LDTT.months_since_recruitment"]
    )
    codes = set(kept_out.values_list("judged__person__code", flat=True))
    assert codes
    found = would_be(world.run, law_with(world.run, name=MONTHS, value=0))
    turned = [row for row in found.turned if row.title == "Lao động tiên tiến"]
    assert {row.judged.person.code for row in turned if row.judged.person} == codes
    assert {tuple(row.tests) for row in turned} == {(f"{TEST} dưới 10 → {TEST} dưới 0",)}
    assert {row.was for row in turned} == {"not_reviewed"}


def test_the_law_of_another_day_is_tried_whole(world: Any) -> None:
    found = would_be(world.run, ruleset_on(datetime.date(2024, 6, 30)))
    gone = {row.title for row in found.turned if not row.now}
    assert "Giấy khen" in gone
    ((_name, item),) = found.places
    assert item.now is None


def test_only_numbers_are_offered_and_those_that_judging_asks_for_come_first(world: Any) -> None:
    found = numeric_parameters(ruleset_of_run(world.run))
    first = [name for name, used in found if used]
    assert {MONTHS, SHARE} <= set(first)
    assert [name for name, _used in found][: len(first)] == first
    assert not {"registration.required", "limits.rounding"} & {name for name, _used in found}


def test_nothing_is_written(world: Any, asked: Any) -> None:
    models = (Run, Judged, FindingRow, QuotaRow, Entry)
    before = [model.objects.count() for model in models]
    found = asked(tham_so=MONTHS, gia_tri="0")
    assert [model.objects.count() for model in models] == before
    assert f"{TEST} dưới 10 → {TEST} dưới 0" in found


def test_the_page_shows_places_before_and_after(world: Any, asked: Any, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(15):
        found = asked(tham_so=SHARE, gia_tri="20%")
    assert "8 suất trên 57 người" in found
    assert "11 suất trên 57 người" in found
    assert len(found.encode()) < 170 * 1024


def test_the_widest_change_is_light(world: Any, asked: Any, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(15):
        found = asked(ngay="30/06/2024")
    assert len(found.encode()) < 170 * 1024


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"tham_so": SHARE, "gia_tri": "20"}, "Đây là một tỷ lệ từ 0 đến 100%"),
        ({"tham_so": SHARE, "gia_tri": "120%"}, "Đây là một tỷ lệ từ 0 đến 100%"),
        ({"tham_so": SHARE, "gia_tri": "1/0"}, "Đây là một tỷ lệ từ 0 đến 100%"),
        ({"tham_so": MONTHS, "gia_tri": "6,5"}, "Đây là một số nguyên"),
        ({"tham_so": MONTHS, "gia_tri": "-1"}, "Đây là một số nguyên"),
        ({"tham_so": MONTHS, "gia_tri": "9" * 20}, "Đây là một số nguyên"),
        ({"tham_so": MONTHS, "gia_tri": ""}, "Chọn một cách: một tham số và giá trị mới"),
        ({"tham_so": MONTHS, "gia_tri": "6", "ngay": "30/06/2024"}, "Chọn một cách: một tham số và giá trị mới"),
        ({"tham_so": "limits.rounding", "gia_tri": "6"}, "Thử đổi tham số"),
        ({"ngay": "31/02/2024"}, "hoặc dùng luật của ngày:"),
        ({"ngay": "01/01/2019"}, "cơ quan chưa chọn bộ luật cho ngày 01/01/2019"),
    ],
)
def test_what_cannot_be_tried_is_refused_in_words(world: Any, asked: Any, typed: dict[str, str], words: str) -> None:
    found = asked(**typed)
    refusal = found[found.index("Chưa thử được") :]
    assert words in refusal[: refusal.index("</ul>")]
    assert "kết luận sẽ khác" not in found


def test_the_law_browser_leads_there_only_who_sees_everybody(world: Any, client: Client) -> None:
    place = reverse("evaluations:other-law", args=[2020])
    for name, shown in (("thuong-truc", True), ("can-bo", False)):
        client.force_login(User.objects.get(username=name))
        assert (place in client.get(reverse("policy:law")).content.decode()) == shown


def test_a_shipped_draft_is_offered_and_tried(asked: Any, world: Any) -> None:
    (draft,) = shipped_drafts(tuple(world.run.digests))
    assert f'<option value="{draft.key}">{draft.label}' in asked()
    page = asked(du_thao=draft.key)
    assert "Dự thảo, không áp dụng." in page
    assert f"Thử theo luật từ ngày {draft.force.start:%d/%m/%Y} có dự thảo này." in page
    found = would_be(world.run, ruleset_with_draft(draft, after=world.run.as_of))
    assert ruleset_with_draft(draft, after=world.run.as_of).as_of == draft.force.start
    # The draft asks for HTXS and for an initiative or a topic: whoever had CSTĐCS by the work alone loses it.
    lost = [row for row in found.turned if row.title == "Chiến sĩ thi đua cơ sở" and row.was == "met"]
    assert lost
    assert {row.judged.facts["task_rating"] for row in lost if row.now == "not_met"} <= {"HT", "HTT"}


def test_a_draft_and_another_change_at_once_are_refused(asked: Any, world: Any) -> None:
    (draft,) = shipped_drafts(tuple(world.run.digests))
    for typed in ({"ngay": "01/01/2024"}, {"tham_so": MONTHS, "gia_tri": "6"}):
        assert "Chọn một cách" in asked(du_thao=draft.key, **typed)
    assert "Chọn một cách" in asked(du_thao="")


def test_a_draft_that_is_over_by_the_day_of_the_run_says_so(asked: Any, world: Any) -> None:
    (draft,) = shipped_drafts(tuple(world.run.digests))
    with pytest.raises(NoRule, match="dự thảo"):
        ruleset_with_draft(draft, after=draft.force.end + datetime.timedelta(days=1))


def test_the_same_law_tried_again_is_not_made_again(world: Any) -> None:
    one, two = (law_with(world.run, name=MONTHS, value=3) for _ in range(2))
    assert one is two
    assert law_with(world.run, name=MONTHS, value=4) is not one
