"""Lists, anchors, averages, deadlines and look-alikes."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from thidua.apps.accounts.queries import Actor
from thidua.apps.councils.models import Item
from thidua.apps.councils.states import ItemState
from thidua.apps.initiatives.access import may_see_all
from thidua.apps.initiatives.models import Assessment, Initiative
from thidua.apps.initiatives.states import Anchor, InitiativeState
from thidua.apps.policy.queries import ruleset_on
from thidua.apps.records.models import Achievement
from thidua.core.law.errors import NoRule
from thidua.core.law.schema import Ruleset
from thidua.core.vietnamese import fold, place_tones

SUBJECT = "initiative"
ALIKE = Fraction(3, 5)
BEFORE_ANSWER = (InitiativeState.APPLIED,)
BEFORE_DECISION = (InitiativeState.ACCEPTED, InitiativeState.SCHEDULED, InitiativeState.PASSED)
NOT_HANDED_IN = (InitiativeState.DRAFT, InitiativeState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Scale:
    """One anchor with its levels in words, from 0 points up."""

    anchor: Anchor
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """What is due by when, and whether that day has passed."""

    what: str
    day: datetime.date
    overdue: bool


@dataclass(frozen=True, slots=True)
class Similar:
    """An earlier initiative or achievement with a name like this one; ``same`` when the names are equal."""

    name: str
    year: int
    share: Fraction
    same: bool


def initiatives_seen(
    actor: Actor, *, on: datetime.date, year: int | None = None, state: str = "", words: str = ""
) -> QuerySet[Initiative]:
    """What the actor may read on a day, newest first, with authors; narrowed by year, state and words of the name."""
    own = Q(drafted_by=actor.key)
    if actor.person_id is not None:
        own |= Q(authors__person=actor.person_id)
    seen = own | ~Q(state=InitiativeState.DRAFT) if may_see_all(actor, on=on) else own
    found = Initiative.objects.filter(seen).distinct().prefetch_related("authors__person").order_by("-year", "-pk")
    if year is not None:
        found = found.filter(year=year)
    if state:
        found = found.filter(state=state)
    if words:
        wanted = fold(words)
        named = [pk for pk, name in found.values_list("pk", "name") if wanted in fold(name)]
        found = found.filter(pk__in=named)
    return found


def due_of(initiative: Initiative, *, today: datetime.date) -> Due | None:
    """The legal deadline that runs now: the answer to the application, or the decision on it."""
    if initiative.state in BEFORE_ANSWER and initiative.answer_due:
        return Due(_("Trả lời đơn"), initiative.answer_due, initiative.answer_due < today)
    if initiative.state in BEFORE_DECISION and initiative.decision_due:
        return Due(_("Xét công nhận"), initiative.decision_due, initiative.decision_due < today)
    return None


def points_most(ruleset: Ruleset) -> int:
    """The highest points on each anchor; raises NoRule."""
    return int(str(ruleset.value("initiative.anchor_max")))


def scales(ruleset: Ruleset) -> list[Scale]:
    """The three anchors in words; raises NoRule when the packs lack them or do not word every level."""
    most = points_most(ruleset)
    found = []
    for anchor in Anchor:
        name = f"initiative.anchors.{anchor.value}"
        levels = tuple(line.strip() for line in str(ruleset.value(name)).splitlines() if line.strip())
        if len(levels) != most + 1:
            raise NoRule(f"lời của đủ {most + 1} mức trong tham số {name} (đang có {len(levels)} dòng)")
        found.append(Scale(anchor=anchor, levels=levels))
    return found


def law_of(initiative: Initiative) -> Ruleset:
    """The law that the application is judged by: that of the day it was accepted. Raises NoRule before."""
    if initiative.accepted_on is None:
        raise NoRule("luật để đánh giá một đơn chưa được nhận")
    return ruleset_on(initiative.accepted_on)


def averages(initiative: Initiative, *, given: Sequence[Assessment] | None = None) -> dict[str, Fraction]:
    """The exact mean of the points on each anchor; empty without assessments. ``given`` where they are read already."""
    given = list(initiative.assessments.all()) if given is None else given
    if not given:
        return {}
    return {anchor.value: Fraction(sum(getattr(row, anchor.value) for row in given), len(given)) for anchor in Anchor}


def item_of(initiative: Initiative) -> Item | None:
    """Its question on the latest agenda that it was not withdrawn from."""
    items = Item.objects.filter(subject_kind=SUBJECT, subject_id=initiative.pk).exclude(state=ItemState.WITHDRAWN)
    return items.select_related("session").order_by("pk").last()


def similar(initiative: Initiative) -> list[Similar]:
    """Other applications and recognised achievements whose names have most words in common, likest first.

    Accent-blind; a name is never refused for it: people look and judge (novelty: Decree 13/2012, Article 4).
    """
    own = {author.person_id for author in initiative.authors.all()}
    others = Initiative.objects.exclude(pk=initiative.pk).exclude(state__in=NOT_HANDED_IN)
    known = Achievement.objects.current()
    if initiative.state == InitiativeState.RECOGNISED:
        known = known.exclude(person__in=own, name=initiative.name, year=initiative.year)
    names = set(others.values_list("name", "year").order_by().union(known.values_list("name", "year").order_by()))
    rows = [_likeness(initiative.name, name, year) for name, year in names]
    alike = [row for row in rows if row.same or row.share >= ALIKE]
    return sorted(alike, key=lambda row: (-row.share, -row.year, row.name))


def _likeness(name: str, other: str, year: int) -> Similar:
    left, right = _words(name), _words(other)
    share = Fraction(len(left & right), len(left | right) or 1)
    return Similar(name=other, year=year, share=share, same=_plain(name) == _plain(other))


def _words(name: str) -> frozenset[str]:
    return frozenset("".join(letter if letter.isalnum() else " " for letter in fold(name)).split())


def _plain(name: str) -> str:
    return " ".join(fold(place_tones(name)).split())
