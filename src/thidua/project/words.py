"""A reason tree as lines for a terminal and as the contract's JSON."""

from collections.abc import Iterator

from thidua.core.law.explain import Explanation, Node, mark, value_words
from thidua.core.law.schema import Fact, Ruleset

OUTCOMES = {
    "met": "ĐỦ ĐIỀU KIỆN",
    "not_met": "CHƯA ĐỦ ĐIỀU KIỆN",
    "not_reviewed": "KHÔNG THUỘC DIỆN XÉT",
    "deferred": "TẠM DỪNG XÉT",
    "unknown": "CHƯA BIẾT (thiếu dữ kiện)",
}
EXCLUDED = {"true": "✗", "false": "✓", "unknown": "?"}
MARKS = {"true": "✓", "false": "✗", "unknown": "?"}


def explanation_lines(explanation: Explanation, ruleset: Ruleset) -> Iterator[str]:
    """Lines of text: outcome, tree, exclusions, what next."""
    finding = explanation.finding
    yield f"{explanation.rule.name} – {finding.subject_id}: {OUTCOMES[finding.outcome]}"
    yield f"Luật có hiệu lực ngày {ruleset.as_of:%d/%m/%Y} ({', '.join(ruleset.packs)})"
    yield from _node_lines(explanation.tree, ruleset, finding.subject_kind, depth=1)
    for node in explanation.exclusions:
        yield f"  {EXCLUDED[node.state]} Loại trừ nếu {_tail(node, ruleset, finding.subject_kind)}"
    if explanation.pending is True:
        yield "  Đang có việc phải xác minh: tạm dừng xét cho tới khi có kết luận."
    if explanation.pending is None:
        yield "  ? Chưa biết có việc đang phải xác minh hay không."
    for step in explanation.next:
        yield f"  → {step.sentence}"


def explanation_json(explanation: Explanation, ruleset: Ruleset) -> dict[str, object]:
    """The contract's document for ``law explain --json``."""
    finding = explanation.finding
    return {
        "subject_id": finding.subject_id,
        "title": finding.title,
        "outcome": finding.outcome,
        "law": {"pack": ruleset.digest, "as_of": ruleset.as_of.isoformat()},
        "tree": _node_json(explanation.tree),
        "exclusions": [_node_json(node) for node in explanation.exclusions],
        "pending": explanation.pending,
        "next": [
            {
                "changes": [{"fact": fact, "to": words} for fact, words in step.changes],
                "from": step.start.isoformat() if step.start else None,
                "sentence": step.sentence,
            }
            for step in explanation.next
        ],
    }


def _node_json(node: Node) -> dict[str, object]:
    return {
        "kind": node.kind,
        "id": node.id,
        "state": node.state,
        "fact": node.fact or None,
        "value": node.value,
        "test": node.test or node.sentence,
        "source": node.source or None,
        "cite": node.cite or None,
        "grade": node.grade or None,
        "children": [_node_json(child) for child in node.children],
    }


def _node_lines(node: Node, ruleset: Ruleset, kind: str, *, depth: int) -> Iterator[str]:
    indent = "  " * depth
    if node.kind == "leaf":
        yield f"{indent}{MARKS[node.state]} {_tail(node, ruleset, kind)}"
        return
    yield f"{indent}{MARKS[node.state]} {node.sentence}"
    for child in node.children:
        yield from _node_lines(child, ruleset, kind, depth=depth + 1)


def _tail(node: Node, ruleset: Ruleset, kind: str) -> str:
    fact: Fact = ruleset.facts[f"{kind}.{node.fact}"]
    unchecked = mark(node)
    note = f"; {unchecked}" if unchecked else ""
    return f"{node.sentence} (hiện: {value_words(node, fact, ruleset)}) [{node.cite}{note}]"
