"""The standing secretary's appraisal table: everything the council needs of each nominee and title on one line."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from thidua.apps.campaigns.models import Campaign
from thidua.apps.councils.models import Item, Session
from thidua.apps.councils.queries import result_words
from thidua.apps.councils.states import ItemState
from thidua.apps.evaluations.models import FindingRow, Run
from thidua.apps.evaluations.queries import latest_run, ruleset_of_run
from thidua.apps.evaluations.states import Outcome
from thidua.apps.nominations.models import Appraisal, Hold, Nomination
from thidua.apps.nominations.queries.meetings import COUNCIL_SUBJECT, REVIEW_SUBJECT
from thidua.apps.nominations.queries.quota import Rank, ranks
from thidua.apps.nominations.queries.reasons import NOT_JUDGED, finding_words
from thidua.apps.nominations.states import Advice, NominationState
from thidua.apps.records.models import Award
from thidua.apps.records.queries import title_name
from thidua.core.law.schema import Ruleset
from thidua.core.law.terms import Kind

PER_PAGE = 100
COUNTS = {
    "initiatives_base": "cơ sở",
    "initiatives_province": "tỉnh",
    "initiatives_national": "toàn quốc",
    "research_base": "đề tài cơ sở",
    "research_province": "đề tài tỉnh",
    "research_national": "đề tài toàn quốc",
}
NONE_YET = "none"


@dataclass(frozen=True)
class Filters:
    """What the address asks for; blank takes everything. ``advice`` may be ``none``: not appraised yet."""

    unit_id: int | None = None
    title: str = ""
    advice: str = ""
    state: str = ""

    @property
    def query(self) -> str:
        """The filters as they stand in an address, without the page."""
        parts = {"don_vi": self.unit_id, "danh_hieu": self.title, "tham_dinh": self.advice, "trang_thai": self.state}
        return "&".join(f"{name}={value}" for name, value in parts.items() if value)


@dataclass(frozen=True)
class CouncilRow:
    """One nominee and title. Texts are final; ``unit_vote`` and ``council_vote`` as of ``result_words``."""

    nomination: Nomination
    title_name: str
    rating: str
    initiatives: str
    titles_so_far: str
    outcome: str
    outcome_words: str
    reasons: str
    unit_vote: str
    council_vote: str
    rank: str
    advice: str
    advice_words: str
    note: str
    held_because: str


@dataclass(frozen=True)
class CouncilTable:
    """One page of the table. ``units`` and ``states`` count every nomination of the year, whatever the filters."""

    campaign: Campaign
    run: Run | None
    rows: Sequence[CouncilRow]
    count: int
    page: int
    pages: int
    units: Sequence[tuple[int, str, int]]
    states: Sequence[tuple[NominationState, int]]
    titles: Sequence[tuple[str, str]]
    filters: Filters

    @property
    def waiting(self) -> int:
        """How many submitted nominations wait for an appraisal."""
        return dict(self.states).get(NominationState.SUBMITTED, 0)

    @property
    def appraised(self) -> int:
        """How many appraised nominations could go on an agenda."""
        return dict(self.states).get(NominationState.APPRAISED, 0)


def council_table(
    of: Campaign | Session,
    page: int = 1,
    *,
    filters: Filters | None = None,
    per_page: int | None = PER_PAGE,
    guarded: bool = False,
) -> CouncilTable:
    """A page of a campaign's nominations, or of those on one session's agenda; ``per_page`` None takes all.

    ``guarded`` leaves out why somebody is held and their discipline and petitions, for what goes from hand to hand.
    A fixed number of queries, whatever the page holds.
    """
    filters = filters or Filters()
    campaign = of if isinstance(of, Campaign) else _campaign_of(of)
    every = Nomination.objects.filter(campaign=campaign).exclude(state=NominationState.WITHDRAWN)
    if isinstance(of, Session):
        every = every.filter(pk__in=of.items.filter(subject_kind=COUNCIL_SUBJECT).values("subject_id"))
    groups = every.order_by().values_list("unit_id", "unit__name", "unit__code", "state").annotate(Count("pk"))
    tally = list(groups)
    wanted = _filtered(_with_appraisal(every), filters)
    count = wanted.count() if filters.query else sum(group[4] for group in tally)
    pages = max(1, -(-count // per_page)) if per_page else 1
    page = min(max(page, 1), pages)
    start = (page - 1) * per_page if per_page else 0
    found = wanted.select_related("person", "unit").order_by("unit__code", "person__sort_key", "title", "pk")
    nominations = list(found[start : start + per_page] if per_page else found)
    run = latest_run(campaign.year)
    return CouncilTable(
        campaign=campaign,
        run=run,
        rows=_rows(nominations, run, campaign, guarded=guarded),
        count=count,
        page=page,
        pages=pages,
        units=_units(tally),
        states=_states(tally),
        titles=_titles(run),
        filters=replace(filters),
    )


def unit_votes(nominations: Sequence[Nomination], year: int) -> dict[int, str]:
    """How the units' reviews voted (``result_words``), by nomination; absent before the vote."""
    items = _items(nominations, year)
    voted = {item.pk: _vote(items.get((REVIEW_SUBJECT, item.pk))) for item in nominations}
    return {pk: words for pk, words in voted.items() if words}


def rows_of(nominations: Sequence[Nomination]) -> list[CouncilRow]:
    """The guarded lines of the table for some nominations of one campaign, in their order."""
    if not nominations:
        return []
    campaign = nominations[0].campaign
    return _rows(nominations, latest_run(campaign.year), campaign, guarded=True)


def _campaign_of(session: Session) -> Campaign:
    return Campaign.objects.filter(year=session.year).order_by("pk")[0]


def _with_appraisal(rows: QuerySet[Nomination]) -> QuerySet[Nomination]:
    """Each with the latest appraisal and the open hold, so that filters and rows need no query of their own."""
    latest = Appraisal.objects.filter(nomination=OuterRef("pk")).order_by("-pk")
    held = Hold.objects.filter(nomination=OuterRef("pk"), released_on__isnull=True)
    return rows.annotate(
        last_advice=Subquery(latest.values("advice")[:1]),
        last_note=Subquery(latest.values("note")[:1]),
        held_because=Subquery(held.values("reason")[:1]),
        held_by_article=Subquery(held.values("article")[:1]),
    )


def _filtered(rows: QuerySet[Nomination], filters: Filters) -> QuerySet[Nomination]:
    if filters.unit_id is not None:
        rows = rows.filter(unit_id=filters.unit_id)
    if filters.title:
        rows = rows.filter(title=filters.title)
    if filters.advice == NONE_YET:
        rows = rows.filter(Q(("last_advice__isnull", True)))
    elif filters.advice:
        rows = rows.filter(Q(("last_advice", filters.advice)))
    if filters.state:
        rows = rows.filter(state=filters.state)
    return rows


def _units(tally: Iterable[tuple[int, str, str, str, int]]) -> list[tuple[int, str, int]]:
    counts: Counter[tuple[str, int, str]] = Counter()
    for pk, name, code, _state, number in tally:
        counts[code, pk, name] += number
    return [(pk, name, number) for (_code, pk, name), number in sorted(counts.items())]


def _states(tally: Iterable[tuple[int, str, str, str, int]]) -> list[tuple[NominationState, int]]:
    counts: Counter[str] = Counter()
    for *_unit, state, number in tally:
        counts[state] += number
    return [(state, counts[state]) for state in NominationState if counts[state]]


def _titles(run: Run | None) -> list[tuple[str, str]]:
    rules = ruleset_of_run(run).rules.values() if run else ()
    return sorted({(rule.title, rule.name) for rule in rules}, key=lambda item: item[1])


@dataclass(frozen=True)
class _Beside:
    """What stands beside the nominations of a page, read at once."""

    ruleset: Ruleset | None
    findings: Mapping[tuple[int | None, int, str], FindingRow]
    awards: Mapping[tuple[int | None, int | None], Sequence[Award]]
    items: Mapping[tuple[str, int], Item]
    ranks: Mapping[tuple[str, str, str], Rank]
    guarded: bool


def _rows(nominations: Sequence[Nomination], run: Run | None, campaign: Campaign, *, guarded: bool) -> list[CouncilRow]:
    if not nominations:
        return []
    ruleset = ruleset_of_run(run) if run else None
    beside = _Beside(
        ruleset=ruleset,
        findings=_findings(nominations, run) if run else {},
        awards=_awards(nominations, campaign.year),
        items=_items(nominations, campaign.year),
        ranks=ranks(run) if run else {},
        guarded=guarded,
    )
    return [_row(nomination, beside) for nomination in nominations]


def _findings(nominations: Sequence[Nomination], run: Run) -> dict[tuple[int | None, int, str], FindingRow]:
    people = {item.person_id for item in nominations if item.person_id}
    units = {item.unit_id for item in nominations if not item.person_id}
    whose = Q(judged__person_id__in=people) | Q(judged__person__isnull=True, judged__unit_id__in=units)
    rows = FindingRow.objects.filter(whose, judged__run=run, title__in={item.title for item in nominations})
    return {_key(row.judged.person_id, row.judged.unit_id, row.title): row for row in rows.select_related("judged")}


def _key(person_id: int | None, unit_id: int, title: str) -> tuple[int | None, int, str]:
    return (person_id, 0 if person_id else unit_id, title)


def _awards(nominations: Sequence[Nomination], year: int) -> dict[tuple[int | None, int | None], list[Award]]:
    people = {item.person_id for item in nominations if item.person_id}
    units = {item.unit_id for item in nominations if not item.person_id}
    found: dict[tuple[int | None, int | None], list[Award]] = defaultdict(list)
    rows = Award.objects.current().filter(Q(person_id__in=people) | Q(unit_id__in=units), year__lt=year)
    for row in rows.order_by("year", "pk"):
        found[row.person_id, row.unit_id].append(row)
    return found


def _items(nominations: Sequence[Nomination], year: int) -> dict[tuple[str, int], Item]:
    """The latest standing item of each kind, by (kind of subject, nomination)."""
    rows = Item.objects.filter(
        session__year=year,
        subject_kind__in=(REVIEW_SUBJECT, COUNCIL_SUBJECT),
        subject_id__in=[item.pk for item in nominations],
    ).exclude(state=ItemState.WITHDRAWN)
    return {(row.subject_kind, row.subject_id): row for row in rows.order_by("session__held_on", "pk")}


def _row(nomination: Nomination, beside: _Beside) -> CouncilRow:
    kind: Kind = "person" if nomination.person_id else "unit"
    found = beside.findings.get(_key(nomination.person_id, nomination.unit_id, nomination.title))
    facts = found.judged.facts if found else {}
    rule = beside.ruleset.rules.get((kind, nomination.title)) if beside.ruleset else None
    rank = beside.ranks.get((nomination.kind, nomination.title, (nomination.person or nomination.unit).code))
    advice = getattr(nomination, "last_advice", None) or ""
    return CouncilRow(
        nomination=nomination,
        title_name=rule.name if rule else nomination.title,
        rating=_rating(kind, facts, beside.ruleset),
        initiatives=_initiatives(facts),
        titles_so_far=_so_far(beside.awards.get(_whose(nomination), ()), kind, beside.ruleset),
        outcome=found.outcome if found else "",
        outcome_words=str(Outcome(found.outcome).label) if found else NOT_JUDGED,
        reasons=_reasons(found, kind, beside.ruleset, guarded=beside.guarded),
        unit_vote=_vote(beside.items.get((REVIEW_SUBJECT, nomination.pk))),
        council_vote=_vote(beside.items.get((COUNCIL_SUBJECT, nomination.pk))),
        rank=rank.words if rank else "",
        advice=advice,
        advice_words=str(Advice(advice).label) if advice else "",
        note=getattr(nomination, "last_note", None) or "",
        held_because="" if beside.guarded else _held(nomination),
    )


def _whose(nomination: Nomination) -> tuple[int | None, int | None]:
    return (nomination.person_id, None) if nomination.person_id else (None, nomination.unit_id)


def _held(nomination: Nomination) -> str:
    reason = getattr(nomination, "held_because", None)
    return f"{reason} ({getattr(nomination, 'held_by_article', '')})" if reason else ""


def _reasons(found: FindingRow | None, kind: Kind, ruleset: Ruleset | None, *, guarded: bool) -> str:
    if found is None or ruleset is None:
        return ""
    return finding_words(
        ruleset,
        kind=kind,
        title=found.title,
        outcome=found.outcome,
        failed=found.failed,
        missing=found.missing,
        guarded=guarded,
    )


def _rating(kind: Kind, facts: Mapping[str, object], ruleset: Ruleset | None) -> str:
    name = "task_rating" if kind == "person" else "unit_rating"
    fact = ruleset.facts.get(f"{kind}.{name}") if ruleset else None
    return fact.say(facts.get(name)) if fact and facts else ""


def _initiatives(facts: Mapping[str, object]) -> str:
    """“1 cơ sở, 1 tỉnh”; blank for a collective and where nothing is recorded."""
    return ", ".join(f"{facts[name]} {words}" for name, words in COUNTS.items() if facts.get(name))


def _so_far(awards: Iterable[Award], kind: Kind, ruleset: Ruleset | None) -> str:
    """“Lao động tiên tiến: 2011–2019; Giấy khen: 2017”."""
    years: dict[str, set[int]] = defaultdict(set)
    for award in awards:
        years[award.title].add(award.year)
    names = ruleset.rules if ruleset else {}
    return "; ".join(
        f"{names[kind, title].name if (kind, title) in names else title_name(title)}: {_spans(found)}"
        for title, found in years.items()
    )


def _spans(years: Iterable[int]) -> str:
    """Years in rising order, those in a row as one span: “2013, 2015–2019”."""
    spans: list[list[int]] = []
    for year in sorted(years):
        if spans and spans[-1][-1] == year - 1:
            spans[-1].append(year)
        else:
            spans.append([year])
    return ", ".join(str(span[0]) if len(span) == 1 else f"{span[0]}–{span[-1]}" for span in spans)


def _vote(item: Item | None) -> str:
    return result_words(item) if item else ""
