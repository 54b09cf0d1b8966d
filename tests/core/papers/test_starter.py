"""Templates to begin with: places in the built-in layout, found again and filled."""

import io

from docx import Document

from thidua.core.papers.form import Article, Letter, Signer
from thidua.core.papers.own_template import fill, placeholders
from thidua.core.papers.starter import PlacedArticle, PlacedHead, starter

PAPER = Letter(
    head=PlacedHead(
        parent="",
        issuer="{{ co_quan }}",
        symbol="{{ ky_hieu }}",
        kind="Quyết định",
        subject="{{ trich_yeu }}",
        number="{{ so }}",
        place="{{ dia_danh }}",
        dated="ngày {{ ngay }}",
    ),
    opening=(),
    sections=(),
    bases=("{%p for dong in can_cu %}", "{{ dong }}", "{%p endfor %}"),
    articles=[
        Article(1, ["{%p for n in dieu %}"]),
        PlacedArticle(1, ["{{ n.noi_dung }}", "{%p endfor %}"], words="{{ n.ten }}"),
    ],
    signer=Signer(post="{{ chuc_vu }}"),
    receivers=("{{ noi_nhan }}",),
)
VALUES = {
    "co_quan": "Sở Tài chính",
    "ky_hieu": "QĐ-STC",
    "trich_yeu": "Về việc khen thưởng",
    "so": "05",
    "dia_danh": "Tỉnh lỵ",
    "ngay": "31",
    "can_cu": ["Căn cứ Luật;", "Xét đề nghị."],
    "dieu": [{"ten": "Điều 1.", "noi_dung": "Khen."}, {"ten": "Điều 2.", "noi_dung": "Thi hành."}],
    "chuc_vu": "Phó Giám đốc",
    "noi_nhan": "Lưu: VT.",
}


def test_places_are_found_again_and_equal_papers_give_equal_bytes() -> None:
    data = starter(PAPER)
    assert data == starter(PAPER)
    assert placeholders(data) == tuple(sorted(VALUES))


def test_loops_repeat_and_capitals_stay_capitals() -> None:
    word = Document(io.BytesIO(fill(starter(PAPER), VALUES)))
    lines = [line.text.strip() for line in word.paragraphs if line.text.strip()]
    assert lines == [
        "QUYẾT ĐỊNH",
        "Về việc khen thưởng",
        "Căn cứ Luật;",
        "Xét đề nghị.",
        "Điều 1. Khen.",
        "Điều 2. Thi hành.",
    ]
    cells = [cell.text.strip() for table in word.tables for row in table.rows for cell in row.cells]
    assert ("SỞ TÀI CHÍNH" in cells, "Số: 05/QĐ-STC" in cells, "Tỉnh lỵ, ngày 31" in cells) == (True, True, True)
    assert any("PHÓ GIÁM ĐỐC" in cell for cell in cells)


def test_a_long_value_does_not_reach_the_properties_of_the_file() -> None:
    word = Document(io.BytesIO(fill(starter(PAPER), VALUES | {"trich_yeu": "Về việc " * 60})))
    assert (word.core_properties.title, word.core_properties.author) == ("", "")
