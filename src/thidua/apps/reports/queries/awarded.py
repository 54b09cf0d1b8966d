"""What became of a year's nominations: who holds which title by a decision in force, and whose case is still open."""

from collections.abc import Mapping
from dataclasses import dataclass

from thidua.apps.decisions.models import Decision, Line, ProposalLine
from thidua.apps.decisions.states import DecisionKind, DecisionState, ProposalState
from thidua.apps.nominations.models import Nomination
from thidua.apps.nominations.states import NominationState

SubjectKey = tuple[str, str, int]
SETTLED = (
    NominationState.NOT_PASSED,
    NominationState.UNIT_DECLINED,
    NominationState.WITHDRAWN,
)


@dataclass(frozen=True)
class Awarded:
    """Keys are (title, person|unit, id).

    ``decided`` are the titles with a signed decision in the year; ``proposed`` those sent to a higher level.
    """

    lines: Mapping[SubjectKey, Line]
    annulled: Mapping[SubjectKey, Line]
    nominations: Mapping[SubjectKey, Nomination]
    decided: frozenset[str]
    proposed: Mapping[str, str]

    def is_open(self, key: SubjectKey) -> bool:
        """Whether a nomination has neither been decided nor turned down."""
        nomination = self.nominations.get(key)
        return nomination is not None and key not in self.lines and nomination.state not in SETTLED


def awarded_in(year: int) -> Awarded:
    """Everything decided about a year's titles, in four queries."""
    signed = Line.objects.filter(decision__year=year, decision__state=DecisionState.SIGNED)
    lines = list(signed.exclude(decision__kind=DecisionKind.ANNULMENT).select_related("decision"))
    annulled_ids = set(
        signed.filter(decision__kind=DecisionKind.ANNULMENT, annuls__isnull=False).values_list("annuls_id", flat=True)
    )
    nominations = Nomination.objects.filter(campaign__year=year)
    sent = ProposalLine.objects.filter(proposal__year=year).exclude(proposal__state=ProposalState.DRAFTED)
    return Awarded(
        lines={_key(line): line for line in lines if line.pk not in annulled_ids},
        annulled={_key(line): line for line in lines if line.pk in annulled_ids},
        nominations={_key(item): item for item in nominations.exclude(state=NominationState.WITHDRAWN)},
        decided=frozenset(line.title for line in lines),
        proposed=dict(sent.values_list("nomination__title", "proposal__addressed_to")),
    )


def decisions_of_year(year: int) -> list[Decision]:
    """Signed decisions about a year, oldest first."""
    return list(Decision.objects.filter(year=year, state=DecisionState.SIGNED).order_by("dated", "number"))


def _key(row: Line | Nomination) -> SubjectKey:
    if row.person_id is not None:
        return row.title, "person", row.person_id
    return row.title, "unit", row.unit_id
