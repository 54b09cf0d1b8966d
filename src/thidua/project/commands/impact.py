"""``thidua law impact``: two laws on the same facts, and who would stand otherwise."""

import argparse
import datetime
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa

from thidua.core.law import yamlfile
from thidua.core.law.amend import amend, trial, typed_value
from thidua.core.law.errors import LawError
from thidua.core.law.evaluate import evaluate
from thidua.core.law.impact import Impact, Places, impact
from thidua.core.law.limits import Quota, apply_limits
from thidua.core.law.load import read_amendment
from thidua.core.law.places import WHO
from thidua.core.law.schema import Amendment, Pack, Ruleset
from thidua.project.commands.law import day, facts_of, load_packs, received, ruleset_on
from thidua.project.engines import hold_facts
from thidua.project.faults import Fault
from thidua.project.words import OUTCOMES

SHOWN = 20
NO_TITLE = "KHÔNG CÓ DANH HIỆU NÀY"


def run(options: argparse.Namespace) -> int:
    """Print who turns and how the places move; exit 1 when an input is at fault. Nothing is written."""
    as_of = day(options.as_of)
    packs = load_packs(options.packs)
    before = ruleset_on(packs, as_of, received_on=received(options))
    after = _other_law(options, packs, as_of)
    first, second = _judged(options, before), _judged(options, after)
    found = impact(first[0], second[0], limits_before=first[1], limits_after=second[1])
    if options.json:
        print(json.dumps(_as_json(found, before, after), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines(found)))
    return 0


def _other_law(options: argparse.Namespace, packs: Sequence[Pack], as_of: datetime.date) -> Ruleset:
    if not (options.set or options.amend or options.against_as_of or options.against_packs):
        raise Fault("Chưa nêu thay đổi nào để so. Dùng --set, --amend, --against-as-of hoặc --against-packs.")
    if options.against_as_of:
        as_of = day(options.against_as_of, option="--against-as-of")
    if options.against_packs:
        packs = load_packs(options.against_packs)
    drafts = [_read(place) for place in options.amend]
    if options.set:
        drafts.append(_from_words(options.set, as_of))
    try:
        return ruleset_on(amend(packs, drafts), as_of)
    except LawError as error:
        raise Fault(error) from error


def _read(place: Path) -> Amendment:
    try:
        text = place.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Fault(f"Không đọc được {place}: phải là tệp YAML, UTF-8.") from error
    try:
        return read_amendment(yamlfile.read(text, file=place.name))
    except LawError as error:
        raise Fault(error) from error


def _from_words(words: Sequence[str], as_of: datetime.date) -> Amendment:
    """A draft of one day made of NAME=VALUE words."""
    values = {}
    for word in words:
        name, equals, text = word.partition("=")
        if not equals or not name.strip() or not text.strip():
            raise Fault(f"--set {word}: viết THAM_SỐ=GIÁ_TRỊ, ví dụ cstdcs.max_share=20/100.")
        values[name.strip()] = typed_value(text.strip())
    return trial(values, on=as_of, place="--set")


def _judged(options: argparse.Namespace, ruleset: Ruleset) -> tuple[pa.Table, tuple[Quota, ...]]:
    people, units = facts_of(options, ruleset)
    try:
        with hold_facts(people, units, engine="duckdb") as facts:
            findings = evaluate(ruleset, facts)
        return findings, apply_limits(ruleset, findings, people=people, units=units)
    except LawError as error:
        raise Fault(error) from error


def _lines(found: Impact) -> Iterator[str]:
    if not found.turned:
        yield "Không ai đổi kết luận."
    for (title, was, now), count in sorted(found.counts().items(), key=str):
        yield f"{title}: {count} trường hợp từ {_outcome(was)} thành {_outcome(now)}"
    if leaves := found.leaves():
        yield "Điều kiện làm đổi: " + ", ".join(f"{leaf} ({count})" for leaf, count in leaves.most_common())
    for item in found.turned[:SHOWN]:
        yield f"  {item.title} {item.subject_id}: {_outcome(item.was)} → {_outcome(item.now)}"
    if len(found.turned) > SHOWN:
        yield f"  … và {len(found.turned) - SHOWN} trường hợp khác (dùng --json để xem hết)"
    for places in found.places:
        if places.moved:
            yield _places_words(places)


def _places_words(places: Places) -> str:
    was, now = (_quota_words(quota) for quota in (places.was, places.now))
    return f"Tỷ lệ khống chế {places.title} ({places.scope_id}): {was} → {now}"


def _quota_words(quota: Quota | None) -> str:
    if quota is None:
        return "không có"
    over = f", thừa {quota.over}" if quota.over else ""
    who = WHO[quota.limit.kind]
    return f"{quota.places} chỗ trên {quota.base_count} {who}, {len(quota.ranked)} {who} đủ điều kiện{over}"


def _outcome(outcome: str | None) -> str:
    return OUTCOMES[outcome] if outcome else NO_TITLE


def _as_json(found: Impact, before: Ruleset, after: Ruleset) -> dict[str, object]:
    return {
        "before": {"pack": before.digest, "as_of": before.as_of.isoformat()},
        "after": {"pack": after.digest, "as_of": after.as_of.isoformat()},
        "turned": [
            {
                "subject_kind": item.kind,
                "subject_id": item.subject_id,
                "title": item.title,
                "was": item.was,
                "now": item.now,
                "leaves": list(item.leaves),
            }
            for item in found.turned
        ],
        "limits": [
            {
                "subject_kind": item.kind,
                "title": item.title,
                "scope_id": item.scope_id,
                "was": _quota_json(item.was),
                "now": _quota_json(item.now),
            }
            for item in found.places
        ],
    }


def _quota_json(quota: Quota | None) -> dict[str, object] | None:
    if quota is None:
        return None
    counts = {"base_count": quota.base_count, "quota": quota.quota, "most": quota.most}
    return {**counts, "candidates": len(quota.ranked)}
