"""What the pages of councils show, gathered with a fixed number of queries whatever the length of the agenda."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Exists, OuterRef, Q, QuerySet

from thidua.apps.accounts.queries import Actor
from thidua.apps.councils.models import Council, Count, Item, Member, Position, Session
from thidua.apps.councils.queries.rolls import Roll
from thidua.apps.councils.queries.rules import result_words, vote_words_of
from thidua.apps.councils.queries.tallies import COUNTS, FIGURES, agreed
from thidua.apps.councils.queries.votes import votes_of
from thidua.apps.councils.states import ItemState, VoteMode
from thidua.core.law.errors import NoRule

LIKELY_YES = Fraction(9, 10)  # only to show how often a secret vote comes out unanimous


@dataclass(frozen=True, slots=True)
class Card:
    """One item as the reader sees it: the rule in words, what stands in the way, the reader's own vote."""

    item: Item
    words: str
    result: str
    warnings: tuple[str, ...]
    barred: tuple[str, ...]
    own: Position | None
    may_vote: bool
    is_barred: bool
    is_recusal_unstated: bool


@dataclass(frozen=True, slots=True)
class TellerRow:
    """One item on the tellers' sheet: both counts once they agree, until then only the reader's own.

    A recount after a disagreement is as blind as the first one.
    """

    item: Item
    voters: int
    entered: int
    is_own_done: bool
    is_agreed: bool
    sheets: tuple[tuple[str, tuple[int, ...]], ...]

    @property
    def is_open(self) -> bool:
        """Whether the reader can still enter a count."""
        return not self.is_own_done and self.entered < COUNTS

    @property
    def is_disputed(self) -> bool:
        """Whether two counts are there and differ."""
        return self.entered == COUNTS and not self.is_agreed


def councils_for(actor: Actor) -> QuerySet[Council]:
    """The councils an actor may read: all for who sees everybody, else their own and their unit's."""
    councils = Council.objects.select_related("unit")
    if actor.has_everybody:
        return councils
    return councils.filter(Q(unit__in=_units(actor)) | Exists(_seats(actor).filter(council=OuterRef("pk"))))


def sessions_for(actor: Actor) -> QuerySet[Session]:
    """The sessions an actor may read, latest first: their own council's while they sit on it, their unit's."""
    sessions = Session.objects.select_related("council")
    if actor.has_everybody:
        return sessions
    day = OuterRef("held_on")
    on_day = Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gte=day))
    sat = _seats(actor).filter(on_day, council=OuterRef("council"))
    return sessions.filter(Q(council__unit__in=_units(actor)) | Exists(sat))


def cards(items: Sequence[Item], *, roll: Roll, member: Member | None) -> list[Card]:
    """Items of one session as cards, with a handful of queries."""
    try:
        votes, silence = votes_of(items, roll=roll), ""
    except NoRule as error:
        votes, silence = {}, str(error)
    own = {
        position.item_id: position
        for position in (Position.objects.filter(item__in=items, member=member) if member else ())
    }
    seat = roll.seat(member.pk) if member else None
    names = {one.member.pk: one.name for one in roll.seats}
    found = []
    for item in items:
        vote = votes.get(item.pk)
        is_barred = bool(vote and member and member.pk in vote.barred)
        is_voting = item.state == ItemState.VOTING and item.mode == VoteMode.OPEN
        warnings = [silence] if silence else []
        if vote and item.state == ItemState.WAITING and not roll.missing:
            warnings += [*vote.problems(), *vote.doubts()]
        found.append(
            Card(
                item=item,
                words=vote_words_of(item),
                result=result_words(item, cited=False),
                warnings=tuple(warnings),
                barred=tuple(names[key] for key in sorted(vote.barred) if key in names) if vote else (),
                own=own.get(item.pk),
                may_vote=bool(is_voting and seat and seat.is_present and not is_barred and item.pk not in own),
                is_barred=is_barred,
                is_recusal_unstated=bool(vote and vote.is_recusal_unstated),
            )
        )
    return found


def teller_rows(items: Sequence[Item], *, voters: Mapping[int, int], actor: Actor) -> list[TellerRow]:
    """Items of one session that are being voted on in secret, as rows of the tellers' sheet.

    ``voters`` gives by item id how many may put a ballot in; none where no sheet is to be filled in.
    """
    counts: dict[int, list[Count]] = {item.pk: [] for item in items}
    for count in Count.objects.current().filter(item__in=items).order_by("pk"):
        counts[count.item_id].append(count)
    return [
        TellerRow(
            item=item,
            voters=voters.get(item.pk, 0),
            entered=len(counts[item.pk]),
            is_own_done=any(count.teller == actor.key for count in counts[item.pk]),
            is_agreed=agreed(counts[item.pk]),
            sheets=_sheets(counts[item.pk], reader=actor.key),
        )
        for item in items
    ]


def voters_of(items: Sequence[Item], *, roll: Roll) -> dict[int, int]:
    """How many may put a ballot in, by item id. Raises NoRule."""
    return {key: len(vote.voters) for key, vote in votes_of(items, roll=roll).items()}


def counting_items(session: Session) -> QuerySet[Item]:
    """The items of a session whose secret ballots are being counted."""
    found = session.items.filter(mode=VoteMode.PAPER_SECRET, state=ItemState.VOTING)
    return found.select_related("session__council")


def secrecy_words(roll: Roll) -> str:
    """What a secret ballot of so few cannot hide, in numbers for those in the room."""
    voters = roll.present or roll.members
    share = round(100 * (LIKELY_YES**voters + (1 - LIKELY_YES) ** voters))
    return (
        f"Phiếu kín không giấu được kết quả nhất trí: với {voters} người bỏ phiếu, nếu mỗi người đồng ý với khả năng "
        f"90% thì khoảng {share}% số lần tất cả bỏ giống nhau, và khi đó ai cũng biết phiếu của mọi người."
    )


def _units(actor: Actor) -> list[int]:
    return [unit for unit in {actor.unit_id, *actor.headed_units} if unit is not None]


def _seats(actor: Actor) -> QuerySet[Member]:
    return Member.objects.filter(person=actor.person_id) if actor.person_id else Member.objects.none()


def _sheets(counts: list[Count], *, reader: str) -> tuple[tuple[str, tuple[int, ...]], ...]:
    shown = counts if agreed(counts) else [count for count in counts if count.teller == reader]
    return tuple((count.teller_name, tuple(getattr(count, name) for name in FIGURES)) for count in shown)
