"""Pictures of pages → words with their places, by Tesseract with Vietnamese data. Runs confined.

Each page is one call with one thread and a time limit; as many calls run side by side as there are processors.
"""

from __future__ import annotations

import math
import os
import subprocess
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from statistics import median

import pypdfium2
import pypdfium2.raw as pdfium

from thidua.core.plans.errors import DamagedFile, OversizedPlan, PlanError
from thidua.core.plans.extract.mending import small_letters
from thidua.core.plans.extract.recogniser import LANGUAGE, PROGRAM

# One page at 150–300 dpi takes two to four seconds; a page of noise can take many times that.
PAGE_SECONDS = 25
# Dots for each point: 150 and 200 to the inch. Drawn larger than it was scanned, a page reads worse.
_COARSE = 150 / 72
_FINE = 200 / 72
_MOST = 12_000_000
_SURE = 60.0
_LEAST = 12.0

Word = tuple[float, float, float, float, str, float]


def words_of_picture(data: bytes, *, pages: list[int], several: bool) -> dict[str, object]:
    """Return pages of a picture file, by number from 0, as words_of_pdf does; a TIFF may have several."""
    return _all([_picture(data, number, several) for number in pages])


def words_of_scans(data: bytes, *, pages: list[int]) -> dict[str, object]:
    """Return pages of a PDF as they look, by number from 0, each drawn and read."""
    document = pypdfium2.PdfDocument(data)
    return _all([_drawn(document, number) for number in pages])


Job = tuple[int, Callable[[], bytes], list[str]]


def _picture(data: bytes, number: int, several: bool) -> Job:
    return number, lambda: data, ["-c", f"tessedit_page_number={number}"] if several else []


def _drawn(document: pypdfium2.PdfDocument, number: int) -> Job:
    return number, lambda: _draw(document, number), []


def _all(jobs: Sequence[Job]) -> dict[str, object]:
    """Read pages side by side; what is drawn is drawn one after the other, as PDFium has one thread only."""
    try:
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            # drawn one ahead of the reading only: a page of dots is some megabytes
            waiting = []
            for number, draw, options in jobs:
                waiting.append(pool.submit(_read, draw(), number, options))
                if len(waiting) > 2 * (os.cpu_count() or 1):
                    waiting[len(waiting) - 2 * (os.cpu_count() or 1) - 1].result()
            return {"pages": [page.result() for page in waiting]}
    except PlanError as error:
        return {"fault": type(error).__name__, "said": str(error)}


def _draw(document: pypdfium2.PdfDocument, number: int) -> bytes:
    """Return a page as a grey picture (PGM), at the scan's own dots for each inch where these serve for reading."""
    page = document[number]
    scale = min(max(_own_scale(page), _COARSE), _FINE)
    width, height = page.get_size()
    bitmap = page.render(scale=min(scale, math.sqrt(_MOST / (width * height))), grayscale=True)
    lines = memoryview(bitmap.buffer).cast("B")
    rows = b"".join(lines[row * bitmap.stride : row * bitmap.stride + bitmap.width] for row in range(bitmap.height))
    return b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + rows


def _own_scale(page: pypdfium2.PdfPage) -> float:
    """Return how many dots for each point the largest picture on a page has."""
    largest, scale = 0.0, _FINE
    for drawn in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = drawn.get_bounds()
        sides = (right - left, top - bottom)
        if min(sides) > 0 and sides[0] * sides[1] > largest:
            largest = sides[0] * sides[1]
            scale = max(drawn.get_px_size()) / max(sides)
    return scale


def _read(picture: bytes, number: int, options: Sequence[str]) -> dict[str, object]:
    command = [PROGRAM, "stdin", "stdout", "-l", LANGUAGE, "--psm", "3", *options, "tsv"]
    try:
        done = subprocess.run(
            command,
            input=picture,
            capture_output=True,
            timeout=PAGE_SECONDS,
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired as error:
        raise OversizedPlan(
            f"trang {number + 1} quá rối, không nhận dạng xong trong {PAGE_SECONDS} giây; hãy quét lại rõ "
            "hơn, ở 150 đến "
            "300 dpi, rồi nộp lại."
        ) from error
    if done.returncode != 0:
        raise DamagedFile(f"trang {number + 1} không mở được như một ảnh; hãy chụp hoặc quét lại rồi nộp lại.")
    return _page(done.stdout.decode("utf-8", "replace"))


def _page(table: str) -> dict[str, object]:
    """Return the words of a page from Tesseract's table, turned straight where the paper lay askew."""
    size = (1.0, 1.0)
    lines: dict[tuple[str, ...], list[tuple[float, float, float, float, str]]] = {}
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) < 12:
            continue
        left, top, width, height = map(float, cells[6:10])
        if cells[0] == "1":
            size = (width, height)
        elif cells[0] == "5" and _is_word(cells[11].strip(), float(cells[10])):
            lines.setdefault(tuple(cells[2:5]), []).append((left, top, left + width, top + height, cells[11].strip()))
    slope = _slope(list(lines.values()))
    heights = [word[3] - word[1] for line in lines.values() for word in line if len(word[4]) > 2]
    usual = median(heights) if heights else 1.0
    words: list[Word] = []
    for line in lines.values():
        middle = median((word[1] + word[3]) / 2 - slope * (word[0] + word[2]) / 2 for word in line)
        own = median(word[3] - word[1] for word in line)
        tall = max(own, usual)
        for left, top, right, bottom, text in line:
            shift = slope * (top + bottom) / 2
            # boxes hug the letters: all words of a line get the line's own height
            box = (left + shift, middle - tall / 2, right + shift, middle + tall / 2)
            words.append((*box, small_letters(text), usual))
    return {"width": size[0], "height": size[1], "words": words, "rules": [], "look": "", "recognised": True}


def _is_word(text: str, certainty: float) -> bool:
    if not text or certainty < 0:
        return False
    if any(map(str.isalnum, text)):
        return certainty >= _LEAST or len(text) > 3
    return certainty >= _SURE or text in ("-", "–", "+")


def _slope(lines: Sequence[Sequence[tuple[float, float, float, float, str]]]) -> float:
    """How far lines rise or fall for each dot to the right."""
    slopes = []
    for line in lines:
        first, last = line[0], line[-1]
        run = (last[0] + last[2] - first[0] - first[2]) / 2
        if len(line) >= 5 and run > 0:
            slopes.append(((last[1] + last[3]) - (first[1] + first[3])) / 2 / run)
    return median(slopes) if len(slopes) >= 3 else 0.0
