"""Words of the files app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ScanState(models.TextChoices):
    """Whether a file was looked at for harm."""

    UNSCANNED = "unscanned", _("Chưa quét")
    CLEAN = "clean", _("Sạch")
    REFUSED = "refused", _("Bị từ chối")
