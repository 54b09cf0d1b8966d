"""Whether what a ruleset says can be meant: known facts and words, values that suit them, no circles, cited law."""

import difflib
import itertools
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NoReturn, TypeVar

from thidua.core.calendar import Period
from thidua.core.law.errors import PackError
from thidua.core.law.schema import (
    Condition,
    Decider,
    Dossier,
    Fact,
    Group,
    Holds,
    Leaf,
    Limit,
    Param,
    Rule,
    Ruleset,
    Vote,
)
from thidua.core.law.terms import Cite, Kind, Source, Spot
from thidua.core.law.walk import holds, leaves

S = TypeVar("S", Vote, Decider, Dossier)
OF_UNITS: Mapping[Kind, str] = {"person": "", "unit": " (tập thể)"}


def check_cite(cite: Cite, *, force: Period, spot: Spot, sources: Mapping[str, Source]) -> None:
    """A citation names a known source that is in force during the whole period; raises PackError otherwise."""
    source = sources.get(cite.source)
    if source is None:
        known = ", ".join(sorted(sources))
        raise PackError(
            f"Không có nguồn “{cite.source}”.",
            file=spot.file,
            line=spot.line,
            hint=f"Khai trong sources.yaml ({known}).",
        )
    if not source.force.covers(force):
        raise PackError(
            f"{source.name} không có hiệu lực suốt thời kỳ từ {force.start}.",
            file=spot.file,
            line=spot.line,
            hint="Tách phiên bản theo ngày hiệu lực.",
        )


def check_ruleset(ruleset: Ruleset) -> None:
    """Everything a ruleset says makes sense together; raises PackError where something does not."""
    for limit in ruleset.limits:
        _check_limit(limit, ruleset)
    _check_votes(ruleset)
    _check_deciders(ruleset.deciders)
    for layers in _layered((dossier, title) for dossier in ruleset.dossiers for title in dossier.titles):
        _check_apart(layers)
    _check_once((award.spot, f"Mức tiền thưởng {award.title} ({award.kind})") for award in ruleset.awards)
    _check_once((limit.spot, f"Tỷ lệ khống chế {limit.title}{OF_UNITS[limit.kind]}") for limit in ruleset.limits)
    _check_once((tie.first.spot, f"Thứ tự khi bằng nhau{OF_UNITS[tie.kind]}") for tie in ruleset.ties)
    for tie in ruleset.ties:
        _check_leaf(tie.first, ruleset, tie.kind)
    if len(ruleset.stacking) > 1:
        _fail_twice(ruleset.stacking[-1].spot, "Cách chi khi có nhiều mức")
    for rule in ruleset.rules.values():
        now = Period(ruleset.as_of, ruleset.as_of)
        own = [*leaves(rule.require), *rule.exclude]
        _check_unique(own)
        for leaf in own:
            _check_leaf(leaf, ruleset, rule.kind)
            check_cite(leaf.cite, force=now, spot=leaf.spot, sources=ruleset.sources)
        _check_pending(rule, ruleset)
        _check_circle(rule, ruleset, seen=(rule.title,))
        _check_holds(rule.require, conjunctive=True)


def _check_pending(rule: Rule, ruleset: Ruleset) -> None:
    if rule.pending is None:
        return
    fact = ruleset.facts.get(f"{rule.kind}.{rule.pending}")
    if fact is None:
        _fail_unknown_fact(rule.pending, ruleset, rule.kind, rule.spot)
    if fact.kind != "bool":
        raise PackError(
            f"“pending” phải là dữ kiện có/không, {fact.name} thì không.",
            file=rule.spot.file,
            line=rule.spot.line,
            hint="Khai kiểu bool.",
        )


def _check_limit(limit: Limit, ruleset: Ruleset) -> None:
    for param in (limit.share, limit.rounding, limit.scope):
        if param.name not in ruleset.parameters:
            message = f"Tham số “{param.name}” chưa có giá trị vào ngày {ruleset.as_of}."
            raise PackError(message, file=limit.spot.file, line=limit.spot.line, hint="Khai trong parameters/.")
    for entry in limit.rank_by:
        for name in entry:
            fact = ruleset.facts.get(f"{limit.kind}.{name}")
            if fact is None:
                _fail_unknown_fact(name, ruleset, limit.kind, limit.spot)
            if len(entry) > 1 and fact.kind != "count":
                message = f"rank_by “{' + '.join(entry)}”: chỉ cộng được dữ kiện kiểu count, {name} là {fact.kind}."
                raise PackError(message, file=limit.spot.file, line=limit.spot.line, hint="Xếp riêng từng dữ kiện.")


def _check_votes(ruleset: Ruleset) -> None:
    """A lower layer may ask more of a council than the layer above it, never less."""
    for vote in ruleset.votes:
        found = ruleset.parameters.get(vote.recusal) if vote.recusal else None
        if vote.recusal and (found is None or not isinstance(found.value, bool)):
            message = f"Tham số “{vote.recusal}” phải có giá trị true/false vào ngày {ruleset.as_of}."
            raise PackError(message, file=vote.spot.file, line=vote.spot.line, hint="Khai, hoặc bỏ “recusal”.")
    keyed = ((vote, f"{title} ({vote.level})") for vote in ruleset.votes for title in vote.titles)
    for layers in _layered(keyed):
        _check_apart(layers)
        for (above, _), (vote, key) in itertools.pairwise(layers):
            lower_share = (vote.share, vote.strict) < (above.share, above.strict)
            if lower_share or _weaker(above, vote):
                hint = "Tầng dưới chỉ được đòi nhiều hơn."
                message = f"Tỷ lệ phiếu cho {key} lỏng hơn tầng trên."
                raise PackError(message, file=vote.spot.file, line=vote.spot.line, hint=hint)


def _weaker(above: Vote, vote: Vote) -> bool:
    fewer = above.of == "all_members" and vote.of != "all_members"
    return fewer or (above.secret is True and vote.secret is not True)


def _check_deciders(deciders: Iterable[Decider]) -> None:
    """A lower layer may say what its decider is called, not give the decision to somebody else."""
    for layers in _layered((decider, title) for decider in deciders for title in decider.titles):
        _check_apart(layers)
        for (above, _), (decider, title) in itertools.pairwise(layers):
            if (above.by, above.delegate) != (decider.by, decider.delegate):
                hint = f"Giữ “by: {above.by}”."
                message = f"Tầng dưới không được đổi thẩm quyền quyết định {title}."
                raise PackError(message, file=decider.spot.file, line=decider.spot.line, hint=hint)


def _layered(items: Iterable[tuple[S, str]]) -> Iterable[list[tuple[S, str]]]:
    """What is said of each key, from the nation down."""
    found: dict[str, list[tuple[S, str]]] = {}
    for item, key in items:
        found.setdefault(key, []).append((item, key))
    return found.values()


def _check_apart(layers: Sequence[tuple[S, str]]) -> None:
    seen: set[str] = set()
    for item, key in layers:
        pack = item.spot.file.partition("/")[0]
        if pack in seen:
            _fail_twice(item.spot, key)
        seen.add(pack)


def _check_once(items: Iterable[tuple[Spot, str]]) -> None:
    """What no layer may say a second time: what the nation pays or caps is not for a lower layer to change."""
    seen: set[str] = set()
    for spot, key in items:
        if key in seen:
            _fail_twice(spot, key)
        seen.add(key)


def _fail_twice(spot: Spot, key: str) -> NoReturn:
    hint = "Giữ một nơi, hoặc tách ngày “from”, “to”."
    raise PackError(f"{key} khai hai lần cho cùng một ngày.", file=spot.file, line=spot.line, hint=hint)


def _check_unique(own: Sequence[Leaf]) -> None:
    seen: set[str] = set()
    for leaf in own:
        if leaf.id in seen:
            raise PackError(
                f"“{leaf.id}” được thử hai lần.",
                file=leaf.spot.file,
                line=leaf.spot.line,
                hint="Gộp thành một phép thử.",
            )
        seen.add(leaf.id)


def _check_leaf(leaf: Leaf, ruleset: Ruleset, kind: Kind) -> None:
    fact = ruleset.facts.get(f"{kind}.{leaf.fact}")
    if fact is None:
        _fail_unknown_fact(leaf.fact, ruleset, kind, leaf.spot)
    if leaf.test.share_of and f"{kind}.{leaf.test.share_of}" not in ruleset.facts:
        _fail_unknown_fact(leaf.test.share_of, ruleset, kind, leaf.spot)
    value = leaf.test.value
    if isinstance(value, Param) and value.name not in ruleset.parameters:
        raise PackError(
            f"Tham số “{value.name}” chưa có giá trị vào ngày {ruleset.as_of}.",
            file=leaf.spot.file,
            line=leaf.spot.line,
            hint="Khai trong parameters/.",
        )
    words = value if isinstance(value, tuple) else (value,)
    for word in words:
        if fact.kind in ("scale", "choice") and isinstance(word, str) and word not in fact.words:
            raise PackError(
                f"“{word}” không phải từ của {fact.name}.",
                file=leaf.spot.file,
                line=leaf.spot.line,
                hint=f"Dùng: {', '.join(fact.words)}.",
            )
    _check_kind(leaf, fact, ruleset)


def _fail_unknown_fact(name: str, ruleset: Ruleset, kind: Kind, spot: Spot) -> NoReturn:
    known = [fact.name for fact in ruleset.facts_of(kind)]
    near = difflib.get_close_matches(name, known, n=1)
    hint = f"Có phải “{near[0]}”?" if near else "Khai trong facts.yaml."
    raise PackError(f"Không có dữ kiện “{name}”.", file=spot.file, line=spot.line, hint=hint)


def _check_kind(leaf: Leaf, fact: Fact, ruleset: Ruleset) -> None:
    """A test and its value must suit the kind of fact, or the engine would refuse it, or worse, accept it."""
    value, op = leaf.test.value, leaf.test.op
    if isinstance(value, Param):
        found = ruleset.parameters[value.name].value
        if found is None:
            return
        value = found
    values = value if isinstance(value, tuple) else (value,)
    whole = all(isinstance(one, int) and not isinstance(one, bool) for one in values)
    if leaf.test.share_of:
        good, hint = fact.kind == "count" and isinstance(value, Fraction), 'So số đếm với phân số, ví dụ "7/10".'
    elif fact.kind == "bool":
        good, hint = op == "is" and isinstance(value, bool), "Dùng is: true hoặc is: false."
    elif fact.kind == "count":
        good, hint = (
            whole and (not fact.includes or op == "at_least"),
            "Dùng số nguyên; phạm vi rộng dần chỉ có at_least.",
        )
    elif fact.kind == "scale":
        good, hint = all(isinstance(one, str) for one in values), f"Dùng: {', '.join(fact.words)}."
    else:
        good, hint = op in ("is", "in") and all(isinstance(one, str) for one in values), "Dùng is hoặc in với chữ."
    if not good:
        raise PackError(
            f"Phép thử “{op}” không hợp với dữ kiện {fact.name}.", file=leaf.spot.file, line=leaf.spot.line, hint=hint
        )


def _check_holds(condition: Condition, *, conjunctive: bool) -> None:
    """``holds`` brings another title's exclusions along, which has a meaning only where it must be true."""
    if isinstance(condition, Group):
        for part in condition.parts:
            _check_holds(part, conjunctive=conjunctive and condition.word == "all")
    elif isinstance(condition, Holds) and not conjunctive:
        spot = condition.spot
        raise PackError("“holds” chỉ đứng trong “all”.", file=spot.file, line=spot.line, hint="Chép điều kiện ra.")


def _check_circle(rule: Rule, ruleset: Ruleset, *, seen: tuple[str, ...]) -> None:
    for inner in holds(rule.require):
        if inner.title in seen:
            raise PackError(
                f"Vòng tròn: {' → '.join((*seen, inner.title))}.",
                file=inner.spot.file,
                line=inner.spot.line,
                hint="Bỏ một “holds”.",
            )
        other = ruleset.rules.get((rule.kind, inner.title))
        if other is None:
            raise PackError(
                f"Không có danh hiệu “{inner.title}”.",
                file=inner.spot.file,
                line=inner.spot.line,
                hint="Khai trong rules/, hoặc sửa mã.",
            )
        _check_circle(other, ruleset, seen=(*seen, inner.title))
