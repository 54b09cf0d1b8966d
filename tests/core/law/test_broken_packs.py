"""A pack with a fault is refused with one sentence: where (file:line), what, and what to do.

`broken/nation` and `broken/agency` are two small packs without fault. Each test copies them, breaks one place and runs
`thidua law check`.
"""

import datetime
import shutil
import sys
from pathlib import Path

import pytest

from thidua.core.law.errors import PackError
from thidua.core.law.load import load_pack, read_directory
from thidua.core.law.resolve import resolve
from thidua.project.cli import main

sys.path.insert(0, str(Path(__file__).parent))

from faults import (
    AGENCY,
    CASES,
    CITATIONS,
    CONDITIONS,
    DECIDER,
    EVERY,
    LDTT,
    MONEY,
    OWN_LIMIT,
    SETTINGS,
    TIGHTER,
    VOTE,
    Broken,
)

HERE = Path(__file__).parent / "broken"


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """A copy of the two good packs."""
    for name in ("nation", "agency"):
        shutil.copytree(HERE / name, tmp_path / name)
    return tmp_path


def break_it(packs: Path, broken: Broken) -> Path:
    """Break the copy; the pack to check."""
    path = packs / broken.file
    if broken.old:
        before = path.read_text(encoding="utf-8")
        assert broken.old in before
        path.write_text(before.replace(broken.old, broken.new, 1), encoding="utf-8")
    else:
        path.parent.mkdir(exist_ok=True)
        path.write_text(broken.new, encoding="utf-8")
    return packs / broken.place.split("/")[0]


def check(directory: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = main(["law", "check", str(directory)])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def assert_refused(done: tuple[int, str, str], *, place: str, says: str) -> None:
    code, out, err = done
    assert (code, out) == (1, "")
    assert err.startswith(f"thidua: {place}: {says}"), err
    assert err.count("\n") == 1
    assert err.removeprefix(f"thidua: {place}: {says}").strip(), f"không có lời chỉ dẫn: {err}"


def test_law_check_passes_when_nothing_is_broken(packs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = check(packs / "agency", capsys)
    assert (code, err) == (0, "")
    assert sorted(out.splitlines()[2:]) == [
        "  Độ phủ điều kiện: 4/4; điều kiện có ca đúng 3, sai 2, chưa biết 0.",
        "  Độ phủ điều kiện: 5/5; điều kiện có ca đúng 4, sai 3, chưa biết 0.",
        "Trích dẫn: 14, đều dẫn tới nguồn có hiệu lực.",
        "agency: 2 ca kiểm thử, 0 sai; đảo 4 điều kiện, ca nhận ra 4.",
        "nation: 3 ca kiểm thử, 0 sai; đảo 5 điều kiện, ca nhận ra 5.",
    ]


@pytest.mark.parametrize("broken", EVERY, ids=lambda broken: broken.name)
def test_law_check_refuses_broken_pack(broken: Broken, packs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = check(break_it(packs, broken), capsys)
    assert_refused(done, place=broken.place, says=broken.says)


@pytest.mark.parametrize("broken", [*CITATIONS, *CONDITIONS], ids=lambda broken: broken.name)
def test_law_check_refuses_version_no_case_visits(
    broken: Broken, packs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    directory = break_it(packs, broken)
    (packs / CASES).unlink()
    assert_refused(check(directory, capsys), place=broken.place, says=broken.says)


@pytest.mark.parametrize(
    ("file", "text", "above", "below", "says"),
    [
        (
            "votes.yaml",
            VOTE,
            {"share": "2/3"},
            {"share": "1/2"},
            "Tỷ lệ phiếu cho LDTT (agency) lỏng hơn tầng trên.",
        ),
        (
            "deciders.yaml",
            DECIDER,
            {"by": "province_chair"},
            {"by": "agency_head"},
            "Tầng dưới không được đổi thẩm quyền quyết định LDTT.",
        ),
        ("money.yaml", MONEY, {"times": "0.3"}, {"times": "0.4"}, "Mức tiền thưởng LDTT (person) khai hai lần cho"),
        ("limits.yaml", OWN_LIMIT, {}, {}, "Tỷ lệ khống chế CSTDCS khai hai lần cho cùng một ngày."),
    ],
    ids=["vote", "decider", "money", "limit"],
)
def test_law_check_refuses_agency_that_says_otherwise_than_the_nation(
    file: str,
    text: str,
    above: dict[str, str],
    below: dict[str, str],
    says: str,
    packs: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (packs / "nation" / file).write_text(text.format(cite="LUAT, Điều 2", **above), encoding="utf-8")
    assert check(packs / "agency", capsys)[0] == 0
    (packs / "agency" / file).write_text(text.format(cite="QUY-CHE, Điều 2", **below), encoding="utf-8")
    assert_refused(check(packs / "agency", capsys), place=f"agency/{file}:2", says=says)


@pytest.mark.parametrize(
    ("file", "text", "says"),
    [
        ("sources.yaml", "sources:\n  - {key: LUAT, name: Luật, from: 2020-01-01, read: x}\n", "“LUAT” khai hai lần."),
        ("facts.yaml", "person:\n  - {name: rating, kind: bool, label: Xếp loại}\n", "“person.rating” khai hai lần."),
        (
            "parameters/all.yaml",
            "parameters:\n  - {name: limits.share, label: Tỷ lệ, versions: []}\n",
            "“limits.share” khai hai lần.",
        ),
    ],
)
def test_law_check_refuses_what_two_layers_declare(
    file: str, text: str, says: str, packs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (packs / "agency" / file).write_text(text, encoding="utf-8")
    assert_refused(check(packs / "agency", capsys), place=f"agency/{file}:2", says=says)


def test_a_fact_may_be_tested_again_under_a_word_of_its_own(packs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = "fact: initiatives, at_least: 1", "fact: months, at_least: 12, as: agency"
    path = break_it(packs, Broken("twice", TIGHTER, old, new, TIGHTER, ""))
    cases = packs / "agency/cases/LDTT.yaml"
    text = cases.read_text(encoding="utf-8").replace("months: 10", "months: 12").replace("initiatives: 0", "months: 11")
    cases.write_text(text.replace("LDTT.initiatives", "LDTT.months.agency"), encoding="utf-8")
    code, out, err = check(path, capsys)
    assert (code, err) == (0, "")
    assert "agency: 2 ca kiểm thử, 0 sai; đảo 4 điều kiện, ca nhận ra 4." in out.splitlines()


def test_law_check_refuses_directory_without_pack_file(packs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (packs / "nation/pack.yaml").unlink()
    done = check(packs / "nation", capsys)
    assert_refused(done, place=str(packs / "nation"), says="Không có tệp pack.yaml.")


def test_law_check_refuses_absent_directory(packs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = check(packs / "nowhere", capsys)
    assert_refused(done, place=str(packs / "nowhere"), says="Không có tệp pack.yaml.")


def test_law_check_refuses_file_that_is_not_utf8(packs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = packs / LDTT
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))
    assert_refused(check(packs / "nation", capsys), place=LDTT, says="Tệp không phải UTF-8.")


def test_law_check_refuses_pack_that_extends_its_own_layer(packs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(packs / "agency", packs / "branch")
    head = (packs / "branch/pack.yaml").read_text(encoding="utf-8")
    head = head.replace("pack: agency", "pack: branch").replace("extends: nation", "extends: agency")
    (packs / "branch/pack.yaml").write_text(head, encoding="utf-8")
    done = check(packs / "branch", capsys)
    assert_refused(done, place="branch/pack.yaml", says="Bộ luật branch phải ở tầng dưới agency.")


def test_resolve_refuses_pack_that_extends_itself(packs: Path) -> None:
    head = packs / "nation/pack.yaml"
    head.write_text(head.read_text(encoding="utf-8") + "extends: nation\n", encoding="utf-8")
    pack = load_pack(read_directory(packs / "nation"))
    with pytest.raises(PackError, match=r"^nation/pack.yaml: Bộ luật nation phải ở tầng dưới nation\."):
        resolve([pack], as_of=datetime.date(2020, 12, 31))


def test_law_check_finds_parents_of_parents(packs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (packs / "province").mkdir()
    head = "pack: province\nversion: '1'\nlayer: province\nextends: nation\nlabel: Tỉnh\n"
    (packs / "province/pack.yaml").write_text(head, encoding="utf-8")
    below = (packs / AGENCY).read_text(encoding="utf-8").replace("extends: nation", "extends: province")
    (packs / AGENCY).write_text(below, encoding="utf-8")
    code, out, err = check(packs / "agency", capsys)
    assert (code, err) == (0, "")
    assert sorted(line.split()[0] for line in out.splitlines()[:3]) == ["agency", "nation", "province"]


def test_law_check_prints_wrong_case_and_fails(packs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    break_it(packs, Broken("wrong", CASES, "outcome: met", "outcome: not_met", CASES, ""))
    code, out, err = check(packs / "nation", capsys)
    assert (code, err) == (1, "")
    assert out.splitlines()[2:] == [
        "nation: 3 ca kiểm thử, 1 sai; đảo 5 điều kiện, ca nhận ra 5.",
        "  Độ phủ điều kiện: 5/5; điều kiện có ca đúng 4, sai 3, chưa biết 0.",
        f"  SAI {CASES}:4: “Đủ mọi điều kiện: đạt”: được ('met', (), ()), ca kiểm thử ghi ('not_met', (), ()).",
    ]


def test_law_check_names_leaf_no_case_notices(packs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    break_it(packs, Broken("dull", CASES, "initiatives: 0, combat: true", "combat: true", CASES, ""))
    code, out, err = check(packs / "nation", capsys)
    assert (code, err) == (0, "")
    assert out.splitlines()[2:] == [
        "nation: 3 ca kiểm thử, 0 sai; đảo 5 điều kiện, ca nhận ra 4.",
        "  Độ phủ điều kiện: 4/5; điều kiện có ca đúng 4, sai 2, chưa biết 0.",
        "  KHÔNG CA NÀO NHẬN RA khi đảo CSTDCS.combat (từ 01/01/2020)",
    ]


def test_parameter_file_may_hold_settings_only(packs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "parameters:" not in (packs / SETTINGS).read_text(encoding="utf-8")
    assert check(packs / "agency", capsys)[0] == 0
