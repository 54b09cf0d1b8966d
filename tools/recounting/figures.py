"""Every figure of the report, counted from the records."""

from collections import Counter
from typing import Any

from recounting.book import Book, Problem, Row, annuls
from recounting.targets import target_figures

STATES = ("reached", "missed", "unknown")


def recount(book: Book) -> dict[str, Any]:
    """Every figure of the report, counted from the records, in the shape of the report's file."""
    decisions = [decision_figures(book, row) for row in book.decisions]
    paid = [figures["money"] for row, figures in zip(book.decisions, decisions, strict=True) if not annuls(row)]
    targets = [target_figures(book, row) for row in book.of_campaign("campaigns.target")]
    states = Counter(figures["state"] for figures in targets)
    return {
        "year": book.year,
        "people": len(book.judged_of("person")),
        "collectives": len(book.judged_of("unit")),
        "acknowledged": len(book.of_campaign("campaigns.acknowledgement")),
        **registered(book),
        **meetings(book),
        **initiatives(book),
        **objections(book),
        "paid": sum(paid),
        "recovered": sum(figures["money"] for figures in decisions) - sum(paid),
        "titles": [title_figures(book, title) for title in sorted({row.text("title") for row in book.nominations})],
        "decisions": decisions,
        "targets": targets,
        "tally": {state: states[state] for state in STATES},
    }


def registered(book: Book) -> dict[str, int]:
    """How many people and collectives signed up."""
    rows = [row for row in book.of_campaign("registrations.registration") if not row.text("superseded_at")]
    kinds = Counter(row.subject[0] for row in rows if row.parsed("registered", bool))
    return {"registered_people": kinds["person"], "registered_collectives": kinds["unit"]}


def meetings(book: Book) -> dict[str, int]:
    """How many sessions were held, of units and of councils."""
    units = {row.key for row in book.table("councils.council") if row.text("kind") == "unit"}
    held = [row for row in book.of_year("councils.session") if row.text("state") in ("closed", "minuted")]
    of_units = sum(row.count("council_id") in units for row in held)
    return {"unit_meetings": of_units, "council_sessions": len(held) - of_units}


def initiatives(book: Book) -> dict[str, int]:
    """How many initiatives were handed in, and how many of them recognised."""
    states = [row.text("state") for row in book.of_year("initiatives.initiative") if row.text("state") != "draft"]
    return {"initiatives": len(states), "recognised": states.count("recognised")}


def objections(book: Book) -> dict[str, int]:
    """How many objections the year's postings brought, and how many have their answer."""
    postings = {row.key for row in book.of_year("honours.posting")}
    states = [row.text("state") for row in book.table("honours.objection") if row.count("posting_id") in postings]
    return {"objections": len(states), "answered": states.count("answered")}


def title_figures(book: Book, title: str) -> dict[str, Any]:
    """One title from nomination to annulment."""
    states = [row.text("state") for row in book.nominations if row.text("title") == title]
    given = [line.key for line in book.given if line.text("title") == title]
    annulled = sum(key in book.annulled for key in given)
    return {
        "title": title,
        "nominated": len(states),
        "passed": states.count("passed"),
        "awarded": len(given) - annulled,
        "annulled": annulled,
    }


def decision_figures(book: Book, decision: Row) -> dict[str, Any]:
    """One decision: its lines and its money in đồng, for an annulment the money to be recovered."""
    lines = book.lines_of[decision.key]
    own_money = [line.count("amount") for line in lines]
    money = [recovered(book, line) for line in lines] if annuls(decision) else own_money
    number = f"{decision.count('number'):02d}/{decision.text('series')}"
    return {"number": number, "lines": len(lines), "money": sum(money)}


def recovered(book: Book, line: Row) -> int:
    """What an annulment takes back by a line: less than was paid where the subject keeps another title."""
    annulled = line.number("annuls_id")
    if annulled is None:
        return 0
    if annulled not in book.amounts:
        raise Problem(f"{line.place}: hủy dòng số {annulled}, nhưng không có dòng ấy.")
    return line.count("amount")
