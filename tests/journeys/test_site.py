"""People at the site, in a real browser, at desktop and phone width; every page clean by axe."""

from collections.abc import Callable
from typing import Any

from journeys.steps import check_page, go
from playwright.sync_api import Page, expect

Enter = Callable[[str], Page]

MISSING = "/khong-co-trang-nay/"


def test_secretary_opens_a_figure_down_to_one_persons_reasons(enter: Enter) -> None:
    page = enter("thuong-truc")
    page.goto("/")
    go(page.get_by_role("link", name="Bảng chỉ tiêu"))
    expect(page.get_by_text("57–58 / 62")).to_be_visible()
    go(page.get_by_role("link", name="8/62"))
    expect(page.get_by_role("heading", name="Hồ sơ phía sau con số")).to_be_visible()
    expect(page.get_by_role("heading", name="Được tính (8)")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Quyết định số 478/QĐ-STC")).to_have_count(8)
    page.get_by_text("Không tính (54)").click()
    expect(page.locator("tbody tr")).to_have_count(62)
    go(page.get_by_role("link", name="Nguyễn Phước Hoàng Bảo Trân"))
    section = page.locator("#CSTDT")
    expect(section).to_contain_text("Cần: số năm liền trước liên tục đạt Chiến sĩ thi đua cơ sở từ 2 trở lên.")
    expect(section).to_contain_text("Nghị định 91/2017/NĐ-CP")
    expect(section).to_contain_text("chưa đối chiếu với văn bản gốc")


def test_secretary_finds_a_person_without_accents(enter: Enter) -> None:
    page = enter("thuong-truc")
    page.goto("/")
    go(page.get_by_role("link", name="Kết quả xét từng người"))
    page.get_by_label("Tìm theo họ tên").fill("hoang bao tran")
    page.get_by_role("button", name="Tìm").click()
    expect(page.get_by_role("link", name="Nguyễn Phước Hoàng Bảo Trân")).to_be_visible()


def test_member_sees_own_reasons_and_no_other_name(enter: Enter) -> None:
    page = enter("can-bo")
    page.goto("/")
    go(page.get_by_role("link", name="Danh hiệu của tôi"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Nguyễn Phước Hoàng Bảo Trân")
    page.goto("/phong-trao/1/chi-tieu/5/")
    expect(page.get_by_role("heading", name="Những người khác")).to_be_visible()
    page.goto("/phong-trao/1/chi-tieu/13/")
    expect(page.get_by_text("Chi tiết dành cho thường trực, giám đốc, thanh tra.")).to_be_visible()
    expect(page.locator("tbody tr")).to_have_count(0)
    answer = page.goto("/xet/2020/")
    assert answer is not None
    assert answer.status == 403
    expect(page.get_by_text("Việc này dành cho thường trực, giám đốc, thanh tra.")).to_be_visible()


def test_visitor_is_asked_to_sign_in_and_a_wrong_password_is_explained(page: Page) -> None:
    page.goto("/phong-trao/1/bang-diem/")
    expect(page.get_by_role("heading", name="Đăng nhập")).to_be_visible()
    page.get_by_label("Tên đăng nhập").fill("thuong-truc")
    page.get_by_label("Mật khẩu").fill("sai mật khẩu")
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("alert")).to_contain_text("chưa đúng. Kiểm tra rồi nhập lại.")
    check_page(page)


def test_signing_in_by_keyboard_leads_back_to_the_page_asked_for(page: Page, site: Any) -> None:
    page.goto("/phong-trao/1/bang-diem/")
    expect(page.get_by_label("Tên đăng nhập")).to_be_focused()
    page.keyboard.type("giam-doc")
    page.keyboard.press("Tab")
    page.keyboard.type(site.password)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Bảng chỉ tiêu thi đua năm 2020")).to_be_visible()


def test_a_page_that_is_not_there_leads_back(enter: Enter) -> None:
    page = enter("thuong-truc")
    page.goto("/")
    answer = page.goto(MISSING)
    assert answer is not None
    assert answer.status == 404
    check_page(page)
    go(page.get_by_role("link", name="Về trang đầu"))
    expect(page.get_by_role("heading", name="Việc của tôi")).to_be_visible()


def test_head_of_division_finds_the_own_people(enter: Enter) -> None:
    page = enter("truong-phong")
    page.goto("/")
    go(page.get_by_role("link", name="Đơn vị của tôi"))
    expect(page.get_by_role("heading", name="Người trong đơn vị")).to_be_visible()
    page.locator("tbody th a").first.click()
    expect(page.locator("#LDTT")).to_be_visible()


def test_the_reader_chooses_the_language(enter: Enter) -> None:
    page = enter("can-bo")
    page.goto("/")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Emulation campaigns", exact=True)).to_be_visible()
    page.get_by_role("button", name="Tiếng Việt").click()
    expect(page.get_by_role("heading", name="Phong trào thi đua", exact=True)).to_be_visible()


def test_odd_words_in_the_search_box_are_no_error(enter: Enter) -> None:
    page = enter("thuong-truc")
    page.goto("/")
    for words in ("%00", "%25", "' OR 1=1 --", "x" * 5000, "😀", "Nguye%CC%82%CC%83n"):
        answer = page.goto(f"/xet/2020/?q={words}")
        assert answer is not None
        assert answer.status == 200
