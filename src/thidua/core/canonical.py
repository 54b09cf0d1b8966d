"""One way to write a value as bytes, and so one way to hash packs, facts, papers and the record.

The form is RFC 8785 in spirit, cut down to what official data needs: JSON with sorted keys, no spaces, UTF-8
in NFC, no floats (shares and money are exact). Dates are ISO 8601 text, fractions are ``"3/20"``.
"""

import datetime
import hashlib
import json
import unicodedata
from decimal import Decimal
from fractions import Fraction


class CanonicalError(TypeError):
    """A value that has no exact canonical form (a float, a set, an object of ours)."""


def plain(value: object) -> object:
    """Turn a value into JSON's own types, exactly.

    Takes dicts with text keys, lists, tuples, text, int, bool, None, dates, Fraction, Decimal.
    Raises CanonicalError for anything else, floats above all: 0.1 has no exact text.
    """
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, datetime.datetime):
        if value.tzinfo is None:
            raise CanonicalError("Thời điểm phải kèm múi giờ.")
        return value.astimezone(datetime.UTC).isoformat(timespec="microseconds")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, dict):
        return {_key(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    raise CanonicalError(f"Không có dạng chuẩn tắc cho kiểu {type(value).__name__}.")


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise CanonicalError("Khóa của bản ghi phải là chữ.")
    return unicodedata.normalize("NFC", key)


def dumps(value: object) -> bytes:
    """Write a value as canonical JSON bytes; equal values give equal bytes."""
    text = json.dumps(plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")


def digest(value: object) -> str:
    """SHA-256 of the canonical form, 64 hexadecimal digits."""
    return hashlib.sha256(dumps(value)).hexdigest()
