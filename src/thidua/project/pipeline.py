"""What follows what: the one place that may ask every app about one campaign."""

from collections.abc import Iterator

from django.db.models import Model, Q, QuerySet

from thidua.apps.campaigns.models import Campaign
from thidua.apps.decisions.models import Decision, Line, ProposalLine
from thidua.apps.decisions.states import DecisionState
from thidua.apps.evaluations.models import Run
from thidua.apps.honours.models import Posting
from thidua.apps.honours.states import PostingState
from thidua.apps.nominations.models import Nomination
from thidua.apps.nominations.states import NominationState
from thidua.apps.records.models import Import
from thidua.apps.registrations.models import UnitSheet
from thidua.apps.registrations.states import SheetState

SETTLED = (
    NominationState.UNIT_DECLINED,
    NominationState.NOT_PASSED,
    NominationState.WITHDRAWN,
    NominationState.PASSED,  # asked for by itself: it waits for its decision or proposal
)


def rests_on_import(imported: Import) -> list[str]:
    """What was judged with what an import brought, as sentences."""
    runs = Run.objects.filter(known_at__gte=imported.imported_at).order_by("-known_at")
    return [f"Lượt xét danh hiệu năm {run.year} lúc {run.known_at:%H:%M %d/%m/%Y} đã dùng." for run in runs[:1]]


def open_before_closing(campaign: Campaign) -> list[str]:
    """What the rest of the corridor has still to finish before a campaign is closed, as sentences."""
    return [f"{what}: {count}." for what, count in _open(campaign) if count]


def _open(campaign: Campaign) -> Iterator[tuple[str, int]]:
    sheets = UnitSheet.objects.filter(campaign=campaign).exclude(state=SheetState.ACCEPTED)
    nominations = Nomination.objects.filter(campaign=campaign)
    decided = Line.objects.filter(nomination__isnull=False).values("nomination")
    proposed = ProposalLine.objects.filter(live=True).values("nomination")
    passed = nominations.filter(state=NominationState.PASSED)
    undecided = passed.exclude(pk__in=decided).exclude(pk__in=proposed)
    own = Q(lines__nomination__campaign=campaign)
    drafts = Decision.objects.filter(own, state__in=(DecisionState.DRAFTED, DecisionState.SENT))
    postings = Posting.objects.filter(state=PostingState.POSTED)
    found: tuple[tuple[str, QuerySet[Model]], ...] = (
        ("Bảng đăng ký thi đua Thường trực chưa nhận", sheets),
        ("Hồ sơ đề nghị chưa xét xong", nominations.exclude(state__in=SETTLED)),
        ("Hồ sơ Hội đồng đã thông qua, chưa có quyết định hoặc tờ trình", undecided),
        ("Quyết định chưa có bản ký", drafts),
        ("Danh sách còn đang niêm yết", postings),
    )
    for what, rows in found:
        yield what, rows.distinct().count()
