"""Writing the record: always inside the transaction of the act itself."""

import secrets

from django.db import connection, transaction
from django.utils import timezone
from django_scopes import scope

from thidua.apps.audit.models import Entry, Payload
from thidua.apps.audit.queries import as_link
from thidua.core import canonical, chain

LOCK_SPACE = 0x7D_A0  # keeps our advisory locks apart from anybody else's


def record(
    *, agency_key: int, actor: str, verb: str, target: str, payload: dict[str, object], because: str = ""
) -> Entry:
    """Append one entry to an agency's chain, in the caller's transaction.

    Raises RuntimeError outside a transaction: an act and its record stand or fall together.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("Ghi sổ phải nằm trong giao dịch của việc được ghi.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_SPACE, agency_key % 2**31])
    with scope(agency=agency_key):
        last = Entry.objects.order_by("-seq").first()
        salt = secrets.token_bytes(chain.SALT_BYTES)
        body = canonical.plain(payload)
        entry = Entry(
            agency_key=agency_key,
            at=timezone.now(),
            actor=actor,
            verb=verb,
            target=target,
            because=because,
        )
        before = [as_link(last)] if last else []
        link = chain.append(before, head=entry.head(), commitment=chain.commit(body, salt=salt))
        entry.seq, entry.commitment, entry.previous, entry.hash = link.seq, link.commitment, link.previous, link.hash
        entry.save(force_insert=True)
        Payload.objects.create(agency_key=agency_key, entry=entry, salt=salt, body=body)
    return entry


@transaction.atomic
def erase_payload(*, agency_key: int, entry: Entry, actor: str, because: str) -> None:
    """Erase the personal data an entry carried; the entry and the chain stay, and the erasure is recorded."""
    with scope(agency=agency_key):
        Payload.objects.filter(entry=entry).update(salt=None, body=None, erased_at=timezone.now())
        record(
            agency_key=agency_key,
            actor=actor,
            verb="erase_payload",
            target=f"audit.entry:{entry.seq}",
            payload={},
            because=because,
        )
