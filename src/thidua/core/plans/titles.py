"""Emulation titles and commendations named in a sentence without a number.

Titles wished for someone by name are targets of value "1"; a standing title to be held is `keep`. Law: titles and
commendations of Luật Thi đua, khen thưởng (the codes of docs/glossary.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from thidua.core.plans.plan import Op, Unit
from thidua.core.plans.tokens import Token
from thidua.core.vietnamese import rank_of

TITLE_TAGS = (
    "TTLDXS",
    "TTLDTT",
    "CSTDTQ",
    "CSTDT",
    "CSTDCS",
    "LDTT",
    "CO_CP",
    "CO_TINH",
    "BK_TTG",
    "BK_TINH",
    "GK",
    "HCLD",
)
OPEN, CLOSE = '“"‘«', '”"’»“'
_CLASSES = {"i": 1, "ii": 2, "iii": 3, "1": 1, "2": 2, "3": 3}


@dataclass(frozen=True, slots=True)
class TitleMention:
    """A title in a sentence: its code, its class for orders, the tokens it covers (last exclusive)."""

    code: str
    title_class: int | None
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A target found without a number: comparison, value, unit, title and the tokens that say so."""

    op: Op
    value: str | None
    unit: Unit | None
    first: int
    last: int
    subject: tuple[int, int] | None
    measure: tuple[int, int]
    code: str | None = None
    title_class: int | None = None


def find_titles(tokens: Sequence[Token], first: int = 0, last: int | None = None) -> list[TitleMention]:
    """Return the titles between two tokens, longest reading first, in order."""
    found: list[TitleMention] = []
    index, stop = first, len(tokens) if last is None else last
    while index < stop:
        lengths = {tag: tokens[index].tags[tag] for tag in TITLE_TAGS if tag in tokens[index].tags}
        if not lengths:
            index += 1
            continue
        code = max(lengths, key=lambda tag: lengths[tag])
        mention = _specified(tokens, code, index, index + lengths[code])
        found.append(mention)
        index = max(mention.last, index + 1)
    return found


def _specified(tokens: Sequence[Token], code: str, first: int, last: int) -> TitleMention:
    """Let the words that follow settle who gives the award, or the class of an order."""
    following = tokens[last : last + 7]
    words = [token.key for token in following]
    if code == "HCLD":
        for place, token in enumerate(following[:3]):
            if token.is_("hạng") and place + 1 < len(following):
                word = following[place + 1].key
                return TitleMention(code, rank_of(word) or _CLASSES.get(word), first, last + place + 2)
    if code == "BK_TINH" and ("thủ" in words or "thu" in words) and following[0].is_("của", "do", "cấp", "thủ"):
        code = "BK_TTG"
    if code == "CO_TINH" and tokens[last - 1].raw in OPEN:  # Cờ “Đơn vị xuất sắc …” của UBND tỉnh
        close = next((i for i in range(last, len(tokens)) if tokens[i].raw in CLOSE), last)
        last, following = close + 1, tokens[close + 1 : close + 8]
    if code == "CO_TINH" and following and following[0].is_("của", "cấp", "chính"):
        head = [token for token in following[:3] if token.is_("chính", "phủ")]
        code = "CO_CP" if len(head) == 2 else code
    if code == "CO_TINH" and any(token.is_("phủ") for token in tokens[max(first - 2, 0) : first]):
        code = "CO_CP"  # "được Chính phủ tặng Cờ thi đua"
    if code == "CSTDCS" and any(token.raw in CLOSE for token in following[:1]) and len(following) > 2:
        later = following[1:4]
        if any(token.is_("tỉnh", "bộ", "ngành", "phố") for token in later):
            code = "CSTDT"
        elif any(token.is_("quốc") for token in later):
            code = "CSTDTQ"
    return TitleMention(code, None, first, last)


def quoted_spans(tokens: Sequence[Token], first: int, last: int) -> list[tuple[int, int]]:
    """Return the spans inside quotation marks between two tokens, marks included, last exclusive."""
    spans: list[tuple[int, int]] = []
    start: int | None = None
    for index in range(first, last):
        raw = tokens[index].raw
        if start is None and raw in OPEN:
            start = index
        elif start is not None and raw in CLOSE and index > start + 1:
            spans.append((start, index + 1))
            start = None
    return spans


def find_kept(tokens: Sequence[Token], first: int, last: int) -> list[Finding]:
    """Return the standing titles that tokens[first:last] wants held, one finding for each title."""
    for index in range(first, last):
        length = tokens[index].tags.get("keep", 0)
        if not length:
            continue
        after = index + length
        last = next(
            (
                i
                for i in range(after, last)
                if "strive" in tokens[i].tags or ("wish" in tokens[i].tags and tokens[i - 1].is_("và"))
            ),
            last,
        )
        spans = quoted_spans(tokens, after, last)
        named = any("title_word" in token.tags for token in tokens[after : min(after + 6, last)])
        if spans and (named or spans[0][0] <= after + 2):
            return [
                _kept(tokens, index if place == 0 else span[0], span, first, index) for place, span in enumerate(spans)
            ]
        standing = named or any(
            "standing" in t.tags or any(tag in t.tags for tag in TITLE_TAGS)
            for t in tokens[after : min(after + 5, last)]
        )
        if standing:
            stops = _title_stops(tokens, after, last)
            return [
                _kept(tokens, index if place == 0 else start, (start, stop), first, index)
                for place, (start, stop) in enumerate(stops)
            ]
    return []


def _kept(tokens: Sequence[Token], first: int, span: tuple[int, int], start: int, verb: int) -> Finding:
    mentions = find_titles(tokens, *span)
    title = mentions[0] if mentions else None
    return Finding(
        "keep",
        None,
        None,
        first,
        span[1],
        (start, verb) if verb > start else None,
        span,
        title.code if title else None,
        title.title_class if title else None,
    )


def _title_stops(tokens: Sequence[Token], first: int, last: int) -> list[tuple[int, int]]:
    """Split a run of unquoted titles where a comma or "và" is followed by another title or a capital."""
    spans: list[tuple[int, int]] = []
    start = first
    for index in range(first, last):
        token = tokens[index]
        if token.raw not in ",;" and not token.is_("và"):
            continue
        if token.raw == "," and tokens[index - 1].is_("sạch") and tokens[min(index + 1, last - 1)].is_("vững"):
            continue  # "trong sạch, vững mạnh" is one title
        if index + 1 < last and _names_standing(tokens, index + 1, last):
            spans.append((start, index))
            start = index + 1
        elif token.raw in ",;":
            spans.append((start, index))
            return spans
    spans.append((start, last))
    return spans


def _names_standing(tokens: Sequence[Token], start: int, last: int) -> bool:
    """Tell whether a title begins here, or an owner with one: "công đoàn vững mạnh xuất sắc"."""
    end = next((i for i in range(start, last) if tokens[i].raw in ",;"), last)
    led = "owner" in tokens[start].tags
    if any("title_word" in token.tags for token in tokens[start : min(start + 4, end)]):
        return True  # "…, thư viện đạt chuẩn mức độ 1"
    return any(tag in t.tags for t in tokens[start : end if led else start + 1] for tag in (*TITLE_TAGS, "standing"))


def find_wished(tokens: Sequence[Token], first: int, last: int, *, wanted: bool) -> list[Finding]:
    """Return the titles wished for by name in tokens[first:last]; `wanted` when the sentence strives."""
    found: list[Finding] = []
    if wanted and any(tag in tokens[first].tags for tag in TITLE_TAGS):
        return _wished(tokens, first, first, (first, last))
    labelled = _labelled_title(tokens, first, last)
    if labelled is not None:
        return _wished(tokens, first, labelled, (labelled + 1, last))
    for index in range(first, last):
        length = tokens[index].tags.get("wish", 0)
        if not length or index < (found[-1].last if found else first):
            continue
        if _builds_none(tokens, index) or (not wanted and not _has_owner(tokens, first, index)):
            continue
        after = index + length
        span = _wished_span(tokens, after, last)
        if span is None:
            continue
        found += _wished(tokens, first, index, span)
        wanted = True
    return found


def _builds_none(tokens: Sequence[Token], verb: int) -> bool:
    """ "Xây dựng" wishes for a title only of a body named next: "xây dựng chi bộ trong sạch, vững mạnh"."""
    return tokens[verb].is_("xây") and not any("owner" in token.tags for token in tokens[verb + 2 : verb + 4])


def _labelled_title(tokens: Sequence[Token], first: int, last: int) -> int | None:
    """Return the colon of "Công đoàn: Vững mạnh xuất sắc", or None."""
    colon = next((index for index in range(first, last) if tokens[index].raw == ":"), None)
    if colon is None or colon + 1 >= last or colon - first > 5:
        return None
    named = any("owner" in token.tags for token in tokens[first:colon])
    listed = any("title_word" in token.tags for token in tokens[first:colon])
    after = tokens[colon + 1 + (tokens[colon + 1].raw in OPEN)] if colon + 2 < last else tokens[colon + 1]
    if listed and not any(token.is_("trường", "quan", "vị", "bộ", "đoàn", "đội") for token in tokens[first:colon]):
        return None  # "Danh hiệu tập thể: …" lists the titles there are
    return colon if named and any(tag in after.tags for tag in (*TITLE_TAGS, "standing")) else None


def _has_owner(tokens: Sequence[Token], first: int, verb: int) -> bool:
    """Tell whether someone stands before the verb: "Công đoàn đạt danh hiệu …", "Tập thể: đạt …"."""
    built = tokens[verb].is_("xây") and any("owner" in token.tags for token in tokens[verb + 2 : verb + 4])
    if verb == first and (tokens[verb].is_("đạt") or _asked_for_one(tokens, verb)):
        return True
    return built or any("owner" in token.tags for token in tokens[first : min(first + 5, verb)])


def _asked_for_one(tokens: Sequence[Token], verb: int) -> bool:
    """Tell whether an award of a level above is asked for one body: "Đề nghị Chủ tịch nước tặng … cho Công ty"."""
    if not tokens[verb].is_("đề") or not any(token.is_("tặng") for token in tokens[verb + 2 : verb + 9]):
        return False
    given = next((i for i in range(verb + 4, len(tokens) - 1) if tokens[i].is_("cho")), None)
    whom = tokens[given + 1] if given is not None else None
    return whom is not None and "owner" in whom.tags and not whom.is_("tập", "đơn")


def _wished_span(tokens: Sequence[Token], after: int, last: int) -> tuple[int, int] | None:
    """Return the span of titles that begins within a few words of the verb, or None."""
    for index in range(after, min(after + 9, last)):
        token = tokens[index]
        if (
            token.raw in ".;"
            or (token.raw == ":" and index > after)
            or ("generic_title" in token.tags and "title_word" in tokens[index - 1].tags)
        ):
            return None
        if any(tag in token.tags for tag in (*TITLE_TAGS, "standing")):
            return index - (tokens[index - 1].raw in OPEN), last
        if token.raw in OPEN and any("title_word" in t.tags for t in tokens[max(after - 2, 0) : index]):
            return index, last
    return None


def _wished(tokens: Sequence[Token], first: int, verb: int, span: tuple[int, int]) -> list[Finding]:
    subject = (first, verb) if verb > first else None
    mentions = find_titles(tokens, *span)
    quoted = [
        (start, end)
        for start, end in quoted_spans(tokens, *span)
        if not mentions or (_stands(tokens, start, end) and not find_titles(tokens, start, end))
    ]
    if mentions:
        return [
            Finding("=", "1", "count", verb if q[0] < mentions[0].first else q[0], q[1], subject, q) for q in quoted
        ] + [
            Finding(
                "=",
                "1",
                "count",
                verb if place == 0 and not any(q[0] < m.first for q in quoted) else m.first,
                _named_end(tokens, m.last, span[1]),
                subject,
                (m.first, m.last),
                m.code,
                m.title_class,
            )
            for place, m in enumerate(mentions)
        ]
    if quoted:
        return [
            Finding("=", "1", "count", verb if place == 0 else q[0], q[1], subject, q) for place, q in enumerate(quoted)
        ]
    stop = next((i for i in range(span[0], span[1]) if tokens[i].raw in ",;"), span[1])
    return [Finding("=", "1", "count", verb, stop, subject, (span[0], stop))]


def _stands(tokens: Sequence[Token], first: int, last: int) -> bool:
    return any("standing" in token.tags for token in tokens[first:last])


def _named_end(tokens: Sequence[Token], end: int, last: int) -> int:
    """Return where the name of an award ends, with the words that say who gives it."""
    if end < last and tokens[end].raw in CLOSE:
        return end + 1
    if end >= last or not tokens[end].is_("của", "cấp", "do", "dẫn", "xuất", "hạng"):
        return end
    stop = next((i for i in range(end, last) if tokens[i].raw in ",;.“" or tokens[i].is_("và", "cho", "năm")), last)
    return min(stop, end + 9)
