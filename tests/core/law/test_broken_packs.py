"""A pack with a fault is refused with one sentence: where (file:line), what, and what to do.

`broken/nation` and `broken/agency` are two small packs without fault. Each test copies them, breaks one place and runs
`thidua law check`. In a `Broken`, `says` is how the sentence starts; what follows is the hint, which may not be empty.
"""

import datetime
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from thidua.core.law.errors import PackError
from thidua.core.law.load import load_pack, read_directory
from thidua.core.law.resolve import resolve
from thidua.project.cli import main

HERE = Path(__file__).parent / "broken"
LDTT, CSTDCS = "nation/rules/LDTT.yaml", "nation/rules/CSTDCS.yaml"
NUMBERS, FACTS, SOURCES = "nation/parameters/all.yaml", "nation/facts.yaml", "nation/sources.yaml"
CASES = "nation/cases/LDTT.yaml"
SETTINGS, TIGHTER, AGENCY = "agency/parameters/all.yaml", "agency/rules/LDTT.yaml", "agency/pack.yaml"
EITHER = "any:\n            - {fact: initiatives, at_least: 1}\n            - {fact: combat, is: true}"
SECOND_RULE = """versions:
  - {from: 2020-06-01, cite: "LUAT, Điều 4", grade: text, require: {fact: rating, at_least: HTT}}
"""
SECOND_NUMBER = """    versions:
      - {from: 2020-06-01, value: 6, cite: "LUAT, Điều 1", grade: text}
"""
LIMIT = """limits:
  - title: CSTDCS
    base: LDTT
    share: limits.shares
    rounding: limits.share
    scope: limits.share
    rank_by: [rating]
    from: 2020-01-01
    to: 2025-12-31
    cite: LUAT, Điều 2
    grade: text
"""
TENFOLD = "".join(f"a{level}: &a{level} [{','.join([f'*a{level - 1}'] * 10)}]\n" for level in range(1, 5))


@dataclass(frozen=True)
class Broken:
    """One fault: in `file`, `old` becomes `new` (without `old` the whole file does)."""

    name: str
    file: str
    old: str
    new: str
    place: str
    says: str


STRICT_YAML = [
    Broken("unknown_key", LDTT, "exclude:", "exlude:", f"{LDTT}:13", "Không có khóa “exlude”."),
    Broken(
        "duplicate_key", LDTT, "grade: text\n", "grade: text\n    grade: text\n", f"{LDTT}:9", "Khóa “grade” lặp lại."
    ),
    Broken("float", NUMBERS, "value: 10", "value: 10.5", f"{NUMBERS}:6", "Số thập phân 10.5 không chính xác."),
    Broken("no_such_day", LDTT, "2025-12-31", "2025-02-31", f"{LDTT}:6", "Ngày sai: 2025-02-31."),
    Broken("date_as_text", LDTT, "2025-12-31", "31/02/2025", f"{LDTT}:6", "“to” phải là ngày có thật,"),
    Broken("ends_before_start", LDTT, "2025-12-31", "2019-12-31", f"{LDTT}:6", "“to” trước “from”."),
    Broken("empty_file", LDTT, "", "", LDTT, "Tệp trống."),
    Broken("only_a_comment", LDTT, "", "# chưa viết\n", LDTT, "Tệp trống."),
    Broken("wrong_indent", LDTT, "    require:", "   require:", f"{LDTT}:9", "Không phải YAML:"),
    Broken("open_bracket", LDTT, "", "title: [1, 2\n", f"{LDTT}:2", "Không phải YAML:"),
    Broken("two_documents", LDTT, "of: person", "---\nof: person", f"{LDTT}:2", "Không phải YAML:"),
    Broken("control_character", LDTT, "Lao", "\x01Lao", LDTT, "Không phải YAML."),
    Broken("python_tag", LDTT, "HTT}", "!!python/object:os.system HTT}", f"{LDTT}:11", "Không dùng thẻ"),
    Broken("binary_tag", LDTT, "HTT}", "!!binary aGk=}", f"{LDTT}:11", "Không dùng thẻ"),
    Broken("list_on_top", LDTT, "", "- title\n", f"{LDTT}:1", "Đầu tệp phải là"),
    Broken("number_as_key", LDTT, "exclude:", "1:", f"{LDTT}:13", "Khóa phải là chữ."),
    Broken("merged_keys", LDTT, "    require:", "    <<: {note: x}\n    require:", f"{LDTT}:9", "Khóa phải là chữ."),
    Broken("yes_is_not_true", LDTT, "is: true", "is: yes", f"{LDTT}:12", "“yes” có thể hiểu là có hoặc không."),
    Broken("capital_true", LDTT, "is: true", "is: TRUE", f"{LDTT}:12", "“TRUE” có thể hiểu là có hoặc không."),
    Broken("hexadecimal", NUMBERS, "value: 10", "value: 0x10", f"{NUMBERS}:6", "Số sai: 0x10."),
    Broken("too_deep", LDTT, "", "title: " + "[" * 3000 + "]" * 3000, LDTT, "Tệp lồng quá sâu."),
    Broken("aliases_unfold", LDTT, "", f"a0: &a0 [x]\n{TENFOLD}", f"{LDTT}:1", "Không dùng neo (&) và bí danh (*)."),
    Broken("huge_file", LDTT, "", "# " + "x" * 1_000_000, LDTT, "Tệp quá lớn."),
]
CITATIONS = [
    Broken("unknown_source", LDTT, "LUAT, Điều 5", "LUAT-X, Điều 5", f"{LDTT}:14", "Không có nguồn “LUAT-X”."),
    Broken("rule_outlives_source", LDTT, "2025-12-31", "2026-12-31", f"{LDTT}:5", "Luật thử không có hiệu lực suốt"),
    Broken("rule_before_source", LDTT, "2020-01-01", "2019-12-31", f"{LDTT}:5", "Luật thử không có hiệu lực suốt"),
    Broken("number_outlives_source", NUMBERS, "2025-", "2026-", f"{NUMBERS}:6", "Luật thử không có hiệu lực suốt"),
    Broken("no_place", LDTT, "LUAT, Điều 5", "LUAT", f"{LDTT}:14", "Trích dẫn “LUAT” thiếu điều, khoản."),
    Broken("no_citation", LDTT, "    cite: LUAT, Điều 4\n", "", f"{LDTT}:5", "Thiếu khóa “cite”."),
    Broken("no_grade", LDTT, "    grade: text\n", "", f"{LDTT}:5", "Thiếu khóa “grade”."),
    Broken("unknown_grade", LDTT, "grade: text\n", "grade: sure\n", f"{LDTT}:8", "“grade” không có mức này."),
    Broken("secondary_without_page", CSTDCS, "    page: trang 12\n", "", f"{CSTDCS}:8", "Nguồn thứ cấp"),
]
CONDITIONS = [
    Broken("unknown_fact", LDTT, "fact: rating", "fact: ratng", f"{LDTT}:11", "Không có dữ kiện “ratng”."),
    Broken("unknown_whole", LDTT, "HTT}", "HTT, of: staff}", f"{LDTT}:11", "Không có dữ kiện “staff”."),
    Broken("unknown_word", LDTT, "HTT}", "TOT}", f"{LDTT}:11", "“TOT” không phải từ của rating."),
    Broken("two_tests", LDTT, "at_least: HTT", "at_least: HT, is: HTT", f"{LDTT}:11", "Điều kiện về “rating” phải có"),
    Broken("no_test", LDTT, ", at_least: HTT", "", f"{LDTT}:11", "Điều kiện về “rating” phải có đúng một phép thử."),
    Broken(
        "word_for_yes_no", LDTT, "is: true", "is: HTT", f"{LDTT}:12", "Phép thử “is” không hợp với dữ kiện registered."
    ),
    Broken("number_for_yes_no", CSTDCS, "is: true", "at_least: 1", f"{CSTDCS}:15", "Phép thử “at_least” không hợp"),
    Broken("word_for_number", CSTDCS, "at_least: 1", "at_least: một", f"{CSTDCS}:14", "Phép thử “at_least” không hợp"),
    Broken("number_for_word", LDTT, "at_least: HTT", "at_least: 3", f"{LDTT}:11", "Phép thử “at_least” không hợp"),
    Broken(
        "tested_twice", CSTDCS, "fact: combat, is: true", "fact: initiatives, at_most: 9", f"{CSTDCS}:15", "“CSTDCS.in"
    ),
    Broken("empty_any", CSTDCS, EITHER, "any: []", f"{CSTDCS}:13", "“any” phải có ít nhất một điều kiện."),
    Broken(
        "unknown_number",
        LDTT,
        "{param: ldtt.min_months}",
        "{param: ldtt.months}",
        f"{LDTT}:14",
        "Tham số “ldtt.months”",
    ),
    Broken("not_a_fraction", NUMBERS, '"15/100"', '"15/0"', f"{NUMBERS}:11", "“value” không phải phân số: 15/0."),
    Broken(
        "when_is_no_yes_no", LDTT, "registration.required", "limits.share", f"{LDTT}:12", "Tham số “limits.share” phải"
    ),
    Broken(
        "circle", LDTT, "{fact: rating, at_least: HTT}", "{holds: CSTDCS}", f"{LDTT}:11", "Vòng tròn: CSTDCS → LDTT"
    ),
    Broken("holds_itself", LDTT, "{fact: rating, at_least: HTT}", "{holds: LDTT}", f"{LDTT}:11", "Vòng tròn:"),
    Broken(
        "holds_in_any", CSTDCS, "{fact: initiatives, at_least: 1}", "{holds: LDTT}", f"{CSTDCS}:14", "“holds” chỉ đứng"
    ),
    Broken("holds_in_not", CSTDCS, EITHER, "not: {holds: LDTT}", f"{CSTDCS}:13", "“holds” chỉ đứng trong “all”."),
    Broken("holds_unknown", CSTDCS, "holds: LDTT", "holds: LDTTT", f"{CSTDCS}:12", "Không có danh hiệu “LDTTT”."),
    Broken(
        "excludes_as_unknown", LDTT, "    excl", "    exclude_as: X\n    excl", f"{LDTT}:5", "Không có danh hiệu “X”."
    ),
    Broken(
        "unknown_pending",
        LDTT,
        "    excl",
        "    pending: {fact: case, by: registration.required}\n    excl",
        f"{LDTT}:5",
        "Không có dữ kiện “case”.",
    ),
    Broken("unknown_limit", "nation/limits.yaml", "", LIMIT, "nation/limits.yaml:2", "Tham số “limits.shares”"),
    Broken(
        "sums_what_is_no_count",
        "nation/limits.yaml",
        "",
        LIMIT.replace("limits.shares", "limits.share").replace("[rating]", "[rating + months]"),
        "nation/limits.yaml:2",
        "rank_by “rating + months”: chỉ cộng được dữ kiện kiểu count",
    ),
]
VERSIONS_AND_LAYERS = [
    Broken("rules_overlap", LDTT, "versions:\n", SECOND_RULE, f"{LDTT}:6", "Hai phiên bản chồng ngày lên nhau."),
    Broken(
        "numbers_overlap",
        NUMBERS,
        "    versions:\n",
        SECOND_NUMBER,
        f"{NUMBERS}:7",
        "Hai phiên bản chồng ngày lên nhau.",
    ),
    Broken("no_version", LDTT, "versions:\n", "versions: []\nother:\n", f"{LDTT}:4", "Phải có ít nhất một phiên bản."),
    Broken("rule_twice", CSTDCS, "title: CSTDCS", "title: LDTT", f"{LDTT}:5", "Danh hiệu LDTT khai hai lần."),
    Broken("unknown_kind", LDTT, "of: person", "of: team", f"{LDTT}:2", "“of” phải là"),
    Broken("unknown_fact_kind", FACTS, "kind: bool", "kind: flag", f"{FACTS}:7", "Không có kiểu dữ kiện “flag”."),
    Broken("source_ends_early", SOURCES, "to: 2025-12-31", "to: 2019-12-31", f"{SOURCES}:5", "“to” trước “from”."),
    Broken("unknown_layer", AGENCY, "layer: agency", "layer: town", f"{AGENCY}:3", "Tầng “town” không có."),
    Broken("settable_by_nobody_known", NUMBERS, "[province]", "[town]", f"{NUMBERS}:4", "Tầng “town” không có."),
    Broken(
        "agency_may_not_set",
        SETTINGS,
        "limits.share",
        "ldtt.min_months",
        f"{SETTINGS}:4",
        "Tầng agency không được đặt tham số “ldtt.min_months”.",
    ),
    Broken(
        "province_may_not_set",
        AGENCY,
        "layer: agency",
        "layer: province",
        f"{SETTINGS}:4",
        "Tầng province không được đặt tham số “limits.share”.",
    ),
    Broken(
        "sets_unknown_number", SETTINGS, "limits.share", "limits.none", f"{SETTINGS}:4", "Tầng agency không được đặt"
    ),
    Broken(
        "tightens_nothing", TIGHTER, "tighten: LDTT", "tighten: CSTDT", f"{TIGHTER}:4", "Không có quy tắc CSTDT ở tầng"
    ),
    Broken(
        "missing_parent", AGENCY, "extends: nation", "extends: kingdom", AGENCY, "Bộ luật agency đặt trên kingdom nhưng"
    ),
]
EXAMPLES = [
    Broken("unknown_base", CASES, "like: đủ", "like: thiếu", f"{CASES}:4", "Không có bộ dữ kiện gốc"),
    Broken("case_without_date", CASES, "as_of: 2020-12-31, ", "", f"{CASES}:4", "Thiếu khóa “as_of”."),
    Broken("unknown_title", CASES, "title: LDTT", "title: LDT", f"{CASES}:4", "Không có danh hiệu “LDT”"),
    Broken("date_without_law", CASES, "2020-12-31", "2019-12-31", f"{CASES}:4", "Không có danh hiệu “LDTT”"),
    Broken("case_fact_unknown", CASES, "combat: true", "combats: true", f"{CASES}:6", "Không có dữ kiện “combats”."),
    Broken(
        "case_fact_of_wrong_kind", CASES, "initiatives: 0,", "initiatives: ít,", f"{CASES}:6", "“ít” không phải giá trị"
    ),
    Broken("case_word_unknown", CASES, "rating: HTT", "rating: TOT", f"{CASES}:4", "“TOT” không phải giá trị"),
    Broken("unknown_outcome", CASES, "outcome: met", "outcome: good", f"{CASES}:4", "Không có kết quả “good”."),
]
EVERY = [*STRICT_YAML, *CITATIONS, *CONDITIONS, *VERSIONS_AND_LAYERS, *EXAMPLES]


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
        f"  SAI {CASES}:4: “Đủ mọi điều kiện: đạt”: được ('met', (), ()), ca kiểm thử ghi ('not_met', (), ()).",
    ]


def test_law_check_names_leaf_no_case_notices(packs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    break_it(packs, Broken("dull", CASES, "initiatives: 0, combat: true", "combat: true", CASES, ""))
    code, out, err = check(packs / "nation", capsys)
    assert (code, err) == (0, "")
    assert out.splitlines()[2:] == [
        "nation: 3 ca kiểm thử, 0 sai; đảo 5 điều kiện, ca nhận ra 4.",
        "  KHÔNG CA NÀO NHẬN RA khi đảo CSTDCS.combat (từ 01/01/2020)",
    ]


def test_parameter_file_may_hold_settings_only(packs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "parameters:" not in (packs / SETTINGS).read_text(encoding="utf-8")
    assert check(packs / "agency", capsys)[0] == 0
