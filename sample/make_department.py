"""Write so-tai-chinh-2020.xlsx: one year of a made-up department of finance, as its office would keep it.

Run it from anywhere: ``python sample/make_department.py``. The same code always writes the same cells. Nobody
in it is real; every sheet says so. README.md beside it tells the stories in it and what should come out.
"""

import datetime
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

TABLES = Path(__file__).with_name("department")
OUT = Path(__file__).with_name("so-tai-chinh-2020.xlsx")
DEMO = "DỮ LIỆU MINH HỌA – không phải người thật, cơ quan thật"
AGENCY = "STC"
FONT = "Times New Roman"
GRADES = {
    "X": "Hoàn thành xuất sắc nhiệm vụ",
    "T": "Hoàn thành tốt nhiệm vụ",
    "H": "Hoàn thành nhiệm vụ",
    "?": None,
    "0": "Không có",
}
TITLES = {
    "LDTT": "Lao động tiên tiến",
    "CSTDCS": "Chiến sĩ thi đua cơ sở",
    "CSTDT": "Chiến sĩ thi đua cấp tỉnh",
    "TTLDTT": "Tập thể lao động tiên tiến",
    "TTLDXS": "Tập thể lao động xuất sắc",
    "GK": "Giấy khen",
    "BK_TINH": "Bằng khen của Chủ tịch UBND tỉnh",
}
DECIDERS = {"CSTDT": "UBND", "TTLDXS": "UBND", "BK_TINH": "UBND"}

# code | name | kind | set up | head | rated 2019, 2020 | Party, union, youth, women in 2020 (0: has none)
UNITS = (TABLES / "units.txt").read_text(encoding="utf-8")

# code | name | sex (M, F) | born | category (C official, V public employee, L worker) | recruited | unit
# | post since | post | ratings 2015–2020 (X, T, H as in GRADES, - none yet, ? not yet in)
# | years of CSTĐCS | further awards
PEOPLE = (TABLES / "people.txt").read_text(encoding="utf-8")

# year | S initiative, D research topic | B base, P province | authors | name; those of 2020 that the department itself
# recognises are not here: they go through the system (initiatives_2020.txt, and registrations and late ratings beside)
INITIATIVES = (TABLES / "initiatives.txt").read_text(encoding="utf-8")

# lead unit | given | due | done | product | what; a task due in 2019 and done in 2020 was carried over
TASKS = (TABLES / "tasks.txt").read_text(encoding="utf-8")

DISCIPLINE = (TABLES / "discipline.txt").read_text(encoding="utf-8")
LEAVES = (TABLES / "leaves.txt").read_text(encoding="utf-8")
PETITIONS = (TABLES / "petitions.txt").read_text(encoding="utf-8")
INCIDENTS = (TABLES / "incidents.txt").read_text(encoding="utf-8")
EXCELLENT_UNITS = {"TTR": (2015,), "QLNS": (2016, 2018, 2019), "HCSN": (2017,), "TCDT": (2017, 2019)}
TRANSFERRED = {"TC042": "HCSN"}
RETIRED = {"TC036": "2020-11-01"}
SECONDED = {"TC022": ("Văn phòng UBND tỉnh", "2020-06-01", "2021-05-31")}

Cells = list[object]


def write(path: Path = OUT) -> None:
    """Write the workbook; the same bytes every time with one version of the writer."""
    book = Workbook()
    _cover(book.active)
    for name, title, headers, rows in tables():
        _fill(book.create_sheet(name), title, headers, [list(row) for row in rows])
    buffer = io.BytesIO()
    book.save(buffer)
    path.write_bytes(_undated(buffer.getvalue()))


def tables() -> Iterator[tuple[str, str, str, Iterable[Cells]]]:
    """Each sheet: its name, title, headers with | between, and rows."""
    yield "Đơn vị", "Danh sách đơn vị", "Mã đơn vị|Tên đơn vị|Loại|Đơn vị cấp trên|Ngày thành lập", units()
    header = "Mã CBCCVC|Họ và tên|Ngày sinh|Giới tính|Loại|Ngày tuyển dụng"
    yield "Nhân sự", "Danh sách cán bộ, công chức, viên chức, người lao động", header, people()
    header = "Mã CBCCVC|Mã đơn vị|Chức vụ|Hình thức|Nơi đến (nếu biệt phái)|Từ ngày|Đến ngày"
    yield "Quá trình công tác", "Quá trình công tác tại Sở", header, posts()
    header = "Đối tượng|Năm|Xếp loại|Số văn bản|Ngày văn bản"
    yield "Xếp loại", "Kết quả đánh giá, xếp loại chất lượng hằng năm", header, ratings()
    header = "Đối tượng|Năm|Đăng ký thi đua|Tham gia phong trào, đoàn kết|Tích cực học tập"
    header += "|Đạo đức, lối sống|Nội bộ đoàn kết"
    yield "Đăng ký, nhận xét", "Đăng ký thi đua và nhận xét năm 2020", header, judgements()
    header = "Mã đơn vị|Tổ chức|Năm|Xếp loại"
    yield "Đảng, đoàn thể", "Xếp loại tổ chức đảng, đoàn thể", header, mass_organisations()
    header = "Mã CBCCVC|Hình thức kỷ luật|Số quyết định|Ngày quyết định|Lý do"
    yield "Kỷ luật", "Kỷ luật trong năm 2020", header, _lines(DISCIPLINE)
    header = "Mã CBCCVC|Loại nghỉ|Từ ngày|Đến ngày|Số quyết định"
    yield "Nghỉ", "Nghỉ thai sản, ốm, không lương và đi đào tạo", header, _lines(LEAVES)
    header = "Mã CBCCVC|Tên sáng kiến, đề tài|Loại|Phạm vi|Năm|Số quyết định công nhận|Ngày công nhận"
    yield "Sáng kiến, đề tài", "Sáng kiến, đề tài được công nhận", header, initiatives()
    header = "Đối tượng|Loại|Ngày thụ lý|Ngày kết luận|Kết luận"
    yield "Đơn thư, kiểm tra", "Đơn thư, kiểm tra, xem xét kỷ luật", header, _lines(PETITIONS)
    header = "Đối tượng|Năm|Danh hiệu|Số quyết định|Ngày quyết định"
    yield "Danh hiệu đã đạt", "Danh hiệu, hình thức khen thưởng đã đạt", header, awards()
    header = "Mã nhiệm vụ|Nội dung|Đơn vị chủ trì|Cơ quan giao|Ngày giao|Hạn|Năm|Chuyển từ năm"
    header += "|Ngày hoàn thành|Sản phẩm"
    yield "Nhiệm vụ được giao", "Nhiệm vụ UBND tỉnh giao năm 2020", header, tasks()
    header = "Loại vụ việc|Năm|Số vụ (0 = đã rà soát, không có)|Nguồn|Ngày"
    rows = [[kind, 2020, 0, source, _day("2020-12-21")] for kind, source in _lines(INCIDENTS)]
    yield "Vụ việc", "Kết quả rà soát vụ việc năm 2020", header, rows
    header = "Tên danh hiệu|Năm|Kết quả giữ vững|Số văn bản|Ngày"
    yield "Danh hiệu giữ vững", "Danh hiệu giữ vững", header, standing_titles()


def units() -> Iterator[Cells]:
    """Code, name, kind, parent (empty: the agency), set up."""
    for code, name, kind, since, *_ in _lines(UNITS):
        yield [code, name, kind, None, since]


def people() -> Iterator[Cells]:
    """Code, name, born, sex, category, recruited."""
    categories = {"C": "Công chức", "V": "Viên chức", "L": "Người lao động"}
    for code, name, sex, born, category, recruited, *_ in _lines(PEOPLE):
        yield [code, name, born, "Nam" if sex == "M" else "Nữ", categories[category], recruited]


def posts() -> Iterator[Cells]:
    """Person, unit, post, form, elsewhere, from, to (the last day)."""
    since_by_unit = {line[0]: line[3] for line in _lines(UNITS)}
    for code, _, _, _, category, recruited, unit, since, post, *_ in _lines(PEOPLE):
        earlier = TRANSFERRED.get(code, unit)
        start = max(recruited, since_by_unit[earlier])
        if start < since:
            first = "Viên chức" if category == "V" else "Chuyên viên"
            yield [code, earlier, first, "Chính thức", None, start, since - datetime.timedelta(days=1)]
        end = RETIRED.get(code)
        yield [code, unit, post, "Chính thức", None, since, _day(end) if end else None]
        if code in SECONDED:
            place, begin, end = SECONDED[code]
            yield [code, unit, post, "Biệt phái", place, _day(begin), _day(end)]


def ratings() -> Iterator[Cells]:
    """Subject, year, grade, document, dated: people 2015–2020, units 2019–2020."""
    for code, *_, post, grades, _, _ in _lines(PEOPLE):
        for year, grade in zip(range(2015, 2021), grades, strict=True):
            by = "UBND" if post == "Giám đốc Sở" else "STC"
            document, day = (
                f"{470 + (year - 2015) * 23}/QĐ-{by}",
                _workday(datetime.date(year, 12, 18 + year % 5)),
            )
            if code in RETIRED and year == 2020:
                document, day = "497/QĐ-STC", datetime.date(2020, 10, 26)
            if grade == "?":
                yield [code, year, None, None, None]
            elif grade != "-":
                yield [code, year, GRADES[grade], document, day]
    for code, _, _, _, _, grades, _ in _lines(UNITS):
        for year, grade in zip((2019, 2020), grades, strict=True):
            document = f"{471 + (year - 2015) * 23}/QĐ-STC"
            yield [code, year, GRADES[grade], document, _workday(datetime.date(year, 12, 22))]


def judgements() -> Iterator[Cells]:
    """Subject, year, registered, takes part, studies, ethics, unity."""
    for code, *_ in _lines(PEOPLE):
        yield [code, 2020, "Có", "Có", "Có", "Có", None]
    for code, *_ in _lines(UNITS):
        yield [code, 2020, "Có", "Có", None, None, "Có"]


def mass_organisations() -> Iterator[Cells]:
    """Unit (or the agency), organisation, year, grade."""
    kinds = ("Tổ chức đảng", "Công đoàn", "Đoàn thanh niên", "Phụ nữ")
    for year, grades in ((2019, "TTT"), (2020, "TXT")):
        for kind, grade in zip(kinds, grades, strict=False):
            yield [AGENCY, kind, year, GRADES[grade]]
    for code, *_, grades in _lines(UNITS):
        for kind, grade in zip(kinds, grades, strict=True):
            yield [code, kind, 2020, GRADES[grade]]


def initiatives() -> Iterator[Cells]:
    """Person, name, kind, scope, year, decision, dated: one row an author."""
    kinds, scopes = {"S": "Sáng kiến", "D": "Đề tài"}, {"B": "Cơ sở", "P": "Tỉnh"}
    for number, (year, kind, scope, authors, name) in enumerate(_lines(INITIATIVES)):
        by, day = ("UBND", (11, 20)) if scope == "P" else ("STC", (12, 4))
        decision, dated = f"{390 + number * 3}/QĐ-{by}", _workday(datetime.date(int(year), *day))
        for author in authors.split(","):
            yield [author, name, kinds[kind], scopes[scope], int(year), decision, dated]


def awards() -> Iterator[Cells]:
    """Subject, year, title, decision, dated: people 2010–2019 by their careers, units 2015–2019."""
    for code, *_, recruited, _, _, _, grades, fighter, further in _lines(PEOPLE):
        extra = [item.split() for item in (further or "").split(",") if item]
        for year in range(2010, 2020):
            worked = (year - recruited.year) * 12 + 12 - recruited.month >= 10
            rated = year < 2015 or grades[year - 2015] in "XT"
            won = year in _years(fighter)
            if worked and rated and (won or year >= 2015 or (int(code[2:]) + year) % 11):
                yield _award(code, year, "LDTT")
            yield from [_award(code, year, "CSTDCS")] if won else []
            yield from (_award(code, year, title) for title, when in extra if int(when) + 2000 == year)
    for number, (code, *_) in enumerate(_lines(UNITS)):
        for year in range(2015, 2020):
            excellent = year in EXCELLENT_UNITS.get(code, ())
            if excellent or (number + year) % 9:
                yield _award(code, year, "TTLDTT")
            yield from [_award(code, year, "TTLDXS")] if excellent else []


def _award(subject: object, year: int, title: str) -> Cells:
    order = list(TITLES).index(title)
    by = DECIDERS.get(title, "STC")
    dated = _workday(datetime.date(year + 1, *((3, 10 + order) if by == "UBND" else (1, 12 + order))))
    return [subject, year, TITLES[title], f"{15 + (year - 2010) * 4 + order}/QĐ-{by}", dated]


def tasks() -> Iterator[Cells]:
    """Code, what, lead unit, given by, given, due, year, carried from, done, product."""
    for number, (unit, given, due, done, product, what) in enumerate(_lines(TASKS), start=1):
        carried = due.year if due.year < 2020 else None
        code = f"NV{carried or 2020}-{number:02d}"
        made = f"{product} số {100 + number * 7}/STC-{unit}"
        yield [code, what, unit, "UBND tỉnh", given, due, 2020, carried, done, made]


def standing_titles() -> Iterator[Cells]:
    """Title, year, kept, document, dated; the last is not yet known."""
    culture, security = "Đơn vị văn hóa", "An toàn về an ninh, trật tự"
    yield [culture, 2019, "Có", "1188/QĐ-LĐLĐ", datetime.date(2019, 12, 20)]
    yield [security, 2019, "Có", "2045/QĐ-UBND", datetime.date(2020, 1, 15)]
    yield [culture, 2020, "Có", "1236/QĐ-LĐLĐ", datetime.date(2020, 12, 23)]
    yield [security, 2020, None, None, None]


def _years(text: str | None) -> set[int]:
    """Years of "11-13,15": 2011, 2012, 2013 and 2015."""
    spans = [part.split("-") for part in (text or "").split(",") if part]
    return {year + 2000 for span in spans for year in range(int(span[0]), int(span[-1]) + 1)}


def _workday(day: datetime.date) -> datetime.date:
    return day + datetime.timedelta(days=(7 - day.weekday()) if day.weekday() > 4 else 0)


def _lines(text: str) -> Iterator[list[Any]]:
    """Fields of each line: ISO dates as dates, empty as None."""
    for line in text.strip().splitlines():
        parts = line.split("|")
        yield [_day(part) if re.fullmatch(r"\d{4}-\d\d-\d\d", part) else part or None for part in parts]


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def _cover(sheet: Worksheet) -> None:
    sheet.title = "Đọc trước"
    sheet.column_dimensions["A"].width = 110
    lines = (
        DEMO,
        "Mọi tên người, mã, số văn bản đều đặt ra để minh họa; trùng với thực tế là ngẫu nhiên.",
        "Sở Tài chính (ví dụ), năm 2020: 9 đơn vị, 62 người. Mã cơ quan: STC.",
        "Mỗi trang có một bảng. Ô để trống nghĩa là chưa có hoặc chưa biết, không phải là 0 hay là Không.",
        "“Đơn vị cấp trên” để trống: trực thuộc Sở. “Đến ngày” là ngày cuối cùng; để trống: đang giữ.",
        "Đối tượng là mã CBCCVC (TC…) hoặc mã đơn vị.",
    )
    for row, line in enumerate(lines, start=1):
        sheet.cell(row, 1, line).alignment = Alignment(wrap_text=True, vertical="top")
    sheet["A1"].font = Font(name=FONT, size=14, bold=True, color="C00000")


def _fill(sheet: Worksheet, title: str, headers: str, rows: list[Cells]) -> None:
    """Title in row 1, the demo notice in row 2, headers in row 4, data below."""
    names = headers.split("|")
    for row, text, font in ((1, f"{title.upper()} – DỮ LIỆU MINH HỌA", 14), (2, DEMO, 11)):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(names))
        sheet.cell(row, 1, text).font = Font(name=FONT, size=font, bold=row == 1, italic=row == 2)
        sheet.cell(row, 1).alignment = Alignment(horizontal="center")
    thin = Side(style="thin", color="808080")
    for number, row in enumerate([names, *rows], start=4):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column, value)
            cell.font = Font(name=FONT, size=12, bold=number == 4)
            cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
            cell.alignment = Alignment(wrap_text=True, vertical="center" if number == 4 else "top")
            if number == 4:
                cell.fill = PatternFill("solid", fgColor="DDEBF7")
            if isinstance(value, datetime.date):
                cell.number_format = "dd/mm/yyyy"
    for column, values in enumerate(zip(names, *rows, strict=True), start=1):
        longest = max(10 if isinstance(value, datetime.date) else len(str(value or "")) for value in values)
        sheet.column_dimensions[get_column_letter(column)].width = min(max(longest + 3, 9), 60)
    sheet.freeze_panes = "A5"
    sheet.print_title_rows = "4:4"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _undated(data: bytes) -> bytes:
    """The package without the time of writing."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"2020-12-31T00:00:00Z", content)
            undated = zipfile.ZipInfo(info.filename, (2020, 12, 31, 0, 0, 0))
            new.writestr(undated, content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


if __name__ == "__main__":
    write()
    print(f"Đã ghi {OUT.name}.")
