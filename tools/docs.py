"""Write the generated parts of the docs, between ``<!-- generated: NAME -->`` and ``<!-- end -->``.

``python tools/docs.py`` writes them; ``--check`` writes nothing and exits 1 with a sentence for each stale part.
"""

import argparse
import ast
import importlib
import importlib.util
import pkgutil
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import get_args
from unittest import mock

import thidua.apps
from thidua.core.law import yamlfile
from thidua.core.law.cases import read_cases
from thidua.core.law.load import load_pack, read_directory
from thidua.core.law.schema import Operator
from thidua.core.law.terms import GRADES, LAYERS, LEVELS, Authority, FactKind, Kind
from thidua.core.lifecycle import Lifecycle
from thidua.project.cli import build_parser

ROOT = Path(__file__).resolve().parent.parent
LAW = ROOT / "docs" / "law-as-data.md"
STORY = ROOT / "src" / "thidua" / "project" / "story" / "__init__.py"
PART = re.compile(r"(?P<open><!-- generated: (?P<name>[\w-]+) -->\n).*?(?P<close><!-- end -->)", re.DOTALL)
EXAMPLE = re.compile(r"^```yaml\n# (?P<file>[\w./-]+\.yaml)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
CONDITIONS = ("require", "exclude", "all", "any", "not")
FREE = ("words", "facts", "base")  # keys below these are the writer's own


class Stale(Exception):
    """A part that has no place, or a place that has no part."""


def main() -> int:
    """Write or check; returns the exit code."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--check", action="store_true", help="write nothing; exit 1 when a part is stale")
    check = options.parse_args().check
    try:
        changed = renewed_documents()
    except Stale as error:
        print(f"tools/docs.py: {error}", file=sys.stderr)
        return 1
    for path, text in changed.items():
        name = path.relative_to(ROOT)
        if check:
            print(f"{name}: a generated part is stale. Run “make docs” and commit the result.", file=sys.stderr)
        else:
            path.write_text(text, encoding="utf-8")
            print(f"{name}: written.")
    return 1 if check and changed else 0


def documents() -> list[Path]:
    """Every document of the project that people read."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def renewed_documents() -> dict[Path, str]:
    """The documents whose generated parts differ from the code, with their new text; raises Stale."""
    parts = generated_parts()
    placed: set[str] = set()
    changed = {}
    for path in documents():
        old = path.read_text(encoding="utf-8")
        names = [match["name"] for match in PART.finditer(old)]
        if unknown := set(names) - parts.keys():
            raise Stale(f"{path.relative_to(ROOT)} asks for {sorted(unknown)}, which nothing generates. Remove it.")
        placed |= set(names)
        new = PART.sub(lambda match: f"{match['open']}\n{parts[match['name']]}\n\n{match['close']}", old)
        if new != old:
            changed[path] = new
    if homeless := parts.keys() - placed:
        raise Stale(f"No document shows {sorted(homeless)}. Add “<!-- generated: NAME -->” and “<!-- end -->”.")
    return changed


def generated_parts() -> dict[str, str]:
    """Every generated part by its name."""
    parts = {"commands": command_table(), "demo-steps": demo_steps()}
    parts |= {"pack-keys": pack_keys(), "pack-words": pack_words()}
    for app, tables in lifecycles().items():
        parts[f"lifecycle-{app}"] = "\n\n".join(lifecycle_text(table) for table in tables)
    return parts


def commands(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """The parsers of the commands themselves, without the nouns above them."""
    groups = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not groups:
        yield parser
    for group in groups:
        for child in group.choices.values():
            yield from commands(child)


def command_table() -> str:
    """Every command with its options and the program's own words for it."""
    rows = ["| command | the program's own words |", "|---|---|"]
    rows += [f"| `{usage(command)}` | {command.description} |" for command in commands(build_parser())]
    return "\n".join(rows)


def usage(command: argparse.ArgumentParser) -> str:
    """One line: the command and what it takes."""
    words = [command.prog]
    for action in command._actions:
        if isinstance(action, argparse._HelpAction):
            continue
        choices = ",".join(map(str, action.choices or ()))
        value = "" if action.nargs == 0 else str(action.metavar or f"{{{choices}}}")
        value += "…" if action.nargs == "+" else ""
        word = " ".join(filter(None, [*action.option_strings[-1:], value]))
        words.append(word if action.required else f"[{word}]")
    return " ".join(words)


def demo_steps() -> str:
    """The steps of the demo's year, read without running it: chapter, name, the program's own heading."""
    calls = [node for node in ast.walk(ast.parse(STORY.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    steps = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "Step"]
    rows = ["| chapter | step | the program's own words |", "|---|---|---|"]
    for chapter, step in enumerate(sorted(steps, key=lambda call: call.lineno), start=2):
        name, title = (ast.literal_eval(argument) for argument in step.args[:2])
        rows.append(f"| {chapter} | `{name}` | {title} |")
    return "\n".join(rows)


def lifecycles() -> dict[str, list[Lifecycle]]:
    """The lifecycle tables of the apps, by app."""
    found = {}
    for module in pkgutil.iter_modules(thidua.apps.__path__):
        name = f"thidua.apps.{module.name}.states"
        if importlib.util.find_spec(name):
            values = vars(importlib.import_module(name)).values()
            if tables := [value for value in values if isinstance(value, Lifecycle)]:
                found[module.name] = tables
    return found


def lifecycle_text(table: Lifecycle) -> str:
    """One lifecycle as a diagram and as a table."""
    lines = [f"**{table.name}**", "", "```mermaid", table.diagram(), "```", ""]
    lines += ["| verb | from | to | who | what must be settled first |", "|---|---|---|---|---|"]
    for move in table.moves:
        needs = f"`{move.needs}`" if move.needs else "–"
        lines.append(f"| `{move.verb}` | {', '.join(move.sources)} | {move.target} | {', '.join(move.who)} | {needs} |")
    return "\n".join(lines)


def example_pack() -> dict[str, str]:
    """The pack that docs/law-as-data.md writes out, file by file."""
    return {match["file"]: match["text"] for match in EXAMPLE.finditer(LAW.read_text(encoding="utf-8"))}


def pack_keys() -> str:
    """The keys that the reader of packs asks for, found by watching it read every pack we have."""
    keys: dict[tuple[str, str], set[str]] = defaultdict(set)
    for file, table in _watched_tables():
        folder, _, rest = file.rpartition("/")
        _collect(table, folder=f"{folder}/*.yaml" if folder else rest, place="", keys=keys)
    rows = ["| file | place | keys |", "|---|---|---|"]
    for (file, place), names in sorted(keys.items()):
        if names:
            rows.append(f"| `{file}` | {place or 'top'} | {', '.join(f'`{name}`' for name in sorted(names))} |")
    return "\n".join(rows)


def _watched_tables() -> list[tuple[str, yamlfile.Table]]:
    seen: list[tuple[str, yamlfile.Table]] = []
    read = yamlfile.read

    def watch(text: str, *, file: str) -> yamlfile.Table:
        table = read(text, file=file)
        seen.append((file.partition("/")[2] or file, table))
        return table

    packs = [read_directory(path.parent) for path in sorted(ROOT.glob("packs/*/pack.yaml"))]
    with mock.patch.object(yamlfile, "read", watch):
        for files in (*packs, example_pack()):
            read_cases(files, pack=load_pack(files).name)
    return seen


def _collect(table: yamlfile.Table, *, folder: str, place: str, keys: Mapping[tuple[str, str], set[str]]) -> None:
    keys[folder, place].update(table.asked)
    for key, value in table.items.items():
        children = [value] if isinstance(value, yamlfile.Table) else value if isinstance(value, yamlfile.Rows) else []
        for child in children:
            if isinstance(child, yamlfile.Table) and key not in FREE:
                _collect(child, folder=folder, place=_place(place, key), keys=keys)


def _place(above: str, key: str) -> str:
    if key in CONDITIONS:
        return "a condition"
    if key in get_args(Operator):
        return "the value of a test"
    return f"{above}.{key}" if above else key


def pack_words() -> str:
    """The words of a closed choice."""
    rows = {
        "tests (exactly one in a leaf)": get_args(Operator),
        "`grade`": GRADES,
        "`layer`, `settable_by`": LAYERS,
        "`of` (a rule)": get_args(Kind),
        "`kind` (a fact)": get_args(FactKind),
        "`level` (a vote)": LEVELS,
        "`by`, `delegate` (a decider)": get_args(Authority),
    }
    lines = ["| where | words |", "|---|---|"]
    lines += [f"| {place} | {', '.join(f'`{word}`' for word in words)} |" for place, words in rows.items()]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
