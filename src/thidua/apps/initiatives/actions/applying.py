"""From a draft to an application that was handed in, looked at, returned or accepted."""

import datetime
from collections.abc import Mapping

from thidua.apps.accounts.access import CannotDo, StillOpen, require
from thidua.apps.accounts.actions import official_act
from thidua.apps.accounts.queries import Actor
from thidua.apps.initiatives import queries
from thidua.apps.initiatives.access import may_run, may_write
from thidua.apps.initiatives.actions.ground import locked, move_of, write_record
from thidua.apps.initiatives.models import Author, Initiative, Remark
from thidua.apps.initiatives.states import INITIATIVE
from thidua.apps.policy.queries import ruleset_on
from thidua.apps.records.states import AchievementKind, Scope
from thidua.apps.units.models import Person
from thidua.core.calendar import add_months

WHO_WRITES = "tác giả hoặc người đã soạn đơn"
WHOLE = 100
LONGEST_NOTE = 1000


@official_act
def draft(
    *,
    actor: Actor,
    year: int,
    name: str,
    authors: Mapping[int, int],
    field: str = "",
    essence: str = "",
    conditions: str = "",
    benefit: str = "",
    first_applied_on: datetime.date | None = None,
    scope_asked: Scope | str = Scope.BASE,
    kind: AchievementKind | str = AchievementKind.INITIATIVE,
) -> Initiative:
    """Draft an application; ``authors`` maps people to their share of the work in per cent.

    A person drafts what they are an author of; the standing secretary enters what was handed in on paper.
    Raises Refused, CannotDo (a text too long, an impossible share, an unknown scope or kind).
    """
    people = _people(authors)
    require(actor.person_id in people or may_run(actor), "tác giả của sáng kiến, hoặc thường trực Hội đồng")
    initiative = Initiative(agency=actor.agency, drafted_by=actor.key, kind=_kind(kind))
    _fill(
        initiative,
        year=year,
        name=name,
        field=field,
        essence=essence,
        conditions=conditions,
        benefit=benefit,
        first_applied_on=first_applied_on,
        scope_asked=scope_asked,
    )
    initiative.save(force_insert=True)
    _write_authors(initiative, people, authors)
    write_record(actor, "draft", initiative, content(initiative))
    return initiative


@official_act
def redraft(
    *,
    actor: Actor,
    initiative: Initiative,
    name: str,
    authors: Mapping[int, int],
    field: str = "",
    essence: str = "",
    conditions: str = "",
    benefit: str = "",
    first_applied_on: datetime.date | None = None,
    scope_asked: Scope | str = Scope.BASE,
) -> Initiative:
    """Change a draft, or an application that was returned; what was handed in before stays in the record.

    Raises Refused, MoveRefused once it is handed in, and CannotDo like ``draft``.
    """
    initiative = locked(initiative)
    INITIATIVE.move("apply_for", state=initiative.state)
    require(may_write(actor, initiative), WHO_WRITES)
    people = _people(authors)
    _fill(
        initiative,
        year=initiative.year,
        name=name,
        field=field,
        essence=essence,
        conditions=conditions,
        benefit=benefit,
        first_applied_on=first_applied_on,
        scope_asked=scope_asked,
    )
    initiative.save()
    initiative.authors.all().delete()
    _write_authors(initiative, people, authors)
    write_record(actor, "redraft", initiative, content(initiative))
    return initiative


@official_act
def apply_for(*, actor: Actor, initiative: Initiative, on: datetime.date, because: str = "") -> Initiative:
    """Hand in the application on a day; ``because`` says why it comes after the law's time limit, where it does.

    The answer is due within the pack's months, by date, the last day where the month is shorter.
    Raises Refused, MoveRefused, StillOpen.
    """
    initiative = locked(initiative)
    require(may_write(actor, initiative), WHO_WRITES)
    initiative.applied_on = on
    move = move_of("apply_for", initiative, actor)
    late, reason = queries.lateness(initiative), because.strip()
    if late and not reason:
        raise StillOpen([f"{late} Nêu lý do nộp muộn để nộp được đơn."])
    initiative.state = move.target
    initiative.answer_due = add_months(on, _months(on, "initiative.acceptance_months"))
    initiative.save(update_fields=["state", "applied_on", "answer_due"])
    if late:
        _remark(actor, initiative, f"{late} Lý do nộp muộn: {reason}")
    write_record(actor, "apply_for", initiative, content(initiative) | {"late": late}, because=reason)
    return initiative


@official_act
def return_application(*, actor: Actor, initiative: Initiative, note: str) -> Initiative:
    """Return an application to be completed, saying what is missing. Raises Refused, MoveRefused, CannotDo."""
    initiative = locked(initiative)
    move = move_of("return_application", initiative, actor)
    if not note.strip():
        raise CannotDo("Chưa ghi nội dung cần bổ sung: nêu rõ để tác giả sửa đơn.")
    _remark(actor, initiative, note.strip())
    initiative.state = move.target
    initiative.answer_due = None
    initiative.save(update_fields=["state", "answer_due"])
    write_record(actor, "return_application", initiative, {}, because=note.strip())
    return initiative


@official_act
def accept_application(*, actor: Actor, initiative: Initiative, on: datetime.date) -> Initiative:
    """Accept an application: its form is in order, the time to decide runs. Raises Refused, MoveRefused, CannotDo."""
    initiative = locked(initiative)
    move = move_of("accept_application", initiative, actor)
    if initiative.applied_on and on < initiative.applied_on:
        raise CannotDo(f"Ngày nhận đơn {on:%d/%m/%Y} trước ngày nộp đơn {initiative.applied_on:%d/%m/%Y}: sửa ngày.")
    initiative.state = move.target
    initiative.accepted_on = on
    initiative.decision_due = add_months(on, _months(on, "initiative.recognition_months"))
    initiative.save(update_fields=["state", "accepted_on", "decision_due"])
    overdue = initiative.answer_due is not None and on > initiative.answer_due
    payload: dict[str, object] = {"on": on, "decision_due": initiative.decision_due, "answered_late": overdue}
    write_record(actor, "accept_application", initiative, payload)
    return initiative


@official_act
def withdraw(*, actor: Actor, initiative: Initiative) -> Initiative:
    """Withdraw one's own application before it is accepted. Raises Refused, MoveRefused."""
    initiative = locked(initiative)
    require(may_write(actor, initiative), WHO_WRITES)
    initiative.state = move_of("withdraw", initiative, actor).target
    initiative.save(update_fields=["state"])
    write_record(actor, "withdraw", initiative, {})
    return initiative


def content(initiative: Initiative) -> dict[str, object]:
    """Everything that an application says, for the record."""
    return {
        "year": initiative.year,
        "kind": initiative.kind,
        "name": initiative.name,
        "field": initiative.field,
        "essence": initiative.essence,
        "conditions": initiative.conditions,
        "benefit": initiative.benefit,
        "first_applied_on": initiative.first_applied_on,
        "scope_asked": initiative.scope_asked,
        "authors": {str(row.person_id): row.share for row in initiative.authors.all()},
        "applied_on": initiative.applied_on,
    }


def _fill(
    initiative: Initiative,
    *,
    year: int,
    name: str,
    field: str,
    essence: str,
    conditions: str,
    benefit: str,
    first_applied_on: datetime.date | None,
    scope_asked: Scope | str,
) -> None:
    if scope_asked not in Scope.values:
        raise CannotDo(f"Không có phạm vi “{scope_asked}”: chọn {', '.join(str(label) for label in Scope.labels)}.")
    for text, longest, label in ((name, 300, "Tên sáng kiến"), (field, 200, "Lĩnh vực áp dụng")):
        if len(text.strip()) > longest:
            raise CannotDo(f"{label} dài {len(text.strip())} chữ, quá {longest} chữ: rút gọn lại.")
    initiative.year = year
    initiative.name = " ".join(name.split())
    initiative.field = field.strip()
    initiative.essence = essence.strip()
    initiative.conditions = conditions.strip()
    initiative.benefit = benefit.strip()
    initiative.first_applied_on = first_applied_on
    initiative.scope_asked = scope_asked


def _kind(kind: AchievementKind | str) -> str:
    if kind not in AchievementKind.values:
        raise CannotDo(f"Không có loại “{kind}”: chọn {', '.join(str(label) for label in AchievementKind.labels)}.")
    return str(kind)


def _people(authors: Mapping[int, int]) -> dict[int, Person]:
    """The authors as people of the agency; Refused for others, CannotDo for an impossible share."""
    people = {person.pk: person for person in Person.objects.filter(pk__in=authors)}
    require(len(people) == len(authors), "người của chính cơ quan ấy")
    for pk, share in authors.items():
        if isinstance(share, bool) or not 1 <= share <= WHOLE:
            raise CannotDo(f"Tỷ lệ đóng góp của {people[pk]} là {share}%: ghi số nguyên từ 1 đến {WHOLE}.")
    return people


def _write_authors(initiative: Initiative, people: Mapping[int, Person], authors: Mapping[int, int]) -> None:
    Author.objects.bulk_create(
        Author(agency=initiative.agency, initiative=initiative, person=people[pk], share=share)
        for pk, share in authors.items()
    )


def _months(on: datetime.date, name: str) -> int:
    return int(str(ruleset_on(on).value(name)))


def _remark(actor: Actor, initiative: Initiative, note: str) -> None:
    if len(note) > LONGEST_NOTE:
        raise CannotDo(f"Ghi chú dài {len(note)} chữ, quá {LONGEST_NOTE} chữ: rút gọn lại.")
    Remark.objects.create(agency=initiative.agency, initiative=initiative, note=note, made_by=actor.key)
