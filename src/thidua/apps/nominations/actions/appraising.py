"""The standing secretary's appraisal, and setting a nomination aside until somebody releases it."""

import datetime

from django.db.models import Q

from thidua.apps.accounts.access import CannotDo, require
from thidua.apps.accounts.actions import official_act, open_move
from thidua.apps.accounts.queries import Actor
from thidua.apps.campaigns.models import Campaign
from thidua.apps.councils.actions import withdraw_item
from thidua.apps.councils.states import ItemState
from thidua.apps.evaluations.models import FindingRow, Run
from thidua.apps.evaluations.queries import latest_run
from thidua.apps.evaluations.states import Outcome
from thidua.apps.nominations import queries
from thidua.apps.nominations.access import WHO_STANDING, may_appraise
from thidua.apps.nominations.actions.ground import (
    given,
    locked,
    locked_all,
    move_to,
    record_act,
    record_many,
    remark,
)
from thidua.apps.nominations.actions.moves import release_passed
from thidua.apps.nominations.models import Appraisal, Hold, Nomination
from thidua.apps.nominations.states import NOMINATION, Advice, NominationState

ADVICE = {Outcome.MET: Advice.ELIGIBLE, Outcome.UNKNOWN: Advice.UNCLEAR}
NOTE = 1000
ARTICLE = 200


@official_act
def appraise(*, actor: Actor, nomination: Nomination, advice: Advice, note: str, on: datetime.date) -> Appraisal:
    """Appraise a nomination on the latest run; a later appraisal stands beside the earlier ones.

    Advice other than the finding's own needs a note that says why. Raises Refused, MoveRefused, CannotDo.
    """
    nomination = locked(nomination)
    move = open_move(NOMINATION, "appraise", thing=nomination, actor=actor, queries=queries, who=WHO_STANDING)
    run = _run(nomination.campaign)
    outcome = _outcomes(run, [nomination])[nomination.pk]
    if advice not in Advice.values:
        raise CannotDo(f"Không có ý kiến thẩm định “{advice}”; chọn một trong ba ý kiến.")
    own = _advice(outcome)
    if advice != own and not note.strip():
        raise CannotDo(
            f"{nomination.subject}: lần xét theo luật cho ý kiến “{own.label}”. "
            "Thẩm định khác đi thì ghi rõ lý do ở phần ghi chú."
        )
    if len(note) > NOTE:
        raise CannotDo(f"Ghi chú: dài {len(note)} chữ, tối đa {NOTE}.")
    made = Appraisal.objects.create(
        agency=actor.agency,
        nomination=nomination,
        outcome=outcome,
        run_id=run.pk,
        advice=advice,
        note=note.strip(),
        on=on,
        by=actor.key,
    )
    move_to(nomination, move.target)
    payload = {"run": run.pk, "outcome": outcome, "advice": str(advice), "on": on}
    record_act(actor, "appraise", nomination, dict(payload), because=note.strip()[:500])
    return made


@official_act
def appraise_all(*, actor: Actor, campaign: Campaign, on: datetime.date) -> list[Appraisal]:
    """Confirm, for every submitted nomination, the advice that the latest run's finding gives.

    Raises Refused; CannotDo when none waits or nothing was judged.
    """
    require(may_appraise(actor), WHO_STANDING)
    run = _run(campaign)
    rows = locked_all(Nomination.objects.filter(campaign=campaign, state=NominationState.SUBMITTED).order_by("pk"))
    target = NOMINATION.move("appraise", state=NominationState.SUBMITTED).target
    outcomes = _outcomes(run, rows)
    made = Appraisal.objects.bulk_create(
        Appraisal(
            agency=actor.agency,
            nomination=nomination,
            outcome=outcomes[nomination.pk],
            run_id=run.pk,
            advice=_advice(outcomes[nomination.pk]),
            on=on,
            by=actor.key,
        )
        for nomination in rows
    )
    Nomination.objects.filter(pk__in=[nomination.pk for nomination in rows]).update(state=target)
    advice = [str(item.advice) for item in made]
    record_many(actor, "appraise_all", rows, {"run": run.pk, "on": on, "advice": advice})
    return made


@official_act
def hold(*, actor: Actor, nomination: Nomination, reason: str, article: str, on: datetime.date) -> Hold:
    """Set a nomination aside for a reason and by an article; what waits on an agenda is taken off it.

    Raises Refused, MoveRefused; CannotDo when the council has voted and its result was not taken over.
    """
    nomination = locked(nomination)
    move = open_move(NOMINATION, "hold", thing=nomination, actor=actor, queries=queries, who=WHO_STANDING)
    reason, article = given(reason, what="Lý do"), given(article, what="Điều khoản", most=ARTICLE)
    if nomination.state == NominationState.ON_AGENDA:
        _leave_agenda(actor, nomination)
    held = Hold.objects.create(
        agency=actor.agency, nomination=nomination, reason=reason, article=article, since=on, held_by=actor.key
    )
    move_to(nomination, move.target)
    record_act(actor, "hold", nomination, {"article": article, "on": on}, because=reason)
    return held


@official_act
def release(*, actor: Actor, nomination: Nomination, reason: str, on: datetime.date) -> Nomination:
    """Release a held nomination, back to where it was held: appraised, or passed by the council already.

    Raises Refused, MoveRefused, CannotDo.
    """
    nomination = locked(nomination)
    voted = queries.council_item(nomination)
    passed = voted is not None and voted.state == ItemState.VOTED and voted.passed
    move = open_move(NOMINATION, "release", thing=nomination, actor=actor, queries=queries, who=WHO_STANDING)
    reason = given(reason, what="Lý do")
    held = nomination.holds.select_for_update().get(released_on__isnull=True)
    if on < held.since:
        raise CannotDo(f"Tạm dừng từ ngày {held.since:%d/%m/%Y}; ngày tiếp tục xét không thể sớm hơn.")
    held.released_on, held.released_by, held.release_reason = on, actor.key, reason
    held.save(update_fields=["released_on", "released_by", "release_reason"])
    if passed:
        release_passed(nomination)
    else:
        move_to(nomination, move.target)
    record_act(actor, "release", nomination, {"on": on, "state": nomination.state}, because=reason)
    return nomination


@official_act
def reconsider(*, actor: Actor, nomination: Nomination, reason: str, on: datetime.date) -> Nomination:
    """Take a nomination that the council passed back to where it may go before the council again.

    It is no candidate for a decision until then: as when what it brought was annulled. Raises Refused, MoveRefused,
    CannotDo.
    """
    nomination = locked(nomination)
    move = open_move(NOMINATION, "reconsider", thing=nomination, actor=actor, queries=queries, who=WHO_STANDING)
    reason = given(reason, what="Lý do")
    move_to(nomination, move.target)
    remark(actor, nomination, verb="reconsider", note=reason, on=on)
    record_act(actor, "reconsider", nomination, {"on": on}, because=reason)
    return nomination


def _run(campaign: Campaign) -> Run:
    run = latest_run(campaign.year)
    if run is None:
        raise CannotDo(f"Chưa xét danh hiệu năm {campaign.year}; xét trước, rồi thẩm định.")
    return run


def _outcomes(run: Run, nominations: list[Nomination]) -> dict[int, str]:
    """What a run found of each nomination's subject and title; *unknown* for whom it did not judge."""
    people = {item.person_id for item in nominations if item.person_id}
    units = {item.unit_id for item in nominations if not item.person_id}
    whose = Q(judged__person_id__in=people) | Q(judged__person__isnull=True, judged__unit_id__in=units)
    rows = FindingRow.objects.filter(whose, judged__run=run)
    found: dict[tuple[int | None, int | None, str], str] = {
        (person, None if person else unit, title): outcome
        for person, unit, title, outcome in rows.values_list("judged__person", "judged__unit", "title", "outcome")
    }
    return {
        item.pk: found.get(
            (item.person_id, None if item.person_id else item.unit_id, item.title), Outcome.UNKNOWN.value
        )
        for item in nominations
    }


def _advice(outcome: str) -> Advice:
    """What a finding advises by itself."""
    return ADVICE.get(Outcome(outcome), Advice.NOT_ELIGIBLE)


def _leave_agenda(actor: Actor, nomination: Nomination) -> None:
    """Off the agenda; the members are told that it is held, the reason stays with the hold."""
    item = queries.council_item(nomination)
    if item is not None and item.state == ItemState.VOTED:
        raise CannotDo(f"{nomination.subject}: Hội đồng đã biểu quyết; lấy kết quả phiên họp rồi tạm dừng.")
    if item is not None:
        withdraw_item(actor=actor, item=item, because=str(NominationState.HELD.label))
