"""How a paper cites a source of law as its basis."""

import re

from thidua.core.law.schema import Source


def cited_name(source: Source) -> str:
    """The name as a paper's legal basis: laws and ordinances without their number.

    Source: Decree 30/2020, Annex I, part I, II.6 a.
    """
    without = re.sub(r" \d+/\d+/(QH|PL)\S*", "", source.name)
    return without if source.name.startswith(("Luật", "Pháp lệnh")) else source.name
