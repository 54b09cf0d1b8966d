"""Damaged workbooks through the whole act of taking one in, on a database: whole or not at all.

A process of its own: it starts the embedded database, founds an agency with a plan, and hands each file to
``import_department`` in a transaction that is rolled back. After a refusal every table has the rows it had before.
"""

import json
import os
import pickle
import sys
import traceback
from collections import Counter
from pathlib import Path

from fuzzing.jobs import WORKBOOKS, job

ROOT = Path(__file__).resolve().parents[2]


def main(seeds_file: Path, seed: int, count: int, out: Path) -> int:
    """Take in so many files; says how they were answered. 1 when one was taken in by halves or broke down."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thidua.project.settings")
    import django  # after the settings are named

    django.setup()
    from django.test.utils import setup_databases, teardown_databases

    from thidua.project import postgres

    with postgres.running(durable=False):
        databases = setup_databases(verbosity=0, interactive=False)
        try:
            answers, faults = _taken(pickle.loads(seeds_file.read_bytes()), seed, count)
        finally:
            teardown_databases(databases, verbosity=0)
    out.write_text(json.dumps({"answers": answers, "faults": faults}, ensure_ascii=False))
    return 1 if faults else 0


def _taken(seeds: dict[str, list[tuple[str, bytes]]], seed: int, count: int) -> tuple[dict[str, int], list[str]]:
    from django.apps import apps
    from django.db import transaction
    from django_scopes import scope, scopes_disabled

    from thidua.apps.accounts.access import CannotDo
    from thidua.apps.accounts.queries import Actor
    from thidua.apps.accounts.states import Role
    from thidua.apps.campaigns.actions import confirm_reading, launch, receive_plan
    from thidua.apps.records.actions import import_department
    from thidua.apps.units.actions import found_agency
    from thidua.core.workbooks.errors import WorkbookError

    def rows() -> dict[str, int]:
        with scopes_disabled():
            return {model._meta.label: model._default_manager.count() for model in apps.get_models()}

    answers: Counter[str] = Counter()
    faults: list[str] = []
    agency = found_agency(actor="fuzz", code="stc", name="Sở Tài chính")
    with scope(agency=agency.pk):
        actor = Actor(key="fuzz", name="fuzz", agency=agency, roles=frozenset({Role.SECRETARY}))
        plan = (ROOT / "sample" / "ke-hoach-2020.txt").read_bytes()
        read = receive_plan(actor=actor, data=plan, filename="ke-hoach.txt")
        campaign = launch(actor=actor, campaign=confirm_reading(actor=actor, plan=read, accept_rest=True))
        before = rows()
        number = 0
        while sum(answers.values()) + len(faults) < count:
            one = job(number, seed=seed, seeds=seeds)
            number += 1
            if one.kind not in WORKBOOKS or one.door == "plan":
                continue
            with transaction.atomic():
                try:
                    import_department(actor=actor, campaign=campaign, data=one.data, filename=one.name)
                    answers["taken in"] += 1
                except (WorkbookError, CannotDo) as error:
                    answers[type(error).__name__] += 1
                    if rows() != before:
                        faults.append(f"{one.number} {one.kind}, {one.damage}: refused, and rows were left")
                except Exception:
                    faults.append(f"{one.number} {one.kind}, {one.damage}: {traceback.format_exc()[-2000:]}")
                transaction.set_rollback(True)
    return dict(answers), faults


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4])))
