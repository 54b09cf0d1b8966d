"""Wiring of the honours app."""

from django.apps import AppConfig


class HonoursConfig(AppConfig):
    """The honours app."""

    name = "thidua.apps.honours"
    label = "honours"
