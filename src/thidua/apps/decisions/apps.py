"""Wiring of the decisions app."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    """The decisions app."""

    name = "thidua.apps.decisions"
    label = "decisions"
