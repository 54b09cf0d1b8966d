"""Recognition by the head of the agency, and the ledger of what an achievement was used for."""

import datetime
from collections.abc import Sequence

from django.db import IntegrityError, transaction

from thidua.apps.accounts.access import CannotDo, require
from thidua.apps.accounts.actions import official_act
from thidua.apps.accounts.queries import Actor
from thidua.apps.audit.actions import record
from thidua.apps.files.actions import store_file, take_number
from thidua.apps.files.models import StoredFile
from thidua.apps.initiatives import queries
from thidua.apps.initiatives.access import may_recognise, may_use
from thidua.apps.initiatives.actions.ground import move_of, write_record
from thidua.apps.initiatives.models import Initiative, Recognition, Use, UseRelease
from thidua.apps.initiatives.states import INITIATIVE
from thidua.apps.records.actions import write_fact
from thidua.apps.records.models import Achievement
from thidua.apps.records.states import Scope
from thidua.core.law.limits import use_once_titles
from thidua.core.papers.pdf import paper_pdf

WHO_RECOGNISES = "giám đốc"
WHO_USES = "thường trực Hội đồng hoặc giám đốc"
PDF = "application/pdf"
LONGEST_DECISION = 100
LONGEST_BECAUSE = 500


@official_act
def recognise(
    *,
    actor: Actor,
    initiatives: Sequence[Initiative],
    scope: Scope | str,
    on: datetime.date,
    number: int | None = None,
    decision: str = "",
) -> list[Recognition]:
    """Recognise what the council passed, under one decision; every author gets an achievement on record.

    Base scope is the agency's own decision: a number is taken (the one asked for, else the next) and the paper with
    its list is made and stored. A wider scope is recognised by a higher level: ``decision`` is then its number and
    only the fact is entered. Raises Refused, MoveRefused, CannotDo, NoRule.
    """
    require(may_recognise(actor), WHO_RECOGNISES)
    rows = _locked(initiatives)
    for row in rows:
        move_of("recognise", row, actor)
    _check(rows, scope=scope, on=on, decision=decision)
    if not decision.strip():
        series = f"QĐ-{actor.agency.code.upper()}"
        label = f"Quyết định công nhận sáng kiến năm {rows[0].year}"
        taken = f"initiatives.initiative:{rows[0].pk}"
        decision = str(take_number(actor=actor, series=series, dated=on, taken_for=taken, label=label, number=number))
        own = True
    else:
        decision, own = decision.strip(), False
    found = [_recognise(actor, row, scope=str(scope), on=on, decision=decision) for row in rows]
    document = _store_paper(actor, found) if own else None
    for row, recognition in zip(rows, found, strict=True):
        _write_achievements(actor, row, recognition, document)
        payload: dict[str, object] = {"scope": str(scope), "decision": decision, "on": on}
        cautions = queries.cautions(row, on=on)
        sha256 = document.sha256 if document else ""
        write_record(actor, "recognise", row, payload | {"sha256": sha256, "cautions": cautions})
    return found


@official_act
def use_achievement(
    *, actor: Actor, achievement: Achievement, title: str, year: int, used_for: str, because: str = ""
) -> Use | None:
    """Enter that an achievement was used for a title of a year; ``used_for`` is the address of what used it.

    None, and nothing written, for a title that the packs let use an achievement again. ``because`` says why this one.
    Raises Refused, NoRule, and CannotDo with the year in which it was used under that title before.
    """
    require(may_use(actor), WHO_USES)
    if title not in use_once_titles(queries.law_of_year(year)):
        return None
    achievement = Achievement.objects.select_for_update().get(pk=achievement.pk)
    if achievement.superseded_at is not None:
        raise CannotDo(f"Bản ghi thành tích “{achievement.name}” đã được thay bằng bản khác: dùng bản mới nhất.")
    if before := queries.use_of(achievement, title):
        raise _used(achievement, before)
    turn = queries.uses_of(achievement, title).count() + 1
    try:
        with transaction.atomic():
            use = Use.objects.create(
                agency=actor.agency,
                achievement=achievement,
                title=title,
                year=year,
                turn=turn,
                used_for=used_for,
                because=because,
            )
    except IntegrityError as error:
        raise CannotDo(
            f"Sáng kiến “{achievement.name}” vừa được dùng cho {queries.title_name(title, year)} ở một nơi khác."
        ) from error
    record(
        agency_key=actor.agency.pk,
        actor=actor.key,
        verb="use_achievement",
        target=f"records.achievement:{achievement.pk}",
        payload={"title": title, "year": year, "turn": turn, "used_for": used_for},
        because=because,
    )
    return use


@official_act
def release_uses(*, actor: Actor, used_for: Sequence[str], released_for: str, because: str) -> list[UseRelease]:
    """Enter that what used achievements was annulled, so that they are free again; the uses stay in the ledger.

    ``used_for`` are the addresses that the uses were entered with, ``released_for`` that of the annulment. What was
    released before is left alone. Raises Refused.
    """
    require(may_use(actor), WHO_USES)
    standing = Use.objects.select_for_update(of=("self",)).filter(used_for__in=used_for, release__isnull=True)
    found = []
    for use in standing.order_by("pk"):
        release = UseRelease.objects.create(
            agency=actor.agency, use=use, released_for=released_for, because=because[:LONGEST_BECAUSE]
        )
        record(
            agency_key=actor.agency.pk,
            actor=actor.key,
            verb="release_use",
            target=f"records.achievement:{use.achievement_id}",
            payload={"title": use.title, "year": use.year, "used_for": use.used_for, "released_for": released_for},
            because=because,
        )
        found.append(release)
    return found


def _locked(initiatives: Sequence[Initiative]) -> list[Initiative]:
    """The initiatives in the order given, locked; Refused for another agency's."""
    wanted = [initiative.pk for initiative in initiatives]
    if not wanted:
        raise CannotDo("Chưa chọn sáng kiến nào: đánh dấu ít nhất một sáng kiến Hội đồng đã thông qua.")
    if len(set(wanted)) != len(wanted):
        raise CannotDo("Có sáng kiến được chọn hai lần: chọn lại danh sách.")
    rows = {row.pk: row for row in Initiative.objects.select_for_update().filter(pk__in=wanted)}
    require(len(rows) == len(wanted), "người của chính cơ quan ấy")
    return [rows[pk] for pk in wanted]


def _check(rows: Sequence[Initiative], *, scope: Scope | str, on: datetime.date, decision: str) -> None:
    if scope not in Scope.values:
        raise CannotDo(f"Không có phạm vi “{scope}”: chọn {', '.join(str(label) for label in Scope.labels)}.")
    if scope != Scope.BASE and not decision.strip():
        raise CannotDo(
            f"Phạm vi {str(Scope(scope).label).lower()} do cấp trên công nhận: ghi số quyết định của cấp đó, "
            "hoặc chọn phạm vi cơ sở."
        )
    if len(decision.strip()) > LONGEST_DECISION:
        raise CannotDo("Số quyết định quá dài: chỉ ghi số và ký hiệu.")
    if len({row.year for row in rows}) > 1:
        raise CannotDo("Các sáng kiến thuộc nhiều năm: mỗi quyết định chỉ công nhận sáng kiến của một năm.")
    for row in rows:
        item = queries.item_of(row)
        if item and on < item.session.held_on:
            raise CannotDo(
                f"Ngày công nhận {on:%d/%m/%Y} trước ngày Hội đồng họp {item.session.held_on:%d/%m/%Y} "
                f"về “{row.name}”: sửa ngày."
            )


def _recognise(actor: Actor, row: Initiative, *, scope: str, on: datetime.date, decision: str) -> Recognition:
    row.state = INITIATIVE.move("recognise", state=row.state).target
    row.save(update_fields=["state"])
    return Recognition.objects.create(
        agency=actor.agency, initiative=row, scope=scope, decision=decision, on=on, recognised_by=actor.key
    )


def _store_paper(actor: Actor, found: Sequence[Recognition]) -> StoredFile:
    data = paper_pdf(queries.recognition_paper(found))
    name = f"quyet-dinh-cong-nhan-sang-kien-{found[0].decision.replace('/', '-')}.pdf"
    document = store_file(actor=actor.key, agency=actor.agency, data=data, name=name, media_type=PDF)
    for recognition in found:
        recognition.document = document
        recognition.save(update_fields=["document"])
    return document


def _write_achievements(actor: Actor, row: Initiative, recognition: Recognition, document: StoredFile | None) -> None:
    for author in row.authors.select_related("person"):
        write_fact(
            actor=actor,
            model=Achievement,
            source=f"Quyết định {recognition.decision} ngày {recognition.on:%d/%m/%Y}",
            document=document,
            person=author.person,
            name=row.name,
            kind=row.kind,
            scope=recognition.scope,
            year=row.year,
            decision=recognition.decision,
            recognised_on=recognition.on,
        )


def _used(achievement: Achievement, before: Use) -> CannotDo:
    name = queries.title_name(before.title, before.year)
    return CannotDo(
        f"Sáng kiến “{achievement.name}” đã dùng để xét {name} năm {before.year}; mỗi sáng kiến chỉ dùng một "
        "lần cho danh hiệu này: chọn sáng kiến khác."
    )
