"""Units and people of an agency through its changes, each act recorded; what was held before stays as history."""

import datetime

from django.db.models import Q

from thidua.apps.accounts.access import CannotDo, may_manage_accounts, require
from thidua.apps.accounts.actions.guard import official_act
from thidua.apps.accounts.actions.users import WHO
from thidua.apps.accounts.models import RoleGrant
from thidua.apps.accounts.queries import Actor
from thidua.apps.accounts.states import Role
from thidua.apps.audit.actions import record
from thidua.apps.units import actions as units
from thidua.apps.units.models import Lineage, Person, Post, Unit
from thidua.apps.units.states import LineageKind, PostKind
from thidua.core.vietnamese import fold

FIRST, LAST = datetime.date(1945, 9, 2), datetime.date(2199, 12, 31)
A_DAY = datetime.timedelta(days=1)


@official_act
def found_unit(*, actor: Actor, code: str, name: str, kind: str, since: datetime.date, parent: Unit | None) -> Unit:
    """Add a unit from a day. Raises CannotDo for a code that is taken, Refused."""
    _may(actor, since)
    _free_code(code)
    unit = units.add_unit(agency=actor.agency, code=code, name=name, kind=kind, parent=parent, since=since)
    _record(actor, "found_unit", unit, {"code": code, "name": name, "kind": kind, "since": since})
    return unit


@official_act
def correct_unit(*, actor: Actor, unit: Unit, name: str, kind: str, because: str) -> Unit:
    """Correct what was written wrongly of a unit; one that is called otherwise from a day on is renamed instead."""
    _may(actor)
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    before = {"name": unit.name, "kind": unit.kind}
    if before == {"name": name, "kind": kind}:
        raise CannotDo("Tên và loại đơn vị không có gì thay đổi.")
    unit.name, unit.folded, unit.kind = name, fold(name), kind
    unit.save(update_fields=["name", "folded", "kind"])
    _record(actor, "correct_unit", unit, {"before": before, "name": name, "kind": kind}, because)
    return unit


@official_act
def end_unit(*, actor: Actor, unit: Unit, on: datetime.date, because: str) -> Unit:
    """End a unit that nobody takes over; ``on`` is its last day. Raises CannotDo while people or units are in it."""
    _may(actor, on)
    unit = _open_unit(unit, on=on)
    lasting = Q(until__isnull=True) | Q(until__gt=on)
    if left := Post.objects.current().filter(lasting, unit=unit).count():
        raise CannotDo(
            f"{unit.name} còn {left} vị trí sau ngày {on:%d/%m/%Y}. Điều chuyển trước, hoặc sáp nhập đơn vị."
        )
    if below := Unit.objects.filter(lasting, parent=unit).first():
        raise CannotDo(f"{unit.name} còn đơn vị trực thuộc “{below.name}”. Kết thúc hoặc sáp nhập đơn vị ấy trước.")
    unit.until = on
    unit.save(update_fields=["until"])
    _end_heads(actor, unit, on=on)
    _record(actor, "end_unit", unit, {"on": on}, because)
    return unit


@official_act
def reopen_unit(*, actor: Actor, unit: Unit, because: str) -> Unit:
    """Undo the ending of a unit. Raises CannotDo for one that goes on in a successor, Refused."""
    _may(actor)
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    if unit.until is None:
        raise CannotDo(f"{unit.name} đang hoạt động.")
    if unit.successors.exists():
        raise CannotDo(f"{unit.name} đã có đơn vị kế thừa nên không mở lại. Thành lập đơn vị mới.")
    before, unit.until = unit.until, None
    unit.save(update_fields=["until"])
    _record(actor, "reopen_unit", unit, {"before": before}, because)
    return unit


@official_act
def merge_units(*, actor: Actor, before: Unit, after: Unit, on: datetime.date) -> Lineage:
    """Merge a unit into another from a day: its people go on there. Raises CannotDo, Refused."""
    _may(actor, on)
    before, after = _open_unit(before, on=on - A_DAY), _open_unit(after, on=on)
    if before == after:
        raise CannotDo("Không sáp nhập một đơn vị vào chính nó. Chọn đơn vị khác.")
    if _is_below(after, before):
        raise CannotDo(f"{after.name} trực thuộc {before.name}. Sáp nhập theo chiều ngược lại.")
    _end_heads(actor, before, on=on - A_DAY)
    return units.merge_unit(actor=actor.key, before=before, after=after, kind=LineageKind.MERGE, on=on)


@official_act
def rename_unit(*, actor: Actor, unit: Unit, code: str, name: str, on: datetime.date) -> Unit:
    """Call a unit otherwise from a day: a successor of that name, with its people and its head. Raises CannotDo."""
    _may(actor, on)
    unit = _open_unit(unit, on=on - A_DAY)
    _free_code(code)
    after = units.add_unit(agency=actor.agency, code=code, name=name, kind=unit.kind, parent=unit.parent, since=on)
    for grant in _heads(unit, on=on - A_DAY):
        RoleGrant.objects.create(
            agency=actor.agency,
            user=grant.user,
            role=grant.role,
            unit=after,
            since=max(on, grant.since),
            until=grant.until,
            granted_by=actor.key,
            because=grant.because,
        )
    _end_heads(actor, unit, on=on - A_DAY)
    units.merge_unit(actor=actor.key, before=unit, after=after, kind=LineageKind.RENAME, on=on)
    return after


@official_act
def take_on(
    *,
    actor: Actor,
    code: str,
    full_name: str,
    category: str,
    unit: Unit,
    title: str,
    since: datetime.date,
    birth_date: datetime.date | None = None,
    sex: str = "",
) -> Person:
    """Take a person on the list with the post they hold from a day. Raises CannotDo, Refused."""
    _may(actor, since)
    if had := Person.objects.filter(code=code).first():
        raise CannotDo(f"Mã “{code}” đã là của {had.full_name}. Chọn mã khác, hoặc tìm người ấy trong danh sách.")
    _open_unit(unit, on=since)
    person = units.add_person(
        agency=actor.agency,
        code=code,
        full_name=full_name,
        category=category,
        birth_date=birth_date,
        sex=sex,
        recruited_on=since,
    )
    units.add_post(agency=actor.agency, person=person, unit=unit, title=title, since=since)
    _record(actor, "take_on", person, {"code": code, "unit": unit.code, "title": title, "since": since})
    return person


@official_act
def transfer(*, actor: Actor, person: Person, unit: Unit, title: str, on: datetime.date, because: str) -> Post:
    """Transfer a person to another unit from a day. Raises CannotDo when they hold no regular post that day."""
    _may(actor, on)
    person, unit = _locked(person), _open_unit(unit, on=on)
    post = _regular(person, on=on)
    if post is None:
        raise CannotDo(f"{person.full_name} không giữ vị trí nào ngày {on:%d/%m/%Y}. Dùng mục “Thêm vị trí”.")
    if post.unit_id == unit.pk and post.title == title:
        raise CannotDo(f"{person.full_name} đang giữ chính vị trí ấy ở {unit.name}. Chọn đơn vị hoặc chức danh khác.")
    moved = units.move_post(post, unit=unit, on=on, title=title)
    _record(actor, "transfer", person, {"unit": unit.code, "title": title, "on": on, "from": post.unit.code}, because)
    return moved


@official_act
def give_post(
    *,
    actor: Actor,
    person: Person,
    unit: Unit,
    title: str,
    kind: str,
    since: datetime.date,
    until: datetime.date | None = None,
    elsewhere: str = "",
) -> Post:
    """Give a person a post from a day, to a day when given. Raises CannotDo for a second regular one at a time."""
    _may(actor, since, until)
    person, unit = _locked(person), _open_unit(unit, on=since)
    _fits(person, kind=kind, since=since, until=until)
    post = units.add_post(
        agency=actor.agency,
        person=person,
        unit=unit,
        title=title,
        since=since,
        until=until,
        kind=kind,
        elsewhere=elsewhere,
    )
    payload = {"unit": unit.code, "title": title, "kind": kind, "since": since, "until": until}
    _record(actor, "give_post", person, payload)
    return post


@official_act
def correct_post(
    *, actor: Actor, post: Post, title: str, since: datetime.date, until: datetime.date | None, because: str
) -> Post:
    """Put a corrected post in the place of one that was written wrongly. Raises CannotDo, Refused."""
    _may(actor, since, until)
    person, post = _locked(post.person), _standing(post)
    if (post.title, post.since, post.until) == (title, since, until):
        raise CannotDo("Vị trí này không có gì thay đổi.")
    _fits(person, kind=post.kind, since=since, until=until, but=post)
    new = units.replace_post(post, title=title, since=since, until=until, source=because[:300])
    payload = {"title": title, "since": since, "until": until, "before": [post.title, post.since, post.until]}
    _record(actor, "correct_post", person, payload, because)
    return new


@official_act
def withdraw_post(*, actor: Actor, post: Post, because: str) -> Post:
    """Take back a post that was never held; it stays in the history. Raises CannotDo, Refused."""
    _may(actor)
    person, post = _locked(post.person), _standing(post)
    units.withdraw_post(post)
    _record(actor, "withdraw_post", person, {"unit": post.unit.code, "title": post.title, "since": post.since}, because)
    return post


@official_act
def end_service(*, actor: Actor, person: Person, on: datetime.date, because: str) -> list[Post]:
    """A person leaves the agency; ``on`` is the last day. Their posts and roles end, their records stay.

    Raises CannotDo when they hold no post then, or have one that begins later; Refused.
    """
    _may(actor, on)
    person = _locked(person)
    lasting = Q(until__isnull=True) | Q(until__gt=on)
    posts = list(Post.objects.current().filter(lasting, person=person).select_related("unit", "agency", "person"))
    if not posts:
        raise CannotDo(f"{person.full_name} không còn vị trí nào sau ngày {on:%d/%m/%Y}.")
    if later := next((post for post in posts if post.since > on), None):
        raise CannotDo(
            f"{person.full_name} có vị trí bắt đầu ngày {later.since:%d/%m/%Y}, sau ngày nghỉ. Rút vị trí ấy."
        )
    ended = [units.replace_post(post, until=on) for post in posts]
    grants = RoleGrant.objects.filter(lasting, user__person=person, since__lte=on)
    roles = list(grants.values_list("role", flat=True))
    grants.update(until=on)
    _record(actor, "end_service", person, {"on": on, "roles": roles}, because)
    return ended


def _may(actor: Actor, *days: datetime.date | None) -> None:
    require(may_manage_accounts(actor), WHO)
    for day in days:
        if day is not None and not FIRST <= day <= LAST:
            raise CannotDo(f"Ngày {day:%d/%m/%Y} không hợp lý: nhập ngày từ {FIRST:%d/%m/%Y} đến {LAST:%d/%m/%Y}.")
    first, last = (*days, None, None)[:2]
    if first and last and last < first:
        raise CannotDo(f"Ngày cuối {last:%d/%m/%Y} trước ngày đầu {first:%d/%m/%Y}. Nhập lại ngày.")


def _free_code(code: str) -> None:
    if had := Unit.objects.filter(code=code).first():
        raise CannotDo(f"Mã “{code}” đã là của {had.name}. Chọn mã khác.")


def _open_unit(unit: Unit, *, on: datetime.date) -> Unit:
    """The unit, locked; raises CannotDo when it is not there on the day."""
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    if unit.until is not None and unit.until < on:
        raise CannotDo(f"{unit.name} đã kết thúc hoạt động ngày {unit.until:%d/%m/%Y}. Chọn đơn vị đang hoạt động.")
    if unit.since is not None and unit.since > on:
        raise CannotDo(f"{unit.name} chỉ có từ ngày {unit.since:%d/%m/%Y}. Nhập ngày muộn hơn.")
    return unit


def _is_below(unit: Unit, above: Unit) -> bool:
    seen = {unit.pk}
    while unit.parent is not None and unit.parent_id not in seen:
        unit = unit.parent
        if unit == above:
            return True
        seen.add(unit.pk)
    return False


def _heads(unit: Unit, *, on: datetime.date) -> list[RoleGrant]:
    """Who heads a unit after a day."""
    lasting = Q(until__isnull=True) | Q(until__gt=on)
    return list(RoleGrant.objects.filter(lasting, role=Role.HEAD, unit=unit).select_related("user"))


def _end_heads(actor: Actor, unit: Unit, *, on: datetime.date) -> None:
    """End the roles of a unit's heads with the unit; one that would begin later ends on its first day."""
    for grant in _heads(unit, on=on):
        grant.until = max(on, grant.since)
        grant.save(update_fields=["until"])
        record(
            agency_key=actor.agency.pk,
            actor=actor.key,
            verb="end_role",
            target=f"accounts.user:{grant.user_id}",
            payload={"role": grant.role, "unit": unit.code, "since": grant.since, "until": grant.until},
            because=f"{unit.name} kết thúc hoạt động",
        )


def _locked(person: Person) -> Person:
    return Person.objects.select_for_update().get(pk=person.pk)


def _standing(post: Post) -> Post:
    post = Post.objects.select_related("unit", "agency", "person").get(pk=post.pk)
    if not post.is_current:
        raise CannotDo("Vị trí này đã được sửa ở một trang khác. Tải lại trang rồi làm tiếp.")
    return post


def _regular(person: Person, *, on: datetime.date) -> Post | None:
    held = Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gte=on))
    posts = Post.objects.current().filter(held, person=person, kind=PostKind.REGULAR)
    return posts.select_related("unit", "agency", "person").first()


def _fits(
    person: Person, *, kind: str, since: datetime.date, until: datetime.date | None, but: Post | None = None
) -> None:
    """Raise CannotDo when a regular post would stand beside another one."""
    if kind != PostKind.REGULAR:
        return
    clash = Q(until__isnull=True) | Q(until__gte=since)
    if until is not None:
        clash &= Q(since__lte=until)
    posts = Post.objects.current().filter(clash, person=person, kind=PostKind.REGULAR)
    if other := posts.exclude(pk=but.pk if but else 0).select_related("unit").first():
        last = f"{other.until:%d/%m/%Y}" if other.until else "nay"
        raise CannotDo(
            f"{person.full_name} đã giữ “{other.title}” ở {other.unit.name} từ {other.since:%d/%m/%Y} đến {last}. "
            "Mỗi thời điểm chỉ một vị trí chính thức: sửa vị trí ấy trước."
        )


def _record(actor: Actor, verb: str, thing: Unit | Person, payload: dict[str, object], because: str = "") -> None:
    record(
        agency_key=actor.agency.pk,
        actor=actor.key,
        verb=verb,
        target=f"{thing._meta.label_lower}:{thing.pk}",
        payload=payload,
        because=because,
    )
