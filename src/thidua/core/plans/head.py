"""The head of a plan: type, number, date, place, issuer, subject, motto, year.

Where the paper has a head of two columns (NĐ 30/2020/NĐ-CP, Phụ lục I) the issuing office stands left; where
it has none, the office is the one that the opening sentence lets launch or issue the plan. A decision that
carries a plan is named "Quyết định (ban hành kèm Kế hoạch)". The year is that of the subject ("năm học
2020 - 2021" counts as 2020), else of the date.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from thidua.core.plans.bases import iso_date
from thidua.core.plans.names import OFFICE, full_name
from thidua.core.plans.plan import Document
from thidua.core.vietnamese import fold, plain_fold

_TYPES = {
    fold(kind): kind
    for kind in (
        "Kế hoạch",
        "Quyết định",
        "Chương trình",
        "Chương trình hành động",
        "Chỉ thị",
        "Hướng dẫn",
        "Thông báo",
        "Nghị quyết",
        "Tờ trình",
        "Báo cáo",
        "Quy chế",
        "Đề án",
        "Phương án",
        "Kế hoạch hành động",
        "Kế hoạch phối hợp",
        "Giao ước thi đua",
        "Bản đăng ký thi đua",
        "Phát động thi đua",
        "Công văn",
        "Kế hoạch liên tịch",
        "Thể lệ",
        "Bản giao ước thi đua",
    )
}
# The national name and motto stand right of the office's name or below it; misread letters keep their count.
_NATION = re.compile(
    r"c[o0]ng\s+hoa\s+xa\b.{0,23}|(?:h[o0][i1l]\s+)?chu\s+nghia\s+viet\.?\s*nam|dang\s+cong\s+san\s+viet\s+nam"
    r"|doan\s+(?:tncs|thanh\s+nien\s+cong\s+san)\s+ho\s+chi\s+minh(?=\s*\Z)"
    r"|\b\w{2,4}c?\s+lap\s*[-–—]+\s*t\w+\s+do\s*[-–—]+\s*hanh\s+ph\w+"
)
_NUMBER = re.compile(
    r"\bso\s*[:.]?\s*(\d+[a-z]?(?:\s?/\s?\d{4})?)?\.?\s*((?:[-/]\s?|(?<=\d)\s(?=[a-z]{1,4}/))[a-z][a-z0-9&]*(?:\s?[-/&]\s?[a-z0-9&]+)*)"
)
_CODE_LINE = re.compile(
    r"\s*(?:so\s*[:.]?[\s.…_]*)?\d*[a-z]?\.?(?:/\d{4})?\s?[-/]\s?[a-z0-9&]+(?:[-/][a-z0-9&]+)*\s*\Z"
)
_DATED = re.compile(r"(?:([^\W\d_][\w .]{1,40}?),\s*)?ngay\s*(\d{1,2})(?:\s+thang\s+|/)(\d{1,2})(?:\s+nam\s+|/)(\d{4})")
_LAUNCH = re.compile(
    rf"(?:^|[.;,]\s+|\n)((?:{OFFICE})\b[^.;:,“]{{0,80}}?)\s+(?:phat\s+dong|ban\s+hanh|xay\s+dung\s+(?:ke|chuong)"
    r"|to\s+chuc\s+phat\s+dong|trien\s+khai\s+(?:ke|phong|thuc)|de\s+ra)"
)
_MOTTO = (
    r"phuong\s+cham(?:\s+\w+){0,4}\s*:?\s*",
    r"chu\s+de(?:\s+\w+){0,6}\s*:?\s*",
    r"khau\s+hieu(?:\s+\w+){0,4}\s*:?\s*",
    r"phong\s+trao\s+thi\s+dua\s*(?:chu\s+de)?\s*:?\s*",
)
_PLACELESS = ("Ủy ban nhân dân", "Hội đồng nhân dân")  # a head that leaves its place to the text
_HEADS = r"hieu\s+truong|giam\s+doc|chu\s+tich|truong\s+(?:phong|ban)|bi\s+thu|cuc\s+truong|thu\s+truong"
_QUOTED = r"[“\"]([^”\"“]{8,400})[”\"]"
_GROUND = re.compile(
    r"(?:can\s+cu|thuc\s+hien\s+(?:ke\s+hoach|cong\s+van|quyet\s+dinh|chi\s+thi|nghi\s+quyet|huong\s+dan))\b"
)
_BODY = re.compile(
    r"(?:can\s+cu|thuc\s+hien|trien\s+khai|theo|do|nham|de\s+|xet|tiep\s+tuc|phat\s+huy|thi\s+hanh|quan\s+triet|nam\s+\d{4},)\b"
)


def is_type_line(text: str) -> str | None:
    """Return the document type that a line alone names ("KẾ HOẠCH"), or None."""
    words = " ".join(fold(text).replace("0", "o").split()).strip(" :.")
    kind = _TYPES.get(words)
    capital = text.strip()[:1].isupper()
    return kind if kind and capital and (text.isupper() or len(text.split()) <= 5) else None


def find_title(paragraphs: Sequence[str]) -> int | None:
    """Return the paragraph that names the document's type, or None; a decision's plan is not it."""
    for is_title in (is_type_line, title_with_subject):
        for index, paragraph in enumerate(paragraphs[:40]):
            if is_title(paragraph):
                return index
    return None


def title_with_subject(text: str) -> tuple[str, str] | None:
    """Return type and subject of a title in one line ("KẾ HOẠCH PHÁT ĐỘNG THI ĐUA NĂM 2020"), or None."""
    words = text.split()
    for length in range(min(5, len(words) - 1), 0, -1):
        kind = _TYPES.get(fold(" ".join(words[:length])))
        if kind and text.isupper():
            return kind, " ".join(words[length:]).strip(" :-–")
    return None


def read_head(
    paragraphs: Sequence[str],
    title: int | None,
    body: int,
    opening: Sequence[str],
    rest: str,
    *,
    carries_plan: bool,
) -> Document:
    """Return the document's head.

    `title` and `body` number the paragraph naming the type and the first one after the subject; `opening`
    are the paragraphs up to the first section, `rest` the whole text, used for spelling names as it does.
    """
    above = list(paragraphs[:title]) if title is not None else []
    kind = is_type_line(paragraphs[title]) if title is not None else None
    subject = " ".join(paragraphs[title + 1 : body]).strip() if title is not None else ""
    if title is not None and kind is None and (parts := title_with_subject(paragraphs[title])):
        kind, subject = parts[0], f"{parts[1]} {subject}".strip()
    number, date, place = _number(above), *_dated(above)
    issuer = _issuer_above(above, rest) or _issuer_launching(opening)
    if issuer in _PLACELESS and (fuller := _issuer_launching(opening)) and fuller.startswith(issuer):
        issuer = fuller
    return Document(
        type="Quyết định (ban hành kèm Kế hoạch)" if kind == "Quyết định" and carries_plan else kind,
        number=number,
        date=date,
        place=place,
        issuer=issuer,
        subject=subject.strip(" *|-–_").removesuffix(".") or None,
        motto=_motto(rest, subject),
        year=_year(subject, date, opening),
    )


def subject_end(paragraphs: Sequence[str], title: int, stop: int) -> int:
    """Return the first paragraph after the title's subject: the opening sentence or the first section."""
    index = title + 1
    while index < min(stop, title + 5):
        text = paragraphs[index].lstrip(" -–+*") or paragraphs[index]
        if index > title + 1 and text.isupper() and re.match(rf"(?:{OFFICE}|{_HEADS})\b", fold(text)):
            break  # a decision repeats the office's name before its reasons
        if index > title + 1 and (
            (_BODY.match(fold(text)) and not text.isupper()) or text[-1] in ".;:" or len(text.split()) > 45
        ):
            break
        if (
            index == title + 1
            and not text.isupper()
            and _GROUND.match(fold(text))
            and (len(text.split()) > 14 or text != paragraphs[index])
        ):
            break
        index += 1
    return index


def _number(above: Sequence[str]) -> str | None:
    joined = "\n".join(above)  # some papers put "Số:" and the number on lines of their own
    for match in _NUMBER.finditer(plain_fold(joined)):
        if match.group(1):
            words = re.sub(r"\s*\.?([-/&])\s*", r"\1", joined[match.start(1) : match.end(2)])
            return re.sub(r"\s+", " " if re.search(r"\d\s[A-Z]", words) else "", words)
    return None


def _dated(above: Sequence[str]) -> tuple[str | None, str | None]:
    for line in above:
        match = _DATED.search(plain_fold(line))
        if match:
            place = line[match.start(1) : match.end(1)].strip() if match.group(1) else None
            return iso_date(f"{match.group(2)}/{match.group(3)}/{match.group(4)}"), place
    return None, None


def _issuer_above(above: Sequence[str], rest: str) -> str | None:
    names: list[str] = []
    for line in above:
        folded = plain_fold(line)
        if _CODE_LINE.match(folded):
            continue
        if _NUMBER.search(folded) or _DATED.search(folded) or "http" in folded:
            line = (
                line[: min(m.start() for m in (_NUMBER.search(folded), _DATED.search(folded)) if m)]
                if ("http" not in folded)
                else ""
            )
            folded = plain_fold(line)
        for match in reversed(list(_NATION.finditer(folded))):
            line = line[: match.start()] + "\n" + line[match.end() :]
        names += [part.strip(" -–_*|/") for part in line.split("\n") if len(part.strip(" -–_*|/")) > 2]
    offices = [name for name in names if name.upper() == name or re.match(rf"(?:{OFFICE})\b", fold(name))]
    return full_name(offices, rest) if offices else None


def _issuer_launching(opening: Sequence[str]) -> str | None:
    for paragraph in reversed(opening):
        folded = plain_fold(paragraph)
        found = list(_LAUNCH.finditer(folded))
        if found:
            return " ".join(paragraph[found[-1].start(1) : found[-1].end(1)].split())
    return None


def _motto(rest: str, subject: str) -> str | None:
    """Return the motto: named as such anywhere, or, in an emulation plan, the movement's quoted name."""
    folded = plain_fold(rest)
    emulation = "thi dua" in fold(subject)
    found = [match for lead in (_MOTTO if emulation else _MOTTO[:1]) for match in re.finditer(lead + _QUOTED, folded)][
        :40
    ]
    if not found:
        named = re.search(_QUOTED, subject) if emulation else None
        return " ".join(named.group(1).split()) if named else None
    first = min(found, key=lambda match: match.start(1))
    return " ".join(rest[first.start(1) : first.end(1)].split())


def _year(subject: str, date: str | None, opening: Sequence[str]) -> int | None:
    match = re.search(r"(?<!den )\bnam\s+(?:hoc\s+)?(\d{4})", fold(subject))
    if match:
        return int(match.group(1))
    if date:
        return int(date[:4])
    years = [int(year) for paragraph in opening for year in re.findall(r"\b(20\d\d|19\d\d)\b", paragraph)]
    return max(set(years), key=years.count) if years else None
