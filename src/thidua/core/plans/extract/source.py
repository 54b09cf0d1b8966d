"""The text taken from a file, and where in the file each of its characters stood."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from thidua.core.plans.extract.legacy import modern
from thidua.core.vietnamese import fold, is_syllable, nfc

# What breaks no word and shows nothing: zero-width signs, the byte order mark, variation selectors.
_INVISIBLE = re.compile("[\u200b-\u200f\u2060-\u2064\u202a-\u202e\ufe00-\ufe0f\ufeff]")
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_LINE_ENDS = re.compile("\r\n|[\r\u0085\u2028\u2029]")
# Word draws its list signs from fonts of signs, whose codes lie in the private area; so does a text PDF.
_SIGNS = re.compile("[\ue000-\uf8ff]")
_ETH = re.compile("(?<!Đ)\u00d0(?!Đ)")
_HYPHEN = re.compile(r"([^\W\d_]+)[-\u2010]\Z")


@dataclass(frozen=True)
class Source:
    """The text of a file: NFC, every line end one line feed.

    `starts` says where stretches of the text begin: offset, page, line, in order. Where it is empty the text
    says so itself: a form feed begins a page, a line feed a line. `recognised` are the pages that were read from a
    picture, `mends` what was put right on them (mending.py): where it begins and ends, and what was recognised there.
    """

    text: str
    starts: tuple[tuple[int, int, int], ...] = ()
    mends: tuple[tuple[int, int, str], ...] = ()
    recognised: tuple[int, ...] = ()

    @cached_property
    def _places(self) -> tuple[tuple[int, int, int], ...]:
        if self.starts:
            return self.starts
        page = line = 1
        places = [(0, 1, 1)]
        for match in re.finditer(r"[\n\f]", self.text):
            page, line = (page + 1, 1) if match.group() == "\f" else (page, line + 1)
            places.append((match.end(), page, line))
        return tuple(places)

    def place(self, offset: int) -> tuple[int, int]:
        """Return page and line of a character, both from 1; lines count within their page."""
        index = bisect_right(self._places, (offset, 1 << 60, 0)) - 1
        _, page, line = self._places[max(index, 0)]
        return page, line


@dataclass(frozen=True, slots=True)
class Piece:
    """One line of a paragraph, and where it stood; `mends` as Source has them, counted from the line's beginning."""

    text: str
    page: int
    line: int
    mends: tuple[tuple[int, int, str], ...] = ()


def source_of(paragraphs: Iterable[Sequence[Piece]]) -> Source:
    """Return the text of paragraphs whose lines are known: one line each, a blank line between them."""
    given = [list(pieces) for pieces in paragraphs]
    texts = iter(modern("\n".join(piece.text for pieces in given for piece in pieces)).split("\n"))
    parts: list[str] = []
    starts: list[tuple[int, int, int]] = []
    mends: list[tuple[int, int, str]] = []
    length = 0
    for pieces in [[_retold(piece, next(texts)) for piece in pieces] for pieces in given]:
        if parts:
            parts.append("\n\n")
            length += 2
        for number, piece in enumerate(pieces):
            text, between = piece.text.rstrip("\u00ad"), ""
            if number + 1 < len(pieces):
                text, between = _ended(piece.text, pieces[number + 1].text)
            text = text.replace("\u00ad", "")
            starts.append((length, piece.page, piece.line))
            mends += [(length + start, length + end, before) for start, end, before in piece.mends]
            parts += [text, between]
            length += len(text) + len(between)
    return Source("".join(parts), tuple(starts), tuple(mends))


def _retold(piece: Piece, text: str) -> Piece:
    return piece if text == piece.text else replace(piece, text=text, mends=())


def _ended(line: str, following: str) -> tuple[str, str]:
    """Return a line as it reads before the next one, and what stands between them.

    A hyphen at the end of a line belongs to the word where its first part is a Vietnamese syllable (kinh tế-xã
    hội), a capital or a number (KH-UBND, 2020-2025); after any other small letter it only broke a foreign word.
    """
    if line.endswith("\u00ad"):
        return line[:-1], ""
    broken = _HYPHEN.search(line)
    if broken and following[:1].islower() and broken.group(1).islower() and not is_syllable(broken.group(1)):
        return line[:-1], ""
    attached = line[-1:] in "-\u2010/" and line[-2:-1].isalnum() and following[:1].isalnum()
    return line, "" if attached else " "


def clean(text: str) -> str:
    """Return a text in NFC with plain line ends and spaces, and without signs that show nothing."""
    text = _INVISIBLE.sub("", _SPACES.sub(" ", _LINE_ENDS.sub("\n", text)))
    # Ð (eth) looks like Đ, and is what some fonts and recognisers give for it; beside a Đ it is one too many (signs.py)
    text = _ETH.sub("Đ", _SIGNS.sub("-", nfc(text)))
    return "".join(" " if unicodedata.category(c) == "Cc" and c not in "\n\f" else c for c in text)


def share_of_syllables(text: str) -> float:
    """Return how much of a text's words can be Vietnamese; 1.0 for a text without words."""
    words = [word.lower() for word in re.findall(r"[^\W\d_]{2,}", nfc(text))]
    return sum(map(is_syllable, words)) / len(words) if words else 1.0


def share_of_marks(text: str) -> float:
    """Return how much of a text's words bear Vietnamese signs; 1.0 for a text without words."""
    words = [word.lower() for word in re.findall(r"[^\W\d_]{2,}", nfc(text))]
    return sum(fold(word) != word for word in words) / len(words) if words else 1.0
