"""Pages on which a reading is corrected and confirmed: what they show, how heavy they are, where an act leads."""

import re
from typing import Any

import pytest
from apps.test_campaigns_confirming import CLEAN, SCAN, counted, place, received, repair
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from thidua.apps.accounts.models import User
from thidua.apps.campaigns import actions
from thidua.apps.campaigns.models import Plan
from thidua.apps.campaigns.queries import current_version, standing_of
from thidua.apps.campaigns.queries.readings import pages_of, passages
from thidua.core.plans.settling import repair_key


@pytest.fixture
def secretary(world: Any, actors: dict[str, Any]) -> Any:
    return actors["secretary"]


@pytest.fixture
def plan(secretary: Any) -> Plan:
    """The scan as the reader left it."""
    return received(secretary, SCAN, "ke-hoach-2020.ocr.txt")


@pytest.fixture
def site(client: Client, world: Any) -> Client:
    client.force_login(User.objects.get(username="thuong-truc"))
    return client


def test_the_page_lists_what_is_open_and_stays_light(plan: Plan, site: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(13):
        page = site.get(reverse("campaigns:plan", args=[plan.pk]))
    text = page.content.decode()
    assert len(re.findall('class="act inline"', text)) == 11  # ten doubts and all of them at once
    assert "Chưa có dữ liệu năm 2019" in text
    assert "tập thể đạt danh hiệu" in text
    assert "tính đến 31/12/2020" in text
    assert len(page.content) < 100_000


def test_a_target_is_shown_on_last_year_s_records_which_open(
    secretary: Any, site: Client, django_assert_max_num_queries: Any
) -> None:
    plan = received(secretary, CLEAN.replace("2020", "2021").encode())
    with django_assert_max_num_queries(15):  # one of them only where the process has not read the packs yet
        page = site.get(reverse("campaigns:plan", args=[plan.pk])).content.decode()
    assert "57–59 / 62 (91,9–95,2%)" in page
    address = reverse("reports:target-preview", args=[plan.pk, 5])
    assert f'href="{address}"' in page
    opened = site.get(address).content.decode()
    assert "Thử trên hồ sơ năm 2020, chưa có hiệu lực" in opened
    assert opened.count("<tr>") > 60


def test_a_draft_is_tried_before_it_is_written(secretary: Any, site: Client) -> None:
    plan = received(secretary, CLEAN.replace("2020", "2021").encode())
    address = reverse("campaigns:plan-target", args=[plan.pk, 5])
    before = counted()
    sent = {"target-seen": "1", "target-op": ">=", "target-value": "90", "target-unit": "percent"}
    sent |= {"target-title_code": "LDTT", "target-subject": "CBCCVC", "target-clause": "IV.2"}
    page = site.post(f"{address}?act=target", {**sent, "try": "1"}).content.decode()
    assert "Thử với những gì vừa ghi, chưa lưu" in page
    assert "Đạt</span>" in page
    assert counted() == before
    assert site.post(f"{address}?act=target", sent).status_code == 302
    plan.refresh_from_db()
    assert plan.reading["targets"][4]["value"] == "90"


@pytest.mark.parametrize("typed", ["chín mươi", "", "-4", "9" * 39])
def test_a_draft_that_says_nothing_is_told_so(secretary: Any, site: Client, typed: str) -> None:
    plan = received(secretary, SCAN)
    address = reverse("campaigns:plan-target", args=[plan.pk, 5])
    sent = {"target-seen": "1", "target-op": ">=", "target-value": typed, "target-unit": "percent"}
    tried = site.post(f"{address}?act=target", {**sent, "try": "1"})
    written = site.post(f"{address}?act=target", sent).content.decode()
    assert tried.status_code == 200
    assert re.search("Mức phải đạt|Chưa có mức phải đạt", written)
    assert current_version(plan).number == 1


def test_the_next_doubtful_word_follows_the_one_decided(plan: Plan, site: Client) -> None:
    doubts = [doubt.key for doubt in standing_of(plan).waiting if doubt.kind == "repair"]
    answer = site.post(
        reverse("campaigns:plan-words", args=[plan.pk, doubts[0]]) + "?act=words",
        {"words-seen": "1", "words-words": "quy"},
    )
    assert answer.headers["Location"] == reverse("campaigns:plan-words", args=[plan.pk, doubts[1]])


def test_a_file_sent_from_the_page_leads_to_the_comparison(plan: Plan, site: Client) -> None:
    data = SimpleUploadedFile("sua.txt", CLEAN.replace("từ 95%", "từ 90%").encode())
    address = reverse("campaigns:plan", args=[plan.pk])
    answer = site.post(f"{address}?act=file", {"file-document": data}, follow=True)
    page = answer.content.decode()
    assert "So hai bản đọc" in page
    assert "Thay bằng bản này" in page
    assert "còn để bên cạnh, chưa dùng" in site.get(address).content.decode()


def test_a_repaired_word_that_stands_no_more_is_not_found(plan: Plan, site: Client, secretary: Any) -> None:
    row = repair(plan, "qui")
    actions.correct_words(actor=secretary, plan=plan, seen=1, **place(row), words="qui")
    assert site.get(reverse("campaigns:plan-words", args=[plan.pk, repair_key(row)])).status_code == 404


def test_a_plan_of_a_hundred_targets_and_200_kib_comes_in_light_pages(
    secretary: Any, site: Client, django_assert_max_num_queries: Any
) -> None:
    words = "Tiếp tục nâng cao chất lượng công tác thi đua, khen thưởng trong toàn cơ quan. " * 16
    lines = ["KẾ HOẠCH", "Về việc phát động phong trào thi đua năm 2021", "", "I. NỘI DUNG"]
    lines += [f"{number}. {words}" for number in range(1, 131)]
    lines += ["II. CHỈ TIÊU", *(f"{n}. Có từ {n % 90 + 5}% trở lên CBCCVC hoàn thành nhiệm vụ." for n in range(1, 101))]
    data = "\n".join(lines).encode()
    assert len(data) > 200 * 1024
    plan = received(secretary, data)
    assert len(plan.reading["targets"]) == 100
    pages = pages_of(passages(standing_of(plan)))
    assert sum(len(one.targets) for page in pages for one in page) == 100
    sizes = []
    for number in (1, len(pages) - 1, len(pages)):
        with django_assert_max_num_queries(15):
            answer = site.get(reverse("campaigns:plan", args=[plan.pk]), {"trang": number})
        sizes.append(len(answer.content))
    assert max(sizes) < 150_000
