"""From a head's own list to the signed decision and the public page, each at desktop and at phone width."""

import datetime
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from journeys.chapters import Chapter
from journeys.steps import (
    check_page,
    check_width,
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

from thidua.core.papers.seal import sign_pdf, trial_identity

Enter = Callable[[str], Page]
PDF, ZIP = b"%PDF-", b"PK\x03\x04"
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
TITLE = "Lao động tiên tiến"
NEVER_AWARDED = ("Trần Văn Khánh", "Lê Quang Vinh")


def test_head_notes_a_study_day_and_is_refused_elsewhere(enter: Enter, chapter: Chapter) -> None:
    head = enter(chapter.head)
    head.goto("/")
    follow(head, "Nhiệm vụ, học tập của đơn vị")
    follow(head, "Học tập, bồi dưỡng của người trong đơn vị")
    subject = "Bồi dưỡng nghiệp vụ quản lý tài sản công"
    send(
        head,
        "Ghi",
        {
            "Cá nhân": chapter.people[0],
            "Nội dung học tập": subject,
            "Ngày": "15/09/2020",
            "Nguồn": "Giấy chứng nhận số 12/2020",
        },
    )
    rows = head.get_by_role("table").get_by_role("row").filter(has_text=subject)
    expect(rows).to_contain_text([chapter.people[0]])
    answer = head.goto("/de-nghi/2020/don-vi/1/")
    assert answer is not None
    assert answer.status == 403
    expect(head.get_by_text("Việc này dành cho trưởng đơn vị, thường trực, giám đốc, thanh tra.")).to_be_visible()
    follow(head, "Về trang đầu")


def test_head_puts_forward_somebody_left_out_and_the_unit_votes(enter: Enter, chapter: Chapter) -> None:
    head, day = enter(chapter.head), chapter.days[0]
    head.goto("/")
    for name in chapter.people:
        open_own_list(head)
        go(head.get_by_role("link", name=f"Vẫn đề nghị, nêu lý do {TITLE}, {name}"))
        button = f"Đề nghị {TITLE} cho {name}"
        send(head, button, {"Ngày": day})
        expect(refused(head).get_by_role("link")).to_have_count(2)
        reason = "Tập thể đơn vị thống nhất đề nghị xét; phần việc được giao thêm đã hoàn thành."
        send(
            head,
            button,
            {"Lý do vẫn đề nghị": reason, "Điều khoản làm căn cứ": "Nghị định 91/2017/NĐ-CP, Điều 10 khoản 3"},
        )
        expect(told(head)).to_contain_text("Đã lập đề nghị.")
    chair, clerk = members_of(head)[:2]
    send(
        head,
        "Đưa danh sách ra họp bình xét",
        {"Ngày họp": day, "Địa điểm": "Phòng làm việc của đơn vị", "Chủ trì": chair, "Thư ký": clerk},
    )
    expect(told(head)).to_contain_text("Đã lập cuộc họp bình xét.")
    go(head.get_by_role("listitem").filter(has_text="Đang chuẩn bị").get_by_role("link"))
    attend(head)
    follow(head, "Phiên họp")
    follow(head, "Điều hành phiên họp")
    send(head, "Khai mạc", {"Giờ khai mạc": "8h00"})
    follow(head, "Giơ tay nhiều mục")
    check_page(head)
    send(head, "Ghi kết quả giơ tay")
    expect(head.get_by_text("Đạt", exact=True)).to_have_count(len(chapter.people))
    close_and_sign(head, at="9h15", day=day)
    follow(head, "Danh sách đề nghị của đơn vị: lấy kết quả, trình lên")
    send(head, "Lấy kết quả họp bình xét")
    expect(told(head)).to_contain_text("Đã lấy kết quả họp bình xét.")
    send(head, "Trình thường trực Hội đồng", {"Ngày trình": day})
    expect(told(head)).to_contain_text("Đã trình.")
    for name in chapter.people:
        row = head.get_by_role("table", name="Danh sách đề nghị").get_by_role("row").filter(has_text=name)
        expect(row).to_contain_text("Đã trình Thường trực Hội đồng")


def open_own_list(page: Page) -> None:
    """From anywhere to the list of the unit that one heads."""
    home(page)
    follow(page, "Bình xét, đề nghị")


def members_of(page: Page) -> list[str]:
    """Whom the form of the meeting offers."""
    offered = form_of(page, "Đưa danh sách ra họp bình xét").get_by_label("Chủ trì").locator("option")
    return [words for words in offered.all_inner_texts() if "TC" in words]


def attend(page: Page) -> None:
    """From a session's page: everybody is there."""
    follow(page, "Điểm danh")
    for field in page.get_by_label("Tham dự của").all():
        field.select_option(label="Có mặt")
    page.get_by_role("button", name="Ghi điểm danh").click()
    expect(told(page)).to_contain_text("Đã ghi điểm danh.")
    check_width(page)


def close_and_sign(page: Page, *, at: str, day: str) -> None:
    """From an open session's page to its signed minutes, on paper."""
    follow(page, "Điều hành phiên họp")
    send(page, "Bế mạc", {"Giờ bế mạc": at, "Ý kiến thảo luận": "Không có ý kiến khác."})
    follow(page, "Điều hành phiên họp")
    send(page, "Ký và lưu biên bản", {"Ngày ký biên bản": day})
    expect(page.get_by_text("Đã ký biên bản")).to_be_visible()
    assert download(page, "Biên bản họp (PDF)").startswith(PDF)


def test_secretary_appraises_and_the_council_votes(enter: Enter, chapter: Chapter) -> None:
    secretary, director, day = enter("thuong-truc"), enter("giam-doc"), chapter.days[1]
    for name in chapter.people:
        secretary.goto("/")
        go(secretary.get_by_role("link", name="Hồ sơ chờ thẩm định"))
        go(secretary.get_by_role("row").filter(has_text="Đã trình").get_by_role("link", name=name))
        advice = form_of(secretary, "Thẩm định")
        advice.get_by_label("Đủ điều kiện, đề nghị xét").check()
        send(secretary, "Thẩm định", {"Ngày thẩm định": day})
        expect(refused(secretary)).to_contain_text("Thẩm định khác đi thì ghi rõ lý do")
        send(secretary, "Thẩm định", {"Ghi chú": "Đơn vị đã bổ sung giấy tờ; trình Hội đồng xem xét."})
        expect(told(secretary)).to_contain_text("Đã ghi ý kiến thẩm định.")
    menu(secretary, "Hội đồng")
    follow(secretary, "Hội đồng Thi đua - Khen thưởng Sở Tài chính")
    send(
        secretary,
        "Lập phiên họp",
        {
            "Tên phiên họp": chapter.session,
            "Ngày họp": day,
            "Địa điểm": "Phòng họp số 1, Sở Tài chính",
            "Năm xét": "2020",
            "Chủ trì": "Chủ tịch",
            "Thư ký": "Ủy viên thư ký",
        },
    )
    expect(secretary.get_by_role("heading", level=1)).to_have_text(chapter.session)
    follow(secretary, "Bảng thẩm định: đưa vào chương trình, lấy kết quả")
    send(secretary, "Đưa đề nghị đã thẩm định vào chương trình họp", {"Phiên họp": chapter.session})
    expect(told(secretary)).to_contain_text("Đã đưa vào chương trình họp.")
    open_session(secretary, chapter)
    attend(secretary)
    follow(secretary, "Phiên họp")
    follow(secretary, "Điều hành phiên họp")
    send(secretary, "Khai mạc", {"Giờ khai mạc": "14:00"})
    follow(secretary, "Điều hành phiên họp")
    send(secretary, "Mở biểu quyết mọi mục còn chờ")
    vote_by_phone(director, chapter)
    raise_hands(secretary, chapter)
    expect(secretary.get_by_text("Đạt", exact=True)).to_have_count(len(chapter.people))
    close_and_sign(secretary, at="15h30", day=day)
    follow(secretary, "Bảng thẩm định: đưa vào chương trình, lấy kết quả")
    send(secretary, "Lấy kết quả phiên họp", {"Phiên họp": chapter.session})
    expect(told(secretary)).to_contain_text("Đã lấy kết quả.")
    post(secretary, "Phiên họp", chapter.session, day=day)


def post(page: Page, what: str, words: str, *, day: str) -> None:
    """Post a session's result, or a decision."""
    menu(page, "Niêm yết")
    form = page.locator("form").filter(has=page.get_by_label(what))
    fill_in(form, {what: words, "Ngày niêm yết": day})
    form.get_by_role("button", name="Niêm yết").click()
    expect(told(page)).to_contain_text("Đã niêm yết.")


def close_posting(page: Page, chapter: Chapter) -> None:
    """The posting of the session's result is over, and nobody objected."""
    menu(page, "Niêm yết")
    follow(page, f"Danh sách Hội đồng thông qua năm 2020 – phiên họp ngày {chapter.days[1]}")
    send(page, "Kết thúc niêm yết", {"Ngày kết thúc niêm yết": chapter.days[2]})
    expect(told(page)).to_contain_text("Đã kết thúc niêm yết.")


def open_session(page: Page, chapter: Chapter) -> None:
    """From anywhere to the session."""
    menu(page, "Hội đồng")
    follow(page, chapter.session)


def vote_by_phone(page: Page, chapter: Chapter) -> None:
    """The director votes on every item with one tap; from a second window the vote is refused."""
    page.goto("/")
    open_session(page, chapter)
    second = page.context.new_page()
    second.goto(page.url)
    check_page(page)
    for place in range(len(chapter.people)):
        page.get_by_role("form", name=f"Biểu quyết mục {place + 1}").get_by_role(
            "button", name="Đồng ý", exact=True
        ).click()
        expect(page.get_by_text("Ý kiến của bạn:")).to_have_count(place + 1)
    ballot = second.get_by_role("form", name="Biểu quyết mục 1")
    ballot.get_by_role("button", name="Không đồng ý").click()
    expect(refused(second)).to_contain_text("đã ghi")
    second.close()


def raise_hands(page: Page, chapter: Chapter) -> None:
    """The secretary writes down the hands of everybody else and closes the votes."""
    open_session(page, chapter)
    follow(page, "Giơ tay nhiều mục")
    send(page, "Ghi kết quả giơ tay")


def test_decision_goes_out_and_comes_back_signed(enter: Enter, chapter: Chapter, tmp_path: Path) -> None:
    secretary, director, day = enter("thuong-truc"), enter("giam-doc"), chapter.days[2]
    name = chapter.people[0]
    secretary.goto("/")
    close_posting(secretary, chapter)
    home(secretary)
    write_discipline(secretary, name)
    home(secretary)
    go(secretary.get_by_role("link", name="Hội đồng đã thông qua, chưa có quyết định"))
    follow(secretary, "Lập quyết định năm 2020")
    form = form_of(secretary, "Lập dự thảo")
    for person in chapter.people:
        form.get_by_label(f"{person} – {TITLE}").check()
    send(
        secretary,
        "Lập dự thảo",
        {
            "Loại quyết định": "Bổ sung",
            "Bổ sung cho quyết định": "478/QĐ-STC",
            "Lý do bổ sung": f"Hội đồng họp bổ sung ngày {chapter.days[1]}",
            "Trích yếu": f"Về việc công nhận bổ sung danh hiệu thi đua, {chapter.unit}",
            "Ngày quyết định": day,
        },
    )
    expect(told(secretary)).to_contain_text("Đã lập dự thảo.")
    expect(secretary.get_by_role("region", name="Còn vướng, chưa ký được")).to_contain_text(name)
    check_page(secretary)
    send(secretary, "Lấy số và gửi ký", {"Ngày gửi ký": day})
    expect(refused(secretary)).to_contain_text(name)
    for person in chapter.people[1:]:
        send(secretary, "Bỏ dòng", {"Dòng": person, "Lý do": "Đơn vị xin rút để xét vào năm sau"})
        expect(told(secretary)).to_contain_text("Đã bỏ dòng.")
    director.goto(secretary.url.partition("?")[0])
    set_aside(director)
    secretary.goto(director.url)
    send(secretary, "Lấy số và gửi ký", {"Ngày gửi ký": day})
    expect(told(secretary)).to_contain_text("Đã gửi ký.")
    take_back_signed(secretary, day=day, folder=tmp_path)


def write_discipline(page: Page, name: str) -> None:
    """After the council's vote a discipline becomes known."""
    follow(page, "Hồ sơ trong năm")
    follow(page, "Kỷ luật")
    follow(page, "Thêm")
    send(
        page,
        "Ghi",
        {
            "Cá nhân": name,
            "Hình thức kỷ luật": "Khiển trách",
            "Số quyết định": "40/QĐ-STC",
            "Ngày quyết định": "30/12/2020",
            "Nguồn": "Quyết định số 40/QĐ-STC ngày 30/12/2020",
        },
    )


def set_aside(page: Page) -> None:
    """The director decides in spite of every open problem, with reason and article."""
    while page.get_by_role("heading", name="Vẫn quyết định dù có vướng mắc").count():
        page.get_by_role("group", name="Vướng mắc").get_by_role("radio").first.check()
        send(
            page,
            "Ghi vào sổ",
            {
                "Vì sao vẫn quyết định": "Vi phạm đã xử lý xong, không thuộc thành tích được xét",
                "Căn cứ": "Nghị định 91/2017/NĐ-CP, Điều 3 khoản 4",
            },
        )
        expect(told(page)).to_contain_text("Đã ghi lý do và căn cứ.")
    expect(page.get_by_role("heading", name="Vướng mắc đã được xử lý")).to_be_visible()


def take_back_signed(page: Page, *, day: str, folder: Path) -> None:
    """The file that went out is signed elsewhere; any other file is refused by name."""
    title = page.get_by_role("heading", level=1).inner_text()
    number = title.split()[3]
    original = download(page, "Tệp gốc để ký (PDF)")
    assert original.startswith(PDF)
    other = folder / "khac.pdf"
    other.write_bytes(signed(download(page, "Danh sách chi tiền (PDF)")))
    send(page, "Đối chiếu và nhận", {"Ngày nhận bản ký": day, "Tệp PDF đã ký số": other})
    expect(refused(page)).to_contain_text(number)
    right = folder / "da-ky.pdf"
    right.write_bytes(signed(original))
    send(page, "Đối chiếu và nhận", {"Ngày nhận bản ký": day, "Tệp PDF đã ký số": right})
    expect(told(page)).to_contain_text("Đã nhận bản ký")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Đã ký, có hiệu lực")
    assert download(page, "Bản đã ký (PDF)") == right.read_bytes()


def signed(paper: bytes) -> bytes:
    """The paper with the signature of a trial key."""
    when = datetime.datetime(2021, 3, 10, 15, 0, tzinfo=HANOI)
    identity = trial_identity("Lê Nguyễn Minh Khôi", since=when)
    with ThreadPoolExecutor() as aside:  # the browser's own loop runs in this thread
        made = aside.submit(sign_pdf, paper, key=identity.key, certificate=identity.certificate, when=when)
        return made.result()


def test_visitor_reads_what_is_public_and_objects(enter: Enter, chapter: Chapter, site: Any) -> None:
    visitor, secretary = enter(""), enter("thuong-truc")
    today = f"{datetime.datetime.now(HANOI):%d/%m/%Y}"
    secretary.goto("/")
    menu(secretary, "Quyết định")
    row = secretary.get_by_role("row").filter(has_text=chapter.unit)
    number = row.get_by_role("rowheader").inner_text().strip()
    post(secretary, "Quyết định", number, day=today)
    visitor.goto("/cong-khai/stc/")
    visitor.get_by_role("listitem").filter(has_text="Đang nhận kiến nghị").filter(has_text=number).get_by_role(
        "link"
    ).click()
    expect(visitor.get_by_role("table")).to_contain_text(chapter.people[0])
    check_page(visitor)
    send(visitor, "Gửi kiến nghị", {"Họ và tên của bạn": "Người dân (minh họa)"})
    expect(refused(visitor).get_by_role("link")).to_have_count(2)
    words = f"Đề nghị xem lại trường hợp {chapter.people[0]}."
    send(visitor, "Gửi kiến nghị", {"Cách liên hệ": "minh-hoa@example.vn", "Nội dung kiến nghị": words})
    expect(told(visitor)).to_contain_text("Đã nhận kiến nghị số")
    home(secretary)
    go(secretary.get_by_role("link", name="Ý kiến về danh sách niêm yết chờ trả lời"))
    go(secretary.get_by_role("listitem").filter(has_text=number).get_by_role("link"))
    expect(secretary.get_by_text(words)).to_be_visible()
    send(secretary, "Trả lời", {"Nội dung trả lời": "Đã kiểm tra hồ sơ, kết quả không đổi.", "Ngày trả lời": today})
    expect(told(secretary)).to_contain_text("Đã trả lời.")
    read_public_pages(visitor, number, chapter)


def read_public_pages(page: Page, number: str, chapter: Chapter) -> None:
    """The honour roll leads to the decision, which says that it stands; nothing private is on any page."""
    follow(page, "Công khai thi đua, khen thưởng")
    public = [page.content()]
    follow(page, "Năm 2020")
    public.append(page.content())
    line = page.get_by_role("listitem").filter(has_text=chapter.people[0]).filter(has_text=number)
    go(line.get_by_role("link"))
    public.append(page.content())
    expect(page.get_by_role("heading", level=1)).to_contain_text("Có hiệu lực")
    for text in public:
        for name in NEVER_AWARDED:
            assert name not in text
        for private in ("Ngày sinh", "sinh năm", "Hoàn thành xuất sắc", "Hoàn thành tốt", "Khiển trách", "example.vn"):
            assert private not in text
