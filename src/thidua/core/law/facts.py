"""Facts files: CSV or Parquet to typed Arrow tables, or one clear sentence about what is wrong and where.

Checks are made column by column over the whole file, so that two million rows cost seconds; only the first
offending row is named.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

from thidua.core.law.errors import FactsError
from thidua.core.law.evaluate import KEYS
from thidua.core.law.schema import Fact, Ruleset
from thidua.core.law.terms import Kind
from thidua.core.law.walk import over_column

MAX_COLUMNS = 20_000
MOST = 1_000_000_000  # more of anything than there are people; products with it stay exact in 64 bits
TYPES: dict[str, pa.DataType] = {
    "bool": pa.bool_(),
    "count": pa.int64(),
    "scale": pa.string(),
    "choice": pa.string(),
    "text": pa.string(),
}
REQUIRED: dict[Kind, tuple[str, ...]] = {"person": ("person_id", "year"), "unit": ("unit_id", "year")}


@dataclass(frozen=True, slots=True)
class FactsFile:
    """One file's facts as an Arrow table with exactly the declared columns, and the warnings it gave."""

    table: pa.Table
    warnings: tuple[str, ...]


def read_facts(path: Path, *, kind: Kind, ruleset: Ruleset) -> FactsFile:
    """Read a facts file of people or units; raises FactsError naming file, row and column."""
    raw = _read(path)
    return check_facts(raw, kind=kind, ruleset=ruleset, file=path.name)


def check_facts(raw: pa.Table, *, kind: Kind, ruleset: Ruleset, file: str) -> FactsFile:
    """Type and check a raw table against the declared facts of ``kind``."""
    declared = ruleset.facts_of(kind)
    if raw.num_columns > MAX_COLUMNS:
        raise FactsError(f"Có {raw.num_columns} cột, nhiều nhất {MAX_COLUMNS}.", file=file)
    if len(set(raw.column_names)) != raw.num_columns:
        twice = sorted({name for name in raw.column_names if raw.column_names.count(name) > 1})
        raise FactsError(f"Cột lặp lại: {', '.join(twice)}.", file=file, remedy="Giữ một cột.")
    for name in REQUIRED[kind]:
        if name not in raw.column_names:
            raise FactsError("Thiếu cột khóa.", file=file, column=name, remedy="Thêm cột này vào tệp.")
    # Columns that the file lacks share one array a type: two million rows of nothing, sixty times, are a gigabyte.
    absent = {type_: pa.nulls(raw.num_rows, type=type_) for type_ in set(TYPES.values())}
    columns = [
        _column(raw, fact, file=file) if fact.name in raw.column_names else absent[TYPES[fact.kind]]
        for fact in declared
    ]
    table = pa.table(columns, names=[fact.name for fact in declared])
    _check_keys(table, kind=kind, file=file)
    return FactsFile(table=table, warnings=_warnings(raw, declared, file=file))


def fact_table(
    ruleset: Ruleset, rows: Sequence[Mapping[str, object]], *, kind: Kind, counted_years: Sequence[int] = ()
) -> pa.Table:
    """Rows made by our own program as a table of every declared fact, and of the counts over several years."""
    fields = [(fact.name, TYPES[fact.kind]) for fact in ruleset.facts_of(kind)]
    counts = [fact.name for fact in ruleset.facts_of(kind) if _is_widening(fact, ruleset)]
    fields += [(over_column(name, years), pa.int64()) for years in counted_years for name in counts]
    return pa.table({name: pa.array([row.get(name) for row in rows], type=type_) for name, type_ in fields})


def suits(fact: Fact, value: object) -> bool:
    """Whether a known value is one that a fact can have."""
    if fact.kind == "bool":
        return isinstance(value, bool)
    if fact.kind == "count":
        return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST
    return isinstance(value, str) and (not fact.words or value in fact.words)


def _is_widening(fact: Fact, ruleset: Ruleset) -> bool:
    """Whether a count takes part in the scopes of an initiative or research topic."""
    return bool(fact.includes) or any(fact.name in other.includes for other in ruleset.facts_of(fact.of))


def check_one_year(tables: Sequence[tuple[str, pa.Table]]) -> int | None:
    """All rows of all files bear one year; returns it, or None for 0 rows; raises FactsError otherwise."""
    seen: int | None = None
    for file, table in tables:
        for year in pc.unique(table["year"]).to_pylist():
            if seen is not None and year != seen:
                row = table["year"].to_pylist().index(year) + 2
                raise FactsError(
                    f"Có nhiều năm ({seen} và {year}).",
                    file=file,
                    column="year",
                    row=row,
                    remedy="Mỗi lần chỉ một năm.",
                )
            seen = year
    return seen


def _read(path: Path) -> pa.Table:
    if not path.is_file():
        message = "Đây là thư mục." if path.is_dir() else "Không có tệp này."
        raise FactsError(message, file=str(path), remedy="Kiểm tra đường dẫn.")
    try:
        with path.open("rb") as stream:
            if stream.read(4) == b"PAR1":
                return pyarrow.parquet.read_table(path)
    except (pa.ArrowException, OSError) as error:
        raise FactsError("Không đọc được tệp Parquet này.", file=path.name, remedy="Xuất lại tệp.") from error
    return _read_csv(path)


def _read_csv(path: Path) -> pa.Table:
    head = path.read_bytes()[:4096]
    if not head.strip():
        raise FactsError("Tệp trống.", file=path.name, remedy="Tệp CSV phải có dòng tên cột.")
    if b"\0" in head:
        raise FactsError("Không phải CSV UTF-8.", file=path.name, remedy="Lưu lại dưới dạng CSV UTF-8 hoặc Parquet.")
    try:
        names = pyarrow.csv.open_csv(path).schema.names
        convert = pyarrow.csv.ConvertOptions(
            column_types={name: pa.string() for name in names}, strings_can_be_null=True, null_values=[""]
        )
        return pyarrow.csv.read_csv(path, convert_options=convert)
    except pa.ArrowInvalid as error:
        if "UTF8" in str(error):
            remedy = "Lưu lại dưới dạng CSV UTF-8 hoặc Parquet."
            raise FactsError("Không phải CSV UTF-8.", file=path.name, remedy=remedy) from error
        found = re.search(r"[Rr]ow #?(\d+)", str(error))
        row = int(found[1]) if found else 0
        raise FactsError("CSV hỏng: số cột không đều.", file=path.name, row=row, remedy="Sửa dòng này.") from error
    except UnicodeDecodeError as error:
        remedy = "Lưu lại dưới dạng CSV UTF-8 hoặc Parquet."
        raise FactsError("Không phải CSV UTF-8.", file=path.name, remedy=remedy) from error


def _column(raw: pa.Table, fact: Fact, *, file: str) -> pa.Array:
    given = raw[fact.name].combine_chunks()
    if pa.types.is_dictionary(given.type):
        given = given.dictionary_decode()
    typed = _typed(given, fact, file=file)
    _check_values(typed, fact, file=file)
    return typed


def _typed(given: pa.Array, fact: Fact, *, file: str) -> pa.Array:
    wanted = TYPES[fact.kind]
    if given.type == wanted:
        return given
    if pa.types.is_null(given.type):
        return pa.nulls(len(given), type=wanted)
    if pa.types.is_string(given.type) or pa.types.is_large_string(given.type):
        return _from_text(given.cast(pa.string()), fact, file=file)
    whole = pa.types.is_integer(given.type)
    if wanted == pa.int64() and (whole or pa.types.is_floating(given.type)):
        return _whole(given, fact, file=file)
    if wanted == pa.string() and whole and fact.kind == "text":
        return given.cast(pa.string())
    raise FactsError(f"Kiểu {given.type} không phải {_kind_name(fact)}.", file=file, column=fact.name, row=2)


def _whole(given: pa.Array, fact: Fact, *, file: str) -> pa.Array:
    if pa.types.is_floating(given.type):  # programs that have no missing integers write NaN for them
        given = pc.if_else(pc.is_nan(given), pa.scalar(None, given.type), given)
    try:
        return given.cast(pa.int64())
    except pa.ArrowInvalid as error:
        values = given.to_pylist()
        row = next((i for i, v in enumerate(values) if v is not None and not float(v).is_integer()), 0) + 2
        raise FactsError("Không phải số nguyên.", file=file, column=fact.name, row=row) from error


def _from_text(given: pa.Array, fact: Fact, *, file: str) -> pa.Array:
    trimmed = pc.utf8_trim_whitespace(given)
    trimmed = pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, pa.string()), trimmed)
    if fact.kind in ("scale", "choice", "text"):
        return trimmed
    if fact.kind == "bool":
        _refuse(pc.invert(pc.is_in(trimmed, pa.array(["true", "false"]))), trimmed, fact, file=file)
        return pc.equal(trimmed, "true")
    _refuse(pc.invert(pc.match_substring_regex(trimmed, r"^-?[0-9]{1,18}$")), trimmed, fact, file=file)
    return trimmed.cast(pa.int64())


def _check_values(typed: pa.Array, fact: Fact, *, file: str) -> None:
    if fact.kind in ("scale", "choice"):
        _refuse(pc.invert(pc.is_in(typed, pa.array(list(fact.words)))), typed, fact, file=file)
    if fact.kind == "count":
        _refuse(pc.or_(pc.less(typed, 0), pc.greater(typed, MOST)), typed, fact, file=file)


def _refuse(wrong: pa.Array, values: pa.Array, fact: Fact, *, file: str) -> None:
    """Raise FactsError at the first row where ``wrong`` is true and there is a value."""
    bad = pc.and_(pc.fill_null(wrong, False), pc.is_valid(values))
    place = pc.index(bad, True).as_py()
    if place < 0:
        return
    value = values[place].as_py()
    words = f" Dùng: {', '.join(fact.words)}." if fact.words else ""
    raise FactsError(
        f"Giá trị “{value}” không phải {_kind_name(fact)}.{words}",
        file=file,
        column=fact.name,
        row=place + 2,
        remedy="Sửa ô này; để trống nếu chưa biết.",
    )


def _kind_name(fact: Fact) -> str:
    names = {"bool": "true hoặc false", "count": "số nguyên từ 0 tới một tỷ", "text": "chữ"}
    return names.get(fact.kind, "một từ đã khai")


def _check_keys(table: pa.Table, *, kind: Kind, file: str) -> None:
    for name in REQUIRED[kind]:
        place = pc.index(pc.is_null(table[name]), True).as_py()
        if place >= 0:
            raise FactsError("Khóa để trống.", file=file, column=name, row=place + 2, remedy="Điền mã.")
    key = KEYS[kind]
    counts = table.group_by(key).aggregate([(key, "count")])
    twice = counts.filter(pc.greater(counts[f"{key}_count"], 1))
    if twice.num_rows:
        row, value = _second(table[key].to_pylist())
        raise FactsError(f"Mã “{value}” lặp lại.", file=file, column=key, row=row, remedy="Mỗi mã một dòng.")


def _second(values: list[str]) -> tuple[int, str]:
    """Where the first value that occurs again does so (as a row of the file), and the value."""
    seen: set[str] = set()
    for row, value in enumerate(values, start=2):
        if value in seen:
            return row, value
        seen.add(value)
    raise AssertionError("the count above said that one occurs twice")


def _warnings(raw: pa.Table, declared: Sequence[Fact], *, file: str) -> tuple[str, ...]:
    known = {fact.name for fact in declared}
    absent = [fact.name for fact in declared if fact.name not in raw.column_names]
    extra = [name for name in raw.column_names if name not in known]
    found = [f"{file}: thiếu {len(absent)} cột: {_first(absent)}; coi là chưa biết ở mọi dòng."] if absent else []
    if extra:
        found.append(f"{file}: bỏ qua {len(extra)} cột không khai báo: {_first(extra)}.")
    return tuple(found)


def _first(names: Sequence[str]) -> str:
    """A few names of many: the columns of the contract are declared first, so they are the ones that show."""
    return ", ".join(names[:10]) + (" …" if len(names) > 10 else "")
