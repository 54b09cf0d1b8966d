"""What tests share: the database started once, and the sample year told once in it.

Every test that asks for the database sees the demonstration department and rolls its own changes back.
"""

import contextlib
import copy
import fcntl
import functools
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from psycopg.sql import SQL, Identifier
from xdist.scheduler import LoadScopeScheduling

from thidua.project import postgres
from thidua.project.cli import less_searching

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
PASSWORD = "mat-khau-de-thu-nghiem"


def pytest_report_header() -> str:
    """Say whether the material beside the project is there; tests that use it say so again when it is not."""
    return f"shared material: {'present' if SHARED.is_dir() else 'absent (tests on it are skipped)'}"


def pytest_configure() -> None:
    """Accounts of these tests have passwords that cost nothing to check; the journeys' sites hash as for people."""
    less_searching()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


TOLD_YEAR = ("project/test_demo.py", *(f"journeys/test_{name}.py" for name in ("site", "walk", "work", "year")))


class Side(LoadScopeScheduling):
    """Side by side, a file stays with one worker, and so do those that share the told year, in their order."""

    def _split_scope(self, nodeid: str) -> str:
        return "told year" if _when(nodeid) < len(TOLD_YEAR) else nodeid.partition("::")[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Side:
    """How tests go to workers."""
    return Side(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The year is told first, then the journeys go through it: together they take longest."""
    items.sort(key=lambda item: _when(item.nodeid))


def _when(nodeid: str) -> int:
    """First the files on the told year in their order, then the other journeys, then the rest."""
    file = nodeid.partition("::")[0].removeprefix("tests/")
    rest = len(TOLD_YEAR) + (not file.startswith("journeys/"))
    return TOLD_YEAR.index(file) if file in TOLD_YEAR else rest


@pytest.fixture(scope="session")
def cluster() -> Iterator[postgres.Cluster]:
    """The embedded PostgreSQL, for the length of the session."""
    with postgres.running(durable=False) as running:
        yield running


@dataclass(frozen=True)
class World:
    """The sample agency with its year, its accounts, and a second agency to keep apart from it."""

    agency: Any
    campaign: Any
    run: Any
    other: Any


@pytest.fixture(scope="session")
def django_db_setup(
    cluster: postgres.Cluster,
    tmp_path_factory: pytest.TempPathFactory,
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: Any,
) -> Iterator[None]:
    """A test database with the sample year in it: told by the first worker, copied by the others."""
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    shared = shared_by_workers(tmp_path_factory)
    with django_db_blocker.unblock(), one_at_a_time(shared / "told.lock"):
        own, told = connection.creation._get_test_db_name(), "thidua_test_told"
        is_told = (shared / "told").exists()
        if is_told:
            _copy_database(told, own)
        databases = setup_databases(verbosity=0, interactive=False, keepdb=is_told)
        if not is_told:
            _tell()
            connection.close()
            _copy_database(own, told)
            (shared / "told").touch()
    yield
    with django_db_blocker.unblock():
        teardown_databases(databases, verbosity=0)


def _copy_database(name: str, copy: str) -> None:
    """A copy on the same server, in place of one from an earlier run."""
    with psycopg.connect(postgres.embedded_url("postgres"), autocommit=True) as admin:
        for words in ("DROP DATABASE IF EXISTS {copy} WITH (FORCE)", "CREATE DATABASE {copy} TEMPLATE {name}"):
            admin.execute(SQL(words).format(name=Identifier(name), copy=Identifier(copy)))


def shared_by_workers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run see."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@contextlib.contextmanager
def one_at_a_time(lock: Path) -> Iterator[None]:
    """The workers come one after another."""
    with lock.open("w") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        yield


def _tell() -> None:
    """The sample department as its workbook gives it: plan launched, everything taken in, everybody judged.

    The whole year, to the signed paper, is told by the demo's own tests in a database of their own.
    """
    import datetime

    from django.utils import translation
    from django_scopes import scope

    from thidua.apps.accounts.actions import grant_role, open_account
    from thidua.apps.accounts.models import User
    from thidua.apps.accounts.queries import Actor, actor_for, operator
    from thidua.apps.accounts.states import Role
    from thidua.apps.campaigns.actions import confirm_reading, launch, receive_plan
    from thidua.apps.evaluations.actions import evaluate_year
    from thidua.apps.policy.actions import activate_packs, install_pack
    from thidua.apps.records.actions import import_department
    from thidua.apps.units.actions import found_agency
    from thidua.apps.units.models import Agency, Person, Unit
    from thidua.core.law.load import read_directory

    first_day, last_day = datetime.date(2020, 1, 1), datetime.date(2020, 12, 31)

    def account(owner: Agency, name: str, role: Role, person: str = "", unit: str = "") -> Actor:
        setter = operator(owner)
        holder = Person.objects.get(code=person) if person else None
        user = open_account(actor=setter, username=name, password=PASSWORD, person=holder)
        place = Unit.objects.get(code=unit) if unit else None
        grant_role(actor=setter, user=user, role=role, since=first_day, unit=place)
        return actor_for(User.objects.get(pk=user.pk), on=last_day)

    translation.activate("vi")
    agency = found_agency(
        actor="test", code="stc", name="Sở Tài chính", parent_name="Ủy ban nhân dân tỉnh", is_demo=True
    )
    with scope(agency=agency.pk):
        secretary = account(agency, "thuong-truc", Role.SECRETARY)
        layers = ("vn.national", "vn.example-department")
        packs = [install_pack(actor=secretary, files=read_directory(ROOT / "packs" / name)) for name in layers]
        activate_packs(actor=secretary, packs=packs, since=first_day, because="Luật năm 2020")
        plan_name, book_name = "ke-hoach-2020.ocr.txt", "so-tai-chinh-2020.xlsx"
        plan = receive_plan(actor=secretary, data=(ROOT / "sample" / plan_name).read_bytes(), filename=plan_name)
        campaign = launch(actor=secretary, campaign=confirm_reading(actor=secretary, plan=plan, accept_rest=True))
        book = (ROOT / "sample" / book_name).read_bytes()
        import_department(actor=secretary, campaign=campaign, data=book, filename=book_name)
        _write_initiatives(secretary)
        account(agency, "giam-doc", Role.DIRECTOR, "TC001")
        account(agency, "truong-phong", Role.HEAD, "TC024", "HCSN")
        account(agency, "can-bo", Role.MEMBER, "TC017")
        evaluate_year(actor=secretary, year=2020, as_of=last_day)
    other = found_agency(actor="test", code="skhac", name="Sở khác")
    with scope(agency=other.pk):
        account(other, "nguoi-ngoai", Role.SECRETARY)


def _write_initiatives(secretary: Any) -> None:
    """The sample's initiatives and topics of the year, one fact for each author."""
    import datetime

    from thidua.apps.records.actions import write_fact
    from thidua.apps.records.models import Achievement
    from thidua.apps.records.states import AchievementKind, Scope
    from thidua.apps.units.models import Person

    people = {person.code: person for person in Person.objects.all()}
    text = (ROOT / "sample" / "department" / "initiatives_2020.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            authors, kind, _scope, _first, _applied, name, *_rest = line.split("|")
            for part in authors.split(","):
                write_fact(
                    actor=secretary,
                    model=Achievement,
                    source="Sổ sáng kiến của Sở",
                    person=people[part.split(":")[0]],
                    name=name,
                    kind={"S": AchievementKind.INITIATIVE, "D": AchievementKind.RESEARCH}[kind],
                    scope=Scope.BASE,
                    year=2020,
                    decision="412/QĐ-STC",
                    recognised_on=datetime.date(2020, 11, 27),
                )


@pytest.fixture(scope="session")
def new_data(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    """Makes a data folder whose database has its tables and no agency: a copy of one made once for all workers."""
    shared = shared_by_workers(tmp_path_factory)
    with one_at_a_time(shared / "new.lock"):
        if not (shared / "new").exists():
            making = shared / "making"
            code = "from thidua.project.manage import site_database\nwith site_database(): pass"
            environment = {**os.environ, "THIDUA_DATA": str(making)}
            subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, check=True)
            making.rename(shared / "new")

    def copy(folder: Path) -> Path:
        # The database's own user owns its files where root runs it; Python's copytree would give them to root.
        subprocess.run(["cp", "-a", str(shared / "new"), str(folder)], check=True)
        return folder

    return copy


@pytest.fixture(scope="session")
def told_year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder for the demo: its own tests tell the year there, then the journeys' site opens on it."""
    folder = tmp_path_factory.mktemp("told")
    yield folder
    assert postgres.Cluster(folder / "data").pid() is None, "a server was left behind"
    shutil.rmtree(folder / "data", ignore_errors=True)


@pytest.fixture
def world(db: None) -> Iterator[World]:
    """The sample agency, in its own scope."""
    from django_scopes import scope

    from thidua.apps.campaigns.models import Campaign
    from thidua.apps.evaluations.models import Run
    from thidua.apps.units.models import Agency

    agency = Agency.objects.get(code="stc")
    with scope(agency=agency.pk):
        yield World(
            agency=agency,
            campaign=Campaign.objects.get(),
            run=Run.objects.get(),
            other=Agency.objects.get(code="skhac"),
        )


@pytest.fixture
def actors(world: World) -> dict[str, Any]:
    """The actors of the sample: secretary, director, head, member, and the other agency's secretary."""
    return {role: replace(actor, agency=copy.copy(actor.agency)) for role, actor in _actors().items()}


@functools.cache
def _actors() -> dict[str, Any]:
    """Found once: every test sees the same sample, and actors are never changed."""
    from django.utils import timezone

    from thidua.apps.accounts.models import User
    from thidua.apps.accounts.queries import actor_for

    names = {
        "secretary": "thuong-truc",
        "director": "giam-doc",
        "head": "truong-phong",
        "member": "can-bo",
        "other_agency": "nguoi-ngoai",
    }
    today = timezone.localdate()
    return {role: actor_for(User.objects.get(username=name), on=today) for role, name in names.items()}
