"""Schemes of numbering other than the 2020 plan's, the head of two columns, bases named in others."""

from __future__ import annotations

from thidua.core.plans import Clause, read_plan
from thidua.core.plans.outline import clauses_in_order

TWO_COLUMNS = """UBND TỈNH AN BÌNH                 CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ Y TẾ                             Độc lập - Tự do - Hạnh phúc

   Số: 45 /KH-SYT                    An Bình, ngày 05 tháng 02 năm 2026

                               KẾ HOẠCH
                  Phát động phong trào thi đua năm 2026

   Thực hiện Kế hoạch số 12/KH-UBND ngày 10/01/2026 của Ủy ban nhân dân tỉnh về thực
hiện Nghị quyết số 07-NQ/TU ngày 02/12/2025 của Tỉnh ủy; Công văn số 88/BYT-TT ngày
20/01/2026 của Bộ Y tế, Sở Y tế xây dựng kế hoạch như sau:

   A. MỤC TIÊU
   1. Mục tiêu chung
   Nâng cao chất lượng khám bệnh, chữa bệnh.
   2. Chỉ tiêu cụ thể
   2.1. Về chuyên môn
   - Tỷ lệ người bệnh hài lòng đạt từ 92% trở lên.
   2.2. Về thi đua
   (1) Có 70% khoa, phòng đạt Tập thể lao động tiên tiến.
   (2) Không để xảy ra tai biến do thiếu trách nhiệm.
   B. TỔ CHỨC THỰC HIỆN
   Các khoa, phòng đăng ký thi đua trước ngày 28/02/2026./.

Nơi nhận:                                          GIÁM ĐỐC
- Bộ Y tế;
- Lưu: VT.                                       Nguyễn Văn Bình
"""


def ids(outline: tuple[Clause, ...]) -> list[str]:
    return [clause.id for clause in clauses_in_order(outline)]


def test_head_of_two_columns() -> None:
    document = read_plan(TWO_COLUMNS.encode(), filename="a.txt").document
    assert document.to_json() == {
        "type": "Kế hoạch",
        "number": "45/KH-SYT",
        "date": "2026-02-05",
        "place": "An Bình",
        "issuer": "Sở Y tế tỉnh An Bình",
        "subject": "Phát động phong trào thi đua năm 2026",
        "motto": None,
        "year": 2026,
    }


def test_basis_inside_the_subject_of_another_is_nested() -> None:
    bases = read_plan(TWO_COLUMNS.encode(), filename="a.txt").bases
    assert [(basis.number, basis.date, basis.issuer, basis.role) for basis in bases] == [
        ("12/KH-UBND", "2026-01-10", "Ủy ban nhân dân tỉnh", "direct"),
        ("07-NQ/TU", "2025-12-02", "Tỉnh ủy", "nested"),
        ("88/BYT-TT", "2026-01-20", "Bộ Y tế", "direct"),
    ]


def test_letters_numbers_and_dotted_numbers_nest() -> None:
    plan = read_plan(TWO_COLUMNS.encode(), filename="a.txt")
    assert ids(plan.outline) == ["A", "A.1", "A.2", "A.2.1", "A.2.2", "A.2.2.1", "A.2.2.2", "B"]
    assert [(t.clause, t.op, t.value, t.title_code) for t in plan.targets] == [
        ("A.2.1", ">=", "92", None),
        ("A.2.2.1", ">=", "70", "TTLDTT"),
        ("A.2.2.2", "none", "0", None),
    ]


def test_unnumbered_paragraphs_are_text_of_the_clause_above() -> None:
    plan = read_plan(TWO_COLUMNS.encode(), filename="a.txt")
    first = plan.outline[0].children[0]
    assert (first.title, first.text) == ("Mục tiêu chung", "Nâng cao chất lượng khám bệnh, chữa bệnh.")
    assert plan.outline[1].text == "Các khoa, phòng đăng ký thi đua trước ngày 28/02/2026./."


def test_repeated_number_gets_a_suffix() -> None:
    text = (
        "KẾ HOẠCH\nThi đua\n\nI. MỤC TIÊU\n\n1. Đạt 90% chỉ tiêu.\n\n1. Đạt 80% chỉ tiêu.\n\n"
        "II. TỔ CHỨC\n\nCác đơn vị thực hiện.\n"
    )
    plan = read_plan(text.encode(), filename="a.txt")
    assert ids(plan.outline) == ["I", "I.1", "I.1#2", "II"]
    assert [target.clause for target in plan.targets] == ["I.1", "I.1#2"]


def test_damaged_marks_are_read_as_the_ones_due() -> None:
    text = (
        "KẾ HOẠCH\nThi đua\n\nI. MỤC TIÊU\n\nĐạt.\n\nIl. NỘI DUNG\n\na) Một.\n\nb) Hai.\n\nC) Ba.\n\n"
        "d) Bốn.\n\nd) Năm.\n\nI11. GIẢI PHÁP\n\nLàm.\n"
    )
    plan = read_plan(text.encode(), filename="a.txt")
    assert ids(plan.outline) == ["I", "II", "II.a", "II.b", "II.c", "II.d", "II.đ", "III"]


def test_plan_carried_by_a_decision_gives_the_outline() -> None:
    text = (
        "ỦY BAN NHÂN DÂN\nTỈNH AN BÌNH\n\nSố: 7/QĐ-UBND\n\nAn Bình, ngày 3 tháng 4 năm 2026\n\nQUYẾT ĐỊNH\n\n"
        "Ban hành Kế hoạch thi đua năm 2026\n\nCăn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;\n\n"
        "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch thi đua.\n\nĐiều 2. Quyết định có hiệu lực từ ngày ký.\n\n"
        "Nơi nhận:\n- Như Điều 2.\n\nCHỦ TỊCH\n\nKẾ HOẠCH\n\nThi đua năm 2026\n\nI. CHỈ TIÊU\n\n"
        "1. Phấn đấu 85% hộ đạt gia đình văn hóa.\n\nII. THỰC HIỆN\n\nCác xã tổ chức.\n"
    )
    plan = read_plan(text.encode(), filename="a.txt")
    assert (plan.document.type, plan.document.number, plan.document.issuer) == (
        "Quyết định (ban hành kèm Kế hoạch)",
        "7/QĐ-UBND",
        "Ủy ban nhân dân tỉnh An Bình",
    )
    assert [(basis.type, basis.number, basis.date) for basis in plan.bases] == [
        ("Luật Thi đua, khen thưởng", None, "2022-06-15")
    ]
    assert ids(plan.outline) == ["I", "I.1", "II"]


ONE_LINE_EACH = """UBND XÃ LÂM SƠN
TRƯỜNG TIỂU HỌC KIM ĐỒNG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 17/2024/KH-THKĐ
Lâm Sơn, ngày 09 tháng 9 năm 2024
KẾ HOẠCH
Thi đua năm học 2024 - 2025
Căn cứ Luật Thi đua, khen thưởng ngày 15/6/2022 và Luật Giáo dục năm 2019;
Căn cứ Hướng dẫn số 41 HD/PGDĐT ngày 03/9/2024 của Phòng Giáo dục và Đào tạo về công tác thi đua;
Trường Tiểu học Kim Đồng xây dựng kế hoạch như sau:
Phần thứ nhất
MỤC ĐÍCH, YÊU CẦU
Tạo không khí thi đua trong toàn trường, nâng cao chất lượng dạy và học.
Phần thứ hai
CHỈ TIÊU THI ĐUA
1. Học sinh lên lớp
Phấn đấu ít nhất:
- 99% học sinh hoàn thành chương trình lớp học;
- 12 học sinh đạt giải cấp huyện.
2. Giáo viên
Không để xảy ra:
- Bạo lực học đường;
- Dạy thêm trái quy định.
Nơi nhận:
- Lưu: VT.
"""


def test_a_text_with_one_paragraph_a_line_is_read_whole() -> None:
    plan = read_plan(ONE_LINE_EACH.encode(), filename="mot-dong.txt")
    assert (plan.document.number, plan.document.issuer, plan.document.subject) == (
        "17/2024/KH-THKĐ",
        "Trường Tiểu học Kim Đồng",
        "Thi đua năm học 2024 - 2025",
    )
    assert [(basis.type, basis.number, basis.date) for basis in plan.bases] == [
        ("Luật Thi đua, khen thưởng", None, "2022-06-15"),
        ("Luật Giáo dục", None, None),
        ("Hướng dẫn", "41 HD/PGDĐT", "2024-09-03"),
    ]
    assert [f"{clause.id} {clause.title}" for clause in plan.outline] == [
        "P1 MỤC ĐÍCH, YÊU CẦU",
        "P2 CHỈ TIÊU THI ĐUA",
    ]


def test_points_take_what_their_lead_line_says() -> None:
    plan = read_plan(ONE_LINE_EACH.encode(), filename="mot-dong.txt")
    assert [(target.clause, target.op, target.value, target.quote) for target in plan.targets] == [
        ("P2.1", ">=", "99", "99% học sinh hoàn thành chương trình lớp học"),
        ("P2.1", ">=", "12", "12 học sinh đạt giải cấp huyện"),
        ("P2.2", "none", "0", "Bạo lực học đường"),
        ("P2.2", "none", "0", "Dạy thêm trái quy định"),
    ]


def test_a_title_in_one_line_gives_type_and_subject_and_a_first_section_the_bases() -> None:
    text = (
        "SỞ VĂN HÓA TỈNH AN BÌNH\n\nSố: 09./KH-SVH\n\nAn Bình, ngày 02 tháng 3 năm 2025\n\n"
        "KẾ HOẠCH PHÁT ĐỘNG THI ĐUA NĂM 2025\n\nI. CĂN CỨ PHÁP LÝ\n\n"
        "- Luật Di sản văn hóa ngày 23/11/2024;\n\n"
        "- Kế hoạch số 30/KH-UBND ngày 20/02/2025 của Ủy ban nhân dân tỉnh;\n\n"
        "II. CHỈ TIÊU\n\n1. Có 03 tập thể đạt Tập thể lao động xuất sắc.\n"
    )
    plan = read_plan(text.encode(), filename="so-van-hoa.txt")
    document = plan.document
    assert (document.type, document.number, document.subject) == ("Kế hoạch", "09/KH-SVH", "PHÁT ĐỘNG THI ĐUA NĂM 2025")
    assert [(basis.type, basis.number, basis.date, basis.role) for basis in plan.bases] == [
        ("Luật Di sản văn hóa", None, "2024-11-23", "direct"),
        ("Kế hoạch", "30/KH-UBND", "2025-02-20", "direct"),
    ]


def test_damaged_marks_of_sections_are_read_as_those_due() -> None:
    text = (
        "KẾ HOẠCH\n\nThi đua năm 2025\n\nL MỤC ĐÍCH, YÊU CẦU\n\n1. Nâng cao chất lượng.\n\n"
        "H. CHỈ TIÊU THI ĐUA\n\n1. Không để xảy ra cháy, nổ.\n\n` III. TỔ CHỨC THỰC HIỆN\n\n1. Các phòng thực hiện.\n"
    )
    plan = read_plan(text.encode(), filename="quet.txt")
    assert [f"{clause.id} {clause.title}" for clause in plan.outline] == [
        "I MỤC ĐÍCH, YÊU CẦU",
        "II CHỈ TIÊU THI ĐUA",
        "III TỔ CHỨC THỰC HIỆN",
    ]


def test_several_laws_and_papers_in_one_paragraph_are_bases_of_their_own() -> None:
    text = (
        "KẾ HOẠCH\n\nThi đua năm 2025\n\n"
        "Căn cứ Thông tư liên tịch số 05/2015/TTLT-BCA-BGDĐT ngày 28 tháng 8 năm 2015 của Bộ Công an; "
        "Căn cứ Bộ luật Lao động số 45/2019/QH14 ngày 20/11/2019; Luật Công đoàn ngày 27/11/2024;\n\n"
        "I. CHỈ TIÊU\n\n1. Không để xảy ra cháy, nổ.\n"
    )
    plan = read_plan(text.encode(), filename="lien-tich.txt")
    assert [(basis.type, basis.number, basis.date) for basis in plan.bases] == [
        ("Thông tư liên tịch", "05/2015/TTLT-BCA-BGDĐT", "2015-08-28"),
        ("Bộ luật Lao động", "45/2019/QH14", "2019-11-20"),
        ("Luật Công đoàn", None, "2024-11-27"),
    ]
