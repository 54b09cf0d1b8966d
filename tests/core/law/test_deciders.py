"""Who decides, and which papers a dossier asks for."""

import datetime
from pathlib import Path

import pytest

from thidua.core.law.deciders import decider, dossier
from thidua.core.law.errors import NoRule, PackError
from thidua.core.law.load import load_pack, read_directory
from thidua.core.law.resolve import resolve
from thidua.core.law.schema import Ruleset

NATIONAL = load_pack(read_directory(Path(__file__).resolve().parents[3] / "packs" / "vn.national"))
END_OF_2020 = datetime.date(2020, 12, 31)
END_OF_2023 = datetime.date(2023, 12, 31)
IN_2024 = datetime.date(2024, 6, 30)
IN_2026 = datetime.date(2026, 7, 15)
HEAD = "pack: agency\nversion: '1'\nlayer: agency\nextends: vn.national\nlabel: Quy chế\n"
SOURCES = "sources:\n  - {key: QC, name: Quy chế, from: 2020-01-01, to: 2023-12-31, read: thử}\n"
TIME = 'from: 2020-01-01, to: 2023-12-31, cite: "QC, Điều 1", grade: memory'


def law(as_of: datetime.date) -> Ruleset:
    """The national pack on a day."""
    return resolve([NATIONAL], as_of=as_of)


def own(file: str, text: str) -> Ruleset:
    """The national pack and an agency with one more file."""
    pack = load_pack({"pack.yaml": HEAD, "sources.yaml": SOURCES, file: text})
    return resolve([NATIONAL, pack], as_of=END_OF_2020)


@pytest.mark.parametrize(
    ("titles", "by", "name", "cite"),
    [
        ("LDTT CSTDCS TTLDTT GK", "agency_head", "Giám đốc Sở", "LUAT15-2003, Điều 80 khoản 1"),
        (
            "TTLDXS CSTDT BK_TINH CO_TINH",
            "province_chair",
            "Chủ tịch Ủy ban nhân dân tỉnh",
            "LUAT15-2003, Điều 79",
        ),
        ("CSTDTQ BK_TTG", "prime_minister", "Thủ tướng Chính phủ", "LUAT15-2003, Điều 78"),
        ("HCLD HCLD_BA HCLD_NHI HCLD_NHAT", "president", "Chủ tịch nước", "LUAT15-2003, Điều 77"),
    ],
)
@pytest.mark.parametrize("day", [END_OF_2020, END_OF_2023], ids=str)
def test_decider_until_2023(titles: str, by: str, name: str, cite: str, day: datetime.date) -> None:
    for title in titles.split():
        found = decider(law(day), title=title)
        said = (found.by, found.name, f"{found.cite.source}, {found.cite.place}", found.cite.grade, found.delegate)
        assert said == (by, name, cite, "text", None)


def test_decider_of_the_governments_flag_is_the_prime_minister_by_delegation() -> None:
    found = decider(law(END_OF_2020), title="CO_CP")
    assert (found.by, found.delegate, found.name) == ("government", "prime_minister", "Thủ tướng Chính phủ")
    assert found.cite.place.startswith("Điều 51 khoản 2")


def test_deciders_from_2024_on_are_those_that_were_read() -> None:
    found = {
        title: decider(law(IN_2024), title=title) for title in ("LDTT", "CSTDCS", "TTLDTT", "GK", "TTLDXS", "CSTDTQ")
    }
    assert {title: (item.by, item.cite.grade) for title, item in found.items()} == {
        "LDTT": ("agency_head", "text"),
        "CSTDCS": ("agency_head", "text"),
        "TTLDTT": ("agency_head", "text"),
        "GK": ("agency_head", "text"),
        "TTLDXS": ("province_chair", "memory"),
        "CSTDTQ": ("prime_minister", "secondary"),
    }
    assert decider(law(IN_2026), title="CSTDTQ").cite.grade == "memory"  # carried over from the decree that ended


@pytest.mark.parametrize(
    ("title", "day"),
    [("BK_TINH", IN_2024), ("CSTDT", IN_2024), ("HCLD_BA", IN_2024), ("SANG_KIEN", END_OF_2020)],
)
def test_decider_without_a_rule_is_never_guessed(title: str, day: datetime.date) -> None:
    with pytest.raises(NoRule) as error:
        decider(law(day), title=title)
    said = f"thẩm quyền quyết định {title} tại ngày {day:%d/%m/%Y}"
    assert str(error.value) == f"Chưa có quy định trong bộ dữ liệu: {said}."


def test_an_agency_may_name_its_decider_but_not_change_who_decides() -> None:
    text = f"deciders:\n  - {{titles: [LDTT], by: agency_head, name: Giám đốc Sở Tài chính, {TIME}}}\n"
    ruleset = own("deciders.yaml", text)
    assert decider(ruleset, title="LDTT").name == "Giám đốc Sở Tài chính"
    assert decider(ruleset, title="CSTDCS").name == "Giám đốc Sở"
    with pytest.raises(PackError, match="Tầng dưới không được đổi thẩm quyền quyết định LDTT"):
        own("deciders.yaml", text.replace("agency_head", "province_chair"))
    with pytest.raises(PackError, match="Không có cấp quyết định “head”"):
        own("deciders.yaml", text.replace("agency_head", "head"))
    with pytest.raises(PackError, match="LDTT khai hai lần cho cùng một ngày"):
        own("deciders.yaml", text + text.removeprefix("deciders:\n"))


BASIC = ["request", "report", "minutes"]


@pytest.mark.parametrize(
    ("title", "always", "sometimes", "sets"),
    [
        ("LDTT", BASIC, [], 1),
        ("TTLDTT", BASIC, [], 1),
        ("TTLDXS", BASIC, ["tax_confirmation"], 1),
        ("CO_TINH", BASIC, ["tax_confirmation"], 1),
        ("CSTDCS", [*BASIC, "initiative_certificate"], [], 1),
        ("CSTDT", [*BASIC, "initiative_certificate"], ["tax_confirmation"], 1),
        ("CSTDTQ", [*BASIC, "ballot_result", "initiative_certificate", "party_opinion"], ["tax_confirmation"], 2),
        ("CO_CP", [*BASIC, "ballot_result"], ["tax_confirmation"], 2),
        ("GK", BASIC, ["initiative_certificate"], None),
        ("BK_TINH", BASIC, ["initiative_certificate", "tax_confirmation"], None),
        ("BK_TTG", BASIC, ["tax_confirmation"], 2),
        ("HCLD_BA", BASIC, ["initiative_certificate", "tax_confirmation"], 3),
        ("DON_GIAN", ["request", "report"], [], 3),
    ],
)
def test_dossier_in_2020(title: str, always: list[str], sometimes: list[str], sets: int | None) -> None:
    found = dossier(law(END_OF_2020), title=title)
    assert [paper.code for paper in found.papers if not paper.when] == always
    assert [paper.code for paper in found.papers if paper.when] == sometimes
    assert (found.sets, found.cite.grade) == (sets, "text")


def test_papers_cite_their_own_clause_or_that_of_the_list() -> None:
    papers = {paper.code: paper.cite.place for paper in dossier(law(END_OF_2020), title="TTLDXS").papers}
    assert papers == {
        "request": "Điều 50 khoản 2",
        "report": "Điều 50 khoản 2",
        "minutes": "Điều 50 khoản 2",
        "tax_confirmation": "Điều 45 khoản 7",
    }


def test_papers_name_the_form_of_the_annex_where_there_is_one() -> None:
    forms = {paper.code: paper.form for paper in dossier(law(END_OF_2020), title="CSTDTQ").papers if paper.form}
    assert forms == {"report": "Mẫu 02"}


def test_dossier_follows_the_date() -> None:
    assert dossier(law(END_OF_2023), title="CSTDT").cite.source == "ND91-2017"
    assert dossier(law(IN_2024), title="CSTDT").cite.source == "LUAT06-2022"


@pytest.mark.parametrize(("title", "day"), [("SANG_KIEN", END_OF_2020), ("CSTDCS", IN_2024), ("HCLD_BA", IN_2026)])
def test_dossier_without_a_rule_is_never_guessed(title: str, day: datetime.date) -> None:
    with pytest.raises(NoRule) as error:
        dossier(law(day), title=title)
    assert str(error.value) == f"Chưa có quy định trong bộ dữ liệu: hồ sơ đề nghị {title} tại ngày {day:%d/%m/%Y}."


def test_an_agency_may_ask_for_other_papers() -> None:
    text = f"dossiers:\n  - {{titles: [LDTT], sets: 1, papers: [{{code: minutes, name: Biên bản}}], {TIME}}}\n"
    assert [paper.name for paper in dossier(own("dossiers.yaml", text), title="LDTT").papers] == ["Biên bản"]
    with pytest.raises(PackError, match="Giấy tờ trống hoặc lặp lại mã"):
        own("dossiers.yaml", text.replace("[{code: minutes, name: Biên bản}]", "[]"))
    with pytest.raises(PackError, match="“sets” phải là số bộ"):
        own("dossiers.yaml", text.replace("sets: 1", "sets: 0"))
