"""An agency's own templates: places found and filled; nothing run, nothing fetched, every refusal in one sentence."""

import contextlib
import datetime
import io
import zipfile
from collections.abc import Callable

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE

from thidua.core.papers.errors import BadTemplate, BadValues, PaperError
from thidua.core.papers.own_template import fill, placeholders

VALUES = {
    "so": 15,
    "ten": "Người <b> & “Nhận”",
    "ngay": datetime.date(2021, 1, 2),
    "co_tien": False,
    "danh_sach": [{"ho_ten": "Ứng"}, {"ho_ten": "An"}],
}


def template(*paragraphs: str, header: str = "") -> bytes:
    word = Document()
    for text in paragraphs:
        word.add_paragraph(text)
    if header:
        word.sections[0].header.paragraphs[0].text = header
    return saved(word)


def saved(word: object) -> bytes:
    stream = io.BytesIO()
    word.save(stream)  # type: ignore[attr-defined]  # a Word document
    return stream.getvalue()


def listing() -> bytes:
    word = Document()
    word.add_paragraph("Tặng {{ ten }} ngày {{ ngay }}{% if co_tien %} kèm tiền{% endif %}")
    table = word.add_table(3, 2)
    table.cell(0, 0).text = "{%tr for nguoi in danh_sach %}"
    table.cell(1, 0).text, table.cell(1, 1).text = "{{ loop.index }}", "{{ nguoi.ho_ten|upper }}"
    table.cell(2, 0).text = "{%tr endfor %}"
    word.sections[0].header.paragraphs[0].text = "Số {{ so }}"
    return saved(word)


def repacked(data: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    change(parts)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return stream.getvalue()


def test_places_of_body_table_and_header_are_found() -> None:
    assert placeholders(listing()) == ("co_tien", "danh_sach", "ngay", "so", "ten")
    assert placeholders(template("Không có chỗ điền")) == ()


def test_a_template_is_filled_with_texts_dates_rows_and_conditions() -> None:
    filled = fill(listing(), VALUES)
    assert filled == fill(listing(), VALUES)
    word = Document(io.BytesIO(filled))
    assert word.paragraphs[0].text == "Tặng Người <b> & “Nhận” ngày 02/01/2021"
    assert [[cell.text for cell in row.cells] for row in word.tables[0].rows] == [["1", "ỨNG"], ["2", "AN"]]
    assert word.sections[0].header.paragraphs[0].text == "Số 15"


def test_a_place_outside_the_known_names_is_refused_with_the_names() -> None:
    with pytest.raises(BadTemplate, match=r"chưa biết: ten_sai\. .*các tên dùng được: so, ten\."):
        placeholders(template("{{ ten_sai }} {{ so }}"), known=("ten", "so"))


def test_missing_values_are_named_and_nothing_is_made() -> None:
    with pytest.raises(BadValues, match="Thiếu dữ liệu cho các chỗ điền: ngay, so") as refused:
        fill(listing(), VALUES | {"so": None, "ngay": None})
    assert refused.value.names == ("ngay", "so")


@pytest.mark.parametrize("text", ["{{ ten.la }}", "{% for x in danh_sach %}{{ x.la }}{% endfor %}"])
def test_a_missing_part_of_a_value_is_refused(text: str) -> None:
    with pytest.raises(BadValues, match="không có mục “la”"):
        fill(template(text), VALUES)


@pytest.mark.parametrize("value", [1.5, object(), b"x", {"a": {1, 2}}])
def test_a_value_of_another_kind_is_refused(value: object) -> None:
    with pytest.raises(BadValues, match="không in được"):
        fill(template("{{ x }}"), {"x": value})


@pytest.mark.parametrize("text", ["{{ danh_sach }}", "{{ ten.upper }}"])
def test_a_list_or_method_is_not_printed(text: str) -> None:
    with pytest.raises(BadValues, match=r"không phải chữ hay số|không có mục"):
        fill(template(text), VALUES)


@pytest.mark.parametrize(
    "text",
    [
        "{{ ten.__class__ }}",
        "{{ ten() }}",
        "{{ ''.join(ten) }}",
        "{{ 'a' * 1000000000 }}",
        "{{ ten ~ ten }}",
        "{{ ten|safe }}",
        "{{ ten|attr('x') }}",
        "{{ danh_sach[0] }}",
        "{{ range(9) }}",
        "{{ cycler }}{{ self }}{{ lipsum() }}",
        "{% set x = 1 %}",
        "{% import 'x' as y %}",
        "{% include 'x' %}",
        "{% extends 'x' %}",
        "{% macro x() %}{% endmacro %}",
        "{{ ten",
        "{% for x in danh_sach %}",
        "{% for a in x %}{% for b in x %}{% for c in x %}{{ c }}{% endfor %}{% endfor %}{% endfor %}",
    ],
)
@pytest.mark.parametrize("place", ["body", "header", "title"])
def test_what_a_template_has_no_need_of_is_refused_before_it_runs(text: str, place: str) -> None:
    data = template(text) if place == "body" else template("x", header=text if place == "header" else "")
    if place == "title":
        word = Document(io.BytesIO(data))
        word.core_properties.title = text
        data = saved(word)
    with pytest.raises(BadTemplate):
        placeholders(data)
    with pytest.raises(BadTemplate):
        fill(data, VALUES | {"x": [1]})


@pytest.mark.parametrize("text", ["{{r ten }}", "{{p ten }}"])
def test_places_for_ready_made_parts_are_refused(text: str) -> None:
    for data in (template(text), template("x", header=text)):
        with pytest.raises(BadTemplate, match="không được hỗ trợ"):
            placeholders(data)


@pytest.mark.parametrize(
    "data",
    [b"", b"khong phai docx", b"PK\x03\x04" + bytes(60), b"%PDF-1.7", template("x")[:3000], template("x")[:-40]],
    ids=["empty", "text", "zip-mark", "pdf", "half", "cut"],
)
def test_a_file_that_is_no_docx_is_refused(data: bytes) -> None:
    with pytest.raises(BadTemplate, match=r"\.docx"):
        placeholders(data)


def test_a_file_beyond_the_size_is_refused() -> None:
    with pytest.raises(BadTemplate, match="lớn hơn 10 MiB"):
        placeholders(b"PK" + bytes(11 * 2**20))


def test_a_file_that_unpacks_beyond_measure_is_refused() -> None:
    bomb = repacked(template("x"), lambda parts: parts.update({"word/media/a.png": bytes(21 * 2**20)}))
    assert len(bomb) < 2**20
    with pytest.raises(BadTemplate, match="quá lớn"):
        placeholders(bomb)


@pytest.mark.parametrize("name", ["word/vbaProject.bin", "word/activeX/a.xml", "word/embeddings/o.docx"])
def test_macros_and_embedded_files_are_refused(name: str) -> None:
    with pytest.raises(BadTemplate, match="macro hoặc tệp nhúng"):
        placeholders(repacked(template("x"), lambda parts: parts.update({name: b"<x/>"})))


def test_a_docm_renamed_is_refused() -> None:
    def rename(parts: dict[str, bytes]) -> None:
        types = parts["[Content_Types].xml"]
        parts["[Content_Types].xml"] = types.replace(
            b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            b"application/vnd.ms-word.document.macroEnabled.main+xml",
        )

    with pytest.raises(BadTemplate, match="docm"):
        placeholders(repacked(template("x"), rename))


def test_what_word_would_fetch_is_refused_and_a_plain_link_is_not() -> None:
    word = Document()
    word.part.relate_to("http://example.invalid/a.png", RELATIONSHIP_TYPE.IMAGE, is_external=True)
    with pytest.raises(BadTemplate, match="lấy nội dung từ bên ngoài"):
        placeholders(saved(word))
    word = Document()
    word.part.relate_to("http://example.invalid/", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    assert placeholders(saved(word)) == ()


@pytest.mark.parametrize(
    "field",
    [
        '<w:r><w:instrText> DDEAUTO c:\\\\x "y" </w:instrText></w:r>',
        '<w:fldSimple w:instr=" INCLUDETEXT x "><w:r/></w:fldSimple>',
        "<w:r><w:instrText>INCLUDE</w:instrText></w:r><w:r><w:instrText>PICTURE x</w:instrText></w:r>",
    ],
)
def test_fields_that_fetch_are_refused(field: str) -> None:
    def put(parts: dict[str, bytes]) -> None:
        parts["word/document.xml"] = parts["word/document.xml"].replace(b"</w:p>", f"{field}</w:p>".encode(), 1)

    with pytest.raises(BadTemplate, match="trường lấy dữ liệu"):
        placeholders(repacked(template("x"), put))


def test_entities_are_refused() -> None:
    def put(parts: dict[str, bytes]) -> None:
        parts["word/styles.xml"] = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'

    with pytest.raises(BadTemplate, match=r"word/styles\.xml"):
        placeholders(repacked(template("x"), put))


@pytest.mark.parametrize("step", range(0, 30000, 1500))
def test_a_damaged_file_gives_our_own_error_or_nothing(step: int) -> None:
    data = bytearray(listing())
    for place in range(step % len(data), min(step % len(data) + 40, len(data))):
        data[place] ^= 0x55
    with contextlib.suppress(PaperError):
        fill(bytes(data), VALUES)
