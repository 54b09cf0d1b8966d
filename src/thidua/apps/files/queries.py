"""Where a stored file's bytes are, and which number of a series is free."""

from pathlib import Path

from django.conf import settings

from thidua.apps.files.models import StoredFile, TakenNumber


def path_of(stored: StoredFile) -> Path:
    """The file's place on disk, from its hash alone."""
    return Path(settings.FILES_ROOT) / str(stored.agency_id) / stored.sha256[:2] / stored.sha256


def content(stored: StoredFile) -> bytes:
    """The file's bytes."""
    return path_of(stored).read_bytes()


def next_number(*, year: int, series: str) -> int:
    """The first number after the last one taken in a series of a year."""
    last = TakenNumber.objects.filter(year=year, series=series).last()
    return last.number + 1 if last else 1
