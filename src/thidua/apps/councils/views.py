"""Pages of councils: the lists, one session on a phone, running it, attendance, hands, counting, minutes."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from thidua.apps.accounts.access import require
from thidua.apps.accounts.forms import ActForm
from thidua.apps.accounts.middleware import ActorRequest
from thidua.apps.accounts.queries import page_of
from thidua.apps.councils import access, actions, forms, queries
from thidua.apps.councils.models import Council, Item, Session
from thidua.apps.councils.states import ItemState, MinutesKind, SessionState, VoteMode
from thidua.apps.files.queries import content
from thidua.core.papers.docx import paper_docx
from thidua.core.papers.pdf import paper_pdf

PAGE = 50
PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Acts = Mapping[str, tuple[ActForm, Callable[..., object]]]


@login_required
def councils(request: ActorRequest) -> HttpResponse:
    """Councils and sessions the reader may see; who runs the agency's emulation founds councils here."""
    form = forms.FoundForm(request.POST or None)
    if request.method == "POST" and form.submit(actions.found_council, actor=request.actor):
        return redirect("councils:council", form.result.pk)
    context = {
        "councils": queries.councils_for(request.actor),
        "page": _page(request, queries.sessions_for(request.actor)),
        "form": form if access.may_found_council(request.actor, unit=None) else None,
    }
    return render(request, "councils/councils.html", context)


@login_required
def council(request: ActorRequest, pk: int) -> HttpResponse:
    """One council: members in time, sessions; its keeper seats members and plans sessions."""
    found: Council = get_object_or_404(Council.objects.select_related("unit"), pk=pk)
    require(access.may_see_council(request.actor, found), access.READERS)
    acts = _council_acts(request, found) if access.may_run_council(request.actor, found) else {}
    if done := _do(request, acts, actor=request.actor):
        return redirect("councils:session", done.pk) if isinstance(done, Session) else redirect(request.path)
    context = {
        "council": found,
        "members": found.members.select_related("person").order_by("until", "pk"),
        "page": _page(request, queries.sessions_for(request.actor).filter(council=found)),
        "forms": _forms(acts),
    }
    return render(request, "councils/council.html", context)


@login_required
def session(request: ActorRequest, pk: int) -> HttpResponse:
    """One session, phone first: the agenda as cards, the member's own buttons, results."""
    found = _session(request, pk)
    roll = queries.roll_of(found)
    seat = roll.seat_of(request.actor)
    counts = queries.results_of(found)
    page = _page(request, found.items.select_related("session__council"), count=counts.total())
    context = {
        "session": found,
        "roll": roll,
        "seat": seat,
        "page": page,
        "cards": queries.cards(list(page), roll=roll, member=seat.member if seat else None),
        "tally": {str(state.label): counts[state.value] for state in ItemState if counts[state.value]},
        "secrecy": queries.secrecy_words(roll) if _has_secret(page) else "",
        "may_run": access.may_run_session(request.actor, found),
        "may_write": access.may_write_session(request.actor, found),
        "may_count": seat is not None or access.may_count(request.actor, found),
    }
    return render(request, "councils/session.html", context)


@login_required
def run(request: ActorRequest, pk: int) -> HttpResponse:
    """Running a session: what is missing, and the acts open now."""
    found = _session(request, pk)
    require(access.may_run_session(request.actor, found), access.RUNNERS)
    acts = _session_acts(request, found)
    if _do(request, acts, actor=request.actor, session=found) is not None:
        return redirect("councils:session", pk)
    problems = {
        SessionState.PLANNED: queries.opening_problems,
        SessionState.OPENED: queries.closing_problems,
    }.get(SessionState(found.state))
    context = {"session": found, "forms": _forms(acts), "problems": problems(found) if problems else []}
    return render(request, "councils/run.html", context)


@login_required
def attendance(request: ActorRequest, pk: int) -> HttpResponse:
    """The clerk's attendance table, and who leaves early."""
    found = _session(request, pk)
    require(access.may_write_session(request.actor, found), access.WRITERS)
    roll = queries.roll_of(found)
    acts: Acts = {
        "mark": (forms.AttendanceForm(_data(request, "mark"), roll=roll), actions.take_attendance),
        "leave": (forms.LeaveForm(_data(request, "leave"), roll=roll), actions.leave_session),
    }
    if _do(request, acts, actor=request.actor, session=found) is not None:
        messages.success(request, _("Đã ghi điểm danh."))
        return redirect(request.path)
    return render(request, "councils/attendance.html", {"session": found, "roll": roll, "forms": _forms(acts)})


@login_required
def hands(request: ActorRequest, pk: int) -> HttpResponse:
    """One show of hands for many items."""
    found = _session(request, pk)
    require(access.may_run_session(request.actor, found), access.RUNNERS)
    waiting = found.items.filter(mode=VoteMode.OPEN, state__in=[ItemState.WAITING, ItemState.VOTING])
    page = _page(request, waiting.select_related("session__council"))
    roll = queries.roll_of(found)
    form = forms.HandsForm(request.POST or None, items=list(page), roll=roll)
    if request.method == "POST" and form.submit(actions.vote_together, actor=request.actor):
        return redirect("councils:session", pk)
    return render(request, "councils/hands.html", {"session": found, "roll": roll, "page": page, "form": form})


@login_required
def count(request: ActorRequest, pk: int) -> HttpResponse:
    """A teller's sheet: one row an item; the first teller's figures are shown to nobody."""
    found = _session(request, pk)
    require(access.may_count(request.actor, found), access.TELLERS)
    page = _page(request, queries.counting_items(found))
    voters = queries.voters_of(list(page), roll=queries.roll_of(found))
    rows = queries.teller_rows(list(page), voters=voters, actor=request.actor)
    form = forms.CountForm(request.POST or None, rows=rows)
    if request.method == "POST" and form.submit(actions.enter_counts, actor=request.actor, session=found):
        return redirect(request.get_full_path())
    context = {"session": found, "page": page, "done": [row for row in rows if not row.is_open], "form": form}
    return render(request, "councils/count.html", context)


@login_required
def item(request: ActorRequest, pk: int) -> HttpResponse:
    """One item: its rule, positions or counts, and the acts open to the reader."""
    joined = Item.objects.select_related("session__council__unit", "session__chair__person", "session__clerk__person")
    found: Item = get_object_or_404(joined, pk=pk)
    require(access.may_see_session(request.actor, found.session), access.READERS)
    roll = queries.roll_of(found.session)
    seat = roll.seat_of(request.actor)
    acts = _item_acts(request, found, roll=roll, seat=seat)
    if _do(request, acts, actor=request.actor, item=found) is not None:
        return redirect(_card_address(found))
    card = queries.cards([found], roll=roll, member=seat.member if seat else None)[0]
    context = {
        "card": card,
        "item": found,
        "session": found.session,
        "roll": roll,
        "positions": queries.positions_shown(found),
        "conflicts": found.conflicts.select_related("member__person").order_by("pk"),
        "sheet": _sheet(request, found),
        "forms": _forms(acts),
        "problems": queries.quorum_problems(roll) if found.session.state == SessionState.OPENED else [],
    }
    return render(request, "councils/item.html", context)


@login_required
def minutes(request: ActorRequest, pk: int, kind: str, form: str) -> HttpResponse:
    """Minutes as PDF or Word: signed ones as they were signed, else a draft made from the record."""
    found = _session(request, pk)
    papers = {MinutesKind.SESSION.value: queries.session_minutes, MinutesKind.TALLY.value: queries.tally_minutes}
    if kind not in papers or form not in ("pdf", "docx"):
        raise Http404("Không có biên bản này.")
    signed = found.minutes.filter(kind=kind).select_related("document").first()
    if form == "pdf":
        data = content(signed.document) if signed else paper_pdf(papers[kind](found))
    else:
        data = paper_docx(papers[kind](found, number=queries.number_of(signed)))
    answer = HttpResponse(data, content_type=PDF if form == "pdf" else WORD)
    answer["Content-Disposition"] = f'attachment; filename="bien-ban-{kind}-{pk}.{form}"'
    return answer


def _session(request: ActorRequest, pk: int) -> Session:
    joined = Session.objects.select_related("agency", "council__unit", "chair__person", "clerk__person")
    found: Session = get_object_or_404(joined, pk=pk)
    require(access.may_see_session(request.actor, found), access.READERS)
    return found


def _page(request: ActorRequest, things: Any, *, count: int | None = None) -> Page:
    return page_of(things, request.GET.get("trang"), size=PAGE, count=count)


def _data(request: ActorRequest, name: str) -> Any:
    """What was typed, for the form that was submitted; None for the others on the page."""
    return request.POST if request.method == "POST" and request.POST.get("act") == name else None


def _do(request: ActorRequest, acts: Acts, **given: object) -> object:
    """Do the act that was submitted; what it gave back, or None when nothing was done."""
    if request.method != "POST":
        return None
    chosen = acts.get(request.POST.get("act", ""))
    if chosen is None:
        messages.warning(request, _("Chưa ghi được: việc này không còn làm được ở trạng thái hiện nay của phiên họp."))
        return None
    form, act = chosen
    return (form.result or True) if form.submit(act, **given) else None


def _forms(acts: Acts) -> dict[str, ActForm]:
    """The forms by name for the template, each with ids of its own: several stand on one page."""
    for name, (form, _act) in acts.items():
        form.auto_id = f"{name}-%s"
    return {name.replace("-", "_"): form for name, (form, _act) in acts.items()}


def _council_acts(request: ActorRequest, council: Council) -> Acts:
    return {
        "member": (
            forms.MemberForm(_data(request, "member"), council=council),
            partial(actions.add_member, council=council),
        ),
        "end": (forms.EndForm(_data(request, "end"), council=council), actions.end_membership),
        "plan": (
            forms.PlanForm(_data(request, "plan"), council=council),
            partial(actions.plan_session, council=council),
        ),
    }


def _session_acts(request: ActorRequest, session: Session) -> Acts:
    by_state: dict[str, Acts] = {
        SessionState.PLANNED: {
            "open": (forms.OpenForm(_data(request, "open")), actions.open_session),
            "replan": (forms.ReplanForm(_data(request, "replan"), session=session), actions.replan_session),
        },
        SessionState.OPENED: {
            "open-votes": (forms.MaybeReasonForm(_data(request, "open-votes")), actions.open_votes),
            "close-votes": (forms.NothingForm(_data(request, "close-votes")), actions.close_votes),
            "close": (forms.CloseForm(_data(request, "close")), actions.close_session),
        },
        SessionState.CLOSED: {"sign": (forms.SignForm(_data(request, "sign")), actions.sign_minutes)},
    }
    return by_state.get(session.state, {})


def _item_acts(request: ActorRequest, item: Item, *, roll: queries.Roll, seat: queries.Seat | None) -> Acts:
    actor, session = request.actor, item.session
    is_waiting, is_voting = item.state == ItemState.WAITING, item.state == ItemState.VOTING
    runs, writes = access.may_run_session(actor, session), access.may_write_session(actor, session)
    named = roll.seats if writes else [seat] if seat else []
    typed = _data(request, "position")  # files alone would bind the form, and it would complain of another act
    position = forms.PositionForm(typed, request.FILES if typed is not None else None, seats=named)
    offered: list[tuple[bool, str, ActForm, Callable[..., object]]] = [
        (True, "cast", forms.CastForm(_data(request, "cast")), actions.cast),
        (is_waiting and runs, "open", forms.MaybeReasonForm(_data(request, "open")), actions.open_vote),
        (is_voting and runs, "close", forms.NothingForm(_data(request, "close")), actions.close_vote),
        (
            is_waiting and bool(named),
            "conflict",
            forms.ConflictForm(_data(request, "conflict"), seats=named),
            actions.declare_conflict,
        ),
        ((is_waiting or is_voting) and writes, "position", position, actions.enter_position),
        (
            is_voting and runs and item.mode == VoteMode.PAPER_SECRET,
            "set-aside",
            forms.ReasonForm(_data(request, "set-aside")),
            actions.set_aside_counts,
        ),
        (
            (is_waiting or is_voting) and runs,
            "withdraw",
            forms.ReasonForm(_data(request, "withdraw")),
            actions.withdraw_item,
        ),
    ]
    return {name: (form, act) for is_offered, name, form, act in offered if is_offered}


def _card_address(item: Item) -> str:
    """The item's card on the page of the agenda that shows it."""
    before = Item.objects.filter(session=item.session_id, number__lt=item.number).count()
    page = before // PAGE + 1
    return f"{reverse('councils:session', args=[item.session_id])}?trang={page}#muc-{item.number}"


def _has_secret(items: Iterable[Item]) -> bool:
    return any(item.mode == VoteMode.PAPER_SECRET for item in items)


def _sheet(request: ActorRequest, item: Item) -> queries.TellerRow | None:
    """The tellers' row of a secret vote that has opened."""
    if item.mode != VoteMode.PAPER_SECRET or item.state not in (ItemState.VOTING, ItemState.VOTED):
        return None
    return queries.teller_rows([item], voters={}, actor=request.actor)[0]
