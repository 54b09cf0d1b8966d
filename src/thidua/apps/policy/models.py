"""Installed packs of law, and which of them an agency works by from when."""

from typing import ClassVar, Self

from django.db import models
from django.utils import timezone
from django_scopes import ScopedManager

from thidua.apps.policy.states import ProposalState
from thidua.apps.units.models import Agency, Owned


class InstalledPack(models.Model):
    """A pack as it was installed: its files word for word. Law is public, so packs belong to no agency."""

    name = models.CharField(max_length=100)
    version = models.CharField(max_length=40)
    label = models.CharField(max_length=200)
    layer = models.CharField(max_length=20)
    is_demo = models.BooleanField(default=False)
    digest = models.CharField(max_length=64, unique=True)
    files = models.JSONField()
    installed_at = models.DateTimeField(default=timezone.now)
    installed_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["layer", "name", "version"]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class Activation(models.Model):
    """The packs an agency works by from a day, named by their digests; a later one takes over.

    ``proposed_by`` is another person than ``activated_by``; it is blank for the agency's first activation.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    digests = models.JSONField()
    since = models.DateField()
    activated_at = models.DateTimeField(default=timezone.now)
    activated_by = models.CharField(max_length=200)
    proposed_by = models.CharField(max_length=200, blank=True)
    because = models.CharField(max_length=300)

    objects: ClassVar[models.Manager[Self]] = ScopedManager(agency="agency")

    class Meta:
        ordering = ["since", "activated_at"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(proposed_by=models.F("activated_by")), name="policy_activation_by_two_people"
            )
        ]


class ActivationProposal(Owned):
    """One person's proposal to work by these packs from a day; another person's confirmation makes an activation."""

    digests = models.JSONField()
    since = models.DateField()
    because = models.CharField(max_length=300)
    state = models.CharField(max_length=20, choices=ProposalState.choices, default=ProposalState.PROPOSED)
    proposed_by = models.CharField(max_length=200)
    proposed_at = models.DateTimeField(default=timezone.now)
    settled_by = models.CharField(max_length=200, blank=True)
    settled_at = models.DateTimeField(null=True)
    activation = models.OneToOneField(Activation, null=True, on_delete=models.PROTECT, related_name="proposal")

    class Meta:
        ordering = ["-proposed_at"]
