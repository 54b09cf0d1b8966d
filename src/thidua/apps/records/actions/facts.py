"""Writing one fact, verifying it by a second person, superseding or withdrawing it when it was wrong."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from thidua.apps.accounts.access import CannotDo, require
from thidua.apps.accounts.actions import official_act
from thidua.apps.accounts.queries import Actor
from thidua.apps.audit.actions import record
from thidua.apps.files.models import StoredFile
from thidua.apps.records.access import WHO_RUNS, WHO_WRITES, may_import_records, may_verify, may_write_fact
from thidua.apps.records.models import (
    Achievement,
    Award,
    CompleteList,
    Confirmation,
    Discipline,
    Fact,
    Incident,
    Judgement,
    Leave,
    OrganisationRating,
    Petition,
    Rating,
    StandingTitle,
    Study,
    Task,
)
from thidua.apps.records.queries.confirmed import fact_to_confirm
from thidua.apps.records.queries.kinds import label_of, name_of
from thidua.apps.records.queries.subjects import address_of, unit_answering_for, year_of
from thidua.apps.records.states import ListKind
from thidua.core.law.facts import suits

LONGEST_REASON = 300
F = TypeVar("F", bound=Fact)

# Who is meant by "the same fact written twice", where no constraint of the table says it already.
SAME: dict[type[Fact], tuple[str, ...]] = {
    Discipline: ("person", "form", "decided_on"),
    Leave: ("person", "kind", "since"),
    Petition: ("person", "unit", "kind", "accepted_on"),
    Award: ("person", "unit", "year", "title"),
}
WRITABLE: tuple[type[Fact], ...] = (
    Rating,
    OrganisationRating,
    Judgement,
    Confirmation,
    Discipline,
    Leave,
    Petition,
    Achievement,
    Award,
    Task,
    Incident,
    StandingTitle,
    Study,
)
# Day after which, or on which at the earliest, a day of the same fact may stand.
ORDER: dict[type[Fact], tuple[str, str]] = {
    Leave: ("since", "until"),
    Petition: ("accepted_on", "concluded_on"),
    Task: ("assigned_on", "done_on"),
}
DATED: dict[type[Fact], str] = {
    Rating: "dated",
    Confirmation: "dated",
    Award: "decided_on",
    Achievement: "recognised_on",
    Incident: "reported_on",
    StandingTitle: "dated",
}


class AlreadyThere(CannotDo):
    """What is to be written is there already, or was replaced by something newer."""


@official_act
def write_fact(*, actor: Actor, model: type[F], source: str, document: StoredFile | None = None, **fields: Any) -> F:
    """Write one new fact of a kind; ``fields`` are those of the model, ``source`` says where it is known from.

    The standing secretary and the director write every kind; a head writes study and judgements of the own unit.
    Raises Refused, AlreadyThere (the same fact is there: supersede it), CannotDo (a value that cannot be).
    """
    if model not in WRITABLE:
        raise TypeError(f"{model.__name__} không ghi bằng write_fact")
    fact = model(agency=actor.agency, source=source.strip(), document=document, written_by=actor.key, **fields)
    require(may_write_fact(actor, model, unit_id=unit_answering_for(fact)), WHO_WRITES)
    _put_in_words(fact)
    check_values(fact)
    _check_not_there(fact)
    try:
        with transaction.atomic():
            fact.save(force_insert=True)
    except IntegrityError as error:
        raise _there(model) from error
    record_fact(actor, "write_fact", fact, payload=_plain(fields))
    return fact


@official_act
def verify_fact(*, actor: Actor, fact: Fact) -> None:
    """A second person confirms a fact; who wrote it cannot. Raises Refused, AlreadyThere."""
    require(may_verify(actor), WHO_RUNS)
    fact = type(fact).objects.select_for_update().get(pk=fact.pk)
    _verify(actor, fact)
    record_fact(actor, "verify_fact", fact)


@official_act
def verify_facts(*, actor: Actor, facts: Sequence[Fact]) -> int:
    """A second person confirms several facts in one act, all or none; returns how many. Raises as ``verify_fact``."""
    require(may_verify(actor), WHO_RUNS)
    for given in facts:
        require(given.agency_id == actor.agency.pk, "người của chính cơ quan ấy")
        _verify(actor, type(given).objects.select_for_update().get(pk=given.pk))
    if facts:
        record(
            agency_key=actor.agency.pk,
            actor=actor.key,
            verb="verify_facts",
            target=facts[0]._meta.label_lower,
            payload={"facts": [address_of(fact) for fact in facts]},
        )
    return len(facts)


def _verify(actor: Actor, fact: Fact) -> None:
    if fact.superseded_at is not None or fact.verified_at is not None:
        raise AlreadyThere(_("Dữ kiện này đã được thay thế hoặc đã được xác nhận; mở bản mới nhất."))
    require(fact.written_by != actor.key, _("người khác với người đã ghi"))
    fact.verified_by = actor.key
    fact.verified_at = timezone.now()
    fact.save(update_fields=["verified_by", "verified_at"])


@official_act
def supersede_fact(*, actor: Actor, fact: F, because: str, **changes: object) -> F:
    """Put a corrected fact in the place of one that was wrong; both stay, with who, when and why.

    Raises Refused, AlreadyThere when the fact was superseded before, CannotDo for a value that cannot be.
    """
    require(may_import_records(actor), WHO_RUNS)
    return put_in_place(actor=actor, fact=fact, because=because, changes=changes, verb="supersede_fact")


@official_act
def withdraw_fact(*, actor: Actor, fact: Fact, because: str) -> None:
    """Take a fact that never was so out of what holds now, putting nothing in its place; the row and why stay.

    Raises Refused, AlreadyThere, CannotDo without a reason.
    """
    require(may_import_records(actor), WHO_RUNS)
    _check_reason(because)
    old = _current(fact)
    type(fact).objects.filter(pk=old.pk).update(superseded_at=timezone.now())
    record_fact(actor, "withdraw_fact", old, because=because)


@official_act
def state_complete(*, actor: Actor, kind: ListKind, first_year: int, last_year: int, source: str) -> CompleteList:
    """State that a list is complete for some years: from then on, absence from it means *none*.

    Raises Refused, CannotDo, AlreadyThere when one statement says as much already.
    """
    require(may_import_records(actor), WHO_RUNS)
    if first_year > last_year:
        raise CannotDo(_("Năm đầu phải không sau năm cuối."))
    told = CompleteList.objects.current().filter(kind=kind, first_year__lte=first_year, last_year__gte=last_year)
    if told.exists():
        raise AlreadyThere(_("Danh sách này đã được xác nhận là đầy đủ cho những năm ấy."))
    statement = CompleteList(
        agency=actor.agency,
        kind=kind,
        first_year=first_year,
        last_year=last_year,
        source=source.strip(),
        written_by=actor.key,
    )
    check_values(statement)
    statement.save(force_insert=True)
    payload: dict[str, object] = {"kind": str(kind), "first_year": first_year, "last_year": last_year}
    record_fact(actor, "state_complete", statement, payload=payload)
    return statement


def put_in_place(*, actor: Actor, fact: F, because: str, changes: Mapping[str, object], verb: str) -> F:
    """The corrected fact in the place of an old one; part of an act whose caller has asked for permission."""
    _check_reason(because)
    model = type(fact)
    old = _current(fact)
    now = timezone.now()
    model.objects.filter(pk=old.pk).update(superseded_at=now)
    kept = {
        field.attname: getattr(old, field.attname) for field in model._meta.concrete_fields if not field.primary_key
    }
    kept |= {
        "supersedes_id": old.pk,
        "superseded_at": None,
        "known_from": now,
        "written_by": actor.key,
        "verified_by": "",
        "verified_at": None,
        "source": because.strip(),
    }
    new = model(**kept)
    for name, value in changes.items():
        setattr(new, name, value)
    _put_in_words(new)
    check_values(new)
    try:
        with transaction.atomic():
            new.save(force_insert=True)
    except IntegrityError as error:
        raise _there(model) from error
    record_fact(actor, verb, new, because=because, payload=_plain(changes))
    return new


def record_fact(
    actor: Actor, verb: str, fact: Fact, *, because: str = "", payload: dict[str, object] | None = None
) -> None:
    """One entry of the record about a fact."""
    record(
        agency_key=actor.agency.pk,
        actor=actor.key,
        verb=verb,
        target=address_of(fact),
        payload=payload or {},
        because=because,
    )


def _current(fact: F) -> F:
    old = type(fact).objects.select_for_update().get(pk=fact.pk)
    if old.superseded_at is not None:
        raise AlreadyThere(_("Dữ kiện này đã được thay thế; mở bản mới nhất để sửa."))
    return old


def _check_reason(because: str) -> None:
    if not because.strip() or len(because) > LONGEST_REASON:
        raise CannotDo(_("Phải nêu lý do, không quá {most} chữ.").format(most=LONGEST_REASON))


def _put_in_words(fact: Fact) -> None:
    """A confirmation keeps what the packs call the fact and its value; refuse what they do not ask for or know."""
    if not isinstance(fact, Confirmation):
        return
    asked = fact_to_confirm("unit" if fact.person_id is None else "person", fact.criterion, year=fact.year)
    if asked is None:
        raise CannotDo(
            _("Luật của năm {year} không hỏi nội dung này, hoặc đã có hồ sơ khác cho biết; chọn nội dung khác.").format(
                year=fact.year
            )
        )
    if not suits(asked, fact.value):
        raise CannotDo(_("“{label}”: kết luận chưa hợp với nội dung; chọn lại.").format(label=asked.label))
    fact.label, fact.said = asked.label, asked.say(fact.value)


def check_values(fact: Fact) -> None:
    """Refuse values that cannot be: a wrong word, too long a text, a day out of its year or before its beginning."""
    if not fact.source:
        raise CannotDo(_("Phải ghi nguồn của dữ kiện: văn bản, sổ, hoặc người cung cấp."))
    try:
        fact.clean_fields(exclude=_settled(fact))
    except ValidationError as error:
        said = [f"{label_of(name)}: {' '.join(words)}" for name, words in error.message_dict.items()]
        raise CannotDo(" ".join(said)) from error
    model = type(fact)
    if (named := DATED.get(model)) and (day := getattr(fact, named)) is not None:
        _check_year(day, year_of(fact))
    if model in ORDER:
        first, last = (getattr(fact, name) for name in ORDER[model])
        if first and last and last < first:
            raise CannotDo(
                _("Ngày {last} trước ngày {first}; kiểm tra lại hai ngày.").format(
                    last=f"{last:%d/%m/%Y}", first=f"{first:%d/%m/%Y}"
                )
            )


def _settled(fact: Fact) -> set[str]:
    """Fields that need no look: empty ones that may be, and things of the agency, which the act has checked."""
    fields = [(field, getattr(fact, field.attname)) for field in fact._meta.concrete_fields]
    return {field.name for field, value in fields if (field.null if value is None else field.is_relation)}


def _check_year(day: datetime.date, year: int | None) -> None:
    """A paper about a year is dated in it or later: ratings and awards often come in the year after."""
    if year is not None and day.year < year:
        raise CannotDo(
            _("Ngày {day} trước năm {year}; kiểm tra lại ngày và năm.").format(day=f"{day:%d/%m/%Y}", year=year)
        )


def _check_not_there(fact: Fact) -> None:
    model = type(fact)
    if model in SAME and model.objects.current().filter(**{name: getattr(fact, name) for name in SAME[model]}).exists():
        raise _there(model)


def _there(model: type[Fact]) -> AlreadyThere:
    return AlreadyThere(
        _("Đã có dữ kiện này ({kind}). Muốn sửa thì mở dữ kiện đang có và sửa, không ghi thêm lần nữa.").format(
            kind=name_of(model).lower()
        )
    )


def _plain(fields: Mapping[str, object]) -> dict[str, object]:
    """What the record keeps of the fields: things by their keys."""
    return {name: value.pk if isinstance(value, Model) else value for name, value in fields.items()}
