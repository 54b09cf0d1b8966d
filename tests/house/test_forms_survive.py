"""Every form of the site sent back wrong, as every role: it may refuse, it never breaks."""

import unicodedata
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from house.routes import Line
from house.test_routes import TABLE, USERS, address

from thidua.apps.accounts.models import User

SKIPPED = ("accounts:sign-out", "files:download", "health", "language")
LINES = tuple({line.route + line.thing: line for line in TABLE if line.route not in SKIPPED}.values())
FOREIGN = "999999999"
WRONG = {
    "empty": "",
    "word": "không phải số",
    "negative": "-1",
    "foreign": FOREIGN,
    "huge": "9" * 40,
    "zero byte": "a\x00b",
    "long": "Đ" * 10_000,
    "nfd": unicodedata.normalize("NFD", "Nguyễn Thị Ấm 31/02/2020"),
    "last day": "31/12/9999",
    "first day": "01/01/0001",
}
BROKEN = b"\x00\x01not a file of any kind"


class Forms(HTMLParser):
    """The forms of a page that are sent by POST: for each its fields by name, with the values offered."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[dict[str, list[str]]] = []
        self.files: set[str] = set()
        self._open: dict[str, list[str]] | None = None
        self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "form" and given.get("method") == "post":
            self._open = {}
            self.found.append(self._open)
        elif self._open is None:
            return
        elif tag == "option" and self._select:
            self._open[self._select].append(given.get("value") or "")
        elif tag in ("input", "select", "textarea", "button") and name and name != "csrfmiddlewaretoken":
            if given.get("type") == "file":
                self.files.add(name)
            values = self._open.setdefault(name, [])
            if tag in ("input", "button"):
                values.append(given.get("value") or "")
            self._select = name if tag == "select" else ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "select":
            self._select = ""


def sendings(page: str) -> list[dict[str, Any]]:
    """What to send back to a page: nothing, then each of its forms with each wrong value in all its fields."""
    forms = Forms(page)
    sent: list[dict[str, Any]] = [{}, {"act": "không có", "id": FOREIGN}]
    for form in forms.found:
        kept = {name: values[0] for name, values in form.items() if name in ("act", "verb")}
        for wrong in WRONG.values():
            sent.append({**dict.fromkeys(form, wrong), **kept})
        likely = {name: next((value for value in values if value), "1") for name, values in form.items()}
        for name in form.keys() - kept.keys():
            if name not in forms.files:
                sent.extend({**likely, **kept, name: wrong} for wrong in (WRONG["zero byte"], WRONG["huge"]))
        broken = {name: SimpleUploadedFile("tệp\u0301.pdf", BROKEN) for name in form if name in forms.files}
        sent.append({**likely, **kept, **broken})
    return sent


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line.route} {line.thing}".strip())
def test_a_form_sent_back_wrong_is_answered(
    line: Line, world: Any, actors: dict[str, Any], client: Client
) -> None:
    place = address(line, world, actors)
    client.raise_request_exception = False
    broken = []
    for role in ("visitor", *USERS):
        client.logout()
        if role != "visitor":
            client.force_login(User.objects.get(username=USERS[role]))
        page = client.get(place)
        html = "" if page.streaming else page.content.decode(errors="replace")
        for sent in sendings(html):
            with transaction.atomic():
                for upload in sent.values():
                    if isinstance(upload, SimpleUploadedFile):
                        upload.seek(0)
                answer = client.post(place, sent)
                transaction.set_rollback(True)
            if answer.status_code >= 500:
                reason = repr(answer.exc_info[1])[:200] if answer.exc_info else ""
                broken.append((role, {name: str(value)[:30] for name, value in sent.items()}, reason))
    assert broken == []
