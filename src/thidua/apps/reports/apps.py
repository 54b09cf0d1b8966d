"""Wiring of the reports app."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """The reports app."""

    name = "thidua.apps.reports"
    label = "reports"
