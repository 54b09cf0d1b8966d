"""Grey pictures of a page as PNG, TIFF, JPEG and inside a PDF, written from their published formats."""

import struct
import zlib

import numpy as np
import pypdfium2
import typst

QUALITY = 16  # the one step of every quantity in the JPEG: small and still legible
ZIGZAG = sorted(range(64), key=lambda n: (n // 8 + n % 8, (n // 8) if (n // 8 + n % 8) % 2 else (n % 8)))
# Annex K of ITU-T T.81: how many codes of each length, and what they stand for.
DC_COUNTS, DC_VALUES = (0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0), tuple(range(12))
AC_COUNTS = (0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 125)
AC_VALUES = bytes.fromhex(
    "01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728292a3435363738393a"
    "434445464748494a535455565758595a636465666768696a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6a7a8"
    "a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa"
)
Grey = np.ndarray


def text_pdf(text: str) -> bytes:
    """A PDF with the text in it as letters."""
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    source = f'#set page(width: 15cm, height: 20cm, margin: 1.5cm)\n#set text(size: 12pt)\n#text("{quoted}")'
    made = typst.compile(source.encode(), format="pdf")
    assert isinstance(made, bytes)
    return made


def pictures_of(pdf: bytes, *, dots: int) -> list[Grey]:
    """Each page as grey bytes, so many dots an inch."""
    document = pypdfium2.PdfDocument(pdf)
    return [np.array(page.render(scale=dots / 72, grayscale=True).to_numpy()).squeeze() for page in document]


def png(grey: Grey) -> bytes:
    """The picture as PNG."""
    rows = b"".join(b"\0" + row.tobytes() for row in grey)
    head = struct.pack(">IIBBBBB", grey.shape[1], grey.shape[0], 8, 0, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in parts
    )


def tiff(greys: list[Grey]) -> bytes:
    """The pictures as the pages of one TIFF, packed with deflate."""
    out = bytearray(b"II*\0" + struct.pack("<I", 0))
    link = 4
    for grey in greys:
        packed = zlib.compress(grey.tobytes(), 9)
        place = len(out)
        out += packed + b"\0" * (len(packed) % 2)
        struct.pack_into("<I", out, link, len(out))
        height, width = grey.shape
        tags = [(256, 4, width), (257, 4, height), (258, 3, 8), (259, 3, 8), (262, 3, 1), (273, 4, place)]
        tags += [(277, 3, 1), (278, 4, height), (279, 4, len(packed))]
        out += struct.pack("<H", len(tags)) + b"".join(struct.pack("<HHII", tag, kind, 1, v) for tag, kind, v in tags)
        link = len(out)
        out += b"\0\0\0\0"
    return bytes(out)


def jpeg(grey: Grey) -> bytes:
    """The picture as a baseline JPEG."""
    height, width = grey.shape
    padded = np.pad(grey, ((0, -height % 8), (0, -width % 8)), mode="edge").astype(float) - 128
    blocks = padded.reshape(padded.shape[0] // 8, 8, -1, 8).swapaxes(1, 2).reshape(-1, 8, 8)
    turn = np.array([[np.cos((2 * x + 1) * u * np.pi / 16) / 2 for x in range(8)] for u in range(8)])
    turn[0] /= np.sqrt(2)
    found = np.rint(turn @ blocks @ turn.T / QUALITY).astype(int).reshape(-1, 64)[:, ZIGZAG]
    packed = _packed(found)
    frame = struct.pack(">BHHBBBB", 8, height, width, 1, 1, 0x11, 0)
    parts = [
        (0xDB, b"\0" + bytes([QUALITY]) * 64),
        (0xC0, frame),
        (0xC4, b"\0" + bytes(DC_COUNTS) + bytes(DC_VALUES)),
        (0xC4, b"\x10" + bytes(AC_COUNTS) + AC_VALUES),
        (0xDA, bytes([1, 1, 0, 0, 63, 0])),
    ]
    body = b"".join(struct.pack(">BBH", 0xFF, kind, len(part) + 2) + part for kind, part in parts)
    return b"\xff\xd8" + body + packed.replace(b"\xff", b"\xff\0") + b"\xff\xd9"


def _packed(blocks: Grey) -> bytes:
    dc, ac = _codes(DC_COUNTS, DC_VALUES), _codes(AC_COUNTS, tuple(AC_VALUES))
    bits: list[str] = []
    before = 0
    for block in blocks.tolist():
        size, rest = _size(block[0] - before)
        before = block[0]
        bits.append(dc[size] + rest)
        run = 0
        last = max((place for place in range(1, 64) if block[place]), default=0)
        for value in block[1 : last + 1]:
            if value == 0:
                run += 1
                continue
            bits += [ac[0xF0]] * (run // 16)
            size, rest = _size(value)
            bits.append(ac[run % 16 * 16 + size] + rest)
            run = 0
        if last < 63:
            bits.append(ac[0])
    text = "".join(bits)
    text += "1" * (-len(text) % 8)
    return int(text, 2).to_bytes(len(text) // 8, "big")


def _codes(counts: tuple[int, ...], values: tuple[int, ...]) -> dict[int, str]:
    codes, code, place = {}, 0, 0
    for length, count in enumerate(counts, 1):
        for value in values[place : place + count]:
            codes[value] = f"{code:0{length}b}"
            code += 1
        place += count
        code <<= 1
    return codes


def _size(value: int) -> tuple[int, str]:
    size = abs(value).bit_length()
    return size, f"{value if value > 0 else value + (1 << size) - 1:0{size}b}" if size else ""


def scanned_pdf(greys: list[Grey]) -> bytes:
    """A PDF whose pages are pictures and nothing else: JPEG and deflate by turns."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    pages = []
    for number, grey in enumerate(greys):
        height, width = grey.shape
        name, data = (b"DCTDecode", jpeg(grey)) if number % 2 == 0 else (b"FlateDecode", zlib.compress(grey.tobytes()))
        page = len(objects) + 1
        pages.append(b"%d 0 R" % page)
        box = b"[0 0 %d %d]" % (width * 72 // 100, height * 72 // 100)
        place = b"q %d 0 0 %d 0 0 cm /I Do Q" % (width * 72 // 100, height * 72 // 100)
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox%s/Contents %d 0 R/Resources<</XObject<</I %d 0 R>>>>>>"
            % (box, page + 1, page + 2)
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(place), place))
        objects.append(
            b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8"
            b"/Filter/%s/Length %d>>stream\n%s\nendstream" % (width, height, name, len(data), data)
        )
    objects[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(pages), len(pages))
    return pdf_of(objects)


def pdf_of(objects: list[bytes]) -> bytes:
    """Objects 1, 2, … as a PDF; the first is its catalogue."""
    out, places = bytearray(b"%PDF-1.5\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)
