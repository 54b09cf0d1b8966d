"""Wiring of the nominations app."""

from django.apps import AppConfig


class NominationsConfig(AppConfig):
    """The nominations app."""

    name = "thidua.apps.nominations"
    label = "nominations"
