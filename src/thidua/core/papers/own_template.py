"""An agency's own Word templates: which places they have, and filled with values.

A place is ``{{ ho_ten }}``; a table row repeats between ``{%tr for nguoi in danh_sach %}`` and ``{%tr endfor %}``,
a part is left out with ``{% if … %}``. Nothing else is a template: no calls, no sums, no imports; a file that asks for
more, holds macros, or fetches anything from outside is refused before any of it is run.
"""

import datetime
import functools
import io
import re
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from types import SimpleNamespace
from xml.etree.ElementTree import Element

import defusedxml.ElementTree
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, Undefined, UndefinedError, meta, nodes
from jinja2.sandbox import SandboxedEnvironment

from thidua.core.papers.errors import BadTemplate, BadValues
from thidua.core.papers.word import timeless, writable

MAX_FILE = 10 * 2**20
MAX_UNPACKED = 60 * 2**20
MAX_PART = 20 * 2**20
MAX_PARTS = 1000
MAX_LOOPS = 2
PARTS_KEPT = 64  # parts that were found harmless
FILTERS = frozenset({"upper", "lower", "trim", "length"})
DOCUMENT = "word/document.xml"
DOCUMENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
PROPERTIES = ("author", "comments", "identifier", "language", "subject", "title")
# Word fetches or runs what these fields name when the paper is opened.
FETCHING_FIELDS = ("DDE", "DDEAUTO", "INCLUDETEXT", "INCLUDEPICTURE", "IMPORT", "INCLUDE", "DATABASE", "LINK")
_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.For,
    nodes.If,
    nodes.Const,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Filter,
)
_SAVE_AGAIN = "Mở tệp bằng Word, lưu lại dạng .docx rồi tải lên."


def placeholders(template: bytes, *, known: Collection[str] | None = None) -> tuple[str, ...]:
    """The names that a template wants, in alphabetical order. Raises BadTemplate.

    With ``known``, a name outside it is an error that says which names there are.
    """
    names = _names(_opened(template))
    strange = sorted(names - set(known)) if known is not None else []
    if known is not None and strange:
        raise BadTemplate(
            f"Mẫu có chỗ điền chưa biết: {', '.join(strange)}. Sửa lại tên trong mẫu; "
            f"các tên dùng được: {', '.join(sorted(known))}."
        )
    return tuple(sorted(names))


def fill(template: bytes, values: Mapping[str, object]) -> bytes:
    """The template filled in; values are texts, whole numbers, dates, yes/no, lists and mappings of these.

    Equal templates and values give equal bytes. Raises BadTemplate for a file that may not be used, BadValues when a
    value is missing or of another kind.
    """
    document = _opened(template)
    missing = tuple(sorted(name for name in _names(document) if values.get(name) is None))
    if missing:
        raise BadValues(f"Thiếu dữ liệu cho các chỗ điền: {', '.join(missing)}. Bổ sung rồi lập lại.", names=missing)
    context = {name: _plain(value, name) for name, value in values.items()}
    stream = io.BytesIO()
    try:
        document.render(context, _Environment())
        document.save(stream)
    except UndefinedError as error:
        raise BadValues(f"Mẫu dùng một mục mà dữ liệu không có: {error}. Sửa tên trong mẫu.") from error
    except (BadTemplate, BadValues):
        raise
    except Exception as error:  # whatever the libraries say about a broken file
        raise BadTemplate(f"Mẫu không dựng được ({type(error).__name__}). {_SAVE_AGAIN}") from error
    return timeless(stream.getvalue())


def _names(document: DocxTemplate) -> set[str]:
    """The names in all places; every text is checked on the way."""
    environment = _Environment()
    names: set[str] = set()
    for text in _texts(document):
        names |= meta.find_undeclared_variables(_parsed(environment, text))
    return names


class _Environment(SandboxedEnvironment):
    """Jinja without anything to call: every text is checked when it is parsed, before it is compiled."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined, finalize=_shown)
        self.globals.clear()

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        _check(tree, loops=0)
        return tree


def _check(node: nodes.Node, *, loops: int) -> None:
    """Refuse what a template has no need of. Raises BadTemplate."""
    if not isinstance(node, _ALLOWED):
        raise BadTemplate(
            f"Mẫu dùng cú pháp không được phép ({type(node).__name__}). "
            "Chỉ dùng {{ tên }}, {% for … %}, {% if … %}."
        )
    if isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
        raise BadTemplate(f"Mẫu dùng tên không được phép “{node.attr}”. Sửa tên trong mẫu.")
    if isinstance(node, nodes.Filter) and (node.name not in FILTERS or node.args or node.kwargs):
        raise BadTemplate(f"Mẫu dùng bộ lọc không được phép “{node.name}”. Dùng: {', '.join(sorted(FILTERS))}.")
    loops += isinstance(node, nodes.For)
    if loops > MAX_LOOPS:
        raise BadTemplate(f"Mẫu lồng quá {MAX_LOOPS} vòng lặp. Tách thành các bảng riêng.")
    for child in node.iter_child_nodes():
        _check(child, loops=loops)


def _shown(value: object) -> object:
    """A value as it is printed; a list or an object that stands alone in a place is a mistake."""
    if isinstance(value, Undefined):
        raise BadValues(f"Dữ liệu không có mục “{value._undefined_name}”. Sửa tên trong mẫu hoặc bổ sung dữ liệu.")
    if isinstance(value, (str, int)):
        return value
    raise BadValues("Mẫu in ra một mục không phải chữ hay số. Sửa tên trong mẫu, ví dụ {{ nguoi.ho_ten }}.")


def _parsed(environment: _Environment, text: str) -> nodes.Template:
    try:
        return environment.parse(text)
    except TemplateSyntaxError as error:
        raise BadTemplate(
            "Mẫu sai cú pháp chỗ điền: có dấu {{ hoặc {% không đóng, hoặc thiếu {% endfor %}, {% endif %}. "
            "Soát lại các dấu trong mẫu."
        ) from error
    except (TemplateError, RecursionError) as error:
        raise BadTemplate(f"Mẫu không đọc được ({type(error).__name__}). {_SAVE_AGAIN}") from error


def _texts(document: DocxTemplate) -> list[str]:
    """Everything that will be filled: body, headers, footers, footnotes, properties."""
    try:
        word = document.get_docx()
        marked = [document.get_xml()]
        for kind in (document.HEADER_URI, document.FOOTER_URI):
            marked += [document.get_part_xml(part) for _, part in document.get_headers_footers(kind)]
        parts = word.part.package.iter_parts()
        marked += [part.blob.decode("utf-8") for part in parts if part.content_type == FOOTNOTES_TYPE]
        for text in marked:
            _check_marks(text)
        properties = [getattr(word.core_properties, name) or "" for name in PROPERTIES]
        return [document.patch_xml(text) for text in marked] + properties
    except BadTemplate:
        raise
    except Exception as error:  # whatever the libraries say about a broken file
        raise BadTemplate(f"Mẫu không đọc được ({type(error).__name__}). {_SAVE_AGAIN}") from error


def _check_marks(xml: str) -> None:
    """Places for ready-made Word parts would lose a plain value without a word."""
    found = re.search(r"\{\{\s*(?:r|p|tr|tc)\s[^}]*", re.sub("<[^>]+>", "", xml))
    if found:
        raise BadTemplate(f"Chỗ điền “{found[0].strip()} }}}}” không được hỗ trợ. Chỉ ghi {{{{ tên }}}}.")


def _plain(value: object, name: str) -> object:
    """Texts ready to print; mappings as things with attributes only, so that no method can be named."""
    if isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return writable(value)
    if isinstance(value, datetime.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, Mapping):
        return SimpleNamespace(**{str(key): _plain(item, f"{name}.{key}") for key, item in value.items()})
    if isinstance(value, (list, tuple)):
        return [_plain(item, f"{name}[{place}]") for place, item in enumerate(value, start=1)]
    kind = "trống" if value is None else type(value).__name__
    raise BadValues(
        f"Giá trị của “{name}” không in được (kiểu {kind}). Đưa vào chữ, số nguyên hoặc ngày.", names=(name,)
    )


def _opened(template: bytes) -> DocxTemplate:
    """The file after it was looked through from outside: size, parts, macros, links. Raises BadTemplate."""
    if len(template) > MAX_FILE:
        raise BadTemplate(f"Tệp mẫu lớn hơn {MAX_FILE // 2**20} MiB. Bỏ bớt hình rồi tải lại.")
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as packed:
            _check_parts(packed)
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError, RuntimeError, zlib.error) as error:
        raise BadTemplate(f"Tệp không phải là .docx hoặc đã hỏng. {_SAVE_AGAIN}") from error
    return DocxTemplate(io.BytesIO(template))


def _check_parts(packed: zipfile.ZipFile) -> None:
    items = packed.infolist()
    names = [item.filename for item in items]
    if DOCUMENT not in names or "[Content_Types].xml" not in names:
        raise BadTemplate(f"Tệp không phải là .docx (không có phần văn bản). {_SAVE_AGAIN}")
    if len(items) > MAX_PARTS or len(set(names)) != len(names):
        raise BadTemplate(f"Tệp .docx có quá nhiều phần hoặc phần trùng tên. {_SAVE_AGAIN}")
    too_large = any(item.file_size > MAX_PART for item in items)
    if too_large or sum(item.file_size for item in items) > MAX_UNPACKED:
        raise BadTemplate(f"Tệp giải nén ra quá lớn (trên {MAX_UNPACKED // 2**20} MiB). Bỏ bớt hình rồi tải lại.")
    for item in items:
        _check_part(item.filename.lower(), packed, item)


def _check_part(name: str, packed: zipfile.ZipFile, item: zipfile.ZipInfo) -> None:
    if "vbaproject" in name or "activex" in name or "embeddings/" in name or name.endswith((".bin", ".exe")):
        raise BadTemplate(f"Mẫu có macro hoặc tệp nhúng ({item.filename}). Lưu lại dạng .docx không có macro.")
    if not name.endswith((".xml", ".rels")):
        return
    try:
        _check_xml(packed.read(item))
    except (defusedxml.DefusedXmlException, defusedxml.ElementTree.ParseError, LookupError, UnicodeError) as error:
        raise BadTemplate(f"Phần “{item.filename}” của tệp không đọc được. {_SAVE_AGAIN}") from error


@functools.lru_cache(maxsize=PARTS_KEPT)
def _check_xml(data: bytes) -> None:
    """Refuse what fetches or runs; styles and themes are the same in every paper of a template and are read once."""
    root = defusedxml.ElementTree.fromstring(data, forbid_dtd=True)
    for element in root.iter():
        target = str(element.get("Target", ""))
        if element.get("TargetMode", "") == "External" and not str(element.get("Type", "")).endswith("/hyperlink"):
            raise BadTemplate(f"Mẫu lấy nội dung từ bên ngoài ({target[:80]}). Gỡ liên kết hoặc nhúng hình vào tệp.")
        if "macroEnabled" in str(element.get("ContentType", "")):
            raise BadTemplate("Mẫu là tệp có macro (.docm). Lưu lại dạng .docx không có macro.")
        words = str(element.get(f"{element.tag.rpartition('}')[0]}}}instr", "")).split()
        _check_field(words)
    for words in _fields(root):
        _check_field(words)


def _fields(root: Element) -> Iterator[list[str]]:
    """The words of each field's instruction; Word reads a word that is spread over several runs as one."""
    said = ""
    for element in root.iter():
        if element.tag.endswith("}fldChar") and said:
            yield said.split()
            said = ""
        elif element.tag.endswith("}instrText"):
            said += element.text or ""
    yield said.split()


def _check_field(words: Sequence[str]) -> None:
    if words and words[0].upper() in FETCHING_FIELDS:
        raise BadTemplate(f"Mẫu có trường lấy dữ liệu từ ngoài ({words[0]}). Xóa trường đó trong Word.")
