"""Work on large workbooks beside the page that asked for it, by one or several workers.

A job is taken by a lock that the database drops with the worker's connection. Whatever ends a worker, the next one
finds the job open and unlocked and does it again: a try is one transaction, so nothing is there half done.
"""

import logging
from collections.abc import Callable

from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone, translation
from django_scopes import scope, scopes_disabled

from thidua.apps.accounts.access import CannotDo, Refused
from thidua.apps.accounts.models import User
from thidua.apps.accounts.queries import Actor, actor_for
from thidua.apps.records.actions import preview_import, take_in_import
from thidua.apps.records.models import ImportJob
from thidua.apps.records.queries.imports import waiting_jobs
from thidua.apps.records.states import JOB_OPEN, JobKind, JobState
from thidua.core.lifecycle import LifecycleError
from thidua.core.workbooks.errors import WorkbookError

LOCK_SPACE = 0x7D_A1  # beside the one of the audit record
MOST_TRIES = 3
BROKE = "Máy chủ dừng giữa chừng nhiều lần khi làm việc này; không dòng nào được ghi. Làm lại, hoặc chia nhỏ tệp."
FAULT = "Có lỗi của chương trình; không dòng nào được ghi. Báo người quản trị hệ thống."
log = logging.getLogger(__name__)


class Stopped(Exception):
    """Somebody asked the work to stop."""


def work_once() -> bool:
    """Do the oldest job that nobody is at; whether there was one."""
    with scopes_disabled():
        for job in waiting_jobs():
            if not _locked(job):
                continue
            try:
                if ImportJob.objects.filter(pk=job.pk, state__in=JOB_OPEN).exists():
                    _do(job)
                    return True
            finally:
                _unlock(job)
    return False


def _do(job: ImportJob) -> None:
    """One try of a job, and what became of it."""
    job.refresh_from_db()
    if job.stop_asked:
        _settle(job, JobState.STOPPED, "")
        return
    if job.tries >= MOST_TRIES:
        _settle(job, JobState.FAILED, BROKE)
        return
    ImportJob.objects.filter(pk=job.pk).update(state=JobState.RUNNING, tries=job.tries + 1)
    progress = connection.copy()
    try:
        with scope(agency=job.agency_id), translation.override("vi"):
            _act(job, _reporter(job.pk, progress))
        _settle(job, JobState.DONE, "")
    except Stopped:
        _settle(job, JobState.STOPPED, "")
    except (CannotDo, Refused, LifecycleError, WorkbookError) as error:
        _settle(job, JobState.FAILED, str(error))
    except Exception:
        log.exception("job %s", job.pk)
        _settle(job, JobState.FAILED, FAULT)
    finally:
        progress.close()


def _act(job: ImportJob, report: Callable[[int, int], None]) -> None:
    """The one act that a job stands for, by whoever asked for it, with the roles they hold today."""
    actor = _actor(job)
    if job.kind == JobKind.PREVIEW:
        preview_import(actor=actor, imported=job.imported, report=report, job=job)
    else:
        wrong_too = bool(job.options.get("without_wrong"))
        take_in_import(actor=actor, imported=job.imported, without_wrong=wrong_too, report=report, job=job)


def _actor(job: ImportJob) -> Actor:
    user = User.objects.select_related("agency", "person").get(pk=int(job.asked_by.removeprefix("user:")))
    if not user.is_active:
        raise Refused("Tài khoản đã yêu cầu việc này không còn hoạt động.")
    return actor_for(user, on=timezone.localdate())


def _reporter(pk: int, progress: BaseDatabaseWrapper) -> Callable[[int, int], None]:
    """What writes how far a job has come, and looks whether it should stop, outside the job's own transaction."""

    def report(done: int, total: int) -> None:
        with progress.cursor() as cursor:
            cursor.execute(
                "UPDATE records_importjob SET done = %s, total = %s WHERE id = %s RETURNING stop_asked",
                [done, total, pk],
            )
            row = cursor.fetchone()
        if row is None or row[0]:
            raise Stopped

    return report


def _settle(job: ImportJob, state: JobState, said: str) -> None:
    with transaction.atomic():
        ImportJob.objects.filter(pk=job.pk).update(state=state, said=said[:1000])


def _locked(job: ImportJob) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK_SPACE, job.pk % 2**31])
        return bool(cursor.fetchone()[0])


def _unlock(job: ImportJob) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK_SPACE, job.pk % 2**31])
