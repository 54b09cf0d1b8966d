"""Wiring of the audit app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The audit app."""

    name = "thidua.apps.audit"
    label = "audit"
