"""``thidua serve``: the site, on granian, on this machine."""

import argparse
import ctypes
import os
import secrets
import signal
import socket
import subprocess
import sys
from types import FrameType

from thidua.project.faults import Fault
from thidua.project.manage import site_database

HOST = "127.0.0.1"
WORKERS = 1
THREADS = 2
WATCH_SECONDS = 2.0
PR_SET_PDEATHSIG = 1  # linux/prctl.h


def serve(options: argparse.Namespace) -> int:
    """Serve the site until Ctrl-C."""
    check_port(options.port)
    with site_database():
        offer_set_up(port=options.port)
        serve_site(port=options.port)
    return 0


def offer_set_up(*, port: int) -> None:
    """While there is no agency: make a token for this run and say where whoever holds it founds one."""
    from thidua.apps.units.models import Agency  # inline: models can be imported only when Django is set up

    if Agency.objects.exists():
        return
    os.environ["THIDUA_SETUP_TOKEN"] = token = secrets.token_urlsafe(24)
    print("Cơ sở dữ liệu còn trống. Mở địa chỉ này để thành lập cơ quan và tài khoản quản trị đầu tiên;")
    print("địa chỉ chỉ dùng được một lần, đừng đưa cho người khác:")
    print(f"  http://{HOST}:{port}/thiet-lap/{token}/", flush=True)


def check_port(port: int) -> None:
    """Raise Fault when another program listens on the port already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise Fault(f"Cổng {port} đang có chương trình khác dùng. Chọn cổng khác bằng --port.") from error


def _end_with_parent() -> None:
    """In the child, before granian: Linux ends it when we are killed, so that no server stays on the port."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _start_worker() -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", "thidua.project.jobs"], preexec_fn=_end_with_parent)


def _ended(process: "subprocess.Popen[bytes]") -> int | None:
    """How a process ended, or None while it goes on, after a moment's wait."""
    try:
        return process.wait(timeout=WATCH_SECONDS)
    except subprocess.TimeoutExpired:
        return None


def serve_site(*, port: int) -> None:
    """Run granian and the worker as children and end with them; the database outlives neither."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port)]
    command += [
        "--workers",
        str(WORKERS),
        "--blocking-threads",
        str(THREADS),
        "--no-ws",
        "--log-level",
        "warning",
    ]
    child = subprocess.Popen([*command, "thidua.project.wsgi:application"], preexec_fn=_end_with_parent)
    worker = _start_worker()

    def end(_signal: int, _frame: FrameType | None) -> None:
        child.terminate()

    for name in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, end)
    print(f"Trang web: http://{HOST}:{port}/  (Ctrl-C để dừng)", flush=True)
    try:
        while (code := _ended(child)) is None:
            if worker.poll() is not None:  # killed: what it was at is done again by the next one
                worker = _start_worker()
    except KeyboardInterrupt:
        child.terminate()
        code = child.wait()
    finally:
        worker.terminate()
        worker.wait()
    if code not in (0, -signal.SIGTERM, -signal.SIGINT, 128 + signal.SIGTERM, 128 + signal.SIGINT):
        raise Fault(f"Máy chủ web dừng với mã {code}.")
