"""Which numbers only report what was reached: by words of the past, by a deed told, by a later year striven for."""

from __future__ import annotations

from thidua.core.plans.quantities import Quantity
from thidua.core.plans.sentences import Sentence

_REACH = 14


def is_past(sentence: Sentence, quantity: Quantity) -> bool:
    """Tell whether a number tells what was reached, not what is to be."""
    tokens = sentence.tokens
    past = max((i for i in range(quantity.first) if _reports(sentence, i)), default=-1)
    striving = _strives(sentence, past, quantity.first)
    if striving is None and (sentence.share_of_plan or _told(sentence) or _outdone(sentence, quantity)):
        return True
    if past >= 0 and _resolved(sentence, past):
        return False
    if past >= 0 and (striving is None or striving < past or (_gone(sentence, past) and tokens[striving].is_("đến"))):
        return True
    if striving is not None or quantity.strong:
        return False
    for index in range(quantity.last, min(quantity.last + _REACH, len(tokens))):
        if tokens[index].raw in ";.":
            break
        if tokens[index].is_("đã") and "attribute_past" not in tokens[index].tags and index not in sentence.aside:
            return True
    return False


def tells_of_past(sentence: Sentence, index: int) -> bool:
    """Tell whether a sentence opens with a time that is over and strives for nothing before a place of it."""
    opening = range(sentence.lead, min(sentence.lead + 5, index))
    over = [at for at in opening if "past" in sentence.tokens[at].tags and _gone(sentence, at)]
    return bool(over) and not sentence.has("strive", 0, index)


def _strives(sentence: Sentence, past: int, first: int) -> int | None:
    """Return where the sentence last strives before the number; after a report only verbs and years do."""
    at = sentence.find("strive", 0, first)
    while at is not None and past >= 0 and at > past:
        within = at < past + sentence.tokens[past].tags["past"]  # "tính đến cuối năm"
        named = sentence.tokens[at].is_("chỉ", "mục") and sentence.tokens[at - 1].raw not in ";:"
        if not within and not named:
            return at
        at = sentence.find("strive", 0, at)
    return at


def _told(sentence: Sentence) -> bool:
    """Tell whether the sentence tells of a day ("Ngày 20/11/2025, …") or of a deed done ("trồng được trên 28 ha")."""
    tokens = sentence.tokens
    dated = len(tokens) > 2 and tokens[0].is_("ngày", "sáng", "chiều") and any(t.kind == "date" for t in tokens[1:3])
    done = not sentence.has("goal") and any(
        token.is_("được") and tokens[at + 1].kind == "num" and any("act" in t.tags for t in tokens[max(0, at - 4) : at])
        for at, token in enumerate(tokens[:-1])
    )
    return dated or done


def _outdone(sentence: Sentence, quantity: Quantity) -> bool:
    """Tell whether the number is of a year before the one striven for: "Năm 2025 đạt 91%; năm 2026 phấn đấu 95%"."""
    tokens = sentence.tokens
    years = [at for at, token in enumerate(tokens) if token.kind == "year"]
    own = next((at for at in reversed(years) if at < quantity.first), None)
    if own is None:
        return False
    return any(
        at > quantity.last and tokens[at].raw > tokens[own].raw and sentence.has("strive", at, len(tokens))
        for at in years
    )


def _resolved(sentence: Sentence, past: int) -> bool:
    """Tell whether someone strives right before words that alone would report ("phấn đấu toàn tỉnh có trên 50%")."""
    if sentence.tokens[past].is_("đã"):
        return False
    return any(token.is_("phấn", "quyết") for token in sentence.tokens[max(0, past - 4) : past])


def _gone(sentence: Sentence, past: int) -> bool:
    """Tell whether a period is over ("nhiệm kỳ qua"), so that a year named after it is no deadline."""
    end = past + sentence.tokens[past].tags["past"]
    return sentence.tokens[end - 1].is_("qua")


def _reports(sentence: Sentence, index: int) -> bool:
    """Tell whether words of the past begin here that are no mere comparison ("tăng 5% so với năm trước")."""
    token = sentence.tokens[index]
    if token.is_("đến", "tính") and sentence.has("strong_op", index):
        return False  # "số nợ đến thời điểm 31/12 không vượt quá 8%"
    if token.is_("ước") and index and sentence.tokens[index - 1].is_("thỏa", "giao", "quy", "hương", "công", "khế"):
        return False
    if "past" not in token.tags or "attribute_past" in token.tags or index in sentence.aside:
        return False
    if token.tags.get("past_year") == token.tags["past"]:
        return index <= 3 or sentence.tokens[0].is_("so")
    asked = sentence.has("goal") or sentence.tokens[index + 1].tags.keys() & {"strong_op", "ge"}
    if token.is_("chiếm") and (asked or "indicator" in sentence.tokens[sentence.item_start(index, ",;:.")].tags):
        return False  # "trong đó đảng viên chiếm từ 3% trở lên", "dịch vụ chiếm 37% vào năm 2030"
    reached = token.is_("đạt") and sentence.has("strive", max(0, index - 6), index)
    return not reached
