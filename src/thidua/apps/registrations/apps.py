"""Wiring of the registrations app."""

from django.apps import AppConfig


class RegistrationsConfig(AppConfig):
    """The registrations app."""

    name = "thidua.apps.registrations"
    label = "registrations"
