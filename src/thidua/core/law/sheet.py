"""A title as a jurist reads it on one day: the conditions as a tree, and everything the law says of it, cited.

The same statements laid side by side on two days tell what a change of law changed (``history.py``).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, get_args

from thidua.core.law.compile import exclusions
from thidua.core.law.deciders import decider, dossier
from thidua.core.law.errors import NoRule
from thidua.core.law.explain import GROUP_WORDS, test_words
from thidua.core.law.money import BASE_SALARY, ROUND_TO, amount, multiplier
from thidua.core.law.places import ROUNDED, SCOPES, WHO, limit_scope, limit_share
from thidua.core.law.schema import Condition, Group, Holds, Leaf, Limit, Param, Rule, Ruleset
from thidua.core.law.terms import LEVELS, Cite, Kind, Value
from thidua.core.law.votes import LEVEL_NAMES, QUORUMS, vote_rule, vote_words

Part = Literal[
    "name", "require", "exclude", "pending", "dormant", "limit", "vote", "money", "decider", "dossier", "parameter"
]
PARTS: tuple[Part, ...] = get_args(Part)
RuleKey = tuple[Kind, str]
NOT_READ = "văn bản có quy định nhưng chưa đọc, chưa có trong bộ dữ liệu"
VALUE_WORDS = {
    "down": "xuống",
    "nearest": "theo số gần nhất",
    "up": "lên",
    "agency": "toàn cơ quan",
    "unit": "từng đơn vị",
    "pooled": "toàn cơ quan, chia theo phần dư lớn nhất",
}
PLACE_WORDS = {"any": "một trong các lựa chọn", "not": "không được", "all": ""}
PAY_WORDS = {"highest": "chỉ chi mức cao nhất", "each": "chi theo từng mức"}


@dataclass(frozen=True, slots=True)
class Clause:
    """A place in a title's conditions; ``title`` is the inner title of a ``holds``, whose conditions are below it."""

    kind: Literal["all", "any", "not", "leaf", "holds"]
    sentence: str
    cites: tuple[Cite, ...] = ()
    title: str = ""
    children: tuple["Clause", ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that the law says on a day: ``key`` is the same on other days, ``of`` is the title it comes from.

    ``label`` is blank where the part says it all.
    """

    key: str
    part: Part
    label: str
    words: str
    cites: tuple[Cite, ...]
    of: str = ""


def clauses(ruleset: Ruleset, rule: Rule, condition: Condition | None = None) -> Clause:
    """The conditions of a rule, with those of the titles it holds below them. Raises NoRule."""
    condition = condition or rule.require
    if isinstance(condition, Leaf):
        return Clause("leaf", leaf_sentence(condition, ruleset, rule.kind), leaf_cites(condition, ruleset))
    if isinstance(condition, Group):
        parts = tuple(clauses(ruleset, rule, part) for part in condition.parts)
        return Clause(condition.word, GROUP_WORDS[condition.word], children=parts)
    inner = ruleset.rule(rule.kind, condition.title)
    return Clause(
        "holds",
        f"Đạt tiêu chuẩn {inner.name}",
        (condition.cite,),
        title=inner.title,
        children=(clauses(ruleset, inner),),
    )


def sheet(ruleset: Ruleset, *, kind: Kind, title: str) -> tuple[Statement, ...]:
    """Everything said of a title or form on the ruleset's day, in the order of ``PARTS``; () where there is no rule."""
    rule = ruleset.rules.get((kind, title))
    if rule is None:
        return ()
    return (
        Statement("name", "name", "", rule.name, (rule.cite,) if rule.cite else ()),
        *_conditions(ruleset, rule, rule.require),
        *_bars(ruleset, rule),
        *_limits(ruleset, rule),
        *_votes(ruleset, title),
        *_money(ruleset, rule),
        *_decided(ruleset, title),
        *_papers(ruleset, title),
    )


def parameter_statements(ruleset: Ruleset) -> tuple[Statement, ...]:
    """Every parameter with a version on the ruleset's day, by name."""
    return tuple(
        Statement(name, "parameter", ruleset.parameter_labels[name], value_words(version.value), (version.cite,))
        for name, version in sorted(ruleset.parameters.items())
    )


def value_words(value: Value | None) -> str:
    """A parameter's value as people write it: Có/Không, 15%, 2/3, 2.340.000; what nobody read says so."""
    if value is None:
        return NOT_READ
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, Fraction):
        return share_words(value)
    if isinstance(value, int):
        return f"{value:,}".replace(",", ".")
    return VALUE_WORDS.get(value, value)


def share_words(share: Fraction) -> str:
    """A share exactly: as a percentage where that is whole, else as the fraction."""
    return f"{share * 100}%" if (share * 100).denominator == 1 else str(share)


def leaf_sentence(leaf: Leaf, ruleset: Ruleset, kind: Kind) -> str:
    """A test as a sentence, with the years it counts over."""
    fact = ruleset.facts[f"{kind}.{leaf.fact}"]
    sentence = f"{fact.label}: {test_words(leaf, fact, ruleset)}"
    return f"{sentence}, tính trong {ruleset.value(leaf.over)} năm" if leaf.over else sentence


def leaf_cites(leaf: Leaf, ruleset: Ruleset) -> tuple[Cite, ...]:
    """Where a test stands, and where the numbers in it stand."""
    value = leaf.test.value
    names = (value.name if isinstance(value, Param) else None, leaf.over, leaf.when)
    return tuple(dict.fromkeys((leaf.cite, *_cites_of(ruleset, *names))))


def _cites_of(ruleset: Ruleset, *names: str | None) -> tuple[Cite, ...]:
    return tuple(ruleset.parameters[name].cite for name in names if name and name in ruleset.parameters)


def _conditions(ruleset: Ruleset, rule: Rule, condition: Condition, place: str = "") -> Iterator[Statement]:
    """The tests one by one; the label says how each stands in the tree, since that may change, too."""
    if isinstance(condition, Group):
        inner = ", trong đó ".join(word for word in (place, PLACE_WORDS[condition.word]) if word)
        for part in condition.parts:
            yield from _conditions(ruleset, rule, part, inner)
    elif isinstance(condition, Holds):
        inner_rule = ruleset.rule(rule.kind, condition.title)
        words = f"Đạt tiêu chuẩn {inner_rule.name}"
        yield Statement(f"holds.{inner_rule.title}", "require", place or "bắt buộc", words, (condition.cite,))
    else:
        sentence = leaf_sentence(condition, ruleset, rule.kind)
        yield Statement(condition.id, "require", place or "bắt buộc", sentence, leaf_cites(condition, ruleset))


def _bars(ruleset: Ruleset, rule: Rule) -> Iterator[Statement]:
    for leaf in exclusions(rule, ruleset):
        owner = leaf.id.split(".")[0]
        sentence = leaf_sentence(leaf, ruleset, rule.kind)
        yield Statement(leaf.id, "exclude", "", sentence, leaf_cites(leaf, ruleset), of=owner)
    if rule.pending:
        label = ruleset.facts[f"{rule.kind}.{rule.pending}"].label
        cites = _cites_of(ruleset, rule.pending_by) or ((rule.cite,) if rule.cite else ())
        yield Statement(f"pending.{rule.pending}", "pending", "", f"{label}: Có", cites)
    for leaf in ruleset.dormant.get((rule.kind, rule.title), ()):
        why = ruleset.parameter_labels.get(leaf.when or "", "")
        words = f"{leaf_sentence(leaf, ruleset, rule.kind)} (vì “{why}”: Không)"
        yield Statement(leaf.id, "dormant", "", words, leaf_cites(leaf, ruleset))


def _limits(ruleset: Ruleset, rule: Rule) -> Iterator[Statement]:
    for limit in ruleset.limits_of(rule.kind):
        if limit.title == rule.title:
            names = (limit.share.name, limit.rounding.name, limit.scope.name)
            cites = tuple(dict.fromkeys((limit.cite, *_cites_of(ruleset, *names))))
            yield Statement(f"limit.{limit.base}", "limit", "Tỷ lệ tối đa", _limit_words(limit, ruleset), cites)
            entries = [[ruleset.facts[f"{limit.kind}.{name}"].label for name in entry] for entry in limit.rank_by]
            ranks = "; ".join(" + ".join(entry) for entry in entries)
            words = f"Nhiều đề nghị hơn số suất thì xếp theo: {ranks}. Hội đồng quyết định."
            yield Statement(f"limit.{limit.base}.rank", "limit", "Thứ tự", words, (limit.cite,))
            for tie in ruleset.ties:
                if tie.kind == limit.kind:
                    words = f"Vẫn bằng nhau thì ưu tiên: {leaf_sentence(tie.first, ruleset, tie.kind)}."
                    cites = leaf_cites(tie.first, ruleset)
                    yield Statement(f"limit.{limit.base}.tie", "limit", "Khi bằng nhau", words, cites)


def _limit_words(limit: Limit, ruleset: Ruleset) -> str:
    base = ruleset.rules.get((limit.kind, limit.base))
    try:
        share = share_words(limit_share(limit, ruleset))
        rounding = ROUNDED.get(str(ruleset.value(limit.rounding.name)), "")
        scope = SCOPES[limit_scope(limit, ruleset)]
    except NoRule:
        return NOT_READ
    who = WHO[limit.kind]
    return f"không quá {share} số {who} đủ tiêu chuẩn {base.name if base else limit.base}; {rounding}; {scope}"


def _votes(ruleset: Ruleset, title: str) -> Iterator[Statement]:
    for level in LEVELS:
        try:
            vote = vote_rule(ruleset, title, level=level)
        except NoRule:
            continue
        words = [vote_words(vote)]
        words += ["văn bản không nói bỏ phiếu kín hay công khai"] if vote.secret is None else []
        words += [f"người vắng: {vote.absent[:1].lower()}{vote.absent[1:]}"] if vote.absent else []
        leaves = {True: "không tính vào mẫu số", False: "vẫn tính vào mẫu số"}
        if vote.recusal_leaves is not None:
            words.append(f"người có liên quan không biểu quyết, {leaves[vote.recusal_leaves]}")
        quorum = ruleset.parameters.get(QUORUMS[level])
        if quorum is not None and isinstance(quorum.value, Fraction):
            words.append(f"họp khi có mặt từ {share_words(quorum.value)} số thành viên")
        cites = (vote.cite, *_cites_of(ruleset, vote.recusal, QUORUMS[level]))
        label = f"{vote.council} ({LEVEL_NAMES[level]})"
        yield Statement(f"vote.{level}", "vote", label, "; ".join(words), cites)


def _money(ruleset: Ruleset, rule: Rule) -> Iterator[Statement]:
    try:
        times = multiplier(ruleset, title=rule.title, kind=rule.kind)
    except NoRule:
        return
    award = next(item for item in reversed(ruleset.awards) if (item.title, item.kind) == (rule.title, rule.kind))
    words = f"{_decimal(times)} lần mức lương cơ sở"
    try:
        words += f", bằng {value_words(amount(ruleset, title=rule.title, kind=rule.kind))} đồng"
    except NoRule:
        words += "; mức lương cơ sở của ngày này chưa có trong bộ dữ liệu"
    yield Statement("money", "money", "Mức", words, (award.cite, *_cites_of(ruleset, BASE_SALARY, ROUND_TO)))
    for clause in ruleset.stacking[-1:]:
        if rule.title in (*clause.titles, *clause.forms):
            same = PAY_WORDS[clause.same_achievement]
            yield Statement("money.same", "money", "Nhiều danh hiệu cho một thành tích", same, (clause.same_cite,))
            other = "Danh hiệu cho thành tích khác nhau"
            yield Statement("money.other", "money", other, PAY_WORDS["each"], (clause.other_cite,))
            form = "Danh hiệu cùng hình thức khen thưởng"
            yield Statement("money.form", "money", form, PAY_WORDS["each"], (clause.form_cite,))


def _decimal(number: Fraction) -> str:
    """4.5 as 4,5; what no decimal says exactly stays a fraction."""
    tenths = number * 10
    if tenths.denominator != 1:
        return str(number)
    whole, rest = divmod(tenths.numerator, 10)
    return f"{whole},{rest}" if rest else str(whole)


def _decided(ruleset: Ruleset, title: str) -> Iterator[Statement]:
    try:
        found = decider(ruleset, title=title)
    except NoRule:
        return
    yield Statement("decider", "decider", "Quyết định", found.name, (found.cite,))
    if found.proposes:
        yield Statement("decider.proposes", "decider", "Trình", found.proposes, (found.cite,))


def _papers(ruleset: Ruleset, title: str) -> Iterator[Statement]:
    try:
        found = dossier(ruleset, title=title)
    except NoRule:
        return
    sets = f"{found.sets} bộ" if found.sets else f"số bộ: {NOT_READ}"
    yield Statement("dossier", "dossier", "Số bộ hồ sơ", sets, (found.cite,))
    for paper in found.papers:
        words = [paper.name, *([f"theo {paper.form}"] if paper.form else [])]
        label = f"Chỉ khi: {paper.when}" if paper.when else "Luôn phải có"
        yield Statement(f"dossier.{paper.code}", "dossier", label, ", ".join(words), (paper.cite,))
