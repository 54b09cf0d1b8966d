"""Every page that a person can reach by links: it answers, is clean, is no wider than the screen and not too heavy."""

import html
import re
from collections import Counter, deque
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
from journeys.steps import MOST_BYTES, check_page
from playwright.sync_api import Page

READERS = {"thuong-truc": "/", "giam-doc": "/", "truong-phong": "/", "can-bo": "/", "": "/cong-khai/stc/"}
FILES = re.compile(r"\.(pdf|docx|xlsx)$|^/tep/|^/sang-kien/\d+/(quyet-dinh|giay-chung-nhan)/$|^/sang-kien/so-theo-doi/")
LINK = re.compile(r'<a\s[^>]*href="([^"]*)"')
TABLE = re.compile(r"(^|&)tai=")  # a table as a file
NAMED = re.compile(r"/(loai|du-kien|niem-yet|ca-nhan|tap-the|tham-so)/(?!\d+/)[^/]+/")
SIZES = (360, 1280)
DEEPEST = 6


def pattern(place: str) -> str:
    """An address without its numbers and names: pages of one kind have the same."""
    parts = urlsplit(place)
    path = re.sub(r"\d+", "#", NAMED.sub(r"/\1/*/", parts.path))
    return "?".join([path, *sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)})])


def links(page: str, place: str) -> Iterator[str]:
    """Where the links of a page lead on this site, but for files."""
    for target in LINK.findall(page):
        parts = urlsplit(urljoin(place, html.unescape(target)))
        if not parts.netloc and not FILES.search(parts.path) and not TABLE.search(parts.query):
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
        found, targets = _opened(page, place) if kind not in read_before else _asked_for(page, place)
        read_before.add(kind)
        faults += [f"{place} (từ {origin}): {fault}" for fault in found]
        for target in targets:
            if target not in seen and depth < DEEPEST:
                seen.add(target)
                queue.append((target, depth + 1, place))
    assert faults == []
    assert len(opened) >= (6 if not name else 20)


def _opened(page: Page, place: str) -> tuple[list[str], list[str]]:
    """What is wrong with a page that the browser shows at either width, and where its links lead."""
    answer = page.goto(place)
    assert answer is not None
    faults, targets = _answered(place, answer.status, answer.body())
    for width in SIZES if answer.status == 200 else ():
        page.set_viewport_size({"width": width, "height": 900})
        try:
            check_page(page, colours=width == SIZES[-1])  # the phone shows the same colours
        except AssertionError as error:
            faults.append(f"rộng {width}: {error}")
    return faults, targets


def _asked_for(page: Page, place: str) -> tuple[list[str], list[str]]:
    """The same of a page whose kind the browser has shown to somebody before: the answer, its weight, its links."""
    answer = page.request.get(place)
    return _answered(place, answer.status, answer.body())


def _answered(place: str, status: int, body: bytes) -> tuple[list[str], list[str]]:
    if status != 200:
        return [f"trả lời {status}"], []
    heavy = [f"nặng {len(body)} byte"] if len(body) > MOST_BYTES else []
    return heavy, list(links(body.decode(), place))
