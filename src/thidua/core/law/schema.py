"""The values that law as data is made of: facts, parameters, conditions, rules, limits, votes, money, deciders.

Everything here is frozen and knows no file; ``load.py`` reads it from YAML and ``resolve.py`` picks what is in force.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from thidua.core.calendar import Period
from thidua.core.law.errors import NoRule
from thidua.core.law.terms import Authority, Cite, FactKind, Kind, Layer, Level, Source, Spot, Value


@dataclass(frozen=True, slots=True)
class Fact:
    """A column of facts; ``words`` are in rising order for a scale, ``includes`` are the wider scopes of a count.

    *What next* never proposes ``fixed`` facts, and says from when on for ``per_year`` and ``per_month`` ones, which
    grow by one a year at most, or by one a month of themselves.
    """

    name: str
    of: Kind
    kind: FactKind
    label: str
    spot: Spot
    words: tuple[str, ...] = ()
    word_labels: Mapping[str, str] = field(default_factory=dict)
    includes: tuple[str, ...] = ()
    key: bool = False
    fixed: bool = False
    per_year: bool = False
    per_month: bool = False

    def say(self, value: object) -> str:
        """A value in the reader's words: Có/Không for booleans, the word's label for a scale, *chưa biết* for None."""
        if value is None:
            return "chưa biết"
        if isinstance(value, bool):
            return "Có" if value else "Không"
        return self.word_labels.get(str(value), str(value))


@dataclass(frozen=True, slots=True)
class Param:
    """A reference to a dated parameter inside a test."""

    name: str


Operator = Literal["is", "in", "at_least", "at_most", "more_than", "less_than"]


@dataclass(frozen=True, slots=True)
class Test:
    """A comparison of a fact with a value; ``share_of`` compares with that share of another count."""

    op: Operator
    value: Value | tuple[str, ...] | Param
    share_of: str | None = None


@dataclass(frozen=True, slots=True)
class Leaf:
    """One fact tested once. ``id`` is ``TITLE.column``, or ``TITLE.column.word`` where a title tests it again (``as``).

    ``when`` keeps the test only where a yes/no parameter says so. ``over`` names the parameter with the number of
    years that count for this title: facts that were counted for several periods come in columns of their own.
    """

    id: str
    fact: str
    test: Test
    cite: Cite
    spot: Spot
    when: str | None = None
    over: str | None = None


@dataclass(frozen=True, slots=True)
class Holds:
    """Another title's condition tree together with its exclusions (not the award)."""

    title: str
    cite: Cite
    spot: Spot


@dataclass(frozen=True, slots=True)
class Group:
    """``all``, ``any`` or ``not`` of its parts (``not`` has one)."""

    word: Literal["all", "any", "not"]
    parts: tuple["Condition", ...]


Condition = Leaf | Holds | Group


@dataclass(frozen=True, slots=True)
class Rule:
    """One version of the rule of a title or ``form`` of commendation: what it requires, what excludes, on which days.

    ``pending`` is the fact that defers the subject while true, ``pending_by`` the dated yes/no parameter that cites
    the law for it. ``exclude_as`` takes over another title's exclusions under that title's ids.
    """

    title: str
    kind: Kind
    name: str
    force: Period
    require: Condition
    exclude: tuple[Leaf, ...]
    pending: str | None
    pending_by: str | None
    spot: Spot
    note: str = ""
    exclude_as: str | None = None
    cite: Cite | None = None
    form: bool = False


@dataclass(frozen=True, slots=True)
class ParameterVersion:
    """A parameter's value during some days; a value of None was not read and must not be guessed."""

    force: Period
    value: Value | None
    cite: Cite
    spot: Spot


@dataclass(frozen=True, slots=True)
class Parameter:
    """A dated number or word of law; ``settable`` names the layers that may set it.

    With ``only`` a lower layer may set it lower (or higher) than the layer above, never the other way.
    """

    name: str
    label: str
    settable: tuple[Layer, ...]
    only: Literal["lower", "higher"] | None
    spot: Spot
    versions: tuple[ParameterVersion, ...]


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``share`` of ``base`` receive ``title``, in the order of ``rank_by``: facts, or counts to be summed."""

    kind: Kind
    title: str
    base: str
    share: Param
    rounding: Param
    scope: Param
    rank_by: tuple[tuple[str, ...], ...]
    force: Period
    cite: Cite
    spot: Spot


@dataclass(frozen=True, slots=True)
class Tie:
    """Among subjects whom a limit ranks the same, those of whom ``first`` is true go before the others."""

    kind: Kind
    first: Leaf
    force: Period


@dataclass(frozen=True, slots=True)
class Vote:
    """What a title needs at one level: share of which members, whether secret.

    ``strict`` asks for more than the share. ``secret`` is None and ``absent`` empty where the text is silent; without
    ``absent`` those away have no vote. ``recusal`` names the yes/no parameter that says whether members in conflict
    leave the denominator; ``recusal_leaves`` is its answer, None when unstated.
    """

    titles: tuple[str, ...]
    council: str
    level: Level
    share: Fraction
    strict: bool
    of: Literal["all_members", "present_members"]
    secret: bool | None
    absent: str
    recusal: str | None
    force: Period
    cite: Cite
    spot: Spot
    recusal_leaves: bool | None = None


@dataclass(frozen=True, slots=True)
class Award:
    """Money that goes with a title or form: a multiple of the base salary, per kind of subject."""

    title: str
    kind: Kind
    multiplier: Fraction
    force: Period
    cite: Cite
    spot: Spot


@dataclass(frozen=True, slots=True)
class Stacking:
    """What one subject's lines of one decision pay; a clause each: same achievement, others, a title beside a form."""

    titles: tuple[str, ...]
    forms: tuple[str, ...]
    same_achievement: Literal["highest", "each"]
    same_cite: Cite
    other_cite: Cite
    form_cite: Cite
    force: Period
    spot: Spot


@dataclass(frozen=True, slots=True)
class Decider:
    """Who decides titles or forms, by which name on paper, and who proposes; ``delegate`` decides in its place."""

    titles: tuple[str, ...]
    by: Authority
    name: str
    proposes: str
    delegate: Authority | None
    force: Period
    cite: Cite
    spot: Spot


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of a dossier; ``when``: in which case (empty: always), ``form``: by which form of the decree's annex."""

    code: str
    name: str
    when: str
    form: str
    cite: Cite


@dataclass(frozen=True, slots=True)
class Dossier:
    """The papers that titles or forms ask for, and in how many sets; ``sets`` is None where no text was read."""

    titles: tuple[str, ...]
    papers: tuple[Paper, ...]
    sets: int | None
    force: Period
    cite: Cite
    spot: Spot


@dataclass(frozen=True, slots=True)
class NewValue:
    """What an amendment makes of a parameter."""

    name: str
    value: Value
    spot: Spot


@dataclass(frozen=True, slots=True)
class Amendment:
    """Other numbers, rules and tightenings from a day on; ``adopted``: law, with its citation, else a draft to try."""

    key: str
    label: str
    adopted: bool
    force: Period
    cite: Cite | None
    values: tuple[NewValue, ...]
    rules: tuple[Rule, ...]
    tightens: tuple[Rule, ...]
    spot: Spot
    digest: str


@dataclass(frozen=True, slots=True)
class Pack:
    """One directory of law as data, read and checked on its own; its adopted amendments are among the versions."""

    name: str
    version: str
    label: str
    layer: Layer
    extends: str | None
    demo: bool
    sources: tuple[Source, ...]
    facts: tuple[Fact, ...]
    parameters: tuple[Parameter, ...]
    sets: tuple[Parameter, ...]
    rules: tuple[Rule, ...]
    tightens: tuple[Rule, ...]
    limits: tuple[Limit, ...]
    ties: tuple[Tie, ...]
    votes: tuple[Vote, ...]
    awards: tuple[Award, ...]
    stacking: tuple[Stacking, ...]
    deciders: tuple[Decider, ...]
    dossiers: tuple[Dossier, ...]
    drafts: tuple[Amendment, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Ruleset:
    """What is in force on one date; ``dormant`` are the tests that a setting switches off here, by title."""

    as_of: datetime.date
    packs: tuple[str, ...]
    digest: str
    facts: Mapping[str, Fact]
    sources: Mapping[str, Source]
    parameters: Mapping[str, ParameterVersion]
    parameter_labels: Mapping[str, str]
    rules: Mapping[tuple[Kind, str], Rule]
    limits: tuple[Limit, ...]
    ties: tuple[Tie, ...]
    votes: tuple[Vote, ...]
    awards: tuple[Award, ...]
    stacking: tuple[Stacking, ...]
    deciders: tuple[Decider, ...]
    dossiers: tuple[Dossier, ...]
    warnings: tuple[str, ...]
    dormant: Mapping[tuple[Kind, str], tuple[Leaf, ...]]

    def facts_of(self, kind: Kind) -> tuple[Fact, ...]:
        """The facts of people or of units, in the order of their declaration."""
        return tuple(fact for fact in self.facts.values() if fact.of == kind)

    def rules_of(self, kind: Kind) -> tuple[Rule, ...]:
        """The rules for people or for units, by title code."""
        return tuple(rule for _, rule in sorted(self.rules.items()) if rule.kind == kind)

    def limits_of(self, kind: Kind) -> tuple[Limit, ...]:
        """The limits on titles of people or of collectives."""
        return tuple(limit for limit in self.limits if limit.kind == kind)

    def rule(self, kind: Kind, title: str) -> Rule:
        """The rule for a title; raises NoRule when the packs have none on this date."""
        if found := self.rules.get((kind, title)):
            return found
        raise NoRule(f"danh hiệu {title} tại ngày {self.as_of:%d/%m/%Y}")

    def value(self, name: str) -> Value:
        """A parameter's value on this date; raises NoRule when it is absent or its text was not read."""
        found = self.parameters.get(name)
        if found is None or found.value is None:
            raise NoRule(f"tham số {name} tại ngày {self.as_of:%d/%m/%Y}")
        return found.value
