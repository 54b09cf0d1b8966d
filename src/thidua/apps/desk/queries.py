"""What a person finds on coming in: the campaigns, and what is due from them, by when and why."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Count, DateField, F, Min, Model, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thidua.apps.accounts.access import may_run_emulation
from thidua.apps.accounts.queries import Actor
from thidua.apps.campaigns.models import Acknowledgement, Campaign, Delivery, Milestone, Plan
from thidua.apps.campaigns.queries import campaigns
from thidua.apps.campaigns.states import CampaignState, MilestoneKind, PlanState
from thidua.apps.councils.models import Session
from thidua.apps.councils.states import CouncilKind, SessionState
from thidua.apps.decisions.models import Decision, Line, Proposal
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
from thidua.apps.registrations.models import Registration, UnitSheet
from thidua.apps.registrations.states import SheetState


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


def tasks_of(actor: Actor, cards: Sequence[CampaignCard]) -> list[Task]:
    """What is due from the actor, soonest first; things without a day come last."""
    open_campaigns = [card.campaign for card in cards if card.campaign.state == CampaignState.LAUNCHED]
    found = [*_own_tasks(actor, open_campaigns), *_head_tasks(actor, open_campaigns)]
    if may_run_emulation(actor):
        found += _standing_tasks(cards)
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


Counted = tuple[str, int, datetime.date | None]


def _standing_tasks(cards: Sequence[CampaignCard]) -> Iterator[Task]:
    """What waits for the standing secretary or the director, counted in one query."""
    year = cards[0].campaign.year if cards else 0
    waiting = {what: (count, due) for what, count, due in _waiting() if count}
    places = _places(cards[0].campaign.pk, year) if cards else {"plans": _place("plans")}
    for what, (label, address) in places.items():
        if what in waiting:
            count, due = waiting[what]
            yield Task(f"{label} ({count})", "", address, due)


def _place(what: str) -> tuple[str, str]:
    return {"plans": (_("Xác nhận bản đọc kế hoạch"), reverse("campaigns:plan-new"))}[what]


def _places(campaign: int, year: int) -> dict[str, tuple[str, str]]:
    """What may wait, in words, and the page where it is dealt with."""
    nominations = reverse("nominations:table", args=[year])
    return {
        "plans": _place("plans"),
        "deliveries": (_("Đơn vị chưa ký nhận kế hoạch"), reverse("campaigns:briefing", args=[campaign])),
        "sheets": (_("Bảng đăng ký chờ nhận"), reverse("registrations:summary", args=[campaign])),
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
        "sent": (_("Quyết định chờ bản ký trở về"), reverse("decisions:decisions")),
        "proposals": (_("Tờ trình chưa gửi"), reverse("decisions:decisions")),
        "objections": (_("Ý kiến về danh sách niêm yết chờ trả lời"), reverse("honours:postings")),
        "postings": (_("Niêm yết chờ kết thúc"), reverse("honours:postings")),
    }


def _waiting() -> list[Counted]:
    """How many of each wait, and the soonest day, in one query."""
    decided = Line.objects.filter(nomination__isnull=False).values("nomination")
    undecided = Nomination.objects.filter(state=NominationState.PASSED, proposal_line__isnull=True)
    of_agency = Session.objects.exclude(council__kind=CouncilKind.UNIT)
    parts = [
        _count("plans", Plan.objects.filter(state=PlanState.READ)),
        _count("deliveries", Delivery.objects.filter(received_on__isnull=True)),
        _count("sheets", UnitSheet.objects.filter(state=SheetState.SUBMITTED)),
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
        _count("objections", Objection.objects.filter(state=ObjectionState.RECEIVED), "answer_due"),
        _count("postings", Posting.objects.filter(state=PostingState.POSTED), "closes_on"),
    ]
    return list(parts[0].union(*parts[1:], all=True))


def _count(what: str, rows: "QuerySet[Model]", due: str = "") -> "QuerySet[Model, Counted]":
    """One row: what, how many, the soonest day."""
    soonest = Min(F(due)) if due else Min(Cast(Value(None), DateField()))
    named = rows.order_by().annotate(what=Value(what)).values("what")
    return named.annotate(count=Count("pk"), due=soonest).values_list("what", "count", "due")


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
