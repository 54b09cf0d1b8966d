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
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from journeys.chapters import CHAPTERS, Chapter
from journeys.steps import sign_in
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

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
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
WIDTHS = (1280, 360)
PATIENCE = 30_000  # milliseconds: two processors may be busy with the rest of the suite
expect.set_options(timeout=PATIENCE)
Enter = Callable[[str], Page]


@dataclass(frozen=True)
class Site:
    """A running site: where it is, the password of its accounts, and who signed in already."""

    address: str
    password: str
    signed_in: dict[str, Any] = field(default_factory=dict)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def site(told_year: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """``thidua demo --resume --serve`` until the journeys are over: a year that was told already is not told again."""
    folder = tmp_path_factory.mktemp("site")
    port, log = free_port(), folder / "log"
    command = [sys.executable, "-m", "thidua.project.cli", "demo", "--out", str(folder / "out"), "--resume", "--serve"]
    environment = {**os.environ, "THIDUA_DATA": str(told_year / "data"), "PYTHONUNBUFFERED": "1"}
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
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=60)


def wait_for(address: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    """Until the site answers; the year is told first, which takes a minute or two."""
    for _ in range(3000):
        assert server.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(f"{address}/suc-khoe/", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(log.read_text())


@dataclass(frozen=True)
class Start:
    """A site on an empty database: where it is, and where its console says an agency is founded."""

    address: str
    founding: str


@pytest.fixture
def start(tmp_path: Path, new_data: Callable[[Path], Path]) -> Iterator[Start]:
    """``thidua serve`` on an empty database."""
    port, log = free_port(), tmp_path / "log"
    command = [sys.executable, "-m", "thidua.project.cli", "serve", "--port", str(port)]
    environment = {**os.environ, "THIDUA_DATA": str(new_data(tmp_path / "data"))}
    with log.open("w") as stream:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=stream, stderr=stream)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address, server, log)
        found = re.search(r"http://\S+/thiet-lap/\S+/", log.read_text())
        assert found, log.read_text()
        yield Start(address=address, founding=found[0])
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=60)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The browser on this machine; closed after each file, for Django's queries refuse to run beside its event loop."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    assert path, "Thiếu Chromium: chạy “make test”, lệnh này cài hoặc nói cách cài."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(params=WIDTHS, ids=lambda width: f"{width}px")
def width(request: pytest.FixtureRequest) -> int:
    """Desktop or phone."""
    return int(request.param)


@pytest.fixture
def enter(chromium: Browser, site: Site, width: int) -> Iterator[Enter]:
    """Opens a page of one's own for an account, signed in (once for all journeys), or for a visitor (``""``).

    The same account gets the same page again. Any error in a browser's console fails the journey.
    """
    pages: dict[str, Page] = {}
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_page(name: str) -> Page:
        if name not in pages:
            context = chromium.new_context(
                viewport={"width": width, "height": 900},
                locale="vi-VN",
                base_url=site.address,
                storage_state=site.signed_in.get(name),
            )
            context.set_default_timeout(PATIENCE)
            contexts.append(context)
            pages[name] = context.new_page()
            context.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
            if name and name not in site.signed_in:
                sign_in(pages[name], site, name)
                site.signed_in[name] = context.storage_state()
        return pages[name]

    yield open_page
    for context in contexts:
        context.close()
    assert [error for error in errors if "403" not in error and "404" not in error] == []


@pytest.fixture
def page(enter: Enter) -> Page:
    """A fresh page of a visitor at desktop or phone width."""
    return enter("")


@pytest.fixture
def chapter(width: int) -> Chapter:
    """Who and what a journey of this width is about."""
    return CHAPTERS[width]
