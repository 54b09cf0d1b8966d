"""Who is acting, with which roles today."""

import datetime
import secrets
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet, Value
from django.utils import timezone
from django_scopes import scope

from thidua.apps.accounts.models import RoleGrant, User
from thidua.apps.accounts.states import Role
from thidua.apps.units.models import Agency, Person, Post, Unit
from thidua.apps.units.states import PostKind
from thidua.core.vietnamese import fold

MANAGERS = (Role.ADMINISTRATOR, Role.DIRECTOR, Role.OPERATOR)
A_PAGE = 50
TABLE_ASKED = "tai"  # in an address: the table that is asked for as a file
WHOLE_LIST = "het"  # in place of a page's number: the whole list on one page
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another
POST = "post"  # beside the roles in one query: the unit of the regular post


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever acts: passed to every action, never read from a global. ``key`` is what the record keeps."""

    key: str
    name: str
    agency: Agency
    user_id: int | None = None
    person_id: int | None = None
    roles: frozenset[str] = field(default_factory=frozenset)
    headed_units: frozenset[int] = field(default_factory=frozenset)
    unit_id: int | None = None

    def has(self, *roles: str) -> bool:
        """Whether the actor holds one of the roles today."""
        return not self.roles.isdisjoint(roles)

    @property
    def has_everybody(self) -> bool:
        """Whether pages show the way to everybody's records (``access.may_see_everybody`` decides on them)."""
        return self.has(Role.SECRETARY, Role.DIRECTOR, Role.INSPECTOR)

    @property
    def manages(self) -> bool:
        """Whether pages show the way to units, people and accounts (``access.may_manage_accounts`` decides)."""
        return self.has(*MANAGERS)


def operator(agency: Agency) -> Actor:
    """Whoever runs commands on the server, acting on one agency; no account can become this."""
    return Actor(key="operator:command-line", name="operator", agency=agency, roles=frozenset({Role.OPERATOR.value}))


def visitor(agency: Agency) -> Actor:
    """Somebody from the public before one agency's public pages: no role at all."""
    return Actor(key="visitor", name="", agency=agency)


def actor_for(user: User, *, on: datetime.date) -> Actor:
    """The actor a user is on a day: roles in force, units headed, own unit."""
    with scope(agency=user.agency_id):
        in_force = Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gte=on))
        grants = RoleGrant.objects.filter(in_force, user=user).values_list("role", "unit_id")
        posts = Post.objects.current().filter(in_force, person=user.person, kind=PostKind.REGULAR)
        if user.person:  # at most one regular post at a time, by a constraint
            grants = grants.union(posts.order_by().values_list(Value(POST), "unit_id"), all=True)
        held = list(grants)
    return Actor(
        key=f"user:{user.pk}",
        name=user.person.full_name if user.person else user.username,
        agency=user.agency,
        user_id=user.pk,
        person_id=user.person_id,
        roles=frozenset({Role.MEMBER.value, *(role for role, _unit in held if role != POST)}),
        headed_units=frozenset(unit for role, unit in held if role == Role.HEAD and unit),
        unit_id=next((unit for role, unit in held if role == POST), None),
    )


@dataclass(frozen=True, slots=True)
class StaffLine:
    """A person of a list, with the regular post they hold today (None: gone, or not yet there)."""

    person: Person
    post: Post | None


def open_units() -> QuerySet[Unit]:
    """The units of the agency in scope that have not ended."""
    return Unit.objects.filter(_not_over(timezone.localdate()))


def page_of(rows: Any, asked: str | None, *, size: int = A_PAGE, count: int | None = None) -> Page[Any]:
    """One page of a list, the nearest to the one asked for; or the whole list as one page.

    ``count``, where it is known already, saves the query for it.
    """
    pages: Paginator[Any] = Paginator(rows, size)
    if count is not None:
        vars(pages)["count"] = count
    if asked == WHOLE_LIST:
        pages.per_page = max(1, pages.count)
        return pages.page(1)
    return pages.get_page(asked)


def unit_lines(words: str, page: str | None) -> Page[Any]:
    """One page of units by name or code, those that have ended last; each with ``people``, posts held today."""
    today = timezone.localdate()
    held = Q(posts__superseded_at__isnull=True, posts__kind=PostKind.REGULAR, posts__since__lte=today)
    held &= Q(posts__until__isnull=True) | Q(posts__until__gte=today)
    rows = Unit.objects.filter(Q(folded__contains=fold(words)) | Q(code__iexact=words)) if words else Unit.objects.all()
    rows = rows.annotate(people=Count("posts", filter=held)).order_by("-until", "code")
    return page_of(rows, page)


def staff_lines(words: str, page: str | None) -> tuple[Page[Person], list[StaffLine]]:
    """One page of people by name or code, each with the post they hold today."""
    today = timezone.localdate()
    rows = Person.objects.all()
    if words:
        rows = rows.filter(Q(folded__contains=fold(words)) | Q(code__iexact=words))
    shown = page_of(rows, page)
    people = list(shown.object_list)
    posts = Post.objects.current().filter(_not_over(today), person__in=people, kind=PostKind.REGULAR, since__lte=today)
    held = {post.person_id: post for post in posts.select_related("unit")}
    return shown, [StaffLine(person=person, post=held.get(person.pk)) for person in people]


def posts_of(person: Person) -> list[Post]:
    """Every post as it stands, latest first."""
    return list(Post.objects.current().filter(person=person).select_related("unit").order_by("-since"))


def accounts_of(agency: Agency, words: str, page: str | None) -> tuple[Page[User], dict[int, list[RoleGrant]]]:
    """One page of an agency's accounts by user name or by the person's name, and their roles of today."""
    rows = User.objects.filter(agency=agency).order_by("username")
    if words:
        rows = rows.filter(Q(username__icontains=words) | Q(person__folded__contains=fold(words)))
    shown = page_of(rows, page)
    today = timezone.localdate()
    grants = RoleGrant.objects.filter(_not_over(today), user__in=list(shown.object_list), since__lte=today)
    held: dict[int, list[RoleGrant]] = {}
    for grant in grants.select_related("unit"):
        held.setdefault(grant.user_id, []).append(grant)
    return shown, held


def grants_of(user: User) -> list[RoleGrant]:
    """Every role an account holds or held, latest first."""
    return list(RoleGrant.objects.filter(user=user).select_related("unit").order_by("-since", "-pk"))


def names_of(keys: set[str]) -> dict[str, str]:
    """Who stands behind the keys that records keep: names of people, else of accounts."""
    pks = [int(key.removeprefix("user:")) for key in keys if key.startswith("user:")]
    users = User.objects.filter(pk__in=pks)
    return {f"user:{user.pk}": user.person.full_name if user.person else user.username for user in users}


def one_time_password() -> str:
    """A password to be told to one person and changed at first use: four groups of four."""
    return "-".join("".join(secrets.choice(LETTERS) for _letter in range(4)) for _group in range(4))


def _not_over(day: datetime.date) -> Q:
    return Q(until__isnull=True) | Q(until__gte=day)
