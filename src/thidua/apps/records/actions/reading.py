"""Reading sensitive facts: by role, and recorded unless they are one's own."""

from thidua.apps.accounts.access import require
from thidua.apps.accounts.actions import official_act
from thidua.apps.accounts.queries import Actor
from thidua.apps.audit.actions import record
from thidua.apps.records.access import WHO_SEES, WHO_SEES_UNIT, may_see_facts_of_person, may_see_facts_of_unit
from thidua.apps.records.models import Fact
from thidua.apps.records.queries.kinds import KindOfFact
from thidua.apps.records.queries.subjects import counted_in, sensitive_facts
from thidua.apps.units.models import Person, Unit


@official_act
def read_sensitive(*, actor: Actor, year: int, person: Person | None = None, unit: Unit | None = None) -> list[Fact]:
    """Discipline and petitions of one person or collective; every reading but one's own is recorded. Raises Refused."""
    if person is not None:
        may = may_see_facts_of_person(actor, person_id=person.pk, unit_id=counted_in(person.pk, year))
        require(may, WHO_SEES)
        target = f"units.person:{person.pk}"
    else:
        assert unit is not None  # one of the two is given
        require(may_see_facts_of_unit(actor, unit_id=unit.pk), WHO_SEES_UNIT)
        target = f"units.unit:{unit.pk}"
    if person is None or person.pk != actor.person_id:
        _record(actor, target, {"year": year})
    return sensitive_facts(year, person=person, unit=unit)


@official_act
def note_list_read(*, actor: Actor, kind: KindOfFact, year: int) -> None:
    """Record that somebody opened the agency's whole list of a sensitive kind."""
    if kind.sensitive:
        _record(actor, kind.model._meta.label_lower, {"year": year})


def _record(actor: Actor, target: str, payload: dict[str, object]) -> None:
    record(agency_key=actor.agency.pk, actor=actor.key, verb="read_sensitive", target=target, payload=payload)
