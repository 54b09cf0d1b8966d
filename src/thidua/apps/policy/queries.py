"""The packs that are installed and activated, and the law that follows from them on a day."""

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django_scopes import scope

from thidua.apps.accounts.queries import names_of
from thidua.apps.policy.models import Activation, ActivationProposal, InstalledPack
from thidua.apps.units.models import Agency
from thidua.core.calendar import ONE_DAY, Period
from thidua.core.feasibility.reach import TitleReach, steps, title_reaches, usual_sizes
from thidua.core.law.amend import amend
from thidua.core.law.errors import LawError, NoRule
from thidua.core.law.history import Told, compare, tell
from thidua.core.law.load import load_pack, read_directory
from thidua.core.law.resolve import resolve
from thidua.core.law.schema import Amendment, Pack, Parameter, Rule, Ruleset
from thidua.core.law.sheet import RuleKey
from thidua.core.law.terms import LAYERS, Cite, Grade, Layer, Source
from thidua.core.law.transition import transition_of

PACKS_KEPT = 32  # read packs in this process: the nation's, and those of the agencies that it serves
_LOADED: dict[str, Pack] = {}


@dataclass(frozen=True)
class Choice:
    """An activation or a proposal as a page shows it: the packs, and the names of those who acted."""

    thing: Activation | ActivationProposal
    packs: Sequence[InstalledPack]
    proposed_by: str
    settled_by: str


@dataclass(frozen=True)
class Shipped:
    """A pack that came with the program: its files, as ``install_pack`` takes them."""

    pack: Pack
    files: Mapping[str, str]


def installed_packs() -> list[InstalledPack]:
    """Every installed pack without its files, which are large."""
    return list(InstalledPack.objects.defer("files"))


def shipped_packs() -> list[Shipped]:
    """The packs in the folder of the program, those that stand alone first; one that cannot be read is left out."""
    folder = Path(settings.SHIPPED_PACKS)
    stamp = tuple(sorted((str(path), path.stat().st_mtime_ns) for path in folder.rglob("*.yaml")))
    return sorted(_shipped(folder, stamp), key=lambda one: (bool(one.pack.extends), one.pack.name))


def activations() -> list[Choice]:
    """What the agency worked and works by, latest first."""
    return _choices(list(Activation.objects.order_by("-since", "-activated_at")))


def proposals() -> list[Choice]:
    """What was proposed, latest first."""
    return _choices(list(ActivationProposal.objects.order_by("-proposed_at")))


def activation_on(day: datetime.date) -> Activation | None:
    """What the agency works by on a day."""
    return Activation.objects.filter(since__lte=day).last()


def _choices(rows: Sequence[Activation | ActivationProposal]) -> list[Choice]:
    packs = {pack.digest: pack for pack in installed_packs()}
    settled = {row.pk: row.activated_by if isinstance(row, Activation) else row.settled_by for row in rows}
    names = names_of({key for row in rows for key in (row.proposed_by, settled[row.pk])})
    return [
        Choice(
            thing=row,
            packs=[packs[digest] for digest in row.digests],
            proposed_by=names.get(row.proposed_by, ""),
            settled_by=names.get(settled[row.pk], ""),
        )
        for row in rows
    ]


@lru_cache(maxsize=2)
def _shipped(folder: Path, _stamp: tuple[tuple[str, int], ...]) -> tuple[Shipped, ...]:
    found = []
    for place in sorted(folder.glob("*/pack.yaml")):
        try:
            files = read_directory(place.parent)
            found.append(Shipped(pack=load_pack(files), files=files))
        except LawError:
            continue
    return tuple(found)


def ruleset_on(as_of: datetime.date) -> Ruleset:
    """The ruleset of the agency in scope on a day; raises NoRule when it has activated no packs for that day."""
    activation = Activation.objects.filter(since__lte=as_of).last()
    if activation is None:
        raise NoRule(f"cơ quan chưa chọn bộ luật cho ngày {as_of:%d/%m/%Y}")
    return _resolved(tuple(activation.digests), as_of)


def ruleset_received(as_of: datetime.date, received_on: datetime.date | None) -> Ruleset:
    """As ``ruleset_on``, for dossiers that the appraising body received on a day: by the transition of the packs."""
    ruleset = ruleset_on(as_of)
    first = transition_of(ruleset)
    if received_on is None or first is None or received_on >= first:
        return ruleset
    activation = Activation.objects.filter(since__lte=as_of).last()
    assert activation is not None  # ruleset_on found it
    return _resolved(tuple(activation.digests), first - ONE_DAY)


def ruleset_of(digests: tuple[str, ...], as_of: datetime.date) -> Ruleset:
    """The ruleset of named packs on a day: what an earlier run was pinned to."""
    return _resolved(digests, as_of)


def packs_of(digests: tuple[str, ...]) -> list[Pack]:
    """Named packs, as they were installed; those not read before come in one query."""
    found = {digest: pack for digest in digests if (pack := _LOADED.get(digest)) is not None}
    read = {row.digest: _loaded(row) for row in InstalledPack.objects.filter(digest__in=set(digests) - found.keys())}
    if len(_LOADED) + len(read) > PACKS_KEPT:
        _LOADED.clear()
    _LOADED.update(read)
    found |= read  # what is kept is not read back: another thread may have cleared it
    return [found[digest] for digest in digests]


def shipped_drafts(digests: tuple[str, ...]) -> list[Amendment]:
    """The drafts that named packs carry: none is in force, any can be tried."""
    return [draft for pack in packs_of(digests) for draft in pack.drafts]


@lru_cache(maxsize=16)
def ruleset_tried(digests: tuple[str, ...], as_of: datetime.date, draft: Amendment) -> Ruleset:
    """The ruleset of named packs on a day as a draft would make it. Raises LawError."""
    return resolve(amend(packs_of(digests), [draft]), as_of=as_of)


def ruleset_with_draft(draft: Amendment, *, after: datetime.date) -> Ruleset:
    """The agency's law as a draft would make it, on the draft's first day from ``after`` on. Raises LawError."""
    day = max(after, draft.force.start)
    if day not in draft.force:
        raise NoRule(f"dự thảo “{draft.label}” tại ngày {day:%d/%m/%Y}")
    activation = Activation.objects.filter(since__lte=day).last()
    if activation is None:
        raise NoRule(f"cơ quan chưa chọn bộ luật cho ngày {day:%d/%m/%Y}")
    return ruleset_tried(tuple(activation.digests), day, draft)


@lru_cache(maxsize=32)
def _resolved(digests: tuple[str, ...], as_of: datetime.date) -> Ruleset:
    return resolve(packs_of(digests), as_of=as_of)


def _loaded(row: InstalledPack) -> Pack:
    pack = load_pack(row.files)
    if pack.digest != row.digest:
        raise NoRule(f"bộ luật {pack.name}: nội dung trong cơ sở dữ liệu không còn khớp mã băm lúc cài")
    return pack


@dataclass(frozen=True)
class Law:
    """The law as it is shown to everybody on a day: whose packs, and the ruleset or why there is none (``gap``).

    ``activation`` is None where the agency chose no packs for that day: then the nation's newest are shown.
    """

    day: datetime.date
    agency: Agency | None
    activation: Activation | None
    digests: tuple[str, ...]
    packs: Sequence[Pack]
    ruleset: Ruleset | None
    gap: str

    @property
    def sources(self) -> Mapping[str, Source]:
        """Every instrument of the packs by key, in force or not."""
        return {source.key: source for pack in self.packs for source in pack.sources}

    @property
    def warnings(self) -> Sequence[str]:
        """What is known to be missing from the data on that day."""
        return self.ruleset.warnings if self.ruleset else ()

    def told(self) -> tuple[Told, ...]:
        """What these packs say over time."""
        return _told(self.digests)


def public_agency() -> Agency | None:
    """The site's one agency, whose law a visitor reads; None where there are several."""
    found = list(Agency.objects.all()[:2])
    return found[0] if len(found) == 1 else None


def law_on(day: datetime.date, *, agency: Agency | None) -> Law:
    """The law of an agency on a day, or the nation's where there is none or it chose none for that day."""
    activation = None
    if agency is not None:
        with scope(agency=agency.pk):
            activation = activation_on(day)
    digests = tuple(activation.digests) if activation else _national()
    try:
        packs: Sequence[Pack] = packs_of(digests)
        ruleset = _resolved(digests, day) if digests else None
        said = ruleset is not None and bool(ruleset.rules)
        gap = "" if said else f"Chưa có quy định trong bộ dữ liệu cho ngày {day:%d/%m/%Y}."
    except LawError as error:
        ruleset, gap = None, str(error)
    return Law(day, agency, activation, digests, packs, ruleset, gap)


def _national() -> tuple[str, ...]:
    rows = InstalledPack.objects.filter(layer=LAYERS[0]).order_by("installed_at").values_list("name", "digest")
    return tuple(dict(rows).values())


@dataclass(frozen=True)
class TitleRow:
    """A title or form as a list shows it: ``rule`` is None on days without one, ``tightened`` the layers that add."""

    key: RuleKey
    name: str
    is_form: bool
    rule: Rule | None
    layer: Layer | None
    tightened: tuple[Layer, ...]

    @property
    def cites(self) -> tuple[Cite, ...]:
        """Where the rule as a whole stands."""
        return (self.rule.cite,) if self.rule and self.rule.cite else ()


def title_rows(law: Law) -> list[TitleRow]:
    """Every title and form that the packs ever rule, as one builds on the other: titles, then forms."""
    rules = {(rule.kind, rule.title): rule for pack in law.packs for rule in pack.rules}
    clauses = [clause for pack in law.packs for clause in pack.stacking]
    order = list(dict.fromkeys(title for clause in clauses for title in (*clause.titles, *clause.forms)))
    place = {title: number for number, title in enumerate(order)}
    keys = sorted(rules, key=lambda key: (rules[key].form, place.get(key[1], len(order)), key))
    return [_title_row(law, key, rules[key]) for key in keys]


def _title_row(law: Law, key: RuleKey, known: Rule) -> TitleRow:
    rule = law.ruleset.rules.get(key) if law.ruleset else None
    own, tightened = None, []
    for pack in law.packs:
        if any((item.kind, item.title) == key and law.day in item.force for item in pack.rules):
            own = pack.layer
        if any((item.kind, item.title) == key and law.day in item.force for item in pack.tightens):
            tightened.append(pack.layer)
    return TitleRow(key, known.name, known.form, rule, own, tuple(tightened))


def drafts_of(law: Law, key: RuleKey) -> list[tuple[Amendment, Ruleset]]:
    """The drafts that would change a title on a law's day, each with the law as it would be; none is in force."""
    drafts = [draft for pack in law.packs for draft in pack.drafts if law.day in draft.force]
    touching = [draft for draft in drafts if any((rule.kind, rule.title) == key for rule in draft.rules)]
    return [(draft, resolve(amend(law.packs, [draft]), as_of=law.day)) for draft in touching] if law.ruleset else []


@dataclass(frozen=True)
class Day:
    """A day on which the law changed, and how many titles and parameters say something else since."""

    day: datetime.date
    titles: int
    parameters: int
    gap: str

    @property
    def eve(self) -> datetime.date:
        """The last day of the law before it."""
        return self.day - ONE_DAY


def changed_days(law: Law) -> tuple[Day, ...]:
    """The days on which something changes in the packs, latest first."""
    return _changed_days(law.digests)


@lru_cache(maxsize=8)
def _changed_days(digests: tuple[str, ...]) -> tuple[Day, ...]:
    told = _told(digests)
    nothing = [Told(item.force, {}, {}) for item in told[:1]]
    found = []
    for was, now in zip([*nothing, *told], told, strict=False):
        differs = compare(was, now)
        found.append(Day(now.force.start, len(differs.retitled), len(differs.revalued), now.gap))
    return tuple(reversed(found))


def said_on(law: Law) -> Told:
    """What a law says on its day; nothing before the packs' first day, or without packs."""
    nothing = Told(Period(law.day, law.day), {}, {}, law.gap)
    return next((item for item in law.told() if law.day in item.force), nothing)


@dataclass(frozen=True)
class UnitReach:
    """What units of some sizes can hold of one title: its limit, and spans of sizes with equally many places.

    ``reach.limit`` is None where the packs have none.
    """

    reach: TitleReach
    base: str
    steps: Sequence[tuple[int, int, int]]

    @property
    def cites(self) -> tuple[Cite, ...]:
        """What the places rest on."""
        return (self.reach.limit.cite,) if self.reach.limit else ()


def reach_on(law: Law, key: RuleKey) -> UnitReach | None:
    """What units of 1 to 30 people can hold of a title of people; None for collectives, forms and a day without law."""
    rule = law.ruleset.rules.get(key) if law.ruleset else None
    if law.ruleset is None or rule is None or rule.kind != "person" or rule.form:
        return None
    found = next(item for item in title_reaches(law.ruleset, usual_sizes()) if item.title == rule.title)
    base = law.ruleset.rules.get(("person", found.limit.base)) if found.limit else None
    return UnitReach(found, base.name if base else "", steps(found.caps))


@dataclass(frozen=True)
class Resting:
    """An instrument, the pack that declares it, and what rests on it at any time: titles, parameters, by grade."""

    source: Source
    pack: Pack
    titles: Sequence[TitleRow]
    parameters: Sequence[Parameter]
    grades: Sequence[tuple[Grade, int]]
    day: datetime.date


def resting(law: Law) -> list[Resting]:
    """Every instrument of the packs with what rests on it, in the order of the packs.

    ``day`` is the law's day where the instrument is in force then, else its own first day.
    """
    titles: dict[str, set[RuleKey]] = {}
    parameters: dict[str, set[str]] = {}
    places: set[tuple[str, str, Grade]] = set()
    for told in law.told():
        for key, statements in told.titles.items():
            for cite in (cite for statement in statements for cite in statement.cites):
                titles.setdefault(cite.source, set()).add(key)
                places.add((cite.source, cite.place, cite.grade))
        for name, statement in told.parameters.items():
            for cite in statement.cites:
                parameters.setdefault(cite.source, set()).add(name)
                places.add((cite.source, cite.place, cite.grade))
    rows = title_rows(law)
    declared = [parameter for pack in law.packs for parameter in pack.parameters]
    return [
        Resting(
            source=source,
            pack=pack,
            titles=[row for row in rows if row.key in titles.get(source.key, ())],
            parameters=[item for item in declared if item.name in parameters.get(source.key, ())],
            grades=Counter(grade for key, _place, grade in places if key == source.key).most_common(),
            day=law.day if law.day in source.force else source.force.start,
        )
        for pack in law.packs
        for source in pack.sources
    ]


@lru_cache(maxsize=8)
def _told(digests: tuple[str, ...]) -> tuple[Told, ...]:
    return tell(packs_of(digests)) if digests else ()
