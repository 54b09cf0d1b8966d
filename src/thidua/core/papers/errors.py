"""Errors of the paper hall.

PaperError
├── BadPaper        the values given cannot be set on paper: which part, and what to do
├── BadTemplate     an agency's own Word template cannot be used: what, where, and what to do
├── BadValues       values do not fit a template: which are missing or not known
└── BadSignedCopy   a file cannot be read as a signed copy
"""


class PaperError(Exception):
    """Base of the hall's errors; its text is a Vietnamese sentence for people: what, where, what to do."""


class BadPaper(PaperError):
    """A paper cannot be set as given."""


class BadTemplate(PaperError):
    """The file is not a template that may be used; nothing in it was run."""


class BadValues(PaperError):
    """Values and template do not fit; ``names`` are the places at fault."""

    def __init__(self, message: str, *, names: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.names = names


class BadSignedCopy(PaperError):
    """The file given as a signed copy cannot be read, or holds nothing to check."""
