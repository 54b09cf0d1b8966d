"""Sound files of every kind that users hand in, made here and now: nothing is fetched, no office program is needed."""

import csv
import datetime
import io
import sys
import unicodedata
from pathlib import Path

import docx
import openpyxl
import xlsxwriter

from fuzzing.pictures import jpeg, pictures_of, png, scanned_pdf, text_pdf, tiff
from thidua.core.vietnamese import of_tcvn3, of_vni

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "core" / "workbooks"))
import old_formats  # noqa: E402  -- its folder had to be put on the path

# Kind → its sound files, by name. The kind says by which door it goes in, its name's ending what it claims to be.
Seeds = dict[str, list[tuple[str, bytes]]]
Rows = list[list[object]]
PLAN, SHORT = ROOT / "sample" / "ke-hoach-2020.txt", 26
CP1252 = [bytes([code]).decode("cp1252", "ignore") for code in range(0xA1, 0x100)]
DOTS = 100


def all_seeds() -> Seeds:
    """Every kind with its files."""
    text = PLAN.read_text(encoding="utf-8")
    short = "\n".join([line for line in text.splitlines() if line.strip()][:SHORT])
    pdf = text_pdf(short)
    greys = pictures_of(pdf, dots=DOTS)[:2]
    return {
        "text": [(f"{name}.txt", data) for name, data in _texts(text, short)],
        "docx": [("ke-hoach.docx", _word(short)), ("ke-hoach-2.docx", _word(text))],
        "pdf": [("ke-hoach.pdf", pdf), ("ke-hoach-2.pdf", text_pdf(text))],
        "scan": [("quet.pdf", scanned_pdf(greys[:1]))],
        "png": [("trang.png", png(greys[0]))],
        "jpg": [("trang.jpg", jpeg(greys[0]))],
        "tif": [("trang.tif", tiff(greys[:1]))],
        "xlsx": _books(),
        "xls": [("so.xls", old_formats.xls(_rows())), ("so-1904.xls", old_formats.xls(_rows(), from_1904=True))],
        "ods": [("so.ods", old_formats.ods(_rows()))],
        "csv": [(f"{name}.csv", data) for name, data in _tables()],
    }


def _texts(text: str, short: str) -> list[tuple[str, bytes]]:
    encodings = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32")
    found = [(name, short.encode(name)) for name in encodings]
    found.append(("nfd", unicodedata.normalize("NFD", short).encode()))
    found.append(("cp1258", unicodedata.normalize("NFD", short).encode("cp1258", "replace")))
    found.append(("tcvn3", _typed(short, {of_tcvn3(sign): sign for sign in CP1252})))
    found.append(("vni", _typed(short, _vni())))
    found.append(("toan-van", text.encode()))
    return [*found, ("quet", (ROOT / "sample" / "ke-hoach-2020.ocr.txt").read_bytes()[:9_000])]


def _vni() -> dict[str, str]:
    """Vietnamese letters as they are typed in a VNI font."""
    bases = [*"AEIOUYDaeiouyd", *"ÔÖôö"]
    pairs = {of_vni(base + sign): base + sign for base in bases for sign in CP1252 if len(of_vni(base + sign)) == 1}
    return pairs | {of_vni(sign): sign for sign in CP1252 if of_vni(sign) != sign}


def _typed(text: str, signs: dict[str, str]) -> bytes:
    return "".join(signs.get(letter, letter) for letter in text).encode("cp1252", "replace")


def _word(text: str) -> bytes:
    document = docx.Document()
    for line in text.splitlines():
        if line.strip():
            document.add_paragraph(line)
    document.add_paragraph("Mục đánh số tự động", style="List Number")
    table = document.add_table(rows=2, cols=2)
    for number, cell in enumerate([cell for row in table.rows for cell in row.cells]):
        cell.text = f"Ô {number}"
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _rows() -> Rows:
    day = datetime.date(1980, 2, 29)
    head: list[object] = ["Mã CBCCVC", "Họ và tên", "Ngày sinh", "Giới tính", "Loại", "Ngày tuyển dụng"]
    people: Rows = [
        [f"TC{number:03d}", f"Nguyễn Thị Ấm {number}", day, "Nữ", "Công chức", datetime.date(2005, 7, 1)]
        for number in range(1, 30)
    ]
    return [head, *people]


def _books() -> list[tuple[str, bytes]]:
    whole = (ROOT / "sample" / "so-tai-chinh-2020.xlsx").read_bytes()
    found = [("so-ca-nam.xlsx", whole), ("so-nam-1904.xlsx", _from_1904()), ("so-tron.xlsx", _merged(whole))]
    return [*found, ("so-nfd.xlsx", _respelled(whole)), ("so-vni.xlsx", _old_font())]


def _from_1904() -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "date_1904": True, "default_date_format": "dd/mm/yyyy"})
    page = book.add_worksheet("Nhân sự")
    for line, row in enumerate(_rows()):
        for column, value in enumerate(row):
            page.write(line, column, value)
    page.write_formula(40, 0, "=A2", None, "TC002")
    page.write_formula(40, 2, "=1/0", None, "#DIV/0!")
    book.close()
    return target.getvalue()


def _merged(whole: bytes) -> bytes:
    """The sample with a title above, a header of two rows, column numbers below, and formulas without results."""
    book = openpyxl.load_workbook(io.BytesIO(whole))
    for page in book.worksheets[:6]:
        page.insert_rows(1, 2)
        page["A1"] = "SỞ TÀI CHÍNH"
        page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=max(2, page.max_column))
        page.cell(row=page.max_row + 1, column=1, value="=SUM(A1:A9)")
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _respelled(whole: bytes) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(whole))
    for cell in (cell for page in book.worksheets for row in page.iter_rows() for cell in row):
        if isinstance(cell.value, str):
            cell.value = unicodedata.normalize("NFD", cell.value)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _old_font() -> bytes:
    signs = _vni()
    book = openpyxl.Workbook()
    for row in _rows():
        book.active.append(["".join(signs.get(c, c) for c in v) if isinstance(v, str) else v for v in row])
    for row in book.active.iter_rows():
        for cell in row:
            cell.font = openpyxl.styles.Font(name="VNI-Times")
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _tables() -> list[tuple[str, bytes]]:
    def text(delimiter: str) -> str:
        stream = io.StringIO()
        rows = [[f"{v:%d/%m/%Y}" if isinstance(v, datetime.date) else str(v) for v in row] for row in _rows()]
        csv.writer(stream, delimiter=delimiter).writerows(rows)
        return stream.getvalue()

    return [
        ("phay", text(",").encode()),
        ("cham-phay", ("sep=;\r\n" + text(";")).encode("utf-8-sig")),
        ("tab", text("\t").encode("utf-16")),
        ("nfd", unicodedata.normalize("NFD", text(",")).encode()),
        ("tcvn3", _typed(text(","), {of_tcvn3(sign): sign for sign in CP1252})),
    ]
