"""What a change of the law would change: two rulesets judge the same facts, and the findings are laid side by side.

Nothing is estimated: who turns, from what to what, by which leaf; and how the places under each limit move.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from thidua.core.law.evaluate import FINDINGS
from thidua.core.law.judge import Judgement
from thidua.core.law.limits import Quota
from thidua.core.law.terms import Kind, Outcome

KEY = ("subject_kind", "subject_id", "title")


@dataclass(frozen=True, slots=True)
class Turned:
    """A subject whose outcome for a title is another; None where one of the laws does not know the title.

    ``leaves`` are the tests that stand otherwise (failed or unknown under one law and not the other), sorted: ids as
    in findings.
    """

    kind: Kind
    subject_id: str
    title: str
    was: Outcome | None
    now: Outcome | None
    leaves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """A limit in one scope under both laws; ``was`` or ``now`` is None where that law has no such limit."""

    kind: Kind
    title: str
    scope_id: str
    was: Quota | None
    now: Quota | None

    @property
    def moved(self) -> bool:
        """Whether the places, the base or the candidates differ."""
        return _measure(self.was) != _measure(self.now)


@dataclass(frozen=True, slots=True)
class Impact:
    """Who turns, sorted by title and subject, and every limit of either law, sorted by kind, title and scope."""

    turned: tuple[Turned, ...]
    places: tuple[Places, ...]

    def counts(self) -> Counter[tuple[str, Outcome | None, Outcome | None]]:
        """How many subjects turn, by title, outcome before and outcome after."""
        return Counter((item.title, item.was, item.now) for item in self.turned)

    def leaves(self) -> Counter[str]:
        """How many turn by each leaf; one that turns by two counts in both."""
        return Counter(leaf for item in self.turned for leaf in item.leaves)


def impact(
    before: pa.Table, after: pa.Table, *, limits_before: Iterable[Quota] = (), limits_after: Iterable[Quota] = ()
) -> Impact:
    """Compare two sets of findings (``evaluate.FINDINGS``) on the same facts, and the limits applied to each."""
    turned = [_turned(before, after, row) for row in _differing(before, after).to_pylist()]
    return Impact(
        turned=tuple(sorted(turned, key=lambda item: (item.title, item.kind, item.subject_id))),
        places=tuple(_places(limits_before, limits_after)),
    )


def judged_impact(before: Judgement, after: Judgement) -> Impact:
    """Compare two judgements of the same facts."""
    tables = [pa.Table.from_pylist(list(side.findings), schema=FINDINGS) for side in (before, after)]
    return impact(*tables, limits_before=before.quotas, limits_after=after.quotas)


def _differing(before: pa.Table, after: pa.Table) -> pa.Table:
    """Keys with another outcome, and the row of each in both tables."""
    sides = [
        side.select([*KEY, "outcome"]).append_column("row", pa.array(range(side.num_rows), pa.int64()))
        for side in (before, after)
    ]
    joined = sides[0].join(sides[1], keys=list(KEY), join_type="full outer", left_suffix="_was", right_suffix="_now")
    same = pc.fill_null(pc.equal(joined["outcome_was"], joined["outcome_now"]), False)
    return joined.filter(pc.invert(same))


def _turned(before: pa.Table, after: pa.Table, row: dict[str, object]) -> Turned:
    was, now = _standing(before, row["row_was"]), _standing(after, row["row_now"])
    return Turned(
        kind=row["subject_kind"],  # type: ignore[arg-type]  # a row of findings
        subject_id=str(row["subject_id"]),
        title=str(row["title"]),
        was=row["outcome_was"],  # type: ignore[arg-type]
        now=row["outcome_now"],  # type: ignore[arg-type]
        leaves=tuple(sorted({leaf for leaf, _state in was ^ now})),
    )


def _standing(findings: pa.Table, place: object) -> set[tuple[str, str]]:
    """What stands in the way of one finding: each leaf with how it stands."""
    if not isinstance(place, int):
        return set()
    return {(leaf, how) for how in ("failed", "missing") for leaf in findings[how][place].as_py()}


def _places(before: Iterable[Quota], after: Iterable[Quota]) -> Sequence[Places]:
    was, now = (
        {(quota.limit.kind, quota.limit.title, quota.scope_id): quota for quota in side} for side in (before, after)
    )
    return [Places(*key, was=was.get(key), now=now.get(key)) for key in sorted(was.keys() | now.keys())]


def _measure(quota: Quota | None) -> tuple[int, int, int, int] | None:
    return (quota.quota, quota.most, quota.base_count, len(quota.ranked)) if quota else None
