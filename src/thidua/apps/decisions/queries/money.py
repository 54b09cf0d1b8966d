"""Money of lines: what a new line brings beside what was paid already, and what an annulment takes back."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from thidua.apps.decisions.models import Line
from thidua.apps.decisions.queries.lists import in_force, title_name
from thidua.apps.policy.queries import ruleset_on
from thidua.core.law.citing import cite_words
from thidua.core.law.money import AwardLine, MoneyLine, award_money
from thidua.core.law.schema import Ruleset
from thidua.core.law.terms import Cite, Kind
from thidua.core.papers.money import dong

LONGEST_WHY = 300
Who = tuple[int | None, int]


@dataclass(frozen=True)
class Wanted:
    """One title for one person or collective (``person_id`` None); ``key`` is the caller's own."""

    key: int
    person_id: int | None
    unit_id: int
    title: str

    @property
    def who(self) -> Who:
        """Who receives; a person is the same person in whatever unit."""
        return (self.person_id, 0 if self.person_id else self.unit_id)

    @property
    def kind(self) -> Kind:
        """person or unit."""
        return "person" if self.person_id else "unit"


@dataclass(frozen=True)
class Priced:
    """A line's money: ``amount`` in đồng is what this decision pays; ``why`` when another line matters."""

    title_name: str
    multiplier: str
    base_salary: int
    amount: int
    why: str
    cite: str


def price(ruleset: Ruleset, *, year: int, wanted: Sequence[Wanted]) -> Mapping[int, Priced]:
    """Each wanted line's money on the ruleset's date, by key.

    What signed decisions paid the same subject for the same year counts as paid: when a new line is the highest, it
    brings only the rest. Raises NoRule when the packs lack a multiple, the base salary, the rounding or the clause.
    """
    earlier = _earlier(year, wanted)
    asked = [_award_line(f"new:{item.key}", item.who, item.kind, item.title, year) for item in wanted]
    asked += [_of_line(line, year) for lines in earlier.values() for line in lines]
    money = {line.key: line for line in award_money(ruleset, asked)}
    credit = {
        who: [line for line in lines if line.amount and money[f"old:{line.pk}"].paid == 0]
        for who, lines in earlier.items()
    }
    return {
        item.key: _priced(ruleset, item, money[f"new:{item.key}"], credit.get(item.who, []), wanted) for item in wanted
    }


def _earlier(year: int, wanted: Sequence[Wanted]) -> dict[Who, list[Line]]:
    """Signed lines of the same subjects; one with the same title is a problem of the list, not of the money."""
    titles: defaultdict[Who, set[str]] = defaultdict(set)
    for item in wanted:
        titles[item.who].add(item.title)
    found: defaultdict[Who, list[Line]] = defaultdict(list)
    for line in in_force(year):
        if (who := who_of(line)) in titles and line.title not in titles[who]:
            found[who].append(line)
    return found


def who_of(line: Line) -> Who:
    """Who receives a line."""
    return (line.person_id, 0 if line.person_id else line.unit_id)


def _award_line(key: str, who: Who, kind: Kind, title: str, year: int) -> AwardLine:
    subject = f"person:{who[0]}" if who[0] else f"unit:{who[1]}"
    return AwardLine(key=key, subject=subject, kind=kind, title=title, achievement=str(year))


def _of_line(line: Line, year: int) -> AwardLine:
    return _award_line(f"old:{line.pk}", who_of(line), "person" if line.person_id else "unit", line.title, year)


def _priced(
    ruleset: Ruleset, item: Wanted, money: MoneyLine, credit: Sequence[Line], wanted: Sequence[Wanted]
) -> Priced:
    amount, why = money.paid, _in_words(ruleset, money.why, item.kind, {other.title for other in wanted})
    paid_before = sum(line.amount for line in credit)
    if amount and paid_before:
        amount = max(0, amount - paid_before)
        papers = ", ".join(f"{dong(line.amount)} đồng ({line.title_name}, {line.decision})" for line in credit)
        why = f"{why}; đã chi {papers}, lần này chi phần còn lại"
    multiple = money.multiplier
    return Priced(
        title_name=title_name(ruleset, kind=item.kind, title=item.title),
        multiplier=str(multiple),
        base_salary=money.base_salary,
        amount=amount,
        why=why[:LONGEST_WHY],
        cite=_cites_words(ruleset, money.cite, money.rate_cite),
    )


def _in_words(ruleset: Ruleset, why: str, kind: Kind, titles: Iterable[str]) -> str:
    """The law's sentence with titles by name."""
    for title in titles:
        if f"({title})" in why:
            why = why.replace(f"({title})", f"({title_name(ruleset, kind=kind, title=title)})")
    return why


def _cites_words(ruleset: Ruleset, *cites: Cite) -> str:
    words = dict.fromkeys(cite_words(ruleset, cite) for cite in cites)
    return "; ".join(words)[:LONGEST_WHY]


@dataclass(frozen=True)
class TakenBack:
    """What an annulled line takes back, in đồng, and why less than was paid."""

    amount: int
    why: str


def taken_back(lines: Sequence[Line]) -> Mapping[int, TakenBack]:
    """What the annulment of signed lines of one decision takes back, by the line's pk.

    A title that a subject keeps for the same year is still worth its money: only what exceeds that is taken back.
    Raises NoRule as ``price`` does.
    """
    if not lines:
        return {}
    decision = lines[0].decision
    ruleset = ruleset_on(decision.dated)
    gone = {line.pk for line in lines}
    subjects = {who_of(line) for line in lines}
    kept: defaultdict[Who, list[Line]] = defaultdict(list)
    paid: defaultdict[Who, int] = defaultdict(int)
    for line in in_force(decision.year):
        if (who := who_of(line)) in subjects:
            paid[who] += line.amount
            if line.pk not in gone:
                kept[who].append(line)
    worth = _worth(ruleset, decision.year, kept)
    found: dict[int, TakenBack] = {}
    for line in lines:
        who = who_of(line)
        rest = max(0, paid[who] - worth[who])
        amount = min(line.amount, rest)
        paid[who] -= amount
        names = ", ".join(dict.fromkeys(other.title_name for other in kept[who]))
        why = f"đã trừ mức của danh hiệu còn giữ ({names})" if amount < line.amount else ""
        found[line.pk] = TakenBack(amount=amount, why=why[:LONGEST_WHY])
    return found


def _worth(ruleset: Ruleset, year: int, kept: Mapping[Who, Sequence[Line]]) -> defaultdict[Who, int]:
    """What the kept lines of each subject bring by themselves."""
    asked = [_of_line(line, year) for lines in kept.values() for line in lines]
    money = {line.key: line.paid for line in award_money(ruleset, asked)}
    worth: defaultdict[Who, int] = defaultdict(int)
    for who, lines in kept.items():
        worth[who] = sum(money[f"old:{line.pk}"] for line in lines)
    return worth
