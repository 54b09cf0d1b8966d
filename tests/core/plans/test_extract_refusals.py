"""Files that are not read: each refused before it costs anything, by a sentence that says what to do."""

from __future__ import annotations

import io
import struct
import zipfile

import docx
import pypdfium2
import pytest
from core.plans.files import PLAIN_PAGE, pdf_file, png, repacked, typeset, word_file

from thidua.core.plans import PlanError, errors
from thidua.core.plans.extract import extract

DOCX = "hãy mở bằng Word hoặc LibreOffice, lưu thành .docx rồi nộp lại."
BROKEN_WORD = "tệp Word bị hỏng hoặc tải về chưa hết; hãy mở bằng Word, lưu lại thành .docx rồi nộp lại."
BROKEN_PDF = "tệp PDF bị hỏng hoặc tải về chưa hết; hãy tải lại hoặc xuất lại PDF rồi nộp lại."
BROKEN_PICTURE = "tệp ảnh bị hỏng hoặc tải về chưa hết; hãy chụp hoặc quét lại rồi nộp lại."
LOCKED_WORD = "tệp Word khóa bằng mật khẩu; hãy mở bằng Word, bỏ mật khẩu, lưu rồi nộp lại."
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def zipped(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "application/vnd.oasis.opendocument.text" if name == "mimetype" else "x")
    return stream.getvalue()


def header(width: int, height: int) -> bytes:
    return png(1, 1, b"\0")[:16] + struct.pack(">II", width, height) + png(1, 1, b"\0")[24:]


def many_pages(count: int) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _ in range(count):
        document.new_page(595, 842)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def large_page() -> bytes:
    document = pypdfium2.PdfDocument.new()
    document.new_page(14_000, 14_000)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


BOMB = b"<!DOCTYPE a [<!ENTITY b 'cccccccccc'>]><a>&b;</a>"
REFUSED = {
    "rtf": (b"{\\rtf1 K\\u7870}", "UnsupportedFormat", f"đây là tệp RTF, chưa đọc được; {DOCX}"),
    "doc": (
        OLE + "WordDocument".encode("utf-16-le"),
        "UnsupportedFormat",
        f"đây là tệp Word 97–2003 (.doc), chưa đọc được; {DOCX}",
    ),
    "locked": (OLE + "EncryptedPackage".encode("utf-16-le"), "ProtectedFile", LOCKED_WORD),
    "odt": (zipped("mimetype"), "UnsupportedFormat", f"đây là tệp OpenDocument (.odt), chưa đọc được; {DOCX}"),
    "zip": (
        zipped("a.txt"),
        "UnsupportedFormat",
        "đây là tệp nén ZIP, chưa đọc được; hãy giải nén rồi nộp bản kế hoạch bên trong.",
    ),
    "xlsx": (
        zipped("xl/workbook.xml"),
        "UnsupportedFormat",
        "đây là bảng tính hoặc bản trình chiếu, không phải văn bản; hãy nộp bản kế hoạch bằng .docx hoặc .pdf.",
    ),
    "html": (b"<!DOCTYPE html><p>a", "UnsupportedFormat", f"đây là trang web hoặc tệp XML, chưa đọc được; {DOCX}"),
    "gif": (
        b"GIF89a",
        "UnsupportedFormat",
        "đây là ảnh GIF, chưa đọc được; hãy lưu ảnh thành .jpg hoặc .png rồi nộp lại.",
    ),
    "half a pdf": (b"%PDF-1.7\n1 0 obj", "DamagedFile", BROKEN_PDF),
    "pages": (
        many_pages(301),
        "OversizedPlan",
        "tệp PDF có 301 trang, quá giới hạn 300 trang; hãy tách riêng phần kế hoạch rồi nộp lại.",
    ),
    "a page for giants": (
        large_page(),
        "OversizedPlan",
        "trang 1 khổ 4939 × 4939 mm, lớn hơn khổ A0; hãy xuất lại PDF khổ A4 rồi nộp lại.",
    ),
    "dots": (
        header(30_000, 30_000),
        "OversizedPlan",
        "ảnh ở trang 1 có 30000 × 30000 điểm, quá giới hạn 40 triệu điểm; hãy quét lại ở 150 đến 300 dpi rồi nộp lại.",
    ),
    "half a picture": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "DamagedFile", BROKEN_PICTURE),
    "half a tiff": (b"II*\x00\x08\x00\x00\x00", "DamagedFile", BROKEN_PICTURE),
    "half a word file": (word_file()[:6000], "DamagedFile", BROKEN_WORD),
    "entities": (
        repacked(word_file(), document=BOMB),
        "DamagedFile",
        "tệp Word chứa khai báo XML mà Word không bao giờ ghi; hãy mở bằng Word, lưu lại thành .docx rồi nộp lại.",
    ),
    "a word file that unfolds": (
        repacked(word_file(), document=b"<a>" + b" " * (25 * 2**20) + b"</a>"),
        "OversizedPlan",
        "tệp Word bung ra quá 24 MB chữ; hãy tách riêng phần kế hoạch, lưu thành .docx mới rồi nộp lại.",
    ),
    "bytes": (
        b"PK\x03\x04" + bytes(21 * 2**20) + b"word/ [Content_Types].xml",
        "OversizedPlan",
        "tệp nặng 21,0 MB, quá giới hạn 20 MB của một bản kế hoạch; hãy tách riêng phần kế hoạch, hoặc "
        "quét nhẹ hơn, rồi "
        "nộp lại.",
    ),
    "controls": (
        bytes(range(32)) * 40 + b"abc",
        "BinaryContent",
        "tệp chứa ký tự điều khiển, không phải văn bản; hãy nộp bản kế hoạch bằng .docx, .pdf, ảnh chụp "
        "hoặc .txt (mã UTF-8).",
    ),
    "no encoding": (
        b"\xff\xfd\xd0\xd1 \xe9\xe8\xea\xeb \xfb\xfc " * 20,
        "UnknownEncoding",
        "byte thứ 1 không thuộc mã nào đọc được (UTF-8, UTF-16, Windows-1258, TCVN3, VNI); hãy mở bằng "
        "trình soạn thảo, "
        "chọn Lưu thành với mã UTF-8 rồi nộp lại.",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_by_a_sentence_of_its_own(name: str) -> None:
    data, error, said = REFUSED[name]
    with pytest.raises(PlanError) as caught:
        extract(data, filename="a.bin")
    assert (type(caught.value), str(caught.value)) == (getattr(errors, error), f"a.bin: {said}")


def test_a_locked_pdf_is_refused() -> None:
    with pytest.raises(errors.ProtectedFile) as caught:
        extract(locked_pdf(), filename="a.pdf")
    assert str(caught.value) == (
        "a.pdf: tệp PDF khóa bằng mật khẩu; hãy mở tệp, in lại hoặc lưu lại thành PDF không mật khẩu rồi nộp lại."
    )


def locked_pdf() -> bytes:
    """A PDF that says it is encrypted; the key is nobody's."""
    words = b"<</Filter/Standard/V 1/R 2/Length 40/P -4/O(" + b"o" * 32 + b")/U(" + b"u" * 32 + b")>>"
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"]
    objects += [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>", words]
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(data)
    data += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + b"trailer<</Size 5/Root 1 0 R/Encrypt 4 0 R/ID[(a)(a)]>>\nstartxref\n%d\n%%%%EOF" % table


def test_a_picture_of_many_dots_inside_a_pdf_is_refused() -> None:
    data = typeset('#image("0.png", width: 10cm)', [png(8000, 5100, bytes(8000 * 5100))])
    with pytest.raises(errors.OversizedPlan, match="ảnh ở trang 1 có 8000 × 5100 điểm, quá giới hạn 40 triệu điểm"):
        extract(data, filename="a.pdf")


def test_without_tesseract_letters_are_read_and_pictures_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    assert "CHỈ TIÊU" in extract(pdf_file(PLAIN_PAGE), filename="a.pdf").text
    with pytest.raises(errors.NoRecogniser) as caught:
        extract(png(40, 40, bytes(1600)), filename="a.png")
    assert str(caught.value) == (
        "a.png: đây là bản quét hoặc ảnh chụp, mà máy này chưa cài bộ nhận dạng chữ tiếng Việt; nhờ quản "
        "trị chạy “apt-get "
        "install tesseract-ocr tesseract-ocr-vie” rồi nộp lại, hoặc nộp bản .docx hay PDF có chữ."
    )


@pytest.mark.parametrize("made", [pdf_file, word_file])
@pytest.mark.parametrize("filename", ["a.txt", "a.doc", "khong-duoi"])
def test_a_wrong_name_hinders_nothing(made: object, filename: str) -> None:
    assert "CHỈ TIÊU" in extract(made(PLAIN_PAGE), filename=filename).text  # type: ignore[operator]


def test_an_empty_word_file_has_no_words() -> None:
    stream = io.BytesIO()
    docx.Document().save(stream)
    with pytest.raises(errors.EmptyPlan) as caught:
        extract(stream.getvalue(), filename="a.docx")
    assert str(caught.value) == "a.docx: tệp không có chữ nào; hãy kiểm tra lại tệp đã chọn."
