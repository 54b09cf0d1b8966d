"""The documents a plan rests on: type, number, date, issuer, subject, and whether named directly.

Direct: named by the plan itself (Căn cứ …; Thực hiện …; Theo đề nghị …), also as a further one joined by
"và" or a semicolon. Nested: named only inside the subject of another ("về thực hiện Nghị quyết số …").
A document named twice is listed once, where it first stands. Law without number is known by its name and
date. Paper form: NĐ 30/2020/NĐ-CP, Phụ lục I.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from thidua.core.plans.names import OFFICE
from thidua.core.plans.plan import Basis, Role
from thidua.core.plans.references import KIND, Reference, references
from thidua.core.vietnamese import fold, plain_fold

_OPENING = re.compile(
    r"(?:can\s+cu|thuc\s+hien|trien\s+khai|theo\s+de\s+nghi|xet\s+de\s+nghi|(?<!kem\s)theo|tiep\s+tuc\s+thuc\s+hien"
    r"|tren\s+co\s+so|thi\s+hanh|nham)\b[^;]{0,40}?\Z"
)
# Words that end an office's name; the second list only in lower case, for offices have them in theirs
# (Sở Xây dựng, Sở Tài chính, Ban Tổ chức).
_ISSUER_END = re.compile(
    rf",?\s+(?:(?:ngay\s+\d+|ve|v/v|phe\s+duyet|quy\s+dinh|ban\s+hanh|huong\s+dan|sua\s+doi|va\s+(?:{KIND})\s+(?:so\b|\d+\s?[-/])|va\s+y\s+kien)\b"
    r"|(?P<lower>(?:tren\s+dia\s+ban|thuc\s+hien|trien\s+khai|phat\s+dong|tai|xay\s+dung|chi\s+tiet|to\s+chuc|giao"
    r"|dieu\s+chinh)\b))|[;.“\"(:]"
)
_LEAD = re.compile(
    r"\s*,?\s*(?:\(\w+\)\s*)?(?:ve\s+viec|ve|v/v|(?=(?:phe\s+duyet|quy\s+dinh|ban\s+hanh|huong\s+dan|sua\s+doi|tang\s+cuong"
    r"|day\s+manh|phat\s+dong|trien\s+khai|thuc\s+hien|hop\s+nhat)\b))\s*"
)
# The office that launches the plan, after the last ground: "…, Ủy ban nhân dân phường ban hành Kế hoạch như sau:".
_LAUNCHED = re.compile(
    rf",\s+(?:{OFFICE})\b[^,;]{{0,120}}?\s(?:ban\s+hanh|xay\s+dung|phat\s+dong|trien\s+khai|to\s+chuc|thong\s+nhat|de\s+ra)\b"
)
_BACKGROUND = re.compile(r"sau\s+(?:\d|hon|gan|mot|hai|ba)")  # "Sau 8 năm triển khai thực hiện Nghị quyết …"
_LATE_DAY = re.compile(  # "Kế hoạch số 19/KH-CĐGD của Công đoàn …, ngày 01 tháng 02 năm 2013"
    r"\s+cua\s+(?:(?!\bve\b)[^;(]){3,90}?,?\s+ngay\s+"
    r"(\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2}\s+thang\s+\d{1,2}\s+nam\s+\d{4})"
)
_LONGEST = 6000  # characters; no opening is longer, and what is costs the more
_LOWER_COMMA = re.compile(r",\s+(?=[^\W\d_])")


def find_bases(paragraphs: Sequence[str]) -> list[Basis]:
    """Return the bases named in the opening paragraphs, in order."""
    bases: list[Basis] = []
    for paragraph in paragraphs:
        if not _BACKGROUND.match(fold(paragraph)):
            bases += _of_paragraph(paragraph[:_LONGEST])
    seen: dict[tuple[str, str | None], int] = {}
    unique: list[Basis] = []
    for basis in bases:
        key = (basis.number, None) if basis.number else (fold(basis.type), basis.date or basis.subject)
        first = seen.setdefault(key, len(unique))
        if first == len(unique):
            unique.append(basis)
        elif basis.role == "direct" and unique[first].role == "nested":
            unique[first] = replace(basis, date=basis.date or unique[first].date)
    return unique


def iso_date(words: str | None) -> str | None:
    """Return "21 tháng 01 năm 2020" or "21/01/2020" as 2020-01-21, None when it is no date."""
    numbers = [int(number) for number in re.findall(r"\d+", words or "")]
    if len(numbers) != 3 or not (1 <= numbers[0] <= 31 and 1 <= numbers[1] <= 12 and 1900 <= numbers[2] <= 2200):
        return None
    return f"{numbers[2]:04d}-{numbers[1]:02d}-{numbers[0]:02d}"


def _of_paragraph(paragraph: str) -> list[Basis]:
    folded = plain_fold(paragraph)
    found = references(paragraph, folded)
    bases: list[Basis] = []
    role: Role = "direct"
    roles: list[Role] = []
    for place, reference in enumerate(found):
        before = folded[found[place - 1].end if place else 0 : reference.start]
        opening = folded[
            max(folded.rfind(";", 0, reference.start), _sentence(folded, reference.start)) + 1 : reference.start
        ]
        role = _role(before, opening, role, place)
        roles.append(role)
    for place, reference in enumerate(found):
        # a direct basis keeps the documents named in its subject; a nested one ends where the next begins
        end = next(
            (
                later.start
                for later, kind in zip(found[place + 1 :], roles[place + 1 :], strict=True)
                if kind == "direct" or roles[place] == "nested"
            ),
            len(paragraph),
        )
        bases.append(_basis(paragraph, folded, reference, end, roles[place]))
    return [basis for basis in bases if basis.role == "direct" or basis.number]


def _sentence(folded: str, position: int) -> int:
    found = [match.start() for match in re.finditer(r"(?<!\bbo)\.\s", folded[:position])]
    return found[-1] if found else -1


def _role(before: str, opening: str, previous: Role, place: int) -> Role:
    stripped = opening.strip(" ,")
    if not stripped or (_OPENING.search(stripped) and len(stripped.split()) <= 12 and " ve " not in f" {stripped} "):
        return "direct"
    if place and re.search(r"(?:\bva|,|\bcung)\s*(?:cac\s+)?\Z", before):
        return "nested" if re.search(r"\bve\b.*\bluat\b", before) else previous
    return "nested" if place else "direct"


def _basis(paragraph: str, folded: str, reference: Reference, end: int, role: Role) -> Basis:
    issuer, after = _issuer(paragraph, folded, reference)
    stop = folded.find(";", after)
    stop = min(end, stop if stop >= 0 else len(paragraph))
    subject = reference.subject or _subject(paragraph, folded, after, max(stop, after))
    late = None if reference.date else _LATE_DAY.match(folded[:end], reference.end)
    day = iso_date(reference.date or (late.group(1) if late else None))
    return Basis(reference.kind, reference.number, day, issuer, subject, role)


def _issuer(paragraph: str, folded: str, reference: Reference) -> tuple[str | None, int]:
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
    launched = _LAUNCHED.search(plain_fold(text))
    text = text[: launched.start()] if launched else text
    text = re.sub(r"\s+(?:và|,)\s*\Z", "", text).strip(" ,.;")
    return text if len(text) > 3 else None
