"""Taking in a department's workbook: whole, or at the start of the year and again at its end."""

from django.db import IntegrityError
from django.utils.translation import gettext as _

from thidua.apps.accounts.access import CannotDo, require
from thidua.apps.accounts.actions import official_act
from thidua.apps.accounts.queries import Actor
from thidua.apps.audit.actions import record
from thidua.apps.campaigns.models import Campaign
from thidua.apps.files.actions import store_file
from thidua.apps.records.access import WHO_RUNS, may_import_records
from thidua.apps.records.actions.facts import AlreadyThere
from thidua.apps.records.actions.importing import Importer
from thidua.apps.records.actions.workbook import department_specs
from thidua.apps.records.models import Import
from thidua.apps.records.states import ImportPart
from thidua.apps.units.models import Person, Unit
from thidua.core.workbooks.match import Tables, read_tables

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@official_act
def import_department(
    *, actor: Actor, campaign: Campaign, data: bytes, filename: str, part: ImportPart = ImportPart.ALL
) -> Import:
    """Take in a department's workbook, or one part of it, whole or not at all.

    START brings units, people, posts, organisations, leaves, and the awards and initiatives of earlier years; YEAR
    what happened in the year and needs START first; ALL brings both, and registrations.
    Raises WorkbookError with every problem and its cell, AlreadyThere, CannotDo, Refused; then nothing was written.
    """
    require(may_import_records(actor), WHO_RUNS)
    part = ImportPart(part)
    tables = read_tables(data, filename=filename, specs=department_specs(actor.agency.code))
    if part == ImportPart.YEAR:
        _check_started(tables)
    else:
        _check_new(tables)
    document = store_file(actor=actor.key, agency=actor.agency, data=data, name=filename, media_type=WORKBOOK)
    if before := Import.objects.filter(document=document, part__in=[part, ImportPart.ALL]).first():
        day = f"{before.imported_at:%d/%m/%Y}"
        raise AlreadyThere(_("Phần này của tệp {name} đã nhập ngày {day}.").format(name=filename, day=day))
    taken = Import.objects.create(agency=actor.agency, document=document, imported_by=actor.key, part=part, counts={})
    try:
        taken.counts = Importer(campaign=campaign, tables=tables, taken=taken).run()
    except IntegrityError as error:
        raise AlreadyThere(f"{filename}: có dòng trùng hoặc chồng thời gian: {str(error).splitlines()[0]}") from error
    taken.save(update_fields=["counts"])
    record(
        agency_key=actor.agency.pk,
        actor=actor.key,
        verb="import_department",
        target=f"records.import:{taken.pk}",
        payload={"sha256": document.sha256, "part": part.value, "counts": taken.counts},
    )
    return taken


def _check_new(tables: Tables) -> None:
    """Refuse a workbook whose people or units are in already: the start only brings in new ones."""
    for key, model in (("units", Unit), ("people", Person)):
        codes = [row.values["code"] for row in tables.rows(key)]
        if found := model.objects.filter(code__in=codes).first():
            raise AlreadyThere(f"Mã {found.code} ({found}) đã có trong cơ quan; tệp này đã được nhập hoặc trùng mã.")


def _check_started(tables: Tables) -> None:
    """Refuse the year's part of a workbook some of whose people or units are not in yet."""
    for key, model in (("units", Unit), ("people", Person)):
        wanted = {str(row.values["code"]): row.cell("code") for row in tables.rows(key)}
        there = set(model.objects.filter(code__in=wanted).values_list("code", flat=True))
        if missing := [code for code in wanted if code not in there]:
            raise CannotDo(
                _(
                    "Mã {code} (ô {cell}) chưa có trong cơ quan. Nhập phần “{part}” trước, rồi nhập số liệu trong năm."
                ).format(code=missing[0], cell=wanted[missing[0]], part=ImportPart.START.label)
            )
