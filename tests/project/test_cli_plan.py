"""The plan commands as a user meets them: the contract's document, and a clear sentence for every bad input."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from thidua.project.cli import main

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "sample"
EXPECTED = ROOT.parent / "shared" / "source" / "expected.json"
TEXTS = ("ke-hoach-2020.txt", "ke-hoach-2020.ocr.txt")
PACKS = [str(ROOT / "packs" / name) for name in ("vn.national", "vn.example-department")]


def leaves(nodes: list[dict[str, Any]], depth: int = 0) -> list[str]:
    found = []
    for node in nodes:
        if node["children"]:
            found += leaves(node["children"], depth + 1)
        elif depth:
            found.append(node["id"])
    return found


@pytest.mark.parametrize("name", TEXTS)
def test_plan_read_gives_what_the_contract_expects(name: str, capsys: Any) -> None:
    if not EXPECTED.is_file():
        pytest.skip("../shared/source/expected.json is not here; tests/core/plans holds the same expectations")
    expected = json.loads(EXPECTED.read_text(encoding="utf-8"))
    assert main(["plan", "read", str(SAMPLE / name), "--json"]) == 0
    plan = json.loads(capsys.readouterr().out)
    head = {key: plan["document"][key] for key in ("type", "issuer", "year", "subject", "motto")}
    assert head == {key: expected[key] for key in head}
    bases = [{key: row[key] for key in ("type", "number", "date", "issuer")} for row in plan["bases"]]
    assert bases == expected["bases"]
    assert [section["id"] for section in plan["outline"]] == expected["sections"]
    assert leaves(plan["outline"]) == expected["clauses"]
    keys = ("clause", "op", "value", "unit", "title_code")
    targets = [{key: row[key] for key in keys} for row in plan["targets"]]
    assert targets == [{key: row[key] for key in keys} for row in expected["targets"]]
    assert all(row["quote"] == plan["text"][row["start"] : row["end"]] for row in plan["targets"])


def test_plan_check_writes_the_contracts_document(capsys: Any) -> None:
    words = [
        "plan",
        "check",
        str(SAMPLE / TEXTS[0]),
        "--packs",
        *PACKS,
        "--headcount",
        "62",
        "--collectives",
        "9",
        "--json",
    ]
    assert main(words) == 0
    document = json.loads(capsys.readouterr().out)
    assert set(document) == {"law", "headcount", "collectives", "findings"}
    assert document["law"]["as_of"] == "2020-12-31"
    assert [row["kind"] for row in document["findings"]] == ["unreachable", "contradiction", "silent", "zero_quota"]
    keys = {"kind", "targets", "rules", "arithmetic", "sentence", "remedies"}
    assert all(set(row) == keys and row["remedies"] for row in document["findings"])
    assert all(set(rule) == {"title", "leaf", "cite", "grade"} for row in document["findings"] for rule in row["rules"])


NO_TARGETS = "KẾ HOẠCH\nVề việc học tập năm 2020\n\nI. MỤC ĐÍCH\n\n1. Nâng cao nhận thức của cán bộ.\n"
BAD = {
    "absent.txt": (None, "không có tệp này"),
    "empty.txt": (b"", "empty.txt"),
    "binary.txt": (bytes(range(256)) * 40, "binary.txt"),
    "english.txt": (b"The quick brown fox jumps over the lazy dog and nothing happens here. " * 50, "english.txt"),
    "large.txt": ("Thi đua yêu nước. ".encode() * 300_000, "large.txt"),
    "picture.png": (b"\x89PNG\r\n\x1a\n" + bytes(200), "picture.png"),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("verb", ["read", "check"])
def test_a_bad_plan_gets_one_sentence(name: str, verb: str, tmp_path: Path, capsys: Any) -> None:
    data, said = BAD[name]
    file = tmp_path / name
    if data is not None:
        file.write_bytes(data)
    extra = ["--packs", *PACKS] if verb == "check" else ["--json"]
    assert main(["plan", verb, str(file), *extra]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert "Traceback" not in err
    assert len(err.strip().splitlines()) == 1


def test_a_plan_without_targets_says_so(tmp_path: Path, capsys: Any) -> None:
    file = tmp_path / "ke-hoach.txt"
    file.write_text(NO_TARGETS, encoding="utf-8")
    assert main(["plan", "read", str(file), "--json"]) == 0
    plan = json.loads(capsys.readouterr().out)
    assert plan["targets"] == []
    assert any("chỉ tiêu" in warning for warning in plan["warnings"])


def test_targets_of_single_sentences(tmp_path: Path, capsys: Any) -> None:
    file = tmp_path / "cau.jsonl"
    line = {"id": "a", "text": "Phấn đấu trên 80% học sinh khá, giỏi."}
    file.write_text(json.dumps(line, ensure_ascii=False) + "\n\n", encoding="utf-8")
    assert main(["plan", "targets", str(file)]) == 0
    result = json.loads(capsys.readouterr().out)
    target = result["targets"][0]
    assert (result["id"], target["op"], target["value"], target["unit"], target["clause"]) == (
        "a",
        ">",
        "80",
        "percent",
        None,
    )
    assert target["quote"] == result["text"][target["start"] : target["end"]]


def test_a_plan_of_a_year_without_law_is_not_said_to_be_fine(tmp_path: Path, capsys: Any) -> None:
    file = tmp_path / "ke-hoach.txt"
    file.write_text((SAMPLE / TEXTS[0]).read_text(encoding="utf-8").replace("2020", "2010"), encoding="utf-8")
    assert main(["plan", "check", str(file), "--packs", *PACKS]) == 1
    out, err = capsys.readouterr()
    assert (out, "Chưa có quy định trong bộ dữ liệu: năm 2010" in err) == ("", True)


def test_odd_separators_inside_a_text_are_no_new_line(tmp_path: Path, capsys: Any) -> None:
    file = tmp_path / "cau.jsonl"
    file.write_text('{"id": "a", "text": "100% đơn vị\u2028đạt chuẩn."}\n', encoding="utf-8")
    assert main(["plan", "targets", str(file)]) == 0
    assert len(capsys.readouterr().out.strip().split("\n")) == 1


@pytest.mark.parametrize(
    "line",
    [
        '{"id": NaN, "text": "a"}',
        '{"id": 1, "text": "\\ud800"}',
        "{",
        "[]",
        '{"id": 1}',
        '{"id": 1, "text": 5}',
        "null",
    ],
)
def test_a_bad_line_is_named_and_nothing_is_printed(line: str, tmp_path: Path, capsys: Any) -> None:
    file = tmp_path / "cau.jsonl"
    file.write_text('{"id": "a", "text": "100% đơn vị đạt."}\n' + line + "\n", encoding="utf-8")
    assert main(["plan", "targets", str(file)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "cau.jsonl:2" in err


@pytest.mark.parametrize(
    "words", [[], ["plan"], ["plan", "read"], ["law", "evaluate"], ["nothing"], ["serve", "--port", "0"]]
)
def test_wrong_usage_exits_with_two(words: list[str], capsys: Any) -> None:
    with pytest.raises(SystemExit) as caught:
        main(words)
    assert caught.value.code == 2
    assert "Traceback" not in capsys.readouterr().err


def test_reading_a_plan_loads_neither_django_nor_duckdb() -> None:
    code = (
        "import sys; from thidua.project.cli import main; "
        f"main(['plan', 'read', {str(SAMPLE / TEXTS[1])!r}]); "
        "sys.exit(bool({'django', 'duckdb', 'ibis', 'numpy', 'pyarrow'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = f"{sys.executable} -m thidua.project.cli plan read {SAMPLE / TEXTS[0]} --json | head -c 10"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False)
    assert done.stderr == ""
