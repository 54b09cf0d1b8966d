"""Which day's law judges a dossier when the law changes while it is on its way: the day of its receipt decides."""

import datetime
from collections.abc import Sequence

from thidua.core.calendar import ONE_DAY
from thidua.core.law.errors import PackError
from thidua.core.law.resolve import resolve
from thidua.core.law.schema import Pack, ParameterVersion, Ruleset

FORMER_LAW = "law.former_law_if_received_before"


def transition_of(ruleset: Ruleset) -> datetime.date | None:
    """The first day of the newer law, before which a dossier received is judged by the former; None without a rule.

    Raises PackError where the packs have something else than a day there.
    """
    found = ruleset.parameters.get(FORMER_LAW)
    if found is None or found.value is None:
        return None
    return _day(found)


def resolve_received(packs: Sequence[Pack], *, as_of: datetime.date, received_on: datetime.date | None) -> Ruleset:
    """What is in force on ``as_of`` for a dossier that the appraising body received on a day.

    Received before the day that the packs' transition names, it is judged by the law of the day before that one.
    Without a day of receipt, or without a transition in force on ``as_of``, the law is that of ``as_of``. Whether the
    newer law is more favourable is for whoever is competent to conclude. Raises as ``resolve``.
    """
    ruleset = resolve(packs, as_of=as_of)
    first = transition_of(ruleset)
    if received_on is None or first is None or received_on >= first:
        return ruleset
    return resolve(packs, as_of=first - ONE_DAY)


def _day(version: ParameterVersion) -> datetime.date:
    try:
        return datetime.date.fromisoformat(str(version.value))
    except ValueError as error:
        raise PackError(
            f"“{version.value}” không phải một ngày.",
            file=version.spot.file,
            line=version.spot.line,
            hint='Viết năm-tháng-ngày trong ngoặc kép, ví dụ "2026-10-01".',
        ) from error
