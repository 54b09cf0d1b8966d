"""Who of a unit could be put forward for what: registrations against findings, and why somebody is not on the list."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from thidua.apps.campaigns.models import Campaign
from thidua.apps.campaigns.states import CampaignState
from thidua.apps.evaluations.models import FindingRow, Judged, Run
from thidua.apps.evaluations.queries import latest_run, ruleset_of_run
from thidua.apps.evaluations.states import Outcome
from thidua.apps.nominations.models import Nomination
from thidua.apps.nominations.queries.reasons import NOT_JUDGED, finding_words
from thidua.apps.nominations.states import NominationState
from thidua.apps.registrations.models import Registration
from thidua.apps.registrations.queries import TITLE_ORDER, registered_in
from thidua.apps.units.models import Lineage, Person, Unit
from thidua.apps.units.queries import Membership, members_of_year
from thidua.core.calendar import year_period
from thidua.core.law.compile import requirements
from thidua.core.law.schema import Ruleset
from thidua.core.law.terms import Kind
from thidua.core.vietnamese import fold

MOST_LISTED = 100
REGISTERED = "registered"
AGAINST = (Outcome.NOT_MET, Outcome.NOT_REVIEWED, Outcome.DEFERRED)


@dataclass(frozen=True)
class Candidate:
    """One subject and one title: whether registered for, what the law's run found, the nomination when there is one.

    ``title`` is blank for somebody who stands on no list at all; ``outcome`` is blank when the run did not judge them.
    ``lacks_registration`` is whether the law of the run demands a registration that they do not have.
    """

    person: Person | None
    unit: Unit
    title: str
    title_name: str
    registered: bool
    outcome: str
    reasons: str
    nomination: Nomination | None
    left_on: datetime.date | None = None
    lacks_registration: bool = False

    @property
    def subject(self) -> Person | Unit:
        """Who it is about."""
        return self.person or self.unit

    @property
    def outcome_words(self) -> str:
        """The finding's outcome in the reader's words."""
        return str(Outcome(self.outcome).label) if self.outcome else NOT_JUDGED

    @property
    def is_against(self) -> bool:
        """Whether a nomination would go against the finding and so needs a reason and an article."""
        return self.outcome in AGAINST


@dataclass(frozen=True)
class LeftOut:
    """A candidate who is not nominated, and why not."""

    candidate: Candidate
    why: str


@dataclass(frozen=True)
class UnitYear:
    """What a unit's list rests on, read once. Keys of ``judged`` and ``registrations``: (person|unit, id)."""

    campaign: Campaign
    unit: Unit
    run: Run | None
    ruleset: Ruleset | None
    members: Sequence[Membership]
    judged: Mapping[tuple[str, int], Judged]
    registrations: Mapping[tuple[str, int], Registration]
    nominations: Mapping[tuple[int | None, str], Nomination]

    @property
    def is_large(self) -> bool:
        """Whether there are too many members to choose from a list: then one is named by typing."""
        return len(self.members) > MOST_LISTED

    def member_named(self, words: str) -> int | None:
        """The key of the one member of that name (blind to accents) or code; None for nobody and for namesakes."""
        wanted = fold(words.strip())
        found = [row.person.pk for row in self.members if wanted in (fold(row.person.full_name), fold(row.person.code))]
        return found[0] if len(found) == 1 else None

    @property
    def titles(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """The titles of the run's law, first those of people, then of collectives: (whose, [(code, name)])."""
        kinds: tuple[tuple[str, Kind], ...] = ((_("Cá nhân"), "person"), (_("Tập thể"), "unit"))
        rules = {words: self.ruleset.rules_of(kind) if self.ruleset else () for words, kind in kinds}
        return [(words, [(rule.title, rule.name) for rule in found]) for words, found in rules.items()]

    def title_name(self, kind: Kind, title: str) -> str:
        """A title's name in the law of the run; its code when the law has no such title."""
        rule = self.ruleset.rules.get((kind, title)) if self.ruleset else None
        return rule.name if rule else title

    def finding(self, key: tuple[str, int], title: str) -> FindingRow | None:
        """The finding of a subject on a title."""
        judged = self.judged.get(key)
        return next((row for row in judged.findings.all() if row.title == title), None) if judged else None

    def candidate(self, member: Membership | None, title: str) -> Candidate:
        """A person of the unit (or the unit itself) and a title, as everything stands."""
        key = ("person", member.person.pk) if member else ("unit", self.unit.pk)
        kind: Kind = "person" if member else "unit"
        found = self.finding(key, title)
        registration = self.registrations.get(key)
        return Candidate(
            person=member.person if member else None,
            unit=self.unit,
            title=title,
            title_name=self.title_name(kind, title),
            registered=registration is not None and registration.registered and title in registration.titles,
            outcome=found.outcome if found else "",
            reasons=self.reasons(kind, found),
            nomination=self.nominations.get((member.person.pk if member else None, title)),
            left_on=member.left_on if member else None,
            lacks_registration=self.lacks_registration(kind, found),
        )

    def lacks_registration(self, kind: Kind, found: FindingRow | None) -> bool:
        """Whether a finding fails on the registration; where no regulation in force demands one it cannot."""
        rule = self.ruleset.rules.get((kind, found.title)) if self.ruleset and found else None
        if rule is None or found is None or self.ruleset is None:
            return False
        return any(leaf.fact == REGISTERED and leaf.id in found.failed for leaf in requirements(rule, self.ruleset))

    def asked(self, person_id: int | None, title: str) -> Candidate | None:
        """Anybody of the unit (None: the unit) and a title of theirs; None for others, and who is nominated already."""
        member = next((one for one in self.members if one.person.pk == person_id), None)
        kind: Kind = "unit" if person_id is None else "person"
        if (member is None) != (person_id is None) or not self.ruleset or (kind, title) not in self.ruleset.rules:
            return None
        found = self.candidate(member, title)
        return None if found.nomination else found

    def reasons(self, kind: Kind, found: FindingRow | None, *, guarded: bool = False) -> str:
        """Why a finding is not *met*, in few words; blank when it is. ``guarded`` as of ``finding_words``."""
        if found is None or self.ruleset is None:
            return NOT_JUDGED
        return finding_words(
            self.ruleset,
            kind=kind,
            title=found.title,
            outcome=found.outcome,
            failed=found.failed,
            missing=found.missing,
            guarded=guarded,
        )


def campaign_of_year(year: int) -> Campaign | None:
    """The campaign whose nominations a year's pages show: the first launched one."""
    launched = Campaign.objects.exclude(state=CampaignState.DRAFT)
    return launched.filter(year=year).order_by("pk").first()


def heirs() -> dict[int, Unit]:
    """Units that became one other, by id, with what they are now; a unit that was split has no single heir."""
    after: dict[int, list[Unit]] = {}
    for row in Lineage.objects.select_related("after"):
        after.setdefault(row.before_id, []).append(row.after)
    found = {}
    for start, units in after.items():
        seen = {start}
        while len(units) == 1 and units[0].pk not in seen:
            found[start] = units[0]
            seen.add(units[0].pk)
            units = after.get(units[0].pk, [])
    return found


def living_unit(unit: Unit, *, on: datetime.date) -> Unit | None:
    """The unit itself while it lasts on a day, else what it became; None when it ended without one successor."""
    if unit.until is None or unit.until >= on:
        return unit
    return heirs().get(unit.pk)


def unit_year(campaign: Campaign, unit: Unit) -> UnitYear:
    """Everything a unit's list of a year rests on; people of units that became it count in it."""
    became = heirs()
    family = {unit.pk, *(pk for pk, heir in became.items() if heir.pk == unit.pk)}
    members = members_of_year(year_period(campaign.year)).values()
    run = latest_run(campaign.year)
    judged: dict[tuple[str, int], Judged] = {}
    if run is not None:
        rows = run.judged.filter(unit_id__in=family).select_related("person", "unit").prefetch_related("findings")
        for row in rows:
            if row.person_id or row.unit_id == unit.pk:
                judged["person" if row.person_id else "unit", row.person_id or row.unit_id] = row
    standing = Nomination.objects.filter(campaign=campaign, unit=unit).exclude(state=NominationState.WITHDRAWN)
    return UnitYear(
        campaign=campaign,
        unit=unit,
        run=run,
        ruleset=ruleset_of_run(run) if run else None,
        members=sorted(
            (member for member in members if member.unit.pk in family),
            key=lambda member: (member.person.sort_key, member.person.code),
        ),
        judged=judged,
        registrations=registered_in(campaign.year),
        nominations={(row.person_id, row.title): row for row in standing.select_related("person", "unit")},
    )


def unit_candidates(year: UnitYear) -> list[Candidate]:
    """The unit, then its people by name: each title registered for, found met, or nominated already.

    Who has none of these stands there once with a blank title.
    """
    found = []
    for member in (None, *year.members):
        titles = sorted(_titles(year, member), key=_order)
        found += [year.candidate(member, title) for title in titles or [""]]
    return found


def left_out(year: UnitYear) -> list[LeftOut]:
    """Everybody of the unit who is not nominated for a title they registered for or meet, each with the reason."""
    return [
        LeftOut(candidate, _why_not(candidate, year)) for candidate in unit_candidates(year) if not candidate.nomination
    ]


def _titles(year: UnitYear, member: Membership | None) -> Iterator[str]:
    key = ("person", member.person.pk) if member else ("unit", year.unit.pk)
    kind: Kind = "person" if member else "unit"
    registration = year.registrations.get(key)
    titles = set(registration.titles if registration and registration.registered else [])
    if judged := year.judged.get(key):
        titles |= {row.title for row in judged.findings.all() if row.outcome == Outcome.MET}
    person_id = member.person.pk if member else None
    titles |= {title for owner, title in year.nominations if owner == person_id}
    yield from (title for title in titles if (kind, title) in (year.ruleset.rules if year.ruleset else {}))


def _why_not(candidate: Candidate, year: UnitYear) -> str:
    if not candidate.title:
        return _why_nothing(candidate, year)
    if candidate.outcome == Outcome.MET:
        if candidate.registered:
            return "Đủ điều kiện, chưa lập đề nghị."
        registration = year.registrations.get(_key(candidate))
        if registration is not None and registration.registered:
            return "Đủ điều kiện; đăng ký thi đua nhưng không ghi danh hiệu này."
        return "Đủ điều kiện nhưng không đăng ký thi đua."
    return f"{candidate.outcome_words}: {candidate.reasons}." if candidate.outcome else f"{NOT_JUDGED.capitalize()}."


def _why_nothing(candidate: Candidate, year: UnitYear) -> str:
    registration = year.registrations.get(_key(candidate))
    if registration is None:
        return "Chưa đăng ký thi đua."
    if not registration.registered:
        return "Không đăng ký thi đua."
    return "Đăng ký thi đua nhưng không ghi danh hiệu, và chưa đủ điều kiện danh hiệu nào."


def _key(candidate: Candidate) -> tuple[str, int]:
    return ("person", candidate.person.pk) if candidate.person else ("unit", candidate.unit.pk)


def _order(title: str) -> tuple[int, str]:
    return (TITLE_ORDER.index(title) if title in TITLE_ORDER else len(TITLE_ORDER), title)
