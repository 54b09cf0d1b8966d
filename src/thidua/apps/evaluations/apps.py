"""Wiring of the evaluations app."""

from django.apps import AppConfig


class EvaluationsConfig(AppConfig):
    """The evaluations app."""

    name = "thidua.apps.evaluations"
    label = "evaluations"
