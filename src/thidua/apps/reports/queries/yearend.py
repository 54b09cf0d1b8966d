"""The year-end report: what was done, the targets against their results, what was awarded and what it cost.

Every figure is a count of records; ``figures`` gives them all as plain numbers, so that a stranger can recount them
from the exported records (``tools/recount.py``).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from thidua.apps.campaigns.models import Acknowledgement, Campaign
from thidua.apps.councils.models import Session
from thidua.apps.councils.states import CouncilKind, SessionState
from thidua.apps.decisions.models import Decision, Line
from thidua.apps.decisions.states import DecisionKind, DecisionState
from thidua.apps.evaluations.queries import judged_all, ruleset_of_run
from thidua.apps.honours.models import Objection
from thidua.apps.honours.states import ObjectionState
from thidua.apps.initiatives.models import Initiative
from thidua.apps.initiatives.states import InitiativeState
from thidua.apps.nominations.models import Nomination
from thidua.apps.nominations.states import NominationState
from thidua.apps.registrations.queries import registered_in
from thidua.apps.reports.queries.awarded import awarded_in, decisions_of_year
from thidua.apps.reports.queries.scoreboard import Scoreboard, Standing, campaign_scoreboard
from thidua.apps.reports.states import TargetState

HELD = (SessionState.CLOSED, SessionState.MINUTED)
REACHED_COUNCIL = (NominationState.ON_AGENDA, NominationState.PASSED, NominationState.NOT_PASSED)


@dataclass(frozen=True)
class TitleResult:
    """One title in a year: put forward, passed by the council, awarded and in force, annulled; sent to whom."""

    code: str
    name: str
    nominated: int
    passed: int
    awarded: int
    annulled: int
    sent_to: str


@dataclass(frozen=True)
class DecisionResult:
    """One signed decision: how many lines, and đồng paid by it (for an annulment: to be recovered)."""

    decision: Decision
    lines: int
    money: int


@dataclass(frozen=True)
class YearEnd:
    """Everything that the report of one campaign's year says."""

    campaign: Campaign
    board: Scoreboard
    people: int
    collectives: int
    acknowledged: int
    registered_people: int
    registered_collectives: int
    unit_meetings: int
    council_sessions: int
    initiatives: int
    recognised: int
    titles: Sequence[TitleResult]
    decisions: Sequence[DecisionResult]
    objections: int
    answered: int

    @property
    def paid(self) -> int:
        """Đồng awarded by the year's decisions."""
        return sum(row.money for row in self.decisions if row.decision.kind != DecisionKind.ANNULMENT)

    @property
    def recovered(self) -> int:
        """Đồng to be recovered by annulments."""
        return sum(row.money for row in self.decisions if row.decision.kind == DecisionKind.ANNULMENT)

    def standings_in(self, state: TargetState) -> list[Standing]:
        """The targets in a state."""
        return [standing for standing in self.board.standings if standing.state == state]

    @property
    def missed(self) -> list[Standing]:
        """Targets that were not reached."""
        return self.standings_in(TargetState.MISSED)

    @property
    def unknown(self) -> list[Standing]:
        """Targets that cannot be decided yet."""
        return self.standings_in(TargetState.UNKNOWN)


def year_end(campaign: Campaign) -> YearEnd:
    """The report of a campaign as the records stand now."""
    board = campaign_scoreboard(campaign)
    people, units = judged_all(board.run) if board.run else ([], [])
    registered = [key for key, row in registered_in(campaign.year).items() if row.registered]
    sessions = Session.objects.filter(year=campaign.year, state__in=HELD).select_related("council")
    kinds = [session.council.kind for session in sessions]
    initiatives = Initiative.objects.filter(year=campaign.year).exclude(state=InitiativeState.DRAFT)
    states = list(initiatives.values_list("state", flat=True))
    objections = list(Objection.objects.filter(posting__year=campaign.year).values_list("state", flat=True))
    return YearEnd(
        campaign=campaign,
        board=board,
        people=len(people),
        collectives=len(units),
        acknowledged=Acknowledgement.objects.filter(campaign=campaign).count(),
        registered_people=sum(kind == "person" for kind, _pk in registered),
        registered_collectives=sum(kind == "unit" for kind, _pk in registered),
        unit_meetings=kinds.count(CouncilKind.UNIT),
        council_sessions=len(kinds) - kinds.count(CouncilKind.UNIT),
        initiatives=len(states),
        recognised=states.count(InitiativeState.RECOGNISED),
        titles=_titles(board),
        decisions=_decisions(campaign.year),
        objections=len(objections),
        answered=objections.count(ObjectionState.ANSWERED),
    )


def _titles(board: Scoreboard) -> list[TitleResult]:
    """Every title that somebody was put forward for, in the order of the law's rules."""
    year = board.campaign.year
    awarded = awarded_in(year)
    nominated: dict[str, list[str]] = {}
    rows = Nomination.objects.filter(campaign=board.campaign).exclude(state=NominationState.WITHDRAWN)
    for title, state in rows.values_list("title", "state"):
        nominated.setdefault(title, []).append(state)
    names = {rule.title: rule.name for rule in ruleset_of_run(board.run).rules.values()} if board.run else {}
    codes = [code for code in names if code in nominated] + sorted(nominated.keys() - names.keys())
    return [
        TitleResult(
            code=code,
            name=names.get(code, code),
            nominated=len(nominated[code]),
            passed=nominated[code].count(NominationState.PASSED),
            awarded=sum(title == code for title, _kind, _pk in awarded.lines),
            annulled=sum(title == code for title, _kind, _pk in awarded.annulled),
            sent_to=awarded.proposed.get(code, ""),
        )
        for code in codes
    ]


def _decisions(year: int) -> list[DecisionResult]:
    money: dict[int, list[int]] = {}
    lines = Line.objects.filter(decision__year=year, decision__state=DecisionState.SIGNED)
    for pk, amount, annulled in lines.values_list("decision_id", "amount", "annuls__amount"):
        money.setdefault(pk, []).append(amount if annulled is None else annulled)
    found = decisions_of_year(year)
    return [DecisionResult(item, len(money.get(item.pk, [])), sum(money.get(item.pk, []))) for item in found]


def figures(report: YearEnd) -> dict[str, object]:
    """Every figure of the report as plain numbers and words, by name (JSON's own types)."""
    return {
        "year": report.campaign.year,
        "people": report.people,
        "collectives": report.collectives,
        "acknowledged": report.acknowledged,
        "registered_people": report.registered_people,
        "registered_collectives": report.registered_collectives,
        "unit_meetings": report.unit_meetings,
        "council_sessions": report.council_sessions,
        "initiatives": report.initiatives,
        "recognised": report.recognised,
        "objections": report.objections,
        "answered": report.answered,
        "paid": report.paid,
        "recovered": report.recovered,
        "titles": [
            {
                "title": row.code,
                "nominated": row.nominated,
                "passed": row.passed,
                "awarded": row.awarded,
                "annulled": row.annulled,
            }
            for row in report.titles
        ],
        "decisions": [
            {"number": row.decision.number_text, "lines": row.lines, "money": row.money} for row in report.decisions
        ],
        "targets": [
            {
                "number": standing.target.number,
                "least": standing.measure.least,
                "most": standing.measure.most,
                "whole": standing.measure.whole,
                "state": str(standing.state.value),
            }
            for standing in report.board.standings
        ],
        "tally": {str(state.value): count for state, count in report.board.tally},
    }
