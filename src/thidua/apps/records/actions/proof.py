"""Files handed in as proof: what they are is read from their bytes, never taken from their name."""

from pathlib import PureWindowsPath

from django.utils.translation import gettext as _

from thidua.apps.accounts.access import CannotDo
from thidua.apps.accounts.queries import Actor
from thidua.apps.files.actions import store_file
from thidua.apps.files.models import StoredFile

BEGINNINGS = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"II*\x00": "image/tiff",
    b"MM\x00*": "image/tiff",
    b"PK\x03\x04": "application/zip",  # Word and Excel files too; handed out as an attachment only
}


def keep_proof(*, actor: Actor, data: bytes, filename: str) -> StoredFile:
    """Store a proof: PDF, picture, Word or Excel. Raises CannotDo for an empty, foreign or too large file."""
    name = PureWindowsPath(filename).name or "minh-chung"  # takes both kinds of slashes for a path
    if not data:
        raise CannotDo(_("Tệp {name} không có gì bên trong; chọn lại tệp.").format(name=name))
    kind = next((kind for beginning, kind in BEGINNINGS.items() if data.startswith(beginning)), None)
    if kind is None:
        raise CannotDo(
            _("Tệp {name} không phải PDF, ảnh (PNG, JPEG, TIFF), Word hay Excel; chọn lại tệp.").format(name=name)
        )
    return store_file(actor=actor.key, agency=actor.agency, data=data, name=name, media_type=kind)
