"""Showing a reason tree: the only recursion in our templates."""

from django import template
from django.utils.translation import gettext as _

from thidua.apps.evaluations.states import Outcome
from thidua.core.law.explain import Node, value_words
from thidua.core.law.schema import Ruleset

register = template.Library()


@register.inclusion_tag("evaluations/node.html")
def reason_node(
    node: Node, ruleset: Ruleset, kind: str, excludes: bool = False, records: str = ""
) -> dict[str, object]:
    """One node with its children; leaves show the fact as it stands, open to ``records`` where the reader may."""
    value = value_words(node, ruleset.facts[f"{kind}.{node.fact}"], ruleset) if node.fact else ""
    # What another title brought along and is met needs no second reading.
    folded = node.state == "true" and "/" in node.id
    shown = {"folded": folded, "node": node, "ruleset": ruleset, "kind": kind, "excludes": excludes, "value": value}
    return shown | {"records": records}


@register.filter
def outcome_words(outcome: str) -> str:
    """An outcome in the reader's words."""
    return str(Outcome(outcome).label)


@register.filter
def would_be_words(outcome: str) -> str:
    """An outcome under one of two laws; blank where that law does not know the title."""
    return str(Outcome(outcome).label) if outcome else _("không có danh hiệu này")


@register.filter
def state_words(state: str, excludes: bool) -> str:
    """A state for those who cannot see the mark."""
    words = {"true": _("Đúng:"), "false": _("Không:"), "unknown": _("Chưa biết:")}
    if excludes:
        words = {"true": _("Vướng:"), "false": _("Không vướng:"), "unknown": _("Chưa biết:")}
    return words[state]
