"""Papers against a bare Typst template that sets the same certificates: ratios in one run, medians of several.

Usage: python benchmarks/papers.py [CERTIFICATES]   (default 1,000)
"""

import datetime
import importlib.util
import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import typst

from thidua.core.papers.docx import paper_docx
from thidua.core.papers.form import (
    Annex,
    Article,
    Certificate,
    Certificates,
    Column,
    Head,
    Letter,
    Signer,
    Table,
)
from thidua.core.papers.pdf import paper_pdf

RUNS = 5
ROWS = 500
DAY = datetime.date(2021, 1, 20)
NAMES = ("Nguyễn Văn An", "Trần Thị Bích Ngọc", "Nguyễn Phước Hoàng Bảo Trân Công Tằng Tôn Nữ Thị Diễm Khuê Thục Đoan")
# What a person would write who needs the certificates once: nothing is measured, nothing can be moved.
BARE = """
#let data = json(bytes(sys.inputs.data))
#set document(title: "Giấy khen")
#set page(width: 297mm, height: 210mm, margin: 20mm)
#set text(font: "TeX Gyre Termes", lang: "vi", size: 15pt)
#for (i, c) in data.enumerate() {
  if i > 0 { pagebreak() }
  set align(center)
  [*CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM* \\ *Độc lập - Tự do - Hạnh phúc*]
  v(8mm)
  [*GIÁM ĐỐC SỞ TÀI CHÍNH* \\ *TẶNG*]
  v(4mm)
  text(34pt, fill: rgb("#b3122b"), weight: "bold", upper(c.award))
  v(6mm)
  text(24pt, weight: "bold", c.recipient)
  v(4mm)
  c.unit
  v(4mm)
  text(style: "italic", c.achievement)
  v(10mm)
  grid(columns: (1fr, 1fr), [Quyết định số 15/QĐ-STC ngày 20 tháng 01 năm 2021 \\ Vào sổ số: #c.book],
    [_Tỉnh lỵ, ngày 20 tháng 01 năm 2021_ \\ *GIÁM ĐỐC* #v(24mm) *Trần Văn Minh*])
}
"""


def seconds(act: Callable[[], object]) -> float:
    """How long one run takes."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def median(act: Callable[[], object]) -> float:
    """Seconds, the median of several runs."""
    return statistics.median(seconds(act) for _ in range(RUNS))


def batch(count: int, year: int) -> Certificates:
    """Certificates that no earlier run has set: another year each time, so that nothing comes out of a cache."""
    return Certificates(
        authority="Giám đốc Sở Tài chính",
        decision="15/QĐ-STC",
        decided_on=DAY,
        place="Tỉnh lỵ",
        signer=Signer("Giám đốc", "Trần Văn Minh"),
        certificates=[
            Certificate(
                recipient=f"Ông {NAMES[number % 3]} {number}",
                award="Danh hiệu Lao động tiên tiến",
                unit="Phòng Quản lý ngân sách, Sở Tài chính",
                achievement=f"Đã hoàn thành tốt nhiệm vụ công tác năm {year}, được tập thể ghi nhận",
                book_number=f"{number}/{year}",
            )
            for number in range(1, count + 1)
        ],
    )


def bare_certificates(compiler: typst.Compiler, batch: Certificates) -> bytes:
    """The same certificates by the bare template."""
    data = [
        {
            "award": c.award,
            "recipient": c.recipient,
            "unit": c.unit,
            "achievement": c.achievement,
            "book": c.book_number,
        }
        for c in batch.certificates
    ]
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    made = compiler.compile(input=BARE.encode(), format="pdf", pdf_standards=["a-2b"], sys_inputs=inputs, timestamp=0)
    assert isinstance(made, bytes)
    return made


def decision(rows: int, year: int) -> Letter:
    """A decision with a list of its holders in an annex."""
    columns = (Column("STT", 1, "center"), Column("Họ và tên", 8), Column("Chức vụ, đơn vị", 9), Column("Danh hiệu", 6))
    listed = [
        (str(n), NAMES[n % 3], f"Chuyên viên, Phòng số {n % 40} ({year})", "Lao động tiên tiến")
        for n in range(1, rows + 1)
    ]
    return Letter(
        head=Head("Ủy ban nhân dân tỉnh", "Sở Tài chính", "QĐ-STC", "Quyết định", f"Công nhận danh hiệu {year}"),
        opening=(),
        sections=(),
        signer=Signer("Giám đốc", "Trần Văn Minh"),
        receivers=("Như Điều 2", "Lưu: VT, VP"),
        resolves="Quyết định:",
        articles=(Article(1, (f"Công nhận danh hiệu cho {rows} cá nhân.",)),),
        annexes=(Annex("Danh sách", tables=(Table(columns, listed),)),),
    )


def main() -> None:
    """Print the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    found = importlib.util.find_spec("rinoh_typeface_texgyretermes")
    assert found is not None
    assert found.origin is not None
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(Path(found.origin).parent)])
    compiler = typst.Compiler(font_paths=fonts)
    years = iter(range(2000, 2100))
    paper_pdf(batch(1, next(years)))
    # By turns, so that a busy minute of the machine falls on both.
    pairs = [
        (
            seconds(lambda: bare_certificates(compiler, batch(count, next(years)))),
            seconds(lambda: paper_pdf(batch(count, next(years)))),
        )
        for _ in range(RUNS)
    ]
    bare, ours = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = statistics.median(pair[1] / pair[0] for pair in pairs)
    as_pdf = median(lambda: paper_pdf(decision(ROWS, next(years))))
    as_word = median(lambda: paper_docx(decision(ROWS, next(years))))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{count:,} certificates in one PDF/A-2b, medians of {RUNS}; bare Typst template = 1.00 ({bare:.2f} s)")
    print(f"  certificates, measured and placed        {ratio:6.2f}  ({ours:.2f} s)")
    print(f"A decision with {ROWS} rows in its annex, medians of {RUNS}")
    print(f"  as PDF/A-2b                              {as_pdf:6.2f} s")
    print(f"  as Word                                  {as_word:6.2f} s")
    print(f"  peak memory {peak:,} MiB")


if __name__ == "__main__":
    main()
