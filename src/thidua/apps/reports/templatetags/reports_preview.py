"""A target on last year's records, for pages upstream that show it by this tag's name and know nothing of reports."""

from typing import Any

from django import template

from thidua.apps.campaigns.models import Plan
from thidua.apps.reports.queries.measure import Counter
from thidua.apps.reports.queries.preview import preview_of

register = template.Library()


@register.inclusion_tag("reports/preview.html", takes_context=True)
def target_preview(
    context: dict[str, Any], plan: Plan, row: dict[str, Any], number: int, query: str = ""
) -> dict[str, object]:
    """The figure of one target, leading to its records; the records are read once for a page, however many ask."""
    counters: dict[int, Counter] = vars(context["request"]).setdefault("preview_counters", {})
    return {"preview": preview_of(plan, row, counters=counters), "plan": plan, "number": number, "query": query}
