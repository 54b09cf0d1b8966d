"""Which numbers of a sentence are wanted, and which only report, limit, price or describe.

A percentage is wanted unless something speaks against it. A count, a measure or a sum of money is wanted when
the words around it say so: it is compared or labelled, the sentence strives, an order opens the item ("Trồng
mới 120 ha"), the item names an indicator ("Năng suất lúa 62 tạ/ha"), or it opens the item and someone is to
reach something ("12 xã đạt chuẩn").
"""

from __future__ import annotations

from itertools import pairwise

from thidua.core.plans.comparisons import ends_at
from thidua.core.plans.quantities import Quantity
from thidua.core.plans.reports import is_past
from thidua.core.plans.sentences import Sentence
from thidua.core.plans.titles import TITLE_TAGS

_REACH = 14
_TIMES = ("ngày", "giờ", "phút", "năm", "tháng", "giây", "tiếng")


def is_wanted(sentence: Sentence, quantity: Quantity) -> bool:
    """Tell whether a quantity is something the sentence wants, not a report, a quota or a price."""
    if is_excluded(sentence, quantity):
        return False
    if quantity.rank:
        return True
    if quantity.unit == "percent":
        return _percent_wanted(sentence, quantity)
    if quantity.unit == "count":
        return _count_wanted(sentence, quantity)
    return _measure_wanted(sentence, quantity)


def is_excluded(sentence: Sentence, quantity: Quantity) -> bool:
    """Tell whether a quantity is a report, a quota, a price, a slogan or a remark in parentheses."""
    if quantity.number in sentence.quoted or is_past(sentence, quantity) or _quota(sentence, quantity):
        return True
    if quantity.number in sentence.aside and not _aside_wanted(sentence, quantity):
        return True
    return _supports(sentence, quantity) or _describes(sentence, quantity) or _qualifies(sentence, quantity)


def goes_with(sentence: Sentence, wanted: Quantity, quantity: Quantity) -> bool:
    """Tell whether a number stands in one list with a wanted one and so is wanted too."""
    if quantity.unit in ("percent", "rating") or is_excluded(sentence, quantity):
        return False
    gap = sentence.tokens[wanted.last : quantity.first]
    if _names_period(sentence, quantity) or any(token.raw in ".:(" for token in gap):
        return False
    if any(token.raw == ";" for token in gap):  # a further item that opens with its number
        return sentence.item_start(quantity.first, ",;") == quantity.first
    return len(gap) <= _REACH and any(token.raw == "," or token.is_("và") for token in gap)


def part_of(sentence: Sentence, whole: Quantity, quantity: Quantity) -> bool:
    """Tell whether a number only divides the one before it: "425 triệu đồng, trong đó ngân sách tỉnh 70%"."""
    gap = sentence.tokens[whole.last : quantity.first + 1]
    return any(token.is_("trong") and following.is_("đó") for token, following in pairwise(gap))


def _names_period(sentence: Sentence, quantity: Quantity) -> bool:
    return quantity.unit_text is not None and quantity.unit_text.lower() in _TIMES


def _aside_wanted(sentence: Sentence, quantity: Quantity) -> bool:
    if quantity.explicit and quantity.unit == "percent":
        return True  # "80% khá, giỏi (giỏi từ 35% trở lên)"
    return quantity.strong or any(sentence.tokens[i].is_("phấn", "quyết") for i in sentence.aside if i < quantity.first)


def _quota(sentence: Sentence, quantity: Quantity) -> bool:
    """How many may be proposed or honoured is a ceiling of the rules, not a target."""
    at = sentence.find("strive", 0, quantity.first)
    striving = at is not None and not sentence.tokens[at].is_("đăng")
    if _asks_above(sentence):
        return False
    if quantity.op == "<=" and quantity.explicit and sentence.has("award_word") and not striving:
        return True
    if sentence.tokens[sentence.lead].is_("đăng") and not sentence.has("strong_op"):
        return False  # "Đăng ký hình thức khen thưởng: Cờ thi đua của Chính phủ: 01 đơn vị"
    if quantity.op == ">=" and quantity.explicit and quantity.unit == "percent":
        return False  # whom awards should go to: "người lao động trực tiếp từ 60% trở lên"
    at = sentence.find("quota", 0, quantity.first)
    if striving or at is None or any(t.kind == "num" for t in sentence.tokens[max(0, at - 6) : at]):
        return False  # "02 tập thể được đề nghị …" says what the two are to reach
    near = quantity.first - at <= 12
    return (
        near
        and (quantity.unit == "count" or sentence.has("award_word"))
        and not sentence.has("plain_act", at + sentence.tokens[at].tags["quota"], quantity.first)
    )


def _asks_above(sentence: Sentence) -> bool:
    """Tell whether an award is to be asked of a level above: "Đề nghị Thủ tướng Chính phủ tặng Bằng khen cho …"."""
    tokens = sentence.tokens
    above = ("chủ", "thủ", "ubnd", "ủy", "bộ", "nhà")
    return len(tokens) > 2 and tokens[0].is_("đề") and tokens[1].is_("nghị") and tokens[2].is_(*above)


def _supports(sentence: Sentence, quantity: Quantity) -> bool:
    """Shares of a cost, of pay or of a mixture are prices and recipes."""
    if sentence.has("strive", 0, quantity.first):
        return False
    opens = sentence.tokens[sentence.item_start(quantity.first, ";")]
    priced = ("support" in opens.tags and not opens.is_("trích")) or opens.is_("tiền")
    if priced and not quantity.strong and quantity.unit in ("money", "percent"):
        return True  # "Kinh phí thực hiện: …", "Học phí …"
    if quantity.strong:
        return quantity.unit == "money" and quantity.op == "<=" and sentence.tokens[0].is_("mức")
    after = quantity.last + {"percent": 1, "money": 4}.get(quantity.unit or "", 0)
    if quantity.unit == "money" and _indicated(sentence, quantity):
        return False
    at = sentence.find("support", max(0, quantity.first - 7), min(after, len(sentence.tokens)))
    if at is None:
        return False
    saved = sentence.tokens[max(0, quantity.first - 12) : quantity.first]
    return not any(token.is_("tiết", "kiệm", "giảm") for token in saved)


def _describes(sentence: Sentence, quantity: Quantity) -> bool:
    """What is the case or makes up a whole: "tình trạng 12% hồ sơ trễ hạn", "trong tổng số 40 hộ"."""
    if quantity.explicit:
        return False
    if any("past_year" in token.tags for token in sentence.tokens[quantity.last + 1 : quantity.last + 2]):
        return sentence.tokens[quantity.last].is_("của")  # "từ kết quả 88% của năm trước"
    return any(ends_at(sentence.tokens, "present", end) is not None for end in (quantity.first, quantity.first - 1))


def _qualifies(sentence: Sentence, quantity: Quantity) -> bool:
    """Tell whether the number only says what is counted: "12 mô hình có thu nhập trên 100 triệu đồng"."""
    tokens = sentence.tokens
    if quantity.unit == "percent":  # "các xã có tỷ lệ hộ nghèo trên 25%"
        back = range(max(1, quantity.first - 8), quantity.first)
        return any(tokens[i].is_("có") and tokens[i + 1].is_("tỷ") and tokens[i - 1].kind == "word" for i in back)
    if quantity.unit == "rating":
        return False
    if not quantity.strong and tokens[quantity.first - 1].is_("có") and _shared_before(sentence, quantity.first):
        return True
    if quantity.unit == "money" and quantity.first > 2 and tokens[quantity.first - 2].is_("mỗi"):
        return any(token.kind in ("num", "pct") for token in tokens[: quantity.first])
    if tokens[quantity.first - 1].is_("đạt") and _counted_before(sentence, quantity.first):
        return True
    start = quantity.first
    while start and tokens[start - 1].kind not in ("punct",) and quantity.first - start < 6:
        start -= 1
        if "worth" in tokens[start].tags:
            return any(token.kind in ("num", "pct") for token in tokens[max(0, start - _REACH) : start])
    return False


def _shared_before(sentence: Sentence, first: int) -> bool:
    """Tell whether a percentage of someone stands before in the same item: "100% hộ có từ 2 người khuyết tật"."""
    start = sentence.item_start(first, ",;.:")
    return any(token.kind == "pct" for token in sentence.tokens[start:first])


def _counted_before(sentence: Sentence, first: int) -> bool:
    """Tell whether those who are to reach the number were counted in the same item: "37 xã đạt từ 10 tiêu chí"."""
    start = sentence.item_start(first, ",;.:")
    tokens = sentence.tokens
    return any(
        tokens[i].kind in ("num", "ratio")
        and tokens[i + 1].kind == "word"
        and not tokens[i + 1].tags.keys() & {"measure_unit", "money", "scale"}
        for i in range(start, first - 2)
        if not any(token.is_("theo", "trên") for token in tokens[start:i])
        if "numbered" not in tokens[max(i - 1, 0)].tags
    )


def _percent_wanted(sentence: Sentence, quantity: Quantity) -> bool:
    if quantity.explicit or quantity.first == 0 or _labelled(sentence, quantity):
        return True
    tokens = sentence.tokens
    if quantity.last < len(tokens) and tokens[quantity.last].kind == "word":
        return True
    if any(sentence.has(tag, 0, quantity.first) for tag in ("goal", "strive", "plain_act")):
        return True
    return not sentence.has("support")


def _labelled(sentence: Sentence, quantity: Quantity) -> bool:
    index = quantity.first - 1
    while index > quantity.first - 5 and index > 0 and sentence.tokens[index].kind == "word":
        if "predicate" in sentence.tokens[index].tags:
            return False
        index -= 1
    if index < 0 or sentence.tokens[index].raw != ":":
        return False
    start = index
    while start and sentence.tokens[start - 1].raw not in ";:":
        start -= 1
    return not any("idle_label" in token.tags for token in sentence.tokens[start:index])


def _count_wanted(sentence: Sentence, quantity: Quantity) -> bool:
    tokens = sentence.tokens
    if any("idle_label" in token.tags for token in tokens[max(0, quantity.first - 4) : quantity.first]):
        return False
    if quantity.strong or _labelled(sentence, quantity):
        return True
    if _possesses(sentence, quantity):
        return sentence.goal or _titled(sentence, quantity)
    if sentence.goal and not sentence.has("forbid", 0, quantity.first):
        return True
    if sentence.has("goal", 0, quantity.first) or sentence.has("strive", 0, quantity.first):
        return True
    if (
        _titled(sentence, quantity)
        or _asks_above(sentence)
        or (quantity.first == 1 and tokens[0].is_("có"))
        or _after_title(sentence, quantity.first)
    ):
        return True
    if quantity.explicit and tokens[quantity.first].is_("từ", "trên") and sentence.has("act", 0, quantity.first):
        return True
    return (
        _act_near(sentence, quantity.first)
        or _ordered(sentence, quantity)
        or _indicated(sentence, quantity)
        or _reached(sentence, quantity)
    )


def _possesses(sentence: Sentence, quantity: Quantity) -> bool:
    """Tell whether the sentence only says what someone has: "Năm học 2024 - 2025, trường có 25 lớp"."""
    tokens = sentence.tokens
    at = quantity.first - 1
    if quantity.explicit or at < 1 or not tokens[at].is_("có") or sentence.has("strive", 0, at):
        return False
    start = sentence.item_start(at, ",;.:")
    each = any(token.is_("mỗi", "hằng", "hàng") for token in tokens[:at])
    return start < at and not each


def _after_title(sentence: Sentence, first: int) -> bool:
    end = first - (first > 1 and sentence.tokens[first - 1].raw in '”»"')
    opens = sentence.tokens[sentence.item_start(first, ",;.:")].tags
    if opens.keys() & set(TITLE_TAGS):
        return True
    return any(ends_at(sentence.tokens, tag, end) is not None for tag in TITLE_TAGS)


def _titled(sentence: Sentence, quantity: Quantity) -> bool:
    """Tell whether the people counted are to hold a title: "03 cá nhân đạt Chiến sĩ thi đua cấp tỉnh"."""
    for index in range(quantity.last, min(quantity.last + 16, len(sentence.tokens))):
        token = sentence.tokens[index]
        if token.raw in ";.":
            return False
        if any(tag in token.tags for tag in TITLE_TAGS):
            return True
    return False


def _act_near(sentence: Sentence, first: int) -> bool:
    for end in range(first, max(0, first - 4), -1):
        if end < first and sentence.tokens[end].raw in ",;.:":
            return False
        start = ends_at(sentence.tokens, "plain_act", end)
        if start is not None:
            return not (start and sentence.tokens[start - 1].is_("được"))
    return False


def _ordered(sentence: Sentence, quantity: Quantity) -> bool:
    """Tell whether an order opens the number's item: "Chăm sóc 820 ha", "Khám bệnh cho 1.500 lượt người"."""
    start = sentence.item_start(quantity.first, ",;.:")
    if start == quantity.first:  # a further object of the order before: "Đạt giải Nhì toàn đoàn, 12 huy chương"
        start = sentence.item_start(quantity.first, ";.:")
    token = sentence.tokens[start]
    if start >= quantity.first or (start and token.is_("có")):
        return False
    return any(tag in token.tags for tag in ("act", "plain_act"))


def _indicated(sentence: Sentence, quantity: Quantity) -> bool:
    """Tell whether the number's item names an indicator: "Tổng đàn lợn 45.000 con"."""
    for marks in (",;.:", ";.:"):
        start = sentence.item_start(quantity.first, marks)
        tags = sentence.tokens[start].tags
        if "share_indicator" in tags and quantity.unit == "count":
            return False
        if "indicator" in tags and start < quantity.first:
            return not any("idle_label" in token.tags for token in sentence.tokens[start : quantity.first])
    return False


def _reached(sentence: Sentence, quantity: Quantity) -> bool:
    """Tell whether the number opens its item and those it counts are to reach something."""
    if sentence.item_start(quantity.first, ",;.:") != quantity.first:
        return False
    for token in sentence.tokens[quantity.last : quantity.last + 16]:
        if token.kind == "punct" and token.raw not in "“”\"'":
            return False
        if token.is_("đạt", "được", "đỗ", "thoát", "trúng"):
            return True
    return False


def _measure_wanted(sentence: Sentence, quantity: Quantity) -> bool:
    tokens = sentence.tokens
    spans = any(  # how long something may take or last, not a result
        token.is_("trong", "vòng", "sau", "thời", "hạn", "trước", "kéo")
        for token in tokens[max(0, quantity.first - 3) : quantity.first]
    )
    if _names_period(sentence, quantity) and not quantity.strong:
        averaged = any(token.is_("so") for token in tokens[max(0, quantity.first - 5) : quantity.first])
        if _labelled(sentence, quantity) or (_indicated(sentence, quantity) and not averaged):
            return True
        before = sentence.tokens[max(0, quantity.first - 2) : quantity.first]
        return not spans and (quantity.explicit or any(token.is_("đạt", "còn", "xuống", "giảm") for token in before))
    if quantity.strong or _labelled(sentence, quantity) or _act_near(sentence, quantity.first):
        return True
    if quantity.first > 1 and tokens[quantity.first - 2].is_("bình") and tokens[quantity.first - 1].is_("quân"):
        return True
    if sentence.goal or quantity.explicit or any(sentence.has(tag, 0, quantity.first) for tag in ("strive", "goal")):
        return True
    return _ordered(sentence, quantity) or _indicated(sentence, quantity) or _terse(sentence, quantity)


def _terse(sentence: Sentence, quantity: Quantity) -> bool:
    """Tell whether the whole item is a name and its measure: "Lúa 507 ha"."""
    tokens = sentence.tokens
    start = sentence.item_start(quantity.first, ",;.:")
    if quantity.last < len(tokens) and tokens[quantity.last].kind == "word":
        return False
    name = tokens[start : quantity.first]
    return 0 < len(name) <= 6 and not any(tag in t.tags for t in name for tag in ("predicate", "idle_label", "past"))
