"""Reads of the records app: the facts of a year (``facts.py``) and what a figure opens to (``shown.py``)."""

from thidua.apps.records.queries.facts import YearFacts, facts_of_year
from thidua.apps.records.queries.shown import (
    incidents_of_year,
    organisation_ratings,
    standing_titles_of_year,
    tasks_of_year,
    title_named_in,
)

__all__ = [
    "YearFacts",
    "facts_of_year",
    "incidents_of_year",
    "organisation_ratings",
    "standing_titles_of_year",
    "tasks_of_year",
    "title_named_in",
]
