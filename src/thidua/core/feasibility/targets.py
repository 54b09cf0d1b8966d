"""Can the targets of a plan be met together, under the law of its year?

A target ("15% of staff") and a limit ("at most 15% of those who meet LĐTT") never share a denominator; this is where
they meet.
"""

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from thidua.core.law.citing import cite_words
from thidua.core.law.compile import requirements
from thidua.core.law.errors import NoRule
from thidua.core.law.places import limit_share, quota
from thidua.core.law.schema import Leaf, Limit, Rule, Ruleset
from thidua.core.plans.plan import Target
from thidua.core.vietnamese import fold

FindingKind = Literal["contradiction", "unreachable", "zero_quota", "silent"]
ORGANISATIONS = ("party_rating", "mass_org_rating")


@dataclass(frozen=True)
class RuleRef:
    """A rule that a finding rests on."""

    title: str
    leaf: str
    cite: str
    grade: str


@dataclass(frozen=True)
class Finding:
    """One thing wrong with, or unsaid by, the targets; ``targets`` are ids ``CLAUSE/n`` (n-th target of the clause)."""

    kind: FindingKind
    targets: tuple[str, ...]
    rules: tuple[RuleRef, ...]
    arithmetic: str
    sentence: str
    remedies: tuple[str, ...]

    def to_json(self) -> dict[str, object]:
        """As contract ``plan.md`` writes it."""
        return {
            "kind": self.kind,
            "targets": list(self.targets),
            "rules": [dict(vars(rule)) for rule in self.rules],
            "arithmetic": self.arithmetic,
            "sentence": self.sentence,
            "remedies": list(self.remedies),
        }


def target_ids(targets: Sequence[Target]) -> tuple[str, ...]:
    """An id for each target: its clause and its place among the targets of that clause, from 1."""
    seen: dict[str, int] = {}
    ids = []
    for target in targets:
        clause = target.clause or "?"
        seen[clause] = seen.get(clause, 0) + 1
        ids.append(f"{clause}/{seen[clause]}")
    return tuple(ids)


def check_targets(
    targets: Sequence[Target], ruleset: Ruleset, *, headcount: int | None, collectives: int | None
) -> tuple[Finding, ...]:
    """Everything that stands in the way of the targets; ``headcount`` people, ``collectives`` units (None: unknown)."""
    checker = _Checker(tuple(zip(target_ids(targets), targets, strict=True)), ruleset, headcount, collectives)
    found = [*checker.limits(), *checker.organisations(), *checker.preconditions(), *checker.zero_quotas()]
    return tuple(found)


@dataclass(frozen=True)
class _Checker:
    targets: tuple[tuple[str, Target], ...]
    ruleset: Ruleset
    headcount: int | None
    collectives: int | None

    def limits(self) -> Iterator[Finding]:
        """A share of staff asked for against a share of another count allowed."""
        for limit in self.ruleset.limits_of("person"):
            for name, target in self._shares(limit.title):
                if finding := self._limit(limit, name, target):
                    yield finding

    def _limit(self, limit: Limit, name: str, target: Target) -> Finding | None:
        wanted, allowed = _share(target), limit_share(limit, self.ruleset)
        if self.headcount is None:
            return self._limit_without_headcount(limit, name, target, allowed)
        need, most = _need(target, self.headcount), self._places(limit, self.headcount)
        if need <= most:
            return None
        bases = self._shares(limit.base)
        with_base = ""
        if bases:
            holders = math.ceil(_share(bases[0][1]) * self.headcount)
            with_base = (
                f", và chỉ {self._places(limit, holders)} nếu có {holders} người đạt {limit.base} như kế hoạch đặt"
            )
        sentence = (
            f"Mục {name.split('/')[0]} muốn {_percent(wanted)} tổng số người đạt {self._name(limit.title)}, "
            f"tức {need} người; luật chỉ cho nhiều nhất {most} người dù cả {self.headcount} người đạt "
            f"{self._name(limit.base)}{with_base}. "
            f"{self._when_reachable(limit, target, allowed)}"
        )
        rule = f"{most} = {_rounded(allowed, self.headcount, self._rounding(limit))}"
        return Finding(
            kind="unreachable",
            targets=(name, *(other for other, _ in bases[:1])),
            rules=(self._limit_ref(limit),),
            arithmetic=f"{need} > {rule}",
            sentence=sentence,
            remedies=self._limit_remedies(limit, most, allowed),
        )

    def _limit_without_headcount(self, limit: Limit, name: str, target: Target, allowed: Fraction) -> Finding | None:
        wanted = _share(target)
        if wanted < allowed:
            return None
        return Finding(
            kind="unreachable",
            targets=(name,),
            rules=(self._limit_ref(limit),),
            arithmetic=f"ceil({_percent(wanted)} × N) > floor({_percent(allowed)} × N)",
            sentence=f"Mục {name.split('/')[0]} tính {_percent(wanted)} trên tổng số người, "
            f"luật tính {_percent(allowed)} "
            f"trên số người đạt {self._name(limit.base)}. {self._when_reachable(limit, target, allowed)}",
            remedies=self._limit_remedies(limit, None, allowed),
        )

    def _when_reachable(self, limit: Limit, target: Target, allowed: Fraction) -> str:
        wanted = _share(target)
        if wanted > allowed or (wanted == allowed and target.op == ">"):
            return "Không quân số nào đạt được chỉ tiêu này."
        step = allowed.denominator
        return f"Chỉ đạt được khi tổng số người là bội số của {step} và mọi người đều đạt {self._name(limit.base)}."

    def _limit_remedies(self, limit: Limit, most: int | None, allowed: Fraction) -> tuple[str, ...]:
        base = self._name(limit.base)
        lower = f"Hạ chỉ tiêu xuống không quá {most} người." if most is not None else "Hạ tỷ lệ của chỉ tiêu."
        return (
            f"Sửa chỉ tiêu thành “không quá {_percent(allowed)} số người đạt {base}”, đúng mẫu số của luật.",
            lower,
            "Giữ chỉ tiêu như mức phấn đấu và ghi rõ Hội đồng chỉ xét trong tỷ lệ của luật.",
        )

    def organisations(self) -> Iterator[Finding]:
        """Content with *well* of the Party and mass organisations, where commendation asks for *excellently*."""
        asked = [(name, target) for name, target in self.targets if self._facts_asked(target)]
        strict = [
            (rule, leaf)
            for rule in self.ruleset.rules_of("unit")
            for leaf in requirements(rule, self.ruleset)
            if leaf.fact in ORGANISATIONS
        ]
        low = [(name, target) for name, target in asked if any(_refuses(leaf, target.value) for _, leaf in strict)]
        if not low:
            return
        sleeping = [
            (title, leaf)
            for (kind, title), leaves in self.ruleset.dormant.items()
            if kind == "unit"
            for leaf in leaves
            if leaf.fact in ORGANISATIONS and self._shares(title)
        ]
        names = [name for title, _ in sleeping for name, _ in self._shares(title)]
        setting = sleeping[0][1].when if sleeping else None
        label = self.ruleset.parameter_labels.get(setting or "", "")
        conditional = (
            f" Nếu cơ quan hiểu điều kiện ấy áp dụng cho cả danh hiệu (cài đặt “{setting}”: {label}; hiện: không), "
            f"thì chỉ tiêu {', '.join(dict.fromkeys(names))} cũng đòi Hoàn thành xuất sắc."
            if setting
            else ""
        )
        refs = [self._leaf_ref(rule.title, leaf) for rule, leaf in strict]
        refs += [self._leaf_ref(title, leaf) for title, leaf in sleeping]
        grade = low[0][1].value
        yield Finding(
            kind="contradiction",
            targets=tuple(dict.fromkeys([*(name for name, _ in low), *names])),
            rules=tuple(refs),
            arithmetic=f"{grade} < HTXS",
            sentence=f"Mục {low[0][0].split('/')[0]} bằng lòng với mức {grade} của tổ chức đảng, đoàn thể, nhưng khen "
            f"thưởng tập thể đòi tổ chức đảng, đoàn thể (nếu có) Hoàn thành xuất sắc nhiệm vụ.{conditional}",
            remedies=(
                "Nâng chỉ tiêu của tổ chức đảng, đoàn thể lên Hoàn thành xuất sắc nhiệm vụ.",
                f"Giữ chỉ tiêu và quyết định rõ cách hiểu trong quy chế (cài đặt “{setting}”)."
                if setting
                else "Giữ chỉ tiêu và ghi rõ khi nào đề nghị khen thưởng tập thể.",
            ),
        )

    def preconditions(self) -> Iterator[Finding]:
        """A share of collectives asked for a title that rests on ratings and on limited titles of their people."""
        for rule in self.ruleset.rules_of("unit"):
            for name, target in self._shares(rule.title):
                own = requirements(rule, self.ruleset)
                rating = next((leaf for leaf in own if leaf.fact == "unit_rating" and leaf.test.value == "HTXS"), None)
                holders = next((leaf for leaf in own if leaf.fact == "cstdcs_count"), None)
                if rating and holders:
                    yield self._precondition(rule, name, target, (rating, holders))

    def _precondition(self, rule: Rule, name: str, target: Target, leaves: tuple[Leaf, Leaf]) -> Finding:
        wanted = _share(target)
        need = None if self.collectives is None else _need(target, self.collectives)
        limit = next((item for item in self.ruleset.limits_of("person") if item.title == "CSTDCS"), None)
        places = self._places(limit, self.headcount) if limit and self.headcount is not None else None
        over = need is not None and places is not None and need > places
        who = f"{need} trong {self.collectives} tập thể" if need is not None else f"{_percent(wanted)} số tập thể"
        supply = f", trong khi cả cơ quan có nhiều nhất {places} Chiến sĩ thi đua cơ sở" if places is not None else ""
        left = (
            f"{need} = ceil({_percent(wanted)} × {self.collectives})"
            if need is not None
            else f"ceil({_percent(wanted)} × K)"
        )
        right = ""
        if limit and places is not None and self.headcount is not None:
            rounded = _rounded(limit_share(limit, self.ruleset), self.headcount, self._rounding(limit))
            right = f" {'>' if over else '≤'} {places} = {rounded}"
        return Finding(
            kind="unreachable" if over else "silent",
            targets=(name, *(other for other, _ in self._shares("CSTDCS"))),
            rules=tuple(self._leaf_ref(rule.title, leaf) for leaf in leaves),
            arithmetic=left + right,
            sentence=f"Mục {name.split('/')[0]} muốn {_percent(wanted)} tập thể đạt {rule.name}: "
            f"cần {who} được xếp loại "
            f"Hoàn thành xuất sắc và mỗi tập thể có ít nhất một Chiến sĩ thi đua cơ sở{supply}. "
            "Kế hoạch không đặt chỉ tiêu nào về xếp loại tập thể và không nói các danh hiệu ấy chia thế nào.",
            remedies=(
                "Đặt thêm chỉ tiêu về số tập thể được xếp loại Hoàn thành xuất sắc nhiệm vụ.",
                "Ghi trong hướng dẫn bình xét: mỗi tập thể đăng ký danh hiệu này phải có người đủ điều kiện.",
                f"Hạ tỷ lệ {_percent(wanted)} theo số tập thể có thể được xếp loại xuất sắc.",
            ),
        )

    def zero_quotas(self) -> Iterator[Finding]:
        """Units so small that their own share of a limited title is nobody, where it is counted unit by unit."""
        if not self.headcount or not self.collectives:
            return
        smallest = self.headcount // self.collectives
        for limit in self.ruleset.limits_of("person"):
            share = limit_share(limit, self.ruleset)
            if self._places(limit, smallest) > 0:
                continue
            if not share:
                continue
            enough = next(size for size in itertools.count(1) if self._places(limit, size) > 0)
            now = self.ruleset.value(limit.scope.name)
            yield Finding(
                kind="zero_quota",
                targets=tuple(name for name, _ in self._shares(limit.title)),
                rules=(self._limit_ref(limit),),
                arithmetic=f"{_rounded(share, smallest, self._rounding(limit))} = 0",
                sentence=f"Với {self.headcount} người ở {self.collectives} tập thể, có ít nhất một tập thể "
                f"không quá {smallest} "
                f"người; nếu tính tỷ lệ theo từng tập thể thì nơi dưới {enough} người đạt {self._name(limit.base)} "
                f"không có suất {self._name(limit.title)} nào (cài đặt “{limit.scope.name}”, hiện: {now}).",
                remedies=(
                    "Tính tỷ lệ trên toàn cơ quan rồi xét chung một danh sách.",
                    "Tính tỷ lệ trên toàn cơ quan rồi chia số suất cho các tập thể theo phần dư lớn nhất.",
                    "Ghép các tập thể nhỏ thành một khối để tính tỷ lệ.",
                ),
            )

    def _shares(self, title: str) -> list[tuple[str, Target]]:
        """Targets that ask for at least a share holding a title."""
        return [
            (name, target)
            for name, target in self.targets
            if target.title_code == title and target.unit == "percent" and target.op in (">=", ">", "=")
        ]

    @staticmethod
    def _facts_asked(target: Target) -> bool:
        words = fold(f"{target.subject or ''} {target.measure or ''} {target.quote}").lower()
        return target.unit == "rating" and ("to chuc dang" in words or "doan the" in words)

    def _places(self, limit: Limit, base: int) -> int:
        return quota(limit_share(limit, self.ruleset), base, rounding=self._rounding(limit))

    def _rounding(self, limit: Limit) -> str:
        return str(self.ruleset.value(limit.rounding.name))

    def _name(self, title: str) -> str:
        for (_, code), rule in self.ruleset.rules.items():
            if code == title:
                return rule.name
        raise NoRule(f"danh hiệu {title}")

    def _limit_ref(self, limit: Limit) -> RuleRef:
        return RuleRef(
            limit.title,
            f"{limit.title}≤{limit.base}",
            cite_words(self.ruleset, limit.cite),
            limit.cite.grade,
        )

    def _leaf_ref(self, title: str, leaf: Leaf) -> RuleRef:
        return RuleRef(title, leaf.id, cite_words(self.ruleset, leaf.cite), leaf.cite.grade)


def _need(target: Target, whole: int) -> int:
    """How many of ``whole`` a share asks for: at least it, or for “trên” more than it."""
    exact = _share(target) * whole
    return math.floor(exact) + 1 if target.op == ">" else math.ceil(exact)


def _share(target: Target) -> Fraction:
    return Fraction(target.value or "0") / 100


def _percent(share: Fraction) -> str:
    value = share * 100
    return f"{value.numerator}%" if value.denominator == 1 else f"{float(value):g}%".replace(".", ",")


def _rounded(share: Fraction, whole: int, rounding: str) -> str:
    word = {"down": "floor", "up": "ceil", "nearest": "round"}[rounding]
    return f"{word}({_percent(share)} × {whole})"


def _refuses(leaf: Leaf, grade: str | None) -> bool:
    return isinstance(leaf.test.value, tuple) and grade not in leaf.test.value
