"""Pages of text drawn, spoiled and read back by Tesseract, so that the reader is measured on real damage.

Texts are set with Typst in the package's own serif font, drawn at 100 to 200 dots an inch, speckled with a
fixed seed, and read with the English model (which knows no Vietnamese letter) and the Vietnamese one.
"""

from __future__ import annotations

import importlib.util
import os
import random
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
import typst

SPECKLES = 0.002


def has_tesseract(model: str) -> bool:
    """Tell whether Tesseract is on this machine with a model."""
    if shutil.which("tesseract") is None:
        return False
    listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False)
    return model in listed.stdout.split()


def read_back(paragraphs: Sequence[str], *, model: str, dpi: int, speckles: float = SPECKLES) -> str:
    """Return what Tesseract reads from pages that show the paragraphs."""
    with tempfile.TemporaryDirectory() as folder:
        return "\n".join(_read(page, model, dpi) for page in _draw(paragraphs, Path(folder), dpi, speckles))


def _draw(paragraphs: Sequence[str], folder: Path, dpi: int, speckles: float) -> list[Path]:
    """Return the pages as PGM pictures, speckled black and white, the same at every run."""
    found = importlib.util.find_spec("rinoh_typeface_texgyretermes")
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(Path(found.origin).parent)] if found and found.origin else [],
    )
    source = folder / "page.typ"
    body = "\n\n".join(_escaped(paragraph) for paragraph in paragraphs)
    source.write_text(
        '#set page(paper: "a4", margin: 2cm)\n#set text(font: "TeX Gyre Termes", size: 13pt, lang: "vi")\n'
        f"#set par(justify: true)\n\n{body}\n",
        encoding="utf-8",
    )
    pdf = typst.Compiler(font_paths=fonts, root=str(folder)).compile(input=str(source), format="pdf")
    pages: list[Path] = []
    for number, page in enumerate(pypdfium2.PdfDocument(pdf)):
        picture = page.render(scale=dpi / 72, grayscale=True)
        rows = bytearray()
        for row in range(picture.height):
            rows += bytes(picture.buffer[row * picture.stride : row * picture.stride + picture.width])
        draw = random.Random(f"{number} {dpi}")
        for _ in range(int(len(rows) * speckles)):
            rows[draw.randrange(len(rows))] = draw.choice((0, 255))
        pages.append(folder / f"{number}.pgm")
        pages[-1].write_bytes(b"P5 %d %d 255\n" % (picture.width, picture.height) + bytes(rows))
    return pages


def _escaped(text: str) -> str:
    return "".join(f"\\{sign}" if sign in "\\#$*_`<>@[]=-+/~\"'" else sign for sign in text)


def _read(page: Path, model: str, dpi: int) -> str:
    done = subprocess.run(
        ["tesseract", str(page), "-", "-l", model, "--dpi", str(dpi), "--psm", "4"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )
    return done.stdout
