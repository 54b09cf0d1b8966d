"""The documents a plan rests on: type, number, date, issuer, subject, and whether named directly.

Direct: named by the plan itself (Căn cứ …; Thực hiện …; Theo đề nghị …), also as a further one joined by
"và" or a semicolon. Nested: named only inside the subject of another ("về thực hiện Nghị quyết số …").
A document named twice is listed once, where it first stands. Law without number is known by its name and
date. Paper form: NĐ 30/2020/NĐ-CP, Phụ lục I.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from thidua.core.plans.plan import Basis, Role
from thidua.core.vietnamese import fold

_TYPES = (
    "kế hoạch hành động",
    "kế hoạch liên tịch",
    "kế hoạch",
    "quyết định",
    "nghị quyết liên tịch",
    "nghị quyết",
    "chỉ thị",
    "công văn",
    "hướng dẫn liên ngành",
    "hướng dẫn",
    "thông tư liên tịch",
    "thông tư",
    "nghị định",
    "tờ trình",
    "chương trình hành động",
    "chương trình phối hợp",
    "chương trình",
    "đề án",
    "thông báo",
    "kết luận",
    "quy định",
    "quy chế",
    "pháp lệnh",
    "công điện",
    "báo cáo",
    "văn bản",
    "thông tri",
    "giao ước",
    "điều lệ",
)
_KIND = "|".join(sorted((fold(kind).replace(" ", r"\s+") for kind in _TYPES), key=len, reverse=True))
_TAIL = r"[a-z][a-z0-9&]*(?:\s?[-/&]\s?(?!ngay\b)[a-z0-9&]+)*(?:\([a-z0-9]+\))?"
_CODE = rf"(?:\d+[a-z]?\s*(?:/\s?\d{{4}})?\s*[-/]\s?{_TAIL}|\d+[a-z]?\s[a-z]{{1,4}}/{_TAIL})"
_DATE = (
    r"[-.:;`'~\s]*(?:ngay[\s.:;,]*)?"
    r"(\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}|\d{1,2}\s+thang\s+\d{1,2}\s+nam[\s.,]+\d{4})"
)
_NUMBERED = re.compile(rf"\b({_KIND})\s+(?:so\s*[:.]?\s*)?({_CODE})(?:\s*,?\s*{_DATE})?")
_BRACKETED = re.compile(rf"\b({_KIND})\b([^;.()]{{0,160}})\(\s*so\.?\s*({_CODE})(?:\s*,?\s*{_DATE})?\s*\)")
_LAW = re.compile(
    rf"\b(?:luat|bo\s+luat|phap\s+lenh)\s[^;]{{2,160}}?(?:so\s+({_CODE})|(?:,?\s*(?:so\s+({_CODE})\s*)?{_DATE}))"
)
# A law named without number or day: "Căn cứ Luật Giáo dục năm 2019;"
_NAMED_LAW = re.compile(
    r"((?:bo\s+)?luat|phap\s+lenh)\s[^;.()]{3,140}?(?=\s*(?:\(|nam\s+\d{4}|[;.]|,\s*(?:luat|can\s+cu)|\Z))"
)
_NEXT_LAW = re.compile(r"\s*(?:[;,]|\bva)\s*(?=(?:bo\s+)?luat\b|phap\s+lenh\b)")
_LAW_OPENER = re.compile(r"(?:\A\s*(?:[-–+*]\s*)?|\bcan\s+cu\s+)(?=(?:bo\s+)?luat\b|phap\s+lenh\b)")
_OPENING = re.compile(
    r"(?:can\s+cu|thuc\s+hien|trien\s+khai|theo\s+de\s+nghi|xet\s+de\s+nghi|theo|tiep\s+tuc\s+thuc\s+hien"
    r"|tren\s+co\s+so|thi\s+hanh|nham)\b[^;]{0,40}?\Z"
)
# Words that end an office's name; the second list only in lower case, for offices have them in theirs
# (Sở Xây dựng, Sở Tài chính, Ban Tổ chức).
_ISSUER_END = re.compile(
    rf"\s+(?:(?:ve|v/v|phe\s+duyet|quy\s+dinh|ban\s+hanh|huong\s+dan|sua\s+doi|va\s+(?:{_KIND})\s+(?:so\b|\d+\s?[-/])|va\s+y\s+kien)\b"
    r"|(?P<lower>(?:tren\s+dia\s+ban|thuc\s+hien|trien\s+khai|phat\s+dong|tai|xay\s+dung|chi\s+tiet|to\s+chuc|giao"
    r"|dieu\s+chinh)\b))|[;.“\"(:]"
)
_LEAD = re.compile(
    r"\s*,?\s*(?:\(\w+\)\s*)?(?:ve\s+viec|ve|v/v|(?=(?:phe\s+duyet|quy\s+dinh|ban\s+hanh|huong\s+dan|sua\s+doi|tang\s+cuong"
    r"|day\s+manh|phat\s+dong|trien\s+khai|thuc\s+hien|hop\s+nhat)\b))\s*"
)
_LOWER_COMMA = re.compile(r",\s+(?=[^\W\d_])")


@dataclass(frozen=True, slots=True)
class _Reference:
    """A document named in the text: spans of its words, number and date, and where its words end."""

    kind: str
    start: int
    end: int
    number: str | None
    date: str | None


def find_bases(paragraphs: Sequence[str]) -> list[Basis]:
    """Return the bases named in the opening paragraphs, in order."""
    bases: list[Basis] = []
    for paragraph in paragraphs:
        bases += _of_paragraph(paragraph)
    seen: set[tuple[str, str | None]] = set()
    unique: list[Basis] = []
    for basis in bases:
        key = (basis.number or fold(basis.type), (basis.number and None) or basis.date)
        if key not in seen:
            seen.add(key)
            unique.append(basis)
    return unique


def plain_fold(text: str) -> str:
    """Return the text folded character by character, so that offsets stay the same."""
    return "".join(fold(c)[:1] or c for c in text)


def iso_date(words: str | None) -> str | None:
    """Return "21 tháng 01 năm 2020" or "21/01/2020" as 2020-01-21, None when it is no date."""
    numbers = [int(number) for number in re.findall(r"\d+", words or "")]
    if len(numbers) != 3 or not (1 <= numbers[0] <= 31 and 1 <= numbers[1] <= 12 and 1900 <= numbers[2] <= 2200):
        return None
    return f"{numbers[2]:04d}-{numbers[1]:02d}-{numbers[0]:02d}"


def _of_paragraph(paragraph: str) -> list[Basis]:
    folded = plain_fold(paragraph)
    references = _references(paragraph, folded)
    bases: list[Basis] = []
    role: Role = "direct"
    roles: list[Role] = []
    for place, reference in enumerate(references):
        before = folded[references[place - 1].end if place else 0 : reference.start]
        opening = folded[
            max(folded.rfind(";", 0, reference.start), _sentence(folded, reference.start)) + 1 : reference.start
        ]
        role = _role(before, opening, role, place)
        roles.append(role)
    for place, reference in enumerate(references):
        # a direct basis keeps the documents named in its subject; a nested one ends where the next begins
        end = next(
            (
                later.start
                for later, kind in zip(references[place + 1 :], roles[place + 1 :], strict=True)
                if kind == "direct" or roles[place] == "nested"
            ),
            len(paragraph),
        )
        bases.append(_basis(paragraph, folded, reference, end, roles[place]))
    return [basis for basis in bases if basis.role == "direct" or basis.number]


def _sentence(folded: str, position: int) -> int:
    found = [match.start() for match in re.finditer(r"\.\s", folded[:position])]
    return found[-1] if found else -1


def _role(before: str, opening: str, previous: Role, place: int) -> Role:
    stripped = opening.strip(" ,")
    if not stripped or (_OPENING.search(stripped) and len(stripped.split()) <= 12 and " ve " not in f" {stripped} "):
        return "direct"
    if place and re.search(r"(?:\bva|,|\bcung)\s*(?:cac\s+)?\Z", before):
        return previous
    return "nested" if place else "direct"


def _references(paragraph: str, folded: str) -> list[_Reference]:
    found = [
        _Reference(_named(match.group(1)), match.start(), match.end(), _span(paragraph, match, 2), match.group(3))
        for match in _NUMBERED.finditer(folded)
    ]
    for match in _BRACKETED.finditer(folded):
        if not any(r.start <= match.start(3) < r.end for r in found):
            found.append(
                _Reference(
                    _named(match.group(1)),
                    match.start(),
                    match.end(),
                    _span(paragraph, match, 3),
                    match.group(4),
                )
            )
    for opener in _LAW_OPENER.finditer(folded):
        at: int | None = opener.end()
        while at is not None and (law := _law(paragraph, folded, at)):
            found = [r for r in found if not at <= r.start < law.end]
            found.append(law)
            further = _NEXT_LAW.match(folded, law.end)
            at = further.end() if further else None
    return sorted(found, key=lambda reference: reference.start)


def _law(paragraph: str, folded: str, at: int) -> _Reference | None:
    """Return the law named at a place: with its number or day, else by its name alone."""
    named, dated = _NAMED_LAW.match(folded, at), _LAW.match(folded, at)
    if dated and (named is None or dated.end() <= named.end() + 30):
        cut = re.search(r"\s*,?\s*(?:so\s+\d|ngay\s+\d|\d{1,2}[/.]\d|nam\s+\d{4}|\()", dated.group())
        name = paragraph[dated.start() : dated.start() + (cut.start() if cut else len(dated.group()))]
        number = _span(paragraph, dated, 1) or _span(paragraph, dated, 2)
        return _Reference(" ".join(name.split()), dated.start(), dated.end(), number, dated.group(3))
    if named is None:
        return None
    year = re.compile(r"\s*nam\s+\d{4}").match(folded, named.end())
    end = year.end() if year else named.end()
    return _Reference(" ".join(paragraph[named.start() : named.end()].split()), named.start(), end, None, None)


def _named(folded: str) -> str:
    words = " ".join(folded.split())
    kind = next((kind for kind in _TYPES if fold(kind) == words), words)
    return kind[0].upper() + kind[1:]


def _span(paragraph: str, match: re.Match[str], group: int) -> str | None:
    if match.group(group) is None:
        return None
    return re.sub(r"\s*([-/&])\s*", r"\1", paragraph[match.start(group) : match.end(group)]).strip()


def _basis(paragraph: str, folded: str, reference: _Reference, end: int, role: Role) -> Basis:
    issuer, after = _issuer(paragraph, folded, reference)
    stop = folded.find(";", after)
    stop = min(end, stop if stop >= 0 else len(paragraph))
    subject = _subject(paragraph, folded, after, max(stop, after))
    return Basis(reference.kind, reference.number, iso_date(reference.date), issuer, subject, role)


def _issuer(paragraph: str, folded: str, reference: _Reference) -> tuple[str | None, int]:
    match = re.compile(r"\s*,?\s*cua\s+").match(folded, reference.end)
    if match is None:
        asked = re.search(r"de\s+nghi\s+cua\s+(.{3,120}?)\s+tai\s*\Z", folded[: reference.start])
        name = paragraph[asked.start(1) : asked.end(1)] if asked else None
        return name, reference.end
    stop = next(
        (
            end.start()
            for end in _ISSUER_END.finditer(folded, match.end())
            if not end.group("lower") or paragraph[end.start("lower")].islower()
        ),
        len(paragraph),
    )
    stop = _at_comma(paragraph, match.end(), stop)
    return " ".join(paragraph[match.end() : stop].split()).strip(" ,") or None, stop


def _at_comma(paragraph: str, start: int, stop: int) -> int:
    """A comma ends the issuer's name unless the name is a list of fields in lower case."""
    for comma in _LOWER_COMMA.finditer(paragraph, start, stop):
        following = paragraph[comma.end()]
        first_word = (
            fold(paragraph[start : comma.start()].split()[0]) if paragraph[start : comma.start()].split() else ""
        )
        if (following.isupper() and first_word not in ("bo", "so")) or (
            following.isupper() and _names_office(paragraph[comma.end() : stop + 40])
        ):
            return comma.start()
    return stop


def _names_office(text: str) -> bool:
    words = fold(text).split()
    return bool(words) and words[0] in (
        "so",
        "uy",
        "ubnd",
        "bo",
        "phong",
        "ban",
        "truong",
        "cuc",
        "hoi",
        "dang",
        "huyen",
        "tinh",
        "thanh",
        "chi",
        "trung",
        "benh",
        "cong",
        "lien",
        "doan",
        "hdnd",
        "khoi",
    )


def _subject(paragraph: str, folded: str, start: int, end: int) -> str | None:
    lead = _LEAD.match(folded, start)
    if lead is None or lead.end() > end:
        return None
    text = " ".join(paragraph[lead.end() : end].split())
    sentence = re.search(r"\.\s+(?=[A-ZĐƯÔ])", text)
    text = text[: sentence.start()] if sentence else text
    text = re.sub(r"\s+(?:và|,)\s*\Z", "", text).strip(" ,.;")
    return text if len(text) > 3 else None
