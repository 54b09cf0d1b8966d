"""Who decides a title or form, and which papers its dossier asks for, on the ruleset's date."""

from thidua.core.law.errors import NoRule
from thidua.core.law.schema import Decider, Dossier, Ruleset


def decider(ruleset: Ruleset, *, title: str) -> Decider:
    """Who decides a title or form; raises NoRule when the packs have nobody."""
    for found in reversed(ruleset.deciders):
        if title in found.titles:
            return found
    raise NoRule(f"thẩm quyền quyết định {title} tại ngày {ruleset.as_of:%d/%m/%Y}")


def dossier(ruleset: Ruleset, *, title: str) -> Dossier:
    """The papers a title or form asks for; raises NoRule when the packs have no list.

    A list whose ``sets`` is None says which papers, while nobody has read in how many sets.
    """
    for found in reversed(ruleset.dossiers):
        if title in found.titles:
            return found
    raise NoRule(f"hồ sơ đề nghị {title} tại ngày {ruleset.as_of:%d/%m/%Y}")
