"""The shipped packs: they load, cite, pass their own cases, and say so when they have no rule."""

import datetime
import functools
import re
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from thidua.core.law.cases import Case, CaseReport, read_cases, run_cases, untried
from thidua.core.law.compile import exclusions
from thidua.core.law.deciders import decider
from thidua.core.law.errors import NoRule, PackError
from thidua.core.law.evaluate import evaluate, in_memory
from thidua.core.law.facts import fact_table
from thidua.core.law.load import load_pack, read_directory
from thidua.core.law.resolve import check_citations, resolve
from thidua.core.law.schema import Pack, Rule
from thidua.core.law.terms import GRADES, Cite, Kind
from thidua.core.law.votes import vote_rule, vote_words
from thidua.core.law.walk import holds, leaves
from thidua.core.law.yamlfile import read

PACKS = Path(__file__).resolve().parents[3] / "packs"
NATION = read_directory(PACKS / "vn.national")
DEPARTMENT = read_directory(PACKS / "vn.example-department")
PROVINCE = read_directory(PACKS / "vn.example-province")
COMMUNE = read_directory(PACKS.parent / "sample/packs/vn.example-commune")
SHIPPED = {
    "vn.national": NATION,
    "vn.example-department": DEPARTMENT,
    "vn.example-province": PROVINCE,
    "vn.example-commune": COMMUNE,
}
# One file of each kind: rules, cases and parameters stand in folders of their own.
FILES = sorted({(pack, name.split("/")[0]): (pack, name) for pack, files in SHIPPED.items() for name in files}.values())
END_OF_2020 = datetime.date(2020, 12, 31)
CHANGED_LAW = "luật đã sửa đổi từ 01/10/2026, chưa có văn bản trong bộ dữ liệu"
NEVER_READ = ("BK_TTG.co_tinh_since_bk_tinh",)  # tests on a number that no version of its parameter gives
PERSON: dict[str, object] = {
    "person_id": "1",
    "year": 2020,
    "task_rating": "HTT",
    "discipline": "none",
    "months_since_recruitment": 500,
    "registered": True,
    "takes_part": True,
    "studies": True,
    "ethics": True,
    "pending_case": False,
}
UNIT: dict[str, object] = {
    "unit_id": "1",
    "year": 2020,
    "unit_rating": "HTT",
    "headcount": 10,
    "ldtt_count": 9,
    "canh_cao_or_more": 0,
    "registered": True,
    "takes_part": True,
    "unity": True,
    "party_rating": "HTT",
    "mass_org_rating": "khong_co",
    "pending_case": False,
}
BINDING = {
    "pack.yaml": "pack: strict\nversion: '1'\nlayer: agency\nextends: vn.national\nlabel: Quy chế siết thêm\n",
    "sources.yaml": "sources:\n  - {key: QC, name: Quy chế, from: 2020-01-01, to: 2023-12-31, read: minh họa}\n",
    "parameters/all.yaml": """parameters: []
set:
  - name: collective.party_rating_binds_titles
    versions:
      - {from: 2020-01-01, to: 2023-12-31, value: true, cite: "QC, Điều 1", grade: memory}
""",
}


@pytest.fixture(scope="module")
def nation() -> Pack:
    return load_pack(NATION)


@pytest.fixture(scope="module")
def department() -> Pack:
    return load_pack(DEPARTMENT)


def outcomes(
    packs: list[Pack], row: dict[str, object], *, kind: Kind, as_of: datetime.date
) -> dict[str, tuple[str, ...]]:
    """Outcome, what failed and what is missing, for each title."""
    ruleset = resolve(packs, as_of=as_of)
    tables = {other: fact_table(ruleset, [row] if other == kind else [], kind=other) for other in ("person", "unit")}
    with in_memory(tables["person"], tables["unit"]) as facts:
        found = evaluate(ruleset, facts)
    return {row["title"]: (row["outcome"], *row["failed"], *row["missing"]) for row in found.to_pylist()}


def test_shipped_citations_all_resolve(nation: Pack, department: Pack) -> None:
    assert check_citations([nation, department]) == len([*cites(nation), *cites(department)])


def cites(pack: Pack) -> list[Cite]:
    rules = (*pack.rules, *pack.tightens)
    found = [leaf.cite for rule in rules for leaf in (*leaves(rule.require), *rule.exclude)]
    found += [rule.cite for rule in rules if rule.cite is not None]
    found += [inner.cite for rule in rules for inner in holds(rule.require)]
    found += [version.cite for parameter in (*pack.parameters, *pack.sets) for version in parameter.versions]
    found += [limit.cite for limit in pack.limits] + [tie.first.cite for tie in pack.ties]
    found += [item.cite for item in (*pack.votes, *pack.deciders, *pack.dossiers)]
    found += [paper.cite for dossier in pack.dossiers for paper in dossier.papers]
    found += [cite for item in pack.stacking for cite in (item.same_cite, item.other_cite, item.form_cite)]
    return [*found, *(award.cite for award in pack.awards)]


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_version_cites_a_place_and_is_graded(name: str) -> None:
    found = cites(load_pack(SHIPPED[name]))
    ungraded = [cite for cite in found if cite.grade not in GRADES or not cite.source or not cite.place]
    without_page = [cite for cite in found if cite.grade == "secondary" and not cite.note]
    assert (bool(found), ungraded, without_page) == (True, [], [])


def test_national_cases_pass_and_notice_every_leaf(nation: Pack) -> None:
    cases = read_cases(NATION, pack="vn.national")
    own = sum(len([*leaves(rule.require), *rule.exclude]) for rule in nation.rules)
    dormant = sum(len(found) for found in resolve([nation], as_of=END_OF_2020).dormant.values())
    report = run_cases([nation], cases)
    watched = own - dormant - len(NEVER_READ)
    assert report == CaseReport(len(cases), wrong=(), leaves=watched, unnoticed=(), seen=every(watched))
    assert list(untried(nation, cases)) == []


def every(count: int) -> dict[str, int]:
    """Every leaf true in some case, false in some, and unknown in some."""
    return {"đúng": count, "sai": count, "chưa biết": count}


def test_a_version_without_a_case_is_named(nation: Pack) -> None:
    cases = [case for case in read_cases(NATION, pack="vn.national") if case.title != "CO_CP"]
    assert list(untried(nation, cases)) == ["CO_CP (unit, từ 01/01/2020)", "CO_CP (unit, từ 01/01/2024)"]


@pytest.mark.parametrize(
    "layers",
    [("vn.example-department",), ("vn.example-province",), ("vn.example-province", "vn.example-commune")],
    ids=lambda layers: layers[-1],
)
def test_example_cases_pass_and_notice_every_leaf(layers: tuple[str, ...], nation: Pack) -> None:
    cases = read_cases(SHIPPED[layers[-1]], pack=layers[-1])
    report = run_cases([nation, *(load_pack(SHIPPED[name]) for name in layers)], cases)
    told = every(report.leaves) | ({"sai": 5} if layers == ("vn.example-department",) else {})
    assert report == CaseReport(len(cases), wrong=(), leaves=report.leaves, unnoticed=(), seen=told)
    assert list(untried(load_pack(SHIPPED[layers[-1]]), cases)) == []


def test_every_shipped_pack_is_tried_here() -> None:
    places = [*PACKS.glob("*/pack.yaml"), *PACKS.parent.glob("sample/packs/*/pack.yaml")]
    assert sorted(SHIPPED) == sorted(place.parent.name for place in places)


@pytest.mark.parametrize("day", ["2020-12-31", "2024-12-31", "2025-12-31", "2026-10-01"])
def test_all_of_packs_may_be_laid_over_each_other_as_the_docs_show(day: str) -> None:
    shelf = [load_pack(SHIPPED[place.parent.name]) for place in PACKS.glob("*/pack.yaml")]
    ruleset = resolve(shelf, as_of=datetime.date.fromisoformat(day))
    assert (len(ruleset.packs), ruleset.rule("person", "CSTDCS").name) == (len(shelf), "Chiến sĩ thi đua cơ sở")


def test_a_commune_works_by_nation_province_and_its_own_rules(nation: Pack) -> None:
    packs = [nation, load_pack(PROVINCE), load_pack(COMMUNE)]
    ruleset = resolve(packs, as_of=datetime.date(2026, 7, 1))
    title = "CSTDCS"
    assert decider(ruleset, title=title).name == "Chủ tịch Ủy ban nhân dân xã"
    assert decider(ruleset, title="TTLDXS").name == "Chủ tịch Ủy ban nhân dân tỉnh"
    assert vote_words(vote_rule(ruleset, title, level="agency")).startswith("từ 4/5 trở lên tổng số thành viên")
    shares = {limit.title: ruleset.value(limit.share.name) for limit in ruleset.limits}
    assert shares == {title: Fraction(15, 100), "CSTDT": Fraction(10, 100)}
    assert ruleset.value("council_province.quorum") == Fraction(80, 100)


def test_a_province_may_not_go_below_what_the_nation_asks(nation: Pack) -> None:
    looser = """set:
  - name: cstdcs.max_share
    versions:
      - {from: 2020-01-01, to: 2023-12-31, value: "16/100", cite: "LUAT15-2003, Điều 1", grade: memory}
"""
    pack = load_pack({**PROVINCE, "parameters/looser.yaml": looser})
    with pytest.raises(PackError, match="chỉ được đặt bằng hoặc thấp hơn 3/20, không phải 4/25"):
        resolve([nation, pack], as_of=END_OF_2020)
    stricter = load_pack({**PROVINCE, "parameters/looser.yaml": looser.replace("16/100", "14/100")})
    assert resolve([nation, stricter], as_of=END_OF_2020).value("cstdcs.max_share") == Fraction(14, 100)


@pytest.mark.parametrize(
    ("kind", "title"), [("person", "HCLD_NHAT"), ("unit", "HCLD_BA"), ("unit", "BK_TTG"), ("person", "GK")]
)
def test_a_form_whose_new_text_was_not_read_has_no_rule_since_2024(kind: Kind, title: str, nation: Pack) -> None:
    assert resolve([nation], as_of=datetime.date(2023, 12, 31)).rule(kind, title).form
    with pytest.raises(NoRule, match=rf"^Chưa có quy định trong bộ dữ liệu: danh hiệu {title} tại ngày 01/01/2024\.$"):
        resolve([nation], as_of=datetime.date(2024, 1, 1)).rule(kind, title)


def cases_of(rule: Rule, cases: Sequence[Case]) -> list[Case]:
    """The cases of one version of one title."""
    return [case for case in cases if (case.kind, case.title) == (rule.kind, rule.title) and case.as_of in rule.force]


def test_every_version_is_tried_on_its_first_and_its_last_day(nation: Pack) -> None:
    """So the first day of a version stands beside the last of the one before it."""
    cases = read_cases(NATION, pack="vn.national")
    for rule in nation.rules:
        days = {case.as_of for case in cases if (case.kind, case.title) == (rule.kind, rule.title)}
        ends = {rule.force.start} | ({rule.force.end} if rule.force.end else set())
        assert (rule.title, rule.kind, sorted(ends - days)) == (rule.title, rule.kind, [])


def test_every_national_version_has_cases_of_each_outcome_it_can_have(nation: Pack) -> None:
    cases = read_cases(NATION, pack="vn.national")
    for rule in nation.rules:
        seen = {case.outcome for case in cases_of(rule, cases)}
        wanted = {"met", "not_met", "deferred", "unknown"}
        ruleset = resolve([nation], as_of=rule.force.start)
        if exclusions(ruleset.rule(rule.kind, rule.title), ruleset):
            wanted |= {"not_reviewed"}
        assert (rule.title, rule.force.start, seen) == (rule.title, rule.force.start, wanted)


def test_case_names_are_not_repeated_within_a_version(nation: Pack) -> None:
    cases = read_cases(NATION, pack="vn.national")
    for rule in nation.rules:
        names = [case.name for case in cases_of(rule, cases)]
        assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("nothing.of.the.kind", END_OF_2020, "tham số nothing.of.the.kind tại ngày 31/12/2020"),
        ("cstdcs.max_share", datetime.date(2024, 1, 1), "tham số cstdcs.max_share tại ngày 01/01/2024"),
        ("money.base_salary", datetime.date(2023, 7, 1), "tham số money.base_salary tại ngày 01/07/2023"),
        ("ldtt.min_months", datetime.date(2024, 4, 14), "tham số ldtt.min_months tại ngày 14/04/2024"),
        ("ldtt.min_months", datetime.date(2025, 8, 5), "tham số ldtt.min_months tại ngày 05/08/2025"),
    ],
)
def test_absent_parameter_raises_no_rule(nation: Pack, name: str, day: datetime.date, expected: str) -> None:
    ruleset = resolve([nation], as_of=day)
    with pytest.raises(NoRule) as error:
        ruleset.value(name)
    assert str(error.value) == f"Chưa có quy định trong bộ dữ liệu: {expected}."


@pytest.mark.parametrize("day", [datetime.date(2019, 12, 31), datetime.date(1990, 1, 1)])
def test_title_before_the_first_version_raises_no_rule(nation: Pack, day: datetime.date) -> None:
    ruleset = resolve([nation], as_of=day)
    with pytest.raises(NoRule) as error:
        ruleset.rule("person", "LDTT")
    expected = f"Chưa có quy định trong bộ dữ liệu: danh hiệu LDTT tại ngày {day:%d/%m/%Y}."
    assert (str(error.value), dict(ruleset.rules)) == (expected, {})


def test_unknown_title_raises_no_rule(nation: Pack) -> None:
    with pytest.raises(NoRule, match=r"^Chưa có quy định trong bộ dữ liệu: danh hiệu HCLD tại ngày 31/12/2020\.$"):
        resolve([nation], as_of=END_OF_2020).rule("person", "HCLD")


def test_day_after_the_last_read_decree_raises_no_rule(nation: Pack) -> None:
    with pytest.raises(NoRule, match=r"^Chưa có quy định trong bộ dữ liệu: tham số .* tại ngày 02/03/2027\.$"):
        resolve([nation], as_of=datetime.date(2027, 3, 2))


@pytest.mark.parametrize(
    ("day", "warned"),
    [
        (END_OF_2020, False),
        (datetime.date(2024, 12, 31), False),
        (datetime.date(2026, 9, 30), False),
        (datetime.date(2026, 10, 1), True),
        (datetime.date(2027, 3, 1), True),
    ],
)
def test_unread_amendment_is_warned_of_from_its_day_on(nation: Pack, day: datetime.date, warned: bool) -> None:
    sources = " (Luật Thi đua, khen thưởng 06/2022/QH15, Luật 06/2026/QH16)"
    assert resolve([nation], as_of=day).warnings == ((CHANGED_LAW + sources,) if warned else ())


@pytest.mark.parametrize("day", ["2024-01-01", "2024-04-14", "2025-08-05", "2025-12-31", "2026-12-31"])
def test_unread_number_of_months_gives_unknown_never_a_default(nation: Pack, day: str) -> None:
    as_of = datetime.date.fromisoformat(day)
    assert resolve([nation], as_of=as_of).parameters["ldtt.min_months"].value is None
    found = outcomes([nation], PERSON, kind="person", as_of=as_of)
    assert found["LDTT"] == ("unknown", "LDTT.months_since_recruitment")


@pytest.mark.parametrize(
    ("day", "months"), [("2020-12-31", 10), ("2023-12-31", 10), ("2024-04-15", 6), ("2025-08-04", 6)]
)
def test_read_number_of_months_is_the_one_of_its_day(nation: Pack, day: str, months: int) -> None:
    as_of = datetime.date.fromisoformat(day)
    enough = outcomes([nation], {**PERSON, "months_since_recruitment": months}, kind="person", as_of=as_of)
    fewer = outcomes([nation], {**PERSON, "months_since_recruitment": months - 1}, kind="person", as_of=as_of)
    assert enough["LDTT"] == ("met",)
    assert fewer["LDTT"] == ("not_reviewed", "LDTT.months_since_recruitment")


def test_department_may_extend_the_party_condition_to_titles(nation: Pack, department: Pack) -> None:
    strict = load_pack(BINDING)
    plain = outcomes([nation, department], UNIT, kind="unit", as_of=END_OF_2020)
    bound = outcomes([nation, strict], UNIT, kind="unit", as_of=END_OF_2020)
    assert plain["TTLDTT"] == ("met",)
    assert bound["TTLDTT"] == ("not_met", "TTLDTT.party_rating")


def test_switched_off_tests_stay_known_as_dormant(nation: Pack) -> None:
    def asleep(packs: list[Pack]) -> dict[str, list[str]]:
        found = resolve(packs, as_of=END_OF_2020).dormant
        return {title: [leaf.id for leaf in off] for (_, title), off in found.items() if off}

    titles = ("TTLDTT", "TTLDXS", "CO_TINH")
    assert asleep([nation]) == {title: [f"{title}.party_rating", f"{title}.mass_org_rating"] for title in titles}
    assert asleep([nation, load_pack(BINDING)]) == {}


@pytest.mark.parametrize("name", SHIPPED)
def test_digest_is_the_same_however_often_and_in_whatever_order_files_are_read(name: str) -> None:
    backwards = dict(reversed(SHIPPED[name].items()))
    assert load_pack(SHIPPED[name]).digest == load_pack(backwards).digest


@pytest.mark.parametrize(("pack", "name"), FILES, ids=lambda part: part)
def test_digest_changes_with_an_edit_of_any_file(pack: str, name: str) -> None:
    files = SHIPPED[pack]
    edited = re.sub(r'(\b(?:pack|name|label|case|title|tighten|council): "?)', r"\1x", files[name], count=1)
    assert edited != files[name]
    assert load_pack({**files, name: edited}).digest != _digest(pack)


@functools.cache
def _digest(pack: str) -> str:
    return load_pack(SHIPPED[pack]).digest


def test_digest_changes_when_a_file_goes(nation: Pack) -> None:
    fewer = {name: text for name, text in NATION.items() if name != "money.yaml"}
    assert load_pack(fewer).digest != nation.digest


def test_ruleset_digest_depends_on_the_day_and_on_every_layer(nation: Pack, department: Pack) -> None:
    def digest(packs: list[Pack], day: datetime.date) -> str:
        return resolve(packs, as_of=day).digest

    next_day = END_OF_2020 + datetime.timedelta(days=1)
    found = [digest([nation], END_OF_2020), digest([nation], next_day), digest([nation, department], END_OF_2020)]
    assert len(set(found)) == 3
    assert digest([department, nation], END_OF_2020) == found[2]


@pytest.mark.parametrize("pack", SHIPPED)
def test_the_quick_reader_of_yaml_reads_what_the_careful_one_reads(pack: str, monkeypatch: pytest.MonkeyPatch) -> None:
    quick = {name: read(text, file=name) for name, text in SHIPPED[pack].items()}
    monkeypatch.setattr(yaml, "__with_libyaml__", False)
    careful = {name: read(text, file=name) for name, text in SHIPPED[pack].items()}
    assert {name: table.plain() for name, table in quick.items()} == {
        name: table.plain() for name, table in careful.items()
    }
    assert {name: table.spots for name, table in quick.items()} == {
        name: table.spots for name, table in careful.items()
    }
