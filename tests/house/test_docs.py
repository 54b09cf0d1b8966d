"""The docs say what the code does: commands, options, environment, generated parts, links."""

import argparse
import datetime
import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from thidua.core.law.cases import read_cases, run_cases
from thidua.core.law.load import load_pack, read_directory
from thidua.core.law.resolve import check_citations, resolve
from thidua.project.cli import build_parser

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
ENVIRON = re.compile(r"""(?:environ(?:\.\w+\(|\[)|getenv\()\s*["']([A-Z][A-Z0-9_]*)["']""")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)


def _tool() -> ModuleType:
    """tools/docs.py, which is a script and not a module of the package."""
    spec = importlib.util.spec_from_file_location("thidua_tools_docs", ROOT / "tools" / "docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TOOL = _tool()
COMMANDS = list(TOOL.commands(build_parser()))
DOCUMENTS = TOOL.documents()


def _by_hand(path: Path) -> str:
    """A document without its generated parts: what somebody wrote."""
    return TOOL.PART.sub("", path.read_text(encoding="utf-8"))


def _anchors(path: Path) -> set[str]:
    text = FENCE.sub("", path.read_text(encoding="utf-8"))
    headings = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.prog)
def test_start_names_command_and_options(command: argparse.ArgumentParser) -> None:
    start = _by_hand(DOCS / "start.md")
    options = [option for action in command._actions for option in action.option_strings if option.startswith("--")]
    wanted = [command.prog, *(option for option in options if option != "--help")]
    assert [word for word in wanted if not re.search(rf"{re.escape(word)}(?![\w-])", start)] == []


def test_operate_names_environment_of_source() -> None:
    operate = (DOCS / "operate.md").read_text(encoding="utf-8")
    sources = sorted((ROOT / "src" / "thidua").rglob("*.py"))
    read = {name for path in sources for name in ENVIRON.findall(path.read_text(encoding="utf-8"))}
    assert "THIDUA_DATA" in read, "the scan finds nothing: mend its pattern"
    assert sorted(name for name in read if f"`{name}`" not in operate) == []


def test_generated_parts_are_fresh(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["docs.py", "--check"])
    code = TOOL.main()
    assert (code, capsys.readouterr().err) == (0, "")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_resolve(path: Path) -> None:
    broken = []
    for link in LINK.findall(FENCE.sub("", path.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = (path.parent / name).resolve() if name else path
        if not target.exists() or (anchor and anchor not in _anchors(target)):
            broken.append(link)
    assert broken == []


def test_example_pack_of_the_docs_holds() -> None:
    national = load_pack(read_directory(ROOT / "packs" / "vn.national"))
    files = TOOL.example_pack()
    packs = [national, load_pack(files)]
    check_citations(packs)
    resolve(packs, as_of=datetime.date(2020, 12, 31))
    cases = read_cases(files, pack=packs[1].name)
    report = run_cases(packs, cases)
    assert cases
    assert report.wrong == ()
