"""The target grammar over sentences.yaml: every sentence's targets as a whole, and what always holds."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from thidua.core.plans import Target, read_targets
from thidua.core.plans.sentences import LONGEST, split_sentences
from thidua.core.plans.tokens import tokenize

ROWS: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("sentences.yaml").read_text(encoding="utf-8"))
KEYS = ("op", "value", "unit", "unit_text", "title_code", "title_class", "deadline", "approximate", "quote")
DEFAULTS = {"unit_text": None, "title_code": None, "title_class": None, "deadline": None, "approximate": False}


def shown(target: Target) -> dict[str, Any]:
    return {key: getattr(target, key) for key in KEYS}


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_targets_of_a_sentence_are_exactly_those_written_beside_it(row: dict[str, Any]) -> None:
    _, targets, _ = read_targets(row["text"])
    assert [shown(target) for target in targets] == [{**DEFAULTS, **target} for target in row["targets"]]


def test_every_quote_is_verbatim_from_the_text() -> None:
    for row in ROWS:
        text, targets, _ = read_targets(row["text"])
        assert [target.quote for target in targets] == [text[target.start : target.end] for target in targets]


def test_every_value_is_a_plain_decimal_or_a_rating() -> None:
    values = {target.value for row in ROWS for target in read_targets(row["text"])[1] if target.value is not None}
    numbers = values - {"HTXS", "HTT", "HT"}
    assert {value for value in numbers if not re.fullmatch(r"\d+(\.\d*[1-9])?", value)} == set()


def test_sentences_cover_every_op_and_unit_and_enough_that_want_nothing() -> None:
    targets = [target for row in ROWS for target in row["targets"]]
    assert {target["op"] for target in targets} == {">=", "<=", ">", "<", "=", "none", "keep"}
    assert {target["unit"] for target in targets} == {"percent", "count", "money", "rating", None}
    assert sum(not row["targets"] for row in ROWS) >= 40


def test_clause_is_none_when_no_plan_stands_around_the_sentence() -> None:
    _, targets, _ = read_targets("IV. CHỈ TIÊU\n1. Phấn đấu 90% công chức đạt Lao động tiên tiến.")
    assert [target.clause for target in targets] == [None]


def test_every_line_is_read_and_line_feeds_stay() -> None:
    text = "Không để xảy ra cháy, nổ.\nKết nạp 03 đảng viên\nmới trong năm."
    fixed, targets, repairs = read_targets(text)
    assert (fixed, repairs) == (text, ())
    assert [(target.op, target.value, target.quote) for target in targets] == [
        ("none", "0", "Không để xảy ra cháy, nổ"),
        (">=", "3", "03 đảng viên\nmới trong năm"),
    ]


def test_subject_and_measure_divide_who_from_what() -> None:
    _, (target,), _ = read_targets("Phấn đấu 95% đoàn viên đạt danh hiệu “Lao động tiên tiến”.")
    assert (target.subject, target.measure) == ("đoàn viên", "đạt danh hiệu “Lao động tiên tiến”")


def test_unaccented_sentence_is_read_after_repair() -> None:
    text, targets, repairs = read_targets("Khong de xay ra chay, no; khong co can bo vi pham ky luat.")
    assert text == "Không để xảy ra cháy, nổ; không có cán bộ vi phạm kỷ luật."
    assert [target.quote for target in targets] == ["Không để xảy ra cháy, nổ", "không có cán bộ vi phạm kỷ luật"]
    assert repairs != ()


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [word for row in ROWS for word in row["text"].split()] + ["\n", "(", ")", "“", ";", "5/", "%", "-"]
        )
        | st.text(max_size=6),
        max_size=40,
    )
)
def test_any_text_is_read_without_failing_and_every_quote_holds(words: list[str]) -> None:
    text, targets, repairs = read_targets(" ".join(words))
    assert [target.quote for target in targets] == [text[target.start : target.end] for target in targets]
    assert [repair.after for repair in repairs] == [text[repair.start : repair.end] for repair in repairs]


def test_a_sentence_longer_than_anybody_writes_is_read_in_pieces() -> None:
    tokens = tokenize("Phấn đấu " + "100% " * LONGEST, 0)
    pieces = split_sentences(tokens)
    assert [len(piece.tokens) for piece in pieces] == [LONGEST, LONGEST, len(tokens) - 2 * LONGEST]
    assert [token for piece in pieces for token in piece.tokens] == list(tokens)
