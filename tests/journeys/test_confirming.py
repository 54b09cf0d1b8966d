"""A plan brought in, compared with its scan and confirmed by keyboard alone: Tab, Enter and typing."""

import os

from journeys.conftest import ROOT, WIDTHS, Start
from journeys.steps import check_page, follow, send, told, type_in
from playwright.sync_api import Browser, Page, expect

OWN = "mot-cau-rieng-rat-dai"
YEAR = "01/01/2020"
SCAN = ROOT / "sample" / "ke-hoach-2020.ocr.txt"
MOST_TABS = 400
FOCUSED = "(e => (e.labels?.length ? e.labels[0] : e).textContent)(document.activeElement)"


def tab_to(page: Page, words: str) -> None:
    """Tab on until what has the focus begins with these words."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if " ".join(str(page.evaluate(FOCUSED)).split()).startswith(words):
            return
    raise AssertionError(f"{page.url}: no focus on “{words}”\n{page.inner_text('main')[:500]}")


def enter(page: Page, words: str) -> None:
    """Tab to a link or button and press Enter."""
    tab_to(page, words)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(page: Page, label: str, text: str) -> None:
    """Tab to a field and type over what it holds."""
    tab_to(page, label)
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def look(page: Page, name: str) -> None:
    """The page is clean by axe and fits; kept as a picture where THIDUA_LOOK names a folder."""
    check_page(page)
    if folder := os.environ.get("THIDUA_LOOK"):
        size = page.viewport_size or {"width": 0}
        page.screenshot(path=f"{folder}/{size['width']}-{name}.png", full_page=True)


def come_in_as_secretary(page: Page, start: Start) -> None:
    """An agency with one member of staff, who is the standing secretary and has signed in."""
    page.goto(start.founding)
    page.get_by_label("Tên cơ quan").focus()
    type_in(page, "Sở Tài chính", "stc", "", "Hà Nội", "Ủy ban nhân dân tỉnh")
    page.get_by_label("Làm theo bộ luật từ ngày").focus()
    type_in(page, YEAR, "quan-tri", OWN, OWN)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    unit = {"Tên đơn vị": "Văn phòng", "Mã đơn vị": "VP", "Loại đơn vị": "Văn phòng", "Từ ngày": YEAR}
    send(page, "Thêm đơn vị", unit)
    follow(page, "Người")
    person = {"Họ và tên": "Lê Thị Ấm", "Mã cán bộ": "C01", "Đơn vị": "Văn phòng", "Chức vụ": "Chuyên viên"}
    send(page, "Thêm người", {**person, "Từ ngày": YEAR})
    send(page, "Mở tài khoản", {"Tên đăng nhập": "le.am"})
    password = page.locator("code").inner_text()
    follow(page, "Tới tài khoản, giao vai trò")
    send(page, "Giao vai trò", {"Vai trò": "Thường trực Hội đồng", "Từ ngày": YEAR})
    page.get_by_role("button", name="Đăng xuất").click()
    page.get_by_label("Tên đăng nhập").fill("le.am")
    page.get_by_label("Mật khẩu").fill(password)
    page.keyboard.press("Enter")
    send(
        page,
        "Đổi mật khẩu",
        {"Mật khẩu đang dùng": password, "Mật khẩu mới": OWN + "-2", "Nhập lại mật khẩu mới": OWN + "-2"},
    )


def confirm_by_keyboard(page: Page) -> None:
    page.goto("/ke-hoach/moi/")
    tab_to(page, "Tệp kế hoạch")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files(SCAN)
    enter(page, "Đọc kế hoạch")
    expect(page.get_by_text("Còn 8 chỗ sửa chữ chưa chắc chắn")).to_be_visible()
    look(page, "ban-doc")

    enter(page, "Sửa chữ này")
    look(page, "mot-chu")
    write(page, "Chữ đúng", "quy")
    with page.expect_navigation():
        page.keyboard.press("Enter")  # the next doubtful word comes by itself
    enter(page, "Trả lại chữ trong tệp: chu")
    for _word in range(6):
        enter(page, "Giữ như máy đọc")
    for _warning in range(2):
        enter(page, "Giữ như máy đọc")  # on the plan's own page
    expect(page.get_by_text("Không còn chỗ nào chờ quyết định")).to_be_visible()

    for _target in range(5):
        tab_to(page, "Sửa, thử hoặc bỏ")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    write(page, "Mức phải đạt", "96")
    enter(page, "Xem thử, chưa ghi")
    expect(page.locator("#thu")).to_contain_text("Chưa có dữ liệu năm 2019")
    look(page, "chi-tieu")
    enter(page, "Ghi chỉ tiêu")
    expect(page.get_by_role("article", name="Chỉ tiêu 5", exact=True)).to_contain_text("≥ 96%")
    enter(page, "Bỏ bước vừa làm: Sửa chỉ tiêu")
    expect(page.get_by_role("article", name="Chỉ tiêu 5", exact=True)).to_contain_text("≥ 95%")

    enter(page, "Sửa lời, thêm chỉ tiêu IV.1")
    tab_to(page, "Lời của mục")
    page.keyboard.press("Control+End")
    page.keyboard.type(" Có từ 90% trở lên CBCCVC hoàn thành nhiệm vụ.")
    look(page, "loi-cua-muc")
    enter(page, "Ghi và đọc lại")
    expect(page.get_by_role("heading", name="So hai bản đọc")).to_be_visible()
    look(page, "so-sanh")
    enter(page, "Thay bằng bản này")
    expect(page.get_by_role("article")).to_have_count(21)

    enter(page, "Xác nhận bản đọc")
    expect(told(page)).to_contain_text("phong trào còn là dự thảo")


def test_a_plan_is_confirmed_by_keyboard_at_both_widths(chromium: Browser, start: Start) -> None:
    context = chromium.new_context(locale="vi-VN", base_url=start.address)
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.on("filechooser", lambda _chooser: None)  # without a listener from the start the key may come before it
    come_in_as_secretary(page, start)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        confirm_by_keyboard(page)
        assert "/phong-trao/" in page.url
    context.close()
