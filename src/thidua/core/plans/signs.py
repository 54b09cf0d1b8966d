"""Signs that an engine puts into document numbers and days: QĐÐ, s6-152/2025, ngày L1/7/2007, ngày 3 1/3/2026.

Nobody writes these, so they are mended in any text, each one listed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from thidua.core.plans.language import Language

WHY = "ký hiệu hoặc ngày tháng bị nhận dạng nhầm; đọc theo cách viết của văn bản"
_ONES = str.maketrans("lLIÍí|!", "1111111")
_ONE = r"[\dlLIÍí|!]{1,2}"


def _ones(found: re.Match[str]) -> str:
    return found[0].translate(_ONES)


def _without_spaces(found: re.Match[str]) -> str:
    return found[0].replace(" ", "")


_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"ĐÐ|ÐĐ"), lambda _: "Đ"),  # the second is the letter eth
    (re.compile(r"(\d/[A-ZĐ]{2,8})[“”\"'‘’](?=[A-ZĐ]{2})"), lambda found: f"{found[1]}-"),
    (re.compile(r"(?<=[A-Z/-])NÑ(?=[A-ZĐ])|(?<=[/-])NÑ|(?<=[/-])Ñ(?=[A-Z])|(?<![^\W\d_])Ñ(?=[a-z])"), lambda _: "N"),
    (re.compile(r"(?<!\w)s[6ó0][-.:'’](?=\d+[/-])"), lambda _: "số "),
    (re.compile(rf"(?<![\w/.,]){_ONE}/{_ONE}(?=/\d{{4}}(?!\d))"), _ones),
    (re.compile(r"(?<=\d/)1 [012](?=/\d{4}(?!\d))|(?<=ngày )[0-3] \d(?=/\d{1,2}/\d{4}(?!\d))"), _without_spaces),
    (re.compile(rf"(?<=tháng )(?!\d){_ONE}(?= năm \d{{4}})|(?<=ngày )(?!\d+ ){_ONE}(?= tháng \d{{1,2}} năm)"), _ones),
    (re.compile(r"(?<=QH)[lI1|](?:[sS]5?|5)\b"), lambda _: "15"),
    (re.compile(r"(?<=QH)[lI|]\d\b"), _ones),
    (re.compile(r"(?<=\d):(?=000(?:[.:]000)*\s?(?:đồng|đ\b))"), lambda _: "."),
    (re.compile(r"(?<![\w.,/])[\[lI|]00(?=\s?%)"), lambda _: "100"),
    (re.compile(r"(?<=\d)7o(?!\w)"), lambda _: "%"),
    (re.compile(r"(?<=Luật Thi đua)[;:.](?= khen thưởng)"), lambda _: ","),
)


def find_signs(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and what is meant of each misread sign in the paragraphs."""
    for start, end in spans:
        taken: list[tuple[int, int, str]] = []
        for pattern, meant in _RULES:
            for found in pattern.finditer(text, start, end):
                apart = all(found.end() <= first or last <= found.start() for first, last, _ in taken)
                if apart and meant(found) != found[0]:
                    taken.append((*found.span(), meant(found)))
        yield from sorted(taken)


def code_edits(text: str, start: int, end: int, model: Language) -> list[tuple[int, int, str, str, float]]:
    """Give abbreviations and document codes back their Đ: 02/KH-KTD5 → 02/KH-KTĐ5."""
    edits: list[tuple[int, int, str, str, float]] = []
    for match in re.finditer(r"[A-Z]+(?:&[A-Z]+)?", text[start:end]):
        name = model.abbreviations.get(match.group()) or _with_known_part(match.group(), model)
        if name is not None and name != match.group():
            edits.append(
                (
                    start + match.start(),
                    start + match.end(),
                    name,
                    "chữ Đ trong ký hiệu bị nhận dạng thành D; ký hiệu thường gặp",
                    0.95,
                )
            )
    return edits


def _with_known_part(code: str, model: Language) -> str | None:
    """Return a longer code with the known abbreviation in it spelled rightly: HDTDKT → HDTĐKT, BTDKTTW → BTĐKTTW."""
    parts = [
        part for part in model.abbreviations if len(part) > 3 and part in code and part != model.abbreviations[part]
    ]
    if not parts or len(code) < 5:
        return None
    longest = max(parts, key=len)
    return code.replace(longest, model.abbreviations[longest])
