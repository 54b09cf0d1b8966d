"""The command line: ``thidua NOUN VERB``. Results on stdout, messages on stderr.

Exit codes: 0 done · 1 the input is at fault (the message names the place and the remedy) · 2 wrong usage.
Command modules are imported when called, so that ``plan read`` does not wait for Django or DuckDB.
"""

import argparse
import gc
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from thidua import __version__
from thidua.project.faults import Fault

COMMANDS = "thidua.project.commands"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    options = build_parser().parse_args(argv)
    less_searching()
    module = importlib.import_module(f"{COMMANDS}.{options.module}")
    try:
        return int(getattr(module, options.function)(options) or 0)
    except Fault as fault:
        print(f"thidua: {fault}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # The reader (head, less) went away: not our fault, and stdout must not complain again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("\nthidua: đã dừng theo yêu cầu.", file=sys.stderr)
        return 130


def less_searching() -> None:
    """Let Python look for cycles of dead objects a hundred times less often than by default.

    A page or a judgement makes many small objects that die by themselves; looking through them took a sixth of the
    time of a page.
    """
    gc.set_threshold(70_000, 20, 20)


def build_parser() -> argparse.ArgumentParser:
    """The whole command line; ``docs/start.md`` names every command and a test compares."""
    parser = argparse.ArgumentParser(
        prog="thidua", description="Từ kế hoạch thi đua tới khen thưởng công bằng, có giải thích, công khai."
    )
    parser.add_argument("--version", action="version", version=f"thidua {__version__}")
    nouns = parser.add_subparsers(dest="noun", required=True, metavar="LỆNH")
    _plan_commands(nouns)
    _law_commands(nouns)
    _site_commands(nouns)
    return parser


def _verb(
    verbs: "argparse._SubParsersAction[argparse.ArgumentParser]", path: str, text: str
) -> argparse.ArgumentParser:
    noun, _, verb = path.partition(".")
    parser = verbs.add_parser(verb or noun, help=text, description=text)
    parser.set_defaults(module=noun, function=verb or noun)
    return parser


def _plan_commands(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    plan = nouns.add_parser("plan", help="đọc và kiểm tra kế hoạch thi đua")
    verbs = plan.add_subparsers(dest="verb", required=True, metavar="VIỆC")
    read = _verb(verbs, "plan.read", "Đọc một kế hoạch: đầu văn bản, căn cứ, đề mục, chỉ tiêu, chỗ đã sửa chữ.")
    read.add_argument("file", type=Path, metavar="TỆP")
    read.add_argument("--json", action="store_true", help="in đúng một tài liệu JSON ra stdout")
    targets = _verb(verbs, "plan.targets", "Đọc chỉ tiêu trong từng câu của một tệp JSONL.")
    targets.add_argument("file", type=Path, metavar="TỆP.jsonl")
    check = _verb(verbs, "plan.check", "Chỉ tiêu nào không thể cùng đạt theo luật có hiệu lực năm đó, và vì sao.")
    check.add_argument("file", type=Path, metavar="TỆP")
    _packs(check)
    check.add_argument("--headcount", type=_count, metavar="N", help="số người của cơ quan")
    check.add_argument("--collectives", type=_count, metavar="N", help="số tập thể của cơ quan")
    check.add_argument("--json", action="store_true", help="in đúng một tài liệu JSON ra stdout")


def _law_commands(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    law = nouns.add_parser("law", help="kiểm tra và áp dụng bộ dữ liệu luật")
    verbs = law.add_subparsers(dest="verb", required=True, metavar="VIỆC")
    check = _verb(verbs, "law.check", "Kiểm tra bộ luật: đọc được, trích dẫn có thật, ca kiểm thử đúng, ca đủ nhạy.")
    check.add_argument("packs", nargs="+", type=Path, metavar="THƯ_MỤC")
    evaluate = _verb(verbs, "law.evaluate", "Xét mọi người và tập thể: dữ kiện vào, kết luận ra (Parquet).")
    _packs(evaluate)
    _facts(evaluate)
    evaluate.add_argument("--out", type=Path, required=True, metavar="TỆP", help="tệp Parquet kết luận")
    evaluate.add_argument("--limits", type=Path, metavar="TỆP", help="tệp Parquet về tỷ lệ khống chế")
    evaluate.add_argument("--engine", choices=("duckdb", "postgres", "spark"), default="duckdb")
    explain = _verb(verbs, "law.explain", "Vì sao đạt, vì sao chưa, cần gì: cây lý do của một người, một danh hiệu.")
    _packs(explain)
    _facts(explain)
    explain.add_argument("--subject", required=True, metavar="MÃ")
    explain.add_argument("--title", required=True, metavar="DANH_HIỆU")
    explain.add_argument("--json", action="store_true", help="in đúng một tài liệu JSON ra stdout")
    impact = _verb(verbs, "law.impact", "Nếu luật khác đi: trên cùng dữ kiện, ai đổi kết luận và vì điều kiện nào.")
    impact.set_defaults(module="impact", function="run")
    _packs(impact)
    _facts(impact)
    impact.add_argument("--set", action="append", default=[], metavar="THAM_SỐ=GIÁ_TRỊ", help="thử một con số khác")
    impact.add_argument("--amend", action="append", default=[], type=Path, metavar="TỆP", help="thử một bản sửa đổi")
    impact.add_argument("--against-as-of", metavar="NGÀY", help="so với luật của ngày khác")
    impact.add_argument("--against-packs", nargs="+", type=Path, metavar="THƯ_MỤC", help="so với bộ luật khác")
    impact.add_argument("--json", action="store_true", help="in đúng một tài liệu JSON ra stdout")

    reach = _verb(verbs, "law.reach", "Đơn vị N người có nhiều nhất bao nhiêu suất của mỗi danh hiệu, vì quy định nào.")
    reach.set_defaults(module="reach", function="run")
    _packs(reach)
    reach.add_argument("--as-of", required=True, metavar="NGÀY", help="ngày chọn luật, viết NNNN-TT-NN")
    sizes = reach.add_mutually_exclusive_group()
    sizes.add_argument("--headcount", type=_count, metavar="N", help="chỉ một đơn vị N người (mặc định: 1 tới 30)")
    sizes.add_argument("--units", type=Path, metavar="TỆP", help="các đơn vị thật: dữ kiện tập thể (CSV, Parquet)")
    reach.add_argument("--json", action="store_true", help="in đúng một tài liệu JSON ra stdout")


def _site_commands(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    demo = _verb(nouns, "demo", "Cả năm của một Sở minh họa: từ kế hoạch 2020 tới quyết định, công khai, tổng kết.")
    demo.add_argument("--out", type=Path, default=Path("out"), metavar="THƯ_MỤC", help="nơi ghi giấy tờ (out)")
    demo.add_argument("--serve", action="store_true", help="sau đó mở trang web")
    demo.add_argument("--resume", action="store_true", help="đi tiếp lần chạy bị ngắt, không làm lại từ đầu")
    demo.add_argument("--stop-after", metavar="BƯỚC", help="dừng sau bước này (tên trong docs/start.md)")
    demo.add_argument("--port", type=_port, default=8000, metavar="CỔNG")
    serve = _verb(nouns, "serve", "Mở trang web trên cơ sở dữ liệu đi kèm, hoặc trên DATABASE_URL nếu có.")
    serve.add_argument("--port", type=_port, default=8000, metavar="CỔNG")
    ledger = nouns.add_parser("ledger", help="kiểm tra sổ ghi việc")
    verbs = ledger.add_subparsers(dest="verb", required=True, metavar="VIỆC")
    verify = _verb(verbs, "ledger.verify", "Kiểm tra một bản xuất của sổ ghi việc mà không cần máy chủ.")
    verify.add_argument("file", type=Path, metavar="TỆP")
    verify.add_argument("--older", type=Path, metavar="TỆP_CŨ", help="bản cũ hơn: không mục nào bị bỏ hay sửa")


def _packs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--packs", nargs="+", type=Path, required=True, metavar="THƯ_MỤC", help="các tầng của bộ luật")


def _facts(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--as-of", required=True, metavar="NGÀY", help="ngày chọn luật, viết NNNN-TT-NN")
    received = "ngày cơ quan thẩm định nhận hồ sơ: trước ngày luật đổi thì xét theo luật cũ"
    parser.add_argument("--received", metavar="NGÀY", help=received)
    parser.add_argument("--people", type=Path, required=True, metavar="TỆP", help="dữ kiện cá nhân (CSV, Parquet)")
    parser.add_argument("--units", type=Path, required=True, metavar="TỆP", help="dữ kiện tập thể (CSV, Parquet)")


def _count(text: str) -> int:
    value = int(text)
    if value < 0:
        raise argparse.ArgumentTypeError("phải là số nguyên không âm")
    return value


def _port(text: str) -> int:
    value = int(text)
    if not 1 <= value <= 65535:
        raise argparse.ArgumentTypeError("cổng từ 1 tới 65535")
    return value


if __name__ == "__main__":
    sys.exit(main())
