"""Two tellers count the secret ballots without seeing each other's figures; a disagreement is counted again."""

from collections.abc import Mapping

from django.utils import timezone

from thidua.apps.accounts.access import CannotDo, StillOpen, require
from thidua.apps.accounts.actions import official_act
from thidua.apps.accounts.models import User
from thidua.apps.accounts.queries import Actor
from thidua.apps.councils import queries
from thidua.apps.councils.access import RUNNERS, TELLERS, may_count, may_run_session
from thidua.apps.councils.actions.ground import given_reason, locked_item, record_act, require_meeting, require_voting
from thidua.apps.councils.models import Count, Item, Session
from thidua.apps.councils.queries.tallies import COUNTS, FIGURES
from thidua.apps.councils.states import VoteMode

Figures = tuple[int, int, int, int, int]


@official_act
def enter_counts(*, actor: Actor, session: Session, figures: Mapping[int, Figures]) -> list[Count]:
    """One teller's sheet: issued, returned, invalid, yes, no by item id.

    The record keeps that it was entered; the figures go on record when the vote closes, so that the second teller
    cannot read the first. Raises Refused, CannotDo, StillOpen with every line that is wrong; then nothing was written.
    """
    require(may_count(actor, session), TELLERS)
    if not figures:
        raise CannotDo("Phiếu đếm chưa có dòng nào. Nhập số phiếu của ít nhất một mục.")
    require_meeting(Session.objects.get(pk=session.pk))
    items = _locked_items(session, figures)
    votes = queries.votes_of(items)
    before = _counts(items)
    mine = _teller_keys(actor)
    problems = [
        problem
        for item in items
        for problem in (
            *_teller_problems(item, before[item.pk], mine=mine),
            *_sheet_problems(item, figures[item.pk], voters=len(votes[item.pk].voters)),
        )
    ]
    if problems:
        raise StillOpen(problems)
    counts = Count.objects.bulk_create(
        Count(
            agency=actor.agency,
            item=item,
            teller=actor.key,
            teller_name=actor.name,
            **dict(zip(FIGURES, figures[item.pk], strict=True)),
        )
        for item in items
    )
    record_act(actor, "enter_counts", session, {"items": [item.pk for item in items]})
    return counts


@official_act
def set_aside_counts(*, actor: Actor, item: Item, because: str) -> None:
    """Set an item's counts aside, with a reason; both tellers count again. Raises Refused, CannotDo.

    The figures go on record when the vote closes: who counts again must not read them.
    """
    require(may_run_session(actor, item.session), RUNNERS)
    item = locked_item(item)
    require_voting(item, mode=VoteMode.PAPER_SECRET)
    because = given_reason(because, what=f"Hủy kết quả đếm mục {item.number}")
    counts = list(Count.objects.current().filter(item=item))
    if not counts:
        raise CannotDo(f"Mục {item.number} chưa có lần đếm nào để hủy.")
    Count.objects.filter(pk__in=[count.pk for count in counts]).update(superseded_at=timezone.now())
    record_act(actor, "set_aside_counts", item, {"tellers": [count.teller for count in counts]}, because=because)


def _locked_items(session: Session, figures: Mapping[int, Figures]) -> list[Item]:
    joined = Item.objects.select_for_update(of=("self",)).select_related("session__council")
    items = list(joined.filter(session=session, pk__in=figures))
    if len(items) != len(figures):
        raise CannotDo("Phiếu đếm có mục không thuộc phiên này. Tải lại trang rồi nhập lại.")
    for item in items:
        require_voting(item, mode=VoteMode.PAPER_SECRET)
    return items


def _counts(items: list[Item]) -> dict[int, list[Count]]:
    found: dict[int, list[Count]] = {item.pk: [] for item in items}
    for count in Count.objects.current().filter(item__in=items):
        found[count.item_id].append(count)
    return found


def _teller_keys(actor: Actor) -> set[str]:
    """Every account of the actor's person: one person does not count twice under two names."""
    if actor.person_id is None:
        return {actor.key}
    accounts = User.objects.filter(agency=actor.agency, person_id=actor.person_id)
    return {actor.key, *(f"user:{pk}" for pk in accounts.values_list("pk", flat=True))}


def _teller_problems(item: Item, counts: list[Count], *, mine: set[str]) -> list[str]:
    if any(count.teller in mine for count in counts):
        return [f"Mục {item.number}: ông (bà) đã nhập kết quả đếm; lần đếm kia phải do người khác nhập."]
    if len(counts) >= COUNTS:
        return [f"Mục {item.number}: đã đủ {COUNTS} lần đếm. Muốn đếm lại thì hủy kết quả đếm trước."]
    return []


def _sheet_problems(item: Item, figures: Figures, *, voters: int) -> list[str]:
    issued, returned, invalid, yes, no = figures
    place = f"Mục {item.number}"
    if min(figures) < 0:
        return [f"{place}: số phiếu không thể âm."]
    problems = []
    if issued != voters:
        problems.append(f"{place}: phát ra {issued} phiếu, nhưng có {voters} người có mặt được bỏ phiếu.")
    if returned > issued:
        problems.append(f"{place}: thu về {returned} phiếu, nhiều hơn {issued} phiếu phát ra.")
    if returned != invalid + yes + no:
        problems.append(
            f"{place}: thu về {returned} phiếu, nhưng không hợp lệ {invalid} + đồng ý {yes} + không đồng ý {no} "
            f"= {invalid + yes + no}."
        )
    return problems
