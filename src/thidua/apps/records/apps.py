"""Wiring of the records app."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """The records app."""

    name = "thidua.apps.records"
    label = "records"
