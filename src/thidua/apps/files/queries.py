"""Where a stored file's bytes are."""

from pathlib import Path

from django.conf import settings

from thidua.apps.files.models import StoredFile


def path_of(stored: StoredFile) -> Path:
    """The file's place on disk, from its hash alone."""
    return Path(settings.FILES_ROOT) / str(stored.agency_id) / stored.sha256[:2] / stored.sha256


def content(stored: StoredFile) -> bytes:
    """The file's bytes."""
    return path_of(stored).read_bytes()
