"""Wiring of the desk app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The desk app."""

    name = "thidua.apps.desk"
    label = "desk"
