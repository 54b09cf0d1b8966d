"""Collect every text of the pages into locale/en and say which have no English yet. `--compile` writes the .mo file."""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

SOURCE = Path(__file__).resolve().parents[1] / "src" / "thidua"
PO = SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "_": None,
    "_now": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}


def texts() -> Iterator[str | tuple[str, ...]]:
    """Every text marked for translation, from templates and from code."""
    if not settings.configured:
        settings.configure()
    for path in sorted(SOURCE.rglob("*.html")):
        yield from _extract(templatize(path.read_text(encoding="utf-8"), origin=str(path)))
    for path in sorted(SOURCE.rglob("*.py")):
        if "gettext" in (text := path.read_text(encoding="utf-8")):
            yield from _extract(text)


def _extract(code: str) -> Iterator[str | tuple[str, ...]]:
    for _line, message, _comments, _context in extract("python", io.BytesIO(code.encode()), keywords=KEYWORDS):
        yield message


def catalog() -> Catalog:
    """The English catalog as it stands."""
    if not PO.exists():
        return Catalog(locale="en")
    with PO.open("rb") as stream:
        return read_po(stream, locale="en")


def missing() -> list[str | tuple[str, ...]]:
    """Texts without an English translation, in order."""
    known = catalog()
    wanted = dict.fromkeys(texts())
    return [text for text in wanted if text and not _translated(known, text)]


def _translated(known: Catalog, text: str | tuple[str, ...]) -> bool:
    found = known.get(text if isinstance(text, str) else text[0])
    return bool(found and (found.string if isinstance(found.string, str) else all(found.string)))


def update() -> None:
    """Add new texts, drop those no longer used, keep translations."""
    known, fresh = catalog(), Catalog(locale="en", project="thidua", charset="utf-8")
    for text in dict.fromkeys(texts()):
        if text:
            old = known.get(text if isinstance(text, str) else text[0])
            fresh.add(text, string=_carried_over(text, old.string) if old else None)
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as stream:
        write_po(stream, fresh, omit_header=False, sort_output=True, width=0)


def _carried_over(text: str | tuple[str, ...], string: str | tuple[str, ...]) -> str | tuple[str, ...]:
    """An earlier translation for a text that has since gained (or lost) a plural."""
    if isinstance(text, tuple):
        return string if isinstance(string, tuple) else (string, string)
    return string if isinstance(string, str) else string[0]


def compile_catalog() -> None:
    """Write the binary file that Django reads."""
    with PO.with_suffix(".mo").open("wb") as stream:
        write_mo(stream, catalog())


if __name__ == "__main__":
    if "--compile" in sys.argv:
        compile_catalog()
    else:
        update()
        for text in missing():
            print(text)
