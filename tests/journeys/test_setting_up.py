"""An agency set up from nothing by keyboard: founded, a unit, a person, an account that changes its password."""

import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
from journeys.conftest import PATIENCE, Start
from journeys.steps import check_page, follow, form_of, send, told, type_in
from playwright.sync_api import Browser, Page, expect

OWN = "mot-cau-rieng-rat-dai"
YEAR = "01/01/2020"
PHONE: Any = {"width": 360, "height": 900}
DESKTOP: Any = {"width": 1280, "height": 900}


@pytest.fixture
def page(chromium: Browser, start: Start) -> Iterator[Page]:
    """A visitor's page at phone width; ``look`` turns it to desktop width and back."""
    context = chromium.new_context(viewport=PHONE, locale="vi-VN", base_url=start.address)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def look(page: Page) -> None:
    """The page is clean by axe and fits at both widths; kept as a picture where THIDUA_LOOK names a folder."""
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        check_page(page)
        if folder := os.environ.get("THIDUA_LOOK"):
            name = re.sub(r"\W+", "-", page.url.split("/", 3)[3])[:40]
            page.screenshot(path=f"{folder}/{size['width']}-{name}.png", full_page=True)


def test_an_agency_is_founded_and_its_first_member_comes_in(page: Page, start: Start) -> None:
    page.goto("/")
    expect(page.get_by_text("Chưa có cơ quan nào ở đây")).to_be_visible()
    look(page)
    page.goto(start.founding)
    look(page)
    page.get_by_label("Tên cơ quan").focus()
    type_in(page, "Sở Xây dựng", "sxd", "", "Hà Nội", "Ủy ban nhân dân thành phố")
    page.get_by_label("Làm theo bộ luật từ ngày").focus()
    type_in(page, YEAR, "quan-tri", OWN, OWN)
    page.keyboard.press("Enter")
    expect(told(page)).to_contain_text("Đã thành lập cơ quan")
    look(page)
    unit = {"Tên đơn vị": "Văn phòng", "Mã đơn vị": "VP", "Loại đơn vị": "Văn phòng", "Từ ngày": YEAR}
    send(page, "Thêm đơn vị", unit)
    look(page)
    follow(page, "Người")
    person = {"Họ và tên": "Lê Thị Ấm", "Mã cán bộ": "C01", "Đơn vị": "Văn phòng", "Chức vụ": "Chuyên viên"}
    send(page, "Thêm người", {**person, "Từ ngày": YEAR})
    look(page)
    send(page, "Mở tài khoản", {"Tên đăng nhập": "le.am"})
    password = page.locator("code").inner_text()
    look(page)
    follow(page, "Tới tài khoản, giao vai trò")
    send(page, "Giao vai trò", {"Vai trò": "Thường trực Hội đồng", "Từ ngày": YEAR})
    expect(page.locator("section.card")).to_contain_text("Thường trực Hội đồng")
    look(page)
    for place in ("Đơn vị", "Tài khoản", "Bộ luật"):
        follow(page, place)
        look(page)
    page.get_by_role("button", name="Đăng xuất").click()
    page.get_by_label("Tên đăng nhập").fill("le.am")
    page.get_by_label("Mật khẩu").fill(password)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Đổi mật khẩu")).to_be_visible()
    look(page)
    form = form_of(page, "Đổi mật khẩu")
    form.get_by_label("Mật khẩu đang dùng").focus()
    type_in(page, password, OWN + "-2", OWN + "-2")
    page.keyboard.press("Enter")
    expect(told(page)).to_contain_text("Đã đổi mật khẩu")
    page.goto(start.founding)
    expect(page.get_by_role("heading", name="Thành lập cơ quan")).to_have_count(0)
