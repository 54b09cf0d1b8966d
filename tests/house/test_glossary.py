"""Every word of the code that stands for a legal one is explained in docs/glossary.md."""

import importlib
import importlib.util
import re
from pathlib import Path

from django.apps import apps

from thidua.core.law.load import load_pack, read_directory
from thidua.core.lifecycle import Lifecycle

ROOT = Path(__file__).resolve().parents[2]
OURS = "thidua.apps."


def _explained() -> set[str]:
    """Every word that the glossary sets in code type."""
    spans = re.findall(r"`([^`\n]+)`", (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8"))
    return {word for span in spans for word in re.findall(r"\w+", span)}


def test_models_are_explained() -> None:
    models = {model.__name__ for model in apps.get_models() if model.__module__.startswith(OURS)}
    assert models, "no models were found"
    assert sorted(models - _explained()) == []


def test_title_codes_are_explained() -> None:
    codes: set[str] = set()
    for place in sorted((ROOT / "packs").glob("*/pack.yaml")):
        pack = load_pack(read_directory(place.parent))
        codes |= {rule.title for rule in (*pack.rules, *pack.tightens)}
        codes |= {limit.title for limit in pack.limits} | {award.title for award in pack.awards}
        codes |= {title for vote in pack.votes for title in vote.titles}
    assert codes, "no titles were found"
    assert sorted(codes - _explained()) == []


def test_lifecycle_verbs_and_states_are_explained() -> None:
    tables = [table for app in apps.get_app_configs() for table in _lifecycles(app.name)]
    words = {word for table in tables for word in (*table.states, *(move.verb for move in table.moves))}
    assert words, "no lifecycle was found"
    assert sorted(words - _explained()) == []


def _lifecycles(app: str) -> list[Lifecycle]:
    name = f"{app}.states"
    if not app.startswith(OURS) or importlib.util.find_spec(name) is None:
        return []
    return [value for value in vars(importlib.import_module(name)).values() if isinstance(value, Lifecycle)]
