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
NAMED = re.compile(r"/(loai|du-kien|niem-yet)/(?!\d+/)[^/]+/")
PER_PATTERN = 2
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
        if parts.netloc == here.netloc and not FILES.search(parts.path):
            yield f"{parts.path}?{parts.query}" if parts.query else parts.path


@pytest.fixture(scope="module")
def read_before() -> set[tuple[str, int]]:
    """Kinds of pages that axe has read, by width."""
    return set()


@pytest.mark.parametrize("name", READERS, ids=lambda name: name or "khách")
def test_every_page_reached_by_links_is_sound(
    enter: Any, width: int, name: str, read_before: set[tuple[str, int]]
) -> None:
    page, start = enter(name), READERS[name]
    seen, queue, opened = {start}, deque([(start, 0, "")]), Counter[str]()
    faults: list[str] = []
    while queue:
        place, depth, origin = queue.popleft()
        kind = pattern(place)
        if opened[kind] >= PER_PATTERN:
            continue
        opened[kind] += 1
        faults += [f"{place} (từ {origin}): {fault}" for fault in _faults(page, place, (kind, width), read_before)]
        for found in links(page):
            if found not in seen and depth < DEEPEST:
                seen.add(found)
                queue.append((found, depth + 1, place))
    assert faults == []
    assert len(opened) >= (6 if not name else 25)


def _faults(page: Page, place: str, kind: tuple[str, int], read_before: set[tuple[str, int]]) -> Iterator[str]:
    answer = page.goto(place)
    assert answer is not None
    if answer.status != 200:
        yield f"trả lời {answer.status}"
        return
    if len(answer.body()) > MOST_BYTES:
        yield f"nặng {len(answer.body())} byte"
    try:
        if kind in read_before:
            check_width(page)
        else:
            read_before.add(kind)
            check_page(page)
    except AssertionError as error:
        yield str(error)
