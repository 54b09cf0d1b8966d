"""Storing a file: one row and one place for the same bytes, in the caller's transaction."""

import hashlib
import tempfile
from pathlib import Path, PurePath

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
    digest = hashlib.sha256(data).hexdigest()
    stored, _ = StoredFile.objects.get_or_create(
        agency=agency,
        sha256=digest,
        defaults={
            "size": len(data),
            "media_type": media_type,
            "name": PurePath(name).name[:200],
            "added_by": actor,
        },
    )
    place = path_of(stored)
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as temporary:
            temporary.write(data)
        Path(temporary.name).replace(place)
    return stored
