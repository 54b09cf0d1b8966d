"""Facts by their address, by whom they are about, and as a sentence for dossiers."""

import datetime
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Q
from django.utils import translation

from thidua.apps.records.models import (
    Achievement,
    Award,
    CompleteList,
    Confirmation,
    Discipline,
    Fact,
    Incident,
    Judgement,
    Leave,
    OrganisationRating,
    Petition,
    Rating,
    StandingTitle,
    Study,
    Task,
)
from thidua.apps.records.queries.kinds import KINDS
from thidua.apps.records.states import TITLE_WORDS
from thidua.apps.units.models import Person, Post, Unit
from thidua.apps.units.states import PostKind

MODELS: dict[str, type[Fact]] = {kind.model._meta.label_lower: kind.model for kind in KINDS.values()}
SENSITIVE: tuple[type[Fact], ...] = tuple(kind.model for kind in KINDS.values() if kind.sensitive)
_YEAR_OF: dict[type[Fact], str] = {
    Discipline: "decided_on",
    Leave: "since",
    Petition: "accepted_on",
    Study: "held_on",
}


def address_of(fact: Fact) -> str:
    """Where a fact is found again: “records.rating:17”."""
    return f"{fact._meta.label_lower}:{fact.pk}"


def fact_at(address: str) -> Fact | None:
    """The fact at an address, superseded ones too; None when there is none in the agency in scope."""
    label, _, number = address.partition(":")
    model = MODELS.get(label)
    if model is None or not number.isdecimal() or len(number) > 18:
        return None
    found: Fact | None = model.objects.filter(pk=int(number)).first()
    return found


def year_of(fact: Fact) -> int | None:
    """The year a fact counts in; None for one that has no day yet, and for statements over several years."""
    if isinstance(fact, CompleteList):
        return None
    if (named := _YEAR_OF.get(type(fact))) is not None:
        day = getattr(fact, named)
        return day.year if isinstance(day, datetime.date) else None
    year: int | None = getattr(fact, "year", None)
    return year


def counted_in(person_id: int, year: int) -> int | None:
    """The id of the unit a person counts in for a year: that of the last regular post held in it."""
    held = Q(since__lte=datetime.date(year, 12, 31)) & (Q(until__isnull=True) | Q(until__gte=datetime.date(year, 1, 1)))
    posts = Post.objects.current().filter(held, person_id=person_id, kind=PostKind.REGULAR)
    post = posts.order_by("since").last()
    return post.unit_id if post else None


def about(fact: Fact) -> tuple[int | None, int | None]:
    """(person id, unit id) of whom a fact is about: one of them, or neither for the agency as a whole."""
    if isinstance(fact, OrganisationRating):
        return None, fact.organisation.unit_id
    return getattr(fact, "person_id", None), getattr(fact, "unit_id", None)


def unit_answering_for(fact: Fact) -> int | None:
    """The id of the unit whose head answers for a fact; None for facts of the agency as a whole."""
    person_id, unit_id = about(fact)
    year = year_of(fact)
    if person_id is None or year is None:
        return unit_id
    return counted_in(person_id, year)


def facts_of_subject(year: int, *, person: Person | None = None, unit: Unit | None = None) -> list[Fact]:
    """What holds now of a person or a collective for a year, sensitive facts among them (``open_facts`` has none)."""
    return open_facts(year, person=person, unit=unit) + sensitive_facts(year, person=person, unit=unit)


def open_facts(year: int, *, person: Person | None = None, unit: Unit | None = None) -> list[Fact]:
    """What holds now of a person or a collective for a year, without what is sensitive.

    Ratings, achievements and awards of earlier years too, newest first; of the year itself everything else. A unit
    has its tasks and the ratings of its organisations with it.
    """
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    whose: dict[str, Any] = {"person": person} if person is not None else {"unit": unit}
    found: list[Iterable[Fact]] = [
        Rating.objects.current().filter(**whose, year__lte=year).order_by("-year"),
        Judgement.objects.current().filter(**whose, year=year).order_by("pk"),
        Confirmation.objects.current().filter(**whose, year=year).order_by("pk"),
    ]
    if person is not None:
        found += [
            Achievement.objects.current().filter(person=person, year__lte=year).order_by("-year", "pk"),
            Study.objects.current().filter(person=person, held_on__range=(first, last)).order_by("held_on"),
            Leave.objects.current()
            .filter(Q(until__isnull=True) | Q(until__gte=first), person=person, since__lte=last)
            .order_by("since"),
        ]
    else:
        found += [
            Task.objects.current().filter(unit=unit, year=year),
            OrganisationRating.objects.current()
            .filter(organisation__unit=unit, year=year)
            .select_related("organisation")
            .order_by("organisation__kind"),
        ]
    found.append(Award.objects.current().filter(**whose, year__lte=year).order_by("-year", "title"))
    return [fact for rows in found for fact in rows]


def sensitive_facts(year: int, *, person: Person | None = None, unit: Unit | None = None) -> list[Fact]:
    """Discipline of the year and petitions open on a day of it; reading them is recorded (``read_sensitive``)."""
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    whose: dict[str, Any] = {"person": person} if person is not None else {"unit": unit}
    petitions = Petition.objects.current().filter(
        Q(concluded_on__isnull=True) | Q(concluded_on__gte=first), **whose, accepted_on__lte=last
    )
    found: list[Fact] = list(petitions.order_by("accepted_on"))
    if person is None:
        return found
    return [*Discipline.objects.current().filter(person=person, decided_on__year=year).order_by("decided_on"), *found]


def grave_facts_since(moment: datetime.datetime, person_ids: Iterable[int], unit_ids: Iterable[int]) -> list[Fact]:
    """Discipline and petitions still open about any of these, not known at a moment and known now.

    A correction of what was known then and was as grave then is no news.
    """
    people, units = list(person_ids), list(unit_ids)
    disciplines = Discipline.objects.current().filter(known_from__gt=moment, person_id__in=people)
    petitions = Petition.objects.current().filter(
        Q(person_id__in=people) | Q(unit_id__in=units), known_from__gt=moment, concluded_on__isnull=True
    )
    known = set(Discipline.objects.as_known(moment).filter(person_id__in=people).values_list("pk", flat=True))
    open_then = set(
        Petition.objects.as_known(moment)
        .filter(Q(person_id__in=people) | Q(unit_id__in=units), concluded_on__isnull=True)
        .values_list("pk", flat=True)
    )
    found: list[Fact] = [row for row in disciplines.order_by("pk") if row.supersedes_id not in known]
    return found + [row for row in petitions.order_by("pk") if row.supersedes_id not in open_then]


def title_name(code: str) -> str:
    """The name that papers write for a title's code; the code itself for one that no list here names."""
    return TITLE_WORDS.get(code, (code,))[0]


def sentence_of(fact: Fact) -> str:
    """A fact as one Vietnamese sentence without its full stop, for dossiers and lists in any reader's language."""
    with translation.override("vi"):
        return _SENTENCES[type(fact)](fact)


def _paper(number: str, day: datetime.date | None) -> str:
    """“ (Quyết định số 12/QĐ-STC ngày 05/01/2021)”; empty without a number."""
    if not number:
        return ""
    name = f"Quyết định số {number}" if "/QĐ" in number else f"văn bản số {number}"
    return f" ({name} ngày {day:%d/%m/%Y})" if day else f" ({name})"


def _task(fact: Any) -> str:
    done = f"hoàn thành ngày {fact.done_on:%d/%m/%Y}" if fact.done_on else "chưa hoàn thành"
    if fact.done_on and fact.due and fact.done_on > fact.due:
        done += ", sau hạn"
    due = f"; hạn {fact.due:%d/%m/%Y}" if fact.due else ""
    product = f" ({fact.product})" if fact.done_on and fact.product else ""
    return f"Nhiệm vụ {fact.code}: {fact.content}{due}; {done}{product}"


def _petition(fact: Any) -> str:
    end = "chưa kết luận"
    if fact.concluded_on:
        end = f"kết luận ngày {fact.concluded_on:%d/%m/%Y}" + (f": {fact.conclusion}" if fact.conclusion else "")
    return f"{fact.get_kind_display()}, thụ lý ngày {fact.accepted_on:%d/%m/%Y}, {end}"


def _achievement(fact: Any) -> str:
    scope = fact.get_scope_display()
    scope = scope[0].lower() + scope[1:]
    paper = _paper(fact.decision, fact.recognised_on)
    return f"{fact.get_kind_display()} “{fact.name}” năm {fact.year}, phạm vi ảnh hưởng {scope}{paper}"


def _leave(fact: Any) -> str:
    until = f" đến {fact.until:%d/%m/%Y}" if fact.until else ", chưa rõ ngày trở lại"
    return f"Nghỉ ({fact.get_kind_display().lower()}) từ {fact.since:%d/%m/%Y}{until}"


_KEPT = {True: "giữ vững", False: "không giữ vững", None: "chưa có kết quả"}
_SENTENCES: dict[type[Fact], Callable[[Any], str]] = {
    Rating: lambda fact: f"Năm {fact.year}: {fact.get_grade_display()}{_paper(fact.paper, fact.dated)}",
    OrganisationRating: lambda fact: (
        f"{fact.organisation.get_kind_display()} năm {fact.year}: {fact.get_grade_display()}"
    ),
    Judgement: lambda fact: (
        f"Đơn vị nhận xét năm {fact.year}: {fact.get_criterion_display()} – {'Có' if fact.met else 'Không'}"
    ),
    Confirmation: lambda fact: f"Năm {fact.year}: {fact.label} – {fact.said}{_paper(fact.paper, fact.dated)}",
    Discipline: lambda fact: (
        f"Kỷ luật {fact.get_form_display().lower()} ngày {fact.decided_on:%d/%m/%Y}{_paper(fact.decision, None)}"
    ),
    Leave: _leave,
    Petition: _petition,
    Achievement: _achievement,
    Award: lambda fact: f"{title_name(fact.title)} năm {fact.year}{_paper(fact.decision, fact.decided_on)}",
    Task: _task,
    Incident: lambda fact: f"{fact.get_kind_display()} năm {fact.year}: {fact.count} vụ",
    StandingTitle: lambda fact: f"“{fact.name}” năm {fact.year}: {_KEPT[fact.kept]}{_paper(fact.paper, fact.dated)}",
    CompleteList: lambda fact: (
        f"Danh sách “{fact.get_kind_display()}” đầy đủ từ năm {fact.first_year} đến năm {fact.last_year}"
    ),
    Study: lambda fact: (
        f"Tham gia “{fact.subject}” ngày {fact.held_on:%d/%m/%Y}" + (f": {fact.result}" if fact.result else "")
    ),
}
