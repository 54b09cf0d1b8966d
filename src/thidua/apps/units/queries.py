"""Who belonged where, and when. Every query runs inside an agency's scope."""

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from thidua.apps.units.models import Person, Post, Unit
from thidua.apps.units.states import PostKind
from thidua.core.calendar import Period
from thidua.core.vietnamese import fold, same_text


@dataclass(frozen=True, slots=True)
class Membership:
    """Where a person counts in a year: the unit of their last regular post of that year, and until when."""

    person: Person
    unit: Unit
    post: Post
    seconded_to: str
    left_on: datetime.date | None


def posts_in(period: Period, *, known_at: datetime.datetime | None = None) -> list[Post]:
    """Posts held on at least one day of a period, as known now or at a moment, oldest first."""
    posts = Post.objects.as_known(known_at) if known_at else Post.objects.current()
    within = Q(since__lte=period.end) & (Q(until__isnull=True) | Q(until__gte=period.start))
    return list(posts.filter(within).select_related("person", "unit").order_by("since", "pk"))


def members_of_year(year: Period, *, known_at: datetime.datetime | None = None) -> Mapping[int, Membership]:
    """Everybody who held a regular post in a year, by person id.

    Who was transferred counts in the unit of the last post (the new unit reviews); who is seconded counts in the
    unit that sent them; who left in the year counts until then, with ``left_on`` set.
    """
    found: dict[int, Membership] = {}
    held = posts_in(year, known_at=known_at)
    seconded = {post.person_id: post.elsewhere for post in held if post.kind == PostKind.SECONDED}
    for post in held:
        if post.kind == PostKind.REGULAR:
            ended = post.until if post.until and year.end and post.until < year.end else None
            found[post.person_id] = Membership(
                person=post.person,
                unit=post.unit,
                post=post,
                seconded_to=seconded.get(post.person_id, ""),
                left_on=ended,
            )
    return found


def units_of_year(year: Period) -> list[Unit]:
    """The units that existed on at least one day of a year."""
    began = Q(since__isnull=True) | Q(since__lte=year.end)
    lived = Q(until__isnull=True) | Q(until__gte=year.start)
    return list(Unit.objects.filter(began, lived).select_related("parent"))


def people_named(words: str, *, among: QuerySet[Person], most: int) -> list[Person]:
    """Who is meant by a code, a name (accents may be left out), or both as “Họ tên (mã)”; at most so many.

    A whole name counts before a part of one, and a name with its accents before one without.
    """
    text = " ".join(words.split())
    if both := re.fullmatch(r"(.+) \(([^()]+)\)", text):
        return list(among.filter(code__iexact=both[2], folded=fold(both[1]))[:most])
    if of_code := list(among.filter(code__iexact=text)[:most]):
        return of_code
    if namesakes := list(among.filter(folded=fold(text))[:most]):
        return [person for person in namesakes if same_text(person.full_name, text)] or namesakes
    for word in fold(text).split():
        among = among.filter(folded__contains=word)
    return list(among[:most])


def present_units(people: Iterable[Person]) -> Mapping[int, str]:
    """The names of the units of people's current regular posts, by person id."""
    held = Post.objects.current().filter(person__in=list(people), kind=PostKind.REGULAR, until__isnull=True)
    return dict(held.values_list("person_id", "unit__name"))
