"""Hall 1, text in: an agency's emulation plan as a file → the plan as data.

`read_plan` reads a whole plan; `read_targets` reads sentences alone, for evaluation and pipelines. What can
be wrong with a file is drawn in errors.py; how offsets relate is told in plan.py.
"""

from __future__ import annotations

from thidua.core.plans.errors import ManyScans, PlanError
from thidua.core.plans.extract import SUFFIXES as PLAN_SUFFIXES
from thidua.core.plans.extract import Report, media_type, silent
from thidua.core.plans.plan import Basis, Clause, Document, Plan, Repair, Target
from thidua.core.plans.reading import read_plan, read_targets, reread_plan

__all__ = [
    "PLAN_SUFFIXES",
    "Basis",
    "Clause",
    "Document",
    "ManyScans",
    "Plan",
    "PlanError",
    "Repair",
    "Report",
    "Target",
    "media_type",
    "read_plan",
    "read_targets",
    "reread_plan",
    "silent",
]
