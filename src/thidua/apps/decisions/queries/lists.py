"""Reads of decisions, their lines, what may still be decided, and who signs."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from thidua.apps.accounts.models import RoleGrant
from thidua.apps.accounts.states import Role
from thidua.apps.campaigns.models import Campaign
from thidua.apps.decisions.models import Decision, Line, Proposal, ProposalLine
from thidua.apps.decisions.queries.votes import overtaken
from thidua.apps.decisions.states import DecisionKind, DecisionState
from thidua.apps.nominations.models import Nomination
from thidua.apps.nominations.states import NominationState
from thidua.apps.policy.queries import ruleset_on
from thidua.apps.units.models import Post
from thidua.core.law.citing import cited_name
from thidua.core.law.deciders import decider
from thidua.core.law.errors import NoRule
from thidua.core.law.schema import Ruleset
from thidua.core.law.terms import Authority, Kind

HEAD: Authority = "agency_head"
ANNULLED = Q(annulled_by__decision__state=DecisionState.SIGNED)
LIVE = (DecisionState.DRAFTED, DecisionState.SENT, DecisionState.SIGNED)
WITH = ("person", "unit", "decision", "annulled_by__decision", "annuls__decision")
# “Giám đốc Sở”, “Phó Giám đốc”: not of a part of the agency, as a centre.
LEADERS = r"^(Phó )?Giám đốc( Sở.*)?$"


def decisions_of(year: int | None = None) -> QuerySet[Decision]:
    """Decisions, newest first; of one year of emulation when given."""
    found = Decision.objects.select_related("amends")
    return found if year is None else found.filter(year=year)


def proposals_of(year: int | None = None) -> QuerySet[Proposal]:
    """Proposals, newest first; of one year of emulation when given."""
    return Proposal.objects.all() if year is None else Proposal.objects.filter(year=year)


def lines_of(decision: Decision) -> list[Line]:
    """A decision's lines: collectives first, then people, each by title, unit and name order."""
    rows = decision.lines.select_related(*WITH, "nomination__person", "nomination__unit")
    return sorted(rows, key=_place)


def _place(line: Line) -> tuple[bool, str, str, str]:
    return (line.person is not None, line.title, line.unit.code, line.person.sort_key if line.person else "")


def lines_of_proposal(proposal: Proposal) -> list[ProposalLine]:
    """A proposal's lines with who is put forward."""
    rows = proposal.lines.select_related("nomination__person", "nomination__unit")
    return list(rows.order_by("nomination__title", "nomination__unit__code", "pk"))


def awards_of_year(year: int) -> list[Line]:
    """What signed decisions awarded for a year and nothing has annulled since, with person, unit and decision."""
    return list(in_force(year).order_by("title", "unit__code", "person__sort_key", "pk"))


def in_force(year: int) -> QuerySet[Line]:
    """Lines of signed decisions for a year that give something and are not annulled by a signed decision."""
    given = Line.objects.filter(decision__year=year, decision__state=DecisionState.SIGNED)
    return given.exclude(decision__kind=DecisionKind.ANNULMENT).exclude(ANNULLED).select_related(*WITH)


def is_annulled(line: Line) -> bool:
    """Whether a signed decision annuls it."""
    return annulled_by(line) is not None


def annulled_by(line: Line) -> Decision | None:
    """The signed decision that annuls a line, if any."""
    by = getattr(line, "annulled_by", None)
    return by.decision if by is not None and by.decision.state == DecisionState.SIGNED else None


def still_paid(line: Line) -> int:
    """What a line still brings, in đồng: its own amount less what a signed annulment takes back."""
    return line.amount - line.annulled_by.amount if is_annulled(line) else line.amount


def payable(lines: Iterable[Line]) -> int:
    """What lines bring together, in đồng, annulments counted."""
    return sum(still_paid(line) for line in lines)


def name_of(line: Line | Nomination) -> str:
    """Who receives: a person's name, or a collective's."""
    return line.person.full_name if line.person else line.unit.name


def title_name(ruleset: Ruleset, *, kind: Kind, title: str) -> str:
    """A title's name in the packs, “Lao động tiên tiến”; raises NoRule."""
    return ruleset.rule(kind, title).name


def law_if_any(day: datetime.date) -> Ruleset | None:
    """The law of a day; None where there is none, for what is told without it; the problems say what is missing."""
    try:
        return ruleset_on(day)
    except NoRule:
        return None


def title_names(nominations: Sequence[Nomination], ruleset: Ruleset | None) -> dict[int, str]:
    """By the nomination's key: the name of its title in the packs; its code when they have none."""
    rules = ruleset.rules if ruleset else {}
    found = {}
    for row in nominations:
        rule = rules.get(("person" if row.person_id else "unit", row.title))
        found[row.pk] = rule.name if rule else row.title
    return found


@dataclass(frozen=True)
class Candidate:
    """A nomination that the council passed and nothing has decided yet; ``problem`` when the packs lack something."""

    nomination: Nomination
    name: str
    by_head: bool
    decider: str
    problem: str = ""


def candidates(year: int, *, on: datetime.date) -> list[Candidate]:
    """Passed nominations of a year that stand in no decision and no proposal, with who decides each on a day.

    One whose award was annulled stands here again only once the council has passed it since.
    """
    taken = Line.objects.filter(nomination__isnull=False, decision__state__in=LIVE).exclude(ANNULLED)
    passed = Nomination.objects.filter(campaign__year=year, state=NominationState.PASSED)
    passed = passed.exclude(pk__in=ProposalLine.objects.filter(live=True).values("nomination"))
    waiting = passed.exclude(pk__in=taken.values("nomination")).select_related("person", "unit")
    ruleset = ruleset_on(on)
    rows = list(waiting.order_by("title", "unit__code", "person__sort_key"))
    gone = overtaken([row.pk for row in rows])
    return [_candidate(ruleset, row) for row in rows if row.pk not in gone]


def _candidate(ruleset: Ruleset, row: Nomination) -> Candidate:
    kind: Kind = "person" if row.person_id else "unit"
    try:
        found = decider(ruleset, title=row.title)
        name = title_name(ruleset, kind=kind, title=row.title)
    except NoRule as error:
        return Candidate(row, row.title, by_head=False, decider="", problem=str(error))
    return Candidate(row, name, by_head=found.by == HEAD, decider=found.name)


def live_lines(nominations: Iterable[Nomination]) -> list[Line]:
    """Lines about these nominations that stand in a draft, a sent or a signed decision and are not annulled."""
    rows = Line.objects.filter(nomination__in=list(nominations), decision__state__in=LIVE)
    return list(rows.exclude(decision__kind=DecisionKind.ANNULMENT).exclude(ANNULLED).select_related(*WITH))


@dataclass(frozen=True)
class Signing:
    """Who signs on a day: post and name; a deputy signs for the head (“KT. Giám đốc”)."""

    post: str
    name: str

    @property
    def authority(self) -> str:
        """The words above the post."""
        return "KT. Giám đốc" if self.post.startswith("Phó") else ""


def signing_on(day: datetime.date) -> Signing:
    """Who holds the director's role on a day, with the post of that day; blank when nobody does."""
    within = Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gte=day))
    grants = RoleGrant.objects.filter(within, role=Role.DIRECTOR, user__person__isnull=False)
    grant = grants.select_related("user__person").order_by("since", "pk").first()
    if grant is None or grant.user.person is None:
        return Signing(post="Giám đốc", name="")
    post = Post.objects.current().filter(within, person=grant.user.person).order_by("-since").first()
    return Signing(post=_post_words(post.title) if post else "Giám đốc", name=grant.user.person.full_name)


def may_sign_on(day: datetime.date) -> list[Signing]:
    """Who may sign for the agency on a day: its head, the deputies, whoever holds the director's role."""
    within = Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gte=day))
    directors = RoleGrant.objects.filter(within, role=Role.DIRECTOR).values("user__person")
    posts = Post.objects.current().filter(within).filter(Q(title__regex=LEADERS) | Q(person__in=directors))
    rows = posts.select_related("person").order_by("person__code", "since")
    return [Signing(_post_words(row.title), row.person.full_name) for row in rows]


def _post_words(title: str) -> str:
    """“Giám đốc Sở” signs as “Giám đốc”: the agency stands in the head of the paper (Decree 30/2020, Annex I)."""
    return next((word for word in ("Phó Giám đốc", "Giám đốc") if title.startswith(word)), title)


def place_of(year: int) -> str:
    """The place that the year's plan was written at, for the head of a paper; blank when the plan did not say."""
    campaign = Campaign.objects.filter(year=year).select_related("plan").first()
    document = campaign.plan.reading.get("document", {}) if campaign else {}
    return str(document.get("place") or "")


def sources_of(ruleset: Ruleset, keys: Sequence[str]) -> list[str]:
    """Legal instruments as a paper cites them, by key, each once, in the order of the packs."""
    return [cited_name(source) for key, source in ruleset.sources.items() if key in keys]
