"""Sentences → targets: who is to reach what, how much, until when.

A sentence is read once for its quantities (quantities.py), once for what it forbids (prohibitions.py) and,
between those, for titles and ratings wished for without a number (titles.py). What a sentence is about is
settled by sentences.py. Choices where the contract leaves room: a bare number is ">=" ("<=" where less is
better); a title wished for by name is "= 1"; numbers in parentheses repeat or explain and are no targets of
their own unless they compare; slogans in quotation marks are no targets.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from thidua.core.plans.bounds import find_bounds, first_mark, inherit, last_mark
from thidua.core.plans.comparisons import word_op
from thidua.core.plans.plan import Target
from thidua.core.plans.prohibitions import find_forbidden
from thidua.core.plans.quantities import Quantity, find_quantities
from thidua.core.plans.ratings import find_rated
from thidua.core.plans.reports import tells_of_past
from thidua.core.plans.sentences import Sentence, is_rule, split_sentences
from thidua.core.plans.tables import RowValue, read_row
from thidua.core.plans.titles import (
    Finding,
    TitleMention,
    find_kept,
    find_titles,
    find_wished,
)
from thidua.core.plans.tokens import Token, tokenize
from thidua.core.plans.wanted import goes_with, is_wanted, part_of

_LABEL = 14
_EDGE = " \t\n,;:.-–/"
_CLOSERS = {"”": "“", '"': '"', ")": "(", "’": "‘"}


def find_targets(
    text: str,
    start: int = 0,
    end: int | None = None,
    *,
    clause: str | None = None,
    lead: Sequence[Token] = (),
    goal: bool = False,
) -> list[Target]:
    """Return the targets of one paragraph, text[start:end], in order; offsets count from the text's start.

    `lead` are the tokens of the line that leads the list the paragraph stands in, `goal` tells that a heading
    above it names targets.
    """
    tokens = tokenize(text, start, end)
    row = read_row(tokens)
    if row is not None:
        return [_tabled(text, value, clause) for value in row]
    targets: list[Target] = []
    for sentence in split_sentences(tokens, lead, goal=goal):
        targets += _read(text, sentence, clause)
    return targets


def _read(text: str, sentence: Sentence, clause: str | None) -> list[Target]:
    tokens = sentence.tokens
    if is_rule(sentence):
        return []
    quantities = _compared_by_lead(sentence, find_quantities(tokens))
    wanted = inherit(sentence, _wanted(sentence, quantities))
    cuts = find_bounds(tokens, wanted)
    targets = [
        _numeric(text, sentence, quantity, bounds, clause) for quantity, bounds in zip(wanted, cuts, strict=True)
    ]
    findings = [one for one in find_forbidden(tokens, wanted) if not tells_of_past(sentence, one.first)]
    covered = [(_own_start(tokens, b[0], q.first), b[1]) for q, b in zip(wanted, cuts, strict=True)]
    covered += [(f.first, f.last) for f in findings]
    findings += _unnumbered(sentence, covered)
    targets += [_worded(text, sentence, finding, clause) for finding in findings]
    return sorted(targets, key=lambda target: (target.start, target.end))


def _compared_by_lead(sentence: Sentence, quantities: list[Quantity]) -> list[Quantity]:
    """Give bare numbers the comparison the lead line ends with ("Các chỉ tiêu không vượt quá:")."""
    op = word_op(sentence.tokens, sentence.lead) if sentence.lead else None
    if op is None:
        return quantities
    return [q if q.explicit else replace(q, op=op[0], explicit=True, strong=True) for q in quantities]


def _wanted(sentence: Sentence, quantities: Sequence[Quantity]) -> list[Quantity]:
    """Keep what the sentence wants; a count in one list with a wanted count is wanted with it."""
    kept: list[Quantity] = []
    before: Quantity | None = None
    for quantity in quantities:
        part = before is not None and not quantity.strong and part_of(sentence, before, quantity)
        wanted = is_wanted(sentence, quantity) and not (part and before not in kept)
        if wanted or (kept and goes_with(sentence, kept[-1], quantity)):
            kept.append(quantity)
        before = quantity
    return kept


def _unnumbered(sentence: Sentence, covered: Sequence[tuple[int, int]]) -> list[Finding]:
    """Read titles to hold, ratings and titles wished for in the stretches no other target covers."""
    tokens = sentence.tokens
    found: list[Finding] = []
    striving = sentence.has("strive")
    for first, last in _stretches(tokens, covered):
        kept = find_kept(tokens, first, last)
        found += kept
        first = kept[-1].last if kept else first
        reported = any("past" in token.tags for token in tokens[first:last])
        if first >= last or (reported and not striving) or sentence.has("quota_verb", first, last):
            continue
        if first < sentence.lead < last and (led := find_rated(tokens, sentence.lead, last, wanted=striving)):
            found += led
            continue
        rated = find_rated(tokens, first, last, wanted=striving)
        rest = rated[-1].last if rated else first
        found += rated
        if rest < last:
            found += find_wished(tokens, rest, last, wanted=striving)
    return found


def _own_start(tokens: Sequence[Token], start: int, first: int) -> int:
    """Return where a number's own words begin: after the comma before it when it strives afresh or opens there."""
    comma = last_mark(tokens, start, first, ",")
    opens = tokens[comma + 1].tags
    if comma >= start and (comma == first - 1 or "plain_act" in opens or "keep" in opens):
        return comma
    return comma if comma >= start and any("strive" in token.tags for token in tokens[comma:first]) else start


def _stretches(tokens: Sequence[Token], covered: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the runs of tokens between semicolons and outside every other target's words."""
    free = [
        token.raw != ";" and not any(start <= index < stop for start, stop in covered)
        for index, token in enumerate(tokens)
    ]
    found: list[tuple[int, int]] = []
    for index, is_free in enumerate(free):
        if is_free and found and found[-1][1] == index:
            found[-1] = (found[-1][0], index + 1)
        elif is_free:
            found.append((index, index + 1))
    return [(first, last) for first, last in found if last > first + 1]


def _numeric(text: str, sentence: Sentence, quantity: Quantity, bounds: tuple[int, int], clause: str | None) -> Target:
    tokens = sentence.tokens
    label = bounds[0]
    if quantity.unit == "count":  # "Bằng khen: 02 tập thể, 03 cá nhân"
        label = max(last_mark(tokens, 0, quantity.first, ";") + 1, 0)
    titles = (
        _adjacent(tokens, bounds[0], quantity)
        or _not_of(tokens, find_titles(tokens, quantity.last, bounds[1]))
        or find_titles(tokens, _label_start(tokens, bounds, quantity), quantity.first)[-1:]
        or find_titles(tokens, label, quantity.first)[-1:]
        or _shared(tokens, quantity.last, bounds[1])
    )
    title = titles[0] if titles else None
    if quantity.last < bounds[1] and tokens[quantity.last].kind in ("word", "op"):
        subject, measure = _subject_after(text, tokens, quantity.last, bounds[1])
    else:
        subject, measure = None, None
    label = max(_past_striving(tokens, bounds[0], quantity.first), sentence.lead)
    before = _trim(text, tokens, label, quantity.first)
    if subject is None or measure is None:
        measure = before
    opening = _with_deadline(tokens, bounds[0], _label_of(tokens, bounds[0], quantity.first))
    start, end = _quote(text, tokens, max(opening, sentence.lead), _cut_at_forbidden(tokens, quantity.last, bounds[1]))
    return Target(
        clause,
        subject,
        measure,
        title.code if title else None,
        title.title_class if title else None,
        quantity.op,
        quantity.value,
        quantity.unit,
        quantity.unit_text,
        _deadline(text, sentence, bounds[0], quantity.first, bounds[1]),
        quantity.approximate,
        text[start:end],
        start,
        end,
        _confidence(sentence, quantity),
    )


def _label_of(tokens: Sequence[Token], start: int, first: int) -> int:
    """Return where the words that name what the number measures begin; a long lead is cut at its last comma."""
    if first and tokens[first - 1].raw == ",":
        return first
    opening = _past_striving(tokens, start, first)
    while first - opening > _LABEL:
        comma = first_mark(tokens, opening, first, ",")
        if comma is None:
            return first
        opening = _past_striving(tokens, comma, first)
    return opening


def _with_deadline(tokens: Sequence[Token], start: int, opening: int) -> int:
    """Return where the deadline begins that stands right before the label: "đến năm 2030 đạt 75%"."""
    for index in range(max(start, opening - 5), opening):
        length = tokens[index].tags.get("deadline", 0)
        if length > 1 and index + length + 1 == opening and tokens[opening - 1].kind in ("year", "date"):
            return index
    return opening


def _label_start(tokens: Sequence[Token], bounds: tuple[int, int], quantity: Quantity) -> int:
    """Return where a title may stand before the number: not before a comma when a clause of its own begins."""
    opens = quantity.first and tokens[quantity.first - 1].raw == ","
    acts = any("predicate" in token.tags for token in tokens[quantity.last : bounds[1]])
    return quantity.first if opens and acts else bounds[0]


def _adjacent(tokens: Sequence[Token], start: int, quantity: Quantity) -> list[TitleMention]:
    """Return the title that stands right before the number: "Lao động tiên tiến: 20 đồng chí"."""
    before = quantity.first - (1 if quantity.first and tokens[quantity.first - 1].raw in ":-”" else 0)
    return [title for title in find_titles(tokens, start, before) if title.last == before]


def _not_of(tokens: Sequence[Token], titles: list[TitleMention]) -> list[TitleMention]:
    """Leave out a title that only says of whom: "15% trong số LĐTT đạt danh hiệu CSTĐCS"."""
    if len(titles) > 1 and titles[0].first and tokens[titles[0].first - 1].is_("số"):
        return titles[1:]
    return titles


def _shared(tokens: Sequence[Token], start: int, end: int) -> list[TitleMention]:
    """Return the title that a bare list goes on to: "03 tập thể, 05 cá nhân được tặng Bằng khen"."""
    if any("predicate" in token.tags for token in tokens[start:end]):
        return []
    stop = first_mark(tokens, end, len(tokens), ";") or len(tokens)
    verb = next((i for i in range(end, stop) if "predicate" in tokens[i].tags), stop)
    return find_titles(tokens, verb, stop)[:1] if verb - start <= 16 else []


def _cut_at_forbidden(tokens: Sequence[Token], start: int, end: int) -> int:
    for index in range(start + 1, end):
        if "forbid" in tokens[index].tags and tokens[index - 1].raw == ",":
            return index - 1
    return end


def _past_striving(tokens: Sequence[Token], start: int, stop: int) -> int:
    while start < stop and (
        tokens[start].kind in ("punct", "year", "date") or "strive" in tokens[start].tags or tokens[start].is_("và")
    ):
        start += tokens[start].tags.get("strive", 1)
    return min(start, stop)


def _confidence(sentence: Sentence, quantity: Quantity) -> float:
    if quantity.strong or sentence.has("strive", 0, quantity.first):
        return 0.97
    if quantity.unit == "percent":
        return 0.93 if quantity.explicit else 0.9
    return 0.85 if quantity.explicit else 0.75


def _subject_after(text: str, tokens: Sequence[Token], start: int, end: int) -> tuple[str | None, str | None]:
    """Divide "cán bộ, công chức đạt danh hiệu …" at its first verb into who and what."""
    for index in range(start + 1, end):
        if "predicate" in tokens[index].tags and not tokens[index - 1].is_("các", "những", "số"):
            return _trim(text, tokens, start, index), _trim(text, tokens, index, end)
    return _trim(text, tokens, start, end), None


def _worded(text: str, sentence: Sentence, finding: Finding, clause: str | None) -> Target:
    tokens = sentence.tokens
    start, end = _quote(text, tokens, max(finding.first, sentence.lead), max(finding.last, sentence.lead + 1))
    subject = _trim(text, tokens, *finding.subject) if finding.subject else None
    measure = _trim(text, tokens, max(finding.measure[0], sentence.lead), finding.measure[1])
    confidence = {"none": 0.9, "keep": 0.9, ">=": 0.9}.get(finding.op, 0.8)
    return Target(
        clause,
        subject,
        measure,
        finding.code,
        finding.title_class,
        finding.op,
        finding.value,
        finding.unit,
        None,
        _deadline(text, sentence, 0, finding.first, _clause_end(sentence, finding.last)),
        False,
        text[start:end],
        start,
        end,
        confidence,
    )


def _tabled(text: str, row: RowValue, clause: str | None) -> Target:
    quantity, title = row.quantity, row.title
    start, end = row.first.start, row.last.end
    return Target(
        clause,
        text[row.label[0].start : row.label[1].end],
        None,
        title.code if title else None,
        title.title_class if title else None,
        quantity.op,
        quantity.value,
        quantity.unit,
        quantity.unit_text,
        None,
        quantity.approximate,
        text[start:end],
        start,
        end,
        0.8,
    )


def _clause_end(sentence: Sentence, start: int) -> int:
    """Return where a new clause begins: at a comma or semicolon, or at "và" before another verb."""
    tokens = sentence.tokens
    for index in range(start, len(tokens) - 1):
        if index in sentence.quoted:
            continue
        if tokens[index].raw in ",;" or (tokens[index].is_("và") and tokens[index + 1].tags.keys() & {"wish", "keep"}):
            return index
    return len(tokens)


def _quote(text: str, tokens: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    while last > first + 1 and tokens[last - 1].is_("và", "hoặc"):
        last -= 1
    start, end = tokens[first].start, tokens[last - 1].end
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    while start < end and text[start] in _EDGE:
        start += 1
    closer = text[end - 1 : end]
    if closer in _CLOSERS and _CLOSERS[closer] not in text[start : end - 1]:
        end -= 1
    return start, end


def _trim(text: str, tokens: Sequence[Token], first: int, last: int) -> str | None:
    if last <= first:
        return None
    words = " ".join(text[tokens[first].start : tokens[last - 1].end].split()).strip(_EDGE)
    if words[:1] in '“"' and words[-1:] in '”"':
        words = words[1:-1]
    if words.count("“") != words.count("”"):
        words = words.strip("“”")
    return words.strip(_EDGE) or None


def _deadline(text: str, sentence: Sentence, start: int, first: int, end: int) -> str | None:
    """Return the words of the nearest deadline: in the number's own stretch, else before it."""
    tokens = sentence.tokens
    ranges = ((first, end), (0, first)) if start == 0 else ((first, end), (start, first), (0, start))
    for begin, stop in ranges:
        for index in range(begin, stop):
            length = tokens[index].tags.get("deadline", 0)
            after = index + length
            if (
                length
                and not (index and tokens[index - 1].is_("với", "so", "bằng", "từ"))
                and after < len(tokens)
                and tokens[after].kind in ("year", "date", "num")
                and (tokens[after].kind != "num" or (tokens[index].is_("từ") is False and length > 1))
            ):
                return text[tokens[index].start : tokens[_period_end(tokens, after)].end]
    return None


def _period_end(tokens: Sequence[Token], index: int) -> int:
    if index + 2 < len(tokens) and tokens[index + 1].raw in "-–" and tokens[index + 2].kind in ("year", "num"):
        return index + 2
    if index + 2 < len(tokens) and tokens[index + 1].is_("đến") and tokens[index + 2].kind == "date":
        return index + 2
    return index
