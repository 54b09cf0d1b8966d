"""Errors of the workbooks hall.

WorkbookError              .problems: one or more, each with sheet, cell, message and remedy in Vietnamese
├── UnreadableWorkbook     the file cannot be opened: one problem, of the whole file
│   ├── EmptyWorkbook      no bytes, or no cell with anything in it
│   ├── NotAWorkbook       another kind of file, or a damaged one
│   ├── LockedWorkbook     opens with a password only
│   └── OversizedWorkbook  too many bytes, cells or sheets, or unpacks to far more than it weighs
└── WorkbookErrors         the file opens: all problems of its sheets and cells, in the order of the file

SpecError                  a table description contradicts itself: a fault of the program, not of the file
BadCell                    one cell cannot be understood: goes into WorkbookErrors, never leaves the hall
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing to mend. ``sheet`` and ``cell`` ("C7") are "" where the problem is wider than that."""

    sheet: str
    cell: str
    message: str
    remedy: str

    def __str__(self) -> str:
        place = "!".join(part for part in (self.sheet, self.cell) if part)
        return " ".join(part for part in (f"{place}:" if place else "", self.message, self.remedy) if part)


class WorkbookError(Exception):
    """Base of all that can be wrong with a workbook; its text is Vietnamese, a line per problem."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


class UnreadableWorkbook(WorkbookError):
    """The file as a whole cannot be read."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__((Problem("", "", message, remedy),))


class EmptyWorkbook(UnreadableWorkbook):
    """Nothing is in the file."""


class NotAWorkbook(UnreadableWorkbook):
    """The file is something else, whatever its name says, or is damaged."""


class LockedWorkbook(UnreadableWorkbook):
    """The file needs a password."""


class OversizedWorkbook(UnreadableWorkbook):
    """The file is larger than any office's table, packed or unpacked."""


class WorkbookErrors(WorkbookError):
    """The file opens, and these are all its problems."""

    def __str__(self) -> str:
        return f"Tệp có {len(self.problems)} chỗ cần sửa:\n{super().__str__()}"


class SpecError(ValueError):
    """A TableSpec or Column contradicts itself."""


class BadCell(Exception):
    """One cell's value does not fit its column."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
