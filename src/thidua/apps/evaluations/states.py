"""Words of the evaluations app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """What a finding says (facts contract)."""

    MET = "met", _("Đủ điều kiện")
    NOT_MET = "not_met", _("Chưa đủ điều kiện")
    NOT_REVIEWED = "not_reviewed", _("Không thuộc diện xét")
    DEFERRED = "deferred", _("Tạm dừng xét")
    UNKNOWN = "unknown", _("Chưa biết")


class SubjectKind(models.TextChoices):
    """Of whom a finding or a limit speaks (facts contract)."""

    PERSON = "person", _("Cá nhân")
    UNIT = "unit", _("Tập thể")
