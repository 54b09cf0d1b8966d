"""Wiring of the policy app."""

from django.apps import AppConfig


class PolicyConfig(AppConfig):
    """The policy app."""

    name = "thidua.apps.policy"
    label = "policy"
