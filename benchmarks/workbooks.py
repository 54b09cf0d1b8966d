"""Ten years of awards, 30,000 rows, brought in and undone, against calamine alone reading the same file.

A test database is made and dropped; nothing of the installed data is touched. Run: python benchmarks/workbooks.py
"""

import datetime
import io
import os
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thidua.project.settings")
ROWS = 30_000
YEARS = range(2010, 2020)
MIB = 1024  # ru_maxrss counts in KiB
DAY = datetime.date(2020, 1, 1)
MOST_SECONDS, MOST_MIB = 15.0, 500


def timed(act: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds and the answer."""
    start = time.perf_counter()
    answer = act()
    return time.perf_counter() - start, answer


def peak() -> int:
    """The most memory that this process had so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // MIB


def main() -> None:
    """Build the workbook and the agency, and print the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    import django

    from thidua.project import postgres

    django.setup()
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    with postgres.running(durable=False):
        setup_test_environment()
        databases = setup_databases(verbosity=0, interactive=False)
        try:
            measure(count)
        finally:
            teardown_databases(databases, verbosity=0)


def workbook(people: int) -> bytes:
    """Awards of every year for everybody; one row in a hundred is wrong. Written by another library than reads it."""
    import xlsxwriter

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "constant_memory": True})
    sheet = book.add_worksheet("Danh hiệu đã đạt")
    sheet.write_row(0, 0, ["Mã CBCCVC", "Họ và tên", "Năm", "Danh hiệu", "Số quyết định", "Ngày quyết định"])
    for number in range(people * len(YEARS)):
        person, year = number // len(YEARS), YEARS[number % len(YEARS)]
        title = "Lao động tiên tiến" if number % 100 else "Lao động giỏi"
        row = [f"C{person:05}", f"Nguyễn Văn {person}", year, title, f"{number % 97}/QĐ-STC", f"20/12/{year}"]
        sheet.write_row(number + 1, 0, row)
    book.close()
    return target.getvalue()


def measure(count: int) -> None:
    """Preview, taking in, undoing; the export before and after."""
    import python_calamine
    from django.utils import translation
    from django_scopes import scope

    from thidua.apps.accounts.actions import grant_role, open_account
    from thidua.apps.accounts.models import User
    from thidua.apps.accounts.queries import actor_for, operator
    from thidua.apps.accounts.states import Role
    from thidua.apps.records.actions import (
        lay_out_import,
        mended_workbook,
        preview_import,
        receive_import,
        take_in_import,
        undo_import,
    )
    from thidua.apps.records.queries.imports import counts_of, layout_of
    from thidua.apps.units.actions import found_agency
    from thidua.apps.units.models import Person
    from thidua.core.vietnamese import fold, name_sort_key
    from thidua.project.export import tables

    translation.activate("vi")
    people = count // len(YEARS)
    data = workbook(people)
    agency = found_agency(actor="bench", code="do", name="Cơ quan đo", is_demo=True)
    with scope(agency=agency.pk):
        setter = operator(agency)
        user = open_account(actor=setter, username="thuong-truc", password="mat-khau-de-thu-nghiem", person=None)
        grant_role(actor=setter, user=user, role=Role.SECRETARY, since=DAY, unit=None)
        actor = actor_for(User.objects.get(pk=user.pk), on=DAY)
        Person.objects.bulk_create(
            Person(
                agency=agency,
                code=f"C{number:05}",
                full_name=(name := f"Nguyễn Văn {number}"),
                sort_key=name_sort_key(name),
                folded=fold(name),
                category="vien_chuc",
            )
            for number in range(people)
        )
        before = dict(tables())
        begin = peak()

        def calamine() -> None:
            with python_calamine.load_workbook(io.BytesIO(data)) as book:
                book.get_sheet_by_index(0).to_python()

        alone = min(timed(calamine)[0] for _run in range(3))
        print(f"{count:,} rows, {len(data) / 2**20:.1f} MiB; calamine alone {alone:.2f} s; {begin} MiB before")
        receive, imported = timed(lambda: receive_import(actor=actor, data=data, filename="so.xlsx", year=2020))
        lay_out_import(actor=actor, imported=imported, layout=layout_of(imported))
        preview, imported = timed(lambda: preview_import(actor=actor, imported=imported))
        print(f"read and laid out {receive:.1f} s, {receive / alone:.0f} × calamine")
        print(f"previewed {preview:.1f} s, {preview / alone:.0f} × calamine, peak {peak()} MiB: {counts_of(imported)}")
        print(f"within {MOST_SECONDS:.0f} s: {preview <= MOST_SECONDS}; within {MOST_MIB} MiB: {peak() <= MOST_MIB}")
        take, imported = timed(lambda: take_in_import(actor=actor, imported=imported, without_wrong=True))
        print(f"taken in {take:.1f} s, {take / alone:.0f} × calamine, peak {peak()} MiB: {imported.counts}")
        between = dict(tables())
        print(f"tables that differ: {sorted(name for name in before if before[name] != between[name])}")
        back, answer = timed(lambda: mended_workbook(imported))
        print(f"own file back {back:.1f} s, {len(answer) / 2**20:.1f} MiB")
        undo, imported = timed(lambda: undo_import(actor=actor, imported=imported, because="Đo"))
        print(f"undone {undo:.1f} s, {undo / alone:.0f} × calamine")
        del between
        print(f"export byte-equal: {dict(tables()) == before}; peak {peak()} MiB")


if __name__ == "__main__":
    main()
