"""Storing a file, and taking a paper's number: both in the caller's transaction."""

import datetime
import hashlib
import tempfile
from pathlib import Path, PurePath

from django.db import IntegrityError, transaction

from thidua.apps.accounts.access import CannotDo
from thidua.apps.accounts.queries import Actor
from thidua.apps.files.models import StoredFile, TakenNumber
from thidua.apps.files.queries import next_number, path_of
from thidua.apps.units.models import Agency

MAX_BYTES = 50_000_000


class FileTooLarge(CannotDo):
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


def take_number(
    *, actor: Actor, series: str, dated: datetime.date, taken_for: str, label: str, number: int | None = None
) -> TakenNumber:
    """Take a number of a series for a paper dated on a day: the one asked for, else the next free one.

    Part of a larger act that is recorded by its caller. Raises CannotDo when the number is taken: it names the paper
    that bears it and the next free number.
    """
    year = dated.year
    free = next_number(year=year, series=series)
    wanted = free if number is None else number
    if taken := TakenNumber.objects.filter(year=year, series=series, number=wanted).first():
        raise CannotDo(f"Số {taken} năm {year} đã cấp cho “{taken.label}”. Số trống tiếp theo: {free:02d}/{series}.")
    try:
        with transaction.atomic():  # a savepoint: the caller's act can say no and go on
            return TakenNumber.objects.create(
                agency=actor.agency,
                year=year,
                series=series,
                number=wanted,
                dated=dated,
                taken_for=taken_for,
                label=label[:300],
                taken_by=actor.key,
            )
    except IntegrityError as error:
        raise CannotDo(
            f"Số {wanted:02d}/{series} năm {year} vừa được người khác lấy. Làm lại để lấy số sau."
        ) from error
