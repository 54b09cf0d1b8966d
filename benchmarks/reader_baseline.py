"""The named baseline of the reader: what thirty lines of regular expressions find in the same sentences."""

from __future__ import annotations

import re

NUMBER = r"(\d+(?:[.,]\d+)*)"
BEFORE = r"(từ|ít nhất|tối thiểu|không dưới|không quá|tối đa|trên|dưới|≥|≤)?\s*(?:đạt\s+)?"
OPS = {"không quá": "<=", "tối đa": "<=", "≤": "<=", "trên": ">", "dưới": "<"}
TITLES = (
    ("TTLDXS", r"tập thể lao động xuất sắc"),
    ("TTLDTT", r"tập thể lao động tiên tiến"),
    ("LDTT", r"lao động tiên tiến|lđtt"),
    ("CSTDCS", r"chiến s[ĩỹ] thi đua cơ sở|cstđcs"),
    ("CSTDT", r"chiến s[ĩỹ] thi đua cấp (?:tỉnh|bộ)"),
    ("BK_TINH", r"bằng khen"),
    ("GK", r"giấy khen"),
)
QUANTITY = re.compile(BEFORE + NUMBER + r"\s*(%|(?:tỷ|triệu|nghìn)?\s*đồng)?", re.IGNORECASE)
FORBIDDEN = re.compile(r"không (?:để xảy ra|có|để|còn)\s[^;.,]+", re.IGNORECASE)


def find_targets(text: str) -> list[dict[str, object]]:
    """Return targets with op, value, unit, title code and quote."""
    found: list[dict[str, object]] = []
    for match in QUANTITY.finditer(text):
        clause = re.split(r"[;.]\s", text[match.start() :])[0]
        unit = "percent" if match.group(3) == "%" else "money" if match.group(3) else "count"
        value = match.group(2).replace(".", "").replace(",", ".")
        scale = {"tỷ": "000000000", "triệu": "000000", "nghìn": "000"}.get((match.group(3) or "").split(" ")[0], "")
        title = next((code for code, words in TITLES if re.search(words, clause, re.IGNORECASE)), None)
        op = OPS.get((match.group(1) or "").lower(), ">=")
        plain = value.lstrip("0") or "0"
        found.append({"op": op, "value": plain + scale, "unit": unit, "title_code": title, "quote": clause})
    for match in FORBIDDEN.finditer(text):
        found.append({"op": "none", "value": "0", "unit": "count", "title_code": None, "quote": match.group()})
    return found
