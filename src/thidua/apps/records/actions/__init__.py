"""Writing records: taking in workbooks, single facts, tasks done, objections, and the reading of sensitive ones."""

from thidua.apps.records.actions.department import WORKBOOK, import_department
from thidua.apps.records.actions.facts import (
    AlreadyThere,
    state_complete,
    supersede_fact,
    verify_fact,
    verify_facts,
    withdraw_fact,
    write_fact,
)
from thidua.apps.records.actions.objections import object_to_fact, turn_down_objection, uphold_objection
from thidua.apps.records.actions.reading import note_list_read, read_sensitive
from thidua.apps.records.actions.tasks import finish_task

__all__ = [
    "WORKBOOK",
    "AlreadyThere",
    "finish_task",
    "import_department",
    "note_list_read",
    "object_to_fact",
    "read_sensitive",
    "state_complete",
    "supersede_fact",
    "turn_down_objection",
    "uphold_objection",
    "verify_fact",
    "verify_facts",
    "withdraw_fact",
    "write_fact",
]
