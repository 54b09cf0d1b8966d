"""A target that a person typed: the same shape as one that was read, or a sentence on what is wrong with it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from thidua.core.plans.errors import BadTarget

OPS = (">=", "<=", ">", "<", "=", "none", "keep")
UNITS = ("percent", "count", "money", "rating")
GRADES = ("HTXS", "HTT", "HT")
MOST_PERCENT = 1000
LONGEST = 15  # digits before the comma: a thousand billions of đồng has fifteen
_NUMBER = re.compile(r"\d+(?:\.\d+)?\Z")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?\Z")


def target_by_hand(row: dict[str, Any]) -> dict[str, Any]:
    """Return the row with value and unit as the contract has them; raise BadTarget otherwise.

    Numbers may be typed as 95, 95,5 or 1.234,5. “Không để xảy ra” counts to 0; “giữ vững” has no value.
    """
    op, unit = row["op"], row["unit"]
    if op not in OPS or unit not in (*UNITS, None):
        raise BadTarget("Phép so hoặc đơn vị không có trong danh sách. Chọn lại.")
    if op == "none":
        return {**row, "value": "0", "unit": "count"}
    if op == "keep":
        return {**row, "value": None, "unit": None}
    typed = (row["value"] or "").strip()
    if not typed:
        raise BadTarget("Chưa có mức phải đạt. Ghi một con số, hoặc chọn “không để xảy ra”, “giữ vững”.")
    if unit == "rating":
        if typed.upper() not in GRADES:
            raise BadTarget(f"Mức xếp loại “{typed}” phải là HTXS, HTT hoặc HT.")
        return {**row, "value": typed.upper()}
    return {**row, "value": _plain(typed, percent=unit == "percent")}


def _plain(typed: str, *, percent: bool) -> str:
    words = re.sub(r"[\s%]", "", typed)
    if _THOUSANDS.match(words) or "," in words:
        words = words.replace(".", "").replace(",", ".", 1)
    if not _NUMBER.match(words) or not words.isascii() or len(words) > LONGEST + 5:
        raise BadTarget(f"Mức phải đạt “{typed[:40]}” không phải một con số. Ghi như 95, 95,5 hoặc 1.234,5.")
    number = Decimal(words)
    if percent and number > MOST_PERCENT:
        raise BadTarget(f"{typed}% quá lớn: một tỷ lệ không quá {MOST_PERCENT}%. Kiểm tra lại số hoặc đơn vị.")
    return format(number.normalize(), "f")
