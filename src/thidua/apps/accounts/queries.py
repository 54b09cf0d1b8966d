"""Who is acting, with which roles today."""

import datetime
from dataclasses import dataclass, field

from django.db.models import Q, Value
from django_scopes import scope

from thidua.apps.accounts.models import RoleGrant, User
from thidua.apps.accounts.states import Role
from thidua.apps.units.models import Agency, Post
from thidua.apps.units.states import PostKind

MANAGERS = (Role.ADMINISTRATOR, Role.DIRECTOR, Role.OPERATOR)
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
