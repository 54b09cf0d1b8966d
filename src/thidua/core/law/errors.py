"""Errors of the law hall.

LawError
├── PackError        a pack is wrong: file, line, what, and what to do
├── NoRule           nothing in the packs for this title or parameter on this date: never a default
├── FactsError       a facts file is wrong: file, row, column, and what to do
└── CaseFailed       a pack's own YAML case does not hold
"""


class LawError(Exception):
    """Base of the hall's errors; its text is a Vietnamese sentence for people."""


class PackError(LawError):
    """A pack cannot be used; ``file`` and ``line`` name the place."""

    def __init__(self, message: str, *, file: str, line: int = 0, hint: str = "") -> None:
        place = f"{file}:{line}" if line else file
        super().__init__(f"{place}: {message}" + (f" {hint}" if hint else ""))
        self.file = file
        self.line = line
        self.hint = hint


class NoRule(LawError):
    """Chưa có quy định trong bộ dữ liệu."""

    def __init__(self, what: str) -> None:
        super().__init__(f"Chưa có quy định trong bộ dữ liệu: {what}.")


class FactsError(LawError):
    """A facts file cannot be used; nothing was judged and nothing was written."""

    def __init__(self, message: str, *, file: str, column: str = "", row: int = 0, remedy: str = "") -> None:
        place = file
        place += f", dòng {row}" if row else ""
        place += f", cột {column}" if column else ""
        super().__init__(f"{place}: {message}" + (f" {remedy}" if remedy else ""))
        self.file = file
        self.column = column
        self.row = row


class CaseFailed(LawError):
    """One or more cases of a pack came out differently from what they say."""
