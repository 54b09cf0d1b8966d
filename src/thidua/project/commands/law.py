"""``thidua law check | evaluate | explain`` (contracts: cli, facts)."""

import argparse
import contextlib
import datetime
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from thidua.core.law.cases import CaseReport, read_cases, run_cases, untried
from thidua.core.law.errors import FactsError, LawError
from thidua.core.law.evaluate import FINDINGS, KEYS, evaluate_in_batches
from thidua.core.law.evaluate import evaluate as evaluate_facts
from thidua.core.law.explain import Explanation, Finding
from thidua.core.law.explain import explain as explain_finding
from thidua.core.law.facts import check_one_year, read_facts
from thidua.core.law.limits import Quota, apply_limits, limited_titles, to_table
from thidua.core.law.load import load_pack, read_directory
from thidua.core.law.resolve import check_citations, check_parents, check_versions
from thidua.core.law.schema import Pack, Ruleset
from thidua.core.law.terms import Kind
from thidua.core.law.transition import resolve_received
from thidua.project.engines import hold_facts
from thidua.project.faults import Fault
from thidua.project.words import explanation_json, explanation_lines

WEIGHED = [
    "subject_kind",
    "subject_id",
    "title",
    "outcome",
]  # what a limit looks at; the rest of millions of rows need not stay


def check(options: argparse.Namespace) -> int:
    """Load packs, resolve every citation, run every case, invert every leaf; exit 1 when something does not hold."""
    directories = _with_parents(options.packs)
    try:
        files = {directory: read_directory(directory) for directory in directories}
        packs = [load_pack(content) for content in files.values()]
        check_parents(packs)
        citations = check_citations(packs)
        reports = _run_cases(packs, files)
    except LawError as error:
        raise Fault(error) from error
    for pack in packs:
        print(f"{pack.name} {pack.version}: {len(pack.rules)} phiên bản quy tắc, mã băm {pack.digest[:12]}")
    print(f"Trích dẫn: {citations}, đều dẫn tới nguồn có hiệu lực.")
    good = True
    for name, report, without in reports:
        good &= _print_report(name, report, without)
    return 0 if good else 1


def evaluate(options: argparse.Namespace) -> int:
    """Judge facts files; writes findings, and limits when asked. Nothing is written when anything is wrong."""
    ruleset = ruleset_on(load_packs(options.packs), day(options.as_of), received_on=received(options))
    _check_places(options)
    people, units = facts_of(options, ruleset)
    with _written_whole([options.out, *([options.limits] if options.limits else [])]) as places:
        try:
            with hold_facts(people, units, engine=options.engine) as facts:
                count, met = _write_findings(evaluate_in_batches(ruleset, facts), ruleset, place=places[0])
            if options.limits:
                quotas = apply_limits(ruleset, met, people=people, units=units)
                pq.write_table(to_table(quotas), places[1])
                _tell_open_places(quotas)
        except LawError as error:
            raise Fault(error) from error
    print(f"{count} kết luận → {options.out}")
    return 0


def _tell_open_places(quotas: Sequence[Quota]) -> None:
    """The places that equal remainders leave open, for which the table has no column."""
    for title in sorted({quota.limit.title for quota in quotas if quota.most > quota.quota}):
        units = [quota.scope_id for quota in quotas if quota.limit.title == title and quota.most > quota.quota]
        print(
            f"thidua: cảnh báo: {title}: {', '.join(units)} có phần dư bằng nhau, mỗi nơi có thể thêm 1 suất; "
            "người có thẩm quyền chọn.",
            file=sys.stderr,
        )


def explain(options: argparse.Namespace) -> int:
    """One reason tree, as text or as JSON."""
    ruleset = ruleset_on(load_packs(options.packs), day(options.as_of), received_on=received(options))
    tables = dict(zip(KEYS, facts_of(options, ruleset), strict=True))
    try:
        explanation = _explain(ruleset, tables, subject=options.subject, title=options.title)
    except LawError as error:
        raise Fault(error) from error
    if options.json:
        print(json.dumps(explanation_json(explanation, ruleset), ensure_ascii=False, indent=2))
    else:
        print("\n".join(explanation_lines(explanation, ruleset)))
    return 0


def load_packs(directories: Sequence[Path]) -> list[Pack]:
    """Load the packs named on the command line; LawError becomes a Fault."""
    try:
        return [load_pack(read_directory(directory)) for directory in directories]
    except LawError as error:
        raise Fault(error) from error


def _with_parents(directories: Sequence[Path]) -> list[Path]:
    """The packs named, and those they extend when these lie beside them (``law check packs/one`` checks one pack)."""
    found = list(dict.fromkeys(directories))
    for directory in found:  # grows while it is read: a parent may have a parent
        pack = load_packs([directory])[0]
        parent = directory.parent / (pack.extends or "")
        if pack.extends and parent not in found and parent.is_dir():
            found.append(parent)
    return found


def _run_cases(
    packs: Sequence[Pack], files: dict[Path, dict[str, str]]
) -> list[tuple[str, CaseReport, tuple[str, ...]]]:
    """Each pack's cases are run on that pack and those above it; with the versions of its rules that have no case."""
    by_name = {pack.name: pack for pack in packs}
    reports = []
    for pack, content in zip(packs, files.values(), strict=True):
        chain, name = [pack], pack.extends
        while name:
            chain.append(by_name[name])
            name = by_name[name].extends
        check_versions(chain)
        cases = read_cases(content, pack=pack.name)
        reports.append((pack.name, run_cases(chain, cases), tuple(untried(pack, cases))))
    return reports


def _print_report(name: str, report: CaseReport, without: Sequence[str]) -> bool:
    caught = report.leaves - len(report.unnoticed)
    print(
        f"{name}: {report.cases} ca kiểm thử, {len(report.wrong)} sai; "
        f"đảo {report.leaves} điều kiện, ca nhận ra {caught}."
    )
    seen = ", ".join(f"{word} {count}" for word, count in report.seen.items())
    print(f"  Độ phủ điều kiện: {caught}/{report.leaves}; điều kiện có ca {seen}.")
    for line in report.wrong:
        print(f"  SAI {line}")
    for line in report.unnoticed:
        print(f"  KHÔNG CA NÀO NHẬN RA khi đảo {line}")
    for line in without:
        print(f"  CHƯA CÓ CA NÀO cho phiên bản {line}")
    return report.ok


def day(text: str, *, option: str = "--as-of") -> datetime.date:
    """A day written YYYY-MM-DD on the command line; raises Fault."""
    try:
        return datetime.datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError as error:
        raise Fault(f"{option}: “{text}” không phải ngày; viết NNNN-TT-NN, ví dụ 2020-12-31.") from error


def received(options: argparse.Namespace) -> datetime.date | None:
    """The day on which the appraising body received the dossiers, where it was given; raises Fault."""
    return day(options.received, option="--received") if options.received else None


def ruleset_on(packs: Sequence[Pack], as_of: datetime.date, *, received_on: datetime.date | None = None) -> Ruleset:
    """What the packs say on a day of dossiers received on a day, with its warnings on stderr.

    Raises Fault where the packs do not fit or say nothing.
    """
    try:
        ruleset = resolve_received(packs, as_of=as_of, received_on=received_on)
    except LawError as error:
        raise Fault(error) from error
    if not ruleset.rules:
        raise Fault(
            f"Chưa có quy định trong bộ dữ liệu cho ngày {as_of:%d/%m/%Y}; chọn ngày khác hoặc bổ sung bộ luật."
        )
    if ruleset.as_of != as_of:
        print(f"thidua: hồ sơ nhận trước ngày luật đổi: xét theo luật ngày {ruleset.as_of:%d/%m/%Y}", file=sys.stderr)
    for warning in ruleset.warnings:
        print(f"thidua: cảnh báo: {warning}", file=sys.stderr)
    return ruleset


def facts_of(options: argparse.Namespace, ruleset: Ruleset) -> tuple[pa.Table, pa.Table]:
    """The two facts files named on the command line, checked; raises Fault."""
    try:
        people = read_facts(options.people, kind="person", ruleset=ruleset)
        units = read_facts(options.units, kind="unit", ruleset=ruleset)
        check_one_year([(options.people.name, people.table), (options.units.name, units.table)])
    except FactsError as error:
        raise Fault(error) from error
    for warning in (*people.warnings, *units.warnings):
        print(f"thidua: cảnh báo: {warning}", file=sys.stderr)
    return people.table, units.table


def _explain(ruleset: Ruleset, tables: dict[Kind, pa.Table], *, subject: str, title: str) -> Explanation:
    kinds = [kind for kind in KEYS if (kind, title) in ruleset.rules]
    for kind in kinds:
        rows = [row for row in tables[kind].to_pylist() if row[KEYS[kind]] == subject]
        if rows:
            one = {name: table.slice(0, 0) for name, table in tables.items()}
            one[kind] = pa.Table.from_pylist(rows, schema=tables[kind].schema)
            with hold_facts(one["person"], one["unit"], engine="duckdb") as facts:
                (row,) = evaluate_facts(ruleset, facts, kinds=[kind], title=title).to_pylist()
            finding = Finding(kind, subject, title, row["outcome"], tuple(row["failed"]), tuple(row["missing"]))
            return explain_finding(ruleset, finding, facts=rows[0])
    if not kinds:
        raise Fault(f"Không có danh hiệu “{title}”; có: {', '.join(sorted({name for _, name in ruleset.rules}))}.")
    raise Fault(f"Không có mã “{subject}” trong tệp dữ kiện của danh hiệu {title}.")


def _check_places(options: argparse.Namespace) -> None:
    """Results must not be written over what they come from, or over each other."""
    places = [place.absolute() for place in (options.people, options.units, options.out, options.limits) if place]
    if len(set(places[2:])) < len(places[2:]) or set(places[2:]) & set(places[:2]):
        raise Fault("--out và --limits phải là hai tệp khác nhau và khác tệp dữ kiện. Chọn tên khác.")


@contextlib.contextmanager
def _written_whole(paths: Sequence[Path]) -> Iterator[list[Path]]:
    """Write beside the places, then rename: either every file is there whole, or none was touched."""
    staged = [path.with_name(f".{path.name}.{os.getpid()}") for path in paths]
    try:
        yield staged
        for temporary, path in zip(staged, paths, strict=True):
            temporary.replace(path)
    except OSError as error:
        places = ", ".join(str(path) for path in paths)
        raise Fault(
            f"Không ghi được {places}: kiểm tra thư mục, quyền ghi và chỗ trống, hoặc chọn nơi khác."
        ) from error
    finally:
        for temporary in staged:
            temporary.unlink(missing_ok=True)


def _write_findings(batches: Iterator[pa.Table], ruleset: Ruleset, *, place: Path) -> tuple[int, pa.Table]:
    """Write findings as they come; returns how many, and of the titles under a limit those that are met."""
    limited = limited_titles(ruleset)
    count, met = 0, [FINDINGS.empty_table().select(WEIGHED)]
    with pq.ParquetWriter(place, FINDINGS) as writer:
        for batch in batches:
            writer.write_table(batch)
            count += batch.num_rows
            wanted = pc.is_in(batch["title"], value_set=pa.array(limited, pa.string()))
            met.append(batch.select(WEIGHED).filter(pc.and_(wanted, pc.equal(batch["outcome"], "met"))))
    return count, pa.concat_tables(met)
