"""The entry of the record by which a decision took effect."""

from thidua.apps.audit.models import Entry
from thidua.apps.decisions.models import Decision


def signing_entry(decision: Decision) -> Entry | None:
    """The record's entry of the signed copy: its number and hash prove the decision to anybody."""
    entries = Entry.objects.filter(target=f"decisions.decision:{decision.pk}", verb="take_signed_copy")
    return entries.order_by("-seq").first()
