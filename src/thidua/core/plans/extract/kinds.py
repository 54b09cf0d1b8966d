"""What a file is: told by its first bytes, never by its name; a wrong name hinders nothing.

Kinds that are not read are refused here, with what to do instead.
"""

from __future__ import annotations

from typing import Literal

from thidua.core.plans.errors import BinaryContent, DamagedFile, EmptyPlan, OversizedPlan, ProtectedFile
from thidua.core.plans.errors import UnsupportedFormat as Unsupported

Kind = Literal["text", "word", "pdf", "png", "jpeg", "tiff"]

SUFFIXES = (".txt", ".md", ".docx", ".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff")
MEDIA_TYPES: dict[Kind, str] = {
    "text": "text/plain",
    "word": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "tiff": "image/tiff",
}
MIB = 2**20
MAX_TEXT = 2 * MIB
MAX_FILE = 20 * MIB

_READ: tuple[tuple[bytes, Kind], ...] = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
)
_AS_WORD = "hãy mở bằng Word hoặc LibreOffice, lưu thành .docx rồi nộp lại."
_AS_PICTURE = "hãy lưu ảnh thành .jpg hoặc .png rồi nộp lại."
_OTHER: tuple[tuple[bytes, str, str], ...] = (
    (b"{\\rtf", "tệp RTF", _AS_WORD),
    (b"GIF8", "ảnh GIF", _AS_PICTURE),
    (b"BM", "ảnh BMP", _AS_PICTURE),
    (b"RIFF", "ảnh WebP hoặc tệp âm thanh, phim", _AS_PICTURE),
    (b"\x00\x00\x00\x18ftyp", "ảnh HEIC hoặc phim", _AS_PICTURE),
    (b"\x00\x00\x00\x1cftyp", "ảnh HEIC hoặc phim", _AS_PICTURE),
    (b"\x00\x00\x00 ftyp", "ảnh HEIC hoặc phim", _AS_PICTURE),
    (b"II+\x00", "ảnh BigTIFF", _AS_PICTURE),
    (b"MM\x00+", "ảnh BigTIFF", _AS_PICTURE),
    (b"\x1f\x8b", "tệp nén GZIP", "hãy giải nén rồi nộp bản kế hoạch bên trong."),
    (b"Rar!", "tệp nén RAR", "hãy giải nén rồi nộp bản kế hoạch bên trong."),
    (b"7z\xbc\xaf", "tệp nén 7-Zip", "hãy giải nén rồi nộp bản kế hoạch bên trong."),
    (b"\x7fELF", "chương trình", "hãy chọn đúng tệp kế hoạch."),
    (b"MZ", "chương trình", "hãy chọn đúng tệp kế hoạch."),
)
_MARKED = (b"<!doctype", b"<html", b"<?xml")
# Words inside a container of Microsoft's old kind; its list of streams is written in UTF-16.
_STREAMS = (
    ("EncryptedPackage", "locked"),
    ("WordDocument", "tệp Word 97–2003 (.doc)"),
    ("Workbook", "bảng tính Excel 97–2003 (.xls)"),
    ("PowerPoint Document", "bản trình chiếu PowerPoint 97–2003 (.ppt)"),
)


def kind_of(data: bytes) -> Kind:
    """Return what the bytes are. Raises EmptyPlan, OversizedPlan, UnsupportedFormat, ProtectedFile, BinaryContent.

    Messages begin after the file's name.
    """
    kind = _kind(data)
    limit = MAX_TEXT if kind == "text" else MAX_FILE
    if len(data) > limit:
        name = "một văn bản thuần" if kind == "text" else "một bản kế hoạch"
        remedy = (
            "hãy tách riêng phần kế hoạch" if kind == "text" else "hãy tách riêng phần kế hoạch, hoặc quét nhẹ hơn,"
        )
        raise OversizedPlan(
            f"tệp nặng {_megabytes(len(data))} MB, quá giới hạn {limit // MIB} MB của {name}; {remedy} rồi nộp lại."
        )
    return kind


def _megabytes(size: int) -> str:
    return f"{size / MIB:.1f}".replace(".", ",")


def _kind(data: bytes) -> Kind:
    if not data.strip(b"\x00\t\n\r\f \xef\xbb\xbf\xff\xfe"):
        raise EmptyPlan("tệp không có chữ nào; hãy kiểm tra lại tệp đã chọn.")
    for signature, kind in _READ:
        if data.startswith(signature):
            return kind
    if b"%PDF-" in data[:1024]:  # the standard lets other bytes stand before it
        return "pdf"
    if data.startswith(b"PK"):
        return _zipped(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise _container(data)
    for signature, name, remedy in _OTHER:
        # Two letters may also open a text: a picture or a program has bytes that no text has.
        if data.startswith(signature) and (len(signature) > 2 or b"\x00" in data[:64]):
            raise Unsupported(f"đây là {name}, chưa đọc được; {remedy}")
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:9].lower().startswith(_MARKED):
        raise Unsupported(f"đây là trang web hoặc tệp XML, chưa đọc được; {_AS_WORD}")
    return "text"


def _zipped(data: bytes) -> Kind:
    """Tell a Word file from the other kinds that are archives; names stand uncompressed in the archive."""
    if b"word/" in data and b"[Content_Types].xml" in data:
        return "word"
    if data[:200].find(b"mimetypeapplication/vnd.oasis.opendocument.text") > 0:
        raise Unsupported(f"đây là tệp OpenDocument (.odt), chưa đọc được; {_AS_WORD}")
    if b"xl/workbook" in data or b"ppt/presentation" in data:
        raise Unsupported(
            "đây là bảng tính hoặc bản trình chiếu, không phải văn bản; hãy nộp bản kế hoạch bằng .docx hoặc .pdf."
        )
    if not data.startswith(b"PK\x03\x04") or b"PK\x05\x06" not in data[-70_000:]:
        raise DamagedFile("tệp bị hỏng hoặc tải về chưa hết; hãy tải lại hoặc lưu lại thành .docx rồi nộp lại.")
    raise Unsupported("đây là tệp nén ZIP, chưa đọc được; hãy giải nén rồi nộp bản kế hoạch bên trong.")


def _container(data: bytes) -> ProtectedFile | Unsupported:
    for stream, name in _STREAMS:
        if stream.encode("utf-16-le") in data:
            if name == "locked":
                return ProtectedFile("tệp Word khóa bằng mật khẩu; hãy mở bằng Word, bỏ mật khẩu, lưu rồi nộp lại.")
            return Unsupported(f"đây là {name}, chưa đọc được; {_AS_WORD}")
    return Unsupported(f"đây là tệp Office đời cũ, chưa đọc được; {_AS_WORD}")


def not_a_text() -> BinaryContent:
    """The refusal of bytes that open like a text and are none."""
    return BinaryContent(
        "tệp chứa ký tự điều khiển, không phải văn bản; hãy nộp bản kế hoạch bằng .docx, .pdf, ảnh chụp "
        "hoặc .txt (mã UTF-8)."
    )
