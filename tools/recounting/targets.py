"""The targets: what each counts at least and at most, and whether it is reached at both ends."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from recounting.book import Book, Problem, Row

GRADES = ("KHT", "HT", "HTT", "HTXS")
DISCIPLINE = ("khien_trach", "canh_cao", "ha_bac_luong", "giang_chuc", "cach_chuc", "buoc_thoi_viec")
DECLINED = ("not_passed", "unit_declined")
IN, OUT, MAYBE = "in", "out", "maybe"
COMPARES: dict[str, Callable[[Fraction, Fraction], bool]] = {
    ">=": lambda amount, value: amount >= value,
    "<=": lambda amount, value: amount <= value,
    ">": lambda amount, value: amount > value,
    "<": lambda amount, value: amount < value,
    "=": lambda amount, value: amount == value,
}


@dataclass(frozen=True)
class Count:
    """The least and the most that the records allow, and the whole they are a share of."""

    least: int | None = None
    most: int | None = None
    whole: int | None = None


def tally(verdicts: Iterable[str], *, whole: int | None) -> Count:
    """The count of verdicts: who is in for certain, and with whom it is not yet known."""
    found = Counter(verdicts)
    return Count(found[IN], found[IN] + found[MAYBE], whole)


def target_figures(book: Book, target: Row) -> dict[str, Any]:
    """One target: its count and whether it is reached."""
    formula = target.parsed("formula", dict)
    count = Count()
    if formula is not None:
        try:
            counter, argument = COUNTERS[formula["kind"]], formula["argument"]
            kind = formula["subject"]
        except (KeyError, TypeError):
            raise Problem(f"{target.place}, cột “formula”: công thức lạ, không đếm lại được.") from None
        count = counter(book, kind, argument)
    return {"number": target.count("number"), **vars(count), "state": state_of(target, count)}


def state_of(target: Row, count: Count) -> str:
    """reached, missed or unknown, tried at both ends of the count."""
    if count.least is None or count.most is None or count.whole == 0:
        return "unknown"
    op, value = wanted(target)
    if value is None:
        return "unknown"
    low, high = (amount(end, count.whole) for end in (count.least, count.most))
    holds = {COMPARES[op](low, value), COMPARES[op](high, value)}
    if op == "=" and low != high:
        return "unknown" if low <= value <= high else "missed"
    if len(holds) == 2:
        return "unknown"
    return "reached" if holds == {True} else "missed"


def amount(count: int, whole: int | None) -> Fraction:
    """Per cent of the whole, or the plain count where there is no whole."""
    return Fraction(count) if whole is None else Fraction(100 * count, whole)


def wanted(target: Row) -> tuple[str, Fraction | None]:
    """The comparison that a target asks for and its value, None where it names none."""
    op, value = target.text("op"), target.text("value")
    if op == "none":
        return "=", Fraction(0)
    if op == "keep":
        return ">=", Fraction(1)
    if target.text("value_unit") == "rating":
        return ">=", Fraction(100)
    if op not in COMPARES:
        raise Problem(f"{target.place}, cột “op”: phép so sánh lạ “{op}”.")
    try:
        return op, Fraction(value) if value else None
    except ValueError:
        raise Problem(f"{target.place}, cột “value”: “{value}” không phải là số.") from None


def title_share(book: Book, kind: str, title: str) -> Count:
    """Who holds a title, or may yet: by the decisions once there are some, by the law's findings before."""
    subjects = book.judged_of(kind)
    settled = title in book.settled
    standing = after_decision if settled else by_finding
    count = tally((standing(book, row, title) for row in subjects), whole=len(subjects))
    quotas = [row for row in book.of_run("evaluations.quotarow") if row.text("title") == title]
    if not quotas:
        return count
    most = min(count.most or 0, sum(row.count("most_places") for row in quotas))
    if settled:
        least = count.least or 0
        return Count(least, max(least, most), count.whole)
    sure = sum(min(len(row.parsed("ranked", list) or []), row.count("places")) for row in quotas)
    return Count(sure, most, count.whole)


def after_decision(book: Book, judged: Row, title: str) -> str:
    """Where a subject stands with a title that was decided on, or proposed."""
    given = [row.key for row in book.given if row.text("title") == title and row.subject == judged.subject]
    if given:
        return OUT if all(key in book.annulled for key in given) else IN
    own = [row for row in book.nominations if row.text("title") == title and row.subject == judged.subject]
    if own:
        return OUT if all(row.text("state") in DECLINED for row in own) else MAYBE
    # Who met the law but was nominated by nobody does not get it.
    return MAYBE if by_finding(book, judged, title) == MAYBE else OUT


def by_finding(book: Book, judged: Row, title: str) -> str:
    """Where a subject stands with a title by the latest run alone."""
    outcome = book.outcomes.get((judged.key, title), "unknown")
    return {"met": IN, "deferred": MAYBE, "unknown": MAYBE}.get(outcome, OUT)


def rating_share(book: Book, _kind: str, lowest: str) -> Count:
    """How many people are rated a grade or better."""
    people = book.judged_of("person")
    return tally((at_least(GRADES, fact(row, "task_rating"), lowest) for row in people), whole=len(people))


def discipline(book: Book, _kind: str, lowest: str) -> Count:
    """How many people were disciplined by a form or a heavier one."""
    people = book.judged_of("person")
    return tally((at_least(DISCIPLINE, fact(row, "discipline"), lowest) for row in people), whole=None)


def fact(judged: Row, name: str) -> str | None:
    """One fact that a subject was judged on, None where it was not known."""
    return (judged.parsed("facts", dict) or {}).get(name)


def at_least(order: tuple[str, ...], word: str | None, lowest: str) -> str:
    """Whether a word stands at a step or above; what is no step at all (“none”, “KXL”) does not."""
    if lowest not in order:
        raise Problem(f"Chỉ tiêu đòi mức lạ “{lowest}”; chỉ có {', '.join(order)}.")
    if word is None:
        return MAYBE
    return IN if word in order and order.index(word) >= order.index(lowest) else OUT


def tasks_done(book: Book, _kind: str, assigner: str) -> Count:
    """How many of the year's tasks, from whom the target names, are done."""
    words = written_out(assigner)
    tasks = [row for row in book.current_of_year("records.task") if words in written_out(row.text("assigned_by"))]
    if not tasks:
        return Count()
    return tally((IN if row.text("done_on") else OUT for row in tasks), whole=len(tasks))


def standing_title(book: Book, _kind: str, words: str) -> Count:
    """Whether the standing title that the target names was kept."""
    rows = sorted(book.current_of_year("records.standingtitle"), key=lambda row: row.key)
    named = [row for row in rows if plain(row.text("name")) in plain(words)]
    if not named:
        return Count()
    return tally([{True: IN, False: OUT, None: MAYBE}[named[0].parsed("kept", bool)]], whole=None)


def organisation_rating(book: Book, _kind: str, argument: str) -> Count:
    """How many of the agency's own Party or mass organisations are rated a grade or better."""
    which, _, lowest = argument.partition(":")
    there = [row for row in book.table("units.massorganisation") if row.parsed("exists", bool)]
    own = [row for row in there if not row.text("unit_id") and (row.text("kind") == "dang") == (which == "dang")]
    if not own:
        return Count()
    ratings = book.current_of_year("records.organisationrating")
    grades = {row.count("organisation_id"): row.text("grade") for row in ratings}
    return tally((at_least(GRADES, grades.get(row.key), lowest) for row in own), whole=len(own))


def incidents(book: Book, _kind: str, kind: str) -> Count:
    """How many events of a kind the year had; no record is no knowledge."""
    counts = [row.count("count") for row in book.current_of_year("records.incident") if row.text("kind") == kind]
    return Count(sum(counts), sum(counts), None) if counts else Count()


def plain(text: str) -> str:
    """Lower case without accents."""
    letters = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).replace("đ", "d")


def written_out(text: str) -> str:
    """The same, with the short name of the People's Committee in full."""
    return plain(text).replace("ubnd", "uy ban nhan dan")


COUNTERS: dict[str, Callable[[Book, str, str], Count]] = {
    "title_share": title_share,
    "rating_share": rating_share,
    "tasks_done": tasks_done,
    "standing_title": standing_title,
    "organisation_rating": organisation_rating,
    "incidents": incidents,
    "discipline": discipline,
}
