"""Who and what an agency has, as a workbook may name it: people, units, organisations, posts held."""

import datetime
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from thidua.apps.records.queries.tables import UNIT, Key
from thidua.apps.units.models import MassOrganisation, Person, Post, Unit
from thidua.apps.units.states import PostKind
from thidua.core.workbooks.diff import Register, Somebody
from thidua.core.workbooks.words import code_key, nearest, plain_words

LAST = datetime.date.max


@dataclass(frozen=True)
class Span:
    """A regular post of somebody; ``identity`` tells one from another."""

    since: datetime.date
    until: datetime.date | None
    unit: str
    title: str
    identity: Key


@dataclass
class Standing:
    """What there is, grown by what the rows read so far bring."""

    agency_code: str
    register: Register
    units: dict[str, Unit]
    organisations: dict[tuple[str, str], tuple[int, bool]]
    posts: dict[str, dict[Key, Span]] = field(default_factory=lambda: defaultdict(dict))

    def unit(self, told: str) -> Unit | None:
        """A unit by code or by name."""
        return self.units.get(f"code:{code_key(told)}") or self.units.get(f"name:{plain_words(told)}")

    def nearest_unit(self, told: str) -> str:
        """What to do about a unit that is not there."""
        names = {unit.name: unit for unit in self.units.values()}
        like = nearest(told, [*names, *(unit.code for unit in names.values())])
        return f"Có phải “{like}”? Sửa đơn vị." if like else "Sửa đơn vị, hoặc thành lập đơn vị ấy trước."

    def add(self, person: Somebody) -> None:
        """Somebody whom a row brings."""
        if code_key(person.code) not in self.register.by_code:
            self.register.by_code[code_key(person.code)] = person
            self.register.by_name[plain_words(person.name)].append(person)

    def hold(self, code: str, fields: Mapping[str, Any], identity: Key) -> None:
        """A regular post that a row brings or changes."""
        if fields.get("kind") == PostKind.REGULAR:
            until = fields.get("until") or (old.until if (old := self.posts[code].get(identity)) else None)
            span = Span(fields["since"], until, str(fields.get(UNIT)), str(fields.get("title")), identity)
            self.posts[code][identity] = span

    def held(self, code: str) -> tuple[str, str] | None:
        """The unit and title of the regular post that goes on."""
        for span in self.posts.get(code, {}).values():
            if span.until is None:
                return span.unit, span.title
        return None

    def overlap(self, code: str, fields: Mapping[str, Any], identity: Key) -> str:
        """The regular post that would be held at the same time as this one, in words; "" if there is none."""
        if fields.get("kind") != PostKind.REGULAR:
            return ""
        since, until = fields["since"], fields.get("until") or LAST
        for span in self.posts.get(code, {}).values():
            if span.identity != identity and span.since <= until and since <= (span.until or LAST):
                return f"vị trí “{span.title}” từ {span.since:%d/%m/%Y}"
        return ""


def standing_of(agency_code: str, identity_of_post: Any) -> Standing:
    """What the agency in scope has."""
    units = list(Unit.objects.all())
    of_person: dict[int, set[str]] = defaultdict(set)
    posts: dict[str, dict[Key, Span]] = defaultdict(dict)
    rows = (
        Post.objects.current()
        .order_by("since")
        .values_list("person_id", "person__code", "unit__code", "unit__name", "title", "kind", "since", "until")
    )
    for person, code, unit, name, title, kind, since, until in rows:
        of_person[person] |= {unit, name}
        if kind == PostKind.REGULAR:
            identity = identity_of_post({"person": code, "since": since, "kind": kind})
            posts[code][identity] = Span(since, until, unit, title, identity)
    people = Person.objects.order_by("pk").values_list("pk", "code", "full_name", "birth_date")
    register = Register(Somebody(code, name, born, tuple(of_person[pk])) for pk, code, name, born in people)
    by_word = {f"name:{plain_words(unit.name)}": unit for unit in units}
    by_word |= {f"code:{code_key(unit.code)}": unit for unit in units}
    organisations = {
        (item.unit.code if item.unit else "", item.kind): (item.pk, item.exists)
        for item in MassOrganisation.objects.select_related("unit")
    }
    return Standing(agency_code, register, by_word, organisations, posts)
