"""What a signed copy adds: signatures in their place, and nothing that covers or changes what was issued."""

import io
from collections.abc import Callable
from dataclasses import replace

import pypdfium2
import pytest
from core.papers.test_seal import WHEN, overlaid, sign
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from thidua.core.papers.additions import MM, OVERLAID, foreign_part
from thidua.core.papers.errors import BadSignedCopy
from thidua.core.papers.form import Letter, Signer
from thidua.core.papers.pdf import paper_pdf
from thidua.core.papers.seal import (
    Identity,
    digest,
    is_sound,
    matches_original,
    read_signatures,
    trial_identity,
)

NAME = "Người Ký"
Change = Callable[[IncrementalPdfFileWriter, generic.DictionaryObject], None]
name, number = generic.pdf_name, generic.NumberObject


@pytest.fixture(scope="module")
def identity() -> Identity:
    return trial_identity(NAME, since=WHEN)


@pytest.fixture
def original(decision: Letter) -> bytes:
    return paper_pdf(decision)


def fault(copy: bytes, original: bytes) -> str:
    return foreign_part(copy, issued_size=len(original), signer=NAME)


def place_of(original: bytes, words: str) -> tuple[int, float, float, float, float]:
    """Page and corners of the first such words, in points."""
    for page, text in enumerate(page.get_textpage() for page in pypdfium2.PdfDocument(original)):
        if found := text.search(words).get_next():
            boxes = [text.get_charbox(sign) for sign in range(found[0], sum(found))]
            return page, boxes[0][0], boxes[0][1], boxes[-1][2], max(box[3] for box in boxes)
    raise AssertionError(words)


def written(writer: IncrementalPdfFileWriter) -> bytes:
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def field(original: bytes, page: int, box: tuple[float, float, float, float], change: Change | None = None) -> bytes:
    """The file with an empty signature field that shows words in a box, and whatever a forger does to it."""
    writer = IncrementalPdfFileWriter(io.BytesIO(original))
    append_signature_field(writer, SigFieldSpec("Dau", on_page=page, box=box))
    widget = writer.root["/AcroForm"]["/Fields"][0].get_object()
    picture = generic.StreamObject({name("/BBox"): corners(0, 0, 100, 100)}, stream_data=b"0 0 100 100 re f")
    picture[name("/Subtype")] = name("/Form")
    widget[name("/AP")] = generic.DictionaryObject({name("/N"): writer.add_object(picture)})
    if change is not None:
        change(writer, widget)
    return written(writer)


def corners(*edges: float) -> generic.ArrayObject:
    return generic.ArrayObject([generic.FloatObject(edge) for edge in edges])


def room(original: bytes) -> tuple[int, tuple[float, float, float, float]]:
    """Page and box of the free room above the signer's name, 60 × 22 mm."""
    page, left, _bottom, right, top = place_of(original, NAME)
    middle = (left + right) / 2
    return page, (middle - 30 * MM, top + MM, middle + 30 * MM, top + 23 * MM)


def test_an_issued_paper_and_invisible_signatures_add_nothing(original: bytes, identity: Identity) -> None:
    assert fault(original, original) == ""
    once = sign(original, identity)
    assert fault(once, original) == ""
    assert fault(sign(once, trial_identity("Sở Tài chính", since=WHEN)), original) == ""


def test_a_signature_in_its_room_and_a_seal_over_post_and_name(original: bytes, identity: Identity) -> None:
    page, box = room(original)
    assert fault(sign(field(original, page, box), identity), original) == ""
    left, bottom, right, top = box
    seal = (left + 10 * MM, bottom - 6 * MM, left + 46 * MM, bottom + 29 * MM)
    assert fault(field(original, page, seal), original) == ""
    assert fault(field(original, page, (right, top, left, bottom)), original) == ""


@pytest.mark.parametrize("kind", ["page", "text", "blank", "other page", "far up", "far down", "wide"])
def test_a_signature_elsewhere_is_told_with_its_page(original: bytes, identity: Identity, kind: str) -> None:
    page, (left, bottom, right, top) = room(original)
    _page, a, b, c, d = place_of(original, "Công nhận danh hiệu cho 02")
    box = {
        "page": (0, 0, 595, 842),
        "text": (a, b, c, d),
        "blank": (30 * MM, 16 * MM, 60 * MM, 19 * MM),
        "other page": (left, bottom, right, top),
        "far up": (left, bottom, right, top + 12 * MM),
        "far down": (left, bottom - 20 * MM, right, top),
        "wide": (left - 15 * MM, bottom, right, top),
    }[kind]
    page += kind == "other page"
    copy = sign(field(original, page, box), identity)
    assert (matches_original(copy, digest(original), len(original)), is_sound(read_signatures(copy))) == (True, True)
    assert fault(copy, original).startswith(f"chữ ký ở trang {page + 1} hiện ra ngoài chỗ ký. Đặt khung chữ ký")


def test_a_signer_in_the_list_makes_no_second_place(decision: Letter) -> None:
    annex = decision.annexes[0]
    rows = [(str(place), NAME, "Văn phòng", "Lao động tiên tiến") for place in range(1, 4)]
    listed = replace(annex, tables=(replace(annex.tables[0], rows=rows),))
    original = paper_pdf(replace(decision, annexes=(listed,)))
    page, left, bottom, right, top = place_of(original, f"{NAME} Văn phòng")
    assert "ngoài chỗ ký" in fault(field(original, page, (left, bottom, right, top + 20 * MM)), original)


def test_a_long_name_on_two_lines_has_its_place(decision: Letter) -> None:
    signer = Signer("Phó Giám đốc", "Nguyễn Phước Hoàng Bảo Trân Công Tằng Tôn Nữ Diễm Khuê", authority="KT. Giám đốc")
    original = paper_pdf(replace(decision, signer=signer))
    page, left, bottom, right, top = place_of(original, "Nguyễn Phước Hoàng")
    copy = field(original, page, (left + 2 * MM, bottom + 6 * MM, right, top + 20 * MM))
    assert foreign_part(copy, issued_size=len(original), signer=signer.name) == ""


def to_note(writer: IncrementalPdfFileWriter, widget: generic.DictionaryObject) -> None:
    widget[name("/Subtype")] = name("/FreeText")


def to_text_field(writer: IncrementalPdfFileWriter, widget: generic.DictionaryObject) -> None:
    widget[name("/FT")] = name("/Tx")


def with_parent(writer: IncrementalPdfFileWriter, widget: generic.DictionaryObject) -> None:
    parent = generic.DictionaryObject({name("/FT"): name("/Tx"), name("/V"): generic.pdf_string("chữ khác")})
    widget[name("/Parent")] = writer.add_object(parent)


def with_action(writer: IncrementalPdfFileWriter, widget: generic.DictionaryObject) -> None:
    widget[name("/AA")] = generic.DictionaryObject()


def with_layer(writer: IncrementalPdfFileWriter, widget: generic.DictionaryObject) -> None:
    widget[name("/OC")] = generic.DictionaryObject()


def with_border(writer: IncrementalPdfFileWriter, widget: generic.DictionaryObject) -> None:
    widget[name("/Border")] = corners(0, 0, 400)


def not_zooming(writer: IncrementalPdfFileWriter, widget: generic.DictionaryObject) -> None:
    widget[name("/F")] = number(4 | 8)


def in_print_only(writer: IncrementalPdfFileWriter, widget: generic.DictionaryObject) -> None:
    widget[name("/F")] = number(4 | 32)


def unbounded(writer: IncrementalPdfFileWriter, widget: generic.DictionaryObject) -> None:
    del widget["/AP"]["/N"].get_object()["/BBox"]


def unbounded_under_mouse(writer: IncrementalPdfFileWriter, widget: generic.DictionaryObject) -> None:
    picture = generic.StreamObject({name("/BBox"): corners(0, 0, 0, 9)}, stream_data=b"0 0 900 900 re f")
    states = generic.DictionaryObject({name("/On"): writer.add_object(picture)})
    widget["/AP"][name("/R")] = states


def with_xfa(writer: IncrementalPdfFileWriter, widget: generic.DictionaryObject) -> None:
    writer.root["/AcroForm"][name("/XFA")] = generic.pdf_string("<xdp/>")


def drawn_anew(writer: IncrementalPdfFileWriter, widget: generic.DictionaryObject) -> None:
    writer.root["/AcroForm"][name("/NeedAppearances")] = generic.BooleanObject(True)


def other_field(writer: IncrementalPdfFileWriter, widget: generic.DictionaryObject) -> None:
    text = generic.DictionaryObject({name("/FT"): name("/Tx"), name("/T"): generic.pdf_string("o")})
    writer.root["/AcroForm"]["/Fields"].append(writer.add_object(text))


def opening_act(writer: IncrementalPdfFileWriter, widget: generic.DictionaryObject) -> None:
    writer.root[name("/OpenAction")] = generic.DictionaryObject()
    writer.update_root()


def note_in_an_array_of_its_own(writer: IncrementalPdfFileWriter, widget: generic.DictionaryObject) -> None:
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    note = generic.DictionaryObject({name("/Subtype"): name("/Stamp"), name("/Rect"): corners(0, 0, 600, 800)})
    notes = generic.ArrayObject([*page.get("/Annots", ()), writer.add_object(note)])
    page[name("/Annots")] = writer.add_object(notes)
    writer.update_container(page)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (to_note, "phần chèn không phải chữ ký"),
        (to_text_field, "trường không phải chữ ký"),
        (with_parent, "mang mục /Parent"),
        (with_action, "mang mục /AA"),
        (with_layer, "mang mục /OC"),
        (with_border, "mang mục /Border"),
        (not_zooming, "cờ hiển thị lạ"),
        (in_print_only, "cờ hiển thị lạ"),
        (unbounded, "không giới hạn trong khung"),
        (unbounded_under_mouse, "không giới hạn trong khung"),
        (with_xfa, "có mục /XFA"),
        (other_field, "trường không phải chữ ký"),
        (opening_act, OVERLAID),
        (note_in_an_array_of_its_own, "phần chèn không phải chữ ký"),
    ],
)
def test_a_signature_that_is_more_than_one(original: bytes, identity: Identity, change: Change, said: str) -> None:
    page, box = room(original)
    copy = sign(field(original, page, box, change), identity)
    assert (matches_original(copy, digest(original), len(original)), is_sound(read_signatures(copy))) == (True, True)
    assert said in fault(copy, original)


def test_a_form_that_is_drawn_anew_by_the_reader(original: bytes) -> None:
    page, box = room(original)
    assert "/NeedAppearances" in fault(field(original, page, box, drawn_anew), original)


def test_words_laid_over_before_signing_are_seen_though_the_beginning_is_the_same(
    original: bytes, identity: Identity
) -> None:
    forged = sign(overlaid(original), identity)
    assert matches_original(forged, digest(original), len(original))
    assert is_sound(read_signatures(forged))
    assert fault(forged, original) == OVERLAID
    assert fault(overlaid(sign(original, identity)), original) == OVERLAID


def test_another_paper_set_behind_the_issued_one_is_seen(original: bytes, proposal: Letter, identity: Identity) -> None:
    """A reader that goes by the end of a file shows the second paper; the first only stands at the beginning."""
    behind = copy_into_new_writer(IncrementalPdfFileWriter(io.BytesIO(paper_pdf(proposal))).prev)
    stream = io.BytesIO()
    stream.write(original)
    behind.write(stream)
    forged = sign(stream.getvalue(), identity)
    assert (matches_original(forged, digest(original), len(original)), is_sound(read_signatures(forged))) == (
        True,
        True,
    )
    assert fault(forged, original) == OVERLAID


def test_a_freed_object_is_seen(original: bytes) -> None:
    """The page's content is declared gone, though the file still holds it."""
    page = IncrementalPdfFileWriter(io.BytesIO(original)).root["/Pages"]["/Kids"][0].get_object()
    gone = page.raw_get("/Contents").idnum
    start = original.rindex(b"startxref")
    before = int(original[start:].split()[1])
    base = original + (b"" if original.endswith(b"\n") else b"\n")
    reader = IncrementalPdfFileWriter(io.BytesIO(original)).prev
    root, size = reader.root_ref.idnum, reader.xrefs.get_xref_container_info(0).size
    table = f"xref\n{gone} 1\n0000000000 00001 f \ntrailer\n<</Size {size}/Root {root} 0 R/Prev {before}>>\n"
    copy = base + table.encode() + f"startxref\n{len(base)}\n%%EOF\n".encode()
    assert fault(copy, original) == OVERLAID


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"%PDF-1.7\nstartxref\n5\n%%EOF"])
def test_a_hostile_file_gives_one_sentence(data: bytes, original: bytes) -> None:
    with pytest.raises(BadSignedCopy, match="Tệp"):
        fault(data, original)
