"""Reads of the campaigns app: plans, targets handed down, days to keep, and who knows the plan."""

from thidua.apps.campaigns.queries.briefing import UnitStanding, acknowledgement_sheet, briefing_standing, unit_standing
from thidua.apps.campaigns.queries.cascade import (
    AllocationTable,
    allocatable,
    allocation_problems,
    allocation_table,
    delivery_problems,
    last_allocation,
    propose_amounts,
)
from thidua.apps.campaigns.queries.closing import closing_problems
from thidua.apps.campaigns.queries.milestones import (
    Planned,
    milestone_gaps,
    milestones_of,
    planned_milestones,
    working_days_late,
)
from thidua.apps.campaigns.queries.plans import (
    bases,
    campaigns,
    clauses,
    drafted_target,
    launch_problems,
)
from thidua.apps.campaigns.queries.readings import current_version, reading_problems, reopening_problems, standing_of
from thidua.apps.campaigns.queries.wholes import (
    Wholes,
    became_of,
    launch_day,
    title_names,
    units_on,
    wholes_of,
    year_rules,
)

__all__ = [
    "AllocationTable",
    "Planned",
    "UnitStanding",
    "Wholes",
    "acknowledgement_sheet",
    "allocatable",
    "allocation_problems",
    "allocation_table",
    "bases",
    "became_of",
    "briefing_standing",
    "campaigns",
    "clauses",
    "closing_problems",
    "current_version",
    "delivery_problems",
    "drafted_target",
    "last_allocation",
    "launch_day",
    "launch_problems",
    "milestone_gaps",
    "milestones_of",
    "planned_milestones",
    "propose_amounts",
    "reading_problems",
    "reopening_problems",
    "standing_of",
    "title_names",
    "unit_standing",
    "units_on",
    "wholes_of",
    "working_days_late",
    "year_rules",
]
