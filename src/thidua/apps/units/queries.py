"""Who belonged where, and when. Every query runs inside an agency's scope."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q

from thidua.apps.units.models import Person, Post, Unit
from thidua.apps.units.states import PostKind
from thidua.core.calendar import Period


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
