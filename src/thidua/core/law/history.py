"""The law over time: on which days something changes, and what differs between two days, in words.

Nothing is compared as files: the law of each day is resolved, told as statements (``sheet.py``) and laid side by side,
so that a number set by a lower layer or a test switched off by a parameter shows like any other change.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from thidua.core.calendar import ONE_DAY, Period
from thidua.core.law.errors import LawError
from thidua.core.law.resolve import resolve
from thidua.core.law.schema import Award, Decider, Dossier, Limit, Pack, Ruleset, Stacking, Tie, Vote
from thidua.core.law.sheet import PARTS, RuleKey, Statement, parameter_statements, sheet
from thidua.core.law.terms import Cite


@dataclass(frozen=True, slots=True)
class Told:
    """What the law says during some days; ``gap`` says why nothing can be told, and is blank otherwise."""

    force: Period
    titles: Mapping[RuleKey, tuple[Statement, ...]]
    parameters: Mapping[str, Statement]
    gap: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A statement that is new (``was`` None), gone (``now`` None) or another one."""

    was: Statement | None
    now: Statement | None

    @property
    def said(self) -> Statement:
        """The statement as it stands after the change; as it stood, where it is gone."""
        found = self.now or self.was
        assert found is not None  # a change has at least one side
        return found

    @property
    def recited(self) -> bool:
        """Whether the words are the same and only the place in law is another."""
        return bool(self.was and self.now and _content(self.was) == _content(self.now))


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs between two days, of each title and each parameter that differs at all."""

    titles: Mapping[RuleKey, tuple[Change, ...]]
    parameters: Mapping[str, Change]

    @property
    def retitled(self) -> tuple[RuleKey, ...]:
        """The titles of which something else is said, beyond another place in law."""
        return tuple(key for key, found in self.titles.items() if any(not change.recited for change in found))

    @property
    def revalued(self) -> tuple[str, ...]:
        """The parameters with another value, beyond another place in law."""
        return tuple(name for name, change in self.parameters.items() if not change.recited)


@dataclass(frozen=True, slots=True)
class Version:
    """What was said of one title or parameter during some days, and what differs from the version before it."""

    force: Period
    statements: tuple[Statement, ...]
    changes: tuple[Change, ...]
    gap: str


def change_days(packs: Sequence[Pack]) -> tuple[datetime.date, ...]:
    """Every day on which something in the packs begins, or has ended the day before, or is known to be amended."""
    days: set[datetime.date] = set()
    for force in _periods(packs):
        days.add(force.start)
        if force.end is not None:
            days.add(force.end + ONE_DAY)
    days |= {source.amended_unread_from for pack in packs for source in pack.sources if source.amended_unread_from}
    return tuple(sorted(days))


def _periods(packs: Sequence[Pack]) -> Iterator[Period]:
    for pack in packs:
        yield from (rule.force for rule in (*pack.rules, *pack.tightens))
        procedure: tuple[Limit | Tie | Vote | Award | Stacking | Decider | Dossier, ...]
        procedure = (*pack.limits, *pack.ties, *pack.votes, *pack.awards)
        procedure += (*pack.stacking, *pack.deciders, *pack.dossiers)
        yield from (item.force for item in procedure)
        yield from (version.force for item in (*pack.parameters, *pack.sets) for version in item.versions)


def tell(packs: Sequence[Pack]) -> tuple[Told, ...]:
    """What the packs say from each day of change to the next, in order of days; nothing is said before the first."""
    days = change_days(packs)
    ends = [*(day - ONE_DAY for day in days[1:]), None]
    return tuple(_told(packs, Period(day, end)) for day, end in zip(days, ends, strict=True))


def _told(packs: Sequence[Pack], force: Period) -> Told:
    try:
        return told(resolve(packs, as_of=force.start), force=force)
    except LawError as error:
        return Told(force, {}, {}, str(error))


def told(ruleset: Ruleset, *, force: Period) -> Told:
    """One ruleset as statements: of every title and of every parameter."""
    return Told(
        force=force,
        titles={key: sheet(ruleset, kind=key[0], title=key[1]) for key in ruleset.rules},
        parameters={statement.key: statement for statement in parameter_statements(ruleset)},
    )


def differences(was: Iterable[Statement], now: Iterable[Statement]) -> tuple[Change, ...]:
    """What differs between two days: new, gone or said otherwise; also what is only found elsewhere in the law."""
    before = {(item.part, item.key): item for item in was}
    after = {(item.part, item.key): item for item in now}
    keys = sorted(dict.fromkeys([*before, *after]), key=lambda key: PARTS.index(key[0]))
    changes = (Change(before.get(key), after.get(key)) for key in keys)
    return tuple(change for change in changes if _differs(change))


def compare(was: Told, now: Told) -> Compared:
    """What differs between the law of two days."""
    keys = sorted({*was.titles, *now.titles})
    titles = {key: differences(was.titles.get(key, ()), now.titles.get(key, ())) for key in keys}
    return Compared(
        titles={key: found for key, found in titles.items() if found},
        parameters={
            change.said.key: change for change in differences(was.parameters.values(), now.parameters.values())
        },
    )


def title_versions(told_of: Sequence[Told], key: RuleKey) -> tuple[Version, ...]:
    """The versions of one title, oldest first; days on which the same is said run together."""
    return _versions([(item.force, item.titles.get(key, ()), item.gap) for item in told_of])


def parameter_versions(told_of: Sequence[Told], name: str) -> tuple[Version, ...]:
    """The versions of one parameter, oldest first."""
    rows = [(item.force, tuple(filter(None, [item.parameters.get(name)])), item.gap) for item in told_of]
    return _versions(rows)


def _versions(rows: Sequence[tuple[Period, tuple[Statement, ...], str]]) -> tuple[Version, ...]:
    found: list[Version] = []
    for force, statements, gap in rows:
        if found and (found[-1].statements, found[-1].gap) == (statements, gap):
            last = found[-1]
            found[-1] = Version(Period(last.force.start, force.end), statements, last.changes, gap)
        elif found or statements:
            before = found[-1].statements if found else ()
            changes = differences(before, statements) if before and statements else ()
            found.append(Version(force, statements, changes, gap))
    return tuple(found)


def _differs(change: Change) -> bool:
    if change.was is None or change.now is None:
        return True
    return (_content(change.was), change.was.cites) != (_content(change.now), change.now.cites)


def _content(statement: Statement) -> tuple[str, str]:
    return statement.label, statement.words


def cites_changed(change: Change) -> tuple[Cite, ...]:
    """The citations that a change rests on: those that are new, or all of the statement where none is."""
    before = change.was.cites if change.was else ()
    new = tuple(cite for cite in change.said.cites if cite not in before)
    return new or change.said.cites
