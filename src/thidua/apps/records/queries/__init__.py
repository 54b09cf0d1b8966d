"""Reads of the records app: the facts of a year (``facts.py``) and what a figure opens to (``shown.py``)."""

from thidua.apps.records.queries.facts import YearFacts, facts_of_year
from thidua.apps.records.queries.shown import (
    incident_of,
    organisation_ratings,
    sensitive_of,
    standing_title,
    tasks_of_year,
)

__all__ = [
    "YearFacts",
    "facts_of_year",
    "incident_of",
    "organisation_ratings",
    "sensitive_of",
    "standing_title",
    "tasks_of_year",
]
