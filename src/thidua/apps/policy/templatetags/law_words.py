"""Citations, values and conditions of the law as pages show them."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thidua.core.law.history import Change, cites_changed
from thidua.core.law.sheet import Part, Statement
from thidua.core.law.terms import Cite, Grade, Kind, Layer, Source

register = template.Library()
GRADES: dict[Grade, Promise] = {
    "gazette": _("đã đối chiếu với Công báo"),
    "text": _("đã đọc nguyên văn"),
    "secondary": _("đọc qua trang thứ cấp"),
    "memory": _("chưa đọc: suy luận hoặc thông lệ"),
}
KINDS: dict[Kind, Promise] = {"person": _("Cá nhân"), "unit": _("Tập thể")}
LAYERS: dict[Layer, Promise] = {"nation": _("Trung ương"), "province": _("Tỉnh"), "agency": _("Cơ quan")}
PARTS: dict[Part, Promise] = {
    "name": _("Tên gọi"),
    "require": _("Điều kiện"),
    "exclude": _("Không xét nếu"),
    "pending": _("Tạm dừng xét khi"),
    "dormant": _("Không hỏi ở đây"),
    "limit": _("Tỷ lệ khống chế"),
    "vote": _("Biểu quyết"),
    "money": _("Tiền thưởng"),
    "decider": _("Thẩm quyền"),
    "dossier": _("Hồ sơ"),
    "parameter": _("Tham số"),
}

ALWAYS_RULED: tuple[Part, ...] = ("vote", "money", "decider", "dossier")


class Cited(NamedTuple):
    """A citation beside the instrument it names."""

    cite: Cite
    source: Source


@register.inclusion_tag("policy/cites.html")
def law_cites(cites: Sequence[Cite], sources: Mapping[str, Source]) -> dict[str, object]:
    """Each citation with its instrument, its grade and its page, and one mark for what no gazette confirms."""
    return {
        "cited": [Cited(cite, sources[cite.source]) for cite in cites],
        "unchecked": not all(cite.checked for cite in cites),
    }


@register.inclusion_tag("policy/cites.html")
def change_cites(change: Change, sources: Mapping[str, Source]) -> dict[str, object]:
    """The citations that a change rests on."""
    return law_cites(cites_changed(change), sources)


@register.filter
def sources_of(changes: Sequence[Change], sources: Mapping[str, Source]) -> list[Source]:
    """The instruments that several changes rest on, each once."""
    keys = dict.fromkeys(cite.source for change in changes for cite in cites_changed(change))
    return [sources[key] for key in keys]


@register.simple_tag
def part_of(statements: Sequence[Statement], part: Part) -> list[Statement]:
    """The statements of one part, for a table of its own."""
    return [statement for statement in statements if statement.part == part]


@register.filter
def grade_words(grade: Grade) -> str:
    """How far a citation can be trusted."""
    return str(GRADES[grade])


@register.filter
def kind_words(kind: Kind) -> str:
    """For people or for collectives."""
    return str(KINDS[kind])


@register.filter
def layer_words(layer: Layer) -> str:
    """The layer that says it."""
    return str(LAYERS[layer])


@register.filter
def part_words(part: Part) -> str:
    """What a statement is about."""
    return str(PARTS[part])


@register.filter
def at(names: Mapping[str, str], key: str) -> str:
    """What stands under a key."""
    return names.get(key, key)


@register.filter
def always_ruled(statement: Statement) -> bool:
    """Whether some text always rules this: gone from the data, it was not read, which is not the same as repealed."""
    return statement.part in ALWAYS_RULED


@register.filter
def reworded(changes: Sequence[Change]) -> list[Change]:
    """The changes that say something else."""
    return [change for change in changes if not change.recited]


@register.filter
def recited(changes: Sequence[Change]) -> list[Change]:
    """The changes of which only the place in law is another."""
    return [change for change in changes if change.recited]
