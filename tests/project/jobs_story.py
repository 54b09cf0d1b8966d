"""A large workbook worked on by workers that are killed and stopped; run as a program on a data folder of its own.

Prints one JSON object: what was there after each step.
"""

import datetime
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import openpyxl

from thidua.project.manage import site_database

PEOPLE, YEARS = 300, range(2011, 2019)  # 2,400 rows: a large workbook
PATIENCE = 120.0


def workbook() -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Danh hiệu đã đạt")
    sheet.append(["Mã CBCCVC", "Năm", "Danh hiệu", "Số quyết định"])
    for number in range(PEOPLE):
        for year in YEARS:
            sheet.append([f"C{number:04}", year, "LDTT", f"{number}/QĐ"])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def worker() -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", "thidua.project.jobs"])


def until(what: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not what():
        if time.monotonic() > end:
            raise TimeoutError("the job did not come so far")
        time.sleep(0.002)


def story() -> dict[str, Any]:
    from django.utils import translation
    from django_scopes import scope

    from thidua.apps.accounts.actions import grant_role, open_account
    from thidua.apps.accounts.models import User
    from thidua.apps.accounts.queries import actor_for, operator
    from thidua.apps.accounts.states import Role
    from thidua.apps.records.actions import (
        lay_out_import,
        receive_import,
        start_preview,
        start_take_in,
        stop_import_job,
    )
    from thidua.apps.records.models import Award, ImportJob
    from thidua.apps.records.queries.imports import layout_of
    from thidua.apps.units.actions import add_person, found_agency

    translation.activate("vi")
    agency = found_agency(actor="test", code="thu", name="Cơ quan thử", is_demo=True)
    told: dict[str, Any] = {}
    with scope(agency=agency.pk):
        setter = operator(agency)
        user = open_account(actor=setter, username="thuong-truc", password="mat-khau-de-thu-nghiem", person=None)
        day = datetime.date(2020, 1, 1)
        grant_role(actor=setter, user=user, role=Role.SECRETARY, since=day, unit=None)
        actor = actor_for(User.objects.get(pk=user.pk), on=day)
        for number in range(PEOPLE):
            add_person(agency=agency, code=f"C{number:04}", full_name=f"Nguyễn Văn {number}", category="vien_chuc")
        imported = receive_import(actor=actor, data=workbook(), filename="so.xlsx", year=2020)
        lay_out_import(actor=actor, imported=imported, layout=layout_of(imported))

        def seen(name: str) -> None:
            imported.refresh_from_db()
            job = ImportJob.objects.get(pk=current.pk)
            told[name] = [job.state, job.tries, imported.state, imported.rows.count(), Award.objects.count()]

        def ended() -> bool:
            return ImportJob.objects.get(pk=current.pk).state not in ("waiting", "running")

        def kill_once_begun() -> None:
            process = worker()
            tries = ImportJob.objects.get(pk=current.pk).tries
            until(lambda: (job := ImportJob.objects.get(pk=current.pk)).tries > tries and job.done > 0)
            process.send_signal(signal.SIGKILL)
            process.wait()

        def finish() -> None:
            process = worker()
            until(ended)
            process.terminate()
            told["worker ended with"] = process.wait()

        start_preview(actor=actor, imported=imported)
        current = ImportJob.objects.latest("pk")
        seen("preview asked for")
        kill_once_begun()
        seen("preview, worker killed")
        finish()
        seen("preview, next worker")

        start_take_in(actor=actor, imported=imported)
        current = ImportJob.objects.latest("pk")
        kill_once_begun()
        seen("taking in, worker killed")
        stop_import_job(actor=actor, imported=imported)
        finish()
        seen("taking in, stopped")

        start_take_in(actor=actor, imported=imported)
        current = ImportJob.objects.latest("pk")
        for _time in range(3):
            kill_once_begun()
        finish()
        seen("taking in, killed three times")

        start_take_in(actor=actor, imported=imported)
        current = ImportJob.objects.latest("pk")
        finish()
        seen("taking in")
    return told


if __name__ == "__main__":
    os.environ["THIDUA_DATA"] = sys.argv[1]
    with site_database():
        print(json.dumps(story()))
