"""Reading plans and campaigns, and what is still open before the next step."""

import datetime

from thidua.apps.campaigns.models import Campaign, Plan


def reading_problems(plan: Plan) -> list[str]:
    """What a person must settle before the reading can be confirmed."""
    problems = []
    if not plan.reading["targets"]:
        problems.append("Chưa đọc được chỉ tiêu nào.")
    if plan.reading["document"]["year"] is None:
        problems.append("Chưa rõ kế hoạch của năm nào.")
    return problems


def launch_problems(campaign: Campaign) -> list[str]:
    """What must be settled before the campaign can be launched."""
    problems = []
    if not campaign.targets.exists():
        problems.append("Phong trào chưa có chỉ tiêu.")
    return problems


def campaigns() -> list[Campaign]:
    """The agency's campaigns, newest first."""
    return list(Campaign.objects.select_related("plan__document"))


def clauses(plan: Plan) -> list[dict[str, object]]:
    """The outline of a plan as nested nodes (id, title, text, children)."""
    return list(plan.reading["outline"])


def bases(plan: Plan) -> list[dict[str, object]]:
    """The documents a plan rests on, with ``day`` as a date."""
    return [
        {**basis, "day": datetime.date.fromisoformat(basis["date"]) if basis["date"] else None}
        for basis in plan.reading["bases"]
    ]
