"""Wiring of the campaigns app."""

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    """The campaigns app."""

    name = "thidua.apps.campaigns"
    label = "campaigns"
