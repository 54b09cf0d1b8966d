"""Putting people and collectives forward: dossiers drafted from records, held against the law's finding."""

import datetime

from django.db import IntegrityError, transaction

from thidua.apps.accounts.access import CannotDo, require
from thidua.apps.accounts.actions import official_act
from thidua.apps.accounts.queries import Actor
from thidua.apps.campaigns.models import Campaign
from thidua.apps.evaluations.states import Outcome
from thidua.apps.nominations import queries
from thidua.apps.nominations.access import WHO_UNIT, WHO_WAIVES, may_nominate, may_waive_registration
from thidua.apps.nominations.actions.ground import given, locked_campaign, record_act
from thidua.apps.nominations.models import Claim, Nomination
from thidua.apps.nominations.queries import Candidate, UnitYear
from thidua.apps.records.queries import address_of, sentence_of
from thidua.apps.units.models import Person, Unit
from thidua.apps.units.queries import Membership
from thidua.core.law.terms import Kind

ARTICLE = 200


@official_act
def draft_nomination(
    *,
    actor: Actor,
    campaign: Campaign,
    unit: Unit,
    title: str,
    on: datetime.date,
    person: Person | None = None,
    override_because: str = "",
    override_article: str = "",
) -> Nomination:
    """Put a person of a unit, or the unit itself, forward for a title; claims are drafted from the records.

    Against the finding of the latest run only with a reason and an article; what is merely unknown needs neither. Whom
    a registration is missing of that the law demands, the director alone puts forward. Raises Refused, CannotDo
    (which names the finding's reasons), NoRule.
    """
    year = _begin(actor, campaign, unit, on=on, waives=may_waive_registration(actor))
    member = _member(year, person)
    candidate = _candidate(year, member, title)
    if candidate.lacks_registration:
        require(may_waive_registration(actor), WHO_WAIVES)
    else:
        require(may_nominate(actor, unit_id=year.unit.pk), WHO_UNIT)
    because, article = _override(candidate, override_because, override_article)
    return _draft(actor, year, candidate, on=on, because=because, article=article)


@official_act
def draft_list(*, actor: Actor, campaign: Campaign, unit: Unit, on: datetime.date) -> list[Nomination]:
    """Draft the unit's list: itself and its people, for each title they registered for and the run finds met.

    Who registered and is not on it stands in ``queries.left_out`` with the reason. Raises Refused, CannotDo.
    """
    year = _begin(actor, campaign, unit, on=on)
    drafted = []
    for candidate in queries.unit_candidates(year):
        if candidate.registered and candidate.outcome == Outcome.MET and candidate.nomination is None:
            drafted.append(_draft(actor, year, candidate, on=on))
    return drafted


def _begin(actor: Actor, campaign: Campaign, unit: Unit, *, on: datetime.date, waives: bool = False) -> UnitYear:
    """The unit's year, for an actor who may propose for it; a merged unit is read as its successor."""
    alive = queries.living_unit(unit, on=on)
    if alive is None:
        raise CannotDo(
            f"{unit} đã ngừng từ ngày {unit.until:%d/%m/%Y} và không có một đơn vị kế thừa; chọn đơn vị mới."
        )
    require(waives or may_nominate(actor, unit_id=alive.pk), WHO_UNIT)
    campaign = locked_campaign(campaign)
    if on.year < campaign.year:
        raise CannotDo(f"Ngày lập {on:%d/%m/%Y} trước năm {campaign.year} của phong trào; sửa ngày.")
    year = queries.unit_year(campaign, alive)
    if year.run is None:
        raise CannotDo(f"Chưa xét danh hiệu năm {campaign.year}; thường trực Hội đồng xét trước, rồi lập đề nghị.")
    return year


def _member(year: UnitYear, person: Person | None) -> Membership | None:
    """The person's place in the unit; None for the unit itself. Raises CannotDo for somebody of another unit."""
    if person is None:
        return None
    for member in year.members:
        if member.person.pk == person.pk:
            return member
    raise CannotDo(f"{person} không thuộc {year.unit} trong năm {year.campaign.year}; đơn vị của người ấy lập đề nghị.")


def _candidate(year: UnitYear, member: Membership | None, title: str) -> Candidate:
    kind: Kind = "person" if member else "unit"
    assert year.ruleset is not None  # _begin asked for a run
    names = {rule.title: rule.name for rule in year.ruleset.rules_of(kind)}
    if title not in names:
        whose = "cá nhân" if member else "tập thể"
        raise CannotDo(f"Không có danh hiệu “{title}” cho {whose}; có: {', '.join(names.values())}.")
    candidate = year.candidate(member, title)
    if (there := candidate.nomination) is not None:
        raise CannotDo(
            f"{candidate.subject} đã được đề nghị {candidate.title_name} năm {year.campaign.year} "
            f"(hiện: {there.get_state_display()}); mở hồ sơ ấy."
        )
    return candidate


def _override(candidate: Candidate, because: str, article: str) -> tuple[str, str]:
    """Reason and article of a nomination against the finding; blank when there is nothing to override."""
    if not candidate.is_against:
        return "", ""
    if not because.strip() or not article.strip():
        raise CannotDo(
            f"{candidate.subject}, {candidate.title_name}: {candidate.outcome_words.lower()} – {candidate.reasons}. "
            "Vẫn đề nghị thì nêu lý do và điều khoản làm căn cứ."
        )
    return given(because, what="Lý do"), given(article, what="Điều khoản", most=ARTICLE)


def _draft(
    actor: Actor, year: UnitYear, candidate: Candidate, *, on: datetime.date, because: str = "", article: str = ""
) -> Nomination:
    try:
        with transaction.atomic():
            nomination = Nomination.objects.create(
                agency=actor.agency,
                campaign=year.campaign,
                person=candidate.person,
                unit=candidate.unit,
                title=candidate.title,
                drafted_by=actor.key,
                drafted_on=on,
                override_by=actor.key if because else "",
                override_because=because,
                override_article=article,
            )
    except IntegrityError as error:
        raise CannotDo(f"{candidate.subject} đã được đề nghị {candidate.title_name}; mở hồ sơ ấy.") from error
    claims = _claims(year, candidate, nomination)
    Claim.objects.bulk_create(claims)
    payload: dict[str, object] = {
        "person": candidate.person.code if candidate.person else None,
        "unit": candidate.unit.code,
        "title": candidate.title,
        "outcome": candidate.outcome,
        "claims": [claim.fact for claim in claims],
        "article": article,
    }
    record_act(actor, "draft_nomination", nomination, payload, because=because)
    return nomination


def _claims(year: UnitYear, candidate: Candidate, nomination: Nomination) -> list[Claim]:
    """One claim a record; a dossier never says what no record says."""
    assert year.ruleset is not None  # _begin asked for a run
    rule = year.ruleset.rule("person" if candidate.person else "unit", candidate.title)
    facts = queries.claimable_facts(
        year.ruleset, rule, year=year.campaign.year, person=candidate.person, unit=candidate.unit
    )
    return [
        Claim(
            agency=nomination.agency,
            nomination=nomination,
            number=number,
            text=sentence_of(fact)[:500],
            fact=address_of(fact),
            source=fact.source[:300],
        )
        for number, fact in enumerate(facts, start=1)
    ]
