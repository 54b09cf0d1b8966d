"""The scoreboard (every target, how it stands, why, and the records behind it) and the year-end report."""

from thidua.apps.reports.queries.opened import Group, grouped, narrowed
from thidua.apps.reports.queries.papers import scoreboard_paper, year_end_letter
from thidua.apps.reports.queries.scoreboard import Scoreboard, Standing, campaign_scoreboard, target_standing
from thidua.apps.reports.queries.yearend import YearEnd, figures, year_end

__all__ = [
    "Group",
    "Scoreboard",
    "Standing",
    "YearEnd",
    "campaign_scoreboard",
    "figures",
    "grouped",
    "narrowed",
    "scoreboard_paper",
    "target_standing",
    "year_end",
    "year_end_letter",
]
