"""Plans of many pages to recognise, read beside the page that asked for it."""

from thidua.apps.accounts import jobs
from thidua.apps.accounts.jobs import Report
from thidua.apps.accounts.queries import Actor
from thidua.apps.campaigns.actions import finish_reading_job
from thidua.apps.campaigns.models import ReadingJob
from thidua.apps.files.queries import content
from thidua.core.plans import PlanError, read_plan


def work_once() -> bool:
    """Read the oldest file that waits and that nobody is at; whether there was one."""
    return jobs.work_once(ReadingJob, read_file, told=PlanError)


def read_file(job: ReadingJob, actor: Actor, report: Report) -> None:
    """Read a file outside of any transaction, for minutes; what was read is taken up in one. Raises PlanError."""
    read = read_plan(content(job.document), filename=job.filename, report=report)
    report(job.total, job.total)
    finish_reading_job(actor=actor, job=job, read=read)
