"""What people settled about a reading, kept apart from what the reader read, and put on top of it.

A reading is JSON by the contract (``Plan.to_json``). What people settled (``Kept``) is JSON too:

    {"head": {field: value},
     "targets": {key: {"set": {field: value} or None, "because": text}},   None: dropped
     "bases":   {key: as for targets},
     "added_targets": [target], "added_bases": [basis],
     "decided": {doubt: {"how": text, "by": text, "at": text}}}

A key names a row by what the reader read, not by its place, so that it outlives a correction elsewhere in the text.
``carry`` takes what was settled over to a new reading where the thing settled is still the same.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from thidua.core.canonical import digest
from thidua.core.plans.reading import NO_ISSUER, NO_TARGETS, NO_TYPE, UNSURE, unsure_warning

Json = dict[str, Any]
Rows = Literal["targets", "bases"]
PLACE = ("start", "end", "confidence")
WORDS = ("quote", "subject", "measure", "clause")
ALIKE = 0.6
CONTEXT = 12
SET_BY_HAND = 1.0


@dataclass(frozen=True)
class Row:
    """One target or basis as it stands: the reader's own words (None: added by hand), and why it was changed."""

    now: Json
    read: Json | None
    key: str
    because: str

    @property
    def by_hand(self) -> bool:
        """Whether a person changed or added it."""
        return self.read is None or self.now != self.read


@dataclass(frozen=True)
class Doubt:
    """Something a person has to decide: a repair, a warning or a target that the reader was not sure of.

    ``start`` is its place in the text (None: nowhere in particular); ``row`` is the repair or target itself.
    """

    kind: Literal["repair", "warning", "target"]
    key: str
    words: str
    start: int | None
    row: Json


def nothing_kept() -> Json:
    """What is settled about a reading that nobody has looked at."""
    return {"head": {}, "targets": {}, "bases": {}, "added_targets": [], "added_bases": [], "decided": {}}


def standing(read: Json, kept: Json) -> Json:
    """The reading with what people settled on top; the same keys as the contract's."""
    return {
        **read,
        "document": {**read["document"], **kept["head"]},
        "targets": [row.now for row in rows(read, kept, "targets")],
        "bases": [row.now for row in rows(read, kept, "bases")],
    }


def rows(read: Json, kept: Json, what: Rows) -> list[Row]:
    """The targets or bases as they stand: targets in the order of the text, bases with added ones last."""
    found = []
    for key, row in _keyed(read[what]):
        entry = kept[what].get(key)
        if entry is None:
            found.append(Row(row, row, key, ""))
        elif entry["set"] is not None:
            found.append(Row({**row, **entry["set"]}, row, key, entry["because"]))
    found += [Row(row, None, "", "") for row in kept[f"added_{what}"]]
    return sorted(found, key=lambda row: row.now["start"]) if what == "targets" else found


def dropped(read: Json, kept: Json, what: Rows) -> list[Row]:
    """What a person left out, with the reason."""
    entries = [(key, row, kept[what].get(key)) for key, row in _keyed(read[what])]
    return [Row(row, row, key, entry["because"]) for key, row, entry in entries if entry and entry["set"] is None]


def changed(read: Json, kept: Json, what: Rows, number: int, fields: Json, because: str = "") -> Json:
    """What is settled once the fields of a row (by its number from 0) are set; values as read are no change."""
    row = rows(read, kept, what)[number]
    now = copy.deepcopy(kept)
    if row.read is None:
        place = now[f"added_{what}"].index(row.now)
        now[f"added_{what}"][place] = {**row.now, **fields}
        return now
    new = {name: value for name, value in {**row.now, **fields}.items() if name not in PLACE}
    entry = {name: value for name, value in new.items() if value != row.read[name]}
    now[what].pop(row.key, None)
    if entry:
        sure = {"confidence": SET_BY_HAND} if what == "targets" else {}
        now[what][row.key] = {"set": {**entry, **sure}, "because": because}
    return now


def left_out(read: Json, kept: Json, what: Rows, number: int, because: str) -> Json:
    """What is settled once a row (by its number from 0) is left out."""
    row = rows(read, kept, what)[number]
    now = copy.deepcopy(kept)
    if row.read is None:
        now[f"added_{what}"].remove(row.now)
    else:
        now[what][row.key] = {"set": None, "because": because}
    return now


def added(kept: Json, what: Rows, row: Json) -> Json:
    """What is settled once a row is added."""
    now = copy.deepcopy(kept)
    now[f"added_{what}"].append(row)
    return now


def doubts(read: Json, kept: Json) -> list[Doubt]:
    """Everything that a person has to decide, decided or not; what a correction has settled is not among it."""
    now = standing(read, kept)
    found = [
        Doubt("repair", repair_key(one), f"{one['from']} → {one['to']}", one["start"], one)
        for one in read["repairs"]
        if one["confidence"] < UNSURE
    ]
    found += [Doubt("warning", f"luu-y-{digest(words)[:16]}", words, None, {}) for words in _open_warnings(read, now)]
    found += [
        Doubt("target", f"chi-tieu-{digest([row['clause'], row['quote']])[:16]}", row["quote"], row["start"], row)
        for row in now["targets"]
        if row["confidence"] < UNSURE
    ]
    return found


def undecided(read: Json, kept: Json) -> list[Doubt]:
    """The doubts that nobody has decided."""
    return [doubt for doubt in doubts(read, kept) if doubt.key not in kept["decided"]]


def carry(kept: Json, *, old: Json, new: Json) -> tuple[Json, list[str]]:
    """Take what was settled about one reading over to another; returns it with sentences on what could not be taken."""
    lapsed: list[str] = []
    carried = nothing_kept()
    for field, value in kept["head"].items():
        if new["document"][field] in (old["document"][field], None):
            carried["head"][field] = value
        elif new["document"][field] != value:
            lapsed.append(f"phần đầu văn bản: “{value}” nhường cho “{new['document'][field]}”")
    for what in ("targets", "bases"):
        _carry_rows(what, kept, carried, old=old, new=new, lapsed=lapsed)
    carried["added_bases"] = list(kept["added_bases"])
    for row in kept["added_targets"]:
        place = _find(new["text"], row["quote"], near=row["start"])
        if place is None:
            lapsed.append(f"chỉ tiêu thêm tay “{row['quote']}”: câu này không còn trong văn bản")
        else:
            carried["added_targets"].append({**row, "start": place, "end": place + len(row["quote"])})
    carried["decided"] = _carry_decided(kept, carried, old=old, new=new)
    return carried, lapsed


def pair(old: Sequence[Json], new: Sequence[Json]) -> list[tuple[Json | None, Json | None]]:
    """Rows of two readings side by side: equal ones first, then ones that say nearly the same; None where one lacks."""
    left, right = dict(_keyed(old)), dict(_keyed(new))
    partner = {key: key for key in left if key in right}
    rest = [key for key in right if key not in partner]
    for key in left:
        if key not in partner and (best := _nearest(left[key], [(name, right[name]) for name in rest])):
            partner[key] = best
            rest.remove(best)
    taken = {other: key for key, other in partner.items()}
    pairs: list[tuple[Json | None, Json | None]] = [
        (left[taken[key]] if key in taken else None, row) for key, row in right.items()
    ]
    return pairs + [(row, None) for key, row in left.items() if key not in partner]


def _carry_rows(what: Rows, kept: Json, carried: Json, *, old: Json, new: Json, lapsed: list[str]) -> None:
    was, keys = dict(_keyed(old[what])), {id(row): key for key, row in _keyed(new[what])}
    matches = {id(before): after for before, after in pair(old[what], new[what]) if before is not None}
    for key, entry in kept[what].items():
        before, after = was[key], matches.get(id(was[key]))
        if after is not None and _says(before) == _says(after):
            carried[what][keys[id(after)]] = entry
        else:
            lapsed.append(f"“{_words(before)}”: bản mới nói khác, nên phần đã sửa tay không giữ được")


def _carry_decided(kept: Json, carried: Json, *, old: Json, new: Json) -> Json:
    """Decisions on things that stand in the new reading too; repairs of another file are known by their neighbours."""
    known = {
        _signature(old, doubt): kept["decided"][doubt.key]
        for doubt in doubts(old, kept)
        if doubt.key in kept["decided"]
    }
    found = {doubt.key: known.get(_signature(new, doubt)) for doubt in doubts(new, carried)}
    return {key: how for key, how in found.items() if how}


def _signature(read: Json, doubt: Doubt) -> tuple[str, ...]:
    if doubt.kind != "repair" or doubt.start is None:
        return (doubt.key,)
    text, row = read["text"], doubt.row
    before, after = text[max(0, row["start"] - CONTEXT) : row["start"]], text[row["end"] : row["end"] + CONTEXT]
    return (row["from"], row["to"], before, after)


def _open_warnings(read: Json, now: Json) -> Iterator[str]:
    head = now["document"]
    unsure = sum(one["confidence"] < UNSURE for one in read["repairs"])
    # these are counted one by one, or are a problem that no decision settles
    settled = {NO_TARGETS, unsure_warning(unsure)}
    settled |= {NO_TYPE} if head["type"] else set()
    settled |= {NO_ISSUER} if head["issuer"] else set()
    quotes = [f"“{row['quote']}”" for row in now["targets"]]
    for words in dict.fromkeys(read["warnings"]):
        if words not in settled and not any(quote in words for quote in quotes):
            yield words


def repair_key(row: Json) -> str:
    """The name of a repair: what it made of what, and where that stood in the file."""
    return f"sua-{digest([row['from'], row['to'], row['source_start']])[:16]}"


def _keyed(rows_: Iterable[Json]) -> Iterator[tuple[str, Json]]:
    """Each row under a key of what it says; equal rows are numbered in their order."""
    seen: dict[str, int] = {}
    for row in rows_:
        content = {name: value for name, value in row.items() if name not in PLACE}
        name = digest(content)[:16]
        seen[name] = seen.get(name, 0) + 1
        yield (name if seen[name] == 1 else f"{name}#{seen[name]}"), row


def _says(row: Mapping[str, Any]) -> Json:
    """What a row says apart from its words and place."""
    return {name: value for name, value in row.items() if name not in (*PLACE, *WORDS)}


def _words(row: Mapping[str, Any]) -> str:
    return str(row["quote"]) if "quote" in row else " ".join(filter(None, (row["type"], row["number"], row["subject"])))


def _nearest(row: Json, among: Sequence[tuple[str, Json]]) -> str | None:
    """The key of the row whose words are most alike, if any is alike at all."""
    scored = [(SequenceMatcher(None, _words(row), _words(other)).ratio(), key) for key, other in among]
    best = max(scored, default=(0.0, ""), key=lambda one: one[0])
    return best[1] if best[0] >= ALIKE else None


def _find(text: str, quote: str, *, near: int) -> int | None:
    places, place = [], text.find(quote)
    while place >= 0:
        places.append(place)
        place = text.find(quote, place + 1)
    return min(places, key=lambda one: abs(one - near), default=None)
