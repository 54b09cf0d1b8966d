"""The tables of OUT/records, and the views of one year that several figures share."""

import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
LARGEST_CELL = 2**31 - 1


class Problem(Exception):
    """Something that stops the recount: a sentence that says where and what to do."""


@dataclass(frozen=True)
class Row:
    """One record as its table has it; ``place`` says where, for messages."""

    place: str
    cells: dict[str, str]

    def text(self, column: str) -> str:
        """The cell as text, without the quote that keeps a spreadsheet from running it."""
        if column not in self.cells:
            raise Problem(f"{self.place}: bảng không có cột “{column}”; hãy xuất lại hồ sơ.")
        cell = self.cells[column]
        return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS) else cell

    def number(self, column: str) -> int | None:
        """The cell as a whole number, None where it is empty."""
        cell = self.text(column)
        try:
            return int(cell) if cell else None
        except ValueError:
            raise Problem(f"{self.place}, cột “{column}”: “{cell}” không phải là số nguyên.") from None

    def count(self, column: str) -> int:
        """The cell as a whole number that must be there."""
        number = self.number(column)
        if number is None:
            raise Problem(f"{self.place}, cột “{column}”: ô trống, phải có số.")
        return number

    def parsed(self, column: str, kind: type[T]) -> T | None:
        """The cell read as JSON of one kind, None where it is empty."""
        cell = self.text(column)
        try:
            value = json.loads(cell) if cell else None
        except json.JSONDecodeError:
            raise Problem(f"{self.place}, cột “{column}”: nội dung không phải là JSON.") from None
        if value is not None and not isinstance(value, kind):
            raise Problem(f"{self.place}, cột “{column}”: “{cell}” không đúng kiểu dữ liệu.")
        return value

    def moment(self, column: str) -> datetime:
        """The cell as a moment with its zone."""
        cell = self.text(column)
        try:
            return datetime.fromisoformat(cell)
        except ValueError:
            raise Problem(f"{self.place}, cột “{column}”: “{cell}” không phải là thời điểm.") from None

    @property
    def key(self) -> int:
        """The record's own number."""
        return self.count("id")

    @property
    def subject(self) -> tuple[str, int]:
        """("person", its number), or ("unit", its number) where no person is named."""
        person = self.number("person_id")
        return ("unit", self.count("unit_id")) if person is None else ("person", person)


def read_table(path: Path) -> list[Row]:
    """The rows of one table; raises Problem when it is missing or is no table."""
    csv.field_size_limit(LARGEST_CELL)
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            return list(_rows(csv.reader(stream, strict=True), path))
    except OSError:
        raise Problem(f"Không đọc được bảng {path}; hãy xuất lại hồ sơ.") from None
    except (UnicodeDecodeError, csv.Error):
        raise Problem(f"{path}: không phải là bảng CSV mã UTF-8; hãy xuất lại hồ sơ.") from None


def _rows(reader: Any, path: Path) -> Iterator[Row]:
    header = next(reader, None)
    if not header:
        raise Problem(f"{path}: bảng không có dòng tiêu đề; hãy xuất lại hồ sơ.")
    for cells in reader:
        place = f"{path}, dòng {reader.line_num}"
        if len(cells) != len(header):
            raise Problem(f"{place}: có {len(cells)} ô, tiêu đề có {len(header)} cột; hãy xuất lại hồ sơ.")
        yield Row(place, dict(zip(header, cells, strict=True)))


class Book:
    """The records of one year: tables by name, and the views of them that several figures share."""

    def __init__(self, folder: Path, year: int) -> None:
        self.folder = folder
        self.year = year
        self._tables: dict[str, list[Row]] = {}

    def table(self, name: str) -> list[Row]:
        """Every row of a table (“decisions.line”)."""
        if name not in self._tables:
            self._tables[name] = read_table(self.folder / f"{name}.csv")
        return self._tables[name]

    def of_year(self, name: str) -> list[Row]:
        """The rows of the year."""
        return [row for row in self.table(name) if row.number("year") == self.year]

    def current_of_year(self, name: str) -> list[Row]:
        """The rows of the year that nothing has superseded."""
        return [row for row in self.of_year(name) if not row.text("superseded_at")]

    def of_campaign(self, name: str) -> list[Row]:
        """The rows of the year's campaign."""
        return [row for row in self.table(name) if row.number("campaign_id") == self.campaign]

    @cached_property
    def campaign(self) -> int:
        """The number of the year's campaign; raises Problem when there is none, or more than one."""
        found = self.of_year("campaigns.campaign")
        if len(found) != 1:
            raise Problem(
                f"{self.folder / 'campaigns.campaign.csv'}: năm {self.year} có {len(found)} phong trào thi đua; "
                "chỉ đếm lại được khi có đúng một."
            )
        return found[0].key

    @cached_property
    def run(self) -> int | None:
        """The number of the year's latest run."""
        runs = self.of_year("evaluations.run")
        return max(runs, key=lambda row: (row.moment("ran_at"), row.key)).key if runs else None

    def of_run(self, name: str) -> list[Row]:
        """The rows of the latest run."""
        return [row for row in self.table(name) if self.run is not None and row.number("run_id") == self.run]

    @cached_property
    def judged(self) -> list[Row]:
        """The subjects of the latest run."""
        return self.of_run("evaluations.judged")

    def judged_of(self, kind: str) -> list[Row]:
        """Its people, or its collectives."""
        return [row for row in self.judged if row.subject[0] == kind]

    @cached_property
    def outcomes(self) -> dict[tuple[int, str], str]:
        """What was found, by judged subject and title."""
        rows = self.table("evaluations.findingrow")
        return {(row.count("judged_id"), row.text("title")): row.text("outcome") for row in rows}

    @cached_property
    def nominations(self) -> list[Row]:
        """The nominations of the campaign that were not withdrawn."""
        return [row for row in self.of_campaign("nominations.nomination") if row.text("state") != "withdrawn"]

    @cached_property
    def decisions(self) -> list[Row]:
        """The decisions that count: signed, of the year."""
        return [row for row in self.of_year("decisions.decision") if row.text("state") == "signed"]

    @cached_property
    def lines_of(self) -> dict[int, list[Row]]:
        """The lines by decision."""
        lines = defaultdict(list)
        for row in self.table("decisions.line"):
            lines[row.count("decision_id")].append(row)
        return lines

    @cached_property
    def amounts(self) -> dict[int, int]:
        """The amount of every line, in đồng."""
        return {row.key: row.count("amount") for row in self.table("decisions.line")}

    @cached_property
    def given(self) -> list[Row]:
        """The lines of the year's decisions that give something."""
        return [line for row in self.decisions if not annuls(row) for line in self.lines_of[row.key]]

    @cached_property
    def annulled(self) -> set[int | None]:
        """The lines that a signed annulment annuls."""
        annulments = [row for row in self.table("decisions.decision") if annuls(row) and row.text("state") == "signed"]
        return {line.number("annuls_id") for row in annulments for line in self.lines_of[row.key]}

    @cached_property
    def settled(self) -> set[str]:
        """The titles that a decision of the year has given, or that were proposed to whoever decides them."""
        sent = {row.key for row in self.of_year("decisions.proposal") if row.text("state") != "drafted"}
        lines = [row for row in self.table("decisions.proposalline") if row.number("proposal_id") in sent]
        proposed = {row.number("nomination_id") for row in lines}
        titles = {row.text("title") for row in self.table("nominations.nomination") if row.key in proposed}
        return titles | {line.text("title") for line in self.given}


def annuls(decision: Row) -> bool:
    """Whether a decision takes back."""
    return decision.text("kind") == "annulment"
