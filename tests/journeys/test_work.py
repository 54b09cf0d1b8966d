"""Secretary and members through the year: tasks, dossiers, ranking, wrong entries, an initiative that comes back."""

from collections.abc import Callable

from journeys.chapters import Chapter
from journeys.steps import (
    check_page,
    download,
    fill_in,
    follow,
    form_of,
    go,
    home,
    menu,
    refused,
    send,
    told,
)
from playwright.sync_api import Page, expect

Enter = Callable[[str], Page]
PDF, ZIP = b"%PDF-", b"PK\x03\x04"


def test_secretary_goes_from_the_tasks_to_a_dossier_and_its_facts(enter: Enter) -> None:
    page = enter("thuong-truc")
    page.goto("/")
    expect(page.get_by_role("heading", name="Việc của tôi")).to_be_visible()
    follow(page, "Bảng thẩm định")
    send_filter(page, {"Đơn vị": "Phòng Quản lý ngân sách", "Danh hiệu": "Chiến sĩ thi đua cơ sở"})
    assert "don_vi=3" in page.url
    assert "danh_hieu=CSTDCS" in page.url
    expect(page.locator("tbody tr")).to_have_count(3)
    go(page.get_by_role("link", name="Hồ Ngọc Diễm"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Hồ Ngọc Diễm")
    facts = page.get_by_role("link", name="Mở dữ kiện")
    claims = page.get_by_role("table", name="Thành tích, và dữ kiện làm chứng").locator("tbody tr")
    expect(facts).to_have_count(claims.count())
    go(page.get_by_role("link", name="Mở dữ kiện 2", exact=True))
    address = page.url.partition("#")[2]
    assert address.startswith("records.achievement:")
    expect(page.locator(f'[id="{address}"]')).to_contain_text("Bảng theo dõi nguồn tăng thu")
    page.go_back()
    follow(page, "Xem từng điều kiện: vì sao đạt, vì sao chưa")
    expect(page.locator("#CSTDCS")).to_contain_text("Nghị định 91/2017/NĐ-CP")


def send_filter(page: Page, values: dict[str, str]) -> None:
    """The filters above a table go into the address."""
    form = form_of(page, "Lọc")
    fill_in(form, values)
    form.get_by_role("button", name="Lọc", exact=True).click()


def test_secretary_reads_the_ranking_and_takes_the_report_along(enter: Enter) -> None:
    page = enter("thuong-truc")
    page.goto("/")
    follow(page, "Suất và thứ hạng")
    expect(page.get_by_text("15% × 58 = 8,7, làm tròn xuống")).to_be_visible()
    expect(page.get_by_text("Hội đồng chọn. Thứ hạng chỉ để tham khảo")).to_be_visible()
    home(page)
    follow(page, "Báo cáo tổng kết")
    expect(page.get_by_text("Tổng tiền thưởng 44.020.000 đồng; phải thu hồi 450.000 đồng.")).to_be_visible()
    assert download(page, "Tải PDF").startswith(PDF)
    assert download(page, "Tải Word").startswith(ZIP)
    go(page.get_by_role("link", name="57–58 / 62"))
    expect(page.get_by_role("heading", name="Được tính (57)")).to_be_visible()
    go(page.get_by_role("table").get_by_role("link", name="Trần Quang Huy"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Trần Quang Huy")
    menu(page, "Quyết định")
    follow(page, "478/QĐ-STC")
    for words in ("Bản đã ký (PDF)", "Danh sách chi tiền (PDF)", "Giấy chứng nhận trên phôi trắng (PDF)"):
        assert download(page, words).startswith(PDF)
    assert download(page, "Bản Word").startswith(ZIP)


def test_member_reports_two_wrong_entries_and_reads_the_answers(enter: Enter, chapter: Chapter) -> None:
    member, secretary = enter("can-bo"), enter("thuong-truc")
    for fact in chapter.wrong:
        member.goto("/")
        follow(member, "Hồ sơ của tôi")
        go(member.get_by_role("link", name=f"Báo sai: {fact}"))
        send(member, "Gửi")
        expect(refused(member).get_by_role("link")).to_have_text(
            ["Sai ở đâu, đúng thì thế nào: Trường này là bắt buộc."]
        )
        send(member, "Gửi", {"Sai ở đâu, đúng thì thế nào": f"Số quyết định của “{fact}” không đúng."})
        expect(told(member)).to_contain_text("Đã gửi Thường trực Hội đồng")
        expect(member.get_by_role("row").filter(has_text=fact)).to_contain_text("Chờ trả lời")
    kept, mended = chapter.wrong
    open_objection(secretary, kept)
    send(secretary, "Giữ nguyên và trả lời", {"Trả lời": "Đã đối chiếu sổ khen thưởng: dữ kiện đúng."})
    expect(told(secretary)).to_contain_text("Đã trả lời")
    open_objection(secretary, mended)
    send(secretary, "Chấp nhận và sửa", {"Trả lời": "Đã đối chiếu, sửa số quyết định.", "Số quyết định": "18/QĐ-STC"})
    expect(told(secretary)).to_contain_text("Đã trả lời")
    member.goto("/")
    follow(member, "Hồ sơ của tôi")
    expect(member.get_by_role("row").filter(has_text=kept)).to_contain_text("dữ kiện đúng")
    expect(member.get_by_role("row").filter(has_text=mended)).to_contain_text("18/QĐ-STC")


def open_objection(page: Page, fact: str) -> None:
    """From the tasks to the objection that waits."""
    page.goto("/")
    go(page.get_by_role("link", name="Phản ánh dữ kiện sai chờ trả lời"))
    go(page.get_by_role("row").filter(has_text=fact).get_by_role("link"))


def test_an_initiative_comes_back_and_is_handed_in_again(enter: Enter, width: int) -> None:
    member, secretary = enter("can-bo"), enter("thuong-truc")
    name = f"Sổ tay điện tử về thời hạn quyết toán, bản {width}"
    member.goto("/")
    menu(member, "Sáng kiến")
    follow(member, "Soạn đơn mới")
    share = {"Tác giả 2": "TC019", "Tỷ lệ đóng góp của tác giả 1 (%)": "60", "Tỷ lệ đóng góp của tác giả 2 (%)": "40"}
    first = {"Năm xét công nhận": "2020", "Bản chất của sáng kiến": "Nhắc hạn quyết toán theo từng đơn vị."}
    send(member, "Lưu bản soạn", first | share)
    missed = refused(member).get_by_role("link", name="Tên sáng kiến")
    missed.click()
    expect(member.get_by_label("Tên sáng kiến", exact=True)).to_be_focused()
    check_page(member)
    send(
        member,
        "Lưu bản soạn",
        {"Tên sáng kiến": name, "Lợi ích thu được": "Giảm một nửa số hồ sơ nộp trễ.", "Lĩnh vực áp dụng": "Ngân sách"},
    )
    expect(told(member)).to_contain_text("Đã lưu bản soạn")
    send(member, "Nộp đơn", {"Ngày nộp đơn": "12/11/2020"})
    expect(member.get_by_role("main")).to_contain_text("Đã nộp đơn")
    open_initiative(secretary, "Đơn sáng kiến chờ kiểm tra hình thức", name)
    send(secretary, "Trả lại để bổ sung", {"Nội dung cần bổ sung": "Nêu số liệu trước và sau khi áp dụng."})
    member.reload()
    expect(member.get_by_role("main")).to_contain_text("Nêu số liệu trước và sau khi áp dụng.")
    follow(member, "Sửa đơn")
    send(member, "Lưu bản soạn", {"Lợi ích thu được": "Hồ sơ nộp trễ từ 40 xuống 18 trong một năm."})
    send(member, "Nộp đơn", {"Ngày nộp đơn": "16/11/2020"})
    open_initiative(secretary, "Đơn sáng kiến chờ kiểm tra hình thức", name)
    expect(secretary.get_by_role("main")).to_contain_text("từ 40 xuống 18")
    send(secretary, "Nhận đơn", {"Ngày nhận đơn": "17/11/2020"})
    member.reload()
    expect(member.get_by_role("main")).to_contain_text("Đã nhận đơn, đang đánh giá")


def open_initiative(page: Page, task: str, name: str) -> None:
    """From the task to the application."""
    page.goto("/")
    go(page.get_by_role("link", name=task))
    follow(page, name)
