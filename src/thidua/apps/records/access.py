"""Who may bring in, write, verify, see and contest records."""

from thidua.apps.accounts.access import may_run_emulation, may_see_everybody, may_see_person, may_see_unit
from thidua.apps.accounts.queries import Actor
from thidua.apps.accounts.states import Role
from thidua.apps.records.models import Fact, FactObjection, Judgement, Study, Task

WHO_RUNS = "thường trực Hội đồng hoặc giám đốc"
WHO_BROUGHT = "người đã nộp tệp ấy"
WHO_WRITES = "thường trực Hội đồng, giám đốc; trưởng đơn vị chỉ ghi học tập và nhận xét của đơn vị mình"
WHO_FINISHES = "trưởng đơn vị chủ trì nhiệm vụ, thường trực Hội đồng, giám đốc"
WHO_SEES = "chính người đó, trưởng đơn vị, thường trực, giám đốc, thanh tra"
WHO_SEES_ALL = "thường trực, giám đốc, thanh tra"
WHO_SEES_UNIT = "trưởng đơn vị, thường trực, giám đốc, thanh tra"
WHO_OBJECTS = "chính người có dữ kiện ấy, hoặc trưởng của đơn vị có dữ kiện ấy"
WHO_ANSWERS = "thường trực Hội đồng, và không phải người đã báo sai"
OF_HEADS: tuple[type[Fact], ...] = (Study, Judgement)


def may_import_records(actor: Actor) -> bool:
    """Those who run the agency's emulation."""
    return may_run_emulation(actor)


def may_write_fact(actor: Actor, model: type[Fact], *, unit_id: int | None) -> bool:
    """Those who run emulation, any kind; a head, the kinds of ``OF_HEADS`` of the own unit (``unit_id``)."""
    return may_run_emulation(actor) or (model in OF_HEADS and unit_id in actor.headed_units)


def may_open_form(actor: Actor, model: type[Fact]) -> bool:
    """Whoever may write some fact of a kind: about whom is asked when it is written."""
    return may_run_emulation(actor) or (model in OF_HEADS and bool(actor.headed_units))


def may_verify(actor: Actor) -> bool:
    """Those who run emulation; that it is not the writer is checked on the fact."""
    return may_run_emulation(actor)


def may_finish(actor: Actor, task: Task) -> bool:
    """The head of the unit that leads the task, and those who run emulation."""
    return may_run_emulation(actor) or task.unit_id in actor.headed_units


def may_see_all_facts(actor: Actor) -> bool:
    """Who sees everybody sees every list."""
    return may_see_everybody(actor)


def may_see_facts_of_person(actor: Actor, *, person_id: int, unit_id: int | None) -> bool:
    """Oneself, the head of the unit the person counts in, and who sees everybody; sensitive ones too, recorded."""
    return may_see_person(actor, person_id=person_id, unit_id=unit_id)


def may_see_facts_of_unit(actor: Actor, *, unit_id: int) -> bool:
    """The head of the unit and who sees everybody."""
    return may_see_unit(actor, unit_id=unit_id) and (unit_id in actor.headed_units or may_see_everybody(actor))


def may_object(actor: Actor, *, person_id: int | None, unit_id: int | None) -> bool:
    """The person a fact is about; about a unit, its head."""
    if person_id is not None:
        return actor.person_id == person_id
    return unit_id in actor.headed_units


def may_answer(actor: Actor, objection: FactObjection) -> bool:
    """The standing secretary, unless they raised it themselves."""
    return actor.has(Role.SECRETARY) and objection.raised_by != actor.key
