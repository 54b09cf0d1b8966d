"""Strict YAML: what a jurist writes is what is read. No duplicate keys, no floats, no tags, every value has a line.

The result is made of ``Table`` (a mapping that knows its file and lines) and ``Rows`` (a list likewise).
"""

import contextlib
import datetime
import difflib
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import NoReturn

import yaml

from thidua.core.law.errors import PackError
from thidua.core.law.terms import Spot

MAX_BYTES = 1_000_000
SHALLOW = 4_000  # levels; libyaml's reader overruns the stack somewhere past four times as many
SCALARS: dict[str, Callable[[str], object]] = {
    "tag:yaml.org,2002:str": str,
    "tag:yaml.org,2002:int": int,
    "tag:yaml.org,2002:null": lambda _: None,
}


class Rows(list[object]):
    """A YAML list; ``spots[i]`` is where item i stands."""

    def __init__(self, items: list[object], spots: list[Spot]) -> None:
        super().__init__(items)
        self.spots = spots


class Table:
    """A YAML mapping that is read key by key and complains of keys nobody asked for."""

    def __init__(self, items: dict[str, object], *, spot: Spot, spots: dict[str, Spot]) -> None:
        self.items = items
        self.spot = spot
        self.spots = spots
        self.asked: list[str] = []

    def __contains__(self, key: str) -> bool:
        return key in self.items

    def plain(self) -> object:
        """The same content as dicts and lists, for hashing."""
        return _plain(self)

    def fail(self, message: str, *, key: str | None = None, hint: str = "") -> NoReturn:
        """Raise PackError at this table or at one of its keys."""
        spot = self.spots.get(key, self.spot) if key else self.spot
        raise PackError(message, file=spot.file, line=spot.line, hint=hint)

    def get(self, key: str, *, required: bool = False) -> object:
        """The raw value of a key; None when absent, or PackError when it is required."""
        self.asked.append(key)
        if required and key not in self.items:
            self.fail(f"Thiếu khóa “{key}”.", hint="Thêm khóa này.")
        return self.items.get(key)

    def text(self, key: str, *, default: str | None = None) -> str:
        """A text; required unless a default is given."""
        value = self.get(key, required=default is None)
        if value is None and default is not None:
            return default
        if not isinstance(value, str):
            self.fail(f"“{key}” phải là chữ.", key=key, hint="Đặt trong dấu nháy nếu cần.")
        return value

    def flag(self, key: str, *, default: bool = False) -> bool:
        """true or false."""
        value = self.get(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.fail(f"“{key}” phải là true hoặc false.", key=key)
        return value

    def date(self, key: str, *, required: bool = True) -> datetime.date | None:
        """A date written YYYY-MM-DD."""
        value = self.get(key, required=required)
        if value is None:
            return None
        if not isinstance(value, datetime.date):
            self.fail(f"“{key}” phải là ngày có thật, viết NNNN-TT-NN.", key=key)
        return value

    def words(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty when absent."""
        value = self.get(key)
        if value is None:
            return ()
        if not isinstance(value, Rows) or not all(isinstance(item, str) for item in value):
            self.fail(f"“{key}” phải là danh sách chữ.", key=key)
        return tuple(str(item) for item in value)

    def fraction(self, key: str) -> Fraction:
        """An exact share or multiple: a whole number or text such as "15/100" or "4.5"."""
        value = self.get(key, required=True)
        if isinstance(value, bool) or not isinstance(value, (int, str)):
            self.fail(f"“{key}” phải là số nguyên hoặc phân số trong nháy.", key=key, hint='Ví dụ "15/100".')
        try:
            return Fraction(value)
        except (ValueError, ZeroDivisionError):
            self.fail(f"“{key}” không phải phân số: {value}.", key=key, hint='Ví dụ "15/100".')

    def table(self, key: str) -> "Table":
        """A required mapping."""
        value = self.get(key, required=True)
        if not isinstance(value, Table):
            self.fail(f"“{key}” phải là một nhóm khóa.", key=key)
        return value

    def tables(self, key: str, *, required: bool = True) -> Iterator["Table"]:
        """A list of mappings."""
        value = self.get(key, required=required)
        if value is None:
            return
        if not isinstance(value, Rows):
            self.fail(f"“{key}” phải là danh sách.", key=key)
        for item in value:
            if not isinstance(item, Table):
                self.fail(f"Mỗi mục của “{key}” phải là một nhóm khóa.", key=key)
            yield item

    def finish(self) -> None:
        """Raise PackError for the first key nobody asked for, with the nearest known one."""
        for key in self.items:
            if key not in self.asked:
                near = difflib.get_close_matches(key, self.asked, n=1)
                hint = f"Có phải “{near[0]}”?" if near else f"Các khóa dùng được: {', '.join(self.asked)}."
                self.fail(f"Không có khóa “{key}”.", key=key, hint=hint)


def read(text: str, *, file: str) -> Table:
    """Read one YAML file whose top is a mapping; raises PackError with file and line."""
    if len(text) > MAX_BYTES:
        raise PackError("Tệp quá lớn.", file=file, hint="Một tệp luật không quá 1 MB.")
    try:
        return _read(text, file=file)
    except RecursionError as error:
        raise PackError("Tệp lồng quá sâu.", file=file, hint="Một tệp luật chỉ cần vài tầng.") from error


def _compose(text: str) -> yaml.Node | None:
    """The text as nodes. libyaml reads four times as fast; PyYAML's own reader is kept for what is deep or wrong.

    A level takes a bracket, or at least half a column of the longest line. Errors are worded by one reader only.
    """
    levels = text.count("[") + text.count("{") + 2 * max(map(len, text.splitlines()), default=0)
    if yaml.__with_libyaml__ and levels < SHALLOW:
        with contextlib.suppress(yaml.YAMLError):
            return yaml.compose(text, Loader=yaml.CSafeLoader)
    return yaml.compose(text, Loader=yaml.SafeLoader)


def _read(text: str, *, file: str) -> Table:
    try:
        node = _compose(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        hint = "Xem lại thụt đầu dòng và dấu nháy."
        raise PackError(f"Không phải YAML: {error.problem}.", file=file, line=line, hint=hint) from error
    except yaml.YAMLError as error:
        raise PackError("Không phải YAML.", file=file, hint="Bỏ ký tự điều khiển.") from error
    if node is None:
        raise PackError("Tệp trống.", file=file, hint="Viết nội dung hoặc xóa tệp.")
    _refuse_aliases(node, file=file, seen=set())
    value = _build(node, file=file)
    if not isinstance(value, Table):
        raise PackError("Đầu tệp phải là nhóm khóa “khóa: giá trị”.", file=file, line=1)
    return value


def _refuse_aliases(node: yaml.Node, *, file: str, seen: set[int]) -> None:
    """An alias is the same node met twice; a few of them can unfold to billions of values."""
    if id(node) in seen:
        line = node.start_mark.line + 1
        raise PackError("Không dùng neo (&) và bí danh (*).", file=file, line=line, hint="Chép giá trị ra.")
    seen.add(id(node))
    if isinstance(node, yaml.CollectionNode):
        for child in node.value:
            for part in child if isinstance(child, tuple) else (child,):
                _refuse_aliases(part, file=file, seen=seen)


def _build(node: yaml.Node, *, file: str) -> object:
    spot = Spot(file, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        return _build_table(node, spot=spot)
    if isinstance(node, yaml.SequenceNode):
        items = [_build(child, file=file) for child in node.value]
        return Rows(items, [Spot(file, child.start_mark.line + 1) for child in node.value])
    return _scalar(node, spot=spot)


def _build_table(node: yaml.MappingNode, *, spot: Spot) -> Table:
    items: dict[str, object] = {}
    spots: dict[str, Spot] = {}
    for key_node, value_node in node.value:
        here = Spot(spot.file, key_node.start_mark.line + 1)
        key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
        if not isinstance(key, str) or key_node.tag != "tag:yaml.org,2002:str":
            raise PackError("Khóa phải là chữ.", file=here.file, line=here.line, hint="Đặt trong dấu nháy nếu cần.")
        if key in items:
            raise PackError(f"Khóa “{key}” lặp lại.", file=here.file, line=here.line, hint="Giữ một khóa.")
        items[key] = _build(value_node, file=spot.file)
        spots[key] = here
    return Table(items, spot=spot, spots=spots)


def _scalar(node: yaml.Node, *, spot: Spot) -> object:
    tag = node.tag
    if tag == "tag:yaml.org,2002:bool":
        if node.value not in ("true", "false"):
            hint = "Viết true hoặc false; chữ thì đặt trong nháy."
            raise PackError(f"“{node.value}” có thể hiểu là có hoặc không.", file=spot.file, line=spot.line, hint=hint)
        return node.value == "true"
    if tag == "tag:yaml.org,2002:timestamp":
        try:
            return datetime.date.fromisoformat(node.value)
        except ValueError as error:
            hint = "Viết NNNN-TT-NN, ngày có thật."
            raise PackError(f"Ngày sai: {node.value}.", file=spot.file, line=spot.line, hint=hint) from error
    if tag == "tag:yaml.org,2002:float":
        hint = 'Viết phân số trong nháy, ví dụ "15/100".'
        raise PackError(f"Số thập phân {node.value} không chính xác.", file=spot.file, line=spot.line, hint=hint)
    if tag not in SCALARS:
        raise PackError(f"Không dùng thẻ {tag}.", file=spot.file, line=spot.line, hint="Bỏ thẻ, viết giá trị thường.")
    try:
        return SCALARS[tag](node.value)
    except ValueError as error:
        hint = "Viết số nguyên thường, ví dụ 10."
        raise PackError(f"Số sai: {node.value}.", file=spot.file, line=spot.line, hint=hint) from error


def _plain(value: object) -> object:
    if isinstance(value, Table):
        return {key: _plain(item) for key, item in value.items.items()}
    if isinstance(value, Rows):
        return [_plain(item) for item in value]
    return value
