"""Every page that a person can reach by links: it answers, is clean, is no wider than the screen and not too heavy."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
from journeys.steps import MOST_BYTES, check_page, check_width
from playwright.sync_api import Page

READERS = {"thuong-truc": "/", "giam-doc": "/", "truong-phong": "/", "can-bo": "/", "": "/cong-khai/stc/"}
FILES = re.compile(r"\.(pdf|docx|xlsx)$|^/tep/|^/sang-kien/\d+/(quyet-dinh|giay-chung-nhan)/$|^/sang-kien/so-theo-doi/")
TABLE = re.compile(r"(^|&)tai=")  # a table as a file
NAMED = re.compile(r"/(loai|du-kien|niem-yet|ca-nhan|tap-the|tham-so)/(?!\d+/)[^/]+/")
SIZES = (360, 1280)
DEEPEST = 6


def pattern(place: str) -> str:
    """An address without its numbers and names: pages of one kind have the same."""
    parts = urlsplit(place)
    path = re.sub(r"\d+", "#", NAMED.sub(r"/\1/*/", parts.path))
    return "?".join([path, *sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)})])


def links(page: Page) -> Iterator[str]:
    """Where the links of a page lead on this site, but for files."""
    here = urlsplit(page.url)
    for target in page.eval_on_selector_all("a[href]", "found => found.map(a => a.getAttribute('href'))"):
        parts = urlsplit(urljoin(page.url, target))
        if parts.netloc == here.netloc and not FILES.search(parts.path) and not TABLE.search(parts.query):
            yield f"{parts.path}?{parts.query}" if parts.query else parts.path


@pytest.fixture(scope="module")
def read_before() -> set[str]:
    """Kinds of pages that axe has read, whoever opened them first."""
    return set()


@pytest.mark.parametrize("name", READERS, ids=lambda name: name or "visitor")
@pytest.mark.parametrize("width", [1280], indirect=True)
def test_every_page_reached_by_links_is_sound(enter: Any, name: str, read_before: set[str]) -> None:
    page, start = enter(name), READERS[name]
    seen, queue, opened = {start}, deque([(start, 0, "")]), Counter[str]()
    faults: list[str] = []
    while queue:
        place, depth, origin = queue.popleft()
        kind = pattern(place)
        if opened[kind]:
            continue
        opened[kind] += 1
        found = list(_faults(page, place, reads=kind not in read_before))
        read_before.add(kind)
        faults += [f"{place} (từ {origin}): {fault}" for fault in found]
        for target in links(page):
            if target not in seen and depth < DEEPEST:
                seen.add(target)
                queue.append((target, depth + 1, place))
    assert faults == []
    assert len(opened) >= (6 if not name else 20)


def _faults(page: Page, place: str, *, reads: bool) -> Iterator[str]:
    """What is wrong with a page at either width; axe reads it only the first time."""
    answer = page.goto(place)
    assert answer is not None
    if answer.status != 200:
        yield f"trả lời {answer.status}"
        return
    if len(answer.body()) > MOST_BYTES:
        yield f"nặng {len(answer.body())} byte"
    for width in SIZES:
        page.set_viewport_size({"width": width, "height": 900})
        try:
            (check_page if reads else check_width)(page)
        except AssertionError as error:
            yield f"rộng {width}: {error}"
