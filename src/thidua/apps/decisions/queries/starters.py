"""Templates to begin with: the built-in layouts of this app with places where the values would stand."""

from collections.abc import Callable

from thidua.apps.decisions.states import TemplateKind
from thidua.core.papers.form import Annex, Article, Column, Head, Letter, Section, Signer, Table, TablePaper, Total
from thidua.core.papers.starter import PlacedArticle, PlacedHead, starter

EACH_ROW, LAST_ROW = "{%tr for n in danh_sach %}", "{%tr endfor %}"
END = "{%p endfor %}"
NOTE = ("{%p if minh_hoa %}", "{{ minh_hoa }}", "{%p endif %}")
DATED = "ngày {{ ngay }} tháng {{ thang }} năm {{ nam }}"
SIGNER = Signer(post="{{ chuc_vu_ky }}", name="{{ nguoi_ky }}")
TOTAL = Total("Tổng cộng", ("{{ tong_tien }}", ""))
NAMES = (
    (Column("TT", 4, "center"), "stt"),
    (Column("Họ và tên, tên tập thể", 13), "ho_ten"),
    (Column("Đơn vị", 11), "don_vi"),
    (Column("Danh hiệu, hình thức", 12), "danh_hieu"),
)
MONEY = ((Column("Số tiền (đồng)", 11, "right"), "so_tien"), (Column("Ghi chú", 9), "ghi_chu"))
FACTOR = (Column("Hệ số", 5, "center"), "muc")
SALARY = (Column("Mức lương cơ sở (đồng)", 8, "right"), "luong_co_so")


def starter_template(kind: TemplateKind) -> bytes:
    """A Word template of a kind that is accepted as it is, to be changed to the agency's own wording."""
    papers: dict[TemplateKind, Callable[[], Letter | TablePaper]] = {
        TemplateKind.DECISION: _decision,
        TemplateKind.PAYMENT: _payment,
        TemplateKind.PROPOSAL: _proposal,
    }
    return starter(papers[kind]())


def _head(kind: str) -> PlacedHead:
    return PlacedHead(
        parent="{{ co_quan_chu_quan }}",
        issuer="{{ co_quan }}",
        symbol="{{ ky_hieu }}",
        kind=kind,
        subject="{{ trich_yeu }}",
        number="{{ so }}",
        place="{{ dia_danh }}",
        dated=DATED,
    )


def _each(name: str) -> tuple[str, str, str]:
    """A list of lines, one paragraph each."""
    return (f"{{%p for dong in {name} %}}", "{{ dong }}", END)


def _table(columns: tuple[tuple[Column, str], ...], *last: Total) -> Table:
    """A table whose one row is repeated; the marks of the loop stand in rows of their own, in the second cell."""
    blank = ("",) * (len(columns) - 2)
    cells = tuple(f"{{{{ n.{name} }}}}" if name else "" for _, name in columns)
    rows = [("", EACH_ROW, *blank), cells, ("", LAST_ROW, *blank)]
    return Table([column for column, _ in columns], [*rows, *last])


def _decision() -> Letter:
    article = ["{{ n.noi_dung }}", "{%p for doan in n.doan %}", "{{ doan }}", END, END]
    table = _table((*NAMES, FACTOR, *MONEY), TOTAL)
    return Letter(
        head=_head("Quyết định"),
        opening=(),
        sections=(),
        authority="{{ tham_quyen }}",
        bases=(*NOTE, *_each("can_cu")),
        resolves="Quyết định:",
        articles=[Article(1, ["{%p for n in dieu %}"]), PlacedArticle(1, article, words="{{ n.ten }}")],
        annexes=[Annex(title="{{ ten_danh_sach }}", note="{{ kem_theo }}", tables=[table])],
        signer=SIGNER,
        receivers=_each("noi_nhan"),
        reference="{{ ma_kiem_tra }}",
    )


def _payment() -> TablePaper:
    receipt = (Column("Ký nhận", 7), "")
    total = Total(TOTAL.label, (*TOTAL.cells, ""))
    table = _table((*NAMES, FACTOR, SALARY, MONEY[0], receipt, MONEY[1]), total)
    return TablePaper(
        head=Head(
            parent="{{ co_quan_chu_quan }}",
            issuer="{{ co_quan }}",
            symbol="{{ ky_hieu }}",
            kind="Danh sách",
            subject="{{ trich_yeu }}",
            place="{{ dia_danh }}",
        ),
        columns=table.columns,
        rows=table.rows,
        summary=NOTE,
        closing=("Tổng số tiền: {{ tong_tien }} đồng. Bằng chữ: {{ tong_tien_bang_chu }}.",),
        cosigners=(Signer(post="Người lập"), Signer(post="Kế toán trưởng")),
        signer=SIGNER,
        reference="{{ ma_kiem_tra }}",
    )


def _proposal() -> Letter:
    return Letter(
        head=_head("Tờ trình"),
        addressed_to=["{{ kinh_gui }}"],
        opening=(*NOTE, *_each("can_cu"), "{{ de_nghi }}"),
        sections=[
            Section("1", "Danh sách đề nghị", [_table(NAMES)]),
            Section("2", "Hồ sơ kèm theo", _each("ho_so")),
        ],
        signer=SIGNER,
        receivers=_each("noi_nhan"),
    )
