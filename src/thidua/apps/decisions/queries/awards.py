"""The award on record that a signed line brought, as it stands today."""

from collections.abc import Iterator, Mapping, Sequence

from django.db.models import Q

from thidua.apps.decisions.models import Line
from thidua.apps.decisions.queries.lists import name_of
from thidua.apps.records.models import Award


def awards_of(lines: Sequence[Line]) -> Mapping[int, Award]:
    """By the line's key: the award that each signed line wrote, followed through its corrections to what holds now.

    One that was withdrawn and written again by hand counts when it names the decision. A line without one is left out.
    """
    people = {line.person_id for line in lines if line.person_id}
    units = {line.unit_id for line in lines if not line.person_id}
    facts = list(Award.objects.filter(Q(person__in=people) | Q(unit__in=units)).order_by("pk"))
    after = {fact.supersedes_id: fact for fact in facts if fact.supersedes_id}
    # a correction may have moved an award to somebody else, whose facts were not read
    strays = {fact.pk for fact in facts if fact.superseded_at is not None and fact.pk not in after}
    while strays:
        moved = list(Award.objects.filter(supersedes__in=strays))
        after |= {fact.supersedes_id: fact for fact in moved if fact.supersedes_id}
        strays = {fact.pk for fact in moved if fact.superseded_at is not None}
    found = {}
    for line in lines:
        ends = [_latest(fact, after) for fact in facts if _is_of(fact, line)]
        if standing := [fact for fact in ends if fact.superseded_at is None]:
            found[line.pk] = standing[-1]
    return found


def missing_awards(lines: Sequence[Line]) -> Iterator[str]:
    """Lines of an annulment for whose awards the records have nothing that holds: it would end nothing."""
    originals = [line.annuls for line in lines if line.annuls]
    awards = awards_of(originals)
    for line in originals:
        if line.pk not in awards:
            yield (
                f"{name_of(line)} – {line.title_name}: hồ sơ không còn ghi nhận nào đang có hiệu lực về danh hiệu này "
                f"năm {line.decision.year} theo {line.decision.number_text}, nên việc hủy bỏ không chấm dứt được gì. "
                "Ghi lại danh hiệu với đúng số quyết định, hoặc bỏ dòng này khỏi dự thảo."
            )


def _is_of(fact: Award, line: Line) -> bool:
    """Whether a fact was written by the line's decision: it bears its signed paper, or its number."""
    if (fact.person_id, fact.unit_id or 0) != (line.person_id, 0 if line.person_id else line.unit_id):
        return False
    if (fact.year, fact.title) != (line.decision.year, line.title):
        return False
    by_paper = fact.document_id is not None and fact.document_id == line.decision.signed_id
    return by_paper or (fact.decision == line.decision.number_text and fact.decided_on in (None, line.decision.dated))


def _latest(fact: Award, after: Mapping[int, Award]) -> Award:
    while fact.pk in after:
        fact = after[fact.pk]
    return fact
