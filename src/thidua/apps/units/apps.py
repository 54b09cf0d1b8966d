"""Wiring of the units app."""

from django.apps import AppConfig


class UnitsConfig(AppConfig):
    """The units app."""

    name = "thidua.apps.units"
    label = "units"
