"""The year-end report: what was done, the targets against their results, what was awarded and what it cost.

Every figure is a count of records; ``figures`` gives them all as plain numbers, so that a stranger can recount them
from the exported records (``tools/recount.py``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Value

from thidua.apps.campaigns.models import Acknowledgement, Campaign
from thidua.apps.councils.models import Session
from thidua.apps.councils.states import CouncilKind, SessionState
from thidua.apps.decisions.models import Decision, Line
from thidua.apps.decisions.states import DecisionKind
from thidua.apps.evaluations.queries import title_place
from thidua.apps.honours.models import Objection
from thidua.apps.honours.states import ObjectionState
from thidua.apps.initiatives.models import Initiative
from thidua.apps.initiatives.states import InitiativeState
from thidua.apps.nominations.states import NominationState
from thidua.apps.registrations.models import Registration
from thidua.apps.reports.queries.scoreboard import Scoreboard, Standing, campaign_scoreboard
from thidua.apps.reports.states import TargetState
from thidua.core.papers.money import dong

HELD = (SessionState.CLOSED, SessionState.MINUTED)


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

    @property
    def shown(self) -> str:
        """The money as it is written, with a minus where it is to be recovered."""
        return dong(-self.money if self.decision.kind == DecisionKind.ANNULMENT else self.money)


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

    @property
    def money_shown(self) -> tuple[str, str]:
        """What was paid and what is to be recovered, as they are written."""
        return dong(self.paid), dong(self.recovered)

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
    counts = _counts(campaign)
    return YearEnd(
        campaign=campaign,
        board=board,
        people=len(board.counter.people),
        collectives=len(board.counter.units),
        acknowledged=counts["acknowledged"],
        registered_people=counts["registered_people"],
        registered_collectives=counts["registered_collectives"],
        unit_meetings=counts["unit_meetings"],
        council_sessions=counts["council_sessions"],
        initiatives=counts["initiatives"],
        recognised=counts["recognised"],
        titles=_titles(board),
        decisions=_decisions(board),
        objections=counts["objections"],
        answered=counts["answered"],
    )


def _counts(campaign: Campaign) -> dict[str, int]:
    """Plain counts of records, all in one query."""
    year = campaign.year
    registered = Registration.objects.current().filter(campaign=campaign, registered=True)
    sessions = Session.objects.filter(year=year, state__in=HELD)
    of_units = sessions.filter(council__kind=CouncilKind.UNIT)
    initiatives = Initiative.objects.filter(year=year).exclude(state=InitiativeState.DRAFT)
    objections = Objection.objects.filter(posting__year=year)
    rows: dict[str, QuerySet[Any]] = {
        "acknowledged": Acknowledgement.objects.filter(campaign=campaign),
        "registered_people": registered.filter(person__isnull=False),
        "registered_collectives": registered.filter(person__isnull=True),
        "unit_meetings": of_units,
        "council_sessions": sessions.exclude(council__kind=CouncilKind.UNIT),
        "initiatives": initiatives,
        "recognised": initiatives.filter(state=InitiativeState.RECOGNISED),
        "objections": objections,
        "answered": objections.filter(state=ObjectionState.ANSWERED),
    }
    named = [
        part.order_by()
        .annotate(what=Value(what))
        .values("what")
        .annotate(count=Count("pk"))
        .values_list("what", "count")
        for what, part in rows.items()
    ]
    return dict.fromkeys(rows, 0) | dict(named[0].union(*named[1:], all=True))


def _titles(board: Scoreboard) -> list[TitleResult]:
    """Every title that somebody was put forward for, basic ones first."""
    awarded = board.counter.awarded
    ruleset = board.counter.ruleset
    names = {rule.title: rule.name for rule in ruleset.rules.values()} if ruleset else {}
    nominated: dict[str, list[str]] = {}
    for (title, _kind, _pk), nomination in awarded.nominations.items():
        nominated.setdefault(title, []).append(nomination.state)
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
        for code in sorted(nominated, key=title_place)
    ]


def _decisions(board: Scoreboard) -> list[DecisionResult]:
    """The signed decisions in order of their days; an annulment's money is what its lines take back."""
    lines: dict[int, list[Line]] = {}
    for line in board.counter.awarded.every_line:
        lines.setdefault(line.decision_id, []).append(line)
    return [DecisionResult(own[0].decision, len(own), sum(line.amount for line in own)) for own in lines.values()]


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
