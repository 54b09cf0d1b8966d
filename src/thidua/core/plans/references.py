"""Documents named in a paragraph: type, number and date, and where their words stand; for bases.py.

A document is named by type and number, with words between them or not ("Chương trình công tác năm 2026 số
11/CTr-LĐLĐ"); a further one of the same type by its number ("và số 44/QĐ-HĐTV"); a law by its name; and what has no
number by what it is: a congress's resolution, a charter, a collective agreement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from thidua.core.plans.names import OFFICE
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
KIND = "|".join(sorted((fold(kind).replace(" ", r"[\s.]+") for kind in _TYPES), key=len, reverse=True))
_TAIL = r"[a-z][a-z0-9&]*(?:(?:\s?[-/&]\s?|\.(?=[a-z]{2}))(?!ngay\b)[a-z0-9&]+)*(?:\([a-z0-9]+\))?"
_CODE = rf"(?:\d+[a-z]?\s*(?:/\s?\d{{4}})?\s*[-/]\s?{_TAIL}|\d+[a-z]?\s[a-z]{{1,4}}/{_TAIL})"
_DATE = (
    r"[-.:;`'~\s]*(?:ngay[\s.:;,]*)?"
    r"(\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}|\d{1,2}[\s.,]+thang[\s.,]+\d{1,2}[\s.,]+nam[\s.,]+\d{4})"
)
_NUMBERED = re.compile(
    rf"\b({KIND}|luat(?=\s+so))\s+(?:(?:so|8[06](?=\s\d))\s*[-:.]?\s*)?({_CODE})(?:\s*,?\s*{_DATE})?"
)
_BRACKETED = re.compile(rf"\b({KIND})\b([^;.()]{{0,160}})\(\s*so\.?\s*({_CODE})(?:\s*,?\s*{_DATE})?\s*\)")
_LAW = r"(?:(?:bo\s+)?luat|phap\s+lenh)\b"
# Where the name of a law ends: "Căn cứ Luật Giáo dục năm 2019;", "Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022".
_LAW_END = re.compile(
    rf",?\s+(?:so\s+\d|ngay\s+\d|nam\s+\d{{4}}|(?:va\s+)?(?:da\s+)?duoc\s+(?:sua|ban)|va\s+(?:{KIND})\b)|,?\s*\d{{1,2}}[/.]\d"
    rf"|\s*[;(]|\.(?=\s*\Z|\s+(?:{OFFICE})\b)|,\s+(?={_LAW}|can\s+cu)|\Z"
)
_LAW_NUMBER = re.compile(rf",?\s*(?:so\s+({_CODE}))?(?:,?\s*{_DATE}|\s*,?\s*nam\s+\d{{4}})?")
_AMENDS = re.compile(rf"{_LAW}\s+sua\s+doi")
_AND_LAW = re.compile(rf"\s+va\s+(?={_LAW})")
_NEXT_LAW = re.compile(rf"\s*(?:[;,]|\bva)\s*(?={_LAW})")
_LAW_OPENER = re.compile(
    rf"(?:(?:\A|;|\.\s)\s*(?:[-–+*]\s*)?(?:(?:thuc\s+hien|theo|thi\s+hanh)\s+)?|\bcan\s+cu\s+(?:vao\s+)?)(?={_LAW}(?!\s+nay))"
)
_ALIAS = re.compile(r"[({](?:sau\W+day|goi\W+tat|viet\W+tat|duoi\W+day)[^)]*\)")
# Words between the type and the number, none of them another type's.
_WORDED = re.compile(
    rf"\b({KIND})\b((?:(?!\b(?:{KIND})\b)[^;.()]){{3,120}}?),?\s+so\s*[:.]?\s*({_CODE})(?:\s*,?\s*{_DATE})?"
)
_FURTHER = re.compile(rf"\s*(?:[,;]|\bva)\s+(so\s*[:.]?\s*({_CODE}))(?:\s*,?\s*{_DATE})?")
_PLAIN = re.compile(
    r"(?:\A|;)\s*(?:[-–+*]\s*)?(?:(?:can\s+cu(?:\s+vao)?|thuc\s+hien|tren\s+co\s+so|theo|thi\s+hanh)\s+)?"
    r"(?:(?P<resolution>nghi\s+quyet)\W{1,3}(?P<of>(?:cua\s+)?(?:dai\s+hoi|hoi\s+nghi)\b)"
    r"|(?P<name>(?:dieu\s+le|thoa\s+uoc\s+lao\s+dong\s+tap\s+the)\b)"
    r"|(?<=[a-z]\s)(?P<kind>ke\s+hoach|chuong\s+trinh|thong\s+bao|nghi\s+quyet|huong\s+dan|de\s+an|quy\s+che)\s+(?!nay|so\b|tren))"
)
_PLAIN_END = re.compile(
    rf"[;:(]|\.?\Z|,\s+(?=(?:{OFFICE})\b)|\s+(?:ban\s+hanh|duoc|ky\s+ngay|ngay\s+\d|so\s+\d|ve\s+viec|va\s+(?:{KIND})\b|va\s+tinh\s+hinh)"
)
_SIGNED = re.compile(rf",?\s*(?:(?:duoc\s+)?(?:ky|thong\s+qua)\s+)?(?=ngay){_DATE}")


@dataclass(frozen=True, slots=True)
class Reference:
    """A document named in the text: where its words stand, its number and date, and what it is of without a number."""

    kind: str
    start: int
    end: int
    number: str | None
    date: str | None
    subject: str | None = None


def references(paragraph: str, folded: str) -> list[Reference]:
    """Return the documents named in a paragraph, in order; `folded` is the paragraph without accents."""
    found = [
        Reference(_named(match.group(1)), match.start(), match.end(), _span(paragraph, match, 2), match.group(3))
        for match in _NUMBERED.finditer(folded)
    ]
    for match in _WORDED.finditer(folded):
        number = _span(paragraph, match, 3)
        if not any(r.start < match.end() and match.start() < r.end for r in found):
            found.append(Reference(_named(match.group(1)), match.start(), match.end(), number, match.group(4)))
    for match in _BRACKETED.finditer(folded):
        if not any(r.start <= match.start(3) < r.end for r in found):
            found.append(
                Reference(
                    _named(match.group(1)),
                    match.start(),
                    match.end(),
                    _span(paragraph, match, 3),
                    match.group(4),
                )
            )
    for reference in list(found):
        at: int | None = reference.end
        while at is not None and (more := _FURTHER.match(folded, at)):
            found.append(Reference(reference.kind, more.start(1), more.end(), _span(paragraph, more, 2), more.group(3)))
            at = more.end()
    found += [plain for plain in _plain(paragraph, folded) if not any(r.start <= plain.start < r.end for r in found)]
    for opener in _LAW_OPENER.finditer(folded):
        at = opener.end()
        while at is not None:
            law = _law(paragraph, folded, at)
            found = [r for r in found if not at <= r.start < law.end]
            found.append(law)
            further = _NEXT_LAW.match(folded, law.end)
            at = further.end() if further else None
    aliases = [match.span() for match in _ALIAS.finditer(folded)]  # "(sau đây gọi tắt là Chỉ thị số 27/CT-TTg)"
    named = (one for one in found if not any(start < one.start < end for start, end in aliases))
    return sorted(named, key=lambda reference: reference.start)


def _plain(paragraph: str, folded: str) -> Iterator[Reference]:
    """Yield what a ground is without a number: "Nghị quyết Đại hội …", "Thỏa ước lao động tập thể ký ngày …"."""
    for match in _PLAIN.finditer(folded):
        group = next(name for name in ("resolution", "name", "kind") if match.group(name))
        start = match.start(group)
        ending = _PLAIN_END.search(folded, match.end())
        end = ending.start() if ending else len(folded)
        signed = _SIGNED.match(folded, end)
        stop = signed.end() if signed else end
        day = signed.group(1) if signed else None
        if group != "name":
            subject = " ".join(paragraph[match.end(group) : end].split())
            yield Reference(_named(match.group(group)), start, stop, None, day, subject)
        else:
            yield Reference(" ".join(paragraph[start:end].split()), start, stop, None, day)


def _law(paragraph: str, folded: str, at: int) -> Reference:
    """Return the law named at a place: with its number or day, else by its name alone."""
    amends = _AMENDS.match(folded, at)
    ends = (found for found in _LAW_END.finditer(folded, at + 4))
    ending = next(ends)
    other = _AND_LAW.search(folded, at, ending.start())
    stop = other.start() if other and not amends else ending.start()
    known = _LAW_NUMBER.match(folded, stop)
    number, day = (_span(paragraph, known, 1), known.group(2)) if known else (None, None)
    name = re.sub(r"^Luật\.", "Luật", " ".join(paragraph[at:stop].split()))
    return Reference(name, at, max(known.end() if known else stop, stop), number, day)


def _named(folded: str) -> str:
    words = " ".join(folded.split())
    kind = next((kind for kind in (*_TYPES, "luật") if fold(kind) == words), words)
    return kind[0].upper() + kind[1:]


def _span(paragraph: str, match: re.Match[str], group: int) -> str | None:
    if match.group(group) is None:
        return None
    return re.sub(r"\s*([-/&])\s*", r"\1", paragraph[match.start(group) : match.end(group)]).strip()
