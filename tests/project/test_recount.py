"""tools/recount.py on a small hand-written year: what it counts, what it finds wrong, what stops it."""

import copy
import csv
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from project.recount_year import ALL, FIGURES, TABLES, TARGETS

SCRIPT = Path(__file__).resolve().parents[2] / "tools" / "recount.py"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder with the records and the figures of the year."""
    (tmp_path / "records").mkdir()
    for name, lines in TABLES.items():
        write_table(tmp_path, name, [line.split("|") for line in lines])
    write_targets(tmp_path, TARGETS)
    write_figures(tmp_path, FIGURES)
    return tmp_path


def write_table(out: Path, name: str, rows: Sequence[Sequence[object]]) -> None:
    with (out / "records" / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)


def write_targets(out: Path, targets: Sequence[tuple[int, str, str, str, tuple[str, str, str] | None]]) -> None:
    rows: list[list[object]] = [["id", "campaign_id", "number", "op", "value", "value_unit", "formula"]]
    for number, op, value, unit, formula in targets:
        fields = dict(zip(("kind", "subject", "argument"), formula or (), strict=False))
        cell = json.dumps(fields | {"numerator": "", "denominator": ""}, ensure_ascii=False) if formula else ""
        rows.append([number, 1, number, op, value, unit, cell])
    write_table(out, "campaigns.target", [*rows, [99, 9, 1, ">=", "50", "percent", ""]])


def write_figures(out: Path, figures: Mapping[str, Any]) -> None:
    (out / "so-lieu-bao-cao.json").write_text(json.dumps(figures, ensure_ascii=False), encoding="utf-8")


def replaced(out: Path, name: str, old: str, new: str) -> None:
    path = out / "records" / f"{name}.csv"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    # -S: no installed package is in reach, so nothing but the standard library can be used.
    command = [sys.executable, "-S", str(SCRIPT), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def wrong(out: Path) -> tuple[int, list[str]]:
    """The exit code and the figures named as different."""
    done = run(out)
    assert done.stderr == ""
    return done.returncode, [line for line in done.stdout.splitlines() if line.startswith("- ")]


def test_recount_equal_figures_pass(out: Path) -> None:
    done = run(out)

    assert (done.returncode, done.stderr) == (0, "")
    assert "LỆCH" not in done.stdout
    assert done.stdout.count("  khớp\n") == ALL
    assert done.stdout.splitlines()[-1] == f"Cả {ALL} số liệu của báo cáo khớp với hồ sơ."


def test_recount_order_of_rows_says_nothing(out: Path) -> None:
    figures = {key: value[::-1] if isinstance(value, list) else value for key, value in FIGURES.items()}
    write_figures(out, figures)

    assert wrong(out) == (0, [])


@pytest.mark.parametrize(
    ("place", "value", "named"),
    [
        (("people",), 6, "Cá nhân thuộc diện xét: báo cáo 6, đếm lại 5."),
        (("collectives",), 3, "Tập thể thuộc diện xét: báo cáo 3, đếm lại 2."),
        (("acknowledged",), 4, "Người đã xác nhận biết kế hoạch: báo cáo 4, đếm lại 3."),
        (("registered_people",), 3, "Cá nhân đăng ký thi đua: báo cáo 3, đếm lại 2."),
        (("registered_collectives",), None, "Tập thể đăng ký thi đua: báo cáo –, đếm lại 1."),
        (("unit_meetings",), 4, "Cuộc họp bình xét của đơn vị: báo cáo 4, đếm lại 3."),
        (("council_sessions",), 3, "Phiên họp của các Hội đồng: báo cáo 3, đếm lại 2."),
        (("initiatives",), 3, "Sáng kiến, đề tài được đề nghị: báo cáo 3, đếm lại 2."),
        (("recognised",), True, "Sáng kiến, đề tài được công nhận: báo cáo True, đếm lại 1."),
        (("objections",), 3, "Kiến nghị đã nhận: báo cáo 3, đếm lại 2."),
        (("answered",), 2, "Kiến nghị đã trả lời: báo cáo 2, đếm lại 1."),
        (("paid",), 3271000, "Tiền thưởng đã quyết định: báo cáo 3.271.000, đếm lại 2.824.000."),
        (("recovered",), 0, "Tiền thưởng phải thu hồi: báo cáo 0, đếm lại 447.000."),
        (("titles", 0, "nominated"), 5, "Danh hiệu LDTT: được đề nghị: báo cáo 5, đếm lại 4."),
        (("titles", 0, "passed"), 3, "Danh hiệu LDTT: Hội đồng thông qua: báo cáo 3, đếm lại 2."),
        (("titles", 0, "awarded"), 2, "Danh hiệu LDTT: được tặng: báo cáo 2, đếm lại 1."),
        (("titles", 0, "annulled"), 0, "Danh hiệu LDTT: bị hủy: báo cáo 0, đếm lại 1."),
        (("decisions", 2, "lines"), 2, "Quyết định số 05/QĐ-STC: số trường hợp: báo cáo 2, đếm lại 3."),
        (("decisions", 1, "money"), 0, "Quyết định số 12/QĐ-STC: số tiền: báo cáo 0, đếm lại 447.000."),
        (("targets", 0, "least"), 2, "Chỉ tiêu 1: ít nhất: báo cáo 2, đếm lại 1."),
        (("targets", 2, "most"), 2, "Chỉ tiêu 3: nhiều nhất: báo cáo 2, đếm lại 1."),
        (("targets", 5, "whole"), 3, "Chỉ tiêu 6: trên tổng số: báo cáo 3, đếm lại 2."),
        (("targets", 9, "state"), "reached", "Chỉ tiêu 10: kết quả: báo cáo đạt, đếm lại chưa biết."),
        (("targets", 11, "least"), 0, "Chỉ tiêu 12: ít nhất: báo cáo 0, đếm lại –."),
        (("tally", "reached"), 7, "Chỉ tiêu đạt: báo cáo 7, đếm lại 6."),
        (("tally", "missed"), 2, "Chỉ tiêu không đạt: báo cáo 2, đếm lại 3."),
        (("tally", "unknown"), 5, "Chỉ tiêu chưa biết: báo cáo 5, đếm lại 6."),
    ],
)
def test_recount_altered_figure_is_named(out: Path, place: tuple[str | int, ...], value: object, named: str) -> None:
    figures: Any = copy.deepcopy(FIGURES)
    inside = figures
    for step in place[:-1]:
        inside = inside[step]
    inside[place[-1]] = value
    write_figures(out, figures)

    assert wrong(out) == (1, [f"- {named}"])


def test_recount_figure_missing_from_the_report_is_named(out: Path) -> None:
    figures = copy.deepcopy(FIGURES)
    del figures["answered"]
    del figures["decisions"][1]
    write_figures(out, figures)

    assert wrong(out) == (
        1,
        [
            "- Kiến nghị đã trả lời: báo cáo không có, đếm lại 1.",
            "- Quyết định số 12/QĐ-STC: số trường hợp: báo cáo không có, đếm lại 1.",
            "- Quyết định số 12/QĐ-STC: số tiền: báo cáo không có, đếm lại 447.000.",
        ],
    )


def test_recount_figure_that_records_do_not_know_is_named(out: Path) -> None:
    write_figures(out, FIGURES | {"flags": 4})

    assert wrong(out) == (1, ["- flags: báo cáo 4, đếm lại không có."])


def test_recount_altered_record_is_named(out: Path) -> None:
    replaced(out, "decisions.decision", "2,2020,annulment,signed", "2,2020,annulment,sent")

    assert wrong(out) == (
        1,
        [
            "- Tiền thưởng phải thu hồi: báo cáo 447.000, đếm lại 0.",
            "- Danh hiệu LDTT: được tặng: báo cáo 1, đếm lại 2.",
            "- Danh hiệu LDTT: bị hủy: báo cáo 1, đếm lại 0.",
            "- Chỉ tiêu 1: ít nhất: báo cáo 1, đếm lại 2.",
            "- Chỉ tiêu 1: nhiều nhất: báo cáo 3, đếm lại 4.",
            "- Chỉ tiêu 1: kết quả: báo cáo không đạt, đếm lại chưa biết.",
            "- Chỉ tiêu không đạt: báo cáo 3, đếm lại 2.",
            "- Chỉ tiêu chưa biết: báo cáo 6, đếm lại 7.",
            "- Quyết định số 12/QĐ-STC: số trường hợp: báo cáo 1, đếm lại không có.",
            "- Quyết định số 12/QĐ-STC: số tiền: báo cáo 447.000, đếm lại không có.",
        ],
    )


def test_recount_title_given_again_after_its_annulment_counts(out: Path) -> None:
    replaced(out, "decisions.line", "7,5,103,1,GK", "7,5,102,1,LDTT")

    assert wrong(out) == (
        1,
        [
            "- Danh hiệu LDTT: được tặng: báo cáo 1, đếm lại 2.",
            "- Chỉ tiêu 1: ít nhất: báo cáo 1, đếm lại 2.",
            "- Chỉ tiêu 1: nhiều nhất: báo cáo 3, đếm lại 4.",
            "- Chỉ tiêu 1: kết quả: báo cáo không đạt, đếm lại chưa biết.",
            "- Chỉ tiêu không đạt: báo cáo 3, đếm lại 2.",
            "- Chỉ tiêu chưa biết: báo cáo 6, đếm lại 7.",
        ],
    )


@pytest.mark.parametrize(
    ("op", "value", "state"),
    [
        # Three to four of five: 60 to 80 per cent.
        (">=", "60", "reached"),
        (">=", "60.1", "unknown"),
        (">=", "80.1", "missed"),
        (">", "60", "unknown"),
        (">", "80", "missed"),
        ("<=", "80", "reached"),
        ("<=", "59.9", "missed"),
        ("<", "80", "unknown"),
        ("<", "80.1", "reached"),
        ("'=", "60", "unknown"),
        ("'=", "81", "missed"),
        (">=", "", "unknown"),
    ],
)
def test_recount_state_at_both_ends(out: Path, op: str, value: str, state: str) -> None:
    write_targets(out, [(5, op, value, "percent", ("rating_share", "person", "HT"))])
    figures = FIGURES | {
        "targets": [{"number": 5, "least": 3, "most": 4, "whole": 5, "state": state}],
        "tally": {"reached": 0, "missed": 0, "unknown": 0} | {state: 1},
    }
    write_figures(out, figures)

    assert wrong(out) == (0, [])


def test_recount_quota_bounds_a_decided_title_from_above(out: Path) -> None:
    """Places bound a title that was decided from above only, and never below those who hold it."""
    replaced(out, "evaluations.quotarow", '2,2,CSTDCS,1,2,"[""101"", ""102""]"', "2,2,CSTDCS,0,0,[]")

    assert wrong(out) == (
        1,
        [
            "- Chỉ tiêu 2: nhiều nhất: báo cáo 2, đếm lại 1.",
            "- Chỉ tiêu 2: kết quả: báo cáo chưa biết, đếm lại đạt.",
            "- Chỉ tiêu đạt: báo cáo 6, đếm lại 7.",
            "- Chỉ tiêu chưa biết: báo cáo 6, đếm lại 5.",
        ],
    )


@pytest.mark.parametrize("name", ["so-lieu-bao-cao.json", "records/decisions.line.csv"])
def test_recount_missing_file_stops(out: Path, name: str) -> None:
    (out / name).unlink()
    done = run(out)

    assert (done.returncode, done.stdout) == (2, "")
    remedy = "hãy lập lại báo cáo" if name.endswith("json") else "hãy xuất lại hồ sơ"
    kind = "tệp" if name.endswith("json") else "bảng"
    assert done.stderr == f"Không đọc được {kind} {out / name}; {remedy}.\n"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("annuls_id", "other_id", "{path}, dòng 5: bảng không có cột “annuls_id”; hãy xuất lại hồ sơ."),
        ("447000,\n2,", "447000\n2,", "{path}, dòng 2: có 6 ô, tiêu đề có 7 cột; hãy xuất lại hồ sơ."),
        ("1490000", "nhiều", "{path}, dòng 4, cột “amount”: “nhiều” không phải là số nguyên."),
        ("1490000", "", "{path}, dòng 4, cột “amount”: ô trống, phải có số."),
        ("LDTT,447000,2\n", "LDTT,447000,88\n", "{path}, dòng 5: hủy dòng số 88, nhưng không có dòng ấy."),
        ("GK", '"GK', "{path}: không phải là bảng CSV mã UTF-8; hãy xuất lại hồ sơ."),
    ],
)
def test_recount_broken_table_stops(out: Path, old: str, new: str, sentence: str) -> None:
    replaced(out, "decisions.line", old, new)
    done = run(out)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == sentence.format(path=out / "records" / "decisions.line.csv") + "\n"


def test_recount_table_in_another_encoding_stops(out: Path) -> None:
    path = out / "records" / "records.task.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))
    done = run(out)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"{path}: không phải là bảng CSV mã UTF-8; hãy xuất lại hồ sơ.\n"


def test_recount_broken_json_cell_stops(out: Path) -> None:
    replaced(out, "registrations.registration", "103,,false", "103,,không")
    done = run(out)

    path = out / "records" / "registrations.registration.csv"
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"{path}, dòng 4, cột “registered”: nội dung không phải là JSON.\n"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "{path}: nội dung không phải là JSON; hãy lập lại báo cáo."),
        ("[]", "{path}: thiếu năm của báo cáo (khóa “year”); hãy lập lại báo cáo."),
        ('{"year": 2020, "titles": [1]}', "so-lieu-bao-cao.json, “titles”: phải là một dãy, mỗi mục có “title”."),
    ],
)
def test_recount_broken_figures_stop(out: Path, text: str, sentence: str) -> None:
    path = out / "so-lieu-bao-cao.json"
    path.write_text(text, encoding="utf-8")
    done = run(out)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == sentence.replace("{path}", str(path)) + "\n"


def test_recount_year_without_campaign_stops(out: Path) -> None:
    write_figures(out, FIGURES | {"year": 2018})
    done = run(out)

    path = out / "records" / "campaigns.campaign.csv"
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"{path}: năm 2018 có 0 phong trào thi đua; chỉ đếm lại được khi có đúng một.\n"


@pytest.mark.parametrize("arguments", [(), ("a", "b"), ("--help",)])
def test_recount_wrong_usage(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "Cách dùng: python tools/recount.py THƯ_MỤC_KẾT_QUẢ\n"
