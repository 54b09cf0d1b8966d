"""The real site for the journeys: the demo's own command, in a process of its own, with a real browser before it."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES = ("chromium", "chromium-browser", "google-chrome")
WIDTHS = (1280, 360)


@dataclass(frozen=True)
class Site:
    """A running site: where it is and the password of its accounts."""

    address: str
    password: str


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """``thidua demo --serve`` until the journeys are over."""
    folder = tmp_path_factory.mktemp("site")
    port, log = free_port(), folder / "log"
    command = [sys.executable, "-m", "thidua.project.cli", "demo", "--out", str(folder / "out"), "--serve"]
    environment = {**os.environ, "THIDUA_DATA": str(folder / "data"), "PYTHONUNBUFFERED": "1"}
    with log.open("w") as stream:
        server = subprocess.Popen(
            [*command, "--port", str(port)], cwd=ROOT, env=environment, stdout=stream, stderr=stream
        )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address, server, log)
        found = re.search(r"mật khẩu: (\S+)", log.read_text())
        assert found, log.read_text()
        yield Site(address=address, password=found[1])
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=60)
        shutil.rmtree(folder / "data", ignore_errors=True)


def wait_for(address: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(600):
        assert server.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(f"{address}/suc-khoe/", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(log.read_text())


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser on this machine."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    assert path, "Thiếu Chromium: chạy “make test”, lệnh này cài hoặc nói cách cài."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(params=WIDTHS, ids=lambda width: f"{width}px")
def page(chromium: Browser, site: Site, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A fresh page at desktop or phone width; any error in the browser's console fails the journey."""
    context = chromium.new_context(
        viewport={"width": request.param, "height": 900}, locale="vi-VN", base_url=site.address
    )
    opened = context.new_page()
    errors: list[str] = []
    opened.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    yield opened
    context.close()
    assert [error for error in errors if "403" not in error and "404" not in error] == []
