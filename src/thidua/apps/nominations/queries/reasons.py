"""A finding in few words: what stands in the way, what is unknown. The whole reason tree is in evaluations."""

from collections.abc import Collection, Iterator, Sequence

from thidua.apps.evaluations.states import Outcome
from thidua.core.law.compile import exclusions, requirements
from thidua.core.law.explain import test_words
from thidua.core.law.schema import Condition, Group, Leaf, Rule, Ruleset
from thidua.core.law.terms import Kind
from thidua.core.law.walk import signed_leaves

MOST_REASONS = 3
NOT_JUDGED = "chưa có trong lần xét gần nhất"
GRAVE_FACTS = frozenset({"discipline", "pending_case", "canh_cao_or_more"})
LEADS = {
    Outcome.NOT_MET: "chưa đạt",
    Outcome.NOT_REVIEWED: "không xét vì",
    Outcome.UNKNOWN: "còn thiếu",
}


def finding_words(
    ruleset: Ruleset,
    *,
    kind: Kind,
    title: str,
    outcome: str,
    failed: Collection[str],
    missing: Collection[str],
    most: int = MOST_REASONS,
    guarded: bool = False,
) -> str:
    """Why an outcome is not *met*, in at most ``most`` conditions of the law; blank when it is met.

    ``failed`` and ``missing`` are the leaf ids of the finding. A failed branch of a satisfied *either-or* is no reason.
    ``guarded`` is for readers who may not know of discipline and petitions: those conditions stay unsaid.
    """
    if outcome == Outcome.MET:
        return ""
    if outcome == Outcome.DEFERRED:
        return "" if guarded else "đang có việc phải xác minh, chờ kết luận"
    rule = ruleset.rules.get((kind, title))
    if rule is None or outcome not in LEADS:
        return NOT_JUDGED
    if guarded:
        every = (*requirements(rule, ruleset), *exclusions(rule, ruleset))
        grave = {leaf.id for leaf in every if leaf.fact in GRAVE_FACTS}
        failed, missing = set(failed) - grave, set(missing) - grave
    reasons = list(dict.fromkeys(_reasons(rule, ruleset, outcome, failed, missing)))
    more = f" và {len(reasons) - most} điều kiện khác" if len(reasons) > most else ""
    return f"{LEADS[Outcome(outcome)]}: {'; '.join(reasons[:most])}{more}" if reasons else str(Outcome(outcome).label)


def _reasons(
    rule: Rule, ruleset: Ruleset, outcome: str, failed: Collection[str], missing: Collection[str]
) -> Iterator[str]:
    if outcome == Outcome.NOT_REVIEWED:
        yield from (_said(leaf, rule, ruleset) for leaf in exclusions(rule, ruleset) if leaf.id in failed)
        return
    wrong = failed if outcome == Outcome.NOT_MET else missing
    yield from _blockers(rule.require, rule, ruleset, wrong)
    if outcome == Outcome.UNKNOWN:
        yield from (_label(leaf, rule, ruleset) for leaf in exclusions(rule, ruleset) if leaf.id in missing)
        if rule.pending and f"{rule.title}.{rule.pending}" in missing:
            yield ruleset.facts[f"{rule.kind}.{rule.pending}"].label


def _blockers(condition: Condition, rule: Rule, ruleset: Ruleset, wrong: Collection[str]) -> Sequence[str]:
    """The conditions of a tree that are wrong (or unknown); empty when none stands in the way."""
    if isinstance(condition, Leaf):
        return [_said(condition, rule, ruleset)] if condition.id in wrong else []
    if not isinstance(condition, Group):
        inner = ruleset.rule(rule.kind, condition.title)
        return _blockers(inner.require, inner, ruleset, wrong)
    if condition.word == "not":
        return [_said(leaf, rule, ruleset) for leaf, _ in signed_leaves(condition) if leaf.id in wrong]
    parts = [_blockers(part, rule, ruleset, wrong) for part in condition.parts]
    if condition.word == "all":
        return [words for part in parts for words in part]
    if not all(parts):
        return []
    return [" hoặc ".join(dict.fromkeys(words for part in parts for words in part))]


def _said(leaf: Leaf, rule: Rule, ruleset: Ruleset) -> str:
    fact = ruleset.facts[f"{rule.kind}.{leaf.fact}"]
    return f"{fact.label} ({test_words(leaf, fact, ruleset)})"


def _label(leaf: Leaf, rule: Rule, ruleset: Ruleset) -> str:
    return ruleset.facts[f"{rule.kind}.{leaf.fact}"].label
