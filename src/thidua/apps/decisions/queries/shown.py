"""A decision or a proposal as its page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass

from thidua.apps.audit.models import Entry
from thidua.apps.decisions.models import Decision, Line, Proposal, ProposalLine
from thidua.apps.decisions.queries.lists import (
    annulled_by,
    law_if_any,
    lines_of,
    lines_of_proposal,
    name_of,
    title_names,
)
from thidua.apps.decisions.queries.problems import (
    missing_parts,
    open_problems,
    proposal_missing,
    proposal_open,
    subject_of,
)
from thidua.apps.decisions.queries.record import signing_entry
from thidua.apps.decisions.states import DecisionState, ProposalState
from thidua.core.papers.money import dong, money_words
from thidua.core.vietnamese import fold


@dataclass(frozen=True)
class LineShown:
    """One line with its money in words of a page and the decision that annulled it, if any."""

    line: Line
    name: str
    money: str
    annulled_by: Decision | None


@dataclass(frozen=True)
class DecisionFile:
    """A decision with its list, its total, what is open, what was set aside, and what came after."""

    decision: Decision
    lines: Sequence[LineShown]
    total: str
    total_words: str
    missing: Sequence[str]
    problems: Sequence[str]
    amended_by: Sequence[Decision]
    entry: Entry | None

    @property
    def is_signed(self) -> bool:
        """Whether it is in force."""
        return self.decision.state == DecisionState.SIGNED

    @property
    def standing(self) -> str:
        """valid, amended (supplemented or annulled in part), annulled."""
        gone = sum(1 for shown in self.lines if shown.annulled_by is not None)
        if gone and gone == len(self.lines):
            return "annulled"
        return "amended" if gone or self.amended_by else "valid"


def decision_file(decision: Decision, *, with_problems: bool = True) -> DecisionFile:
    """Everything that a page of a decision shows; problems are only looked for before it is signed."""
    rows = lines_of(decision)
    lines = [
        LineShown(line=line, name=name_of(line), money=dong(line.amount), annulled_by=annulled_by(line))
        for line in rows
    ]
    total = sum(shown.line.amount for shown in lines)
    is_open = with_problems and decision.state in (DecisionState.DRAFTED, DecisionState.SENT)
    is_signed = decision.state == DecisionState.SIGNED
    later = decision.amended_by.filter(state=DecisionState.SIGNED).order_by("dated", "pk") if is_signed else []
    return DecisionFile(
        decision=decision,
        lines=lines,
        total=dong(total),
        total_words=money_words(total),
        missing=missing_parts(decision, lines=rows) if is_open else [],
        problems=open_problems(decision, lines=rows) if is_open else [],
        amended_by=list(later),
        entry=signing_entry(decision) if is_signed else None,
    )


def lines_with(lines: Sequence[LineShown], *, words: str) -> list[LineShown]:
    """Lines whose name or unit has words that begin so, blind to accents; semicolons stand between several names."""
    asked = [fold(part).split() for part in words.split(";") if part.strip()]
    if not asked:
        return list(lines)
    texts = ((shown, f" {fold(shown.name)} {fold(shown.line.unit.name)}") for shown in lines)
    return [shown for shown, text in texts if any(all(f" {word}" in text for word in name) for name in asked)]


@dataclass(frozen=True)
class ProposalFile:
    """A proposal with its list, what is open, and what cannot be set aside."""

    proposal: Proposal
    lines: Sequence[tuple[ProposalLine, str, str]]
    missing: Sequence[str]
    problems: Sequence[str]


def proposal_file(proposal: Proposal) -> ProposalFile:
    """Everything that a page of a proposal shows: each line with the name and the title in words."""
    lines = lines_of_proposal(proposal)
    names = title_names([line.nomination for line in lines], law_if_any(proposal.dated))
    is_open = proposal.state == ProposalState.DRAFTED
    return ProposalFile(
        proposal=proposal,
        lines=[(line, subject_of(line.nomination), names[line.nomination_id]) for line in lines],
        missing=proposal_missing(proposal, lines=lines) if is_open else [],
        problems=proposal_open(proposal, lines=lines) if is_open else [],
    )
