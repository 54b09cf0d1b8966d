"""Where facts are held while they are judged: DuckDB in memory (default) or PostgreSQL in temporary tables."""

import contextlib
from collections.abc import Iterator

import ibis
import psycopg
import pyarrow as pa

from thidua.core.law.evaluate import Facts, in_memory
from thidua.project import postgres
from thidua.project.faults import Fault

TABLES = ("facts_people", "facts_units")


@contextlib.contextmanager
def hold_facts(people: pa.Table, units: pa.Table, *, engine: str) -> Iterator[Facts]:
    """Hold two fact tables on an engine (``duckdb`` or ``postgres``) for the length of the block."""
    if engine == "duckdb":
        with in_memory(people, units) as facts:
            yield facts
    else:
        with postgres.database_url() as url, _disconnected(_connected(url)) as connection:
            yield _load(connection, people, units)


@contextlib.contextmanager
def _disconnected(connection: ibis.BaseBackend) -> Iterator[ibis.BaseBackend]:
    try:
        yield connection
    finally:
        connection.disconnect()


def _connected(url: str) -> ibis.BaseBackend:
    try:
        return _connect_postgres(url)
    except psycopg.Error as error:
        raise Fault("Không nối được cơ sở dữ liệu. Kiểm tra DATABASE_URL và máy chủ PostgreSQL.") from error


def _connect_postgres(url: str) -> ibis.BaseBackend:
    """Ibis takes the parts of an address, not a socket folder in its query, so psycopg reads them first."""
    parts = psycopg.conninfo.conninfo_to_dict(url)
    return ibis.postgres.connect(
        host=parts.get("host"),
        port=int(parts.get("port") or 5432),
        user=parts.get("user"),
        password=parts.get("password"),
        database=parts.get("dbname"),
    )


def _load(connection: ibis.BaseBackend, people: pa.Table, units: pa.Table) -> Facts:
    held = [
        connection.create_table(name, table, temp=True) for name, table in zip(TABLES, (people, units), strict=True)
    ]
    return Facts(people=held[0], units=held[1])
