"""Reads of the records app.

The facts of a year (``facts.py``), what a figure opens to (``shown.py``), kinds of facts (``kinds.py``), facts by
address and subject (``subjects.py``).
"""

from thidua.apps.records.queries.facts import YearFacts, facts_of_year
from thidua.apps.records.queries.kinds import KINDS, KindOfFact, kind_of, name_of
from thidua.apps.records.queries.shown import (
    incidents_of_year,
    organisation_ratings,
    standing_titles_of_year,
    tasks_of_year,
    title_named_in,
)
from thidua.apps.records.queries.subjects import (
    about,
    address_of,
    counted_in,
    fact_at,
    facts_of_subject,
    grave_facts_since,
    open_facts,
    sensitive_facts,
    sentence_of,
    title_name,
    unit_answering_for,
    year_of,
)

__all__ = [
    "KINDS",
    "KindOfFact",
    "YearFacts",
    "about",
    "address_of",
    "counted_in",
    "fact_at",
    "facts_of_subject",
    "facts_of_year",
    "grave_facts_since",
    "incidents_of_year",
    "kind_of",
    "name_of",
    "open_facts",
    "organisation_ratings",
    "sensitive_facts",
    "sentence_of",
    "standing_titles_of_year",
    "tasks_of_year",
    "title_name",
    "title_named_in",
    "unit_answering_for",
    "year_of",
]
