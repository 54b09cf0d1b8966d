"""Every text of the pages has an English translation."""

import importlib.util
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]


def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages_tool", ROOT / "tools" / "messages.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_english_catalog_is_complete() -> None:
    messages = tool()
    assert len(set(messages.texts())) > 150
    assert messages.missing() == []


def test_a_new_text_would_be_noticed() -> None:
    messages = tool()
    assert not messages._translated(messages.catalog(), "Một câu chưa ai dịch")
