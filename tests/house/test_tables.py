"""Every table of every page can be taken away as a file that holds what the page shows, and nothing that runs."""

import html
import io
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client
from house.test_routes import PAGES, TABLE, USERS, address

from thidua.apps.accounts.models import User
from thidua.apps.audit.models import Entry
from thidua.core.workbooks.write import shown

TEMPLATES = Path(__file__).resolve().parents[2] / "src" / "thidua"
# Tables that are no list of records, and why.
NOT_TAKEN = {
    "campaigns/reading_passage.html": "targets beside their passage, to be corrected",
    "councils/attendance.html": "a form to fill in",
    "councils/count.html": "a form to fill in, for one's own eyes",
    "decisions/templates.html": "how to write a template",
}
SENSITIVE = ("records: discipline",)  # opening them is recorded by itself
ROLL = "vinh-danh"  # read unit by unit on the page, one table as a file
FILLED = "giao-chi-tieu"  # fields to fill in on the page, what was given as a file
MOST_QUERIES = 15
OF_RECORD = 6  # lock, last entry, entry, payload, in a transaction of their own
LINES = [line for line in TABLE if line in PAGES or line.answers[3] == 200]
LINK = re.compile(r'<a href="(\?[^"]*tai=([^"&]+)[^"]*)">')


def asked(page: str) -> dict[str, str]:
    """The links that ask for a table of the page, by the table's name."""
    return {name: html.unescape(link) for link, name in LINK.findall(page)}


def sheet_of(answer: Any) -> Any:
    """The only sheet of a file that was answered."""
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert len(book.worksheets) == 1
    return book.active


def lines_shown(page: str, name: str) -> int:
    """How many lines of records the page's table has, counted in its text."""
    found = re.search(rf'<table id="bang-{re.escape(name)}".*?</table>', page, re.DOTALL)
    assert found
    body = found[0].partition("</thead>")[2]
    return len(re.findall(r"<tr[ >]", body)) - len(re.findall(r'<tr><td colspan="\d+">', body))


def test_every_table_of_the_templates_is_offered_as_a_file() -> None:
    missing = []
    for path in sorted(TEMPLATES.glob("*/**/templates/**/*.html")):
        text = path.read_text(encoding="utf-8")
        tables = re.findall(r"<table[^>]*>", text)
        named = sum('id="bang-' in table for table in tables)
        offered = text.count('{% include "table.html" with table=')
        name = "/".join(path.parts[-2:])
        if name not in NOT_TAKEN and (len(tables), named) != (offered, offered):
            missing.append((name, len(tables), named, offered))
    assert missing == []


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line.route} {line.thing}".strip())
def test_a_file_has_what_the_page_shows(
    line: Any, world: Any, actors: dict[str, Any], client: Client, django_assert_max_num_queries: Any
) -> None:
    client.force_login(User.objects.get(username=USERS["secretary" if line.answers[4] == 200 else "director"]))
    place = address(line, world, actors)
    page = client.get(place)
    if page.streaming or "text/html" not in page["Content-Type"]:  # a paper
        return
    whole = client.get(place, {"trang": "het"}).content.decode()
    words = " ".join(re.sub(r"<[^>]*>", " ", html.unescape(whole)).split())
    ids = re.findall(r'<table id="bang-([^"]+)"', page.content.decode())
    assert set(asked(page.content.decode())) - {ROLL} == set(ids)
    for name, link in asked(page.content.decode()).items():
        before = Entry.objects.count()
        with django_assert_max_num_queries(MOST_QUERIES + OF_RECORD):
            answer = client.get(place + link)
        sheet = sheet_of(answer)
        rows = list(sheet.iter_rows(min_row=2))
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
        if name != ROLL:
            assert len(rows) == lines_shown(whole, name)
        if name not in (ROLL, FILLED):
            assert [value for row in sheet.iter_rows() for value in strange(row, words)] == []
        assert Entry.objects.filter(verb="take_table", target=f"table:{name}").exists()
        assert Entry.objects.count() - before == (2 if line.thing in SENSITIVE else 1)


def strange(row: Any, words: str) -> list[str]:
    """Values of a row that the page does not show."""
    values = [value.date() if hasattr(value, "date") else value for value in (cell.value for cell in row)]
    values = [value.removesuffix(" (chi tiết)") if isinstance(value, str) else value for value in values]
    texts = [f"{value:,}".replace(",", ".") if isinstance(value, int) else shown(value) for value in values]
    parts = [part for text in texts for piece in text.split("; ") for part in piece.split("\n")]
    return [part for part in parts if part not in words]
