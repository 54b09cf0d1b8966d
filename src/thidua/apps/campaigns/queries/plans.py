"""Reading plans and campaigns, and what is still open before the next step."""

import datetime

from thidua.apps.campaigns.models import Campaign, Plan, Target
from thidua.apps.campaigns.states import PlanState
from thidua.core.plans.formulas import formula_of, target_from_json


def launch_problems(campaign: Campaign) -> list[str]:
    """What must be settled before the campaign can be launched."""
    problems = []
    if not campaign.targets.exists():
        problems.append("Phong trào chưa có chỉ tiêu.")
    if campaign.plan.state != PlanState.CONFIRMED:
        problems.append("Bản đọc của kế hoạch đang mở để sửa. Xác nhận lại bản đọc rồi phát động.")
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


def drafted_target(campaign: Campaign | None, number: int, row: dict[str, object]) -> Target:
    """A target as a reading has it, with its formula; not saved. Without a campaign it can be counted all the same."""
    read = target_from_json(row)
    formula = formula_of(read)
    return Target(
        agency=campaign.agency if campaign else None,
        campaign=campaign,
        number=number,
        clause=read.clause or "",
        subject=(read.subject or "")[:300],
        measure=(read.measure or "")[:500],
        title_code=read.title_code or "",
        op=read.op,
        value=read.value or "",
        value_unit=read.unit or "",
        quote=read.quote,
        formula=formula.to_json() if formula else None,
    )
