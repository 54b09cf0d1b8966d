"""The record of every official act: one hash chain an agency, append-only by trigger.

An entry holds public facts and a salted commitment; the payload stands apart, so that personal data in it can be
erased without breaking the chain. The agency is an opaque key here: this app knows no other.
"""

from typing import ClassVar, Self

from django.db import models
from django_scopes import ScopedManager


class Entry(models.Model):
    """One act: who did what to which thing, when, because of what. Never changed, never removed."""

    agency_key = models.BigIntegerField()
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=200)
    verb = models.CharField(max_length=80)
    target = models.CharField(max_length=200)
    because = models.CharField(max_length=500, blank=True)
    commitment = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects: ClassVar[models.Manager[Self]] = ScopedManager(agency="agency_key")

    class Meta:
        ordering = ["seq"]
        constraints = [
            models.UniqueConstraint(fields=["agency_key", "seq"], name="audit_entry_seq_unique"),
            models.UniqueConstraint(fields=["agency_key", "previous"], name="audit_entry_no_fork"),
        ]

    def head(self) -> dict[str, object]:
        """The public facts that the entry's hash covers."""
        return {
            "agency": self.agency_key,
            "at": self.at,
            "actor": self.actor,
            "verb": self.verb,
            "target": self.target,
            "because": self.because,
        }


class Payload(models.Model):
    """What an entry committed to; ``body`` and ``salt`` become empty when personal data in it is erased."""

    agency_key = models.BigIntegerField()
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="payload")
    salt = models.BinaryField(null=True)
    body = models.JSONField(null=True)
    erased_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Self]] = ScopedManager(agency="agency_key")
