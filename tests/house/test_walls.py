"""The walls of the house, as far as tests can see them: imports, foreign keys, scopes, file sizes, lifecycles."""

import importlib
import io
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import ForeignKey, Model
from django_scopes import ScopeError

import thidua.apps
from thidua.core.lifecycle import Lifecycle

ROOT = Path(__file__).resolve().parents[2]
CORRIDOR = [
    "audit",
    "units",
    "accounts",
    "files",
    "policy",
    "campaigns",
    "registrations",
    "records",
    "evaluations",
    "councils",
    "initiatives",
    "nominations",
    "decisions",
    "honours",
    "reports",
    "desk",
]
# Models that belong to no agency, and why.
UNSCOPED = {
    "Agency": "the scope itself",
    "User": "found at sign-in, before any agency is known",
    "InstalledPack": "law is public",
}
LONGEST = 400
NOT_CODE = {"migrations", "node_modules"}


def own_models() -> Iterator[type[Model]]:
    for model in apps.get_models():
        if model.__module__.startswith("thidua."):
            yield model


def place(module: str) -> int:
    return CORRIDOR.index(module.split(".")[2])


def test_import_contracts_hold() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports")], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_every_app_stands_in_the_corridor() -> None:
    assert sorted(name for _, name, _ in pkgutil.iter_modules(thidua.apps.__path__)) == sorted(CORRIDOR)


def test_foreign_keys_look_upstream_only() -> None:
    downstream = [
        f"{model.__name__}.{field.name}"
        for model in own_models()
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey)
        and field.related_model.__module__.startswith("thidua.")
        and place(field.related_model.__module__) > place(model.__module__)
    ]
    assert downstream == []


def test_every_model_is_held_to_an_agency_and_raises_without_one() -> None:
    unscoped = set()
    for model in own_models():
        try:
            model._default_manager.all().query.chain()
            unscoped.add(model.__name__)
        except ScopeError:
            continue
    assert unscoped == set(UNSCOPED)


def lifecycles() -> Iterator[tuple[str, Lifecycle]]:
    for name in CORRIDOR:
        if (ROOT / "src" / "thidua" / "apps" / name / "states.py").is_file():
            module = importlib.import_module(f"thidua.apps.{name}.states")
            yield from ((name, value) for value in vars(module).values() if isinstance(value, Lifecycle))


def test_every_move_has_an_action_and_every_need_a_query() -> None:
    seen = 0
    for name, lifecycle in lifecycles():
        actions = importlib.import_module(f"thidua.apps.{name}.actions")
        queries = importlib.import_module(f"thidua.apps.{name}.queries")
        for move in lifecycle.moves:
            assert callable(getattr(actions, move.verb, None)), f"{name}: {move.verb}"
            assert move.needs is None or callable(getattr(queries, move.needs, None)), f"{name}: {move.needs}"
            seen += 1
    assert seen >= 3


def code_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "*.py", "*.css", "*.html", "*.typ", "packs/*.yaml"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    return [ROOT / name for name in listed if not NOT_CODE & set(Path(name).parts)]


def test_no_file_is_longer_than_a_head_can_hold() -> None:
    files = [path for path in code_files() if path.is_file()]
    assert len(files) > 100
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in files}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


@pytest.mark.parametrize("word", ["common", "utils", "helpers", "services", "repositories"])
def test_no_room_without_a_noun(word: str) -> None:
    assert [path for path in code_files() if path.stem == word] == []


def test_every_model_change_has_its_migration(db: None) -> None:
    said = io.StringIO()
    call_command("makemigrations", dry_run=True, stdout=said)
    assert said.getvalue().strip() == "No changes detected"
