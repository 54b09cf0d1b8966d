"""An agency's own workbook brought in: received, its columns said, its rows compared, taken in, undone.

Rows that are right are taken in together or not at all; wrong ones stay out only if a person says so. Everything that
an import brought is withdrawn by one act while nothing rests on it.
"""

import dataclasses
from collections.abc import Callable, Mapping, Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from thidua.apps.accounts.access import CannotDo, require
from thidua.apps.accounts.actions import official_act, open_move
from thidua.apps.accounts.queries import Actor
from thidua.apps.audit.actions import record
from thidua.apps.files.actions import store_file
from thidua.apps.files.queries import content
from thidua.apps.records import queries
from thidua.apps.records.access import WHO_RUNS, may_import_records
from thidua.apps.records.actions.examining import Examiner
from thidua.apps.records.actions.facts import LONGEST_REASON
from thidua.apps.records.actions.own_specs import own_specs
from thidua.apps.records.actions.standing import standing_of
from thidua.apps.records.actions.writing import stale, take_back, write_rows
from thidua.apps.records.models import ColumnMemory, Import, ImportJob, ImportRow
from thidua.apps.records.queries.imports import (
    counts_of,
    is_large,
    layout_of,
    memory,
    open_job,
    problems_of,
    what_rests_on,
)
from thidua.apps.records.queries.tables import TABLES
from thidua.apps.records.states import IMPORT, ImportPart, ImportState, JobKind, RowState
from thidua.apps.units.models import Person
from thidua.core.workbooks.header import header_problems
from thidua.core.workbooks.layout import SheetLayout, guess_layout, guess_sheet
from thidua.core.workbooks.mend import mended
from thidua.core.workbooks.sheet import Sheet, read_workbook
from thidua.core.workbooks.words import header_key

ANY_WORKBOOK = "application/octet-stream"
KINDS = {
    b"PK\x03\x04": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    b"\xd0\xcf\x11\xe0": "application/vnd.ms-excel",
}
A_BATCH = 1000
Report = Callable[[int, int], None]


def silent(done: int, total: int) -> None:
    """Progress that nobody waits for."""


@official_act
def receive_import(*, actor: Actor, data: bytes, filename: str, year: int | None = None) -> Import:
    """Keep a workbook and guess which sheet is which table. Raises UnreadableWorkbook, Refused."""
    require(may_import_records(actor), WHO_RUNS)
    workbook = read_workbook(data, filename=filename)
    layout = guess_layout(workbook, own_specs(actor.agency.code), memory=memory(), known=_codes())
    kind = next((kind for begin, kind in KINDS.items() if data.startswith(begin)), ANY_WORKBOOK)
    document = store_file(actor=actor.key, agency=actor.agency, data=data, name=filename, media_type=kind)
    imported = Import.objects.create(
        agency=actor.agency,
        document=document,
        imported_by=actor.key,
        part=ImportPart.TABLES,
        state=ImportState.RECEIVED,
        year=year,
        layout=[dataclasses.asdict(sheet) for sheet in layout],
        counts={},
    )
    _record(actor, "receive_import", imported, {"sha256": document.sha256})
    return imported


@official_act
def lay_out_import(*, actor: Actor, imported: Import, layout: Sequence[SheetLayout]) -> Import:
    """Say which sheet is which table and which column which; what is said of a header is remembered.

    Raises CannotDo for a table without a column it needs, and when no sheet is a table.
    """
    imported = _open(actor, imported, "preview_import")
    specs = {spec.key: spec for spec in own_specs(actor.agency.code)}
    chosen = [sheet for sheet in layout if sheet.table]
    if not chosen:
        raise CannotDo(_("Chưa chọn trang nào để nhập. Chọn ít nhất một trang là một bảng."))
    for sheet in chosen:
        spec = specs[sheet.table]
        problems = header_problems(Sheet(sheet.sheet, ()), spec, sheet.header())
        if problems:
            raise CannotDo(" ".join(str(problem) for problem in problems))
        _remember(actor, sheet)
    imported.layout = [dataclasses.asdict(sheet) for sheet in layout]
    imported.state, imported.answers = ImportState.RECEIVED, {}
    imported.save(update_fields=["layout", "state", "answers"])
    imported.rows.all().delete()
    _record(actor, "lay_out_import", imported, {"tables": {sheet.sheet: sheet.table for sheet in chosen}})
    return imported


@official_act
def choose_tables(*, actor: Actor, imported: Import, chosen: Mapping[str, tuple[str, int]]) -> Import:
    """Guess the columns of sheets anew after a person said which table each is and where its header stands.

    ``chosen`` is (table, header row from 0) by sheet; table "" for a sheet that is not brought in.
    """
    imported = _open(actor, imported, "preview_import")
    workbook = read_workbook(content(imported.document), filename=imported.document.name)
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    specs = {spec.key: spec for spec in own_specs(actor.agency.code)}
    layouts = []
    for layout in layout_of(imported):
        table, row = chosen.get(layout.sheet, (layout.table, layout.row))
        if not table:
            layout = dataclasses.replace(layout, table="", columns={})
        elif (table, row) != (layout.table, layout.row):
            moved = row if row != layout.row else None
            layout = guess_sheet(sheets[layout.sheet], [specs[table]], memory=memory(), known=_codes(), row=moved)
        layouts.append(layout)
    imported.layout, imported.state = [dataclasses.asdict(layout) for layout in layouts], ImportState.RECEIVED
    imported.save(update_fields=["layout", "state"])
    _record(actor, "choose_tables", imported, {"tables": {name: table for name, (table, _row) in chosen.items()}})
    return imported


@official_act
def preview_import(*, actor: Actor, imported: Import, report: Report = silent, job: ImportJob | None = None) -> Import:
    """Compare every row with what is known; nothing but the preview is written.

    ``job`` is the work that does it, when it is not the page. Raises Refused, MoveRefused, CannotDo.
    """
    imported = _open(actor, imported, "preview_import", job)
    workbook = read_workbook(content(imported.document), filename=imported.document.name)
    specs = {spec.key: spec for spec in own_specs(actor.agency.code)}
    standing = standing_of(actor.agency.code, TABLES["posts"].identity)
    examiner = Examiner(imported=imported, standing=standing)
    imported.rows.all().delete()
    batch: list[ImportRow] = []
    for row in examiner.rows(workbook, layout_of(imported), specs, report):
        batch.append(row)
        if len(batch) == A_BATCH:
            ImportRow.objects.bulk_create(batch)
            batch = []
    ImportRow.objects.bulk_create(batch)
    imported.state = ImportState.PREVIEWED
    imported.save(update_fields=["state"])
    _record(actor, "preview_import", imported, {"rows": counts_of(imported)})
    return imported


@official_act
def answer_import(*, actor: Actor, imported: Import, answers: Mapping[str, str]) -> Import:
    """Say who is meant where that was asked; the rows are compared anew afterwards. Raises CannotDo for no answer."""
    imported = _open(actor, imported, "preview_import")
    if not (given := {key: code for key, code in answers.items() if code}):
        raise CannotDo(_("Chưa chọn ai. Chọn người cho ít nhất một câu hỏi."))
    imported.answers = {**imported.answers, **given}
    imported.save(update_fields=["answers"])
    _record(actor, "answer_import", imported, {"answers": given})
    return imported


@official_act
def take_in_import(
    *,
    actor: Actor,
    imported: Import,
    without_wrong: bool = False,
    report: Report = silent,
    job: ImportJob | None = None,
) -> Import:
    """Write all new and changed rows in one transaction; wrong ones stay out only ``without_wrong``.

    Raises CannotDo while it is not known who is meant, with wrong rows otherwise, and when what was compared with has
    changed since; Refused, MoveRefused.
    """
    imported = _open(actor, imported, "take_in_import", job)
    counts = counts_of(imported)
    if counts[RowState.ASKED]:
        raise CannotDo(
            _("Còn {count} dòng chưa rõ là ai. Trả lời trước rồi nhập.").format(count=counts[RowState.ASKED])
        )
    wrong = counts[RowState.WRONG]
    if wrong and not without_wrong:
        raise CannotDo(
            _("Còn {count} dòng sai. Sửa trong tệp rồi nộp lại, hoặc chọn chỉ nhập các dòng đúng.").format(count=wrong)
        )
    if not counts[RowState.NEW] + counts[RowState.CHANGED]:
        raise CannotDo(_("Không có dòng nào mới hay thay đổi để nhập."))
    try:
        with transaction.atomic():
            imported.counts = write_rows(actor, imported, report)
    except IntegrityError as error:
        raise stale() from error
    imported.state, imported.left_out = ImportState.TAKEN, wrong
    imported.imported_at, imported.imported_by = timezone.now(), actor.key
    imported.save(update_fields=["state", "left_out", "imported_at", "imported_by", "counts"])
    payload = {"sha256": imported.document.sha256, "counts": imported.counts, "left_out": wrong}
    _record(actor, "take_in_import", imported, payload)
    return imported


@official_act
def undo_import(*, actor: Actor, imported: Import, because: str) -> Import:
    """Withdraw everything that an import brought and put what it replaced back in force.

    Raises CannotDo without a reason and with what rests on it; Refused, MoveRefused.
    """
    imported = _open(actor, imported, "undo_import")
    if not because.strip() or len(because) > LONGEST_REASON:
        raise CannotDo(_("Phải nêu lý do, không quá {most} chữ.").format(most=LONGEST_REASON))
    if imported.part != ImportPart.TABLES:
        raise CannotDo(_("Sổ của cả cơ quan không hủy một lần được; sửa hoặc gỡ từng dữ kiện."))
    if resting := what_rests_on(imported):
        raise CannotDo(_("Không hủy được lần nhập này: {what}").format(what=" ".join(resting)))
    counts = take_back(imported)
    imported.state, imported.because = ImportState.UNDONE, because.strip()
    imported.ended_at, imported.ended_by = timezone.now(), actor.key
    imported.save(update_fields=["state", "because", "ended_at", "ended_by"])
    _record(actor, "undo_import", imported, {"counts": counts}, because=because)
    return imported


@official_act
def drop_import(*, actor: Actor, imported: Import) -> Import:
    """Put a workbook aside that was not taken in. Raises Refused, MoveRefused."""
    imported = _open(actor, imported, "drop_import")
    imported.rows.all().delete()
    imported.state, imported.ended_at, imported.ended_by = ImportState.DROPPED, timezone.now(), actor.key
    imported.save(update_fields=["state", "ended_at", "ended_by"])
    _record(actor, "drop_import", imported, {})
    return imported


@official_act
def start_preview(*, actor: Actor, imported: Import) -> Import:
    """Compare a small workbook now, a large one beside the page. Raises as ``preview_import``."""
    if not is_large(imported):
        return preview_import(actor=actor, imported=imported)
    return _ask(actor, imported, JobKind.PREVIEW, {})


@official_act
def start_take_in(*, actor: Actor, imported: Import, without_wrong: bool = False) -> Import:
    """Take a small workbook in now, a large one beside the page. Raises as ``take_in_import``."""
    if not is_large(imported):
        return take_in_import(actor=actor, imported=imported, without_wrong=without_wrong)
    return _ask(actor, imported, JobKind.TAKE_IN, {"without_wrong": without_wrong})


@official_act
def stop_import_job(*, actor: Actor, imported: Import) -> None:
    """Ask the work on a workbook to stop; what it has written so far is not written. Raises CannotDo when none is."""
    require(may_import_records(actor), WHO_RUNS)
    job = open_job(imported)
    if job is None:
        raise CannotDo(_("Không có việc nào đang làm với tệp này."))
    ImportJob.objects.filter(pk=job.pk).update(stop_asked=True)
    _record(actor, "stop_import_job", imported, {"job": job.pk})


def mended_workbook(imported: Import) -> bytes:
    """The person's own workbook with its wrong cells marked; read only."""
    data = content(imported.document)
    headers = {layout.sheet: layout.row for layout in layout_of(imported)}
    return mended(data, filename=imported.document.name, problems=problems_of(imported), headers=headers)


def _ask(actor: Actor, imported: Import, kind: JobKind, options: dict[str, object]) -> Import:
    verb = {JobKind.PREVIEW: "preview_import", JobKind.TAKE_IN: "take_in_import"}[kind]
    imported = _open(actor, imported, verb)
    ImportJob.objects.create(
        agency=actor.agency, imported=imported, kind=kind, asked_by=actor.key, options=options, said=""
    )
    _record(actor, "ask_import_job", imported, {"kind": kind.value})
    return imported


def _open(actor: Actor, imported: Import, verb: str, own_job: ImportJob | None = None) -> Import:
    """The workbook, locked, if the act is open for it and nobody is at work on it."""
    require(may_import_records(actor), WHO_RUNS)
    imported = Import.objects.select_for_update(of=("self",)).select_related("document", "agency").get(pk=imported.pk)
    open_move(IMPORT, verb, thing=imported, actor=actor, queries=queries, who=WHO_RUNS)
    job = open_job(imported)
    if job is not None and job != own_job:
        raise CannotDo(_("Tệp này đang được xử lý; chờ xong, hoặc dừng việc ấy trước."))
    return imported


def _codes() -> dict[str, list[str]]:
    """What tells a column of codes of people."""
    codes = list(Person.objects.order_by().values_list("code", flat=True))
    return {"person": codes, "subject": codes}


def _remember(actor: Actor, sheet: SheetLayout) -> None:
    """Keep what each header of a sheet means; a header with nothing chosen means nothing."""
    meant = {place: key for key, place in sheet.columns.items()}
    for place, text in enumerate(sheet.headers):
        if header_key(text):
            ColumnMemory.objects.update_or_create(
                agency=actor.agency,
                table=sheet.table,
                header=header_key(text)[:200],
                defaults={"column": meant.get(place, "")},
            )


def _record(actor: Actor, verb: str, imported: Import, payload: dict[str, object], *, because: str = "") -> None:
    record(
        agency_key=actor.agency.pk,
        actor=actor.key,
        verb=verb,
        target=f"records.import:{imported.pk}",
        payload=payload,
        because=because,
    )
