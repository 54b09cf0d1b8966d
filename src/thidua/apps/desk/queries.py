"""What a person finds on coming in: the campaigns, and what is due from them, by when and why."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, DateField, Exists, F, Min, Model, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thidua.apps.accounts.access import may_run_emulation
from thidua.apps.accounts.queries import Actor
from thidua.apps.accounts.states import Role
from thidua.apps.campaigns.models import Acknowledgement, Campaign, Delivery, Milestone, Plan
from thidua.apps.campaigns.queries import campaigns
from thidua.apps.campaigns.states import CampaignState, MilestoneKind, PlanState
from thidua.apps.councils.models import Attendance, Conflict, Item, Position, Session
from thidua.apps.councils.states import CouncilKind, ItemState, Presence, SessionState, VoteMode
from thidua.apps.decisions.models import Decision, Line, Proposal, ProposalLine
from thidua.apps.decisions.states import DecisionState, ProposalState
from thidua.apps.evaluations.models import Judged, Run
from thidua.apps.evaluations.queries import find_person, latest_run
from thidua.apps.honours.models import Objection, Posting
from thidua.apps.honours.states import ObjectionState, PostingState
from thidua.apps.initiatives.models import Initiative
from thidua.apps.initiatives.states import InitiativeState
from thidua.apps.nominations.models import Nomination
from thidua.apps.nominations.states import NominationState
from thidua.apps.records.models import FactObjection
from thidua.apps.records.states import ObjectionState as FactObjectionState
from thidua.apps.registrations.models import Mark, Registration, UnitSheet
from thidua.apps.registrations.states import SheetState

NEWS_DAYS = 30


@dataclass(frozen=True)
class CampaignCard:
    """A campaign with its latest run and the actor's own place in it."""

    campaign: Campaign
    run: Run | None
    own: Judged | None


@dataclass(frozen=True)
class Task:
    """One thing to do: what, why, until when (None: no day is set), and where."""

    label: str
    why: str
    address: str
    due: datetime.date | None = None

    def is_late(self, on: datetime.date) -> bool:
        """Whether the day has passed."""
        return self.due is not None and self.due < on


def home_cards(actor: Actor) -> Sequence[CampaignCard]:
    """The agency's campaigns, newest first, each with the actor's own findings where there are any."""
    cards = []
    for campaign in campaigns():
        run = latest_run(campaign.year)
        own = find_person(run, actor.person_id) if run and actor.person_id else None
        cards.append(CampaignCard(campaign=campaign, run=run, own=own))
    return cards


def tasks_of(actor: Actor, cards: Sequence[CampaignCard], *, on: datetime.date) -> list[Task]:
    """What is due from the actor on a day, soonest first; things without a day come last."""
    open_campaigns = [card.campaign for card in cards if card.campaign.state == CampaignState.LAUNCHED]
    found = [*_own_tasks(actor, open_campaigns), *_head_tasks(actor, open_campaigns)]
    found += _counted_tasks(actor, cards, on=on)
    return sorted(found, key=lambda task: (task.due is None, task.due or datetime.date.max))


def _own_tasks(actor: Actor, open_campaigns: Sequence[Campaign]) -> Iterator[Task]:
    if actor.person_id is None or not open_campaigns:
        return
    known = set(Acknowledgement.objects.filter(person_id=actor.person_id).values_list("campaign_id", flat=True))
    signed_up = set(
        Registration.objects.current().filter(person_id=actor.person_id).values_list("campaign_id", flat=True)
    )
    for campaign in open_campaigns:
        if campaign.pk not in known:
            yield Task(
                _("Xác nhận đã được quán triệt kế hoạch"),
                campaign.title,
                reverse("campaigns:briefing", args=[campaign.pk]),
                _due(campaign, MilestoneKind.BRIEFING),
            )
        if campaign.pk not in signed_up:
            yield Task(
                _("Đăng ký thi đua"),
                campaign.title,
                reverse("registrations:own", args=[campaign.pk]),
                _due(campaign, MilestoneKind.REGISTRATION),
            )


def _head_tasks(actor: Actor, open_campaigns: Sequence[Campaign]) -> Iterator[Task]:
    if not actor.headed_units or not open_campaigns:
        return
    mine = Q(unit_id__in=actor.headed_units, campaign__in=[campaign.pk for campaign in open_campaigns])
    for delivery in Delivery.objects.filter(mine, received_on__isnull=True):
        where = reverse("campaigns:briefing", args=[delivery.campaign_id])
        yield Task(_("Ký nhận kế hoạch và chỉ tiêu của đơn vị"), "", where)
    waiting = (SheetState.DRAFTING, SheetState.RETURNED)
    for sheet in UnitSheet.objects.filter(mine, state__in=waiting).select_related("campaign"):
        where = reverse("registrations:unit", args=[sheet.campaign_id, sheet.unit_id])
        due = _due(sheet.campaign, MilestoneKind.REGISTRATION)
        yield Task(_("Nộp bảng đăng ký thi đua của đơn vị"), str(sheet.get_state_display()), where, due)
    drafted = (NominationState.DRAFTED, NominationState.RETURNED, NominationState.UNIT_PASSED)
    rows = Nomination.objects.filter(mine, state__in=drafted).values_list("campaign__year", "unit_id")
    for year, unit in set(rows):
        where = reverse("nominations:unit", args=[year, unit])
        yield Task(_("Hoàn thành bình xét và trình hồ sơ của đơn vị"), "", where)


def _due(campaign: Campaign, kind: MilestoneKind) -> datetime.date | None:
    return next((row.due for row in campaign.milestones.all() if row.is_current and row.kind == kind), None)


Counted = tuple[str, int, datetime.date | None, int]


def _counted_tasks(actor: Actor, cards: Sequence[CampaignCard], *, on: datetime.date) -> Iterator[Task]:
    """What waits for the actor alone, and for those who run emulation, counted in one query."""
    runs = may_run_emulation(actor)
    parts = [*_own_parts(actor, on=on), *(_standing_parts() if runs else ())]
    if not parts:
        return
    waiting = {what: (count, due, first) for what, count, due, first in parts[0].union(*parts[1:], all=True) if count}
    places = _own_places(actor, cards, {what: first for what, (_count, _due, first) in waiting.items()})
    if runs:
        places |= _places(actor, cards[0].campaign.pk, cards[0].campaign.year) if cards else {"plans": _place("plans")}
    for what, (label, address) in places.items():
        if what in waiting:
            count, due, _first = waiting[what]
            yield Task(f"{label} ({count})", "", address, due)


def _place(what: str) -> tuple[str, str]:
    return {"plans": (_("Xác nhận bản đọc kế hoạch"), reverse("campaigns:plan-new"))}[what]


def _own_places(actor: Actor, cards: Sequence[CampaignCard], first: Mapping[str, int]) -> dict[str, tuple[str, str]]:
    """What may wait for the actor alone, in words, and the page where it is dealt with."""
    returned = f"{reverse('initiatives:initiatives')}?trang-thai={InitiativeState.RETURNED.value}"
    places = {"own-initiatives": (_("Sáng kiến của bạn được trả lại để bổ sung"), returned)}
    if "own-votes" in first:
        session = reverse("councils:session", args=[first["own-votes"]])
        places["own-votes"] = (_("Phiên họp đang lấy biểu quyết của bạn"), session)
    if "own-marks" in first:
        own = reverse("registrations:own", args=[first["own-marks"]])
        places["own-marks"] = (_("Đăng ký của bạn được trả lại để sửa"), own)
    if cards and actor.person_id is not None:
        records = reverse("records:person", args=[cards[0].campaign.year, actor.person_id])
        places["own-answers"] = (_("Phản ánh dữ kiện của bạn đã được trả lời"), records)
    return places


def _places(actor: Actor, campaign: int, year: int) -> dict[str, tuple[str, str]]:
    """What may wait, in words, and the page where it is dealt with."""
    nominations = reverse("nominations:table", args=[year])
    return {
        "plans": _place("plans"),
        "deliveries": (_("Đơn vị chưa ký nhận kế hoạch"), reverse("campaigns:briefing", args=[campaign])),
        "sheets": (_("Bảng đăng ký chờ nhận"), reverse("registrations:summary", args=[campaign])),
        "returned-sheets": (
            _("Bảng đăng ký đã trả lại, chờ nộp lại"),
            reverse("registrations:summary", args=[campaign]),
        ),
        "fact-objections": (_("Phản ánh dữ kiện sai chờ trả lời"), reverse("records:objections", args=[year])),
        "applications": (_("Đơn sáng kiến chờ kiểm tra hình thức"), reverse("initiatives:initiatives")),
        "assessed": (_("Sáng kiến chờ đưa ra Hội đồng"), reverse("initiatives:initiatives")),
        "to-recognise": (_("Sáng kiến chờ Giám đốc công nhận"), reverse("initiatives:initiatives")),
        "submitted": (_("Hồ sơ chờ thẩm định"), nominations),
        "held": (_("Hồ sơ đang tạm dừng xét"), nominations),
        "appraised": (_("Hồ sơ chờ đưa vào chương trình họp"), nominations),
        "sessions": (_("Phiên họp chưa ký biên bản"), reverse("councils:councils")),
        "undecided": (_("Hội đồng đã thông qua, chưa có quyết định hoặc tờ trình"), reverse("decisions:decisions")),
        "drafts": (_("Dự thảo quyết định chờ gửi ký"), reverse("decisions:decisions")),
        "sent": (
            _("Quyết định chờ bạn ký") if actor.has(Role.DIRECTOR) else _("Quyết định chờ bản ký trở về"),
            reverse("decisions:decisions"),
        ),
        "proposals": (_("Tờ trình chưa gửi"), reverse("decisions:decisions")),
        "proposals-sent": (_("Tờ trình đã gửi, chờ kết quả của cấp trên"), reverse("decisions:decisions")),
        "objections": (_("Ý kiến về danh sách niêm yết chờ trả lời"), reverse("honours:postings")),
        "postings": (_("Niêm yết chờ kết thúc"), reverse("honours:postings")),
    }


def _own_parts(actor: Actor, *, on: datetime.date) -> "list[QuerySet[Model, Counted]]":
    """What waits for one person: returned to them, to be voted on by them, answered to them."""
    if actor.person_id is None:
        return []
    own = Q(authors__person_id=actor.person_id) | Q(drafted_by=actor.key)
    returned = Initiative.objects.filter(state=InitiativeState.RETURNED).filter(own)
    marks = Mark.objects.filter(registration__person_id=actor.person_id, settled_at=None)
    answered = FactObjection.objects.exclude(state=FactObjectionState.OPEN).filter(raised_by=actor.key)
    return [
        _count("own-initiatives", returned),
        _count("own-votes", _open_votes(actor), first="session_id"),
        _count("own-marks", marks.filter(sheet__state=SheetState.RETURNED), first="sheet__campaign_id"),
        _count("own-answers", answered.filter(answered_on__gt=on - datetime.timedelta(days=NEWS_DAYS))),
    ]


def _open_votes(actor: Actor) -> QuerySet[Item]:
    """Open votes of running sessions in which the actor is present, is not barred and has not voted."""
    mine = {"member__person_id": actor.person_id}
    here = Attendance.objects.filter(session=OuterRef("session"), presence=Presence.PRESENT, left_at=None, **mine)
    voting = Item.objects.filter(state=ItemState.VOTING, mode=VoteMode.OPEN, session__state=SessionState.OPENED)
    given = Position.objects.filter(item=OuterRef("pk"), **mine)
    barred = Conflict.objects.filter(item=OuterRef("pk"), **mine)
    return voting.filter(Exists(here), ~Exists(given), ~Exists(barred))


def _standing_parts() -> "list[QuerySet[Model, Counted]]":
    """What waits for those who run emulation: how many of each, and the soonest day."""
    decided = Line.objects.filter(nomination__isnull=False).values("nomination")
    proposed = ProposalLine.objects.filter(live=True).values("nomination")
    undecided = Nomination.objects.filter(state=NominationState.PASSED).exclude(pk__in=proposed)
    of_agency = Session.objects.exclude(council__kind=CouncilKind.UNIT)
    return [
        _count("plans", Plan.objects.filter(state=PlanState.READ)),
        _count("deliveries", Delivery.objects.filter(received_on__isnull=True)),
        _count("sheets", UnitSheet.objects.filter(state=SheetState.SUBMITTED)),
        _count("returned-sheets", UnitSheet.objects.filter(state=SheetState.RETURNED)),
        _count("fact-objections", FactObjection.objects.filter(state=FactObjectionState.OPEN)),
        _count("applications", Initiative.objects.filter(state=InitiativeState.APPLIED), "answer_due"),
        _count("assessed", Initiative.objects.filter(state=InitiativeState.ACCEPTED), "decision_due"),
        _count("to-recognise", Initiative.objects.filter(state=InitiativeState.PASSED), "decision_due"),
        _count("submitted", Nomination.objects.filter(state=NominationState.SUBMITTED)),
        _count("held", Nomination.objects.filter(state=NominationState.HELD)),
        _count("appraised", Nomination.objects.filter(state=NominationState.APPRAISED)),
        _count("sessions", of_agency.exclude(state=SessionState.MINUTED), "held_on"),
        _count("undecided", undecided.exclude(pk__in=decided)),
        _count("drafts", Decision.objects.filter(state=DecisionState.DRAFTED), "dated"),
        _count("sent", Decision.objects.filter(state=DecisionState.SENT), "dated"),
        _count("proposals", Proposal.objects.filter(state=ProposalState.DRAFTED), "dated"),
        _count("proposals-sent", Proposal.objects.filter(state=ProposalState.SENT)),
        _count("objections", Objection.objects.filter(state=ObjectionState.RECEIVED), "answer_due"),
        _count("postings", Posting.objects.filter(state=PostingState.POSTED), "closes_on"),
    ]


def _count(what: str, rows: "QuerySet[Model]", due: str = "", *, first: str = "pk") -> "QuerySet[Model, Counted]":
    """One row: what, how many, the soonest day, and the first of them (or of what they belong to)."""
    soonest = Min(F(due)) if due else Min(Cast(Value(None), DateField()))
    named = rows.order_by().annotate(what=Value(what)).values("what")
    counted = named.annotate(count=Count("pk", distinct=True), due=soonest, first=Min(first))
    return counted.values_list("what", "count", "due", "first")


def milestones_ahead(cards: Sequence[CampaignCard], *, on: datetime.date) -> list[Milestone]:
    """The days of the open campaigns that still lie ahead, soonest first."""
    open_campaigns = [card.campaign.pk for card in cards if card.campaign.state == CampaignState.LAUNCHED]
    ahead = Milestone.objects.current().filter(campaign__in=open_campaigns, due__gte=on)
    return list(ahead.select_related("campaign"))


def late_words(task: Task, *, on: datetime.date) -> str:
    """“quá hạn 3 ngày”, “còn 5 ngày”, “hôm nay”; empty without a day."""
    if task.due is None:
        return ""
    days = (task.due - on).days
    if days == 0:
        return _("hôm nay")
    if days < 0:
        return ngettext("quá hạn {days} ngày", "quá hạn {days} ngày", -days).format(days=-days)
    return ngettext("còn {days} ngày", "còn {days} ngày", days).format(days=days)
