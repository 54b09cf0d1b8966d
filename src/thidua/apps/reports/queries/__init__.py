"""The scoreboard: every target of a campaign, how it stands, why, and the records behind it."""

from thidua.apps.reports.queries.scoreboard import Scoreboard, Standing, campaign_scoreboard, target_standing

__all__ = ["Scoreboard", "Standing", "campaign_scoreboard", "target_standing"]
