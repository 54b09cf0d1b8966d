"""Why, why not, what next: the reason tree of one subject and one title, in plain Vietnamese.

The leaves were judged by the engine (``failed`` and ``missing`` of a finding); this module only puts them back on
their tree. One rule has one implementation.
"""

import datetime
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from thidua.core.law.citing import cite_words
from thidua.core.law.compile import exclusions
from thidua.core.law.schema import Condition, Fact, Group, Leaf, Param, Rule, Ruleset
from thidua.core.law.terms import UNCHECKED, Kind, Outcome
from thidua.core.law.walk import leaves, over_column, signed_leaves

State = Literal["true", "false", "unknown"]
MAX_WAYS = 12
GROUP_WORDS = {
    "all": "Đủ tất cả các điều kiện:",
    "any": "Có ít nhất một trong các điều kiện:",
    "not": "Không được:",
}
SPANS = "spans"  # beside a subject's facts: {count: (least, most)} for counts that are still open


@dataclass(frozen=True, slots=True)
class Finding:
    """One row of findings."""

    subject_kind: Kind
    subject_id: str
    title: str
    outcome: Outcome
    failed: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A place in the reason tree; leaves carry the fact, the test in words and the article.

    ``wider`` are the counts of wider scopes that the fact takes in, by name.
    """

    kind: Literal["all", "any", "not", "leaf"]
    id: str
    state: State
    sentence: str
    fact: str = ""
    value: object = None
    wider: tuple[tuple[str, object], ...] = ()
    test: str = ""
    source: str = ""
    cite: str = ""
    grade: str = ""
    unchecked: bool = False
    children: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One smallest set of changes that would turn the outcome; ``start``: not before that day, whatever is done."""

    changes: tuple[tuple[str, str], ...]
    sentence: str
    start: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """A finding with its tree, its exclusions, the pending case and what next."""

    finding: Finding
    rule: Rule
    tree: Node
    exclusions: tuple[Node, ...]
    pending: bool | None
    next: tuple[Step, ...]


def explain(
    ruleset: Ruleset,
    finding: Finding,
    *,
    facts: Mapping[str, object],
    sources: Mapping[str, str] | None = None,
) -> Explanation:
    """The reason tree of a finding; ``facts`` is the subject's row, ``sources`` says where each fact comes from."""
    rule = ruleset.rule(finding.subject_kind, finding.title)
    teller = _Teller(ruleset, finding, facts, sources or {})
    pending = facts.get(rule.pending) if rule.pending else False
    return Explanation(
        finding=finding,
        rule=rule,
        tree=teller.node(rule.require, path=rule.title),
        exclusions=tuple(teller.leaf(leaf, excludes=True) for leaf in exclusions(rule, ruleset)),
        pending=pending if isinstance(pending, bool) else None,
        next=tuple(_next_steps(teller, rule)) if finding.outcome in ("not_met", "unknown", "not_reviewed") else (),
    )


@dataclass(frozen=True, slots=True)
class _Teller:
    ruleset: Ruleset
    finding: Finding
    facts: Mapping[str, object]
    sources: Mapping[str, str]

    def node(self, condition: Condition, *, path: str, negated: bool = False) -> Node:
        if isinstance(condition, Leaf):
            return self.leaf(condition, excludes=negated)
        if isinstance(condition, Group):
            return self._group(condition, path, negated)
        inner = self.ruleset.rule(self.finding.subject_kind, condition.title)
        part = self.node(inner.require, path=inner.title)
        sentence = f"Đạt tiêu chuẩn {inner.name}"
        cite = cite_words(self.ruleset, condition.cite)
        children = part.children if part.kind == "all" else (part,)
        return Node(
            "all",
            f"{path}/{inner.title}",
            part.state,
            sentence,
            cite=cite,
            grade=condition.cite.grade,
            children=children,
        )

    def _group(self, group: Group, path: str, negated: bool) -> Node:
        inner = negated ^ (group.word == "not")
        parts = tuple(
            self.node(part, path=f"{path}.{place}", negated=inner) for place, part in enumerate(group.parts, start=1)
        )
        states = [part.state for part in parts]
        if group.word == "not":
            return Node("not", path, kleene_not(states[0]), GROUP_WORDS["not"], children=parts)
        if group.word == "any":
            return Node("any", path, kleene_any(states), GROUP_WORDS["any"], children=parts)
        return Node("all", path, kleene_all(states), GROUP_WORDS["all"], children=parts)

    def leaf(self, leaf: Leaf, *, excludes: bool) -> Node:
        """A leaf as it was judged; for an exclusion, *true* means that it applies."""
        state = kleene_not(self.good(leaf)) if excludes else self.good(leaf)
        fact = self.fact(leaf)
        test = test_words(leaf, fact, self.ruleset)
        sentence = f"{fact.label}: {test}"
        return Node(
            kind="leaf",
            id=leaf.id,
            state=state,
            sentence=sentence,
            fact=leaf.fact,
            value=self.value(leaf),
            wider=tuple((name, self.facts.get(self._column(leaf, name))) for name in fact.includes),
            test=test,
            source=self._source(leaf, fact),
            cite=cite_words(self.ruleset, leaf.cite),
            grade=leaf.cite.grade,
            unchecked=not leaf.cite.checked,
        )

    def value(self, leaf: Leaf) -> object:
        """The fact as it stands; for a count still open, the least and the most it can come to."""
        value = self.facts.get(self._column(leaf, leaf.fact))
        if value is None and (span := self.span(leaf)):
            value = f"{span[0]}–{span[1]}"
        if value is not None and leaf.test.share_of and self.facts.get(leaf.test.share_of) is not None:
            value = f"{value} / {self.facts[leaf.test.share_of]}"
        return value

    def span(self, leaf: Leaf) -> tuple[int, int] | None:
        """What a count can come to, where that is known."""
        spans = self.facts.get(SPANS)
        found = spans.get(leaf.fact) if isinstance(spans, dict) else None
        return (found[0], found[1]) if found else None

    def _column(self, leaf: Leaf, name: str) -> str:
        """The column a count was judged on: the one over the leaf's own years where there is one."""
        if leaf.over is None:
            return name
        wide = over_column(name, int(str(self.ruleset.value(leaf.over))))
        return wide if wide in self.facts else name

    def _source(self, leaf: Leaf, fact: Fact) -> str:
        columns = [self._column(leaf, name) for name in (fact.name, *fact.includes)]
        return "; ".join(dict.fromkeys(self.sources[column] for column in columns if column in self.sources))

    def fact(self, leaf: Leaf) -> Fact:
        """The fact a leaf tests."""
        return self.ruleset.facts[f"{self.finding.subject_kind}.{leaf.fact}"]

    def gaps(self, rule: Rule) -> Iterator[str]:
        """What must be known besides the tree: exclusions, and whether a case is pending."""
        for leaf in exclusions(rule, self.ruleset):
            if self.good(leaf) == "unknown" and self.facts.get(leaf.fact) is None:
                yield leaf.id
        if rule.pending and f"{rule.title}.{rule.pending}" in self.finding.missing:
            yield f"{rule.title}.{rule.pending}"

    def good(self, leaf: Leaf) -> State:
        if leaf.id in self.finding.failed:
            return "false"
        return "unknown" if leaf.id in self.finding.missing else "true"


def kleene_all(states: Iterator[State] | list[State]) -> State:
    """Three-valued AND."""
    found = set(states)
    return "false" if "false" in found else "unknown" if "unknown" in found else "true"


def kleene_any(states: Iterator[State] | list[State]) -> State:
    """Three-valued OR."""
    found = set(states)
    return "true" if "true" in found else "unknown" if "unknown" in found else "false"


def kleene_not(state: State) -> State:
    """Three-valued NOT."""
    opposite: dict[State, State] = {"true": "false", "false": "true", "unknown": "unknown"}
    return opposite[state]


def test_words(leaf: Leaf, fact: Fact, ruleset: Ruleset) -> str:
    """A test in words: “từ Hoàn thành tốt trở lên”, “ít nhất 7/10 của Số người”."""
    value = leaf.test.value
    if isinstance(value, Param):
        found = ruleset.parameters[value.name].value
        if found is None:
            return "theo mức mà văn bản chưa có trong bộ dữ liệu"
        value = found
    if isinstance(value, tuple):
        return "thuộc " + " hoặc ".join(fact.say(word) for word in value)
    said = fact.say(value)
    whole = ""
    if leaf.test.share_of:
        whole = " " + _share_of(leaf.test.share_of, ruleset, fact.of)
        if value == Fraction(1):
            said, whole = "100%", whole
    comparisons = {
        "is": said,
        "at_least": f"từ {said}{whole} trở lên",
        "at_most": f"không quá {said}{whole}",
        "more_than": f"trên {said}{whole}",
        "less_than": f"dưới {said}{whole}",
    }
    return comparisons[leaf.test.op]


def _share_of(name: str, ruleset: Ruleset, kind: Kind) -> str:
    return ruleset.facts[f"{kind}.{name}"].label.lower()


def value_words(node: Node, fact: Fact, ruleset: Ruleset) -> str:
    """A leaf's fact as it stands: “0; Đề tài ảnh hưởng cấp tỉnh: 1”."""
    parts = [fact.say(node.value)]
    for name, value in node.wider:
        if value:
            other = ruleset.facts[f"{fact.of}.{name}"]
            parts.append(f"{other.label}: {other.say(value)}")
    return "; ".join(parts)


def mark(node: Node) -> str:
    """The mark that every rule not compared with the gazette must show."""
    return UNCHECKED if node.unchecked else ""


def _next_steps(teller: _Teller, rule: Rule) -> Iterator[Step]:
    """The smallest sets of leaves that would have to turn, fewest changes first."""
    if blocking := [leaf for leaf in exclusions(rule, teller.ruleset) if teller.good(leaf) == "false"]:
        yield from _waiting(teller, blocking)
        return  # no change of other facts helps someone who is not reviewed this year
    ways = list(itertools.islice(_ways(teller, rule.require), 200))
    gaps = frozenset(teller.gaps(rule))
    minimal = [way | gaps for way in ways if way | gaps and not any(other < way for other in ways)]
    unique = sorted({frozenset(way) for way in minimal}, key=lambda way: (len(way), sorted(way)))
    for way in unique[:MAX_WAYS]:
        parts = [_change(teller, leaf_id) for leaf_id in sorted(way)]
        start = _earliest(teller, way)
        sentence = "Cần: " + "; ".join(words for _, words in parts) + "."
        sentence += f" Sớm nhất là năm {start.year}, nếu từ năm nay năm nào cũng đạt." if start else ""
        yield Step(changes=tuple((fact, words) for fact, words in parts), sentence=sentence, start=start)


def _waiting(teller: _Teller, blocking: list[Leaf]) -> Iterator[Step]:
    """When only time is in the way: the first day on which every count that grows by the month is sure to be there."""
    year = teller.facts.get("year")
    months = []
    for leaf in blocking:
        value, needed = teller.facts.get(leaf.fact), leaf.test.value
        if isinstance(needed, Param):
            needed = teller.ruleset.value(needed.name)
        counted = isinstance(value, int) and isinstance(needed, int) and leaf.test.op == "less_than"
        if not counted or not teller.fact(leaf).per_month or not isinstance(year, int):
            return
        months.append(int(str(needed)) - int(str(value)))
    assert isinstance(year, int)  # every leaf was counted from it
    years, month = divmod(max(months), 12)
    start = datetime.date(year + 1 + years, 1 + month, 1)
    changes = tuple((leaf.fact, f"hết diện không xét: {teller.fact(leaf).label.lower()}") for leaf in blocking)
    sentence = (
        f"Chưa thuộc diện xét năm {year}; đủ thời gian chậm nhất từ ngày {start:%d/%m/%Y}, nếu công tác liên tục."
    )
    yield Step(changes=changes, sentence=sentence, start=start)


def _earliest(teller: _Teller, way: frozenset[str]) -> datetime.date | None:
    """The end of the first year in which counts that grow by one a year can have grown enough."""
    year = teller.facts.get("year")
    waits = []
    for leaf in (found for leaf_id in way if (found := _find(teller, leaf_id)) is not None):
        value, needed = teller.facts.get(leaf.fact), leaf.test.value
        if teller.fact(leaf).per_year and isinstance(value, int) and isinstance(needed, int):
            waits.append(needed - value)
    return datetime.date(year + max(waits), 12, 31) if waits and isinstance(year, int) else None


def _ways(teller: _Teller, condition: Condition) -> Iterator[frozenset[str]]:
    if isinstance(condition, Leaf):
        if teller.good(condition) == "true":
            yield frozenset()
        elif not teller.fact(condition).fixed:
            yield frozenset({condition.id})
    elif isinstance(condition, Group):
        yield from _group_ways(teller, condition)
    else:
        inner = teller.ruleset.rule(teller.finding.subject_kind, condition.title)
        yield from _ways(teller, inner.require)


def _group_ways(teller: _Teller, group: Group) -> Iterator[frozenset[str]]:
    if group.word == "any":
        for part in group.parts:
            yield from _ways(teller, part)
    elif group.word == "all":
        options = [list(_ways(teller, part)) for part in group.parts]
        for choice in itertools.product(*options):
            yield frozenset().union(*choice)
    elif all(teller.good(leaf) == "true" for leaf, _negated in signed_leaves(group)):
        yield frozenset()  # what stands under “not” is undone, not worked towards


def _change(teller: _Teller, leaf_id: str) -> tuple[str, str]:
    leaf = _find(teller, leaf_id)
    if leaf is None:
        name = leaf_id.split(".")[1]
        label = teller.ruleset.facts[f"{teller.finding.subject_kind}.{name}"].label
        return name, f"bổ sung dữ kiện “{label}”"
    fact = teller.fact(leaf)
    words = f"{fact.label[:1].lower()}{fact.label[1:]} {test_words(leaf, fact, teller.ruleset)}"
    if span := teller.span(leaf):
        open_ = f"hiện mới biết là từ {span[0]} tới {span[1]}, chờ các trường hợp còn mở và Hội đồng chọn"
        return leaf.fact, f"{words}; {open_}"
    known = teller.facts.get(leaf.fact) is not None
    return leaf.fact, words if known else f"bổ sung dữ kiện “{fact.label}”, {test_words(leaf, fact, teller.ruleset)}"


def _find(teller: _Teller, leaf_id: str) -> Leaf | None:
    """The required test of that id; None for an exclusion or a pending case, where only the fact is wanted."""
    rule = teller.ruleset.rule(teller.finding.subject_kind, leaf_id.split(".")[0])
    return next((leaf for leaf in leaves(rule.require) if leaf.id == leaf_id), None)
