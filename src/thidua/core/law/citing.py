"""How papers and pages cite the law: a source as a basis, a place in a source."""

import re

from thidua.core.law.errors import NoRule
from thidua.core.law.schema import Ruleset
from thidua.core.law.terms import Cite, Source


def cited_name(source: Source) -> str:
    """The name as a paper's legal basis: laws and ordinances without their number.

    Source: Decree 30/2020, Annex I, part I, II.6 a.
    """
    without = re.sub(r" \d+/\d+/(QH|PL)\S*", "", source.name)
    return without if source.name.startswith(("Luật", "Pháp lệnh")) else source.name


def cite_words(ruleset: Ruleset, cite: Cite) -> str:
    """“Điều 69 khoản 1, Nghị định 91/2017/NĐ-CP”: the place, and the source's own name; raises NoRule without one."""
    if (source := ruleset.sources.get(cite.source)) is None:
        raise NoRule(f"nguồn {cite.source}")
    return f"{cite.place}, {source.name}" if cite.place else source.name


def parameter_words(ruleset: Ruleset, name: str) -> str:
    """Where a parameter of the ruleset stands in the law, as ``cite_words``; raises KeyError, NoRule."""
    return cite_words(ruleset, ruleset.parameters[name].cite)
