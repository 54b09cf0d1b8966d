"""Stored papers and evidence, by the SHA-256 of their bytes; and the register of papers' numbers."""

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


class TakenNumber(Owned):
    """One line of the agency's register of outgoing papers: a number of a series in a year, taken once for ever.

    ``series`` is the symbol (“QĐ-STC”); ``taken_for`` names the thing that bears it (“decisions.decision:4”).
    Source: Decree 30/2020, Article 15: numbers run from 01 on 1 January to 31 December.
    """

    year = models.PositiveSmallIntegerField()
    series = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    dated = models.DateField()
    taken_for = models.CharField(max_length=200)
    label = models.CharField(max_length=300)
    taken_by = models.CharField(max_length=200)
    taken_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["year", "series", "number"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "year", "series", "number"], name="files_takennumber_once"),
            models.CheckConstraint(condition=models.Q(number__gt=0), name="files_takennumber_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.number:02d}/{self.series}"
