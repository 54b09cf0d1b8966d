"""Pages of nominations: the appraisal table, a unit's list, one dossier, the line of a limited title."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from thidua.apps.accounts.access import may_see_person, may_see_unit, require
from thidua.apps.accounts.forms import ActForm
from thidua.apps.accounts.middleware import ActorRequest
from thidua.apps.accounts.queries import TABLE_ASKED, page_of
from thidua.apps.campaigns.models import Campaign
from thidua.apps.councils.models import Session
from thidua.apps.councils.states import SessionState
from thidua.apps.nominations import actions, forms, queries
from thidua.apps.nominations.access import (
    WHO_READS,
    may_appraise,
    may_nominate,
    may_read_grave,
    may_see_nomination,
    may_see_table,
    may_see_unit_list,
    may_waive_registration,
)
from thidua.apps.nominations.models import Nomination
from thidua.apps.nominations.queries import Candidate, CouncilTable, Dossier, Filters, LeftOut, UnitYear
from thidua.apps.nominations.states import NOMINATION, Advice, NominationState
from thidua.apps.records.access import may_see_facts_of_unit
from thidua.apps.units.models import Unit
from thidua.core.papers.docx import paper_docx
from thidua.core.papers.pdf import paper_pdf

PAPERS: dict[str, tuple[Callable[..., bytes], str]] = {
    "pdf": (paper_pdf, "application/pdf"),
    "docx": (paper_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}
SEERS = "thường trực, giám đốc, thanh tra"
MOST = 10**9
A_PAGE = 100


@login_required
def table(request: ActorRequest, year: int) -> HttpResponse:
    """The appraisal table of a year, filtered and paged by the address."""
    require(may_see_table(request.actor), SEERS)
    campaign = _campaign(year)
    found = _table(request, campaign)
    offers = _table_offers(request, found) if may_appraise(request.actor) else []
    if _done(request, offers):
        return redirect(request.path)
    return render(request, "nominations/table.html", {"table": found, "offers": offers, "advices": Advice})


def _table(request: ActorRequest, campaign: Campaign) -> queries.CouncilTable:
    """One page; or the whole as a file, which goes from hand to hand and so says that somebody is held, not why."""
    filters = _filters(request.GET)
    if TABLE_ASKED in request.GET:
        return queries.council_table(campaign, filters=filters, per_page=None, guarded=True)
    return queries.council_table(campaign, _number(request.GET.get("trang", "")) or 1, filters=filters)


@login_required
def paper(request: ActorRequest, year: int, form: str) -> HttpResponse:
    """The whole appraisal table as an A3 paper, under the same filters."""
    require(may_see_table(request.actor), SEERS)
    campaign = _campaign(year)
    if form not in PAPERS:
        raise Http404("Chỉ có tệp .pdf và .docx.")
    write, media_type = PAPERS[form]
    data = write(queries.appraisal_paper(campaign, filters=_filters(request.GET)))
    named = {"Content-Disposition": f'attachment; filename="bang-tham-dinh-{year}.{form}"'}
    return HttpResponse(data, content_type=media_type, headers=named)


@login_required
def quota(request: ActorRequest, year: int) -> HttpResponse:
    """Titles with a limit: places, who stands in line and by which facts."""
    require(may_see_table(request.actor), SEERS)
    campaign = _campaign(year)
    standings = queries.quota_standing(campaign)
    limited = dict.fromkeys(item.quota.title for item in standings)
    problems = [problem for title in limited for problem in queries.limit_problems(year, title)]
    longest = max((len(lines) for item in standings for lines in (item.lines, item.others)), default=0)
    page = page_of(range(longest), request.GET.get("trang"), size=A_PAGE)
    part = slice(max(page.start_index() - 1, 0), page.end_index())
    shown = [(item, item.lines[part], item.others[part]) for item in standings]
    context = {"campaign": campaign, "shown": shown, "problems": problems, "page": page}
    return render(request, "nominations/quota.html", context)


@login_required
def unit(request: ActorRequest, year: int, pk: int) -> HttpResponse:
    """A unit's list: who is put forward, who is not and why, the meeting, the way up."""
    require(may_see_unit_list(request.actor, unit_id=pk), f"trưởng đơn vị, {SEERS}")
    found = queries.unit_year(_campaign(year), get_object_or_404(Unit.objects.all(), pk=pk))
    candidates = queries.unit_candidates(found)
    nominated = [item for item in candidates if item.nomination]
    sessions = queries.review_sessions(found.campaign, found.unit)
    missing = queries.left_out(found)
    wanted = _asked(request, found)
    offers = _unit_offers(request, found, nominated, missing, sessions, wanted)
    if _done(request, offers):
        return redirect(request.path)
    asked = request.GET.get("nguoi", "")
    votes = queries.unit_votes([item.nomination for item in nominated if item.nomination], year)
    context = {
        "year": found,
        "nominated": [(item, votes.get(item.nomination.pk, "")) for item in nominated if item.nomination],
        "missing": missing,
        "sessions": sessions,
        "offers": offers,
        "may_nominate": (nominates := may_nominate(request.actor, unit_id=pk)),
        "may_waive": (waives := may_waive_registration(request.actor)),
        "may_put_forward": nominates or waives,
        "wanted": wanted,
        "asked_id": _asked_id(asked, found),
        "asked_words": "" if asked.isdecimal() else asked,
        "page": page_of(missing, request.GET.get("trang"), size=A_PAGE),
        "asked_title": request.GET.get("danh_hieu", ""),
    }
    return render(request, "nominations/unit.html", context)


@login_required
def dossier(request: ActorRequest, pk: int) -> HttpResponse:
    """One dossier: claims on their facts, the finding, the history, what can be done now."""
    rows = Nomination.objects.select_related("campaign", "person", "unit")
    nomination: Nomination = get_object_or_404(rows, pk=pk)
    seen = may_see_nomination(request.actor, nomination, sits=False)
    require(seen or queries.sits_on(request.actor, nomination), WHO_READS)
    found = queries.dossier_of(nomination, guarded=not may_read_grave(request.actor, nomination))
    offers = _dossier_offers(request, found)
    if _done(request, offers):
        return redirect(request.path)
    context = {"dossier": found, "nomination": nomination, "offers": offers}
    context |= {"sees_reasons": _sees_reasons(request, nomination), "sees_facts": _sees_facts(request, nomination)}
    return render(request, "nominations/dossier.html", context)


def _sees_reasons(request: ActorRequest, nomination: Nomination) -> bool:
    """Whether the reader may open the conditions of whom the dossier is about."""
    if nomination.person_id is None:
        return may_see_unit(request.actor, unit_id=nomination.unit_id)
    return may_see_person(request.actor, person_id=nomination.person_id, unit_id=nomination.unit_id)


def _sees_facts(request: ActorRequest, nomination: Nomination) -> bool:
    """Whether the reader may open the records behind the claims."""
    if nomination.person_id is None:
        return may_see_facts_of_unit(request.actor, unit_id=nomination.unit_id)
    return _sees_reasons(request, nomination)


def _campaign(year: int) -> Campaign:
    if (campaign := queries.campaign_of_year(year)) is None:
        raise Http404(f"Năm {year} chưa có phong trào nào được phát động.")
    return campaign


def _number(words: str) -> int | None:
    return int(words) if words.isdecimal() and int(words) < MOST else None


def _filters(given: QueryDict) -> Filters:
    """The filters in the address; what is none of ours is left out."""
    advice, state = given.get("tham_dinh", ""), given.get("trang_thai", "")
    return Filters(
        unit_id=_number(given.get("don_vi", "")),
        title=title if (title := given.get("danh_hieu", "")).isidentifier() else "",
        advice=advice if advice in (*Advice.values, "none") else "",
        state=state if state in NominationState.values else "",
    )


def _done(request: ActorRequest, offers: Sequence[forms.Offer]) -> bool:
    """Whether the act that was sent is done; then its page is asked for anew."""
    sent = next((offer for offer in offers if offer.name == request.GET.get("viec")), None)
    if request.method != "POST":
        return False
    if sent is None:
        messages.error(request, _("Việc này không còn làm được ở bước hiện tại. Xem lại trạng thái bên dưới."))
        return True
    if not sent.form.submit(sent.act, actor=request.actor, **sent.given):
        return False
    messages.success(request, sent.done)
    return True


class _Shelf:
    """Collects what a page offers; the form that was sent is bound to what was typed."""

    def __init__(self, request: ActorRequest) -> None:
        self.request = request
        self.offers: list[forms.Offer] = []

    def add(
        self,
        name: str,
        form: type[ActForm],
        act: Callable[..., Any],
        *,
        given: dict[str, object],
        words: tuple[str, str],
        extra: str = "",
        **options: Any,
    ) -> None:
        """Offer an act; ``words`` are its button and what is said when it is done."""
        sent = self.request.method == "POST" and self.request.GET.get("viec") == name
        made = form(self.request.POST if sent else None, prefix=name, **options)
        self.offers.append(forms.Offer(name, made, act, given, words[0], words[0], words[1], extra))


def _table_offers(request: ActorRequest, found: CouncilTable) -> list[forms.Offer]:
    shelf = _Shelf(request)
    campaign: dict[str, object] = {"campaign": found.campaign}
    if found.waiting:
        words = _("Thẩm định %(count)s đề nghị theo kết quả xét") % {"count": found.waiting}
        shelf.add("tham-dinh", forms.DayForm, actions.appraise_all, given=campaign, words=(words, _("Đã thẩm định.")))
    sessions = queries.council_sessions(found.campaign)
    if found.appraised and (open_ := queries.sessions_to_put_on(sessions)):
        words = _("Đưa đề nghị đã thẩm định vào chương trình họp")
        done = (words, _("Đã đưa vào chương trình họp."))
        form = forms.AgendaForm
        shelf.add("chuong-trinh", form, _put_on, given=campaign, words=done, sessions=open_, titles=found.titles)
    on_agenda = dict(found.states).get(NominationState.ON_AGENDA)
    if on_agenda and (over := queries.sessions_with_results(sessions)):
        said = (_("Lấy kết quả phiên họp"), _("Đã lấy kết quả."))
        shelf.add("ket-qua", forms.SessionForm, actions.take_results, given={}, words=said, sessions=over)
    return shelf.offers


def _put_on(*, campaign: Campaign, title: str, **given: Any) -> object:
    rows = Nomination.objects.filter(campaign=campaign, state=NominationState.APPRAISED)
    chosen = rows.filter(title=title) if title else rows
    return actions.put_on_agenda(nominations=list(chosen.order_by("unit__code", "person__sort_key", "title")), **given)


def _unit_offers(
    request: ActorRequest,
    year: UnitYear,
    nominated: Sequence[Candidate],
    missing: Sequence[LeftOut],
    sessions: Sequence[Session],
    wanted: Candidate | None,
) -> list[forms.Offer]:
    shelf = _Shelf(request)
    given: dict[str, object] = {"campaign": year.campaign, "unit": year.unit}
    nominates = may_nominate(request.actor, unit_id=year.unit.pk)
    if wanted and (may_waive_registration(request.actor) if wanted.lacks_registration else nominates):
        _offer_one(shelf, wanted, given)
    if year.run is None or not nominates:
        return shelf.offers
    if any(item.candidate.registered and item.candidate.outcome == "met" for item in missing):
        words = (_("Lập danh sách đề nghị từ đăng ký và kết quả xét"), _("Đã lập danh sách đề nghị."))
        shelf.add("lap-danh-sach", forms.DayForm, actions.draft_list, given=given, words=words)
    rows = {state: [item for item in nominated if item.nomination and item.nomination.state == state] for state in S}
    if rows[S.DRAFTED] or rows[S.RETURNED]:
        words = (_("Đưa danh sách ra họp bình xét"), _("Đã lập cuộc họp bình xét."))
        people = [member.person for member in year.members if member.left_on is None]
        shelf.add("hop", forms.ReviewForm, actions.plan_review, given=given, words=words, people=people)
    over = next((item for item in sessions if item.state in (SessionState.CLOSED, SessionState.MINUTED)), None)
    if rows[S.ON_UNIT_AGENDA] and over:
        words = (_("Lấy kết quả họp bình xét"), _("Đã lấy kết quả họp bình xét."))
        shelf.add("lay-phieu", forms.NoForm, actions.take_unit_votes, given={"session": over}, words=words)
    if ready := rows[S.UNIT_PASSED] + rows[S.RETURNED]:
        chosen = [(item.nomination, f"{item.subject} – {item.title_name}") for item in ready]
        words = (_("Trình thường trực Hội đồng"), _("Đã trình."))
        shelf.add("trinh", forms.SubmitForm, actions.submit, given={}, words=words, rows=chosen)
    return shelf.offers


S = NominationState


def _asked(request: ActorRequest, year: UnitYear) -> Candidate | None:
    """Whom the address names, registered or not, for which title."""
    who, title = request.GET.get("nguoi", ""), request.GET.get("danh_hieu", "")
    person = _asked_id(who, year)
    return None if who and person is None else year.asked(person, title)


def _asked_id(who: str, year: UnitYear) -> int | None:
    """The key of a member from the address: as a link has it, or typed as name or code."""
    return _number(who) if who.isdecimal() else year.member_named(who)


def _offer_one(shelf: _Shelf, item: Candidate, given: dict[str, object]) -> None:
    """The form of the one candidate whom the address names, with reason and article when against the finding."""
    words = (
        _("Đề nghị %(title)s cho %(who)s") % {"title": item.title_name, "who": item.subject},
        _("Đã lập đề nghị."),
    )
    form = forms.OverrideForm if item.is_against else forms.DayForm
    known = {**given, "title": item.title, "person": item.person}
    extra = f"&nguoi={item.person.pk if item.person else ''}&danh_hieu={item.title}#lap"
    shelf.add("lap", form, actions.draft_nomination, given=known, words=words, extra=extra)


def _dossier_offers(request: ActorRequest, found: Dossier) -> list[forms.Offer]:
    """The acts open from the nomination's state, for who may do them."""
    nomination, shelf = found.nomination, _Shelf(request)
    open_ = {move.verb for move in NOMINATION.open_moves(nomination.state)}
    given: dict[str, object] = {"nomination": nomination}
    if may_appraise(request.actor):
        offers = (
            ("appraise", forms.AppraiseForm, actions.appraise, _("Thẩm định"), _("Đã ghi ý kiến thẩm định.")),
            ("return_nomination", forms.ReturnForm, actions.return_nomination, _("Trả lại đơn vị"), _("Đã trả lại.")),
            ("hold", forms.HoldForm, actions.hold, _("Tạm dừng xét"), _("Đã tạm dừng xét.")),
            ("reconsider", forms.ReconsiderForm, actions.reconsider, _("Xét lại"), _("Đã đưa về để Hội đồng xét lại.")),
            ("release", forms.ReleaseForm, actions.release, _("Tiếp tục xét"), _("Đã tiếp tục xét.")),
        )
        for verb, form, act, button, done in offers:
            if verb in open_:
                shelf.add(verb, form, act, given=given, words=(button, done))
    if may_nominate(request.actor, unit_id=nomination.unit_id) and "withdraw" in open_:
        words = (_("Rút đề nghị"), _("Đã rút đề nghị."))
        shelf.add("withdraw", forms.WithdrawForm, actions.withdraw, given=given, words=words)
    return shelf.offers
