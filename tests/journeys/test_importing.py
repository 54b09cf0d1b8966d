"""The standing secretary brings in the agency's own workbooks by keyboard: an odd one, mended, undone; a large one."""

import io
import os
import re
import signal
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from journeys.agency_of_imports import PASSWORD
from journeys.conftest import ROOT, free_port, wait_for
from journeys.steps import check_page
from playwright.sync_api import Browser, Page, expect

MOST_TABS = 150
HEADERS = ("Mã số", "Họ tên", "Phòng", "Năm", "Danh hiệu", "Quyết định", None)
BELOW = (None, None, None, None, None, "Số quyết định", "Ngày quyết định")
ODD = (
    ("DANH SÁCH KHEN THƯỞNG CÁC NĂM",),
    HEADERS,
    BELOW,
    ("C000", None, None, "2016", "lao dong tien tien", "12/Q§", "1/7/17"),
    (None, "§Æng ThÞ øng", "V¨n phßng", 2016, "L§TT", "12/Q§", "01-07-2017"),
    (None, unicodedata.normalize("NFD", "Phạm Văn Quyết"), None, 2016, "CSTĐCS", "13/QĐ", "2.7.2017"),
    (None, "Trần Thị Bình", "Văn phòng", 2016, "Lao động tiên tiến", None, None),
    ("C004", None, None, 2016, "Lao động giỏi", None, "31/02/2017"),
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, new_data: Callable[[Path], Path]) -> Iterator[str]:
    """The address of ``thidua serve`` on an agency of its own."""
    folder = tmp_path_factory.mktemp("import")
    port, log, data = free_port(), folder / "log", new_data(folder / "data")
    environment = {**os.environ, "THIDUA_DATA": str(data)}
    prepare = Path(__file__).with_name("agency_of_imports.py")
    subprocess.run([sys.executable, str(prepare), str(data)], cwd=ROOT, env=environment, check=True)
    command = [sys.executable, "-m", "thidua.project.cli", "serve", "--port", str(port)]
    with log.open("w") as stream:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=stream, stderr=stream)
    try:
        wait_for(f"http://127.0.0.1:{port}", server, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=60)


@pytest.fixture
def page(chromium: Browser, place: str, width: int) -> Iterator[Page]:
    """The secretary's page at desktop or phone width."""
    context = chromium.new_context(viewport={"width": width, "height": 900}, locale="vi-VN", base_url=place)
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.goto("/")
    page.get_by_label("Tên đăng nhập").focus()
    page.keyboard.type("thuong-truc")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    yield page
    context.close()


def book(name: str, rows: Sequence[Sequence[object]], *merged: str) -> dict[str, Any]:
    """A workbook as a browser hands it in."""
    made = openpyxl.Workbook()
    made.active.title = "Khen thưởng"
    for row in rows:
        made.active.append(list(row))
    for cells in merged:
        made.active.merge_cells(cells)
    target = io.BytesIO()
    made.save(target)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return {"name": name, "mimeType": kind, "buffer": target.getvalue()}


def tab_to(page: Page, words: str) -> None:
    """Go on by Tab until what has the focus reads so."""
    active = "() => { const e = document.activeElement; return (e.innerText || e.name || '').trim(); }"
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if re.search(words, page.evaluate(active)):
            return
    raise AssertionError(f"no way by Tab to {words} on {page.url}")


def press(page: Page, words: str) -> None:
    """A link or a button by its words, by keyboard alone."""
    tab_to(page, words)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def look(page: Page, name: str) -> None:
    """The page is clean by axe and fits; kept as a picture where THIDUA_LOOK names a folder."""
    check_page(page)
    if folder := os.environ.get("THIDUA_LOOK"):
        size: Any = page.viewport_size
        page.screenshot(path=f"{folder}/import-{size['width']}-{name}.png", full_page=True)


def hand_in(page: Page, given: dict[str, Any]) -> None:
    """From the year's page to the columns of a workbook just handed in."""
    page.goto("/ho-so/2020/")
    press(page, "^Nhập bảng của đơn vị$")
    look(page, "1-file")
    page.get_by_label("Tệp bảng tính").set_input_files(given)
    press(page, "^Đọc tệp$")


def test_an_odd_workbook_is_mended_taken_in_and_undone(page: Page, width: int) -> None:
    hand_in(page, book(f"khen-{width}.xlsx", ODD, "A1:G1", "F2:G2"))
    look(page, "2-columns")
    press(page, "^Xem trước$")
    look(page, "3-question")
    tab_to(page, "^ai0$")
    page.keyboard.press("ArrowDown")  # from “Trả lời sau”, the last, to the first
    page.keyboard.press("ArrowDown")
    press(page, "^Ghi và xem trước lại$")
    look(page, "4-preview")
    rows = page.locator("tbody").last.locator("tr")
    expect(rows).to_have_count(5)
    expect(rows.nth(1)).to_contain_text("Đặng Thị Ứng (C003)")
    expect(rows.nth(3)).to_contain_text("Trần Thị Bình (C002)")
    expect(rows.nth(4)).to_contain_text("Sai")
    tab_to(page, "^Tải tệp của mình về")
    with page.expect_download() as taken:
        page.keyboard.press("Enter")
    back = openpyxl.load_workbook(io.BytesIO(Path(taken.value.path()).read_bytes())).active
    assert back["E8"].fill.fill_type == "solid"
    assert "Lao động tiên tiến" in back["E8"].comment.text
    assert "Không có ngày" in str(back["H8"].value)
    press(page, "^Nhập 4 dòng$")
    expect(page.get_by_role("alert")).to_contain_text("Còn 1 dòng sai")
    look(page, "5-refused")
    tab_to(page, "^without_wrong$")
    page.keyboard.press("Space")
    press(page, "^Nhập 4 dòng$")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Đã nhập")
    look(page, "6-done")
    press(page, "^Hủy cả lần nhập này$")
    page.get_by_label("Lý do, căn cứ").focus()
    page.keyboard.type("Nhập nhầm sổ")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Đã hủy lần nhập")
    look(page, "7-undone")


def test_a_large_workbook_is_left_and_found_again(page: Page, width: int) -> None:
    codes = [f"C{number:03}" for number in range(300)]
    rows = [(code, year, "LDTT") for code in codes for year in range(2008, 2015)]
    hand_in(page, book(f"lon-{width}.xlsx", [("Mã CBCCVC", "Năm", "Danh hiệu"), *rows]))
    press(page, "^Xem trước$")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Xem trước")
    look(page, "8-job")
    page.goto("/ho-so/2020/bang/")
    look(page, "9-list")
    press(page, f"^lon-{width}.xlsx$")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Chờ xác nhận nhập", timeout=120_000)
    expect(page.locator("tbody").first).to_contain_text("2100")
    look(page, "10-large")
    press(page, "^Bỏ tệp này, không nhập$")
    expect(page.get_by_role("status")).to_contain_text("Đã bỏ tệp")
