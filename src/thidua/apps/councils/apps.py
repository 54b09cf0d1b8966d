"""Wiring of the councils app."""

from django.apps import AppConfig


class CouncilsConfig(AppConfig):
    """The councils app."""

    name = "thidua.apps.councils"
    label = "councils"
