"""``thidua demo``: the main job on the 2020 plan, through the same actions as the site."""

import argparse
import secrets
from pathlib import Path

from thidua.project.commands.plan import load, plan_lines
from thidua.project.commands.serve import HOST, check_port, serve_site
from thidua.project.faults import Fault
from thidua.project.manage import site_database

DATABASE = "thidua_demo"
OPEN_FIRST = (
    ("bao-cao-tong-ket.pdf", "báo cáo tổng kết, 20 chỉ tiêu và kết quả"),
    ("bang-tham-dinh-a3.pdf", "bảng thẩm định khổ A3 của Thường trực Hội đồng"),
    ("bien-ban-hop-hoi-dong-tdkt-20201223.pdf", "biên bản họp Hội đồng Thi đua - Khen thưởng"),
    ("bien-ban-kiem-phieu-hoi-dong-tdkt-20201223.pdf", "biên bản kiểm phiếu"),
)


def demo(options: argparse.Namespace) -> int:
    """The whole year from the plan to the signed papers; ``--resume`` goes on where a run was broken off."""
    if options.serve:
        check_port(options.port)
    sample, packs = _shipped("sample"), _shipped("packs")
    out = _out_directory(options.out)
    plan = load(sample / "ke-hoach-2020.ocr.txt")
    _say("1. Đọc bản quét kế hoạch năm 2020")
    print("\n".join(plan_lines(plan)))
    with site_database(database=DATABASE, fresh=not options.resume):
        # Here, not above: Django's models can be imported only after its set-up.
        from thidua.project import story
        from thidua.project.outputs import year_files

        stop = options.stop_after or ""
        told = story.tell(sample=sample, packs=packs, say=_say, stop_after=stop)
        if told is None:
            print(f"\nDừng sau bước “{stop}”. Đi tiếp: thidua demo --resume")
            return 0
        _say("Ghi giấy tờ và hồ sơ xuất ra")
        _write("findings.parquet", told.findings, out)
        _write("so-ghi-viec.json", told.ledger, out)
        for name, make in year_files(told.agency, told.campaign, plan):
            _write(name, make(), out)
        _what_to_open(out)
        if options.serve:
            password = _password()
            story.set_passwords(told.agency, password)
            _say(f"Đăng nhập với {', '.join(story.ACCOUNTS)}; mật khẩu: {password}")
            for door in told.doors:
                who = door.account or "không cần đăng nhập"
                print(f"  http://{HOST}:{options.port}{door.address}: {door.what} ({who})")
            serve_site(port=options.port)
    return 0


def _write(name: str, data: bytes, out: Path) -> None:
    """Whole or not at all: written beside, then put in its place."""
    place = out / name
    place.parent.mkdir(parents=True, exist_ok=True)
    temporary = place.with_name(f".{place.name}")
    temporary.write_bytes(data)
    temporary.replace(place)


def _what_to_open(out: Path) -> None:
    papers = sorted(path.name for path in out.iterdir() if path.is_file())
    print(f"{len(papers)} tệp ở {out}; hồ sơ xuất ra ở {out / 'records'}.")
    for name, what in OPEN_FIRST:
        print(f"  {out / name}: {what}")
    print(f"Kiểm tra sổ ghi việc: thidua ledger verify {out / 'so-ghi-viec.json'}")
    print(f"Đếm lại mọi con số của báo cáo: python tools/recount.py {out}")


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
