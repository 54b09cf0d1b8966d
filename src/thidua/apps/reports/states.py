"""Words of the reports app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TargetState(models.TextChoices):
    """How a target stands: decided either way, or not yet known."""

    REACHED = "reached", _("Đạt")
    MISSED = "missed", _("Không đạt")
    UNKNOWN = "unknown", _("Chưa biết")
