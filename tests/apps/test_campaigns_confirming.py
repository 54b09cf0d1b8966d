"""A reading compared with its document, corrected step by step, and confirmed; what is refused changes nothing."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from thidua.apps.accounts.access import CannotDo, Refused, StillOpen
from thidua.apps.accounts.models import User
from thidua.apps.audit.models import Entry
from thidua.apps.campaigns import actions
from thidua.apps.campaigns.models import Campaign, Plan, Reading, ReadingVersion, Target
from thidua.apps.campaigns.queries import current_version, standing_of
from thidua.apps.units.models import Unit
from thidua.core.lifecycle import MoveRefused

ROOT = Path(__file__).resolve().parents[2]
SCAN = (ROOT / "sample" / "ke-hoach-2020.ocr.txt").read_bytes()
CLEAN = (ROOT / "sample" / "ke-hoach-2020.txt").read_text(encoding="utf-8")
OUTSIDE = "không để phát sinh trường hợp khiếu nại, tố cáo đông người xảy ra"
FIELDS = {"op": "none", "value": None, "unit": "count", "title_code": None, "subject": None, "measure": None}


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


def received(secretary: Any, data: bytes, name: str = "ke-hoach.txt") -> Plan:
    made: Plan = actions.receive_plan(actor=secretary, data=data, filename=name)
    return made


def seen(plan: Plan) -> int:
    return current_version(plan).number


def repair(plan: Plan, before: str) -> dict[str, Any]:
    found: dict[str, Any] = next(row for row in plan.reading["repairs"] if row["from"] == before)
    return found


def counted() -> tuple[int, int, int, int]:
    return ReadingVersion.objects.count(), Reading.objects.count(), Campaign.objects.count(), Entry.objects.count()


def place(row: dict[str, Any]) -> dict[str, int]:
    return {"start": row["start"], "end": row["end"]}


def test_a_scan_waits_for_its_doubtful_places(plan: Plan, secretary: Any) -> None:
    before = counted()
    with pytest.raises(StillOpen) as refusal:
        actions.confirm_reading(actor=secretary, plan=plan)
    assert refusal.value.problems == [
        "Còn 8 chỗ sửa chữ chưa chắc chắn, chưa có ai quyết định.",
        "Còn 2 lưu ý của máy đọc, chưa có ai quyết định.",
    ]
    plan.refresh_from_db()
    assert (plan.state, counted()) == ("read", before)


def test_the_rest_is_accepted_as_a_whole_and_the_record_says_what(plan: Plan, secretary: Any) -> None:
    campaign = actions.confirm_reading(actor=secretary, plan=plan, accept_rest=True, seen=1)
    version = current_version(plan)
    assert (campaign.targets.count(), version.verb, version.number) == (20, "confirm_reading", 2)
    assert len(version.what["accepted"]) == 10
    assert {how["how"] for how in version.kept["decided"].values()} == {"as_a_whole"}


def test_each_doubt_decided_leaves_nothing_to_tick(plan: Plan, secretary: Any) -> None:
    for number in range(10):
        doubt = standing_of(plan).waiting[0]
        made = actions.accept_doubts(actor=secretary, plan=plan, seen=number + 1, doubts=[doubt.key])
        assert made.kept["decided"][doubt.key]["by"] == secretary.key
    assert actions.confirm_reading(actor=secretary, plan=plan).state == "draft"


def test_words_put_right_stand_at_once_when_only_words_differ(plan: Plan, secretary: Any) -> None:
    row = repair(plan, "qui")
    reading = actions.correct_words(actor=secretary, plan=plan, seen=1, **place(row), words="quy")
    plan.refresh_from_db()
    version = current_version(plan)
    assert (version.reading_id, version.verb, version.what) == (
        reading.pk,
        "correct_words",
        {"from": "quá", "to": "quy"},
    )
    assert "hành chính, quy định về" in plan.reading["text"]
    assert [plan.reading["text"][one["start"] : one["end"]] == one["quote"] for one in plan.reading["targets"]] == [
        True
    ] * 20
    assert len(standing_of(plan).waiting) == 9


def test_a_repair_put_back_shows_the_word_of_the_file(plan: Plan, secretary: Any) -> None:
    row = repair(plan, "qui")
    actions.correct_words(actor=secretary, plan=plan, seen=1, **place(row), words="qui")
    plan.refresh_from_db()
    assert "hành chính, qui định về" in plan.reading["text"]
    assert [one for one in plan.reading["repairs"] if one["from"] == "qui" and one["to"] == "quá"] == []


def test_a_passage_that_changes_a_target_stands_aside_until_it_is_taken(plan: Plan, secretary: Any) -> None:
    text = plan.reading["text"]
    start = text.index("2. Phấn đấu 100%")
    end = text.index("\n", start)
    words = text[start:end].replace("từ 95%", "từ 90%")
    reading = actions.correct_passage(actor=secretary, plan=plan, seen=1, start=start, end=end, words=words)
    plan.refresh_from_db()
    assert (current_version(plan).number, plan.reading["targets"][4]["value"]) == (1, "95")
    actions.take_reading(actor=secretary, plan=plan, reading=reading, seen=1)
    plan.refresh_from_db()
    assert (current_version(plan).number, plan.reading["targets"][4]["value"]) == (2, "90")


def test_a_reading_made_of_an_older_text_is_not_taken(plan: Plan, secretary: Any) -> None:
    text = plan.reading["text"]
    start = text.index("2. Phấn đấu 100%")
    end = text.index("\n", start)
    words = text[start:end].replace("từ 95%", "từ 90%")
    reading = actions.correct_passage(actor=secretary, plan=plan, seen=1, start=start, end=end, words=words)
    actions.correct_words(actor=secretary, plan=plan, seen=1, **place(repair(plan, "qui")), words="quy")
    before = counted()
    with pytest.raises(CannotDo, match="đã được sửa tiếp"):
        actions.take_reading(actor=secretary, plan=plan, reading=reading, seen=2)
    assert counted() == before


def test_words_that_leave_no_plan_are_refused(plan: Plan, secretary: Any) -> None:
    before = counted()
    end = len(plan.reading["text"])
    with pytest.raises(CannotDo, match="không đọc được kế hoạch nữa"):
        actions.correct_passage(actor=secretary, plan=plan, seen=1, start=0, end=end, words="Chỉ một câu.")
    assert counted() == before


def test_head_basis_and_target_are_put_right_and_the_record_knows_who(plan: Plan, secretary: Any) -> None:
    actions.correct_head(actor=secretary, plan=plan, seen=1, number="12/KH-STC", date="2020-05-15")
    actions.correct_basis(actor=secretary, plan=plan, seen=2, number=2, date="2020-05-08")
    actions.add_basis(
        actor=secretary, plan=plan, seen=3, type="Luật", number=None, date=None, issuer="Quốc hội", subject=None
    )
    actions.correct_target(actor=secretary, plan=plan, seen=4, number=5, value="95,5")
    plan.refresh_from_db()
    assert (plan.reading["document"]["number"], plan.reading["document"]["date"]) == ("12/KH-STC", "2020-05-15")
    assert [row["type"] for row in plan.reading["bases"]] == ["Kế hoạch", "Kế hoạch", "Luật"]
    assert (plan.reading["bases"][1]["date"], plan.reading["targets"][4]["value"]) == ("2020-05-08", "95.5")
    last = Entry.objects.order_by("-seq").first()
    assert last is not None
    assert (last.verb, last.actor, last.target) == ("correct_target", secretary.key, f"campaigns.plan:{plan.pk}")
    assert plan.versions.first().reading.read["targets"][4]["value"] == "95"  # the reader's own stays


def test_a_target_is_added_from_its_sentence_and_another_left_out_with_a_reason(plan: Plan, secretary: Any) -> None:
    start = plan.reading["text"].index(OUTSIDE)
    given = {**FIELDS, "deadline": None, "clause": "II.4", "unit_text": None}
    actions.add_target(actor=secretary, plan=plan, seen=1, quote=OUTSIDE, start=start, **given)
    actions.drop_target(actor=secretary, plan=plan, seen=2, number=2, because="đã nêu ở kế hoạch khác")
    campaign = actions.confirm_reading(actor=secretary, plan=plan, accept_rest=True)
    assert (campaign.targets.count(), campaign.targets.get(number=1).quote) == (20, OUTSIDE)
    assert campaign.targets.get(number=1).formula is None  # never a guess
    assert len(current_version(plan).what["accepted"]) == 9  # the warning was settled by the target


def test_steps_are_undone_one_after_another(plan: Plan, secretary: Any) -> None:
    actions.correct_head(actor=secretary, plan=plan, seen=1, number="12/KH-STC")
    actions.correct_target(actor=secretary, plan=plan, seen=2, number=5, value="96")
    actions.undo_step(actor=secretary, plan=plan, seen=3)
    plan.refresh_from_db()
    assert (plan.reading["targets"][4]["value"], plan.reading["document"]["number"]) == ("95", "12/KH-STC")
    actions.undo_step(actor=secretary, plan=plan, seen=4)
    plan.refresh_from_db()
    assert (plan.reading["document"]["number"], current_version(plan).number) == (None, 5)
    with pytest.raises(CannotDo, match="Không còn bước nào"):
        actions.undo_step(actor=secretary, plan=plan, seen=5)


@pytest.mark.parametrize(
    ("act", "given", "said"),
    [
        ("accept_doubts", {"doubts": ["sua-khong-co"]}, "không còn chờ quyết định"),
        ("correct_words", {"start": 5, "end": 4, "words": "a"}, "không có trong văn bản"),
        ("correct_words", {"start": 0, "end": 10**6, "words": "a"}, "không có trong văn bản"),
        ("correct_passage", {"start": 0, "end": 9, "words": " "}, "Lời của mục phải có"),
        ("correct_head", {"motto": "Đổi mới, sáng tạo, nâng cao văn hóa và đạo đức công vụ"}, "Không có gì khác"),
        ("correct_basis", {"number": 9, "type": "Luật"}, "không có dòng thứ 9"),
        ("correct_target", {"number": 0, "value": "1"}, "không có dòng thứ 0"),
        ("correct_target", {"number": 5, "value": "chín mươi"}, "không phải một con số"),
        ("correct_target", {"number": 5, "value": "95"}, "Không có gì khác"),
        ("drop_target", {"number": 5, "because": " "}, "Chưa ghi lý do"),
        ("add_target", {"quote": "câu không có", "start": 0, **FIELDS}, "không có đúng từng chữ"),
        ("undo_step", {}, "Không còn bước nào"),
    ],
)
def test_what_cannot_be_done_says_why_and_changes_nothing(
    plan: Plan, secretary: Any, act: str, given: dict[str, Any], said: str
) -> None:
    before = counted()
    with pytest.raises(CannotDo, match=said):
        getattr(actions, act)(actor=secretary, plan=plan, seen=1, **given)
    assert counted() == before


def test_a_page_that_shows_an_older_version_is_refused(plan: Plan, secretary: Any) -> None:
    actions.correct_head(actor=secretary, plan=plan, seen=1, number="12/KH-STC")
    before = counted()
    for act, given in (("correct_head", {"number": "13/KH-STC"}), ("undo_step", {}), ("confirm_reading", {})):
        with pytest.raises(CannotDo, match="đã được sửa ở một trang khác"):
            getattr(actions, act)(actor=secretary, plan=plan, seen=1, **given)
    assert counted() == before


@pytest.mark.parametrize("role", ["head", "member"])
def test_only_those_who_run_emulation_correct(plan: Plan, actors: dict[str, Any], role: str) -> None:
    before = counted()
    with pytest.raises(Refused):
        actions.correct_head(actor=actors[role], plan=plan, seen=1, number="1")
    with pytest.raises(Refused):
        actions.offer_reading(actor=actors[role], plan=plan, data=CLEAN.encode(), filename="a.txt")
    with pytest.raises(Refused):
        actions.confirm_reading(actor=actors[role], plan=plan, accept_rest=True)
    assert counted() == before


def test_another_agency_s_plan_is_out_of_reach(plan: Plan, actors: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        actions.correct_head(actor=actors["other_agency"], plan=plan, seen=1, number="1")


def test_a_corrected_file_replaces_the_draft_and_keeps_what_was_settled(plan: Plan, secretary: Any) -> None:
    actions.correct_target(actor=secretary, plan=plan, seen=1, number=6, value="10", because="theo bản ký")
    warning = standing_of(plan).waiting[-1]
    actions.accept_doubts(actor=secretary, plan=plan, seen=2, doubts=[warning.key])
    data = CLEAN.replace("từ 95%", "từ 90%").encode()
    reading = actions.offer_reading(actor=secretary, plan=plan, data=data, filename="sua.txt")
    plan.refresh_from_db()
    assert plan.document.name == "ke-hoach-2020.ocr.txt"
    actions.take_reading(actor=secretary, plan=plan, reading=reading, seen=3)
    plan.refresh_from_db()
    assert [plan.reading["targets"][at]["value"] for at in (4, 5)] == ["90", "10"]
    assert (plan.document.name, standing_of(plan).waiting) == ("sua.txt", [])
    assert actions.confirm_reading(actor=secretary, plan=plan).targets.get(number=5).value == "90"


def test_a_confirmed_reading_opens_again_while_its_campaign_is_a_draft(plan: Plan, secretary: Any) -> None:
    campaign = actions.confirm_reading(actor=secretary, plan=plan, accept_rest=True)
    with pytest.raises(CannotDo, match="Mở lại bản đọc trước"):
        actions.correct_head(actor=secretary, plan=plan, seen=2, number="1")
    actions.reopen_reading(actor=secretary, plan=plan)
    with pytest.raises(StillOpen, match="đang mở để sửa"):
        actions.launch(actor=secretary, campaign=campaign)
    actions.correct_target(actor=secretary, plan=plan, seen=2, number=5, value="96")
    again = actions.confirm_reading(actor=secretary, plan=plan)
    assert (again.pk, again.targets.get(number=5).value) == (campaign.pk, "96")


def test_a_draft_with_targets_handed_down_is_not_made_anew(plan: Plan, secretary: Any) -> None:
    campaign = actions.confirm_reading(actor=secretary, plan=plan, accept_rest=True)
    target = campaign.targets.get(number=5)
    actions.reopen_reading(actor=secretary, plan=plan)
    actions.allocate(actor=secretary, target=target, amounts={Unit.objects.order_by("code")[0].pk: 1})
    before = Target.objects.count()
    with pytest.raises(StillOpen, match="đã giao cho đơn vị"):
        actions.confirm_reading(actor=secretary, plan=plan)
    assert Target.objects.count() == before


def test_a_launched_campaign_s_plan_is_compared_and_not_replaced(world: Any, secretary: Any, site: Client) -> None:
    plan = world.campaign.plan
    with pytest.raises(StillOpen, match="Phong trào đã phát động"):
        actions.reopen_reading(actor=secretary, plan=plan)
    data = CLEAN.replace("từ 95%", "từ 90%").encode()
    reading = actions.offer_reading(actor=secretary, plan=plan, data=data, filename="sua.txt")
    with pytest.raises(CannotDo, match="đã xác nhận"):
        actions.take_reading(actor=secretary, plan=plan, reading=reading, seen=seen(plan))
    page = site.get(reverse("campaigns:plan-comparison", args=[plan.pk, reading.pk])).content.decode()
    assert "Ban hành kế hoạch sửa đổi, bổ sung" in page
    assert "từ 90% trở lên CBCCVC" in page
    assert "?act=take" not in page


def test_a_confirmed_reading_is_not_confirmed_twice(plan: Plan, secretary: Any) -> None:
    actions.confirm_reading(actor=secretary, plan=plan, accept_rest=True)
    before = counted()
    with pytest.raises(MoveRefused):
        actions.confirm_reading(actor=secretary, plan=plan, accept_rest=True)
    assert counted() == before
