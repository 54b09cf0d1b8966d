"""The shape of what is typed on the pages of plans and campaigns."""

from thidua.apps.campaigns.forms.campaigns import (
    AllocationForm,
    BriefingForm,
    CouncilDayForm,
    DayForm,
    PaperForm,
    PlanForm,
)

__all__ = ["AllocationForm", "BriefingForm", "CouncilDayForm", "DayForm", "PaperForm", "PlanForm"]
