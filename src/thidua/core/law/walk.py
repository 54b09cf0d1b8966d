"""Walking a condition tree, and the name of a count's column over several years."""

from collections.abc import Iterator

from thidua.core.law.schema import Condition, Group, Holds, Leaf


def over_column(fact: str, years: int) -> str:
    """The column of a count that was made over several years, beside the one of the year itself."""
    return f"{fact}_over_{years}"


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Every leaf of a tree, without following ``holds``."""
    if isinstance(condition, Leaf):
        yield condition
    elif isinstance(condition, Group):
        for part in condition.parts:
            yield from leaves(part)


def signed_leaves(condition: Condition, *, negated: bool = False) -> Iterator[tuple[Leaf, bool]]:
    """Every leaf of a tree and whether it stands under an odd number of ``not``."""
    if isinstance(condition, Leaf):
        yield condition, negated
    elif isinstance(condition, Group):
        for part in condition.parts:
            yield from signed_leaves(part, negated=negated ^ (condition.word == "not"))


def holds(condition: Condition) -> Iterator[Holds]:
    """Every ``holds`` of a tree."""
    if isinstance(condition, Holds):
        yield condition
    elif isinstance(condition, Group):
        for part in condition.parts:
            yield from holds(part)
