"""Wiring of the initiatives app."""

from django.apps import AppConfig


class InitiativesConfig(AppConfig):
    """The initiatives app."""

    name = "thidua.apps.initiatives"
    label = "initiatives"
