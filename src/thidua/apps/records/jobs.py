"""Work on large workbooks beside the page that asked for it."""

from thidua.apps.accounts import jobs
from thidua.apps.accounts.jobs import Report
from thidua.apps.accounts.queries import Actor
from thidua.apps.records.actions import preview_import, take_in_import
from thidua.apps.records.models import ImportJob
from thidua.apps.records.states import JobKind
from thidua.core.workbooks.errors import WorkbookError


def work_once() -> bool:
    """Do the oldest job on a workbook that nobody is at; whether there was one."""
    return jobs.work_once(ImportJob, _act, told=WorkbookError)


def _act(job: ImportJob, actor: Actor, report: Report) -> None:
    if job.kind == JobKind.PREVIEW:
        preview_import(actor=actor, imported=job.imported, report=report, job=job)
    else:
        wrong_too = bool(job.options.get("without_wrong"))
        take_in_import(actor=actor, imported=job.imported, without_wrong=wrong_too, report=report, job=job)
