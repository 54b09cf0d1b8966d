"""A table of a page → a sheet: what is read is there, what is for hands is not."""

import datetime

from thidua.core.workbooks.page import table_of_page
from thidua.core.workbooks.write import Written

PAGE = """<h1>Trang</h1><table id="bang-khac"><tbody><tr><td>khác</td></tr></tbody></table>
<div class="scroll" aria-label="Người của cơ quan"><table id="bang-nguoi" class="cards"><thead><tr>
<th scope="col">Họ và tên</th><th>Ngày</th><th class="num">Tiền (đồng)</th><th>Ghi chú<small>Mục 2</small></th>
<th class="deed">Việc</th></tr></thead>
<tbody><tr><th scope="row"><a href="/a/">Nguyễn &lt;Ấm&gt;</a><small>TC001 · <b>Phòng</b></small><small>nay</small></th>
<td><span>01/07/2020</span></td><td class="num"><span>1.490.000</span></td>
<td><span class="state">Đạt</span> <span class="sr">ẩn</span><a class="deed" href="#">Báo sai</a><br>dòng hai
<button>Xác nhận</button><select><option>chọn</option></select><input value="ô"></td>
<td><a href="/b/">Sửa</a></td></tr>
<tr><th scope="row">=1+1</th><td>31/02/2020</td><td class="num">–</td><td>2020</td><td></td></tr></tbody>
<tfoot><tr><th colspan="2">Tổng</th><td class="num">5</td></tr></tfoot></table></div>"""
FOUND = Written(
    "Người của cơ quan",
    ("Họ và tên", "Họ và tên (chi tiết)", "Ngày", "Tiền (đồng)", "Ghi chú Mục 2"),
    (
        ("Nguyễn <Ấm>", "TC001 · Phòng; nay", datetime.date(2020, 7, 1), 1_490_000, "Đạt\ndòng hai"),
        ("=1+1", None, "31/02/2020", None, "2020"),
        ("Tổng", None, None, 5, None),
    ),
)


def test_a_table_is_read_as_its_reader_reads_it() -> None:
    assert table_of_page(PAGE, table="bang-nguoi", more="chi tiết") == FOUND


def test_another_table_of_the_page_is_left_alone() -> None:
    found = table_of_page(PAGE, table="bang-khac", more="chi tiết")
    assert found == Written("bang-khac", (), ((),))
    assert table_of_page(PAGE, table="bang-nao", more="chi tiết") is None


def test_a_line_that_says_there_is_nothing_is_no_row() -> None:
    page = """<table id="t"><caption>Ai</caption><thead><tr><th>Tên</th><th>Mã</th></tr></thead>
    <tbody><tr><td colspan="2">Không có ai.</td></tr></tbody></table>"""
    assert table_of_page(page, table="t", more="chi tiết") == Written("Ai", ("Tên", "Mã"), ())
