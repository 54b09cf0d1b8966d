"""What became of a year's nominations: who holds which title by a decision in force, and whose case is still open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from thidua.apps.decisions.models import Line, ProposalLine
from thidua.apps.decisions.states import DecisionKind, DecisionState, ProposalState
from thidua.apps.nominations.models import Nomination
from thidua.apps.nominations.states import NominationState

SubjectKey = tuple[str, str, int]
SENT_OUT = (ProposalState.SENT, ProposalState.ANSWERED)
SETTLED = (NominationState.NOT_PASSED, NominationState.UNIT_DECLINED)


@dataclass(frozen=True)
class Awarded:
    """Keys are (title, person|unit, id).

    ``lines`` are in force, ``annulled`` were; ``every_line`` has those of annulments too. ``nominations`` leaves out
    the withdrawn ones. ``decided`` are the titles with a signed decision, ``proposed`` those sent to a higher level.
    """

    every_line: Sequence[Line]
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
    """Everything decided about a year's titles, in two queries."""
    signed = Line.objects.filter(decision__year=year, decision__state=DecisionState.SIGNED)
    every_line = list(signed.select_related("decision", "annuls").order_by("decision__dated", "decision__number", "pk"))
    granted = [line for line in every_line if line.decision.kind != DecisionKind.ANNULMENT]
    gone = {line.annuls_id for line in every_line if line.decision.kind == DecisionKind.ANNULMENT}
    rows = Nomination.objects.filter(campaign__year=year).exclude(state=NominationState.WITHDRAWN)
    sent = ProposalLine.objects.filter(nomination=OuterRef("pk"), proposal__state__in=SENT_OUT)
    nominations = list(rows.annotate(sent_to=Subquery(sent.values("proposal__addressed_to")[:1])))
    return Awarded(
        every_line=every_line,
        lines={_key(line): line for line in granted if line.pk not in gone},
        annulled={_key(line): line for line in granted if line.pk in gone},
        nominations={_key(item): item for item in nominations},
        decided=frozenset(line.title for line in granted),
        proposed={item.title: item.sent_to for item in nominations if item.sent_to},
    )


def _key(row: Line | Nomination) -> SubjectKey:
    if row.person_id is not None:
        return row.title, "person", row.person_id
    return row.title, "unit", row.unit_id
