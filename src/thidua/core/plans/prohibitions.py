"""Things that must not happen: "không để xảy ra …", split into the events they forbid.

Contract: events are split at ";", "hoặc" and commas between distinct events; fixed pairs (cháy, nổ) and one
legal regime (tiết kiệm, lãng phí, tham nhũng) stay one. A list of people ("cán bộ, công chức") is no list
of events, and a comma inside a prepositional phrase ("trong quản lý đất đai, tài nguyên") splits only
before a word that itself names an event.
"""

from __future__ import annotations

from collections.abc import Sequence

from thidua.core.plans.comparisons import ends_at
from thidua.core.plans.quantities import Quantity
from thidua.core.plans.titles import Finding
from thidua.core.plans.tokens import Token

_MARKS = ";,"
_ITEM_WORDS = 5
_SHORT = 9
# Last word before the comma and first word after it, of pairs that are one event in the language of plans.
_PAIRS = (
    ("cháy", "nổ"),
    ("nại", "tố"),
    ("ninh", "trật"),
    ("tín", "dị"),
    ("kiện", "tố"),
    ("cáo", "khiếu"),
    ("nạn", "thương"),
    ("ninh", "an"),
    ("nại", "kiến"),
    ("biến", "tự"),
    ("kiện", "khiếu"),
    ("tự", "an"),
    ("lộ", "lọt"),
    ("nghị", "phản"),
    ("ánh", "kiến"),
    ("rượu", "bia"),
    ("động", "bất"),
    ("bỏ", "đào"),
    ("đào", "bỏ"),
    ("yếu", "kém"),
    ("oan", "sai"),
    ("mát", "hư"),
)


def find_forbidden(tokens: Sequence[Token], quantities: Sequence[Quantity]) -> list[Finding]:
    """Return one finding for each event a sentence forbids, in order."""
    found: list[Finding] = []
    index = 0
    while index < len(tokens):
        if not _triggers(tokens, index, quantities):
            index += 1
            continue
        end = _reach(tokens, index)
        found += _split(tokens, index, end)
        index = end
    return found


def _triggers(tokens: Sequence[Token], index: int, quantities: Sequence[Quantity]) -> bool:
    token = tokens[index]
    length = token.tags.get("forbid", 0)
    if not length or token.tags.get("no_forbid", 0) >= length:
        return False
    if any(tag in token.tags for tag in ("ge", "le", "lt")) and token.tags.get("strong_op"):
        return False
    if _conditional(tokens, index) or _in_quotes(tokens, index):
        return False
    after = index + length
    if after < len(tokens) and tokens[after].raw == ":":
        return False  # a lead line: what is forbidden stands in the list below
    if after >= len(tokens) or (tokens[after].kind == "punct" and tokens[after].raw not in '“"'):
        return length >= 3 or not tokens[index + 1].is_(
            "có", "để", "còn", "phải", "bị", "gây", "làm", "cho", "theo", "nhận"
        )
    if _qualifies_number(tokens, index, quantities):
        return False
    if token.tags.get("forbid") == 2 and tokens[index + 1].is_("có", "phải"):
        opens = index == 0 or tokens[index - 1].kind == "punct" or "strive" in tokens[max(index - 2, 0)].tags
        return _eventful(tokens, after) or (opens and tokens[index + 1].is_("có"))
    return True


def _conditional(tokens: Sequence[Token], index: int) -> bool:
    start = index
    while start and tokens[start - 1].raw not in ".;,:(":
        start -= 1
    return any("hypothetical" in token.tags and not token.is_("hoặc", "thì") for token in tokens[start:index])


def _in_quotes(tokens: Sequence[Token], index: int) -> bool:
    opened = 0
    for token in tokens[:index]:
        if token.raw in "“«":
            opened += 1
        elif token.raw in "”»" and opened:
            opened -= 1
    return opened > 0 and any(token.raw in "”»" for token in tokens[index:])


def _qualifies_number(tokens: Sequence[Token], index: int, quantities: Sequence[Quantity]) -> bool:
    """Tell whether the words only say what a share of people does: "100% hộ không vi phạm"."""
    before = [quantity for quantity in quantities if quantity.last <= index]
    if not before:
        return False
    gap = tokens[before[-1].last : index]
    if any(token.is_("riêng") and tokens[before[-1].last + at - 1].raw == "," for at, token in enumerate(gap)):
        return False  # "còn dưới 15 hộ, riêng khu phố 3 không còn hộ nghèo"
    if any(token.raw in ";.(" for token in gap):
        return False
    if gap and gap[-1].raw == ",":
        return False
    return not (gap and gap[-1].is_("và") and any(token.raw == "," for token in gap))


def _eventful(tokens: Sequence[Token], after: int) -> bool:
    window = tokens[after : after + 14]
    for token in window:
        if token.raw in ".;":
            return False
        if "event" in token.tags:
            return True
    return bool(window) and "body" in window[0].tags and not window[0].is_("tổ", "số", "một")


def _reach(tokens: Sequence[Token], index: int) -> int:
    """Return where the prohibition ends: at the sentence's end, or where it turns to what should be done."""
    position = index + tokens[index].tags["forbid"]
    depth = 0
    while position < len(tokens):
        token = tokens[position]
        if token.raw == "(":
            depth += 1
        elif token.raw == ")":
            if depth == 0:
                return position
            depth -= 1
        elif token.kind in ("num", "ratio") and depth == 0 and _own_number(tokens, position):
            return _back_to_mark(tokens, index, position)
        elif (
            ("cut" in token.tags and position > index + 2)
            or (token.raw in _MARKS and depth == 0 and not _goes_on(tokens, position))
            or ("forbid" in token.tags and tokens[position - 1].raw in _MARKS)
        ):
            return position
        position += 1
    return position


def _own_number(tokens: Sequence[Token], position: int) -> bool:
    return position + 1 < len(tokens) and tokens[position + 1].kind == "pct"


def _back_to_mark(tokens: Sequence[Token], index: int, position: int) -> int:
    for place in range(position, index, -1):
        if tokens[place].raw in _MARKS:
            return place
    return position


def _goes_on(tokens: Sequence[Token], mark: int) -> bool:
    """Tell whether what follows a comma or semicolon is still forbidden."""
    if mark + 1 >= len(tokens):
        return False
    following = tokens[mark + 1]
    if "forbid" in following.tags or following.is_("không", "chưa"):
        return False
    if tokens[mark].raw == ";":
        return (
            ("event" in following.tags and not following.tags.keys() & {"act"})
            or (following.is_("các", "những") and (mark + 2 < len(tokens) and "event" in tokens[mark + 2].tags))
            or _late_event(tokens, mark)
            or (_unread_between(tokens, mark))
        )
    return not ("positive" in following.tags and "event" not in following.tags)


def _unread_between(tokens: Sequence[Token], mark: int) -> bool:
    """A short item of the list that says nothing known, followed by one that names an event, is forbidden too."""
    end = next((i for i in range(mark + 1, len(tokens)) if tokens[i].raw == ";"), None)
    if end is None or end + 1 >= len(tokens) or end - mark > 9:
        return False
    item = tokens[mark + 1 : end]
    known = any(
        tag in token.tags for token in item[:3] for tag in ("positive", "act", "plain_act", "strive", "forbid", "body")
    )
    return not known and "event" in tokens[end + 1].tags and not any(token.kind == "pct" for token in item)


def _late_event(tokens: Sequence[Token], mark: int) -> bool:
    """A short item after a semicolon that closes with "không được làm" or begins with a body and an event."""
    item: list[Token] = []
    for token in tokens[mark + 1 :]:
        if token.raw in ";.,":
            break
        item.append(token)
    if not item or "positive" in item[0].tags or "act" in item[0].tags or any(t.kind == "num" for t in item):
        return False
    return "body" in item[0].tags and any("event" in token.tags for token in item[:6]) and len(item) <= 14


def _split(tokens: Sequence[Token], index: int, end: int) -> list[Finding]:
    after = index + tokens[index].tags.get("verb_only", 1)
    cuts: list[int] = []
    start = after
    colon = next((place for place in range(after + 1, end) if tokens[place].raw == ":"), end)
    for position in range(after + 1, min(colon, end - 1)):  # what follows a colon are examples
        if _divides(tokens, start, position, after, broad="broad_forbid" in tokens[index].tags):
            cuts.append(position)
            start = position + 1
    while end > after + 1 and (tokens[end - 1].raw in ".,;:-/“" or tokens[end - 1].is_("và", "để")):
        end -= 1
    bounds = [*cuts, end]
    starts = [index, *(cut + 1 for cut in cuts)]
    subject = _subject(tokens, index)
    return [
        Finding("none", "0", "count", first, last, subject, (first if first != index else after, last))
        for first, last in zip(starts, bounds, strict=True)
        if last > first
    ]


def _divides(tokens: Sequence[Token], start: int, position: int, after: int, *, broad: bool) -> bool:
    token, following = tokens[position], tokens[position + 1]
    item = tokens[start:position]
    if token.raw == ";":
        return True
    if "attribute" in following.tags or _more_rules(item, following):
        return False
    eventful = "event" in following.tags or (
        following.is_("các", "những") and "event" in tokens[min(position + 2, len(tokens) - 1)].tags
    )
    if token.is_("hoặc"):
        return not _only_bodies(item) and (eventful or not _in_phrase(item))
    if token.is_("và"):
        return eventful and start > after and not _paired(tokens, item, position)
    if token.raw != "," or _only_bodies(item):
        return False
    if _paired(tokens, item, position):
        return False
    if eventful:
        return True
    done = any("event" in t.tags and not t.is_("tình", "hiện", "trường", "vụ", "các", "những") for t in item)
    if "body" in following.tags and done and _own_event(tokens, position):
        return True  # "không có hội viên vi phạm pháp luật, con em hội viên mắc tệ nạn"
    if "body" in following.tags or _in_phrase(item):
        return False
    if any("taking" in t.tags for t in item[:3]):
        return False
    listed = start > after or broad or any("event" in t.tags for t in item[:1])
    return listed and len(item) <= _ITEM_WORDS and _short_item(tokens, position)


def _own_event(tokens: Sequence[Token], mark: int) -> bool:
    """Tell whether the item after a comma names people and what they do."""
    for token in tokens[mark + 1 : mark + 8]:
        if token.raw in ",;." or token.is_("và", "hoặc"):
            return False
        if "event" in token.tags:
            return not any("body" in one.tags for one in tokens[mark - 1 : mark])
    return False


def _more_rules(item: Sequence[Token], following: Token) -> bool:
    """Tell whether a further rule is named that must not be broken: "vi phạm pháp luật, nội quy cơ quan"."""
    return "rules" in following.tags and any(token.is_("vi", "phạm") for token in item)


def _short_item(tokens: Sequence[Token], position: int) -> bool:
    for place in range(position + 1, min(position + _SHORT, len(tokens))):
        if tokens[place].raw in ",;.)" or tokens[place].is_("và", "hoặc", "trong"):
            return True
    return position + _SHORT >= len(tokens)


def _only_bodies(item: Sequence[Token]) -> bool:
    """Tell whether an item only names people or bodies, so that the event is still to come."""
    index = 0
    while index < len(item):
        length = item[index].tags.get("body", 0)
        if not length:
            break
        index += length
    rest = item[index:]
    return index > 0 and not any("event" in token.tags for token in rest) and len(rest) <= 2


def _in_phrase(item: Sequence[Token]) -> bool:
    return any("preposition" in token.tags for token in item)


def _paired(tokens: Sequence[Token], item: Sequence[Token], position: int) -> bool:
    """Tell whether a comma stands inside one event: cháy, nổ; khiếu nại, tố cáo; one legal regime."""
    following = tokens[position + 1]
    if any("regime" in token.tags for token in item) and "regime" in following.tags:
        return True
    if not item:
        return True
    return any(item[-1].is_(left) and following.is_(right) for left, right in _PAIRS)


def _subject(tokens: Sequence[Token], index: int) -> tuple[int, int] | None:
    start = index
    while start and tokens[start - 1].raw not in ".;,:()":
        start -= 1
    while start < index and (ends_at(tokens, "strive", start + 1) is not None or tokens[start].is_("và")):
        start += 1
    return (start, index) if start < index else None
