"""``thidua law reach``: the most that units of some sizes can hold of each title, and which limit says so."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence

from thidua.core.feasibility.reach import (
    Barred,
    Cap,
    TitleReach,
    barred_collectives,
    steps,
    title_reaches,
    usual_sizes,
)
from thidua.core.law.citing import cite_words
from thidua.core.law.errors import FactsError
from thidua.core.law.facts import read_facts
from thidua.core.law.places import ROUNDED, SCOPES, Places, limit_share
from thidua.core.law.schema import Ruleset
from thidua.core.law.sheet import leaf_sentence, share_words
from thidua.core.law.terms import UNCHECKED, Cite
from thidua.project.commands.law import day, load_packs, ruleset_on
from thidua.project.faults import Fault

NO_LIMIT = "chưa có quy định trong bộ dữ liệu"


def run(options: argparse.Namespace) -> int:
    """Print the places of each title; exit 1 when an input is at fault."""
    ruleset = ruleset_on(load_packs(options.packs), day(options.as_of))
    sizes, whole = _sizes(options, ruleset)
    reaches = title_reaches(ruleset, sizes, whole=whole)
    barred = barred_collectives(ruleset, sizes)
    if options.json:
        print(json.dumps(_as_json(reaches, barred, ruleset, whole), ensure_ascii=False, indent=1))
    else:
        print("\n".join(_lines(reaches, barred, ruleset, real=options.units is not None)))
    return 0


def _sizes(options: argparse.Namespace, ruleset: Ruleset) -> tuple[dict[str, int], int | None]:
    """Headcounts by unit, and of all units together where they are the agency's own and all known."""
    if options.headcount is not None:
        return {str(options.headcount): options.headcount}, None
    if options.units is None:
        return usual_sizes(), None
    try:
        found = read_facts(options.units, kind="unit", ruleset=ruleset)
    except FactsError as error:
        raise Fault(error) from error
    for warning in found.warnings:
        print(f"thidua: cảnh báo: {warning}", file=sys.stderr)
    rows = dict(zip(found.table["unit_id"].to_pylist(), found.table["headcount"].to_pylist(), strict=True))
    parents = sorted(rows.keys() & set(found.table["parent_id"].to_pylist()))
    if parents:  # a parent's headcount takes in those of the units under it
        print(f"thidua: cảnh báo: {', '.join(parents)} có đơn vị con trong tệp; chỉ tính đơn vị con.", file=sys.stderr)
        rows = {unit: size for unit, size in rows.items() if unit not in parents}
    unknown = sorted(unit for unit, size in rows.items() if size is None)
    if unknown:
        print(f"thidua: cảnh báo: chưa biết số người của {', '.join(unknown)}; bỏ qua.", file=sys.stderr)
    known = {unit: size for unit, size in sorted(rows.items()) if size is not None}
    return known, None if unknown else sum(known.values())


def _lines(reaches: Sequence[TitleReach], barred: Sequence[Barred], ruleset: Ruleset, *, real: bool) -> Iterator[str]:
    for item in reaches:
        yield f"{item.name} ({item.title})"
        if item.limit is None or item.force is None:
            yield f"  {NO_LIMIT}"
            continue
        base = ruleset.rule("person", item.limit.base).name
        rounding = ROUNDED[str(ruleset.value(item.limit.rounding.name))]
        yield f"  không quá {share_words(limit_share(item.limit, ruleset))} số người đạt {base}, {rounding}"
        end = f" tới {item.force.end:%d/%m/%Y}" if item.force.end else ""
        yield f"  {_cited(ruleset, item.limit.cite)}; từ {item.force.start:%d/%m/%Y}{end}"
        yield f"  các bộ luật chọn: {SCOPES[item.scope]}"
        yield f"  đơn vị nhỏ nhất có suất nếu tính riêng: {item.first or 'không có'} người"
        if real:
            yield from (f"    {_cap_words(cap)}" for cap in item.caps)
        else:
            yield from (f"    {_step_words(*step)}" for step in steps(item.caps))
        if item.places is not None:
            yield f"  tính chung cả cơ quan: {item.places} suất; tính riêng từng đơn vị thì mất {item.lost} suất"
    yield from _barred_lines(barred, ruleset)


def _barred_lines(barred: Sequence[Barred], ruleset: Ruleset) -> Iterator[str]:
    """One pair of lines a test, with all the units that it bars."""
    for leaf in dict.fromkeys(bar.leaf for bar in barred):
        own = [bar for bar in barred if bar.leaf == leaf]
        units = ", ".join(bar.unit if bar.unit == str(bar.size) else f"{bar.unit} ({bar.size} người)" for bar in own)
        yield f"{own[0].name} ({own[0].title}): nếu tính riêng thì thiếu {own[0].holder} ở đơn vị {units}"
        yield f"  {leaf_sentence(leaf, ruleset, 'unit')}; {_cited(ruleset, leaf.cite)}"


def _cap_words(cap: Cap) -> str:
    pooled = "" if cap.pooled is None else f"; tính chung nhiều nhất {cap.pooled}"
    shared = f"; chia theo phần dư lớn nhất {_places_words(cap.shared)}" if cap.shared else ""
    return f"{cap.unit}, {cap.size} người: tính riêng {cap.alone} suất{pooled}{shared}"


def _places_words(places: Places) -> str:
    if places.sure == places.most:
        return str(places.sure)
    return f"{places.sure} hoặc {places.most} (phần dư bằng nhau, cấp có thẩm quyền chọn)"


def _step_words(low: int, high: int, places: int) -> str:
    return f"{low} người: {places} suất" if low == high else f"{low} tới {high} người: {places} suất"


def _cited(ruleset: Ruleset, cite: Cite) -> str:
    return cite_words(ruleset, cite) + ("" if cite.checked else f" ({cite.grade}; {UNCHECKED})")


def _as_json(
    reaches: Sequence[TitleReach], barred: Sequence[Barred], ruleset: Ruleset, whole: int | None
) -> dict[str, object]:
    return {
        "law": {"pack": ruleset.digest, "as_of": ruleset.as_of.isoformat()},
        "headcount": whole,
        "titles": [_title_json(item, ruleset) for item in reaches],
        "barred": [
            {
                "title": bar.title,
                "unit": bar.unit,
                "headcount": bar.size,
                "holder": bar.holder,
                "needs": bar.needs,
                "most": bar.most,
                "leaf": bar.leaf.id,
                "rule": _cite_json(ruleset, bar.leaf.cite),
                "limit": _cite_json(ruleset, bar.limit.cite),
            }
            for bar in barred
        ],
    }


def _title_json(item: TitleReach, ruleset: Ruleset) -> dict[str, object]:
    if item.limit is None or item.force is None:
        return {"title": item.title, "limit": None, "note": NO_LIMIT}
    return {
        "title": item.title,
        "limit": {
            "base": item.limit.base,
            "share": str(limit_share(item.limit, ruleset)),
            "rounding": str(ruleset.value(item.limit.rounding.name)),
            "scope": item.scope,
            "from": item.force.start.isoformat(),
            "to": item.force.end.isoformat() if item.force.end else None,
            **_cite_json(ruleset, item.limit.cite),
        },
        "first": item.first,
        "places": item.places,
        "lost": item.lost,
        "units": [
            {
                "unit": cap.unit,
                "headcount": cap.size,
                "alone": cap.alone,
                "pooled": cap.pooled,
                "shared": [cap.shared.sure, cap.shared.most] if cap.shared else None,
            }
            for cap in item.caps
        ],
    }


def _cite_json(ruleset: Ruleset, cite: Cite) -> dict[str, object]:
    return {"cite": cite_words(ruleset, cite), "grade": cite.grade, "checked": cite.checked}
