"""Work beside the page that asked for it, by one or several workers: how any kind of job is taken, tried and settled.

A job is taken by a lock that the database drops with the worker's connection. Whatever ends a worker, the next one
finds the job open and unlocked and does it again: what a try writes is one transaction, so nothing is there half done.
"""

import logging
from collections.abc import Callable
from typing import TypeVar

from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone, translation
from django_scopes import scope, scopes_disabled

from thidua.apps.accounts.access import CannotDo, Refused
from thidua.apps.accounts.models import Job, User
from thidua.apps.accounts.queries import Actor, actor_for
from thidua.apps.accounts.states import JOB_OPEN, JobState
from thidua.core.lifecycle import LifecycleError

J = TypeVar("J", bound=Job)
Report = Callable[[int, int], None]
MOST_TRIES = 3
BROKE = "Máy chủ dừng giữa chừng nhiều lần khi làm việc này; không có gì được ghi. Làm lại, hoặc chia nhỏ tệp."
FAULT = "Có lỗi của chương trình; không có gì được ghi. Báo người quản trị hệ thống."
log = logging.getLogger(__name__)


class Stopped(Exception):
    """Somebody asked the work to stop."""


def work_once(model: type[J], act: Callable[[J, Actor, Report], object], *, told: type[Exception]) -> bool:
    """Do the oldest job of a kind that nobody is at; whether there was one.

    ``act`` does the one thing that a job stands for, by whoever asked for it, with the roles they hold today; ``told``
    is what it raises, beside the refusals of every act, with words for that person.
    """
    with scopes_disabled():
        for job in model.objects.filter(state__in=JOB_OPEN).order_by("pk"):
            if not _locked(job):
                continue
            try:
                if model.objects.filter(pk=job.pk, state__in=JOB_OPEN).exists():
                    _do(job, act, told)
                    return True
            finally:
                _unlock(job)
    return False


def _do(job: J, act: Callable[[J, Actor, Report], object], told: type[Exception]) -> None:
    """One try of a job, and what became of it."""
    job.refresh_from_db()
    if job.stop_asked:
        _settle(job, JobState.STOPPED, "")
        return
    if job.tries >= MOST_TRIES:
        _settle(job, JobState.FAILED, BROKE)
        return
    type(job).objects.filter(pk=job.pk).update(state=JobState.RUNNING, tries=job.tries + 1)
    progress = connection.copy()
    try:
        with scope(agency=job.agency_id), translation.override("vi"):
            act(job, _actor(job), _reporter(job, progress))
        _settle(job, JobState.DONE, "")
    except Stopped:
        _settle(job, JobState.STOPPED, "")
    except (CannotDo, Refused, LifecycleError, told) as error:
        _settle(job, JobState.FAILED, str(error))
    except Exception:
        log.exception("%s %s", job._meta.label, job.pk)
        _settle(job, JobState.FAILED, FAULT)
    finally:
        progress.close()


def _actor(job: Job) -> Actor:
    user = User.objects.select_related("agency", "person").get(pk=int(job.asked_by.removeprefix("user:")))
    if not user.is_active:
        raise Refused("Tài khoản đã yêu cầu việc này không còn hoạt động.")
    return actor_for(user, on=timezone.localdate())


def _reporter(job: Job, progress: BaseDatabaseWrapper) -> Report:
    """What writes how far a job has come, and looks whether it should stop, outside the job's own transaction."""

    def report(done: int, total: int) -> None:
        with progress.cursor() as cursor:
            cursor.execute(
                f"UPDATE {job._meta.db_table} SET done = %s, total = %s WHERE id = %s RETURNING stop_asked",
                [done, total, job.pk],
            )
            row = cursor.fetchone()
        if row is None or row[0]:
            raise Stopped

    return report


def _settle(job: Job, state: JobState, said: str) -> None:
    with transaction.atomic():
        type(job).objects.filter(pk=job.pk).update(state=state, said=said[:1000])


def _locked(job: Job) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s), %s)", _lock(job))
        return bool(cursor.fetchone()[0])


def _unlock(job: Job) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(hashtext(%s), %s)", _lock(job))


def _lock(job: Job) -> tuple[str, int]:
    return job._meta.db_table, job.pk % 2**31
