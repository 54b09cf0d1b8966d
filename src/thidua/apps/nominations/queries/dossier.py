"""One dossier: its claims on their facts, what happened to it, and who may open it because they sit on it."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Value
from django.utils import timezone
from django.utils.translation import gettext as _

from thidua.apps.accounts.models import User
from thidua.apps.accounts.queries import Actor
from thidua.apps.councils.models import Item, Member
from thidua.apps.councils.queries import result_words
from thidua.apps.councils.states import ItemState
from thidua.apps.evaluations.models import FindingRow, Run
from thidua.apps.evaluations.queries import latest_run, ruleset_of_run
from thidua.apps.nominations.models import Appraisal, Claim, Hold, Nomination
from thidua.apps.nominations.queries.meetings import COUNCIL_SUBJECT, REVIEW_SUBJECT
from thidua.apps.nominations.queries.reasons import NOT_JUDGED, finding_words
from thidua.apps.records.queries import KINDS
from thidua.core.law.schema import Ruleset
from thidua.core.law.terms import Kind

SUBJECTS = (REVIEW_SUBJECT, COUNCIL_SUBJECT)


@dataclass(frozen=True)
class ClaimLine:
    """A claim and whether the fact it rests on still holds; ``standing`` is False once that was superseded."""

    claim: Claim
    standing: bool


@dataclass(frozen=True)
class HistoryLine:
    """One thing that happened: on which day, what, by whom, in which words."""

    on: datetime.date
    what: str
    who: str = ""
    note: str = ""


@dataclass(frozen=True)
class Dossier:
    """A nomination with everything that its page shows; ``held`` is the open hold, its reason the note."""

    nomination: Nomination
    title_name: str
    claims: Sequence[ClaimLine]
    history: Sequence[HistoryLine]
    appraisal: Appraisal | None
    held: HistoryLine | None
    finding: FindingRow | None
    reasons: str


def dossier_of(nomination: Nomination, *, guarded: bool) -> Dossier:
    """The whole dossier in a fixed number of queries.

    ``guarded`` leaves out why it is held and which discipline or petition stands in the way (``may_read_grave``).
    """
    claims = list(nomination.claims.all())
    standing = standing_addresses(claim.fact for claim in claims)
    appraisals, holds = list(nomination.appraisals.all()), list(nomination.holds.order_by("pk"))
    run = latest_run(nomination.campaign.year)
    finding = _finding(nomination, run) if run else None
    ruleset = ruleset_of_run(run) if run else None
    rule = ruleset.rules.get((_kind(nomination), nomination.title)) if ruleset else None
    return Dossier(
        nomination=nomination,
        title_name=rule.name if rule else nomination.title,
        claims=[ClaimLine(claim, claim.fact in standing) for claim in claims],
        history=_history(nomination, appraisals, holds, guarded=guarded),
        appraisal=appraisals[-1] if appraisals else None,
        held=next((_held(hold, guarded=guarded) for hold in holds if hold.released_on is None), None),
        finding=finding,
        reasons=_reasons(nomination, finding, ruleset, guarded=guarded),
    )


def standing_addresses(addresses: Iterable[str]) -> set[str]:
    """Those of the addresses whose fact nothing has superseded; one query."""
    models = {kind.model._meta.label_lower: kind.model for kind in KINDS.values()}
    wanted: dict[str, list[int]] = defaultdict(list)
    for address in addresses:
        label, _colon, number = address.partition(":")
        if label in models and number.isdecimal():
            wanted[label].append(int(number))
    rows = [
        models[label].objects.current().filter(pk__in=ids).order_by().values_list(Value(label), "pk")
        for label, ids in wanted.items()
    ]
    return {f"{label}:{pk}" for label, pk in rows[0].union(*rows[1:], all=True)} if rows else set()


def _kind(nomination: Nomination) -> Kind:
    return "person" if nomination.person_id else "unit"


def _finding(nomination: Nomination, run: Run) -> FindingRow | None:
    rows = FindingRow.objects.filter(judged__run=run, title=nomination.title)
    if nomination.person_id:
        return rows.filter(judged__person_id=nomination.person_id).first()
    return rows.filter(judged__person__isnull=True, judged__unit_id=nomination.unit_id).first()


def _reasons(nomination: Nomination, finding: FindingRow | None, ruleset: Ruleset | None, *, guarded: bool) -> str:
    if finding is None or ruleset is None:
        return NOT_JUDGED
    return finding_words(
        ruleset,
        kind=_kind(nomination),
        title=finding.title,
        outcome=finding.outcome,
        failed=finding.failed,
        missing=finding.missing,
        guarded=guarded,
    )


def _held(hold: Hold, *, guarded: bool, who: str = "") -> HistoryLine:
    note = "" if guarded else f"{hold.reason} ({hold.article})"
    return HistoryLine(hold.since, _("Tạm dừng xét"), who, note)


def _history(
    nomination: Nomination, appraisals: Sequence[Appraisal], holds: Sequence[Hold], *, guarded: bool
) -> list[HistoryLine]:
    """Everything that happened to a nomination, oldest first."""
    remarks = list(nomination.remarks.all())
    keys = {nomination.drafted_by, *(row.by for row in appraisals), *(row.made_by for row in remarks)}
    keys |= {key for row in holds for key in (row.held_by, row.released_by)}
    names = names_of(keys)
    lines = [HistoryLine(nomination.drafted_on, _("Lập đề nghị"), names.get(nomination.drafted_by, ""))]
    lines += [_meeting(item) for item in _items(nomination)]
    words = {
        "return_nomination": _("Trả lại đơn vị"),
        "withdraw": _("Rút đề nghị"),
        "submit": _("Đơn vị trình"),
        "reconsider": _("Đưa về để Hội đồng xét lại"),
    }
    for remark in remarks:
        day = remark.on or timezone.localdate(remark.made_at)
        lines.append(HistoryLine(day, words.get(remark.verb, remark.verb), names.get(remark.made_by, ""), remark.note))
    for row in appraisals:
        lines.append(
            HistoryLine(row.on, f"{_('Thẩm định')}: {row.get_advice_display()}", names.get(row.by, ""), row.note)
        )
    for hold in holds:
        lines.append(_held(hold, guarded=guarded, who=names.get(hold.held_by, "")))
        if hold.released_on:
            why = "" if guarded else hold.release_reason
            lines.append(HistoryLine(hold.released_on, _("Tiếp tục xét"), names.get(hold.released_by, ""), why))
    return sorted(lines, key=lambda line: line.on)


def names_of(keys: Iterable[str]) -> Mapping[str, str]:
    """The names behind actors' keys (“user:3”); the key itself for others."""
    named = {key: key for key in keys if key}
    ids = [int(key.partition(":")[2]) for key in named if key.startswith("user:")]
    for user in User.objects.filter(pk__in=ids):
        named[f"user:{user.pk}"] = user.person.full_name if user.person else user.username
    return named


def sits_on(actor: Actor, nomination: Nomination) -> bool:
    """Whether the actor is a member of a council that has the nomination on the agenda of a session."""
    if actor.person_id is None:
        return False
    items = Item.objects.filter(subject_kind__in=SUBJECTS, subject_id=nomination.pk)
    councils = items.exclude(state=ItemState.WITHDRAWN).values("session__council_id")
    members = Member.objects.filter(council__in=councils, person_id=actor.person_id, until__isnull=True)
    return members.exists()


def _items(nomination: Nomination) -> Sequence[Item]:
    items = Item.objects.filter(subject_kind__in=SUBJECTS, subject_id=nomination.pk)
    return list(items.select_related("session__council").order_by("session__held_on", "pk"))


def _meeting(item: Item) -> HistoryLine:
    waiting = str(item.get_state_display()) + (f": {item.because}" if item.because else "")
    return HistoryLine(item.session.held_on, item.session.title, note=result_words(item) or waiting)
