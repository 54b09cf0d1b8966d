"""An agency's own Word templates: accepted after a trial, replaced by a newer one, or dropped for our layout."""

import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from thidua.apps.accounts.access import CannotDo, require
from thidua.apps.accounts.actions import official_act
from thidua.apps.accounts.queries import Actor
from thidua.apps.decisions.access import WHO, may_run_decisions
from thidua.apps.decisions.actions.steps import LONGEST_REASON, words, write_down
from thidua.apps.decisions.models import PaperTemplate
from thidua.apps.decisions.queries import known_placeholders, samples
from thidua.apps.decisions.states import TemplateKind
from thidua.apps.files.actions import store_file
from thidua.core.papers.errors import BadTemplate, BadValues
from thidua.core.papers.own_template import fill, placeholders

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@official_act
def accept_template(
    *, actor: Actor, kind: TemplateKind, data: bytes, filename: str, on: datetime.date
) -> PaperTemplate:
    """Take a Word template into use for a kind of paper; the one before it stays on record.

    It is tried with samples first: a name that no paper has is refused now and not when a paper is wanted.
    Raises Refused; CannotDo with what is wrong in the file; then nothing was changed.
    """
    require(may_run_decisions(actor), WHO)
    names = _tried(kind, data)
    present = PaperTemplate.objects.select_for_update().filter(kind=kind, superseded_at__isnull=True).first()
    if present is not None and on < present.since:
        raise CannotDo(
            f"Ngày dùng mẫu {on:%d/%m/%Y} đứng trước ngày của mẫu đang dùng ({present.since:%d/%m/%Y}). Sửa lại ngày."
        )
    if present is not None:
        _end(actor, present, because="")
    stored = store_file(
        actor=actor.key, agency=actor.agency, data=data, name=filename or f"mau-{kind}.docx", media_type=DOCX
    )
    try:
        with transaction.atomic():
            template = PaperTemplate.objects.create(
                agency=actor.agency, kind=kind, document=stored, since=on, added_by=actor.key
            )
    except IntegrityError as error:
        raise CannotDo("Vừa có người tải lên mẫu khác cho văn bản này. Tải lại trang rồi làm lại.") from error
    payload: dict[str, object] = {
        "kind": str(kind),
        "sha256": stored.sha256,
        "since": on,
        "places": list(names),
        "instead_of": present.pk if present else None,
    }
    write_down(actor, "accept_template", template, payload)
    return template


def _tried(kind: TemplateKind, data: bytes) -> tuple[str, ...]:
    """The places of a template that can be filled with whatever a paper of the kind may hold."""
    try:
        names = placeholders(data, known=[place.name for place in known_placeholders(kind)])
        for sample in samples(kind):
            fill(data, sample)
    except (BadTemplate, BadValues) as error:
        raise CannotDo(str(error)) from error
    return names


@official_act
def drop_template(*, actor: Actor, template: PaperTemplate, because: str) -> PaperTemplate:
    """Go back to the built-in layout; the template stays on record. Raises Refused, CannotDo."""
    require(may_run_decisions(actor), WHO)
    because = words(because, what="lý do dùng lại bố cục chuẩn", longest=LONGEST_REASON)
    template = PaperTemplate.objects.select_for_update().get(pk=template.pk)
    if template.superseded_at is not None:
        raise CannotDo("Mẫu này không còn dùng. Tải lại trang để thấy mẫu đang dùng.")
    _end(actor, template, because=because)
    write_down(actor, "drop_template", template, {"kind": template.kind}, because=because)
    return template


def _end(actor: Actor, template: PaperTemplate, *, because: str) -> None:
    template.superseded_at, template.ended_by, template.because = timezone.now(), actor.key, because
    template.save(update_fields=["superseded_at", "ended_by", "because"])
