"""Money: multiples and rounding, several lines of one decision, the fund."""

import datetime
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.core.law.errors import NoRule, PackError
from thidua.core.law.load import load_pack, read_directory
from thidua.core.law.money import AwardLine, amount, award_money, fund_for_running, fund_limit, multiplier
from thidua.core.law.resolve import resolve
from thidua.core.law.schema import Ruleset
from thidua.core.law.terms import Kind

NATIONAL = load_pack(read_directory(Path(__file__).resolve().parents[3] / "packs" / "vn.national"))
END_OF_2020 = datetime.date(2020, 12, 31)
MIDDLE_OF_2026 = datetime.date(2026, 7, 15)
MONEY_2020 = {
    ("LDTT", "person"): 450_000,
    ("CSTDCS", "person"): 1_490_000,
    ("CSTDT", "person"): 4_470_000,
    ("CSTDTQ", "person"): 6_710_000,
    ("TTLDTT", "unit"): 1_200_000,
    ("TTLDXS", "unit"): 2_240_000,
    ("CO_TINH", "unit"): 11_920_000,
    ("CO_CP", "unit"): 17_880_000,
    ("GK", "person"): 450_000,
    ("GK", "unit"): 900_000,
    ("GK_XA", "person"): 230_000,
    ("GK_XA", "unit"): 450_000,
    ("BK_TINH", "person"): 1_490_000,
    ("BK_TINH", "unit"): 2_980_000,
    ("BK_TTG", "person"): 5_220_000,
    ("BK_TTG", "unit"): 10_430_000,
    ("HCLD_BA", "person"): 6_710_000,
    ("HCLD_BA", "unit"): 13_410_000,
    ("HCLD_NHI", "person"): 11_180_000,
    ("HCLD_NHI", "unit"): 22_350_000,
    ("HCLD_NHAT", "person"): 13_410_000,
    ("HCLD_NHAT", "unit"): 26_820_000,
}
MONEY_2026 = {
    ("LDTT", "person"): 760_000,
    ("CSTDCS", "person"): 2_530_000,
    ("CSTDT", "person"): 7_590_000,
    ("CSTDTQ", "person"): 11_390_000,
    ("TTLDTT", "unit"): 2_030_000,
    ("TTLDXS", "unit"): 3_800_000,
    ("CO_TINH", "unit"): 20_240_000,
    ("CO_CP", "unit"): 30_360_000,
    ("GK", "person"): 760_000,
    ("GK", "unit"): 1_520_000,
    ("BK_TINH", "person"): 3_800_000,
    ("BK_TINH", "unit"): 7_590_000,
    ("BK_TTG", "person"): 8_860_000,
    ("BK_TTG", "unit"): 17_710_000,
    ("HCLD_BA", "person"): 11_390_000,
    ("HCLD_BA", "unit"): 22_770_000,
    ("HCLD_NHI", "person"): 18_980_000,
    ("HCLD_NHI", "unit"): 37_950_000,
    ("HCLD_NHAT", "person"): 22_770_000,
    ("HCLD_NHAT", "unit"): 45_540_000,
    ("XA_TIEU_BIEU", "unit"): 5_060_000,
    ("THON_VAN_HOA", "unit"): 3_800_000,
}


def law(as_of: datetime.date) -> Ruleset:
    """The national pack on a day."""
    return resolve([NATIONAL], as_of=as_of)


def line(key: str, title: str, *, to: str = "person:1", achievement: str = "2020", kind: Kind = "person") -> AwardLine:
    """A line of a decision; the year 2020 unless told otherwise."""
    return AwardLine(key=key, subject=to, kind=kind, title=title, achievement=achievement)


def paid(lines: list[AwardLine], *, as_of: datetime.date = END_OF_2020) -> list[tuple[str, int, int, str]]:
    """Key, worth alone, what is paid, and the place of the clause that decided it."""
    return [(item.key, item.amount, item.paid, item.cite.place) for item in award_money(law(as_of), lines)]


@pytest.mark.parametrize(("day", "expected"), [(END_OF_2020, MONEY_2020), (MIDDLE_OF_2026, MONEY_2026)], ids=str)
def test_money_of_every_award_in_force(day: datetime.date, expected: Mapping[tuple[str, Kind], int]) -> None:
    ruleset = law(day)
    found = {(award.title, award.kind): amount(ruleset, title=award.title, kind=award.kind) for award in ruleset.awards}
    assert found == expected


def test_money_follows_the_base_salary_of_the_day_of_decision() -> None:
    days = (datetime.date(2026, 6, 30), datetime.date(2026, 7, 1))
    assert [amount(law(day), title="LDTT", kind="person") for day in days] == [710_000, 760_000]


@pytest.mark.parametrize(
    ("day", "title", "kind", "said"),
    [
        (END_OF_2020, "HCLD", "person", "mức tiền thưởng HCLD tại ngày 31/12/2020"),
        (END_OF_2020, "LDTT", "unit", "mức tiền thưởng LDTT tại ngày 31/12/2020"),
        (datetime.date(2023, 7, 1), "LDTT", "person", "tham số money.base_salary tại ngày 01/07/2023"),
        (datetime.date(2024, 12, 31), "LDTT", "person", "tham số money.round_up_to tại ngày 31/12/2024"),
    ],
)
def test_money_without_a_rule_is_never_guessed(day: datetime.date, title: str, kind: Kind, said: str) -> None:
    with pytest.raises(NoRule) as error:
        amount(law(day), title=title, kind=kind)
    assert str(error.value) == f"Chưa có quy định trong bộ dữ liệu: {said}."


def test_base_salary_of_2020_goes_on_to_the_middle_of_2023_without_a_checked_text() -> None:
    days = [datetime.date(2021, 1, 15), datetime.date(2023, 6, 30)]
    assert [amount(law(day), title="CSTDCS", kind="person") for day in days] == [1_490_000, 1_490_000]
    assert {law(day).parameters["money.base_salary"].cite.grade for day in days} == {"memory"}


def test_money_of_one_line_shows_how_it_was_computed() -> None:
    (found,) = award_money(law(END_OF_2020), [line("1", "LDTT")])
    rate = multiplier(law(END_OF_2020), title="LDTT", kind="person")
    assert (found.multiplier, rate, found.base_salary, found.raw) == (Fraction(3, 10), rate, 1_490_000, 447_000)
    assert (found.amount, found.paid, found.why) == (450_000, 450_000, "")
    assert (found.cite, found.rate_cite.place) == (found.rate_cite, "Điều 69 khoản 1")


def test_titles_for_one_achievement_pay_the_highest_only() -> None:
    lines = [line("1", "LDTT"), line("2", "CSTDCS")]
    assert paid(lines) == [
        ("1", 450_000, 0, "Điều 66 khoản 2 điểm c"),
        ("2", 1_490_000, 1_490_000, "Điều 66 khoản 2 điểm c"),
    ]
    assert [item.why for item in award_money(law(END_OF_2020), lines)] == [
        "đã hưởng mức cao nhất (CSTDCS) của cùng thành tích",
        "mức cao nhất của cùng thành tích",
    ]


def test_titles_for_other_achievements_are_each_paid() -> None:
    lines = [line("1", "LDTT"), line("2", "CSTDCS"), line("3", "CSTDT", achievement="2018-2020")]
    assert paid(lines) == [
        ("1", 450_000, 0, "Điều 66 khoản 2 điểm c"),
        ("2", 1_490_000, 1_490_000, "Điều 66 khoản 2 điểm c"),
        ("3", 4_470_000, 4_470_000, "Điều 66 khoản 2 điểm d"),
    ]


def test_a_title_and_a_form_are_both_paid() -> None:
    assert paid([line("1", "CSTDCS"), line("2", "GK")]) == [
        ("1", 1_490_000, 1_490_000, "Điều 66 khoản 2 điểm đ"),
        ("2", 450_000, 450_000, "Điều 66 khoản 2 điểm đ"),
    ]


def test_titles_and_a_form_pay_the_highest_title_and_the_form() -> None:
    found = paid([line("1", "GK"), line("2", "LDTT"), line("3", "CSTDCS")])
    assert [(key, money) for key, _, money, _ in found] == [("1", 450_000), ("2", 0), ("3", 1_490_000)]


def test_forms_for_other_achievements_are_each_paid() -> None:
    found = paid([line("1", "GK", achievement="chuyên đề"), line("2", "BK_TINH")])
    assert [(key, money) for key, _, money, _ in found] == [("1", 450_000), ("2", 1_490_000)]


def test_forms_for_one_achievement_have_no_rule() -> None:
    with pytest.raises(NoRule, match="nhiều hình thức khen thưởng cho cùng thành tích 2020"):
        award_money(law(END_OF_2020), [line("1", "GK"), line("2", "BK_TINH")])


def test_lines_of_other_subjects_do_not_matter() -> None:
    lines = [
        line("1", "LDTT"),
        line("2", "CSTDCS", to="person:2"),
        line("3", "TTLDTT", to="unit:1", kind="unit"),
        line("4", "TTLDXS", to="unit:1", kind="unit"),
        line("5", "TTLDTT", to="person:1", kind="unit"),
    ]
    assert [(key, money) for key, _, money, _ in paid(lines)] == [
        ("1", 450_000),
        ("2", 1_490_000),
        ("3", 0),
        ("4", 2_240_000),
        ("5", 1_200_000),
    ]


def test_stacking_follows_the_law_of_the_decision() -> None:
    lines = [line("1", "LDTT"), line("2", "CSTDCS"), line("3", "GK")]
    assert paid(lines, as_of=MIDDLE_OF_2026) == [
        ("1", 760_000, 0, "Điều 49 khoản 5"),
        ("2", 2_530_000, 2_530_000, "Điều 49 khoản 5"),
        ("3", 760_000, 760_000, "Điều 49 khoản 7"),
    ]
    with pytest.raises(NoRule, match=r"cách chi khi có nhiều mức tiền thưởng tại ngày 31/12/2024"):
        award_money(law(datetime.date(2024, 12, 31)), lines)


def test_a_decision_without_lines_brings_nothing() -> None:
    assert award_money(law(END_OF_2020), []) == ()


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([line("1", "LDTT"), line("1", "CSTDCS")], "Một dòng của quyết định được nêu hai lần."),
        ([line("1", "LDTT"), line("2", "LDTT")], "LDTT được nêu hai lần cho thành tích 2020."),
    ],
)
def test_lines_that_stand_twice_are_refused(lines: list[AwardLine], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        award_money(law(END_OF_2020), lines)


def test_a_code_that_is_neither_title_nor_form_has_no_rule() -> None:
    with pytest.raises(NoRule, match="HCLD là danh hiệu hay hình thức"):
        award_money(law(END_OF_2020), [line("1", "HCLD"), line("2", "LDTT")])


TITLES = ["LDTT", "CSTDCS", "CSTDT", "CSTDTQ"]


@given(st.lists(st.tuples(st.sampled_from(TITLES), st.sampled_from(["2019", "2020"])), unique=True), st.randoms())
def test_one_title_is_paid_for_each_achievement_in_any_order(awards: list[tuple[str, str]], random: Random) -> None:
    ruleset = law(END_OF_2020)
    lines = [line(f"{title} {year}", title, achievement=year) for title, year in awards]
    found = {item.key: item.paid for item in award_money(ruleset, lines)}
    random.shuffle(lines)
    assert {item.key: item.paid for item in award_money(ruleset, lines)} == found
    for year in {year for _, year in awards}:
        best = max(amount(ruleset, title=title, kind="person") for title, own in awards if own == year)
        assert sorted(money for key, money in found.items() if key.endswith(year) and money) == [best]


def test_fund_is_at_most_a_fifth_of_the_salary_fund_and_a_fifth_of_it_runs_movements() -> None:
    ruleset = law(END_OF_2020)
    assert fund_limit(ruleset, 4_000_000_003) == 800_000_000
    assert fund_for_running(ruleset, 800_000_000) == 160_000_000
    with pytest.raises(ValueError, match="không thể âm"):
        fund_limit(ruleset, -1)
    with pytest.raises(NoRule, match=r"tham số money\.fund_max_share tại ngày 31/12/2024"):
        fund_limit(law(datetime.date(2024, 12, 31)), 1)


STACKING = """stacking:
  - titles: [LDTT]
    forms: [GK]
    same_achievement: {pay: highest, cite: "QC, Điều 1", grade: memory}
    other_achievement: {pay: each, cite: "QC, Điều 1", grade: memory}
    title_and_form: {pay: each, cite: "QC, Điều 1", grade: memory}
    from: 2020-01-01
    to: 2023-12-31
"""


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("", "", "agency/money.yaml:3: Cách chi khi có nhiều mức khai hai lần cho cùng một ngày."),
        ("pay: highest", "pay: lowest", "agency/money.yaml:5: Không có cách chi “lowest”."),
        ("title_and_form: {pay: each", "title_and_form: {pay: highest", "agency/money.yaml:7: Ở đây chỉ có “each”."),
        ("titles: [LDTT]", "titles: []", "agency/money.yaml:3: “titles” trống hoặc lặp lại."),
    ],
)
def test_stacking_that_cannot_be_meant_is_refused(old: str, new: str, says: str) -> None:
    files = {
        "pack.yaml": "pack: agency\nversion: '1'\nlayer: agency\nextends: vn.national\nlabel: Quy chế\n",
        "sources.yaml": "sources:\n  - {key: QC, name: Quy chế, from: 2020-01-01, to: 2023-12-31, read: thử}\n",
        "money.yaml": "awards: []\n" + STACKING.replace(old, new, 1),
    }
    with pytest.raises(PackError) as error:
        resolve([NATIONAL, load_pack(files)], as_of=END_OF_2020)
    assert str(error.value).startswith(says)
    assert error.value.hint
