"""Sample papers of every kind, and ways to read what was set."""

import datetime
from collections.abc import Callable

import pypdfium2
import pytest

from thidua.core.papers.form import (
    Absence,
    Annex,
    Article,
    Attendee,
    Certificate,
    Certificates,
    Column,
    Group,
    Head,
    Letter,
    Minutes,
    Section,
    Signer,
    Table,
    TablePaper,
    Total,
)

UNIT = "Trung tâm Tư vấn, Dịch vụ tài chính, Thẩm định giá và Bán đấu giá tài sản công của tỉnh"
NAME = "Nguyễn Phước Hoàng Bảo Trân Công Tằng Tôn Nữ Thị Diễm Khuê Thục Đoan Trang Anh Đài"
CODE = "Mã kiểm tra: 7F3A-91C2-0B4D-E6A8"
DAY = datetime.date(2021, 2, 3)
PEOPLE = (Column("STT", 1, "center"), Column("Họ và tên", 8), Column("Đơn vị", 9), Column("Danh hiệu", 6))

ReadPages = Callable[[bytes], list[str]]


def head(kind: str, subject: str, symbol: str, **changes: str) -> Head:
    parts = {"parent": "Ủy ban nhân dân tỉnh", "issuer": "Sở Tài chính", "number": "7", "place": "Tỉnh lỵ"} | changes
    return Head(kind=kind, subject=subject, symbol=symbol, date=DAY, **parts)


def people(count: int) -> list[tuple[str, ...]]:
    return [(str(number), NAME, UNIT, "Lao động tiên tiến") for number in range(1, count + 1)]


@pytest.fixture
def decision() -> Letter:
    return Letter(
        head=head("Quyết định", "Về việc công nhận danh hiệu “Lao động tiên tiến” năm 2020", "QĐ-STC"),
        opening=(),
        sections=(),
        signer=Signer("Giám đốc", "Người Ký"),
        receivers=("Như Điều 3;", "Lưu: VT, VP"),
        authority="Giám đốc Sở Tài chính",
        bases=("Căn cứ Luật Thi đua, Khen thưởng;", "Theo đề nghị của Hội đồng"),
        resolves="Quyết định:",
        articles=(
            Article(1, ("Công nhận danh hiệu cho 02 cá nhân.",)),
            Article(
                2,
                (
                    "Mức thưởng như sau:",
                    Table(
                        (Column("Danh hiệu", 3), Column("Tiền", 1, "right")),
                        (("Lao động tiên tiến", "450.000"), Total("Cộng", ("900.000",))),
                    ),
                ),
            ),
            Article(3, ("Các phòng chịu trách nhiệm thi hành./.",)),
        ),
        annexes=(
            Annex("Danh sách cá nhân", "Kèm theo Quyết định số 07/QĐ-STC", tables=(Table(PEOPLE, people(40)),)),
            Annex("Danh sách tập thể", tables=(Table(PEOPLE, people(1)),), landscape=True),
        ),
        reference=CODE,
        qr="https://example.invalid/7F3A",
    )


@pytest.fixture
def proposal() -> Letter:
    inner = (Section("1", "", ("Thực hiện tốt.",), (Section("a", "", ("Một điểm.",)),)),)
    return Letter(
        head=head("Tờ trình", "Đề nghị khen thưởng", "TTr-STC", issuer=UNIT),
        opening=("Sở Tài chính kính trình như sau:",),
        sections=(Section("I", "Kết quả", (), inner), Section("II", "Kiến nghị", ("Kính đề nghị xem xét./.",))),
        signer=Signer("Phó Giám đốc", NAME, authority="KT. Giám đốc"),
        receivers=("Như trên", "Lưu: VT"),
        addressed_to=("Ủy ban nhân dân tỉnh", "Ban Thi đua - Khen thưởng tỉnh"),
    )


@pytest.fixture
def minutes() -> Minutes:
    return Minutes(
        head=head(
            "Biên bản", "Họp xét danh hiệu thi đua năm 2020", "BB-HĐTĐKT", parent="Sở Tài chính", issuer="Hội đồng"
        ),
        starts=datetime.datetime(2021, 1, 5, 14, 0),
        ends=datetime.datetime(2021, 1, 5, 16, 30),
        place="Phòng họp số 1",
        attendees=(Attendee("Ông A", "Giám đốc Sở", "Chủ tịch Hội đồng"), Attendee("Bà B")),
        absent=(Absence("Ông C", "Chánh Thanh tra", "đi công tác"),),
        chair="Ông A",
        secretary="Bà B",
        sections=(
            Section(
                "1",
                "Kết quả bỏ phiếu",
                ("Như sau:", Table(PEOPLE, people(2))),
            ),
        ),
        signers=(Signer("Thư ký", "Bà B"), Signer("Chủ tịch Hội đồng", "Ông A", agency_post="Giám đốc Sở Tài chính")),
    )


@pytest.fixture
def payments() -> TablePaper:
    columns = (
        Column("STT", 1, "center"),
        Column("Họ và tên", 6),
        Column("Đơn vị", 6),
        Column("Danh hiệu", 5),
        Column("Mức", 1, "center"),
        Column("Số tiền (đồng)", 3, "right"),
        Column("Ký nhận", 4),
    )
    row = ("1", NAME, UNIT, "Lao động tiên tiến", "0,3", "450.000", "")
    return TablePaper(
        head=head("Danh sách", "Chi tiền thưởng năm 2020", "DS-STC"),
        columns=columns,
        rows=(Group("Văn phòng"), *[row] * 30, Group(UNIT), *[row] * 3, Total("Tổng cộng", ("14.850.000", ""))),
        signer=Signer("Giám đốc", "Người Ký"),
        cosigners=(Signer("Người lập", "Người Lập", hint="Ký, ghi rõ họ tên"), Signer("Kế toán trưởng", "Người Chi")),
        closing=("Bằng chữ: Mười bốn triệu tám trăm năm mươi nghìn đồng.",),
        receivers=("Lưu: VT",),
    )


@pytest.fixture
def certificates() -> Certificates:
    return Certificates(
        authority="Giám đốc Sở Tài chính",
        decision="07/QĐ-STC",
        decided_on=DAY,
        place="Tỉnh lỵ",
        signer=Signer("Giám đốc", NAME),
        certificates=(
            Certificate("Bà B", "Danh hiệu Lao động tiên tiến", "Văn phòng", "Hoàn thành tốt nhiệm vụ", "1/2021", CODE),
            Certificate(f"Ông {NAME} {NAME}", f"Giấy khen {UNIT}", f"{UNIT}, {UNIT}", f"{UNIT} " * 6, "2/2021"),
        ),
        note="DỮ LIỆU MINH HỌA",
    )


@pytest.fixture
def read_pages() -> ReadPages:
    """The text of every page of a PDF, spaces evened out."""

    def read(data: bytes) -> list[str]:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in pypdfium2.PdfDocument(data)]

    return read
