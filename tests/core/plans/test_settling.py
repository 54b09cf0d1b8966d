"""Words corrected by a person, and what was settled: neither is lost when a text is read again."""

from pathlib import Path
from typing import Any

import pytest

from thidua.core.plans import PlanError, read_plan, reread_plan
from thidua.core.plans.by_hand import target_by_hand
from thidua.core.plans.compare import compare
from thidua.core.plans.correcting import BY_HAND, correct_passage, correct_words, repair_from_json, tidy
from thidua.core.plans.settling import (
    added,
    carry,
    changed,
    doubts,
    dropped,
    left_out,
    nothing_kept,
    rows,
    standing,
    undecided,
)

ROOT = Path(__file__).resolve().parents[3]
SCAN = read_plan((ROOT / "sample" / "ke-hoach-2020.ocr.txt").read_bytes(), filename="ke-hoach-2020.ocr.txt")
READ: dict[str, Any] = SCAN.to_json()
CLEAN = read_plan((ROOT / "sample" / "ke-hoach-2020.txt").read_bytes(), filename="ke-hoach-2020.txt").to_json()
TARGET = {
    "title_code": None,
    "title_class": None,
    "unit_text": None,
    "subject": None,
    "measure": None,
    "deadline": None,
    "approximate": False,
    "clause": "V",
    "confidence": 1.0,
}


def reread(text: str, repairs: Any = SCAN.repairs) -> dict[str, Any]:
    return reread_plan(text, repairs=repairs, filename="ke-hoach-2020.ocr.txt").to_json()


@pytest.mark.parametrize("name", ["ke-hoach-2020.ocr.txt", "ke-hoach-2020.txt"])
def test_a_text_read_again_gives_the_same_plan(name: str) -> None:
    plan = read_plan((ROOT / "sample" / name).read_bytes(), filename=name)
    assert reread_plan(plan.text, repairs=plan.repairs, filename=name) == plan


def test_a_text_without_a_clause_left_is_refused() -> None:
    with pytest.raises(PlanError, match="không thấy mục nào đánh số"):
        reread_plan("Chỉ còn một câu.", repairs=(), filename="a.txt")


def test_a_repair_put_back_leaves_no_trace_and_moves_the_others() -> None:
    first, second = SCAN.repairs[0], SCAN.repairs[1]
    text, repairs = correct_words(SCAN.text, SCAN.repairs, start=first.start, end=first.end, words=first.before)
    assert len(repairs) == len(SCAN.repairs) - 1
    assert text[repairs[0].start : repairs[0].end] == second.after
    assert all(text[one.start : one.end] == one.after for one in repairs)


def test_words_typed_by_hand_are_a_repair_of_what_stood_in_the_file() -> None:
    wrong = next(one for one in SCAN.repairs if (one.before, one.after) == ("qui", "quá"))
    text, repairs = correct_words(SCAN.text, SCAN.repairs, start=wrong.start, end=wrong.end, words="quy")
    mine = next(one for one in repairs if one.why == BY_HAND)
    assert (mine.before, mine.after, mine.line, mine.confidence) == ("qui", "quy", wrong.line, 1.0)
    assert text[mine.start - 1 : mine.end + 8] == " quy định về"
    assert all(text[one.start : one.end] == one.after for one in repairs)


def test_a_passage_typed_anew_changes_only_the_words_that_differ() -> None:
    start = SCAN.text.index("3. T%ép tục")
    end = SCAN.text.index("\n", start)
    words = SCAN.text[start:end].replace("T%ép", "Tiếp")
    text, repairs = correct_passage(SCAN.text, SCAN.repairs, start=start, end=end, words=words)
    assert text[start:].startswith("3. Tiếp tục giữ vững")
    assert text.replace("Tiếp tục giữ vững", "T%ép tục giữ vững", 1) == SCAN.text
    assert [one.before for one in repairs if one.why == BY_HAND] == ["T%ép"]


def test_a_passage_typed_as_it_stands_changes_nothing() -> None:
    assert correct_passage(SCAN.text, SCAN.repairs, start=10, end=900, words=SCAN.text[10:900]) == (
        SCAN.text,
        SCAN.repairs,
    )


def test_repairs_go_into_json_and_back() -> None:
    assert tuple(repair_from_json(one.to_json()) for one in SCAN.repairs) == SCAN.repairs


def test_typed_text_is_tidied() -> None:
    assert tidy("  một\t hai \r\n\r\n ba ") == "một hai\nba"


def test_what_was_settled_stands_on_top_of_what_was_read() -> None:
    kept = changed(READ, nothing_kept(), "targets", 4, {"value": "96"}, "theo bản ký")
    kept = left_out(READ, kept, "targets", 0, "không phải chỉ tiêu của Sở")
    kept = {**kept, "head": {"number": "12/KH-STC"}}
    now = standing(READ, kept)
    assert (len(now["targets"]), now["targets"][3]["value"]) == (19, "96")
    assert now["document"] == {**READ["document"], "number": "12/KH-STC"}
    assert [(row.now["clause"], row.because) for row in dropped(READ, kept, "targets")] == [
        ("IV.1", "không phải chỉ tiêu của Sở")
    ]
    assert READ["targets"][4]["value"] == "95"


def test_a_change_back_to_what_was_read_is_no_change() -> None:
    kept = changed(READ, nothing_kept(), "targets", 4, {"value": "96"})
    assert changed(READ, kept, "targets", 4, {"value": "95"}) == nothing_kept()


def test_equal_rows_are_told_apart_by_their_order() -> None:
    twice = {**READ, "bases": [READ["bases"][0], READ["bases"][0]]}
    kept = changed(twice, nothing_kept(), "bases", 1, {"number": "21/KH-UBND"})
    assert [row.now["number"] for row in rows(twice, kept, "bases")] == ["20/KH-UBND", "21/KH-UBND"]


def test_the_doubts_of_the_scan_are_its_unsure_repairs_and_its_warnings() -> None:
    found = doubts(READ, nothing_kept())
    assert [doubt.kind for doubt in found] == ["repair"] * 8 + ["warning"] * 2
    assert found[0].words == "qui → quá"
    decided = {**nothing_kept(), "decided": {found[0].key: {"how": "accepted"}}}
    assert undecided(READ, decided) == found[1:]


def test_a_warning_is_settled_by_the_target_it_asks_for() -> None:
    quote = "không để phát sinh trường hợp khiếu nại, tố cáo đông người xảy ra"
    start = READ["text"].index(quote)
    row = {**TARGET, "op": "none", "value": "0", "unit": "count", "quote": quote, "start": start, "end": start + 65}
    kept = added(nothing_kept(), "targets", row)
    assert [doubt.kind for doubt in doubts(READ, kept)] == ["repair"] * 8 + ["warning"]
    assert rows(READ, kept, "targets")[0].read is None


def test_what_was_settled_outlives_a_correction_elsewhere_in_the_text() -> None:
    keys = [doubt.key for doubt in doubts(READ, nothing_kept())]
    kept = changed(READ, nothing_kept(), "targets", 4, {"value": "96"}, "theo bản ký")
    kept = {**kept, "decided": {key: {"how": "accepted"} for key in keys}}
    start = SCAN.text.index("T%ép")
    text, repairs = correct_words(SCAN.text, SCAN.repairs, start=start, end=start + 4, words="Tiếp")
    carried, lapsed = carry(kept, old=READ, new=reread(text, repairs))
    assert (carried, lapsed) == (kept, [])


def test_a_correction_within_a_target_s_sentence_keeps_what_was_settled_about_it() -> None:
    kept = changed(READ, nothing_kept(), "targets", 5, {"value": "10"}, "theo bản ký")
    start = READ["text"].index("sở™")
    text, repairs = correct_words(READ["text"], SCAN.repairs, start=start, end=start + 3, words="sở”")
    new = reread(text, repairs)
    carried, lapsed = carry(kept, old=READ, new=new)
    assert (lapsed, standing(new, carried)["targets"][5]["value"]) == ([], "10")
    comparison = compare(standing(READ, kept), standing(new, carried))
    assert [change.fields for change in comparison.targets] == [("measure", "quote")]
    assert not comparison.structural


def test_what_a_new_file_says_otherwise_lapses_and_is_said() -> None:
    kept = changed(READ, nothing_kept(), "targets", 4, {"value": "96"})
    new = read_plan(
        (ROOT / "sample" / "ke-hoach-2020.txt").read_text().replace("từ 95%", "từ 90%").encode(), filename="b.txt"
    ).to_json()
    carried, lapsed = carry(kept, old=READ, new=new)
    assert carried == nothing_kept()
    assert len(lapsed) == 1
    assert "bản mới nói khác" in lapsed[0]


def test_a_target_added_by_hand_needs_its_sentence() -> None:
    row = {**TARGET, "op": "none", "value": "0", "unit": "count", "quote": "kỷ lut", "start": 0, "end": 6}
    carried, lapsed = carry(added(nothing_kept(), "targets", row), old=READ, new=CLEAN)
    assert carried == nothing_kept()
    assert lapsed == ["chỉ tiêu thêm tay “kỷ lut”: câu này không còn trong văn bản"]


def test_the_scan_and_the_clean_text_differ_in_words_only() -> None:
    comparison = compare(READ, CLEAN)
    assert (comparison.structural, comparison.head, comparison.bases) == (False, [], [])
    assert {change.kind for change in (*comparison.targets, *comparison.clauses)} == {"changed"}
    assert compare(READ, READ).empty


def test_new_gone_and_changed_targets_are_told_apart() -> None:
    text = (ROOT / "sample" / "ke-hoach-2020.txt").read_text()
    other = text.replace("từ 95%", "từ 90%").replace("; mắc tệ nạn xã hội", "").replace("; mất trộm tài sản", "")
    comparison = compare(CLEAN, read_plan(other.encode(), filename="b.txt").to_json())
    assert comparison.structural
    kinds = sorted(change.kind for change in comparison.targets)
    assert "changed" in kinds
    assert "gone" in kinds


@pytest.mark.parametrize(
    ("op", "value", "unit", "expected"),
    [
        (">=", "95,50", "percent", ("95.5", "percent")),
        (">=", "1.234,5", "money", ("1234.5", "money")),
        ("<=", "2.000", "count", ("2000", "count")),
        (">=", "12", None, ("12", None)),
        (">=", "htt", "rating", ("HTT", "rating")),
        ("none", "7", "percent", ("0", "count")),
        ("keep", "7", "percent", (None, None)),
    ],
)
def test_a_typed_value_becomes_that_of_the_contract(op: str, value: str, unit: str | None, expected: Any) -> None:
    row = target_by_hand({**TARGET, "op": op, "value": value, "unit": unit})
    assert (row["value"], row["unit"]) == expected


@pytest.mark.parametrize(
    ("op", "value", "unit", "said"),
    [
        (">=", None, "percent", "Chưa có mức"),
        (">=", "chín mươi", "percent", "không phải một con số"),
        (">=", "-5", "count", "không phải một con số"),
        (">=", "٩٥", "count", "không phải một con số"),
        (">=", "9" * 40, "count", "không phải một con số"),
        (">=", "1001", "percent", "quá lớn"),
        (">=", "KHT", "rating", "phải là HTXS, HTT hoặc HT"),
        ("~", "1", "count", "Chọn lại"),
    ],
)
def test_a_typed_value_that_says_nothing_is_refused(op: str, value: str | None, unit: str, said: str) -> None:
    with pytest.raises(PlanError, match=said):
        target_by_hand({**TARGET, "op": op, "value": value, "unit": unit})
