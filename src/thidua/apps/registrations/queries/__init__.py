"""Reads of the registrations app: who is registered for what, a unit's sheet, and the summary of all."""

from thidua.apps.registrations.queries.registered import (
    TITLE_ORDER,
    TitleChoice,
    choices_or_why,
    present_registration,
    registered_in,
    title_choices,
    title_place,
)
from thidua.apps.registrations.queries.sheets import (
    SheetLine,
    SheetTable,
    acceptance_problems,
    late_words,
    sheet_of,
    sheet_problems,
    sheet_table,
)
from thidua.apps.registrations.queries.summary import (
    Summary,
    UnitSummary,
    registration_summary,
    registration_summary_paper,
)

__all__ = [
    "TITLE_ORDER",
    "SheetLine",
    "SheetTable",
    "Summary",
    "TitleChoice",
    "UnitSummary",
    "acceptance_problems",
    "choices_or_why",
    "late_words",
    "present_registration",
    "registered_in",
    "registration_summary",
    "registration_summary_paper",
    "sheet_of",
    "sheet_problems",
    "sheet_table",
    "title_choices",
    "title_place",
]
