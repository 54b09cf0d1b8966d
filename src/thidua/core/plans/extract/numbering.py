"""Automatic numbers of a Word file: what Word would print before each paragraph (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from thidua.core.vietnamese import in_words

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"))
_SMALL_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_DEEPEST = 10


@dataclass
class _Level:
    form: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    legal: bool = False
    suffix: str = " "
    style: str | None = None


@dataclass
class _List:
    """A numbered list: its levels by number, and which abstract list counts for it."""

    counted: str
    levels: dict[int, _Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts through a document; `label` is asked once for each paragraph, in order."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        self._styles = _numbered_styles(styles)
        if numbering is not None:
            self._read(numbering)

    def label(self, properties: Element | None, style: str | None) -> str:
        """Return the number printed before a paragraph with its space, or nothing."""
        name, level = self._place(properties, style)
        listed = self._lists.get(name)
        if listed is None or level not in listed.levels:
            return ""
        count = self._count(name, listed, level)
        return _printed(listed, level, count)

    def _place(self, properties: Element | None, style: str | None) -> tuple[str, int]:
        own = properties.find(f"{W}numPr") if properties is not None else None
        by_style = self._styles.get(style or "", ("", None))
        name, level = by_style[0], by_style[1]
        if own is not None:
            number, depth = own.find(f"{W}numId"), own.find(f"{W}ilvl")
            name = number.get(f"{W}val", "") if number is not None else name
            level = _whole(depth, 0) if depth is not None else (level if number is None else 0)
        if level is None:
            level = self._level_of_style(name, style)
        return name, level

    def _level_of_style(self, name: str, style: str | None) -> int:
        """A style in a list stands at the level that names it."""
        listed = self._lists.get(name)
        levels = listed.levels if listed is not None else {}
        return next((depth for depth, level in levels.items() if level.style == style), 0)

    def _count(self, name: str, listed: _List, level: int) -> dict[int, int]:
        counts = self._counts.setdefault(listed.counted, {})
        if (name, level) not in self._begun and level in listed.starts:
            counts[level] = listed.starts[level] - 1
        self._begun.add((name, level))
        counts[level] = counts.get(level, listed.levels[level].start - 1) + 1
        for deeper, other in listed.levels.items():
            if deeper > level and (other.restart is None or 0 < other.restart <= level + 1):
                counts.pop(deeper, None)
        return counts

    def _read(self, numbering: Element) -> None:
        abstract: dict[str, dict[int, _Level]] = {}
        by_style: dict[str, str] = {}
        links: dict[str, str] = {}
        for element in numbering.iter(f"{W}abstractNum"):
            name = element.get(f"{W}abstractNumId", "")
            abstract[name] = {_whole_at(level, "ilvl"): _level(level) for level in element.findall(f"{W}lvl")}
            link, style = element.find(f"{W}numStyleLink"), element.find(f"{W}styleLink")
            if link is not None:
                links[name] = link.get(f"{W}val", "")
            if style is not None:
                by_style[style.get(f"{W}val", "")] = name
        for element in numbering.iter(f"{W}num"):
            target = element.find(f"{W}abstractNumId")
            counted = target.get(f"{W}val", "") if target is not None else ""
            counted = by_style.get(links.get(counted, ""), counted)
            listed = _List(counted, dict(abstract.get(counted, {})))
            for override in element.findall(f"{W}lvlOverride"):
                depth = _whole_at(override, "ilvl")
                start, level = override.find(f"{W}startOverride"), override.find(f"{W}lvl")
                if level is not None:
                    listed.levels[depth] = _level(level)
                if start is not None:
                    listed.starts[depth] = _whole(start, 1)
            self._lists[element.get(f"{W}numId", "")] = listed


def _level(element: Element) -> _Level:
    def value(tag: str) -> str | None:
        found = element.find(f"{W}{tag}")
        return found.get(f"{W}val") if found is not None else None

    level = _Level(value("numFmt") or "decimal", value("lvlText") or "")
    level.start = _number(value("start"), 1)
    restart = value("lvlRestart")
    level.restart = _number(restart, 0) if restart is not None else None
    legal = element.find(f"{W}isLgl")
    level.legal = legal is not None and legal.get(f"{W}val") not in ("0", "false")
    level.suffix = "" if value("suff") == "nothing" else " "
    level.style = value("pStyle")
    return level


def _printed(listed: _List, level: int, counts: dict[int, int]) -> str:
    own = listed.levels[level]
    if own.form == "bullet":
        return "- " if own.text.strip() else ""
    if own.form == "none" and "%" not in own.text:
        return own.text + own.suffix if own.text else ""

    def number(match: re.Match[str]) -> str:
        depth = int(match.group(1)) - 1
        other = listed.levels.get(depth, own)
        form = "decimal" if own.legal and depth != level else other.form
        return _written(counts.get(depth, other.start), form)

    text = re.sub(r"%([1-9])", number, own.text)
    return text + own.suffix if text.strip() else ""


def _written(count: int, form: str) -> str:
    if form in ("upperRoman", "lowerRoman"):
        roman = _roman(count)
        return roman if form == "upperRoman" else roman.lower()
    if form in ("upperLetter", "lowerLetter"):
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1) if count > 0 else ""
        return letter.upper() if form == "upperLetter" else letter
    if form == "decimalZero":
        return f"{count:02d}"
    if form == "none":
        return ""
    if form in ("cardinalText", "ordinalText", "vietnameseCounting"):
        return in_words(count) if 0 <= count < 10**12 else str(count)
    return str(count)


def _roman(count: int) -> str:
    text = ""
    for value, letters in (*_ROMAN, *_SMALL_ROMAN):
        while count >= value and len(text) < 20:
            text += letters
            count -= value
    return text


def _numbered_styles(styles: Element | None) -> dict[str, tuple[str, int | None]]:
    """Return the list and level that paragraph styles bring, their ancestors' included."""
    if styles is None:
        return {}
    own: dict[str, tuple[str, int | None]] = {}
    parents: dict[str, str] = {}
    for style in styles.findall(f"{W}style"):
        name = style.get(f"{W}styleId", "")
        based, found = style.find(f"{W}basedOn"), style.find(f"{W}pPr/{W}numPr")
        if based is not None:
            parents[name] = based.get(f"{W}val", "")
        if found is not None:
            number, depth = found.find(f"{W}numId"), found.find(f"{W}ilvl")
            own[name] = (
                number.get(f"{W}val", "") if number is not None else "",
                _whole(depth, 0) if depth is not None else None,
            )
    numbered: dict[str, tuple[str, int | None]] = {}
    for name in {*own, *parents}:
        ancestor, steps, level = name, 0, None
        while ancestor and steps < _DEEPEST:
            listed = own.get(ancestor)
            if listed is not None:
                level = level if level is not None else listed[1]
                if listed[0]:
                    numbered[name] = (listed[0], level)
                    break
            ancestor, steps = parents.get(ancestor, ""), steps + 1
    return numbered


def _whole(element: Element, default: int) -> int:
    return _number(element.get(f"{W}val"), default)


def _whole_at(element: Element, name: str) -> int:
    return _number(element.get(f"{W}{name}"), 0)


def _number(text: str | None, default: int) -> int:
    return int(text) if text is not None and re.fullmatch(r"-?\d{1,9}", text) else default
