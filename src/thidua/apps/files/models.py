"""Stored papers and evidence, by the SHA-256 of their bytes."""

from django.db import models
from django.utils import timezone

from thidua.apps.files.states import ScanState
from thidua.apps.units.models import Owned


class StoredFile(Owned):
    """One file's content, once per agency however often it is sent; the name is for people and never a path."""

    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    scan_state = models.CharField(max_length=20, choices=ScanState.choices, default=ScanState.UNSCANNED)
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "sha256"], name="files_storedfile_sha256_unique")]

    def __str__(self) -> str:
        return self.name
