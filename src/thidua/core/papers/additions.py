"""What a signed copy holds beyond the issued paper: signatures may be added, and nothing else that anybody could see.

A copy may begin with the issued file and yet show other words, put there before it was signed: by a page or an object
changed in an addition, by an addition that leaves the issued file out of account, or by a signature whose picture
covers the page. So a visible signature has its place: the room that the paper leaves above the signer's name.
"""

import io
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from thidua.core.papers.errors import BadSignedCopy
from thidua.core.papers.seal import RETRY, open_signed

CATALOGUE_MAY_GAIN = {"/AcroForm", "/Extensions", "/DSS", "/Metadata", "/Version", "/Perms"}
# What software for signing writes, and nothing that draws, moves or acts: no XFA, no actions, no layers, no borders.
FORM_MAY_HOLD = {"/Fields", "/SigFlags", "/DR", "/DA", "/Q", "/Type", "/NeedAppearances"}
FIELD_MAY_HOLD = {
    *("/Type", "/Subtype", "/FT", "/Ff", "/T", "/TU", "/V", "/P", "/F", "/Rect", "/AP", "/AS", "/M", "/NM", "/MK"),
    *("/DR", "/DA", "/Q", "/Lock", "/SV"),
}
# Flags of a note that make it larger than its rectangle or show it in one place only: NoZoom, NoRotate, NoView, Toggle.
FLAGS_REFUSED = 0x08 | 0x10 | 0x20 | 0x100
MM = 72 / 25.4
# The signature's column of a paper (templates/paper.typ): 80 mm wide, 23 mm free above the name, then the post.
COLUMN_MM, FREE_MM, ABOVE_MM, BELOW_MM = 80, 18, 31, 5
OVERLAID = "có trang, chữ hoặc hình chèn vào văn bản đã phát hành"

# PDFium may not be called from two threads at once.
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Box:
    """A rectangle of a page, in points from the lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    def holds(self, other: "Box") -> bool:
        """Whether another rectangle lies wholly in this one."""
        return (
            self.left <= other.left
            and self.bottom <= other.bottom
            and other.right <= self.right
            and other.top <= self.top
        )


def foreign_part(signed: bytes, *, issued_size: int, signer: str) -> str:
    """What was added besides signatures, as a clause in Vietnamese; blank when nothing was.

    ``issued_size`` is the length of the issued file, with which the copy begins; ``signer`` the name printed under the
    signature, whose room is the only one where a signature may be visible. Raises BadSignedCopy.
    """
    issued = signed[:issued_size]
    reader, first = open_signed(signed), open_signed(issued)
    try:
        if not _only_adds(reader, first):
            return OVERLAID
        return _form_fault(_entry(reader.root, "/AcroForm")) or _notes_fault(reader, issued, signer)
    except Exception as error:  # whatever the library says about a hostile file
        raise BadSignedCopy(f"Phần thêm vào tệp không đọc được ({type(error).__name__}). {RETRY}") from error


def _only_adds(reader: PdfFileReader, first: PdfFileReader) -> bool:
    """Whether the file goes on from the issued one, whose objects it leaves as they are.

    Apart from the catalogue and the pages: those may gain a form and notes, which are looked at on their own.
    """
    xrefs = reader.xrefs
    goes_on = first.total_revisions == 1 and xrefs.get_startxref_for_revision(0) == first.last_startxref
    if not goes_on or xrefs.hybrid_xrefs_present:
        return False
    old_root, new_root = reader.get_historical_resolver(0).root, reader.root
    old_pages, new_pages = _leaves(old_root["/Pages"]), _leaves(new_root["/Pages"])
    if list(new_pages) != list(old_pages) or not _same(old_root, new_root, CATALOGUE_MAY_GAIN):
        return False
    trailer = reader.trailer.flatten(0)
    may_change = {old_root.container_ref, *old_pages}
    may_change |= {old_root.raw_get("/Metadata").reference} if "/Metadata" in old_root else set()
    may_change |= {trailer.raw_get("/Info").reference} if "/Info" in trailer else set()
    issued = {ref.idnum for ref in xrefs.explicit_refs_in_revision(0)} - {ref.idnum for ref in may_change}
    for revision in range(1, reader.total_revisions):
        # by number alone: a reader may disregard generations, or take a freed object for gone
        written = {ref.idnum for ref in xrefs.explicit_refs_in_revision(revision)}
        if issued & written or (issued | {ref.idnum for ref in may_change}) & {*xrefs.get_xref_data(revision).freed}:
            return False
    return all(_same(page, new_pages[ref], {"/Annots"}) for ref, page in old_pages.items())


def _leaves(node: generic.DictionaryObject) -> dict[generic.Reference, generic.DictionaryObject]:
    """The pages under a node of the page tree, in order."""
    pages: dict[generic.Reference, generic.DictionaryObject] = {}
    for kid in node["/Kids"]:
        page = kid.get_object()
        if "/Kids" in page:
            pages |= _leaves(page)
        else:
            pages[kid.reference] = page
    return pages


def _same(old: generic.DictionaryObject, new: generic.DictionaryObject, apart: set[str]) -> bool:
    """Whether two dictionaries hold the same entries, references unresolved, apart from some keys."""
    keys = (set(old) | set(new)) - apart
    return all(key in old and key in new and old.raw_get(key) == new.raw_get(key) for key in keys)


def _entry(node: generic.DictionaryObject, key: str) -> generic.PdfObject | None:
    """What a dictionary holds, references resolved, which its own ``get`` leaves as they are."""
    return node[key] if key in node else None  # noqa: SIM401  # see above


def _notes(page: generic.DictionaryObject) -> list[generic.PdfObject]:
    """A page's notes, each as a reference where it is one."""
    return list(_entry(page, "/Annots") or ())


def _numbers(array: Sequence[generic.PdfObject]) -> list[float]:
    return [float(number.get_object()) for number in array]


def _form_fault(form: generic.DictionaryObject | None) -> str:
    """What is wrong with the form that the catalogue gained: it may hold signature fields and nothing else."""
    if form is None:
        return ""
    if strange := sorted(set(form) - FORM_MAY_HOLD):
        return f"biểu mẫu thêm vào tệp có mục {strange[0]}, không phải của chữ ký"
    if _entry(form, "/NeedAppearances"):
        return "biểu mẫu thêm vào tệp bắt phần mềm đọc vẽ lại nội dung (/NeedAppearances)"
    faults = (_field_fault(field.get_object()) for field in _entry(form, "/Fields") or ())
    return next((f"biểu mẫu thêm vào tệp có {fault}" for fault in faults if fault), "")


def _field_fault(field: generic.DictionaryObject) -> str:
    """What makes a field more than a signature's."""
    if _entry(field, "/FT") != "/Sig":
        return "trường không phải chữ ký"
    strange = sorted(set(field) - FIELD_MAY_HOLD)
    return f"trường chữ ký mang mục {strange[0]}" if strange else ""


def _notes_fault(reader: PdfFileReader, issued: bytes, signer: str) -> str:
    """What is wrong with the notes that pages gained."""
    old_pages = _leaves(reader.get_historical_resolver(0).root["/Pages"])
    for number, (ref, page) in enumerate(_leaves(reader.root["/Pages"]).items()):
        before, after = _notes(old_pages[ref]), _notes(page)
        if after[: len(before)] != before:
            return OVERLAID
        gained = [note.get_object() for note in after[len(before) :]]
        boxes = []
        for note in gained:
            if fault := _note_fault(note):
                return f"trang {number + 1} có {fault}"
            boxes += [box] if (box := _box(note)) else []
        if boxes and not _in_place(boxes, places=_signing_places(issued, number, signer)):
            return (
                f"chữ ký ở trang {number + 1} hiện ra ngoài chỗ ký. Đặt khung chữ ký gọn trong khoảng giữa chức vụ và "
                f"họ tên {signer} (rộng không quá {COLUMN_MM} mm), hoặc ký không hiện hình"
            )
    return ""


def _note_fault(note: generic.DictionaryObject) -> str:
    if _entry(note, "/Subtype") != "/Widget":
        return "phần chèn không phải chữ ký"
    if fault := _field_fault(note):
        return fault
    if int(_entry(note, "/F") or 0) & FLAGS_REFUSED:
        return "chữ ký hiện ra lớn hơn khung hoặc chỉ hiện ở một nơi (cờ hiển thị lạ)"
    if _box(note) and not all(_is_bounded(stream) for stream in _appearances(_entry(note, "/AP"))):
        return "chữ ký có hình không giới hạn trong khung (/BBox)"
    return ""


def _box(note: generic.DictionaryObject) -> Box | None:
    """The rectangle of a note; None when it is empty, so that nothing of it shows."""
    left, bottom, right, top = _numbers(note["/Rect"])
    if left == right or bottom == top:
        return None
    return Box(min(left, right), min(bottom, top), max(left, right), max(bottom, top))


def _appearances(node: generic.PdfObject | None) -> Iterator[generic.StreamObject]:
    """Every picture that a note may show: normal, under the mouse, pressed, by state."""
    if isinstance(node, generic.StreamObject):
        yield node
    elif isinstance(node, generic.DictionaryObject):
        for key in node:
            yield from _appearances(node[key])


def _is_bounded(stream: generic.StreamObject) -> bool:
    """Whether a picture says where it ends: readers differ in what they do without that."""
    edges = _numbers(_entry(stream, "/BBox") or ())
    return len(edges) == 4 and edges[0] != edges[2] and edges[1] != edges[3]


def _in_place(boxes: list[Box], *, places: list[Box]) -> bool:
    return all(any(place.holds(box) for place in places) for box in boxes)


def _signing_places(issued: bytes, number: int, signer: str) -> list[Box]:
    """Where a page of the issued paper leaves room to sign: over the signer's name, when the room above it is free.

    The name alone is no sign of it: whoever signs may stand in a list too.
    """
    with _one_at_a_time:
        document = pypdfium2.PdfDocument(io.BytesIO(issued))
        try:
            text = document[number].get_textpage()
            signs = [_middle(text.get_charbox(place)) for place in range(text.count_chars())]
            names, search = [], text.search(signer)
            while found := search.get_next():
                letters = [text.get_charbox(place) for place in range(found[0], found[0] + found[1])]
                names.append(_around([Box(*letter) for letter in letters if letter[0] != letter[2]]))
        finally:
            document.close()
    return [_room(name) for name in names if not any(_is_over(name, *sign) for sign in signs)]


def _middle(box: tuple[float, float, float, float]) -> tuple[float, float]:
    return ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)


def _around(boxes: list[Box]) -> Box:
    return Box(
        min(box.left for box in boxes),
        min(box.bottom for box in boxes),
        max(box.right for box in boxes),
        max(box.top for box in boxes),
    )


def _is_over(name: Box, across: float, up: float) -> bool:
    """Whether a sign at this point stands in the room above a name."""
    return name.left <= across <= name.right and name.top < up <= name.top + FREE_MM * MM


def _room(name: Box) -> Box:
    middle = (name.left + name.right) / 2
    half = COLUMN_MM / 2 * MM
    return Box(middle - half, name.bottom - BELOW_MM * MM, middle + half, name.top + ABOVE_MM * MM)
