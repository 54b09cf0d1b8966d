"""Writing what a workbook's rows bring, and taking it back: many rows at a time, in the caller's transaction."""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import F, Model
from django.utils import timezone
from django.utils.translation import gettext as _

from thidua.apps.accounts.access import CannotDo
from thidua.apps.accounts.queries import Actor
from thidua.apps.records.models import Import, ImportRow
from thidua.apps.records.queries.tables import PERSON, TABLES, UNIT, OwnTable, known_rows
from thidua.apps.records.states import RowState
from thidua.apps.units.models import Person, Unit
from thidua.core.vietnamese import fold, name_sort_key

A_BATCH = 1000
WRITTEN = (RowState.NEW, RowState.CHANGED)


def stale() -> CannotDo:
    """What was known when the rows were compared has changed since."""
    return CannotDo(
        _("Số liệu của cơ quan đã thay đổi từ lúc xem trước. Xem trước lại rồi nhập; chưa dòng nào được ghi.")
    )


def write_rows(actor: Actor, imported: Import, report: Callable[[int, int], None]) -> dict[str, int]:
    """Write every new and changed row, people before what is about them; returns how many by table."""
    rows = list(imported.rows.filter(state__in=WRITTEN).defer("problems", "asked"))
    now, done, counts = timezone.now(), 0, {}
    for key, own in TABLES.items():
        mine = [row for row in rows if row.table == key]
        if not mine:
            continue
        _check_fresh(own, mine)
        write = {"people": _people, "posts": _posts}.get(key, _facts)
        for start in range(0, len(mine), A_BATCH):
            batch = mine[start : start + A_BATCH]
            _note(batch, write(actor, imported, own, batch, now))
            done += len(batch)
            report(done, len(rows))
        counts[key] = len(mine)
    return counts


def take_back(imported: Import) -> dict[str, int]:
    """Withdraw all that an import brought and put what it replaced back in force; returns how many rows by table.

    What was brought then counts as never held: whoever asks what was known at any moment does not get it.
    """
    counts = {}
    for key, own in reversed(list(TABLES.items())):
        written = imported.rows.filter(table=key, wrote__isnull=False)
        if not (count := written.count()):
            continue
        counts[key] = count
        if own.model is Person:
            _take_back_people(own, written)
            continue
        brought = set(written.values_list("wrote", flat=True))
        replaced = set(written.filter(state=RowState.CHANGED).values_list("target", flat=True))
        rows = own.model._default_manager
        rows.filter(pk__in=brought).update(superseded_at=F("known_from"), supersedes=None)
        rows.filter(pk__in=replaced).update(superseded_at=None)
    return counts


def _check_fresh(own: OwnTable, rows: Sequence[ImportRow]) -> None:
    """Refuse when what the rows were compared with is no longer so."""
    years = {year for row in rows if isinstance(year := row.values.get("year"), int)}
    known = known_rows(own, years=years)
    for row in rows:
        found = known.get(own.identity(_typed(own, row.values)))
        target = None if found is None else found[0]
        if target != row.target or (found and _differs(own, row, found[1])):
            raise stale()


def _differs(own: OwnTable, row: ImportRow, now: Mapping[str, Any]) -> bool:
    before = _typed(own, {name: both[0] for name, both in row.changes.items()})
    return any(now[name] != value for name, value in before.items())


def _people(
    actor: Actor, imported: Import, own: OwnTable, rows: Sequence[ImportRow], now: datetime.datetime
) -> list[Model]:
    new = []
    for row in rows:
        values = _typed(own, row.values)
        if row.state == RowState.NEW:
            name = str(values["full_name"])
            new.append(
                Person(agency=imported.agency, **{**values, "sort_key": name_sort_key(name), "folded": fold(name)})
            )
            continue
        person = Person.objects.select_for_update().get(pk=int(row.target or 0))
        _set(person, _typed(own, {name: both[1] for name, both in row.changes.items()}))
        new.append(person)
    Person.objects.bulk_create(person for person in new if person.pk is None)
    return list(new)


def _take_back_people(own: OwnTable, written: Any) -> None:
    brought = set(written.filter(state=RowState.NEW).values_list("wrote", flat=True))
    Person.objects.filter(pk__in=brought).update(withdrawn_at=timezone.now())
    for row in written.filter(state=RowState.CHANGED):
        person = Person.objects.select_for_update().get(pk=int(row.wrote or 0))
        after = _typed(own, {name: both[1] for name, both in row.changes.items()})
        if any(getattr(person, name) != value for name, value in after.items()):
            raise CannotDo(_("{name} đã được sửa sau lần nhập này; không hủy được.").format(name=person.full_name))
        before = {name: both[0] for name, both in row.changes.items()}
        _set(person, {name: _typed(own, {name: old})[name] if old is not None else old for name, old in before.items()})


def _set(person: Person, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(person, name, "" if value is None and name == "sex" else value)
    person.sort_key, person.folded = name_sort_key(person.full_name), fold(person.full_name)
    person.save()


def _posts(
    actor: Actor, imported: Import, own: OwnTable, rows: Sequence[ImportRow], now: datetime.datetime
) -> list[Model]:
    return _put(own, rows, now, {"agency_id": imported.agency_id, "known_from": now}, imported)


def _facts(
    actor: Actor, imported: Import, own: OwnTable, rows: Sequence[ImportRow], now: datetime.datetime
) -> list[Model]:
    common = {
        "agency_id": imported.agency_id,
        "imported_id": imported.pk,
        "document_id": imported.document_id,
        "written_by": actor.key,
        "known_from": now,
        "verified_by": "",
        "verified_at": None,
    }
    return _put(own, rows, now, common, imported)


def _put(
    own: OwnTable, rows: Sequence[ImportRow], now: datetime.datetime, common: Mapping[str, Any], imported: Import
) -> list[Model]:
    """New records, and changed ones in the place of those they supersede."""
    targets = [row.target for row in rows if row.target is not None]
    replaced: dict[int, Any] = own.model._default_manager.select_for_update().in_bulk(targets)
    own.model._default_manager.filter(pk__in=targets).update(superseded_at=now)
    codes = [row.values for row in rows]
    people = _keys(Person, {str(values[PERSON]) for values in codes if PERSON in values})
    units = _keys(Unit, {str(values[UNIT]) for values in codes if UNIT in values})
    new = []
    for row in rows:
        values = _typed(own, row.values)
        if row.state == RowState.CHANGED:
            values = _typed(own, {name: both[1] for name, both in row.changes.items()})
        keyed = _with_keys(values, people, units)
        old = replaced.get(row.target or 0)
        kept = {} if old is None else {name: getattr(old, name) for name in _kept(own)}
        source = f"{imported.document.name}, {row.sheet}!{row.cell}"[:300]
        new.append(own.model(**{**kept, **common, **keyed, "source": source, "supersedes_id": row.target}))
    own.model._default_manager.bulk_create(new)
    return new


def _kept(own: OwnTable) -> Iterable[str]:
    """Fields that a changed record takes over from the one it supersedes."""
    left = {"id", "known_from", "superseded_at", "supersedes_id", "source"}
    return (field.attname for field in own.model._meta.concrete_fields if field.attname not in left)


def _with_keys(values: dict[str, Any], people: Mapping[str, int], units: Mapping[str, int]) -> dict[str, Any]:
    """Codes of people and units as their keys."""
    keyed = dict(values)
    for name, keys in ((PERSON, people), (UNIT, units)):
        if code := keyed.pop(name, None):
            if code not in keys:
                raise stale()
            keyed[f"{name}_id"] = keys[code]
    if organisation := keyed.pop("organisation", None):
        keyed["organisation_id"] = organisation
    return keyed


def _keys(model: type[Person] | type[Unit], codes: set[str]) -> dict[str, int]:
    return dict(model.objects.filter(code__in=codes).order_by().values_list("code", "pk"))


def _typed(own: OwnTable, values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as JSON keeps them, as their fields take them; codes of people and units stay."""
    return {
        name: value if name in (PERSON, UNIT, "organisation") else own.model._meta.get_field(name).to_python(value)  # type: ignore[union-attr]  # fields of the table, no relations
        for name, value in values.items()
    }


def _note(rows: Sequence[ImportRow], wrote: Sequence[Model]) -> None:
    """Keep with each row what it brought."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE records_importrow SET wrote = brought.pk FROM unnest(%s::bigint[], %s::bigint[])"
            " AS brought(row, pk) WHERE id = brought.row",
            [[row.pk for row in rows], [thing.pk for thing in wrote]],
        )
