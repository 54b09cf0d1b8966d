"""What can be wrong with a plan that someone hands in.

PlanError                      the input is at fault; the message names the place and the remedy
├── UnreadableFile             the bytes cannot be turned into text
│   ├── UnsupportedFormat      a known or unknown format this version does not read
│   ├── BinaryContent          a picture, archive or program under a text name
│   └── UnknownEncoding        text in an encoding that is neither UTF-8 nor UTF-16
├── EmptyPlan                  no words at all
├── OversizedPlan              more text than any plan has
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
    """The file has a text name but holds something else."""


class UnknownEncoding(UnreadableFile):
    """The text is in an encoding that is neither UTF-8 nor UTF-16."""


class EmptyPlan(PlanError):
    """The file holds no words."""


class OversizedPlan(PlanError):
    """The file is larger than any plan."""


class NotAPlan(PlanError):
    """The text was read but is no Vietnamese plan."""


class ForeignLanguage(NotAPlan):
    """The text is not Vietnamese."""


class NoClauses(NotAPlan):
    """The text has no section and no clause."""


class BadTarget(PlanError):
    """A target that a person typed says nothing that can be compared."""
