"""Reading the record: as links for verifying, as one JSON document for strangers."""

from django_scopes import scope

from thidua.apps.audit.models import Entry, Payload
from thidua.core import canonical
from thidua.core.chain import Link

FORMAT = "thidua-ledger-1"


def links(agency_key: int) -> list[Link]:
    """An agency's whole chain, first entry first."""
    with scope(agency=agency_key):
        return [as_link(entry) for entry in Entry.objects.all()]


def export(agency_key: int) -> dict[str, object]:
    """The chain as the document that ``thidua ledger verify`` checks; erased payloads are absent."""
    with scope(agency=agency_key):
        payloads = {payload.entry_id: payload for payload in Payload.objects.all()}
        entries = []
        for entry in Entry.objects.all():
            payload = payloads.get(entry.pk)
            link = as_link(entry)
            entries.append(
                {
                    "seq": link.seq,
                    "head": canonical.plain(link.head),
                    "commitment": link.commitment,
                    "previous": link.previous,
                    "hash": link.hash,
                    "salt": bytes(payload.salt).hex() if payload and payload.salt is not None else None,
                    "payload": payload.body if payload else None,
                }
            )
    return {"format": FORMAT, "agency": agency_key, "entries": entries}


def as_link(entry: Entry) -> Link:
    """An entry as a link of its chain."""
    return Link(
        seq=entry.seq,
        head=entry.head(),
        commitment=entry.commitment,
        previous=entry.previous,
        hash=entry.hash,
    )
