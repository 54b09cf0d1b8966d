"""Ways to damage a file: of its bytes, of a container's parts, and those each format has been attacked by."""

import io
import re
import struct
import unicodedata
import warnings
import zipfile
import zlib
from collections.abc import Callable
from random import Random

from fuzzing.pictures import pdf_of

Damage = Callable[[bytes, Random], bytes]
MIB = 2**20
ZIPPED, PDFS = ("docx", "xlsx", "ods"), ("pdf", "scan")
MACRO = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
LAUGHS = (
    b'<!DOCTYPE a [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %s "%s">' % (bytes([c + 1]), b"&%s;" % bytes([c]) * 10) for c in range(97, 110))
    + b"]>"
)
OUTSIDE = b'<!DOCTYPE a [<!ENTITY n SYSTEM "file:///etc/passwd">]>'
MONOTONY = [
    " ",
    ".",
    "1.",
    "a) ",
    "1.1.1.",
    "I. ",
    "-",
    "(",
    "năm ",
    "100% ",
    "số ",
    "\n",
    "\t",
    "của và ",
    "ngày 1 tháng ",
    "Điều ",
]
STRANGE = ("\u202e", "\u200b", "\ufeff", "\u0301", "\U0010ffff", "\ud7ff", "\x0c", "\u2028", "Ⅷ", "٣", "𝟝", "\x00")


def flipped(data: bytes, rng: Random) -> bytes:
    """A few bits turned over."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 2, 8, 64)) if out else 0):
        out[rng.randrange(len(out))] ^= 1 << rng.randrange(8)
    return bytes(out)


def overwritten(data: bytes, rng: Random) -> bytes:
    """A run of bytes made zero, made full, or made noise."""
    start, length = rng.randrange(len(data) + 1), rng.choice((1, 16, 512, 4096))
    run = rng.choice((b"\0" * length, b"\xff" * length, rng.randbytes(length)))
    return data[:start] + run + data[start + length :]


def truncated(data: bytes, rng: Random) -> bytes:
    """Cut off, anywhere or near an end."""
    near_the_end, at_the_start = len(data) - rng.randint(1, 64), rng.randint(0, 64)
    return data[: max(0, rng.choice((rng.randrange(len(data) + 1), near_the_end, at_the_start)))]


def shuffled(data: bytes, rng: Random) -> bytes:
    """A piece doubled, dropped or moved."""
    a, b = sorted(rng.randrange(len(data) + 1) for _ in range(2))
    piece = data[a:b]
    return rng.choice((data[:b] + data[a:], data[:a] + data[b:], piece + data[:a] + data[b:]))


def spliced(data: bytes, rng: Random) -> bytes:
    """The head of another kind of file before it, or something behind it."""
    heads = (b"%PDF-1.7\n", b"PK\x03\x04", MACRO[:8], b"\x89PNG\r\n\x1a\n", b"MZ", b"{\\rtf1", b"<html>", b"\x1f\x8b")
    return rng.choice((rng.choice(heads) + data, data + rng.randbytes(rng.choice((1, 100, 5000)))))


def numbers_swollen(data: bytes, rng: Random) -> bytes:
    """A few 16- and 32-bit numbers set to what programs trip over."""
    out = bytearray(data)
    for _ in range(rng.randint(1, 6)):
        size, codes = rng.choice(((2, "HI"), (4, "IH")))
        if len(out) > size:
            place = rng.randrange(len(out) - size)
            value = rng.choice((0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF)) % (1 << 8 * size)
            struct.pack_into(rng.choice("<>") + codes[0], out, place, value)
    return bytes(out)


# ── containers ──


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(parts: dict[str, bytes] | list[tuple[str, bytes]]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a name given twice is meant
        for name, content in parts.items() if isinstance(parts, dict) else parts:
            archive.writestr(name, content)
    return target.getvalue()


def _xml(parts: dict[str, bytes], rng: Random) -> str:
    """One of the parts that matter: the large ones more often."""
    names = sorted(name for name in parts if name.endswith((".xml", ".rels")))
    main = [name for name in names if re.search(r"document\.xml|sheet\d+\.xml|content\.xml|sharedStr|workbook", name)]
    return rng.choice(main if main and rng.random() < 0.7 else names)


def _with_part(change: Damage) -> Damage:
    def changed(data: bytes, rng: Random) -> bytes:
        parts = _parts(data)
        name = _xml(parts, rng)
        return _packed({**parts, name: change(parts[name], rng)})

    return changed


def part_dropped(data: bytes, rng: Random) -> bytes:
    """A part is missing."""
    parts = _parts(data)
    del parts[rng.choice(sorted(parts))]
    return _packed(parts)


def part_bomb(data: bytes, rng: Random) -> bytes:
    """A part, or a new one, unpacks to very much."""
    parts = _parts(data)
    name = rng.choice((_xml(parts, rng), "xl/media/image1.bin", "word/media/image1.png"))
    head = parts.get(name, b"")[:2000]
    return _packed({**parts, name: head + rng.choice((b" ", b"\0", b"<a/>")) * (rng.choice((8, 64, 200)) * MIB // 4)})


def many_parts(data: bytes, rng: Random) -> bytes:
    """Thousands of parts, some with names of other folders, one twice."""
    parts = list(_parts(data).items())
    parts += [(f"xl/worksheets/../../../{n}.xml", b"<a/>") for n in range(rng.choice((3, 3000)))]
    return _packed([*parts, parts[0]])


def sizes_lie(data: bytes, rng: Random) -> bytes:
    """The directory says other sizes and places than those that are there."""
    out = bytearray(data)
    for found in re.finditer(rb"PK\x01\x02", data):
        if rng.random() < 0.5 and found.start() + 46 < len(out):
            offset = rng.choice((20, 24, 42))
            struct.pack_into("<I", out, found.start() + offset, rng.choice((0, 1, 10 * MIB, 0xFFFFFFFE)))
    return bytes(out)


def said_encrypted(data: bytes, rng: Random) -> bytes:
    """Every part says that it needs a password; or the whole is a container of Office's encryption."""
    if rng.random() < 0.5:
        stream = "EncryptedPackage".encode("utf-16-le")
        return MACRO + b"\0" * 512 + stream + rng.randbytes(2000)
    out = bytearray(data)
    for found in re.finditer(rb"PK\x01\x02|PK\x03\x04", data):
        place = found.start() + (8 if found[0] == b"PK\x01\x02" else 6)
        out[place : place + 1] = bytes([out[place] | 1])
    return bytes(out)


def with_macro(data: bytes, rng: Random) -> bytes:
    """A macro project inside."""
    parts = _parts(data)
    folder = "word" if "word/document.xml" in parts else "xl"
    parts[f"{folder}/vbaProject.bin"] = MACRO
    types = parts.get("[Content_Types].xml", b"")
    return _packed({**parts, "[Content_Types].xml": types.replace(b".main+xml", b".macroEnabled.main+xml")})


def doctype(part: bytes, rng: Random) -> bytes:
    """Entities that multiply, or that name a file of the machine."""
    head, found, rest = part.partition(b"?>")
    said = rng.choice((LAUGHS, OUTSIDE))
    use = b"&n;" if said is OUTSIDE else b"&m;"
    body = rest if found else head
    return (head + found if found else b"") + said + body.replace(b"</", use + b"</", 3)


def deep(part: bytes, rng: Random) -> bytes:
    """Elements in elements in elements."""
    depth = rng.choice((300, 20_000, 200_000))
    place = part.rfind(b"</")
    return part[:place] + b"<w:p>" * depth + b"</w:p>" * depth + part[place:]


def swollen(part: bytes, rng: Random) -> bytes:
    """Numbers of the XML made huge, negative or no numbers: places, spans, indexes, repeats."""
    values = (b"1048576", b"XFD1048576", b"-1", b"4294967296", b"9" * 20, b"", b"NaN", b"1e308", "Ấ".encode())

    def other(found: "re.Match[bytes]") -> bytes:
        return found[1] + rng.choice(values) + found[3] if rng.random() < 0.15 else found[0]

    changed = re.sub(rb'(=")([A-Z]{0,3}\d+(?::[A-Z]+\d+)?)(")', other, part)
    return re.sub(rb"(<v>)([^<]+)(</v>)", other, changed)


def repeated(part: bytes, rng: Random) -> bytes:
    """Cells and rows that say they are there a million times (.ods), merged over the sheet (.xlsx), or doubled."""
    times = rng.choice((b"1000000", b"16384", b"2147483647"))
    part = part.replace(b"<table:table-cell ", b'<table:table-cell table:number-columns-repeated="%s" ' % times, 3)
    part = part.replace(b"<table:table-row>", b'<table:table-row table:number-rows-repeated="%s">' % times, 2)
    merged = b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
    return part.replace(b"</worksheet>", merged)


def formulas(part: bytes, rng: Random) -> bytes:
    """Values become formulas without a result, or with an error for one."""
    other = rng.choice((b"<f>1/0</f>", b"<f>A1</f><v>#REF!</v>", b'<f t="shared" si="9" ref="A1:Z9"/><v></v>'))
    return re.sub(rb"<v>[^<]*</v>", lambda found: other if rng.random() < 0.1 else found[0], part)


def reworded(part: bytes, rng: Random) -> bytes:
    """Texts between the marks taken out, doubled, made very long, or filled with strange signs."""
    long = (rng.choice(("Ấ", "1.", " ", "a) ", "&#8238;")) * 60_000).encode()

    def other(found: "re.Match[bytes]") -> bytes:
        choice = rng.random()
        text = b"" if choice < 0.1 else found[1] * 2 if choice < 0.2 else long if choice < 0.203 else found[1]
        return b">" + text + b"<"

    return re.sub(rb">([^<>]+)<", other, part)


# ── plain text ──


def _text(change: Callable[[str, Random], str]) -> Damage:
    def changed(data: bytes, rng: Random) -> bytes:
        for encoding in ("utf-8", "utf-16", "cp1252"):
            try:
                return change(data.decode(encoding), rng).encode(encoding, "surrogatepass")
            except UnicodeError:
                continue
        return change(data.decode("latin-1"), rng).encode("utf-8", "surrogatepass")

    return changed


def strange_signs(text: str, rng: Random) -> str:
    """Signs that turn, vanish, pile up or are none."""
    letters = list(text)
    for _ in range(rng.choice((1, 30, 500))):
        letters.insert(rng.randrange(len(letters) + 1), rng.choice(STRANGE) * rng.choice((1, 1, 1, 2000)))
    return "".join(letters)


def monotonous(text: str, rng: Random) -> str:
    """The same sign or word tens of thousands of times: what patterns that go back and forth trip over."""
    place = rng.randrange(len(text) + 1)
    return text[:place] + rng.choice(MONOTONY) * rng.choice((200, 5_000, 60_000)) + text[place:]


def lines_lost(text: str, rng: Random) -> str:
    """All on one line, each letter on its own, or the lines in another order."""
    lines = text.splitlines()
    rng.shuffle(lines)
    return rng.choice((" ".join(text.split()), "\n".join(text[:9000]), "\n".join(lines), text.replace("\n", "\r")))


def otherwise_written(text: str, rng: Random) -> str:
    """The letters taken apart, folded into others, in capitals, without accents, or with one figure for another."""
    form = rng.choice(("NFD", "NFKD", "NFKC", "upper", "bare", "figures"))
    if form == "upper":
        return text.upper()
    if form == "bare":
        return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))
    if form == "figures":
        return re.sub(r"\d+", lambda found: rng.choice((found[0] * 40, "0", "-1", found[0], "9" * 400)), text)
    return unicodedata.normalize(form, text)  # type: ignore[arg-type]  -- one of the four forms


def quoted(text: str, rng: Random) -> str:
    """Quotes opened and not closed, and separators everywhere: what tables in text trip over."""
    letters = list(text)
    for _ in range(rng.choice((1, 50))):
        sign = rng.choice(('"', ",", ";", "\t", "\r\n", "=1+1", "'", ",,,,,,,,"))
        letters.insert(rng.randrange(len(letters) + 1), sign)
    return "".join(letters)


def widened(text: str, rng: Random) -> str:
    """A line of very many columns, or very many lines."""
    return text + rng.choice(("," * 20_000 + "\n", "a,b\n" * 60_000, ";" * 300_000, "\n" * 200_000))


# ── PDF and pictures ──


def pdf_bomb(data: bytes, rng: Random) -> bytes:
    """Pages without end, of the size of a field, or that unpack to very much."""
    kind = rng.choice(("loop", "wide", "stream", "many", "crypt", "deep"))
    if kind == "loop":
        return pdf_of([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 1000000>>"])
    if kind == "wide":
        return re.sub(rb"/MediaBox ?\[[^\]]*\]", b"/MediaBox[0 0 99999999 99999999]", data)
    if kind == "crypt":
        locked = b"/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4/O(" + b"o" * 32 + b")/U(" + b"u" * 32 + b")>>"
        data = data.replace(b"trailer<<", b"trailer<<" + locked + b"/ID[(a)(a)]")
        return data.replace(b"/Type/XRef", locked + b"/Type/XRef")
    if kind == "deep":
        return pdf_of([b"<</Type/Catalog/Pages 2 0 R>>", b"[" * 50_000 + b"]" * 50_000])
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<>>>>"
    packed = zlib.compress(b"q " * (60 * MIB if kind == "stream" else 10))
    stream = b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed)
    kids = b"3 0 R " * (20_000 if kind == "many" else 1)
    pages = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(kids) // 6)
    return pdf_of([b"<</Type/Catalog/Pages 2 0 R>>", pages, page, stream])


def pdf_words(data: bytes, rng: Random) -> bytes:
    """Words and numbers of the PDF's own language exchanged."""
    words = sorted(set(re.findall(rb"/[A-Z][A-Za-z0-9]{2,}", data)))
    out = re.sub(rb"(?<=[ \[])\d+(?=[ \]/>])", lambda m: b"99999999" if rng.random() < 0.02 else m[0], data)
    return out.replace(rng.choice(words), rng.choice(words), rng.randint(1, 5)) if words else out


def pixel_bomb(data: bytes, rng: Random) -> bytes:
    """A small picture that says it is a field of pixels, or that has none."""
    width, height = rng.choice(((60_000, 60_000), (1, 4_000_000), (0, 0), (2**31 - 1, 1), (12_000, 9_000)))
    if data.startswith(b"\x89PNG"):
        head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
        return data[:16] + head + struct.pack(">I", zlib.crc32(b"IHDR" + head)) + data[33:]
    if data.startswith(b"\xff\xd8"):
        place = data.find(b"\xff\xc0")
        return data[: place + 5] + struct.pack(">HH", height % 65536, width % 65536) + data[place + 9 :]
    out = bytearray(data)
    start = struct.unpack_from("<I", data, 4)[0]
    for place, value in ((start + 2 + 8, width), (start + 2 + 12 + 8, height)):
        struct.pack_into("<I", out, place, value)
    return bytes(out)


ANY: dict[str, Damage] = {
    "none": lambda data, _rng: data,
    "bits": flipped,
    "run": overwritten,
    "cut": truncated,
    "shuffled": shuffled,
    "spliced": spliced,
    "numbers": numbers_swollen,
}
OF_ZIPPED: dict[str, Damage] = {
    "part bits": _with_part(flipped),
    "part cut": _with_part(truncated),
    "part dropped": part_dropped,
    "zip bomb": part_bomb,
    "many parts": many_parts,
    "sizes lie": sizes_lie,
    "encrypted": said_encrypted,
    "macro": with_macro,
    "entities": _with_part(doctype),
    "deep": _with_part(deep),
    "swollen": _with_part(swollen),
    "repeated": _with_part(repeated),
    "formulas": _with_part(formulas),
    "reworded": _with_part(reworded),
}
OF_TEXT: dict[str, Damage] = {
    "strange signs": _text(strange_signs),
    "monotonous": _text(monotonous),
    "lines lost": _text(lines_lost),
    "other writing": _text(otherwise_written),
}
OF_TABLES: dict[str, Damage] = {"quoted": _text(quoted), "widened": _text(widened)}
OF_PDF: dict[str, Damage] = {"pdf bomb": pdf_bomb, "pdf words": pdf_words}
OF_PICTURES: dict[str, Damage] = {"pixel bomb": pixel_bomb}


def ways_for(kind: str) -> dict[str, Damage]:
    """The ways to damage a kind of file."""
    if kind in ZIPPED:
        return ANY | OF_ZIPPED
    if kind == "text":
        return ANY | OF_TEXT
    if kind == "csv":
        return ANY | OF_TEXT | OF_TABLES
    if kind in PDFS:
        return ANY | OF_PDF
    return ANY if kind == "xls" else ANY | OF_PICTURES
