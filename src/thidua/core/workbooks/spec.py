"""What a table should hold, said once: sheets, columns, kinds, keys and references."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from thidua.core.workbooks.errors import SpecError
from thidua.core.workbooks.words import plain_words

Reference: TypeAlias = tuple[str, str]


class Kind(StrEnum):
    """What a cell is read as; the Python type of the value in brackets."""

    TEXT = "text"  # str
    CODE = "code"  # str, white space trimmed; compared blind to case
    INT = "int"  # int
    DECIMAL = "decimal"  # Decimal
    DATE = "date"  # datetime.date
    YES_NO = "yes_no"  # bool
    CHOICE = "choice"  # str, the value of one Choice


@dataclass(frozen=True)
class Choice:
    """A word of an enum: the value code uses, and the labels people write; the first is the one shown."""

    value: str
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Column:
    """One column.

    ``headers`` are the accepted texts, the first one shown in messages. ``required``: the column must be
    there and, unless ``may_be_blank``, filled in every row. ``refers_to``: ("units", "code") or several of
    these, any of which may hold the value; ``also_known`` are further allowed values (the agency's own
    code). ``help`` is said in remedies.
    """

    key: str
    headers: tuple[str, ...]
    kind: Kind = Kind.TEXT
    required: bool = False
    may_be_blank: bool = False
    choices: tuple[Choice, ...] = ()
    refers_to: Reference | tuple[Reference, ...] = ()
    also_known: tuple[str, ...] = ()
    help: str = ""

    def __post_init__(self) -> None:
        if not self.headers:
            raise SpecError(f"Column {self.key} has no header.")
        if (self.kind is Kind.CHOICE) != bool(self.choices):
            raise SpecError(f"Column {self.key}: choices belong to kind CHOICE, and only there.")
        words = [
            word for choice in self.choices for word in {plain_words(choice.value), *map(plain_words, choice.labels)}
        ]
        if len(words) != len(set(words)):
            raise SpecError(f"Column {self.key}: two choices read alike.")

    @property
    def header(self) -> str:
        """The header as messages show it."""
        return self.headers[0]

    @property
    def references(self) -> tuple[Reference, ...]:
        """``refers_to`` as a tuple of (table, column), possibly empty."""
        if self.refers_to and isinstance(self.refers_to[0], str):
            return (self.refers_to,)
        return self.refers_to


@dataclass(frozen=True)
class TableSpec:
    """One table.

    ``unique`` columns together are its key; at least one ``one_of`` these columns must be there; ``required``: the file
    must have its sheet.
    """

    key: str
    sheet_names: tuple[str, ...]
    columns: tuple[Column, ...]
    unique: tuple[str, ...] = ()
    required: bool = True
    one_of: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        keys = [column.key for column in self.columns]
        headers = [word for column in self.columns for word in {*map(plain_words, column.headers)}]
        if not self.sheet_names or not keys:
            raise SpecError(f"Table {self.key} needs a sheet name and a column.")
        if len(keys) != len(set(keys)) or len(headers) != len(set(headers)):
            raise SpecError(f"Table {self.key}: two columns share a key or a header.")
        if not {*self.unique, *self.one_of} <= set(keys):
            raise SpecError(f"Table {self.key}: unique or one_of names a column it does not have.")

    @property
    def sheet_name(self) -> str:
        """The sheet's name as messages show it."""
        return self.sheet_names[0]
