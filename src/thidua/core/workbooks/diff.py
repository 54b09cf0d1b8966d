"""Rows of a workbook against what is known: who is meant, and what is new, changed, the same or wrong.

A person is meant by a code; without one by name and birth date, or by name and unit. Who is not told apart is asked
about, never guessed. An empty cell says nothing: what is known stays.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from thidua.core.vietnamese import same_text
from thidua.core.workbooks.words import code_key, nearest, plain_words


class RowState(StrEnum):
    """What a row is against what is known."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    WRONG = "wrong"
    ASKED = "asked"


@dataclass(frozen=True)
class Somebody:
    """A person as they may be meant: ``units`` are codes and names of the units they are or were in."""

    code: str
    name: str
    born: datetime.date | None = None
    units: tuple[str, ...] = ()


@dataclass(frozen=True)
class Meant:
    """Who is meant: ``who``; or, when that cannot be told, the ``candidates``, or what is wrong."""

    who: Somebody | None = None
    candidates: tuple[Somebody, ...] = ()
    message: str = ""
    remedy: str = ""


class Register:
    """Everybody who may be meant, by code and by name."""

    def __init__(self, people: Iterable[Somebody]) -> None:
        self.by_code: dict[str, Somebody] = {}
        self.by_name: dict[str, list[Somebody]] = defaultdict(list)
        for person in people:
            self.by_code[code_key(person.code)] = person
            self.by_name[plain_words(person.name)].append(person)

    def meant(self, *, code: str = "", name: str = "", born: datetime.date | None = None, unit: str = "") -> Meant:
        """Who is meant by what a row says."""
        if code:
            return self._by_code(code, name)
        if not name:
            return Meant(message="Chưa ghi mã hay họ tên.", remedy="Ghi mã, hoặc họ tên kèm ngày sinh hay đơn vị.")
        found = self.by_name.get(plain_words(name), [])
        if any(same_text(person.name, name) for person in found):
            found = [person for person in found if same_text(person.name, name)]
        if not found:
            like = nearest(name, (people[0].name for people in self.by_name.values()))
            remedy = f"Có phải “{like}”? " if like else ""
            return Meant(message=f"Không có ai tên “{name}”.", remedy=f"{remedy}Sửa họ tên, hoặc ghi mã.")
        if born is not None:
            return self._born(found, name, born)
        if unit:
            here = [person for person in found if plain_words(unit) in map(plain_words, person.units)]
            found = here or found
            if len(here) == 1:
                return Meant(here[0])
            return Meant(candidates=tuple(found))
        return Meant(found[0]) if len(found) == 1 else Meant(candidates=tuple(found))

    def _by_code(self, code: str, name: str) -> Meant:
        person = self.by_code.get(code_key(code))
        if person is None:
            like = nearest(code, (known.code for known in self.by_code.values()))
            if name and len(namesakes := self.by_name.get(plain_words(name), [])) == 1:
                like = namesakes[0].code
            remedy = f"Có phải “{like}”? " if like else ""
            return Meant(message=f"Không có ai mang mã “{code}”.", remedy=f"{remedy}Sửa mã.")
        if name and plain_words(name) != plain_words(person.name):
            message = f"Mã {person.code} là của {person.name}, không phải {name}."
            return Meant(message=message, remedy="Sửa mã hoặc họ tên cho khớp.")
        return Meant(person)

    @staticmethod
    def _born(found: list[Somebody], name: str, born: datetime.date) -> Meant:
        same = [person for person in found if person.born == born]
        if len(same) == 1:
            return Meant(same[0])
        if same:
            return Meant(candidates=tuple(same))
        unknown = [person for person in found if person.born is None]
        if unknown:
            return Meant(candidates=tuple(unknown))
        days = ", ".join(f"{person.born:%d/%m/%Y} ({person.code})" for person in found)
        message = f"Không có {name} nào sinh ngày {born:%d/%m/%Y}."
        return Meant(message=message, remedy=f"Trong danh sách: {days}. Sửa ngày sinh, hoặc ghi mã.")


def changes(before: Mapping[str, object], after: Mapping[str, object]) -> dict[str, tuple[object, object]]:
    """What a row would change, as (before, after) by field; a field that the row leaves empty is not changed."""
    return {
        name: (before.get(name), value)
        for name, value in after.items()
        if value not in (None, "") and not _same(before.get(name), value)
    }


def _same(before: object, after: object) -> bool:
    if isinstance(before, str) and isinstance(after, str):
        return " ".join(before.split()) == " ".join(after.split())
    return before == after
