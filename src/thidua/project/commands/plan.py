"""``thidua plan read | targets | check`` (contract: plan). Imports nothing heavy: reading takes about a second."""

import argparse
import datetime
import json
import sys
from pathlib import Path

from thidua.core.plans import PlanError, read_plan, read_targets
from thidua.core.plans.plan import Clause, Plan, Target
from thidua.project.faults import Fault

OPERATORS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "=", "none": "không có", "keep": "giữ vững"}


def read(options: argparse.Namespace) -> int:
    """Read a plan and show what was understood."""
    plan = load(options.file)
    if options.json:
        print(json.dumps(plan.to_json(), ensure_ascii=False, indent=1))
        return 0
    print("\n".join(plan_lines(plan)))
    return 0


def targets(options: argparse.Namespace) -> int:
    """Read the targets of single sentences; nothing is printed when any line is bad."""
    lines = _text(options.file).split("\n")
    results = [_read_line(line, number, options.file) for number, line in enumerate(lines, 1) if line.strip()]
    for result in results:
        print(json.dumps(result, ensure_ascii=False))
    return 0


def check(options: argparse.Namespace) -> int:
    """Check the targets against the law in force at the end of the plan's year."""
    # Here, not above: DuckDB and Ibis take a second that reading a plan must not wait for.
    from thidua.core.feasibility import check_targets
    from thidua.core.law.errors import LawError, NoRule
    from thidua.core.law.resolve import resolve
    from thidua.core.law.terms import UNCHECKED
    from thidua.project.commands.law import load_packs

    plan = load(options.file)
    if plan.document.year is None:
        raise Fault(
            f"{options.file}: không rõ kế hoạch của năm nào nên không chọn được luật. Ghi năm vào tên kế hoạch."
        )
    as_of = datetime.date(plan.document.year, 12, 31)
    try:
        ruleset = resolve(load_packs(options.packs), as_of=as_of)
        if not ruleset.rules:
            raise NoRule(f"năm {plan.document.year}")
        findings = check_targets(plan.targets, ruleset, headcount=options.headcount, collectives=options.collectives)
    except LawError as error:
        raise Fault(error) from error
    for warning in ruleset.warnings:
        print(f"thidua: cảnh báo: {warning}", file=sys.stderr)
    if options.json:
        document = {
            "law": {"pack": ruleset.digest, "as_of": as_of.isoformat()},
            "headcount": options.headcount,
            "collectives": options.collectives,
            "findings": [finding.to_json() for finding in findings],
        }
        print(json.dumps(document, ensure_ascii=False, indent=1))
        return 0
    if not findings:
        print("Không thấy chỉ tiêu nào mâu thuẫn với luật có hiệu lực.")
    for finding in findings:
        print(f"[{finding.kind}] {', '.join(finding.targets)}: {finding.sentence}")
        print(f"    {finding.arithmetic}")
        for rule in finding.rules:
            note = "" if rule.grade == "gazette" else f"; {UNCHECKED}"
            print(f"    {rule.leaf}: {rule.cite} ({rule.grade}{note})")
        for remedy in finding.remedies:
            print(f"    → {remedy}")
    return 0


def load(path: Path) -> Plan:
    """Read a plan file; every fault of it becomes one sentence."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Fault(f"Không mở được {path}: {_reason(error)}. Kiểm tra đường dẫn.") from error
    try:
        return read_plan(data, filename=path.name)
    except PlanError as error:
        raise Fault(error) from error


def plan_lines(plan: Plan) -> list[str]:
    """What was understood, in lines: head, bases, outline, targets, repairs, warnings."""
    head = plan.document
    lines = [
        f"{head.type or 'Văn bản'} {head.number or ''}".strip(),
        f"  {head.subject or '(không rõ trích yếu)'}",
    ]
    lines += [f"  {head.issuer or '(không rõ cơ quan ban hành)'}, năm {head.year or '?'}"]
    lines += [f"  Phương châm: “{head.motto}”"] if head.motto else []
    for basis in plan.bases:
        day = f" ngày {basis.date}" if basis.date else ""
        lines.append(f"  Căn cứ: {basis.type} {basis.number or ''}{day}, {basis.issuer or ''}")
    lines += [f"  {section.id}. {section.title} ({_leaves(section)} điểm)" for section in plan.outline]
    lines.append(f"  {len(plan.targets)} chỉ tiêu:")
    lines += [f"    {_target_line(target)}" for target in plan.targets]
    if plan.repairs:
        lines.append(f"  {len(plan.repairs)} chỗ đã sửa chữ, ví dụ:")
        lines += [f"    dòng {item.line}: “{item.before}” → “{item.after}”" for item in plan.repairs[:5]]
    lines += [f"  Lưu ý: {warning}" for warning in plan.warnings]
    return lines


def _leaves(clause: Clause) -> int:
    return sum(_leaves(child) for child in clause.children) if clause.children else 1


def _target_line(target: Target) -> str:
    value = f" {target.value}{'%' if target.unit == 'percent' else ''}" if target.value and target.op != "none" else ""
    code = f" [{target.title_code}]" if target.title_code else ""
    return f"{target.clause}: {OPERATORS[target.op]}{value}{code}  “{target.quote}”"


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise Fault(f"Không mở được {path}: {_reason(error)}. Kiểm tra đường dẫn.") from error
    except UnicodeDecodeError as error:
        raise Fault(f"{path}: không phải UTF-8. Lưu lại tệp dưới dạng UTF-8.") from error


def _read_line(line: str, number: int, path: Path) -> dict[str, object]:
    try:
        row = json.loads(line, parse_constant=_no_constant)
        name, text = row["id"], row["text"]
        text.encode()  # a lone surrogate is no text
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Fault(f'{path}:{number}: mỗi dòng phải là {{"id": …, "text": "…"}}. Sửa dòng này.') from None
    repaired, found, _ = read_targets(text)
    return {"id": name, "text": repaired, "targets": [target.to_json() for target in found]}


def _no_constant(word: str) -> None:
    """NaN and Infinity are no JSON, whatever Python's reader takes."""
    raise ValueError(word)


def _reason(error: OSError) -> str:
    reasons = {2: "không có tệp này", 13: "không được phép đọc", 21: "đây là thư mục"}
    return reasons.get(error.errno or 0, error.strerror or "lỗi đọc tệp")
