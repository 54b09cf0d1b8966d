"""Storing a file: bytes first, under their hash; the row in the caller's transaction."""

import hashlib
import os
from pathlib import PurePath

from thidua.apps.files.models import StoredFile
from thidua.apps.files.queries import path_of
from thidua.apps.units.models import Agency

MAX_BYTES = 50_000_000


class FileTooLarge(ValueError):
    """The file is over the limit."""


def store_file(*, actor: str, agency: Agency, data: bytes, name: str, media_type: str) -> StoredFile:
    """Keep bytes under their SHA-256; the same bytes again give the same row."""
    if len(data) > MAX_BYTES:
        raise FileTooLarge(f"Tệp {name} lớn hơn {MAX_BYTES // 1_000_000} MB.")
    stored = StoredFile(
        agency=agency,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        media_type=media_type,
        name=PurePath(name).name[:200],
        added_by=actor,
    )
    place = path_of(stored)
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        temporary = place.with_name(f".{place.name}.{os.getpid()}")
        temporary.write_bytes(data)
        temporary.replace(place)
    found = StoredFile.objects.filter(sha256=stored.sha256).first()
    if found:
        return found
    stored.save()
    return stored
