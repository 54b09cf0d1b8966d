"""Writing agencies, units, people and posts. The caller's app holds the permission; every write is recorded."""

import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_scopes import scope

from thidua.apps.audit.actions import record
from thidua.apps.units.models import Agency, Lineage, MassOrganisation, Person, Post, Unit
from thidua.apps.units.states import LineageKind
from thidua.core.vietnamese import fold, name_sort_key

KEPT = ("person", "unit", "title", "kind", "elsewhere", "since", "until", "source")  # what a changed post takes over


@transaction.atomic
def found_agency(
    *,
    actor: str,
    code: str,
    name: str,
    kind: str = "",
    place: str = "",
    parent_name: str = "",
    is_demo: bool = False,
) -> Agency:
    """Set up an agency; its record starts with this act."""
    agency = Agency.objects.create(
        code=code, name=name, kind=kind, place=place, parent_name=parent_name, is_demo=is_demo
    )
    record(
        agency_key=agency.pk,
        actor=actor,
        verb="found_agency",
        target=f"units.agency:{agency.pk}",
        payload={"code": code, "name": name, "demo": is_demo},
    )
    return agency


def add_unit(
    *,
    agency: Agency,
    code: str,
    name: str,
    kind: str,
    parent: Unit | None = None,
    since: datetime.date | None = None,
) -> Unit:
    """Add a unit; part of a larger act that is recorded by its caller."""
    return Unit.objects.create(
        agency=agency, code=code, name=name, folded=fold(name), kind=kind, parent=parent, since=since
    )


def add_person(
    *,
    agency: Agency,
    code: str,
    full_name: str,
    category: str,
    birth_date: datetime.date | None = None,
    sex: str = "",
    recruited_on: datetime.date | None = None,
) -> Person:
    """Add a person; part of a larger act that is recorded by its caller."""
    return Person.objects.create(
        agency=agency,
        code=code,
        full_name=full_name,
        sort_key=name_sort_key(full_name),
        folded=fold(full_name),
        category=category,
        birth_date=birth_date,
        sex=sex,
        recruited_on=recruited_on,
    )


def add_post(
    *,
    agency: Agency,
    person: Person,
    unit: Unit,
    title: str,
    since: datetime.date,
    until: datetime.date | None = None,
    kind: str = "chinh_thuc",
    elsewhere: str = "",
    source: str = "",
) -> Post:
    """Add a post; the database refuses two regular posts at one time."""
    return Post.objects.create(
        agency=agency,
        person=person,
        unit=unit,
        title=title,
        kind=kind,
        elsewhere=elsewhere,
        since=since,
        until=until,
        source=source,
    )


def add_mass_organisation(*, agency: Agency, unit: Unit | None, kind: str, exists: bool = True) -> MassOrganisation:
    """Add a Party or mass organisation, or the knowledge that there is none."""
    return MassOrganisation.objects.create(agency=agency, unit=unit, kind=kind, exists=exists)


def replace_post(post: Post, **changes: object) -> Post:
    """Put a changed post in the place of one that is superseded; part of a larger act recorded by its caller."""
    now = timezone.now()
    Post.objects.filter(pk=post.pk).update(superseded_at=now)
    kept = {name: getattr(post, name) for name in KEPT}
    return Post.objects.create(agency=post.agency, known_from=now, supersedes=post, **{**kept, **changes})


def withdraw_post(post: Post) -> None:
    """Supersede a post by nothing; part of a larger act recorded by its caller."""
    Post.objects.filter(pk=post.pk).update(superseded_at=timezone.now())


def move_post(post: Post, *, unit: Unit, on: datetime.date, title: str = "", source: str = "") -> Post:
    """Let a post go on in another unit from a day; what was held before stays in the old one."""
    title = title or post.title
    if post.since >= on:
        return replace_post(post, unit=unit, title=title, source=source)
    replace_post(post, until=on - datetime.timedelta(days=1))
    return add_post(
        agency=post.agency,
        person=post.person,
        unit=unit,
        title=title,
        since=on,
        until=post.until,
        kind=post.kind,
        elsewhere=post.elsewhere,
        source=source,
    )


@transaction.atomic
def merge_unit(*, actor: str, before: Unit, after: Unit, kind: str, on: datetime.date) -> Lineage:
    """Record that one unit became another on a day; the old unit ends the day before.

    Its posts of that day and later go on in the successor, and so do the units below it; of a unit that was split only
    the caller knows who went where, so there posts stay.
    """
    with scope(agency=before.agency_id):
        before.until = on - datetime.timedelta(days=1)
        before.save(update_fields=["until"])
        lineage = Lineage.objects.create(agency=before.agency, before=before, after=after, kind=kind, on=on)
        moved = _move_posts(before, after, on=on) if kind != LineageKind.SPLIT else []
        record(
            agency_key=before.agency_id,
            actor=actor,
            verb="merge_unit",
            target=f"units.unit:{before.pk}",
            payload={"after": after.code, "kind": kind, "on": on, "people": moved},
        )
    return lineage


def _move_posts(before: Unit, after: Unit, *, on: datetime.date) -> list[str]:
    """Move what goes on in a unit to its successor; the codes of the people moved."""
    lasting = Q(until__isnull=True) | Q(until__gte=on)
    posts = list(Post.objects.current().filter(lasting, unit=before).select_related("person", "agency"))
    for post in posts:
        move_post(post, unit=after, on=on, source=post.source)
    below = Unit.objects.filter(parent=before).filter(lasting).exclude(pk=after.pk)
    below.update(parent=after)
    return sorted({post.person.code for post in posts})
