"""Why, why not, what next: whole reason trees of a small pack, and the document of `thidua law explain --json`."""

import datetime
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.core.law.evaluate import evaluate, in_memory
from thidua.core.law.explain import (
    Explanation,
    Finding,
    Node,
    State,
    Step,
    explain,
    kleene_all,
    kleene_any,
    kleene_not,
    mark,
)
from thidua.core.law.facts import fact_table
from thidua.core.law.load import load_pack, read_directory
from thidua.core.law.resolve import resolve
from thidua.core.law.schema import Ruleset
from thidua.core.law.terms import UNCHECKED
from thidua.project.cli import main

NATIONAL = Path(__file__).resolve().parents[3] / "packs" / "vn.national"
END_OF_2020 = datetime.date(2020, 12, 31)
PACK = {
    "pack.yaml": "pack: small\nversion: '1'\nlayer: nation\nlabel: Bộ luật nhỏ\n",
    "sources.yaml": "sources:\n  - {key: LUAT, name: Luật thử, from: 2020-01-01, read: bản thử}\n",
    "facts.yaml": """person:
  - {name: person_id, kind: text, label: Mã, key: true}
  - {name: unit_id, kind: text, label: Đơn vị}
  - {name: year, kind: count, label: Năm}
  - name: rating
    kind: scale
    label: Xếp loại
    words: {HT: Hoàn thành, HTT: Hoàn thành tốt}
  - {name: wide, kind: count, label: Sáng kiến cơ sở, includes: [wider]}
  - {name: wider, kind: count, label: Sáng kiến tỉnh}
  - {name: merit, kind: bool, label: Thành tích chiến đấu, fixed: true}
  - {name: months, kind: count, label: Số tháng}
  - {name: pending, kind: bool, label: Đang có vụ việc}
unit:
  - {name: unit_id, kind: text, label: Mã, key: true}
  - {name: year, kind: count, label: Năm}
""",
    "parameters/all.yaml": """parameters:
  - name: hold
    label: Chưa xét khi có vụ việc
    versions: [{from: 2020-01-01, value: true, cite: "LUAT, Điều 9", grade: text}]
""",
    "rules/A.yaml": """title: A
of: person
name: Danh hiệu A
versions:
  - from: 2020-01-01
    cite: LUAT, Điều 1
    grade: gazette
    require:
      all:
        - {fact: rating, at_least: HTT}
        - any:
            - {fact: wide, at_least: 1, cite: "LUAT, Điều 2", grade: text}
            - {fact: merit, is: true, cite: "LUAT, Điều 3", grade: memory}
    exclude:
      - {fact: months, less_than: 10, cite: "LUAT, Điều 4", grade: text}
    pending: {fact: pending, by: hold}
""",
    "rules/B.yaml": """title: B
of: person
name: Danh hiệu B
versions:
  - from: 2020-01-01
    cite: LUAT, Điều 5
    grade: text
    require: {holds: A}
    pending: {fact: pending, by: hold}
""",
}
GOOD: dict[str, Any] = {
    "person_id": "1",
    "unit_id": "u",
    "year": 2020,
    "rating": "HTT",
    "wide": 1,
    "wider": 0,
    "merit": False,
    "months": 120,
    "pending": False,
}
STATES: list[State] = ["false", "unknown", "true"]


@pytest.fixture(scope="module")
def small() -> Ruleset:
    return resolve([load_pack(PACK)], as_of=END_OF_2020)


def told(ruleset: Ruleset, title: str = "A", **changes: object) -> Explanation:
    """The engine's finding on `GOOD` with some changes, explained."""
    row = {**GOOD, **changes}
    with in_memory(fact_table(ruleset, [row], kind="person"), fact_table(ruleset, [], kind="unit")) as facts:
        found = next(item for item in evaluate(ruleset, facts).to_pylist() if item["title"] == title)
    finding = Finding("person", "1", title, found["outcome"], tuple(found["failed"]), tuple(found["missing"]))
    return explain(ruleset, finding, facts=row, sources={"rating": "Phiếu xếp loại số 5"})


def rating(state: State, value: str | None) -> Node:
    return Node(
        kind="leaf",
        id="A.rating",
        state=state,
        sentence="Xếp loại: từ Hoàn thành tốt trở lên",
        fact="rating",
        value=value,
        test="từ Hoàn thành tốt trở lên",
        source="Phiếu xếp loại số 5",
        cite="Điều 1, Luật thử",
        grade="gazette",
        unchecked=False,
    )


def wide(state: State, value: int | None, wider: int | None = 0) -> Node:
    return Node(
        kind="leaf",
        id="A.wide",
        state=state,
        sentence="Sáng kiến cơ sở: từ 1 trở lên",
        fact="wide",
        value=value,
        wider=(("wider", wider),),
        test="từ 1 trở lên",
        cite="Điều 2, Luật thử",
        grade="text",
        unchecked=True,
    )


def merit(state: State, value: bool | None) -> Node:
    return Node(
        kind="leaf",
        id="A.merit",
        state=state,
        sentence="Thành tích chiến đấu: Có",
        fact="merit",
        value=value,
        test="Có",
        cite="Điều 3, Luật thử",
        grade="memory",
        unchecked=True,
    )


def months(state: State, value: int | None) -> Node:
    return Node(
        kind="leaf",
        id="A.months",
        state=state,
        sentence="Số tháng: dưới 10",
        fact="months",
        value=value,
        test="dưới 10",
        cite="Điều 4, Luật thử",
        grade="text",
        unchecked=True,
    )


def tree(state: State, first: Node, either: State, *parts: Node) -> Node:
    some = Node("any", "A.2", either, "Có ít nhất một trong các điều kiện:", children=parts)
    return Node("all", "A", state, "Đủ tất cả các điều kiện:", children=(first, some))


def nodes(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from nodes(child)


def test_explain_met_shows_every_branch_and_no_next_step(small: Ruleset) -> None:
    found = told(small)
    assert found.tree == tree("true", rating("true", "HTT"), "true", wide("true", 1), merit("false", False))
    assert (found.exclusions, found.pending, found.next) == ((months("false", 120),), False, ())


def test_explain_not_met_names_what_would_turn_it(small: Ruleset) -> None:
    found = told(small, rating="HT", wide=0)
    assert found.tree == tree("false", rating("false", "HT"), "false", wide("false", 0), merit("false", False))
    changes = (("rating", "xếp loại từ Hoàn thành tốt trở lên"), ("wide", "sáng kiến cơ sở từ 1 trở lên"))
    assert found.next == (Step(changes, "Cần: xếp loại từ Hoàn thành tốt trở lên; sáng kiến cơ sở từ 1 trở lên."),)


def test_explain_wider_scope_counts_where_the_narrow_one_is_zero(small: Ruleset) -> None:
    found = told(small, wide=0, wider=2)
    assert found.tree == tree("true", rating("true", "HTT"), "true", wide("true", 0, 2), merit("false", False))


def test_explain_unknown_asks_for_the_missing_fact(small: Ruleset) -> None:
    found = told(small, rating=None)
    assert found.finding.outcome == "unknown"
    assert found.tree == tree("unknown", rating("unknown", None), "true", wide("true", 1), merit("false", False))
    words = "bổ sung dữ kiện “Xếp loại”, từ Hoàn thành tốt trở lên"
    assert found.next == (Step((("rating", words),), f"Cần: {words}."),)


def test_explain_excluded_shows_the_exclusion_and_offers_nothing(small: Ruleset) -> None:
    found = told(small, months=9, rating="HT")
    assert found.finding.outcome == "not_reviewed"
    assert found.tree == tree("false", rating("false", "HT"), "true", wide("true", 1), merit("false", False))
    assert (found.exclusions, found.next) == ((months("true", 9),), ())


def test_explain_deferred_shows_the_open_case_and_offers_nothing(small: Ruleset) -> None:
    found = told(small, pending=True)
    assert found.tree == tree("true", rating("true", "HTT"), "true", wide("true", 1), merit("false", False))
    assert (found.finding.outcome, found.pending, found.next) == ("deferred", True, ())


def test_explain_unknown_exclusion_asks_for_its_fact(small: Ruleset) -> None:
    found = told(small, months=None)
    assert (found.finding.outcome, found.exclusions) == ("unknown", (months("unknown", None),))
    assert [[fact for fact, _ in step.changes] for step in found.next] == [["months"]]


def test_explain_unknown_pending_case_asks_for_it(small: Ruleset) -> None:
    found = told(small, pending=None)
    assert (found.finding.outcome, found.pending) == ("unknown", None)
    assert [[fact for fact, _ in step.changes] for step in found.next] == [["pending"]]


def test_explain_holds_takes_in_the_other_tree(small: Ruleset) -> None:
    found = told(small, "B", wide=0)
    inner = tree("false", rating("true", "HTT"), "false", wide("false", 0), merit("false", False))
    sentence, cite = "Đạt tiêu chuẩn Danh hiệu A", "Điều 5, Luật thử"
    assert found.tree == Node("all", "B/A", "false", sentence, cite=cite, grade="text", children=inner.children)
    assert found.exclusions == (months("false", 120),)
    assert [step.changes for step in found.next] == [(("wide", "sáng kiến cơ sở từ 1 trở lên"),)]


def test_explain_never_offers_what_cannot_be_worked_towards(small: Ruleset) -> None:
    offered = {fact for step in told(small, rating="HT", wide=0).next for fact, _ in step.changes}
    assert "merit" not in offered


def test_next_steps_are_the_smallest_sets_only() -> None:
    facts = {**dict.fromkeys(("initiatives_base", "research_base"), 0), "task_rating": "HT", "registered": True}
    facts |= {"takes_part": True, "studies": True, "ethics": True, "combat_merit": False}
    failed = ("CSTDCS.combat_merit", "CSTDCS.initiatives_base", "CSTDCS.research_base", "LDTT.task_rating")
    ruleset = resolve([load_pack(read_directory(NATIONAL))], as_of=END_OF_2020)
    found = explain(ruleset, Finding("person", "1", "CSTDCS", "not_met", failed, ()), facts=facts)
    assert [[fact for fact, _ in step.changes] for step in found.next] == [
        ["initiatives_base", "task_rating"],
        ["research_base", "task_rating"],
    ]


@pytest.mark.parametrize("changes", [{}, {"rating": None}, {"months": 9}, {"wide": 0}, {"pending": True}])
def test_every_leaf_not_compared_with_the_gazette_is_marked(small: Ruleset, changes: Mapping[str, Any]) -> None:
    found = told(small, "B", **changes)
    marks = {node.id: mark(node) for top in (found.tree, *found.exclusions) for node in nodes(top) if node.fact}
    assert marks == {"A.rating": "", "A.wide": UNCHECKED, "A.merit": UNCHECKED, "A.months": UNCHECKED}
    assert UNCHECKED == "chưa đối chiếu với văn bản gốc"


@given(st.lists(st.sampled_from(STATES), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_kleene_connectives_obey_de_morgan_and_ignore_order(states: list[State], random: Any) -> None:
    shuffled = list(states)
    random.shuffle(shuffled)
    assert kleene_all(states) == kleene_all(shuffled)
    assert kleene_not(kleene_all(states)) == kleene_any([kleene_not(state) for state in states])
    assert kleene_all(states) == min(states, key=STATES.index)
    assert kleene_any(states) == max(states, key=STATES.index)
    assert [kleene_not(kleene_not(state)) for state in states] == states


@given(st.lists(st.sampled_from(STATES), min_size=1, max_size=6))
def test_kleene_result_known_in_spite_of_gaps_holds_however_they_are_filled(states: list[State]) -> None:
    for connective in (kleene_all, kleene_any):
        results = {connective([fill if state == "unknown" else state for state in states]) for fill in STATES[::2]}
        assert (connective(states) == "unknown") == (len(results) == 2)


def people_file(folder: Path, **changes: str) -> Path:
    row = {"person_id": "p1", "unit_id": "u1", "year": "2020", "task_rating": "HT", "discipline": "none"}
    row |= {"months_since_recruitment": "120", "registered": "true", "takes_part": "true", "studies": "true"}
    row |= {"ethics": "true", "pending_case": "false"} | changes
    path = folder / "people.csv"
    path.write_text(",".join(row) + "\n" + ",".join(row.values()) + "\n", encoding="utf-8")
    return path


def run(folder: Path, *extra: str, **changes: str) -> int:
    units = folder / "units.csv"
    units.write_text("unit_id,parent_id,year\nu1,,2020\n", encoding="utf-8")
    people = people_file(folder, **changes)
    words = ["law", "explain", "--packs", str(NATIONAL), "--as-of", "2020-12-31", "--people", str(people)]
    return main([*words, "--units", str(units), "--subject", "p1", "--title", "LDTT", *extra])


def test_explain_json_has_exactly_the_keys_of_the_contract(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {"subject_id", "title", "outcome", "law", "tree", "exclusions", "pending", "next"}
    assert (found["subject_id"], found["title"], found["outcome"], found["pending"]) == ("p1", "LDTT", "not_met", False)
    assert (set(found["law"]), found["law"]["as_of"]) == ({"pack", "as_of"}, "2020-12-31")
    keys = {"kind", "id", "state", "fact", "value", "test", "source", "cite", "grade", "children"}
    trees = [found["tree"], *found["tree"]["children"], *found["exclusions"]]
    assert [set(node) for node in trees] == [keys] * len(trees)
    words = "xếp loại mức độ hoàn thành nhiệm vụ từ Hoàn thành tốt nhiệm vụ trở lên"
    changes = [{"fact": "task_rating", "to": words}]
    assert found["next"] == [{"changes": changes, "from": None, "sentence": f"Cần: {words}."}]


def test_explain_text_is_vietnamese_and_marks_unchecked_leaves(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Lao động tiên tiến – p1: CHƯA ĐỦ ĐIỀU KIỆN"
    assert lines[3] == (
        "    ✗ Xếp loại mức độ hoàn thành nhiệm vụ: từ Hoàn thành tốt nhiệm vụ trở lên (hiện: Hoàn thành nhiệm vụ) "
        "[Điều 24 khoản 1 điểm a, Luật Thi đua, khen thưởng 15/2003/QH11 (sửa đổi 2005, 2009, 2013); "
        "chưa đối chiếu với văn bản gốc]"
    )
    leaves = [line for line in lines if "(hiện: " in line]
    assert (len(leaves), [line for line in leaves if UNCHECKED not in line]) == (7, [])


@pytest.mark.parametrize(
    ("months_served", "first_day"),
    [(7, datetime.date(2021, 4, 1)), (9, datetime.date(2021, 2, 1)), (0, datetime.date(2021, 11, 1)), (10, None)],
)
def test_explain_says_from_which_day_time_alone_is_enough(months_served: int, first_day: datetime.date | None) -> None:
    """A recruit of seven months on 31 December has ten by 31 March at the latest."""
    national = resolve([load_pack(read_directory(NATIONAL))], as_of=END_OF_2020)
    row: dict[str, object] = {
        "person_id": "1",
        "unit_id": "u",
        "year": 2020,
        "task_rating": "HTT",
        "discipline": "none",
        "months_since_recruitment": months_served,
        "registered": True,
        "takes_part": True,
        "studies": True,
        "ethics": True,
        "pending_case": False,
    }
    with in_memory(fact_table(national, [row], kind="person"), fact_table(national, [], kind="unit")) as facts:
        (found,) = evaluate(national, facts, kinds=["person"], title="LDTT").to_pylist()
    finding = Finding("person", "1", "LDTT", found["outcome"], tuple(found["failed"]), tuple(found["missing"]))
    steps = explain(national, finding, facts=row).next
    assert [step.start for step in steps] == ([first_day] if first_day else [])
    assert found["outcome"] == ("not_reviewed" if first_day else "met")


def test_explain_promises_no_day_to_somebody_disciplined() -> None:
    national = resolve([load_pack(read_directory(NATIONAL))], as_of=END_OF_2020)
    row: dict[str, object] = {"year": 2020, "discipline": "khien_trach", "months_since_recruitment": 7}
    leaves = ("LDTT.discipline", "LDTT.months_since_recruitment")
    assert explain(national, Finding("person", "1", "LDTT", "not_reviewed", leaves, ()), facts=row).next == ()
