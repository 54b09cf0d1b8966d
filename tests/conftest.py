"""What tests share: the database started once, and the sample year told once in it.

Every test that asks for the database sees the demonstration department and rolls its own changes back.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from thidua.project import postgres

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
PASSWORD = "mat-khau-de-thu-nghiem"


def pytest_report_header() -> str:
    """Say whether the material beside the project is there; tests that use it say so again when it is not."""
    return f"shared material: {'present' if SHARED.is_dir() else 'absent (tests on it are skipped)'}"


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
def django_db_setup(cluster: postgres.Cluster, django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """A test database with the sample year in it."""
    from django.test.utils import setup_databases, teardown_databases

    with django_db_blocker.unblock():
        databases = setup_databases(verbosity=0, interactive=False)
        _tell()
    yield
    with django_db_blocker.unblock():
        teardown_databases(databases, verbosity=0)


def _tell() -> None:
    from thidua.apps.accounts.actions import grant_role, open_account
    from thidua.apps.accounts.queries import operator
    from thidua.apps.accounts.states import Role
    from thidua.apps.units.actions import found_agency
    from thidua.project import story

    story.tell(sample=ROOT / "sample", packs=ROOT / "packs", say=lambda _text: None, password=PASSWORD)
    other = found_agency(actor="test", code="skhac", name="Sở khác")
    user = open_account(actor=operator(other), username="nguoi-ngoai", password=PASSWORD)
    grant_role(actor=operator(other), user=user, role=Role.SECRETARY, since=story.FIRST_DAY)


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
