"""Read one pack: a directory of strict YAML, checked as far as it can be on its own.

A pack is handed in as ``{relative path: text}`` (``read_directory`` makes one), so that an installed pack in the
database and a pack on disk go through the same door. References between packs are checked by ``resolve.py``.
"""

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Literal, TypeVar, get_args

from thidua.core import canonical
from thidua.core.calendar import Period
from thidua.core.law import yamlfile
from thidua.core.law.amend import amended
from thidua.core.law.conditions import read_cite, read_condition, read_exclusions, read_leaf, read_period
from thidua.core.law.errors import PackError
from thidua.core.law.procedure import (
    read_awards,
    read_decider,
    read_dossier,
    read_stacking,
    read_vote,
)
from thidua.core.law.schema import Amendment, Fact, Limit, NewValue, Pack, Param, Parameter, ParameterVersion, Rule, Tie
from thidua.core.law.terms import LAYERS, FactKind, Kind, Source, Value
from thidua.core.law.yamlfile import Table

MAX_FILES = 500
TIE = "UU_TIEN"  # what the test of a tie is named under
AMENDMENT_STATES = ("draft", "adopted")
KINDS: tuple[Kind, ...] = get_args(Kind)
FACT_KINDS: tuple[FactKind, ...] = get_args(FactKind)
T = TypeVar("T")


def read_directory(directory: Path) -> dict[str, str]:
    """The YAML files below a directory as {relative path: text}; raises PackError when it is not a pack."""
    if not (directory / "pack.yaml").is_file():
        raise PackError("Không có tệp pack.yaml.", file=str(directory), hint="Chỉ tới đúng thư mục của bộ luật.")
    files: dict[str, str] = {}
    for path in sorted(directory.rglob("*.yaml")):
        name = path.relative_to(directory).as_posix()
        try:
            files[name] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            place = f"{directory.name}/{name}"
            raise PackError("Tệp không phải UTF-8.", file=place, hint="Lưu lại dưới dạng UTF-8.") from error
    if len(files) > MAX_FILES:
        raise PackError(f"Quá {MAX_FILES} tệp.", file=str(directory))
    return files


def load_pack(files: Mapping[str, str]) -> Pack:
    """Read a pack from its files; raises PackError with file:line and a hint at the first thing that is wrong."""
    head = _head(files)
    tables = {name: yamlfile.read(text, file=f"{head[0]}/{name}") for name, text in files.items()}
    content = {name: table.plain() for name, table in sorted(tables.items())}
    pack = _assemble(head, tables, canonical.digest(content))
    pack = _with_amendments(pack, tables)
    for name, table in tables.items():
        if name.split("/")[0] != "cases":
            table.finish()
    return pack


def _head(files: Mapping[str, str]) -> tuple[str, str]:
    if "pack.yaml" not in files:
        raise PackError("Không có tệp pack.yaml.", file="(bộ luật)")
    table = yamlfile.read(files["pack.yaml"], file="pack.yaml")
    return table.text("pack"), table.text("version")


def _assemble(head: tuple[str, str], tables: Mapping[str, Table], digest: str) -> Pack:
    name, version = head
    top = tables["pack.yaml"]
    top.text("pack"), top.text("version")
    layer = top.text("layer")
    if layer not in LAYERS:
        top.fail(f"Tầng “{layer}” không có.", key="layer", hint=f"Dùng: {', '.join(LAYERS)}.")
    sources = tuple(_each(tables, "sources.yaml", "sources", _source))
    parameters, sets = _parameters(tables)
    rules, tightens = _rules(tables)
    return Pack(
        name=name,
        version=version,
        label=top.text("label"),
        layer=layer,
        extends=top.text("extends", default="") or None,
        demo=top.flag("demo"),
        sources=sources,
        facts=tuple(_facts(tables)),
        parameters=parameters,
        sets=sets,
        rules=rules,
        tightens=tightens,
        limits=tuple(_each(tables, "limits.yaml", "limits", _limit, required=False)),
        ties=tuple(_each(tables, "limits.yaml", "ties", _tie, required=False)),
        votes=tuple(_each(tables, "votes.yaml", "votes", read_vote)),
        awards=tuple(award for group in _each(tables, "money.yaml", "awards", read_awards) for award in group),
        stacking=tuple(_each(tables, "money.yaml", "stacking", read_stacking, required=False)),
        deciders=tuple(_each(tables, "deciders.yaml", "deciders", read_decider)),
        dossiers=tuple(_each(tables, "dossiers.yaml", "dossiers", read_dossier)),
        drafts=(),
        digest=digest,
    )


def _with_amendments(pack: Pack, tables: Mapping[str, Table]) -> Pack:
    """The adopted amendments of a pack become versions, in order of their days; drafts are kept beside."""
    found = [read_amendment(tables[name]) for name in sorted(tables) if name.startswith("amendments/")]
    digest = pack.digest
    for item in sorted((item for item in found if item.adopted), key=lambda item: item.force.start):
        pack = amended(pack, item)
    drafts = tuple(item for item in found if not item.adopted)
    for item in drafts:
        amended(pack, item)
    return dataclasses.replace(pack, drafts=drafts, digest=digest)


def read_amendment(table: Table) -> Amendment:
    """One amendment (``yamlfile.read`` makes a table of its file); raises PackError."""
    status = table.text("status")
    if status not in AMENDMENT_STATES:
        table.fail(f"“status” không có mức “{status}”.", key="status", hint=f"Dùng: {', '.join(AMENDMENT_STATES)}.")
    adopted = status == "adopted"
    force = read_period(table)
    rules, tightens = _amended_rules(table, force)
    amendment = Amendment(
        key=table.text("amendment"),
        label=table.text("label"),
        adopted=adopted,
        force=force,
        cite=read_cite(table) if adopted or "cite" in table else None,
        values=tuple(_new_values(table)),
        rules=rules,
        tightens=tightens,
        spot=table.spot,
        digest=canonical.digest(table.plain()),
    )
    if not (amendment.values or rules or tightens):
        table.fail("Bản sửa đổi không sửa gì.", hint="Thêm “parameters” hoặc “rules”.")
    table.finish()
    return amendment


def _new_values(table: Table) -> Iterator[NewValue]:
    for row in table.tables("parameters", required=False):
        yield NewValue(name=row.text("name"), value=_value(row), spot=row.spot)
        row.finish()


def _amended_rules(table: Table, force: Period) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """New versions of rules (``title``) and of tightenings (``tighten``)."""
    rules: list[Rule] = []
    tightens: list[Rule] = []
    for row in table.tables("rules", required=False):
        row.asked += ["title", "tighten", "of", "name"]
        tightening = "tighten" in row
        if tightening and "title" in row:
            row.fail("Có cả “title” và “tighten”.", key="tighten", hint="Giữ một: “tighten” sửa phần siết thêm.")
        title = row.text("tighten" if tightening else "title")
        label = "" if tightening else row.text("name", default="")
        rule = _rule(row, title=title, kind=_of(row), name=label, force=force)
        (tightens if tightening else rules).append(rule)
    return tuple(rules), tuple(tightens)


def _each(
    tables: Mapping[str, Table], file: str, key: str, read: Callable[[Table], T], *, required: bool = True
) -> Iterator[T]:
    if file not in tables:
        return
    for row in tables[file].tables(key, required=required):
        value = read(row)
        row.finish()
        yield value


def _source(row: Table) -> Source:
    return Source(
        key=row.text("key"),
        name=row.text("name"),
        force=read_period(row),
        read=row.text("read"),
        spot=row.spot,
        amended_unread_from=row.date("amended_unread_from", required=False),
        amended_by=row.text("amended_by", default=""),
    )


def _facts(tables: Mapping[str, Table]) -> Iterator[Fact]:
    if "facts.yaml" not in tables:
        return
    for kind in KINDS:
        for row in tables["facts.yaml"].tables(kind, required=False):
            yield _fact(row, kind)
            row.finish()


def _fact(row: Table, of: Kind) -> Fact:
    kind = next((word for word in FACT_KINDS if word == row.text("kind")), None)
    if kind is None:
        row.fail(f"Không có kiểu dữ kiện “{row.text('kind')}”.", key="kind", hint=f"Dùng: {', '.join(FACT_KINDS)}.")
    labels: dict[str, str] = {}
    if "words" in row:
        words = row.table("words")
        labels = {word: words.text(word) for word in words.items}
    return Fact(
        name=row.text("name"),
        of=of,
        kind=kind,
        label=row.text("label"),
        spot=row.spot,
        words=tuple(labels),
        word_labels=labels,
        includes=row.words("includes"),
        key=row.flag("key"),
        fixed=row.flag("fixed"),
        per_year=row.flag("per_year"),
        per_month=row.flag("per_month"),
    )


def _parameters(tables: Mapping[str, Table]) -> tuple[tuple[Parameter, ...], tuple[Parameter, ...]]:
    own: list[Parameter] = []
    sets: list[Parameter] = []
    for name in sorted(tables):
        if name.startswith("parameters/"):
            tables[name].asked += ["parameters", "set"]
            if "parameters" in tables[name]:
                own += _each(tables, name, "parameters", _parameter)
            if "set" in tables[name]:
                sets += _each(tables, name, "set", _setting)
    return tuple(own), tuple(sets)


def _parameter(row: Table) -> Parameter:
    settable = row.words("settable_by")
    for layer in settable:
        if layer not in LAYERS:
            row.fail(f"Tầng “{layer}” không có.", key="settable_by", hint=f"Dùng: {', '.join(LAYERS)}.")
    return Parameter(
        name=row.text("name"),
        label=row.text("label"),
        settable=tuple(layer for layer in LAYERS if layer in settable),
        only=_only(row),
        spot=row.spot,
        versions=_versions(row),
    )


def _only(row: Table) -> Literal["lower", "higher"] | None:
    word = row.text("only", default="")
    if word not in ("", "lower", "higher"):
        row.fail(f"“only” không có hướng “{word}”.", key="only", hint="Dùng: lower, higher.")
    return "lower" if word == "lower" else "higher" if word == "higher" else None


def _setting(row: Table) -> Parameter:
    return Parameter(name=row.text("name"), label="", settable=(), only=None, spot=row.spot, versions=_versions(row))


def _versions(row: Table) -> tuple[ParameterVersion, ...]:
    versions: list[ParameterVersion] = []
    for item in row.tables("versions"):
        force = read_period(item)
        if any(force.overlaps(other.force) for other in versions):
            item.fail("Hai phiên bản chồng ngày lên nhau.", hint="Sửa “from” hoặc “to”.")
        value = None if item.flag("unread") else _value(item)
        versions.append(ParameterVersion(force=force, value=value, cite=read_cite(item), spot=item.spot))
        item.finish()
    return tuple(versions)


def _value(item: Table) -> Value:
    value = item.get("value", required=True)
    if isinstance(value, str) and "/" in value:
        return item.fraction("value")
    if isinstance(value, (bool, int, str)):
        return value
    return item.fail("“value” phải là số nguyên, phân số trong nháy, chữ hoặc true/false.", key="value")


def _rules(tables: Mapping[str, Table]) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    rules: list[Rule] = []
    tightens: list[Rule] = []
    for name in sorted(tables):
        if not name.startswith("rules/"):
            continue
        table = tables[name]
        tightening = "tighten" in table
        title = table.text("tighten") if tightening else table.text("title")
        kind = _of(table)
        label = "" if tightening else table.text("name")
        form = not tightening and table.flag("form")
        versions = [_rule(row, title=title, kind=kind, name=label, form=form) for row in table.tables("versions")]
        _check_apart(versions, table)
        (tightens if tightening else rules).extend(versions)
    return tuple(rules), tuple(tightens)


def _of(table: Table) -> Kind:
    kind = next((word for word in KINDS if word == table.text("of")), None)
    if kind is None:
        table.fail(f"“of” phải là {' hoặc '.join(KINDS)}.", key="of")
    return kind


def _rule(row: Table, *, title: str, kind: Kind, name: str, form: bool = False, force: Period | None = None) -> Rule:
    pending = row.table("pending") if "pending" in row else None
    rule = Rule(
        title=title,
        kind=kind,
        name=name,
        force=force or read_period(row),
        require=read_condition(row.table("require"), title=title, near=row),
        exclude=read_exclusions(row, title=title),
        pending=pending.text("fact") if pending else None,
        pending_by=pending.text("by") if pending else None,
        spot=row.spot,
        note=row.text("note", default=""),
        exclude_as=row.text("exclude_as", default="") or None,
        cite=read_cite(row) if "cite" in row else None,
        form=form,
    )
    if pending:
        pending.finish()
    row.asked += ["cite", "grade", "page", "pending"]
    row.finish()
    return rule


def _check_apart(rules: list[Rule], table: Table) -> None:
    for index, rule in enumerate(rules):
        if any(rule.force.overlaps(other.force) for other in rules[:index]):
            raise PackError(
                "Hai phiên bản chồng ngày lên nhau.",
                file=rule.spot.file,
                line=rule.spot.line,
                hint="Sửa “from” hoặc “to”.",
            )
    if not rules:
        table.fail("Phải có ít nhất một phiên bản.", key="versions", hint="Thêm một mục có “from”, “require”.")


def _limit(row: Table) -> Limit:
    return Limit(
        kind=_subject(row),
        title=row.text("title"),
        base=row.text("base"),
        share=Param(row.text("share")),
        rounding=Param(row.text("rounding")),
        scope=Param(row.text("scope")),
        rank_by=tuple(tuple(map(str.strip, entry.split("+"))) for entry in row.words("rank_by")),
        force=read_period(row),
        cite=read_cite(row),
        spot=row.spot,
    )


def _tie(row: Table) -> Tie:
    kind = _subject(row)
    first = read_leaf(row.table("first"), title=TIE, near=row)
    if first.when or first.over:
        row.fail("“first” không dùng “when”, “over”.", key="first", hint="Tách phiên bản theo ngày (from, to).")
    return Tie(kind=kind, first=first, force=read_period(row))


def _subject(row: Table) -> Kind:
    """``subject``: person where nothing is said, or unit."""
    word = row.text("subject", default="person")
    kind = next((kind for kind in KINDS if kind == word), None)
    if kind is None:
        row.fail(f"“subject” không có mức “{word}”.", key="subject", hint=f"Dùng: {', '.join(KINDS)}.")
    return kind
