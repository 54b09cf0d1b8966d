"""What can be wrong with a plan that someone hands in.

PlanError                      the input is at fault; the message names the place and the remedy
├── UnreadableFile             the bytes cannot be turned into text
│   ├── UnsupportedFormat      a known or unknown format this version does not read
│   ├── BinaryContent          neither a text nor any file that is known here
│   ├── UnknownEncoding        text in an encoding that is none of those in use
│   ├── ProtectedFile          locked by a password
│   ├── DamagedFile            named or begun like a file of its kind, but broken
│   └── NoRecogniser           a picture of a page, and nothing on this machine that reads pictures
├── EmptyPlan                  no words at all
├── OversizedPlan              more bytes, pages, dots or text than any plan has, or too much work
├── ManyScans                  more pages to recognise than whoever asked waits for; nothing is wrong with the file
├── NotAPlan                   words, but not those of a Vietnamese plan
│   ├── ForeignLanguage        the text is not Vietnamese
│   └── NoClauses              Vietnamese text without a single section or clause
└── BadTarget                  a target that a person typed says nothing that can be compared
"""


class PlanError(ValueError):
    """The plan handed in cannot be read; the message says where and what to do."""


class UnreadableFile(PlanError):
    """The bytes cannot be turned into text."""


class UnsupportedFormat(UnreadableFile):
    """The file's format is not read by this version."""


class BinaryContent(UnreadableFile):
    """The file is neither a text nor of any kind that is known here."""


class UnknownEncoding(UnreadableFile):
    """The text is in an encoding that is none of those in use."""


class ProtectedFile(UnreadableFile):
    """The file is locked by a password."""


class DamagedFile(UnreadableFile):
    """The file is named or begun like one of its kind, but broken."""


class NoRecogniser(UnreadableFile):
    """The file is a picture of a page, and nothing on this machine reads pictures."""


class EmptyPlan(PlanError):
    """The file holds no words."""


class OversizedPlan(PlanError):
    """The file is larger than any plan, or asks for more work than any plan."""


class ManyScans(PlanError):
    """More pages are to be recognised than whoever asked waits for; asked without that bound it is read."""


class NotAPlan(PlanError):
    """The text was read but is no Vietnamese plan."""


class ForeignLanguage(NotAPlan):
    """The text is not Vietnamese."""


class NoClauses(NotAPlan):
    """The text has no section and no clause."""


class BadTarget(PlanError):
    """A target that a person typed says nothing that can be compared."""
