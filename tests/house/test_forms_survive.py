"""Every form of the site sent back wrong: it may refuse, it never breaks.

Each form is tried once, by the first role that is offered it; the other roles send the same to the same address.
"""

import re
import unicodedata
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from house.routes import Line
from house.test_routes import TABLE, USERS, address

from thidua.apps.accounts.models import User

SKIPPED = ("accounts:sign-out", "files:download", "health", "language")
PAPERS = ("paper", "document", "minutes", "certificate", "signing-list", "initiatives:decision")
LINES = [
    line
    for line in {(line.route, line.thing): line for line in TABLE}.values()
    if line.route not in SKIPPED and not line.route.endswith(PAPERS)
]
QUERIES = (
    "trang",
    "danh_hieu",
    "don_vi",
    "nguoi",
    "tham_dinh",
    "trang_thai",
    "trang-thai",
    "nam",
    "q",
    "viec",
    "act",
    "ket_qua",
    "nhom",
)
WRONG = (
    "",
    "a\x00b",
    "999999999",
    "không phải số",
    "-1",
    "9" * 40,
    "Đ" * 10_000,
    unicodedata.normalize("NFD", "Nguyễn Thị Ấm 31/02/2020"),
    "31/12/9999",
    "01/01/0001",
)
MOST_ALONE = 3  # fields of one form that are wrong by themselves
KEPT = ("act", "verb")
BROKEN = b"\x00\x01not a file of any kind"
tried: set[tuple[str, ...]] = set()


class Forms(HTMLParser):
    """The forms of a page that are sent by POST: where to, and the fields by name with the values offered."""

    def __init__(self, page: str, place: str) -> None:
        super().__init__()
        self.place = place
        self.found: list[tuple[str, dict[str, list[str]]]] = []
        self.files: set[str] = set()
        self._open: dict[str, list[str]] | None = None
        self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name, values = given.get("name", ""), [given["value"]] if given.get("value") else []
        if tag == "form":
            self._open = {} if given.get("method") == "post" else None
            if self._open is not None:
                self.found.append((urljoin(self.place, given.get("action", "").partition("#")[0]), self._open))
        elif self._open is None:
            return
        elif tag == "option" and self._select:
            self._open[self._select] += values
        elif tag in ("input", "select", "textarea", "button") and name and name != "csrfmiddlewaretoken":
            self.files |= {name} if given.get("type") == "file" else set()
            self._open.setdefault(name, []).extend(values)
            self._select = name if tag == "select" else ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "select":
            self._select = ""


def sendings(fields: dict[str, list[str]], files: set[str]) -> list[dict[str, Any]]:
    """What to send back to one form: everything alike wrong, everything wrong in another way, one field alone wrong."""
    kept = {name: fields[name][0] for name in KEPT if fields.get(name)}
    sent: list[dict[str, Any]] = [{**dict.fromkeys(fields, wrong), **kept} for wrong in WRONG[:3]]
    for turn in range(3, len(WRONG), 3):
        mixed = {name: WRONG[(turn + place) % len(WRONG)] for place, name in enumerate(fields)}
        sent.append({**mixed, **kept})
    likely = {name: values[0] if values else "31/12/2020" for name, values in fields.items()} | kept
    alone = [name for name in fields if name not in files and name not in kept][:MOST_ALONE]
    sent += [{**likely, name: wrong} for name in alone for wrong in (WRONG[1], WRONG[5])]
    broken = {name: SimpleUploadedFile("tệp.pdf", BROKEN) for name in fields if name in files}
    return [*sent, {**likely, **broken}]


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line.route} {line.thing}".strip())
def test_a_form_sent_back_wrong_is_answered(line: Line, world: Any, actors: dict[str, Any], client: Client) -> None:
    place = address(line, world, actors)
    client.raise_request_exception = False
    broken = []
    last: tuple[str, dict[str, Any]] = (place, {"act": "không có"})
    for role in ("secretary", "head", "member", "other_agency", "visitor"):
        client.logout()
        if role != "visitor":
            client.force_login(User.objects.get(username=USERS[role]))
        if role == "secretary":
            broken += [(role, send(client, place, dict.fromkeys(QUERIES, wrong), get=True)) for wrong in WRONG[1:3]]
            broken += [(role, send(client, other, {}, get=True)) for other in other_numbers(place)]
        broken.append((role, send(client, *last)))
        if role in ("other_agency", "visitor"):
            continue
        forms = page_forms(client, place)
        for target, fields in forms.found:
            key = (line.route, target.partition("?")[2], *(fields.get("act") or ()), *sorted(fields)[:12])
            if key in tried:
                continue
            tried.add(key)
            for data in sendings(fields, forms.files):
                broken.append((role, send(client, target, data)))
                last = (target, {name: value for name, value in data.items() if isinstance(value, str)})
    assert [one for one in broken if one[1]] == []


def other_numbers(place: str) -> list[str]:
    """The address with each of its numbers out of range, one at a time."""
    found = re.finditer(r"\d+", place)
    return [place[: one.start()] + odd + place[one.end() :] for one in found for odd in ("0", "99999", "9" * 20)]


def page_forms(client: Client, place: str) -> Forms:
    """The forms of a page as a role sees them."""
    page = client.get(place)
    shown = page.status_code == 200 and not page.streaming
    return Forms(page.content.decode(errors="replace") if shown else "", place)


def send(client: Client, place: str, data: dict[str, Any], *, get: bool = False) -> str:
    """Ask or send, without a trace; what was sent and what broke, blank when it was answered."""
    with transaction.atomic():
        answer = client.get(place, data) if get else client.post(place, data)
        transaction.set_rollback(True)
    if answer.status_code < 500:
        return ""
    what = {name: str(value)[:20] for name, value in data.items()}
    return f"{place} {what}: {answer.exc_info[1]!r:.200}"
