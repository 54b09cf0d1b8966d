"""Bringing in records, verifying and superseding them."""

from typing import TypeVar

from django.db import IntegrityError
from django.utils import timezone

from thidua.apps.accounts.access import CannotDo, require
from thidua.apps.accounts.actions import official_act
from thidua.apps.accounts.queries import Actor
from thidua.apps.audit.actions import record
from thidua.apps.campaigns.models import Campaign
from thidua.apps.files.actions import store_file
from thidua.apps.records.access import may_import_records
from thidua.apps.records.actions.importing import Importer
from thidua.apps.records.actions.workbook import department_specs
from thidua.apps.records.models import Fact, Import
from thidua.apps.units.models import Person, Unit
from thidua.core.workbooks.match import Tables, read_tables

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_REASON = 300
WHO = "thường trực Hội đồng hoặc giám đốc"
F = TypeVar("F", bound=Fact)


class AlreadyThere(CannotDo):
    """The workbook, or people and units in it, are in already."""


@official_act
def import_department(*, actor: Actor, campaign: Campaign, data: bytes, filename: str) -> Import:
    """Take in a department's workbook whole, or not at all.

    Raises WorkbookError with every problem and its cell, AlreadyThere, Refused; then nothing was written.
    """
    require(may_import_records(actor), WHO)
    tables = read_tables(data, filename=filename, specs=department_specs(actor.agency.code))
    _check_new(tables)
    document = store_file(actor=actor.key, agency=actor.agency, data=data, name=filename, media_type=WORKBOOK)
    taken = Import.objects.create(agency=actor.agency, document=document, imported_by=actor.key, counts={})
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
        payload={"sha256": document.sha256, "counts": taken.counts},
    )
    return taken


@official_act
def verify_fact(*, actor: Actor, fact: Fact) -> None:
    """A second person confirms a fact; who wrote it cannot. Raises Refused, AlreadyThere."""
    require(may_import_records(actor), WHO)
    fact = type(fact).objects.select_for_update().get(pk=fact.pk)
    if fact.superseded_at is not None or fact.verified_at is not None:
        raise AlreadyThere("Dữ kiện này đã được thay thế hoặc đã được xác nhận; mở bản mới nhất.")
    require(fact.written_by != actor.key, "người khác với người đã ghi")
    fact.verified_by = actor.key
    fact.verified_at = timezone.now()
    fact.save(update_fields=["verified_by", "verified_at"])
    _record(actor, "verify_fact", fact, because="")


@official_act
def supersede_fact(*, actor: Actor, fact: F, because: str, **changes: object) -> F:
    """Put a corrected fact in the place of one that was wrong; both stay, with who, when and why.

    Raises AlreadyThere when the fact was superseded before.
    """
    require(may_import_records(actor), WHO)
    if not because.strip() or len(because) > LONGEST_REASON:
        raise ValueError(f"Phải nêu lý do, không quá {LONGEST_REASON} chữ.")
    model = type(fact)
    old = model.objects.select_for_update().get(pk=fact.pk)
    if old.superseded_at is not None:
        raise AlreadyThere("Dữ kiện này đã được thay thế; mở bản mới nhất để sửa.")
    now = timezone.now()
    model.objects.filter(pk=old.pk).update(superseded_at=now)
    kept = {
        field.attname: getattr(old, field.attname) for field in model._meta.concrete_fields if not field.primary_key
    }
    kept |= {
        "supersedes_id": old.pk,
        "known_from": now,
        "written_by": actor.key,
        "verified_by": "",
        "verified_at": None,
        "source": because,
    }
    new = model.objects.create(**(kept | changes))
    _record(actor, "supersede_fact", new, because=because)
    return new


def _check_new(tables: Tables) -> None:
    """Refuse a workbook whose people or units are in already: this import only brings in new ones."""
    for key, model in (("units", Unit), ("people", Person)):
        codes = [row.values["code"] for row in tables.rows(key)]
        if found := model.objects.filter(code__in=codes).first():
            raise AlreadyThere(f"Mã {found.code} ({found}) đã có trong cơ quan; tệp này đã được nhập hoặc trùng mã.")


def _record(actor: Actor, verb: str, fact: Fact, *, because: str) -> None:
    record(
        agency_key=actor.agency.pk,
        actor=actor.key,
        verb=verb,
        target=f"{fact._meta.label_lower}:{fact.pk}",
        payload={},
        because=because,
    )
