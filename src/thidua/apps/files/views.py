"""Handing out a stored file to people of its agency."""

from io import BytesIO

from django.contrib.auth.decorators import login_required
from django.http import FileResponse
from django.shortcuts import get_object_or_404

from thidua.apps.accounts.access import may_see_everybody, require
from thidua.apps.accounts.middleware import ActorRequest
from thidua.apps.files.models import StoredFile
from thidua.apps.files.queries import content


@login_required
def download(request: ActorRequest, pk: int) -> FileResponse:
    """The file as an attachment, never shown inside our own pages."""
    stored: StoredFile = get_object_or_404(StoredFile.objects.all(), pk=pk)
    require(may_see_everybody(request.actor), "thường trực, giám đốc, thanh tra")
    return FileResponse(BytesIO(content(stored)), as_attachment=True, filename=stored.name)
