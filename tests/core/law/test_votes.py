"""Votes: which share at which level, how many people that is, and whether a council can still reach it."""

import dataclasses
import datetime
import math
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.core.law.errors import NoRule, PackError
from thidua.core.law.load import load_pack, read_directory
from thidua.core.law.resolve import resolve
from thidua.core.law.schema import Ruleset, Vote
from thidua.core.law.terms import Level
from thidua.core.law.votes import (
    can_pass,
    quorum_missing,
    quorum_needed,
    quorum_share,
    vote_rule,
    vote_words,
    votes_needed,
    votes_possible,
)

PACKS = Path(__file__).resolve().parents[3] / "packs"
NATIONAL = load_pack(read_directory(PACKS / "vn.national"))
DEPARTMENT = load_pack(read_directory(PACKS / "vn.example-department"))
END_OF_2020 = datetime.date(2020, 12, 31)
END_OF_2024 = datetime.date(2024, 12, 31)
SHARES = st.fractions(min_value=0, max_value=1)
PEOPLE = st.integers(min_value=0, max_value=500)
HEAD = "pack: agency\nversion: '1'\nlayer: agency\nextends: vn.national\nlabel: Quy chế\n"
SOURCES = "sources:\n  - {key: QC, name: Quy chế, from: 2020-01-01, to: 2025-06-30, read: thử}\n"


def law(as_of: datetime.date = END_OF_2020) -> Ruleset:
    """The national pack alone."""
    return resolve([NATIONAL], as_of=as_of)


def local(as_of: datetime.date = END_OF_2020) -> Ruleset:
    """The national pack and the example department's regulation."""
    return resolve([NATIONAL, DEPARTMENT], as_of=as_of)


def own(votes: str, *, as_of: datetime.date = END_OF_2020) -> Ruleset:
    """The national pack and an agency with these votes."""
    pack = load_pack({"pack.yaml": HEAD, "sources.yaml": SOURCES, "votes.yaml": votes})
    return resolve([NATIONAL, pack], as_of=as_of)


def row(**changes: str) -> str:
    """One row of votes.yaml; a change to nothing takes the key away."""
    keys = {
        "titles": "[LDTT]",
        "council": "Hội đồng",
        "level": "agency",
        "share": '"2/3"',
        "of": "all_members",
        "from": "2020-01-01",
        "to": "2023-12-31",
        "cite": '"QC, Điều 1"',
        "grade": "memory",
    } | changes
    return "  - {" + ", ".join(f"{key}: {value}" for key, value in keys.items() if value) + "}\n"


@pytest.mark.parametrize(("members", "needed"), [(9, 9), (10, 9), (11, 10), (20, 18), (1, 1)])
def test_votes_needed_for_provincial_title_are_nine_tenths_of_all_members(members: int, needed: int) -> None:
    vote = vote_rule(law(), "CSTDT", level="province")
    assert (vote.share, vote.of, vote.secret) == (Fraction(9, 10), "all_members", True)
    assert votes_needed(vote, members=members, present=members // 2) == needed


@pytest.mark.parametrize(
    ("title", "level", "said"),
    [
        ("LDTT", "agency", "tỷ lệ phiếu cho danh hiệu LDTT ở hội đồng của cơ quan tại ngày 31/12/2020"),
        ("CSTDCS", "agency", "tỷ lệ phiếu cho danh hiệu CSTDCS ở hội đồng của cơ quan tại ngày 31/12/2020"),
        ("CSTDT", "agency", "tỷ lệ phiếu cho danh hiệu CSTDT ở hội đồng của cơ quan tại ngày 31/12/2020"),
        ("LDTT", "unit", "tỷ lệ phiếu cho danh hiệu LDTT ở cuộc họp bình xét của đơn vị tại ngày 31/12/2020"),
        ("HCLD", "province", "tỷ lệ phiếu cho danh hiệu HCLD ở hội đồng cấp tỉnh tại ngày 31/12/2020"),
    ],
)
def test_votes_the_centre_does_not_fix_for_a_level_raise_no_rule(title: str, level: Level, said: str) -> None:
    with pytest.raises(NoRule) as error:
        vote_rule(law(), title, level=level)
    assert str(error.value) == f"Chưa có quy định trong bộ dữ liệu: {said}."


def test_votes_for_base_title_are_eight_tenths_from_2024_on() -> None:
    vote = vote_rule(law(END_OF_2024), "CSTDCS", level="agency")
    assert [votes_needed(vote, members=members, present=0) for members in (9, 10, 11)] == [8, 8, 9]


def test_votes_of_the_department_end_with_its_regulation() -> None:
    with pytest.raises(NoRule, match="LDTT ở hội đồng của cơ quan tại ngày 01/01/2024"):
        vote_rule(local(datetime.date(2024, 1, 1)), "LDTT", level="agency")
    assert vote_rule(local(datetime.date(2023, 12, 31)), "LDTT", level="agency").strict


@pytest.mark.parametrize(
    ("title", "level", "words", "of_nine"),
    [
        ("LDTT", "unit", "trên 1/2 số thành viên có mặt, biểu quyết công khai", 4),
        ("LDTT", "agency", "trên 1/2 số thành viên có mặt, biểu quyết công khai", 4),
        ("TTLDTT", "agency", "trên 1/2 số thành viên có mặt, biểu quyết công khai", 4),
        ("GK", "agency", "trên 1/2 số thành viên có mặt, biểu quyết công khai", 4),
        ("CSTDCS", "agency", "từ 2/3 trở lên tổng số thành viên, bỏ phiếu kín", 6),
        ("BK_TINH", "agency", "từ 2/3 trở lên tổng số thành viên, bỏ phiếu kín", 6),
        ("TTLDXS", "agency", "từ 2/3 trở lên tổng số thành viên, bỏ phiếu kín", 6),
        ("CSTDT", "agency", "từ 9/10 trở lên tổng số thành viên, bỏ phiếu kín", 9),
        ("CSTDTQ", "agency", "từ 9/10 trở lên tổng số thành viên, bỏ phiếu kín", 9),
        ("CSTDT", "province", "từ 9/10 trở lên tổng số thành viên, bỏ phiếu kín", 9),
        ("SANG_KIEN", "initiative", "từ 2/3 trở lên tổng số thành viên, biểu quyết công khai", 6),
    ],
)
def test_votes_in_the_example_department(title: str, level: Level, words: str, of_nine: int) -> None:
    vote = vote_rule(local(), title, level=level)
    assert (vote_words(vote), votes_needed(vote, members=9, present=7)) == (words, of_nine)


def test_initiative_council_of_the_circular_leaves_the_manner_open() -> None:
    vote = vote_rule(law(), "SANG_KIEN", level="initiative")
    assert (vote.secret, vote.cite.grade, vote_words(vote)) == (
        None,
        "secondary",
        "từ 2/3 trở lên tổng số thành viên",
    )


@pytest.mark.parametrize(("present", "needed"), [(1, 1), (2, 2), (3, 2), (4, 3), (10, 6), (11, 6)])
def test_more_than_half_is_strictly_more(present: int, needed: int) -> None:
    vote = vote_rule(local(), "LDTT", level="agency")
    assert votes_needed(vote, members=20, present=present) == needed


@given(SHARES.filter(lambda share: share < 1), PEOPLE, st.booleans())
def test_votes_needed_is_the_least_number_that_reaches_the_share(share: Fraction, members: int, strict: bool) -> None:
    vote = dataclasses.replace(VOTE, share=share, strict=strict)
    needed = votes_needed(vote, members=members, present=0)
    if strict:
        assert needed - 1 <= share * members < needed
    else:
        assert needed - 1 < share * members <= needed
        assert needed == math.ceil(share * members)


VOTE = vote_rule(law(), "CSTDTQ", level="province")
OWN_VOTE = vote_rule(local(), "CSTDCS", level="agency")


def test_recused_members_stay_in_the_denominator_where_the_department_says_so() -> None:
    assert OWN_VOTE.recusal_leaves is False
    assert votes_needed(OWN_VOTE, members=9, present=9, recused=1) == 6
    assert votes_possible(OWN_VOTE, members=9, present=9, recused=1) == 8


@pytest.mark.parametrize(
    ("of", "needed"),
    [("all_members", 5), ("present_members", 4)],
)
def test_recused_members_leave_the_denominator_where_a_pack_says_so(of: str, needed: int) -> None:
    vote = dataclasses.replace(OWN_VOTE, of=of, recusal_leaves=True)
    assert votes_needed(vote, members=9, present=7, recused=1, recused_absent=1) == needed


def test_recusal_without_a_rule_is_never_guessed() -> None:
    assert (VOTE.recusal, VOTE.recusal_leaves, votes_needed(VOTE, members=10, present=10)) == (None, None, 9)
    with pytest.raises(NoRule) as error:
        votes_needed(VOTE, members=10, present=10, recused=1)
    said = "thành viên không được biểu quyết có tính vào mẫu số của Hội đồng Thi đua - Khen thưởng cấp tỉnh hay không"
    assert str(error.value) == f"Chưa có quy định trong bộ dữ liệu: {said}."


@pytest.mark.parametrize(
    ("present", "recused", "passes"), [(9, 3, True), (9, 4, False), (6, 0, True), (6, 1, False), (5, 0, False)]
)
def test_can_pass_when_enough_may_still_say_yes(present: int, recused: int, passes: bool) -> None:
    assert can_pass(OWN_VOTE, members=9, present=present, recused=recused) is passes


def test_can_pass_counts_the_absent_only_where_their_opinion_is_taken() -> None:
    assert can_pass(VOTE, members=10, present=7)
    assert votes_possible(dataclasses.replace(VOTE, recusal_leaves=False), members=10, present=7, recused_absent=1) == 9
    assert not can_pass(dataclasses.replace(VOTE, absent=""), members=10, present=7)


def test_nothing_passes_when_nobody_may_vote() -> None:
    vote = dataclasses.replace(OWN_VOTE, recusal_leaves=True)
    assert votes_needed(vote, members=2, present=2, recused=2) == 0
    assert not can_pass(vote, members=2, present=2, recused=2)


@pytest.mark.parametrize(
    ("members", "present", "recused", "recused_absent"), [(5, 6, 0, 0), (5, 3, 4, 0), (5, 3, 0, 3), (5, 3, -1, 0)]
)
def test_numbers_no_council_can_have_are_refused(members: int, present: int, recused: int, recused_absent: int) -> None:
    with pytest.raises(ValueError, match="Số người không khớp"):
        votes_needed(OWN_VOTE, members=members, present=present, recused=recused, recused_absent=recused_absent)


@pytest.mark.parametrize("level", ["unit", "agency", "province", "initiative"])
def test_quorum_is_two_thirds(level: Level) -> None:
    share = quorum_share(local(), level=level)
    assert [quorum_needed(share, members=members) for members in (1, 9, 10, 11)] == [1, 6, 7, 8]
    there = [(9, 7), (9, 6), (9, 5), (0, 0)]
    assert [quorum_missing(share, members=members, present=present) for members, present in there] == [0, 0, 1, 1]


def test_quorum_the_centre_does_not_fix_raises_no_rule() -> None:
    assert quorum_share(law(), level="province") == Fraction(2, 3)
    with pytest.raises(NoRule, match=r"tham số council\.quorum tại ngày 31/12/2020"):
        quorum_share(law(), level="agency")


def test_an_agency_may_ask_more_than_the_centre() -> None:
    votes = "votes:\n" + row(titles="[CSTDCS]", share='"9/10"', **{"from": "2024-01-01", "to": "2025-06-30"})
    vote: Vote = vote_rule(own(votes, as_of=END_OF_2024), "CSTDCS", level="agency")
    assert (vote.share, vote.council) == (Fraction(9, 10), "Hội đồng")


NOW = {"titles": "[CSTDCS]", "from": "2024-01-01", "to": "2025-06-30"}


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        (NOW | {"share": '"7/10"'}, "agency/votes.yaml:2: Tỷ lệ phiếu cho CSTDCS (agency) lỏng hơn tầng trên."),
        (
            NOW | {"share": '"9/10"', "of": "present_members"},
            "agency/votes.yaml:2: Tỷ lệ phiếu cho CSTDCS (agency) lỏng hơn tầng trên.",
        ),
        ({"level": ""}, "agency/votes.yaml:2: Thiếu khóa “level”."),
        ({"level": "so"}, "agency/votes.yaml:2: Không có cấp “so”."),
        ({"more_than": '"1/2"'}, "agency/votes.yaml:2: Phải có đúng một trong “share” và “more_than”."),
        ({"share": ""}, "agency/votes.yaml:2: Phải có đúng một trong “share” và “more_than”."),
        ({"share": '"3/2"'}, "agency/votes.yaml:2: Tỷ lệ phiếu phải từ 0 đến 1 và có thể đạt được."),
        ({"share": "", "more_than": "1"}, "agency/votes.yaml:2: Tỷ lệ phiếu phải từ 0 đến 1 và có thể đạt được."),
        ({"titles": "[]"}, "agency/votes.yaml:2: “titles” trống hoặc lặp lại."),
        (
            {"recusal": "council.recused"},
            "agency/votes.yaml:2: Tham số “council.recused” phải có giá trị true/false vào ngày",
        ),
    ],
)
def test_votes_that_cannot_be_meant_are_refused(changes: dict[str, str], says: str) -> None:
    as_of = END_OF_2024 if "from" in changes else END_OF_2020
    with pytest.raises(PackError) as error:
        own("votes:\n" + row(**changes), as_of=as_of)
    assert str(error.value).startswith(says)
    assert error.value.hint


def test_two_votes_for_one_title_and_level_are_refused() -> None:
    with pytest.raises(PackError, match=r"^agency/votes.yaml:3: LDTT \(agency\) khai hai lần cho cùng một ngày\."):
        own("votes:\n" + row() + row(share='"3/4"'))
    both = own("votes:\n" + row() + row(level="unit", share='"3/4"'))
    assert [vote_rule(both, "LDTT", level=level).share for level in ("agency", "unit")] == [
        Fraction(2, 3),
        Fraction(3, 4),
    ]
