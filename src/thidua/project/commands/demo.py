"""``thidua demo``: the main job on the 2020 plan, through the same actions as the site."""

import argparse
import datetime
import secrets
from collections.abc import Callable
from pathlib import Path

from thidua.core.papers.docx import letter_docx
from thidua.core.papers.pdf import letter_pdf, table_pdf
from thidua.core.plans.plan import Plan
from thidua.project.commands.plan import load, plan_lines
from thidua.project.commands.serve import check_port, serve_site
from thidua.project.faults import Fault
from thidua.project.manage import site_database

DATABASE = "thidua_demo"
YEAR = 2020
AS_OF = datetime.date(2020, 12, 31)
ACCOUNTS = ("thuong-truc", "giam-doc", "truong-phong", "can-bo")


def demo(options: argparse.Namespace) -> int:
    """Read → check → open the campaign → take in the department → judge → scoreboard, papers; then serve if asked."""
    if options.serve:
        check_port(options.port)
    sample, packs = _shipped("sample"), _shipped("packs")
    out = _out_directory(options.out)
    plan = load(sample / "ke-hoach-2020.ocr.txt")
    _say("1. Đọc bản quét kế hoạch năm 2020")
    print("\n".join(plan_lines(plan)))
    with site_database(database=DATABASE, fresh=True):
        # Here, not above: Django's models can be imported only after its set-up.
        from thidua.project import story

        told = story.tell(sample=sample, packs=packs, say=_say, password=_password())
        _write_papers(told, plan, out)
        print(f"\nGiấy tờ ở {out}: " + ", ".join(sorted(path.name for path in out.iterdir())))
        if options.serve:
            _say(f"Đăng nhập với {', '.join(ACCOUNTS)}; mật khẩu: {told.password}")
            serve_site(port=options.port)
    return 0


def _write_papers(told: "object", plan: Plan, out: Path) -> None:
    from thidua.project import papers, story  # after Django's set-up, as above

    assert isinstance(told, story.Told)
    letter = papers.plan_letter(plan, told.agency)
    board = papers.scoreboard_paper(told.board, told.agency)
    contents: dict[str, Callable[[], bytes]] = {
        "ke-hoach-2020.docx": lambda: letter_docx(letter),
        "ke-hoach-2020.pdf": lambda: letter_pdf(letter),
        "bang-chi-tieu-2020.pdf": lambda: table_pdf(board),
        "findings.parquet": lambda: told.findings,
        "so-ghi-viec.json": lambda: told.ledger,
    }
    for name, make in contents.items():
        place = out / name
        temporary = place.with_name(f".{name}")
        temporary.write_bytes(make())
        temporary.replace(place)


def _shipped(name: str) -> Path:
    """A folder of the project beside the program: ``sample`` or ``packs``."""
    for base in (Path.cwd(), *Path(__file__).resolve().parents):
        if (base / name).is_dir() and (base / "pyproject.toml").is_file():
            return base / name
    raise Fault(f"Không thấy thư mục “{name}”. Chạy lệnh này trong thư mục dự án.")


def _out_directory(path: Path) -> Path:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Fault(f"Không ghi được vào {path}: {error.strerror}. Chọn --out khác.") from error
    return path


def _password() -> str:
    """A new password for every demo: nothing on the site has a password known to all."""
    return secrets.token_urlsafe(9)


def _say(text: str) -> None:
    print(f"\n== {text}", flush=True)
