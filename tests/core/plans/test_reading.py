"""The 2020 plan in both its forms: head, bases, clauses and targets as a whole."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from thidua.core.plans import Clause, Plan, read_plan
from thidua.core.plans.outline import clauses_in_order

ROOT = Path(__file__).resolve().parents[3]
SHARED = ROOT.parent / "shared" / "source"
FORMS = ("ke-hoach-2020.txt", "ke-hoach-2020.ocr.txt")

SECTIONS = ("I", "II", "III", "IV", "V")
CLAUSES = (
    *[f"I.{number}.{letter}" for number in (1, 2) for letter in "abc"],
    *[f"{section}.{number}" for section in ("II", "III") for number in range(1, 8)],
    *[f"IV.{number}" for number in range(1, 6)],
)
TARGETS = (
    ("IV.1", ">=", "100", "percent", None),
    ("IV.2", ">=", "100", "percent", "TTLDTT"),
    ("IV.2", ">=", "50", "percent", "TTLDXS"),
    ("IV.2", ">=", "100", "percent", None),
    ("IV.2", ">=", "95", "percent", "LDTT"),
    ("IV.2", ">=", "15", "percent", "CSTDCS"),
    ("IV.3", "keep", None, None, None),
    ("IV.3", "keep", None, None, None),
    ("IV.3", ">=", "HTT", "rating", None),
    ("IV.3", ">=", "HTT", "rating", None),
    *[("IV.4", "none", "0", "count", None)] * 3,
    *[("IV.5", "none", "0", "count", None)] * 7,
)


def plan_of(name: str) -> Plan:
    return read_plan((ROOT / "sample" / name).read_bytes(), filename=name)


def leaves(outline: Sequence[Clause]) -> tuple[str, ...]:
    """Leaves below a section: a section without numbered clauses has text and no clause."""
    return tuple(clause.id for clause in clauses_in_order(outline) if not clause.children and "." in clause.id)


@pytest.mark.parametrize("name", FORMS)
def test_head_of_the_2020_plan(name: str) -> None:
    assert plan_of(name).document.to_json() == {
        "type": "Kế hoạch",
        "number": None,
        "date": None,
        "place": None,
        "issuer": "Sở Tài chính",
        "subject": "Về việc phát động phong trào thi đua năm 2020",
        "motto": "Đổi mới, sáng tạo, nâng cao văn hóa và đạo đức công vụ",
        "year": 2020,
    }


@pytest.mark.parametrize("name", FORMS)
def test_bases_of_the_2020_plan(name: str) -> None:
    subject = "phát động phong trào thi đua yêu nước năm 2020"
    assert [basis.to_json() for basis in plan_of(name).bases] == [
        {
            "type": "Kế hoạch",
            "number": "20/KH-UBND",
            "date": "2020-01-21",
            "issuer": "Ủy ban nhân dân Tỉnh",
            "subject": subject,
            "role": "direct",
        },
        {
            "type": "Kế hoạch",
            "number": "02/KH-KTĐ5",
            "date": "2020-05-07",
            "issuer": "Khối Thi đua 5",
            "subject": subject,
            "role": "direct",
        },
    ]


@pytest.mark.parametrize("name", FORMS)
def test_sections_and_clauses_of_the_2020_plan(name: str) -> None:
    outline = plan_of(name).outline
    assert tuple(section.id for section in outline) == SECTIONS
    assert tuple(section.title for section in outline) == (
        "MỤC ĐÍCH, YÊU CẦU",
        "NỘI DUNG THI ĐUA",
        "MỘT SỐ GIẢI PHÁP THỰC HIỆN",
        "CHỈ TIÊU THI ĐUA NĂM 2020",
        "TỔ CHỨC THỰC HIỆN",
    )
    assert leaves(outline) == CLAUSES


@pytest.mark.parametrize("name", FORMS)
def test_targets_of_the_2020_plan(name: str) -> None:
    targets = plan_of(name).targets
    assert tuple((t.clause, t.op, t.value, t.unit, t.title_code) for t in targets) == TARGETS


def test_words_of_the_targets_of_the_2020_plan() -> None:
    assert [target.quote for target in plan_of("ke-hoach-2020.txt").targets][1:] == [
        "100% đạt danh hiệu “Tập thể lao động tiên tiến”",
        "50% các tập thể đạt danh hiệu “Tập thể lao động xuất sắc”",
        "100% CBCCVC hoàn thành nhiệm vụ",
        "từ 95% trở lên CBCCVC đạt danh hiệu “Lao động tiên tiến”",
        "15% CBCCVC đạt danh hiệu “Chiến sĩ thi đua cơ sở”",
        "Tiếp tục giữ vững danh hiệu “đơn vị văn hóa”",
        "“An toàn về an ninh, trật tự”",
        "Tổ chức đảng và các tổ chức đoàn thể được đánh giá “Hoàn thành tốt nhiệm vụ trở lên”",
        "các tổ chức đoàn thể được đánh giá “Hoàn thành tốt nhiệm vụ trở lên”",
        "Không có CBCCVC vi phạm quy định về thực hành tiết kiệm, chống lãng phí, tham nhũng",
        "những điều CBCCVC không được làm",
        "không có cá nhân vi phạm kỷ luật từ khiển trách trở lên",
        "Không để xảy ra các hoạt động khiếu kiện đông người",
        "mất trộm tài sản",
        "để lộ bí mật nhà nước",
        "cháy, nổ",
        "tai nạn lao động nghiêm trọng",
        "không có CBCCVC phạm tội",
        "mắc tệ nạn xã hội",
    ]


def test_typed_form_needs_no_repair() -> None:
    assert plan_of("ke-hoach-2020.txt").repairs == ()


@pytest.mark.parametrize("name", FORMS)
def test_offsets_hold_in_text_and_source(name: str) -> None:
    source = (ROOT / "sample" / name).read_text(encoding="utf-8")
    plan = plan_of(name)
    assert [target.quote for target in plan.targets] == [plan.text[t.start : t.end] for t in plan.targets]
    assert [repair.after for repair in plan.repairs] == [plan.text[r.start : r.end] for r in plan.repairs]
    assert [repair.before for repair in plan.repairs] == [
        " ".join(source[r.source_start : r.source_end].split()) for r in plan.repairs
    ]
    for repair in plan.repairs:
        assert source[: repair.source_start].count("\n") + 1 == repair.line


def test_target_like_sentence_outside_the_target_section_is_a_warning() -> None:
    (warning,) = plan_of("ke-hoach-2020.txt").warnings
    assert warning == (
        "Mục II.4 nằm ngoài phần chỉ tiêu nhưng có câu giống chỉ tiêu: "
        "“không để phát sinh trường hợp khiếu nại, tố cáo đông người xảy ra”."
    )


def test_plan_as_json_has_the_keys_of_the_contract() -> None:
    plan = json.loads(json.dumps(plan_of("ke-hoach-2020.ocr.txt").to_json(), ensure_ascii=False))
    assert list(plan) == ["document", "bases", "outline", "targets", "text", "repairs", "warnings"]
    assert list(plan["outline"][0]) == ["id", "title", "text", "children"]
    assert list(plan["targets"][0]) == [
        *("clause", "subject", "measure", "title_code", "title_class", "op", "value", "unit", "unit_text"),
        *("deadline", "approximate", "quote", "start", "end", "confidence"),
    ]
    assert list(plan["repairs"][0]) == [
        *("from", "to", "start", "end", "source_start", "source_end", "page", "line", "why", "confidence"),
    ]


@pytest.mark.parametrize("name", FORMS)
def test_expected_reading_handed_over_with_the_plan(name: str) -> None:
    if not (SHARED / "expected.json").exists():
        pytest.skip(f"bản đọc mẫu không có ở {SHARED}: chỉ so với các giá trị ghi trong tệp này")
    expected: dict[str, Any] = json.loads((SHARED / "expected.json").read_text(encoding="utf-8"))
    plan = read_plan((SHARED / name).read_bytes(), filename=name)
    head = plan.document.to_json()
    assert {key: head[key] for key in ("type", "issuer", "year", "subject", "motto")} == {
        key: expected[key] for key in ("type", "issuer", "year", "subject", "motto")
    }
    assert [{key: b.to_json()[key] for key in ("type", "number", "date", "issuer")} for b in plan.bases] == (
        expected["bases"]
    )
    assert [section.id for section in plan.outline] == expected["sections"]
    assert list(leaves(plan.outline)) == expected["clauses"]
    assert [(t.clause, t.op, t.value, t.unit, t.title_code) for t in plan.targets] == [
        (t["clause"], t["op"], t["value"], t["unit"], t["title_code"]) for t in expected["targets"]
    ]
    assert (SHARED / name).read_bytes() == (ROOT / "sample" / name).read_bytes()
