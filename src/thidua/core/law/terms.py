"""The small words of law as data: kinds, grades and layers; where something stands, in a pack and in a legal text."""

import datetime
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from thidua.core.calendar import Period

Kind = Literal["person", "unit"]
Outcome = Literal["met", "not_met", "not_reviewed", "deferred", "unknown"]
Grade = Literal["gazette", "text", "secondary", "memory"]
FactKind = Literal["bool", "count", "scale", "choice", "text"]
Layer = Literal["nation", "province", "agency"]
Level = Literal["unit", "agency", "province", "initiative"]
Authority = Literal["agency_head", "province_chair", "ministry", "prime_minister", "government", "president"]

GRADES: tuple[Grade, ...] = ("gazette", "text", "secondary", "memory")
LAYERS: tuple[Layer, ...] = ("nation", "province", "agency")
LEVELS: tuple[Level, ...] = ("unit", "agency", "province", "initiative")
UNCHECKED = "chưa đối chiếu với văn bản gốc"

Value = int | Fraction | str | bool


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in a pack something was written, for messages and for the law browser."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Source:
    """A legal instrument: its name, when it is in force, and which copy was read."""

    key: str
    name: str
    force: Period
    read: str
    spot: Spot
    amended_unread_from: datetime.date | None = None
    amended_by: str = ""


@dataclass(frozen=True, slots=True)
class Cite:
    """A place in a source, with the grade of what stands on it."""

    source: str
    place: str
    grade: Grade
    note: str = ""

    @property
    def checked(self) -> bool:
        """Whether the words were compared with the gazette."""
        return self.grade == "gazette"
