"""Pictures: how many pages and dots they have, read from their headers before anything is decoded."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from thidua.core.plans.errors import DamagedFile, OversizedPlan, PlanError
from thidua.core.plans.extract.kinds import Kind

# About A4 at 600 dpi; more is no page but a prepared file or a poster.
MAX_DOTS = 40_000_000
MAX_SCANS = 60

_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_WIDTH, _HEIGHT = 256, 257


def pages_of(data: bytes, kind: Kind) -> int:
    """Return how many pages a picture has. Raises OversizedPlan, DamagedFile."""
    try:
        sizes = {"png": _png, "jpeg": _jpeg, "tiff": _tiff}[kind](data)
        count = 0
        for count, (width, height) in enumerate(sizes, 1):
            if count > MAX_SCANS:
                raise too_many_scans(count)
            if width < 1 or height < 1:
                raise ValueError(kind)
            if width * height > MAX_DOTS:
                raise too_many_dots(width, height, page=count)
    except PlanError:
        raise
    except (ValueError, IndexError, struct.error) as error:
        raise DamagedFile("tệp ảnh bị hỏng hoặc tải về chưa hết; hãy chụp hoặc quét lại rồi nộp lại.") from error
    if not count:
        raise DamagedFile("tệp ảnh bị hỏng hoặc tải về chưa hết; hãy chụp hoặc quét lại rồi nộp lại.")
    return count


def too_many_dots(width: int, height: int, *, page: int) -> OversizedPlan:
    """The refusal of a picture whose dots would fill the memory."""
    return OversizedPlan(
        f"ảnh ở trang {page} có {width} × {height} điểm, quá giới hạn {MAX_DOTS // 1_000_000} triệu điểm; "
        "hãy quét lại ở "
        "150 đến 300 dpi rồi nộp lại."
    )


def too_many_scans(count: int) -> OversizedPlan:
    """The refusal of more scanned pages than are read."""
    return OversizedPlan(
        f"tệp có từ {count} trang quét trở lên, quá giới hạn {MAX_SCANS} trang quét; hãy tách riêng phần kế hoạch rồi "
        "nộp lại."
    )


def _png(data: bytes) -> Iterator[tuple[int, int]]:
    if data[12:16] != b"IHDR":
        raise ValueError("IHDR")
    yield struct.unpack(">II", data[16:24])


def _jpeg(data: bytes) -> Iterator[tuple[int, int]]:
    place = 2
    while place < len(data):
        if data[place] != 0xFF:
            raise ValueError(place)
        mark = data[place + 1]
        if mark == 0xFF or mark in (0x01, *range(0xD0, 0xD8)):  # filling, or a mark without a length
            place += 1 if mark == 0xFF else 2
            continue
        if mark in _FRAMES:
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            yield width, height
            return
        place += 2 + struct.unpack(">H", data[place + 2 : place + 4])[0]
    raise ValueError("SOF")


def _tiff(data: bytes) -> Iterator[tuple[int, int]]:
    order = "<" if data[:2] == b"II" else ">"
    place = struct.unpack(order + "I", data[4:8])[0]
    seen: set[int] = set()
    while place and place not in seen:
        seen.add(place)
        (entries,) = struct.unpack(order + "H", data[place : place + 2])
        sides: dict[int, int] = {}
        for start in range(place + 2, place + 2 + 12 * entries, 12):
            tag, form = struct.unpack(order + "HH", data[start : start + 4])
            if tag in (_WIDTH, _HEIGHT):
                shape, size = ("H", 2) if form == 3 else ("I", 4)
                (sides[tag],) = struct.unpack(order + shape, data[start + 8 : start + 8 + size])
        yield sides.get(_WIDTH, 0), sides.get(_HEIGHT, 0)
        end = place + 2 + 12 * entries
        (place,) = struct.unpack(order + "I", data[end : end + 4])
