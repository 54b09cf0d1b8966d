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
from thidua.apps.records.actions.imports import (
    answer_import,
    choose_tables,
    drop_import,
    lay_out_import,
    mended_workbook,
    preview_import,
    receive_import,
    start_preview,
    start_take_in,
    stop_import_job,
    take_in_import,
    undo_import,
)
from thidua.apps.records.actions.keeping import take_workbook
from thidua.apps.records.actions.objections import object_to_fact, turn_down_objection, uphold_objection
from thidua.apps.records.actions.reading import note_list_read, read_sensitive
from thidua.apps.records.actions.tasks import finish_task

__all__ = [
    "WORKBOOK",
    "AlreadyThere",
    "answer_import",
    "choose_tables",
    "drop_import",
    "finish_task",
    "import_department",
    "lay_out_import",
    "mended_workbook",
    "note_list_read",
    "object_to_fact",
    "preview_import",
    "read_sensitive",
    "receive_import",
    "start_preview",
    "start_take_in",
    "state_complete",
    "stop_import_job",
    "supersede_fact",
    "take_in_import",
    "take_workbook",
    "turn_down_objection",
    "undo_import",
    "uphold_objection",
    "verify_fact",
    "verify_facts",
    "withdraw_fact",
    "write_fact",
]
