"""Amounts of money as papers write them."""

from thidua.core.papers.errors import BadPaper
from thidua.core.vietnamese import in_words


def money_words(amount: int) -> str:
    """“Bốn mươi lăm triệu đồng”: a whole amount in đồng from 0 to under 10¹². Raises BadPaper outside that range."""
    try:
        words = in_words(amount)
    except ValueError as error:
        raise BadPaper(f"Số tiền {amount} không viết được bằng chữ: {error}. Kiểm tra lại số tiền.") from error
    return f"{words[:1].upper()}{words[1:]} đồng"


def dong(amount: int) -> str:
    """“1.490.000”: an amount in đồng; one below nothing with a minus."""
    return f"{amount:,}".replace(",", ".").replace("-", "−")
