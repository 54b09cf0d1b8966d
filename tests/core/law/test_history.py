"""The law over time: days of change, a title's versions, what differs in words, and the citation that changed it."""

import datetime
from pathlib import Path

from thidua.core.calendar import ONE_DAY
from thidua.core.law.history import (
    Change,
    change_days,
    cites_changed,
    compare,
    parameter_versions,
    tell,
    title_versions,
)
from thidua.core.law.load import load_pack, read_directory
from thidua.core.law.resolve import resolve
from thidua.core.law.sheet import Clause, Statement, clauses, sheet

PACKS = Path(__file__).resolve().parents[3] / "packs"
LAYERS = [load_pack(read_directory(PACKS / name)) for name in ("vn.national", "vn.example-department")]
TOLD = tell(LAYERS)
END_OF_2020 = datetime.date(2020, 12, 31)
IN_2024 = datetime.date(2024, 6, 30)


def said(change: Change) -> tuple[str, str | None, str | None]:
    """The key of a change and its words before and after."""
    return change.said.key, change.was.words if change.was else None, change.now.words if change.now else None


def words(statements: tuple[Statement, ...], part: str) -> list[str]:
    """What is said of one part."""
    return [item.words for item in statements if item.part == part]


def test_the_days_cover_all_time_from_the_first_without_a_hole() -> None:
    days = change_days(LAYERS)
    assert [item.force.start for item in TOLD] == list(days)
    assert [item.force.end for item in TOLD] == [*(day - ONE_DAY for day in days[1:]), None]
    assert {datetime.date(2020, 1, 1), datetime.date(2024, 1, 1), datetime.date(2026, 10, 1)} <= set(days)


def test_nothing_is_different_inside_a_period() -> None:
    for item in TOLD:
        if not item.gap and item.force.end is not None:
            last = resolve(LAYERS, as_of=item.force.end)
            assert {key: sheet(last, kind=key[0], title=key[1]) for key in last.rules} == item.titles


def test_days_without_a_rule_say_why_and_show_no_title() -> None:
    last = TOLD[-1]
    assert "Chưa có quy định trong bộ dữ liệu" in last.gap
    assert (last.titles, last.parameters) == ({}, {})


def test_a_parameter_that_was_not_read_is_a_version_that_says_so() -> None:
    found = parameter_versions(TOLD, "ldtt.min_months")
    assert [(str(version.force.start), [item.words for item in version.statements]) for version in found] == [
        ("2020-01-01", ["10"]),
        ("2024-01-01", ["văn bản có quy định nhưng chưa đọc, chưa có trong bộ dữ liệu"]),
        ("2024-04-15", ["6"]),
        ("2025-08-05", ["văn bản có quy định nhưng chưa đọc, chưa có trong bộ dữ liệu"]),
        ("2027-03-02", []),
    ]


def test_a_title_changes_when_a_number_in_its_test_changes_and_names_the_text_that_changed_it() -> None:
    version = next(
        item for item in title_versions(TOLD, ("person", "LDTT")) if item.force.start == datetime.date(2024, 4, 15)
    )
    change = next(item for item in version.changes if item.said.part == "exclude")
    assert said(change) == (
        "LDTT.months_since_recruitment",
        "Số tháng kể từ khi tuyển dụng: theo mức mà văn bản chưa có trong bộ dữ liệu",
        "Số tháng kể từ khi tuyển dụng: dưới 6",
    )
    assert [cite.source for cite in cites_changed(change)] == ["TT01-2024"]


def test_between_two_laws_tests_are_new_gone_or_only_found_elsewhere() -> None:
    was, now = (next(item for item in TOLD if day in item.force) for day in (END_OF_2020, IN_2024))
    changes = compare(was, now).titles["person", "CSTDCS"]
    required = [change for change in changes if change.said.part in ("require", "limit")]
    assert [said(change) for change in required if not change.recited and change.now] == [
        (
            "CSTDCS.task_rating",
            None,
            "Xếp loại mức độ hoàn thành nhiệm vụ: Hoàn thành xuất sắc nhiệm vụ",
        )
    ]
    assert [change.said.key for change in required if change.recited] == [
        "holds.LDTT",
        "CSTDCS.initiatives_base",
        "CSTDCS.research_base",
        "CSTDCS.combat_merit",
    ]
    assert [change.said.key for change in required if change.now is None] == [
        "limit.LDTT",
        "limit.LDTT.rank",
        "limit.LDTT.tie",
    ]


def test_a_law_compared_with_itself_differs_in_nothing() -> None:
    same = compare(TOLD[1], TOLD[1])
    assert (same.titles, same.parameters) == ({}, {})


def test_a_title_is_told_whole() -> None:
    law = resolve(LAYERS, as_of=END_OF_2020)
    found = sheet(law, kind="person", title="CSTDCS")
    assert words(found, "limit")[0] == (
        "không quá 15% số người đủ tiêu chuẩn Lao động tiên tiến; làm tròn xuống; tính trên toàn cơ quan"
    )
    assert [item.of for item in found if item.part == "exclude"] == ["LDTT", "LDTT"]
    assert words(found, "vote")[1].startswith("từ 2/3 trở lên tổng số thành viên, bỏ phiếu kín")
    assert words(found, "money")[0] == "1 lần mức lương cơ sở, bằng 1.490.000 đồng"
    assert words(found, "decider") == ["Giám đốc Sở", "Đơn vị thuộc Sở bình xét, đề nghị"]
    assert words(found, "dossier")[0] == "1 bộ"
    assert sheet(law, kind="unit", title="CSTDCS") == ()


def test_what_a_setting_switches_off_is_told_as_not_asked() -> None:
    law = resolve(LAYERS, as_of=END_OF_2020)
    off = [item.key for item in sheet(law, kind="unit", title="TTLDTT") if item.part == "dormant"]
    assert off == [leaf.id for leaf in law.dormant["unit", "TTLDTT"]]
    assert off


def test_the_conditions_of_an_inner_title_stand_below_it() -> None:
    law = resolve(LAYERS, as_of=END_OF_2020)
    tree = clauses(law, law.rule("person", "CSTDCS"))
    inner = tree.children[0]
    assert (tree.kind, inner.kind, inner.title) == ("all", "holds", "LDTT")
    assert inner.children == (clauses(law, law.rule("person", "LDTT")),)
    assert [part.kind for part in tree.children] == ["holds", "any"]
    assert all(leaf.cites for leaf in _leaves(tree))


def _leaves(clause: Clause) -> list[Clause]:
    own = [clause] if clause.kind == "leaf" else []
    return own + [leaf for child in clause.children for leaf in _leaves(child)]
