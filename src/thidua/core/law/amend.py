"""Amendments: from a day on some numbers and rules are others. An adopted one is a version like any; a draft is tried.

Nothing is overwritten: the version that was in force ends the day before, and goes on after the amendment's last day.
"""

import dataclasses
import datetime
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from fractions import Fraction
from typing import TypeVar

from thidua.core import canonical
from thidua.core.calendar import Period
from thidua.core.law.errors import PackError
from thidua.core.law.schema import Amendment, NewValue, Pack, Parameter, ParameterVersion, Rule
from thidua.core.law.terms import LAYERS, Cite, Source, Spot, Value

V = TypeVar("V", Rule, ParameterVersion)
DAY = timedelta(days=1)
DRAFT_READ = "dự thảo, chưa ban hành"


def amend(packs: Sequence[Pack], amendments: Iterable[Amendment]) -> tuple[Pack, ...]:
    """The packs as they would be with these amendments, one after the other.

    A number is changed in the lowest layer that says it, because that is the one that takes effect; so is a tightening;
    a rule where it stands. Raises PackError when no pack has what is to be changed, or has it as another kind of value.
    """
    found = tuple(packs)
    for amendment in amendments:
        found = _amend(found, amendment)
    return found


def trial(values: Mapping[str, Value], *, on: datetime.date, place: str) -> Amendment:
    """A draft of one day that only sets numbers; ``place`` is where they were typed, for messages."""
    words = [f"{name}={value}" for name, value in values.items()]
    return Amendment(
        key="thu",
        label=f"Thay đổi thử: {', '.join(words)}",
        adopted=False,
        force=Period(on, on),
        cite=None,
        values=tuple(NewValue(name, value, Spot(place, 0)) for name, value in values.items()),
        rules=(),
        tightens=(),
        spot=Spot(place, 0),
        digest=canonical.digest(words),
    )


def typed_value(text: str) -> Value:
    """20/100, 20%, 3, true or a word, as a pack would have it."""
    if text in ("true", "false"):
        return text == "true"
    try:
        exact = Fraction(text.removesuffix("%").strip()) / (100 if text.endswith("%") else 1)
    except (ValueError, ZeroDivisionError):
        return text
    whole = exact.denominator == 1 and "/" not in text and "%" not in text
    return int(exact) if whole else exact


def amended(pack: Pack, amendment: Amendment) -> Pack:
    """One pack with an amendment of its own. Raises PackError."""
    return _amend((pack,), amendment)[0]


def _amend(packs: tuple[Pack, ...], amendment: Amendment) -> tuple[Pack, ...]:
    held = {pack.name: pack for pack in sorted(packs, key=lambda pack: LAYERS.index(pack.layer))}
    for value in amendment.values:
        names = [name for name, pack in held.items() if _parameter(pack, value.name) is not None]
        if not names:
            _fail(value, f"Không có tham số “{value.name}” trong các bộ luật.", "Xem các tệp parameters/.")
        held[names[-1]] = _with_value(held[names[-1]], amendment, value)
    for rule in amendment.rules:
        names = [name for name, pack in held.items() if any(_same_title(rule, other) for other in pack.rules)]
        if not names:
            _fail(rule, f"Không có quy tắc {rule.title} để sửa.", "Xem các tệp rules/, hoặc khai danh hiệu mới.")
        held[names[-1]] = _with_rule(held[names[-1]], amendment, rule)
    for rule in amendment.tightens:
        names = [name for name, pack in held.items() if any(_same_title(rule, other) for other in pack.tightens)]
        if not names:
            _fail(rule, f"Không có phần siết thêm {rule.title} để sửa.", "Xem các tệp rules/ có “tighten”.")
        held[names[-1]] = _with_tightening(held[names[-1]], amendment, rule)
    return tuple(held[pack.name] for pack in packs)


def _with_value(pack: Pack, amendment: Amendment, new: NewValue) -> Pack:
    old = _parameter(pack, new.name)
    assert old is not None  # the caller looked
    _check_kind(old, new)
    version = ParameterVersion(amendment.force, new.value, _cite(amendment), new.spot)
    changed = dataclasses.replace(old, versions=_laid_over(old.versions, version))
    return _changed(
        pack,
        amendment,
        parameters=tuple(changed if item is old else item for item in pack.parameters),
        sets=tuple(changed if item is old else item for item in pack.sets),
    )


def _with_rule(pack: Pack, amendment: Amendment, new: Rule) -> Pack:
    same = [rule for rule in pack.rules if _same_title(new, rule)]
    rule = dataclasses.replace(new, name=new.name or same[-1].name, force=amendment.force, form=same[-1].form)
    others = tuple(other for other in pack.rules if not _same_title(new, other))
    return _changed(pack, amendment, rules=(*others, *_laid_over(tuple(same), rule)))


def _with_tightening(pack: Pack, amendment: Amendment, new: Rule) -> Pack:
    same = tuple(rule for rule in pack.tightens if _same_title(new, rule))
    others = tuple(other for other in pack.tightens if not _same_title(new, other))
    return _changed(pack, amendment, tightens=(*others, *_laid_over(same, new)))


def _changed(pack: Pack, amendment: Amendment, **parts: object) -> Pack:
    digest = canonical.digest({"pack": pack.digest, "amendment": amendment.digest})
    sources = pack.sources
    if amendment.cite is None and all(source.key != _key(amendment) for source in sources):
        draft = Source(_key(amendment), amendment.label, amendment.force, DRAFT_READ, amendment.spot)
        sources = (*sources, draft)
    return dataclasses.replace(pack, digest=digest, sources=sources, **parts)  # type: ignore[arg-type]  # fields by name


def _laid_over(versions: tuple[V, ...], new: V) -> tuple[V, ...]:
    """The versions with a new one, in order of days: what it overlaps is cut to the days before and after it."""
    found: list[V] = [piece for version in versions for piece in _outside(version, new.force)]
    found.append(new)
    return tuple(sorted(found, key=lambda version: version.force.start))


def _outside(version: V, force: Period) -> Iterable[V]:
    was = version.force
    if not was.overlaps(force):
        yield version
        return
    if was.start < force.start:
        yield dataclasses.replace(version, force=Period(was.start, force.start - DAY))
    if force.end is not None and (was.end is None or was.end > force.end):
        yield dataclasses.replace(version, force=Period(force.end + DAY, was.end))


def _check_kind(old: Parameter, new: NewValue) -> None:
    """A number stays a number, yes or no stays yes or no: what reads the parameter expects its kind."""
    known = {_kind(version.value) for version in old.versions if version.value is not None}
    if known and _kind(new.value) not in known:
        _fail(new, f"“{new.name}” là {' hoặc '.join(sorted(known))}, không phải {_kind(new.value)}.", "Sửa “value”.")


def _kind(value: Value) -> str:
    if isinstance(value, bool):
        return "true/false"
    return "một con số" if isinstance(value, (int, Fraction)) else "chữ"


def _parameter(pack: Pack, name: str) -> Parameter | None:
    return next((item for item in (*pack.parameters, *pack.sets) if item.name == name), None)


def _same_title(one: Rule, other: Rule) -> bool:
    return (one.kind, one.title) == (other.kind, other.title)


def _cite(amendment: Amendment) -> Cite:
    return amendment.cite or Cite(_key(amendment), "dự thảo", "memory")


def _key(amendment: Amendment) -> str:
    return f"DU-THAO-{amendment.key}"


def _fail(item: NewValue | Rule, message: str, hint: str) -> None:
    raise PackError(message, file=item.spot.file, line=item.spot.line, hint=hint)
