"""Append-only hash chain: whoever holds an older copy can see that nothing was changed or removed since.

A link commits to its place, its content and the link before it. The content itself may be absent: the chain
holds only a salted commitment, so that personal data can be erased without breaking the record.

    ChainError
    └── BrokenChain      names the first wrong link
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from thidua.core import canonical

GENESIS = "0" * 64
SALT_BYTES = 16


class ChainError(Exception):
    """Base of this module's errors."""


class BrokenChain(ChainError):
    """The chain does not hold; ``seq`` is the first link that is wrong."""

    def __init__(self, seq: int, reason: str) -> None:
        super().__init__(f"Mục số {seq}: {reason}")
        self.seq = seq
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Link:
    """One entry: ``seq`` from 1, ``head`` the public facts, ``commitment`` to the payload, both hashes in hex."""

    seq: int
    head: dict[str, object]
    commitment: str
    previous: str
    hash: str


def commit(payload: object, *, salt: bytes) -> str:
    """Commitment to a payload: SHA-256(salt ‖ canonical payload) in hex; the salt keeps small payloads unguessable."""
    if len(salt) != SALT_BYTES:
        raise ChainError(f"Muối phải dài {SALT_BYTES} byte.")
    return hashlib.sha256(salt + canonical.dumps(payload)).hexdigest()


def link_hash(*, seq: int, head: dict[str, object], commitment: str, previous: str) -> str:
    """Hash of one link over its place, its public facts, its commitment and the hash before it."""
    return canonical.digest({"seq": seq, "head": head, "commitment": commitment, "previous": previous})


def append(links: Sequence[Link], *, head: dict[str, object], commitment: str) -> Link:
    """The link that follows ``links`` (its last one is all that matters)."""
    last = links[-1] if links else None
    seq = last.seq + 1 if last else 1
    previous = last.hash if last else GENESIS
    value = link_hash(seq=seq, head=head, commitment=commitment, previous=previous)
    return Link(seq=seq, head=head, commitment=commitment, previous=previous, hash=value)


def verify(links: Sequence[Link]) -> str:
    """Check a whole chain from its first link; returns the hash of the last (GENESIS when empty).

    Raises BrokenChain at the first link whose place, predecessor or hash is wrong.
    """
    previous = GENESIS
    for place, link in enumerate(links, start=1):
        if link.seq != place:
            raise BrokenChain(place, f"thiếu hoặc đảo thứ tự (gặp số {link.seq})")
        if link.previous != previous:
            raise BrokenChain(place, "không nối với mục trước nó")
        expected = link_hash(seq=link.seq, head=link.head, commitment=link.commitment, previous=link.previous)
        if link.hash != expected:
            raise BrokenChain(place, "nội dung không khớp mã băm")
        previous = link.hash
    return previous


def verify_payload(link: Link, *, payload: object, salt: bytes) -> None:
    """Check that a payload is the one the link committed to; raises BrokenChain when it is not."""
    if commit(payload, salt=salt) != link.commitment:
        raise BrokenChain(link.seq, "dữ liệu kèm theo không khớp cam kết")


def verify_diff(older: Sequence[Link], newer: Sequence[Link]) -> int:
    """Check that ``newer`` continues ``older``; returns how many links were added.

    Both are verified first. Raises BrokenChain at the first link of the older copy that is missing or different.
    """
    verify(older)
    verify(newer)
    for place, old in enumerate(older):
        if place >= len(newer):
            raise BrokenChain(old.seq, "có trong bản cũ nhưng không còn trong bản mới")
        if newer[place].hash != old.hash:
            raise BrokenChain(old.seq, "khác với bản cũ")
    return len(newer) - len(older)
