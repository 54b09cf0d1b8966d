"""The site's process: ends with its parent, however that ends, and starts again on the same data."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

from thidua.project import postgres

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/suc-khoe/", timeout=5) as response:
            return bool(response.read() == b"ok")
    except OSError:
        return False


def wait_until(port: int, wanted: bool) -> bool:
    """Whether the port comes to answer (or to be silent) within a generous minute."""
    for _ in range(600):
        if answers(port) is wanted:
            return True
        time.sleep(0.1)
    return False


def start(data: Path, port: int) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "thidua.project.cli", "serve", "--port", str(port)]
    environment = {**os.environ, "THIDUA_DATA": str(data)}
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def test_a_killed_site_frees_its_port_and_starts_again(tmp_path: Path, new_data: Callable[[Path], Path]) -> None:
    data, port = new_data(tmp_path / "kho"), free_port()
    first = start(data, port)
    assert wait_until(port, True)
    first.send_signal(signal.SIGKILL)
    first.wait(timeout=30)
    assert wait_until(port, False)
    second = start(data, port)
    assert wait_until(port, True)
    second.send_signal(signal.SIGTERM)
    assert second.wait(timeout=60) == 0
    assert not answers(port)
    assert postgres.Cluster(data).pid() is None


def test_a_first_start_prints_where_the_agency_is_founded(tmp_path: Path) -> None:
    port, said = free_port(), tmp_path / "said"
    command = [sys.executable, "-m", "thidua.project.cli", "serve", "--port", str(port)]
    environment = {**os.environ, "THIDUA_DATA": str(tmp_path / "kho")}
    with said.open("w") as stream:
        site = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=stream, stderr=subprocess.DEVNULL)
    assert wait_until(port, True)
    found = re.search(r"http://\S+/thiet-lap/\S+/", said.read_text(encoding="utf-8"))
    assert found
    with urllib.request.urlopen(found[0], timeout=10) as page:
        assert "Thành lập cơ quan" in page.read().decode()
    site.send_signal(signal.SIGTERM)
    assert site.wait(timeout=60) == 0
