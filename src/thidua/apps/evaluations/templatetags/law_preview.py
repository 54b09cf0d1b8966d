"""The law's preview, for pages upstream that show it by this tag's name and know nothing else of evaluations."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import template

from thidua.apps.evaluations.queries import judged_years, preview
from thidua.apps.units.models import Person, Unit
from thidua.core.law.errors import NoRule
from thidua.core.law.explain import Explanation, Node

register = template.Library()


@dataclass(frozen=True)
class TitlePreview:
    """One title: how it stands, what is in the way, what is not known yet, and the nearest way there."""

    explanation: Explanation
    against: tuple[str, ...]
    unknown: tuple[str, ...]
    excluded: tuple[str, ...]
    next: str


@register.inclusion_tag("evaluations/preview.html")
def law_preview(year: int, person: Person | None = None, unit: Unit | None = None) -> dict[str, object]:
    """What the law says today of a person or a collective, title by title; shown only to who may see the page."""
    subject = person or unit
    assert subject is not None  # the page names one of them
    try:
        found = preview(
            year,
            agency=subject.agency,
            code=subject.code,
            kind="person" if person else "unit",
            person_id=person.pk if person else None,
            unit_id=None if person else subject.pk,
        )
    except NoRule as error:
        return {"gap": str(error), "titles": [], "run": None}
    if found is None:
        return {"gap": "", "titles": [], "run": None}
    titles = [_title(item) for item in found.explanations if not item.rule.form]
    return {"gap": "", "titles": titles, "run": found.run, "day": found.ruleset.as_of}


@register.inclusion_tag("evaluations/tried_years.html")
def other_law_years() -> dict[str, object]:
    """The years whose facts another law can be tried on; shown only to who sees everybody."""
    return {"years": judged_years()}


def _title(item: Explanation) -> TitlePreview:
    return TitlePreview(
        explanation=item,
        against=tuple(dict.fromkeys(_leaves(item.tree, "false"))),
        unknown=tuple(dict.fromkeys(_leaves(item.tree, "unknown"))),
        excluded=tuple(node.sentence for node in item.exclusions if node.state == "true"),
        next=item.next[0].sentence if item.next else "",
    )


def _leaves(node: Node, state: str) -> Iterator[str]:
    """The tests that make a node what it is: only branches that stand the same way, turned around under a “not”."""
    if node.state != state:
        return
    if node.kind == "leaf":
        yield node.sentence
    turned = {"true": "false", "false": "true"}.get(state, state) if node.kind == "not" else state
    for child in node.children:
        yield from _leaves(child, turned)
