"""The tables of an agency's own workbook: what record a row is, what makes it the same one, what it may change."""

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Field, Model, QuerySet
from django.utils.translation import gettext_lazy as _

from thidua.apps.records.models import (
    Achievement,
    Award,
    Discipline,
    Fact,
    Incident,
    Judgement,
    Leave,
    OrganisationRating,
    Petition,
    Rating,
    StandingTitle,
    Task,
)
from thidua.apps.records.queries.kinds import label_of
from thidua.apps.records.queries.subjects import title_name
from thidua.apps.units.models import Person, Post

PERSON, UNIT = "person", "unit"
Key = tuple[object, ...]


@dataclass(frozen=True)
class OwnTable:
    """One table: its model, the fields that say which record a row is (``same``) and those it tells (``told``).

    People and units stand in rows by code. ``cell`` is the column whose cell is the source of the record.
    """

    key: str
    name: Any
    model: type[Model]
    same: tuple[str, ...]
    told: tuple[str, ...]
    cell: str
    sensitive: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field that a row can fill."""
        return (*self.same, *self.told)

    @property
    def is_fact(self) -> bool:
        """Whether its rows are facts, with source and verification."""
        return issubclass(self.model, Fact)

    def identity(self, values: Mapping[str, object]) -> Key:
        """What two rows of one record have in common; texts blind to case and spaces."""
        return tuple(_blind(values.get(name)) for name in self.same)


_ALL = (
    OwnTable(
        "people",
        _("Nhân sự"),
        Person,
        ("code",),
        ("full_name", "birth_date", "sex", "category", "recruited_on"),
        "full_name",
    ),
    OwnTable(
        "posts",
        _("Quá trình công tác"),
        Post,
        (PERSON, "since", "kind"),
        (UNIT, "title", "elsewhere", "until"),
        "since",
    ),
    OwnTable("ratings", _("Xếp loại"), Rating, (PERSON, UNIT, "year"), ("grade", "paper", "dated"), "grade"),
    OwnTable(
        "judgements", _("Nhận xét của đơn vị"), Judgement, (PERSON, UNIT, "year", "criterion"), ("met",), "subject"
    ),
    OwnTable(
        "mass_organisations", _("Đảng, đoàn thể"), OrganisationRating, ("organisation", "year"), ("grade",), "grade"
    ),
    OwnTable(
        "discipline",
        _("Kỷ luật"),
        Discipline,
        (PERSON, "form", "decided_on"),
        ("decision",),
        "form",
        sensitive=True,
    ),
    OwnTable("leave", _("Nghỉ dài ngày"), Leave, (PERSON, "kind", "since"), ("until",), "kind", sensitive=True),
    OwnTable(
        "initiatives",
        _("Sáng kiến, đề tài"),
        Achievement,
        (PERSON, "name", "year", "scope"),
        ("kind", "decision", "recognised_on"),
        "name",
    ),
    OwnTable(
        "petitions",
        _("Đơn thư, kiểm tra"),
        Petition,
        (PERSON, UNIT, "kind", "accepted_on"),
        ("concluded_on", "conclusion"),
        "kind",
        sensitive=True,
    ),
    OwnTable(
        "awards", _("Danh hiệu đã đạt"), Award, (PERSON, UNIT, "year", "title"), ("decision", "decided_on"), "title"
    ),
    OwnTable(
        "tasks",
        _("Nhiệm vụ được giao"),
        Task,
        ("code", "year"),
        (
            "content",
            UNIT,
            "assigned_by",
            "assigned_on",
            "due",
            "carried_from",
            "done_on",
            "product",
        ),
        "content",
    ),
    OwnTable("incidents", _("Vụ việc"), Incident, ("kind", "year"), ("count", "reported_on"), "count"),
    OwnTable(
        "standing_titles", _("Danh hiệu giữ vững"), StandingTitle, ("name", "year"), ("kept", "paper", "dated"), "kept"
    ),
)
TABLES: Mapping[str, OwnTable] = {table.key: table for table in _ALL}
_LABELS = {
    "full_name": _("Họ và tên"),
    "birth_date": _("Ngày sinh"),
    "sex": _("Giới tính"),
    "category": _("Diện"),
    "recruited_on": _("Ngày tuyển dụng"),
    "elsewhere": _("Nơi đến"),
}


def known_rows(table: OwnTable, *, years: Collection[int] = ()) -> dict[Key, tuple[int, dict[str, Any]]]:
    """What is known of a table, by identity: the record's key and its fields, people and units by code.

    ``years`` narrows tables whose rows bear a year.
    """
    rows: QuerySet[Any] = table.model._default_manager.all()
    if table.model is not Person:
        rows = rows.filter(superseded_at__isnull=True)
    if years and "year" in table.same:
        rows = rows.filter(year__in=years)
    paths = {name: _path(name) for name in table.fields}
    found: dict[Key, tuple[int, dict[str, Any]]] = {}
    for pk, *values in rows.order_by("pk").values_list("pk", *paths.values()):
        fields = dict(zip(paths, values, strict=True))
        found[table.identity(fields)] = (pk, fields)
    return found


def told(table: OwnTable, name: str, value: object) -> str:
    """A value of a field as people read it."""
    if value in (None, ""):
        return "–"
    if isinstance(value, bool):
        return str(_("Có") if value else _("Không"))
    if name == "title" and table.key == "awards":
        return title_name(str(value))
    field = table.model._meta.get_field(name)
    choices = dict(field.flatchoices) if isinstance(field, Field) and field.choices else {}
    if value in choices:
        return str(choices[value])
    text = str(value)
    try:
        return f"{datetime.date.fromisoformat(text):%d/%m/%Y}" if len(text) == 10 else text
    except ValueError:
        return text


def label(name: str) -> str:
    """What a field is called on pages."""
    return str(_LABELS.get(name) or label_of(name))


def written_by_undone(model: type[Model], wrote: Iterable[tuple[str, int]]) -> set[int]:
    """Of (table, key) pairs, the keys of one model's rows."""
    keys = {table.key for table in _ALL if table.model is model}
    return {pk for key, pk in wrote if key in keys}


def _path(name: str) -> str:
    return f"{name}__code" if name in (PERSON, UNIT) else name


def _blind(value: object) -> object:
    return " ".join(value.split()).casefold() if isinstance(value, str) else value
