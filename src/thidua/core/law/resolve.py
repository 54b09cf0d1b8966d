"""Lay nation, province and agency over each other on one date: the ruleset in force, hashed.

A lower layer may set a parameter that is open to it and tighten a rule; it may never loosen one.
"""

import dataclasses
import datetime
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

from thidua.core import canonical
from thidua.core.calendar import Period
from thidua.core.law.check import check_cite, check_ruleset
from thidua.core.law.errors import NoRule, PackError
from thidua.core.law.schema import (
    Award,
    Condition,
    Decider,
    Dossier,
    Fact,
    Group,
    Leaf,
    Limit,
    Pack,
    Param,
    Parameter,
    ParameterVersion,
    Rule,
    Ruleset,
    Vote,
)
from thidua.core.law.terms import LAYERS, Cite, Kind, Source, Spot
from thidua.core.law.walk import holds, leaves

T = TypeVar("T")
RuleKey = tuple[Kind, str]


def resolve(packs: Sequence[Pack], *, as_of: datetime.date) -> Ruleset:
    """What is in force on ``as_of`` when ``packs`` are laid over each other, from nation down to agency.

    Raises PackError for a missing parent, a clash of names, a parameter set by a layer it is not open to, a test of
    an unknown fact or word, a citation that does not resolve or is not in force, and a circle of ``holds``.
    """
    ordered = _ordered(packs)
    facts = _facts(ordered)
    sources = _unique((source.key, source, source.spot) for pack in ordered for source in pack.sources)
    declared = _unique((param.name, param, param.spot) for pack in ordered for param in pack.parameters)
    parameters = _parameters(ordered, declared, sources, as_of)
    rules = _rules(ordered, as_of)
    _check_parameters(rules, declared, parameters, as_of)
    ruleset = Ruleset(
        as_of=as_of,
        packs=tuple(f"{pack.name} {pack.version}" for pack in ordered),
        digest=canonical.digest({"as_of": as_of, "packs": [[pack.name, pack.digest] for pack in ordered]}),
        facts=facts,
        sources=sources,
        parameters=parameters,
        parameter_labels={name: param.label for name, param in declared.items()},
        rules={key: _keep_open(_with_exclusions(rule, rules), parameters) for key, rule in rules.items()},
        limits=tuple(limit for pack in ordered for limit in pack.limits if as_of in limit.force),
        ties=tuple(tie for pack in ordered for tie in pack.ties if as_of in tie.force),
        votes=tuple(vote for pack in ordered for vote in pack.votes if as_of in vote.force),
        awards=tuple(award for pack in ordered for award in pack.awards if as_of in award.force),
        stacking=tuple(item for pack in ordered for item in pack.stacking if as_of in item.force),
        deciders=tuple(item for pack in ordered for item in pack.deciders if as_of in item.force),
        dossiers=tuple(item for pack in ordered for item in pack.dossiers if as_of in item.force),
        warnings=_warnings(sources, rules, as_of),
        dormant={key: _switched_off(rule, parameters) for key, rule in rules.items()},
    )
    check_ruleset(ruleset)
    return ruleset


def check_citations(packs: Sequence[Pack]) -> int:
    """Check every citation of every version in the packs; returns how many there are, or raises PackError."""
    sources = _unique((source.key, source, source.spot) for pack in _ordered(packs) for source in pack.sources)
    cited = list(_citations(packs))
    for cite, force, spot in cited:
        check_cite(cite, force=force, spot=spot, sources=sources)
    return len(cited)


def check_parents(packs: Sequence[Pack]) -> None:
    """Every pack's parent must be there and stand in a higher layer; raises PackError otherwise."""
    _ordered(packs)


def check_versions(packs: Sequence[Pack]) -> None:
    """Resolve the packs on every day on which a version starts; raises PackError at the first that cannot be used."""
    days = {force.start for _, force, _ in _citations(packs)}
    for day in sorted(days):
        resolve(packs, as_of=day)


def _citations(packs: Sequence[Pack]) -> Iterable[tuple[Cite, Period, Spot]]:
    for pack in packs:
        for rule in (*pack.rules, *pack.tightens):
            if rule.cite is not None:
                yield rule.cite, rule.force, rule.spot
            for leaf in (*leaves(rule.require), *rule.exclude):
                yield leaf.cite, rule.force, leaf.spot
            for inner in holds(rule.require):
                yield inner.cite, rule.force, inner.spot
        for param in (*pack.parameters, *pack.sets):
            for version in param.versions:
                yield version.cite, version.force, version.spot
        cited: tuple[Limit | Vote | Award | Decider | Dossier, ...]
        cited = (*pack.limits, *pack.votes, *pack.awards, *pack.deciders, *pack.dossiers)
        for item in cited:
            yield item.cite, item.force, item.spot
        for tie in pack.ties:
            yield tie.first.cite, tie.force, tie.first.spot
        for dossier in pack.dossiers:
            for paper in dossier.papers:
                yield paper.cite, dossier.force, dossier.spot
        for clause in pack.stacking:
            for cite in (clause.same_cite, clause.other_cite, clause.form_cite):
                yield cite, clause.force, clause.spot


def _ordered(packs: Sequence[Pack]) -> tuple[Pack, ...]:
    layers = {pack.name: pack.layer for pack in packs}
    if len(layers) != len(packs):
        raise PackError("Một bộ luật được nêu hai lần.", file=", ".join(pack.name for pack in packs))
    if not packs:
        raise PackError("Chưa nêu bộ luật nào.", file="--packs", hint="Ví dụ: --packs packs/vn.national.")
    for pack in packs:
        if pack.extends and pack.extends not in layers:
            raise PackError(
                f"Bộ luật {pack.name} đặt trên {pack.extends} nhưng bộ này chưa được nêu.",
                file=f"{pack.name}/pack.yaml",
                hint=f"Thêm thư mục {pack.extends} vào --packs.",
            )
        if pack.extends and LAYERS.index(layers[pack.extends]) >= LAYERS.index(pack.layer):
            raise PackError(
                f"Bộ luật {pack.name} phải ở tầng dưới {pack.extends}.",
                file=f"{pack.name}/pack.yaml",
                hint="Sửa “extends” hoặc “layer”.",
            )
    return tuple(sorted(packs, key=lambda pack: (LAYERS.index(pack.layer), pack.name)))


def _unique(items: Iterable[tuple[str, T, Spot]]) -> dict[str, T]:
    found: dict[str, T] = {}
    for key, value, spot in items:
        if key in found:
            hint = "Đổi tên hoặc bỏ một nơi."
            raise PackError(f"“{key}” khai hai lần.", file=spot.file, line=spot.line, hint=hint)
        found[key] = value
    return found


def _facts(packs: Sequence[Pack]) -> dict[str, Fact]:
    return _unique((f"{fact.of}.{fact.name}", fact, fact.spot) for pack in packs for fact in pack.facts)


def _parameters(
    packs: Sequence[Pack],
    declared: Mapping[str, Parameter],
    sources: Mapping[str, Source],
    as_of: datetime.date,
) -> dict[str, ParameterVersion]:
    chosen: dict[str, ParameterVersion] = {}
    for param in declared.values():
        chosen.update(_in_force(param, as_of, sources))
    for pack in packs:
        for setting in pack.sets:
            own = declared.get(setting.name)
            spot = setting.versions[0].spot if setting.versions else Spot(pack.name, 0)
            if own is None or pack.layer not in own.settable:
                raise PackError(
                    f"Tầng {pack.layer} không được đặt tham số “{setting.name}”.",
                    file=spot.file,
                    line=spot.line,
                    hint="Xem settable_by ở tầng trên.",
                )
            for name, version in _in_force(setting, as_of, sources):
                _check_only(own, above=chosen.get(name), version=version)
                chosen[name] = version
    return chosen


def _check_only(param: Parameter, *, above: ParameterVersion | None, version: ParameterVersion) -> None:
    """Where the law leaves a number to a lower layer within a bound, the layer may be stricter, never looser."""
    if param.only is None or above is None or above.value is None:
        return
    was, new = above.value, version.value
    looser = True
    if isinstance(was, (int, Fraction)) and isinstance(new, (int, Fraction)):
        looser = new > was if param.only == "lower" else new < was
    if looser:
        side = "thấp hơn" if param.only == "lower" else "cao hơn"
        message = f"Tham số “{param.name}” chỉ được đặt bằng hoặc {side} {was}, không phải {new}."
        hint = "Tầng dưới chỉ được siết chặt hơn tầng trên."
        raise PackError(message, file=version.spot.file, line=version.spot.line, hint=hint)


def _in_force(
    param: Parameter, as_of: datetime.date, sources: Mapping[str, Source]
) -> Iterable[tuple[str, ParameterVersion]]:
    for version in param.versions:
        if as_of in version.force:
            check_cite(version.cite, force=Period(as_of, as_of), spot=version.spot, sources=sources)
            yield param.name, version


def _rules(packs: Sequence[Pack], as_of: datetime.date) -> dict[RuleKey, Rule]:
    rules: dict[RuleKey, Rule] = {}
    for pack in packs:
        for rule in pack.rules:
            if as_of not in rule.force:
                continue
            if (rule.kind, rule.title) in rules:
                raise PackError(
                    f"Danh hiệu {rule.title} khai hai lần.",
                    file=rule.spot.file,
                    line=rule.spot.line,
                    hint="Giữ một nơi; tầng dưới dùng “tighten”.",
                )
            rules[rule.kind, rule.title] = rule
    for pack in packs:
        for rule in pack.tightens:
            if as_of in rule.force:
                rules[rule.kind, rule.title] = _tighten(rules.get((rule.kind, rule.title)), rule)
    return rules


def _tighten(base: Rule | None, extra: Rule) -> Rule:
    if base is None:
        raise PackError(
            f"Không có quy tắc {extra.title} ở tầng trên để siết thêm.",
            file=extra.spot.file,
            line=extra.spot.line,
            hint="Sửa mã danh hiệu hoặc ngày, hoặc khai danh hiệu mới bằng “title”.",
        )
    return dataclasses.replace(
        base, require=Group("all", (base.require, extra.require)), exclude=base.exclude + extra.exclude
    )


def _keep_open(rule: Rule, parameters: Mapping[str, ParameterVersion]) -> Rule:
    """Drop the tests whose ``when`` parameter says no on this date."""
    kept = _prune(rule.require, parameters)
    if kept is None:
        raise PackError(f"Quy tắc {rule.title} không còn điều kiện nào.", file=rule.spot.file, line=rule.spot.line)
    exclude = tuple(leaf for leaf in rule.exclude if _applies(leaf, parameters))
    pending = rule.pending if _defers(rule, parameters) else None
    return dataclasses.replace(rule, require=kept, exclude=exclude, pending=pending)


def _with_exclusions(rule: Rule, rules: Mapping[RuleKey, Rule]) -> Rule:
    if rule.exclude_as is None:
        return rule
    other = rules.get((rule.kind, rule.exclude_as))
    if other is None:
        raise PackError(
            f"Không có danh hiệu “{rule.exclude_as}”.",
            file=rule.spot.file,
            line=rule.spot.line,
            hint="Khai trong rules/, hoặc sửa mã.",
        )
    return dataclasses.replace(rule, exclude=rule.exclude + other.exclude)


def _switched_off(rule: Rule, parameters: Mapping[str, ParameterVersion]) -> tuple[Leaf, ...]:
    own = (*leaves(rule.require), *rule.exclude)
    return tuple(leaf for leaf in own if leaf.when is not None and not _applies(leaf, parameters))


def _defers(rule: Rule, parameters: Mapping[str, ParameterVersion]) -> bool:
    if rule.pending_by is None:
        return rule.pending is not None
    return _yes_no(rule.pending_by, parameters, rule.spot)


def _prune(condition: Condition, parameters: Mapping[str, ParameterVersion]) -> Condition | None:
    if isinstance(condition, Leaf):
        return condition if _applies(condition, parameters) else None
    if isinstance(condition, Group):
        parts = tuple(kept for part in condition.parts if (kept := _prune(part, parameters)) is not None)
        return Group(condition.word, parts) if parts else None
    return condition


def _applies(leaf: Leaf, parameters: Mapping[str, ParameterVersion]) -> bool:
    return leaf.when is None or _yes_no(leaf.when, parameters, leaf.spot)


def _yes_no(name: str, parameters: Mapping[str, ParameterVersion], spot: Spot) -> bool:
    found = parameters.get(name)
    if found is None or not isinstance(found.value, bool):
        raise PackError(
            f"Tham số “{name}” phải có giá trị true/false vào ngày này.",
            file=spot.file,
            line=spot.line,
            hint="Chưa có quy định thì không thể coi như có hoặc không.",
        )
    return found.value


def _warnings(sources: Mapping[str, Source], rules: Mapping[RuleKey, Rule], as_of: datetime.date) -> tuple[str, ...]:
    cited = {leaf.cite.source for rule in rules.values() for leaf in (*leaves(rule.require), *rule.exclude)}
    cited |= {inner.cite.source for rule in rules.values() for inner in holds(rule.require)}
    found = []
    for key in sorted(cited):
        source = sources.get(key)
        if source and source.amended_unread_from and source.amended_unread_from <= as_of:
            day = source.amended_unread_from.strftime("%d/%m/%Y")
            found.append(
                f"luật đã sửa đổi từ {day}, chưa có văn bản trong bộ dữ liệu ({source.name}, {source.amended_by})"
            )
    return tuple(found)


def _check_parameters(
    rules: Mapping[RuleKey, Rule],
    declared: Mapping[str, Parameter],
    parameters: Mapping[str, ParameterVersion],
    as_of: datetime.date,
) -> None:
    """A parameter nobody declared is a fault of the pack; one without a version on this date is a gap in the law."""
    for rule in rules.values():
        for name, spot in _named(rule):
            if name not in declared:
                hint = "Khai trong parameters/, hoặc sửa tên."
                raise PackError(f"Tham số “{name}” chưa khai.", file=spot.file, line=spot.line, hint=hint)
            if name not in parameters:
                raise NoRule(f"tham số {name} (“{declared[name].label}”) tại ngày {as_of:%d/%m/%Y}")


def _named(rule: Rule) -> Iterable[tuple[str, Spot]]:
    if rule.pending_by:
        yield rule.pending_by, rule.spot
    for leaf in (*leaves(rule.require), *rule.exclude):
        value = leaf.test.value
        names = (leaf.when, leaf.over, value.name if isinstance(value, Param) else None)
        yield from ((name, leaf.spot) for name in names if name)
