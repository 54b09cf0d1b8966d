"""Where facts are held while they are judged: DuckDB in memory (default), PostgreSQL or Apache Spark.

Spark is an optional group of packages and needs Java. Its master is the one that Spark itself is told (the file
``spark-defaults.conf`` or ``spark-submit``); ``THIDUA_SPARK_MASTER`` names another; without either it runs here.
"""

import contextlib
import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import ibis
import psycopg
import pyarrow as pa

from thidua.core.law.evaluate import BATCH, Facts, in_memory, unbound
from thidua.core.law.terms import Kind
from thidua.project import postgres
from thidua.project.faults import Fault

if TYPE_CHECKING:
    import ibis.expr.types as ir
    from ibis.backends.postgres import Backend as PostgresBackend
    from pyspark.sql import SparkSession

TABLES: dict[Kind, str] = {"person": "facts_people", "unit": "facts_units"}
SPARK_MASTER = "THIDUA_SPARK_MASTER"
SPARK_CALM = {
    "spark.log.level": "ERROR",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.sql.shuffle.partitions": "8",
    "spark.sql.session.timeZone": "UTC",
}


@contextlib.contextmanager
def hold_facts(people: pa.Table, units: pa.Table, *, engine: str) -> Iterator[Facts]:
    """Hold two fact tables on an engine: ``duckdb``, ``postgres`` or ``spark``. Raises Fault."""
    if engine == "duckdb":
        with in_memory(people, units) as facts:
            yield facts
    elif engine == "postgres":
        with postgres.database_url() as url, _disconnected(_connected(url)) as connection:
            yield _load(connection, people, units)
    else:
        with _spark_session() as session:
            yield _load_spark(session, people, units)


@contextlib.contextmanager
def _disconnected(connection: "PostgresBackend") -> "Iterator[PostgresBackend]":
    try:
        yield connection
    finally:
        connection.disconnect()


def _connected(url: str) -> "PostgresBackend":
    try:
        return _connect_postgres(url)
    except psycopg.Error as error:
        raise Fault("Không nối được cơ sở dữ liệu. Kiểm tra DATABASE_URL và máy chủ PostgreSQL.") from error


def _connect_postgres(url: str) -> "PostgresBackend":
    """Ibis takes the parts of an address, not a socket folder in its query, so psycopg reads them first."""
    parts = psycopg.conninfo.conninfo_to_dict(url)
    return ibis.postgres.connect(
        host=parts.get("host"),
        port=int(parts.get("port") or 5432),
        user=parts.get("user"),
        password=parts.get("password"),
        database=parts.get("dbname"),
    )


def _load(connection: "PostgresBackend", people: pa.Table, units: pa.Table) -> Facts:
    for name, table in zip(TABLES.values(), (people, units), strict=True):
        connection.create_table(name, table, temp=True)

    def run(sql: str) -> Iterable[pa.RecordBatch]:
        yield from connection.sql(sql).to_pyarrow_batches(chunk_size=BATCH)

    return Facts(_unbound(people, units), "postgres", run)


def _unbound(people: pa.Table, units: pa.Table) -> "dict[Kind, ir.Table]":
    held = zip(TABLES.items(), (people, units), strict=True)
    return {kind: unbound(table, name) for (kind, name), table in held}


@contextlib.contextmanager
def _spark_session() -> "Iterator[SparkSession]":
    try:
        from pyspark.errors import PySparkException, PySparkRuntimeError
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise Fault("Chưa cài Apache Spark: chạy “make spark” một lần, hoặc dùng --engine duckdb.") from error
    builder = SparkSession.builder.appName("thidua")
    for name, value in SPARK_CALM.items():
        builder = builder.config(name, value)
    if master := os.environ.get(SPARK_MASTER):
        builder = builder.master(master)
    try:
        session = builder.getOrCreate()
    except PySparkRuntimeError as error:
        raise Fault(
            "Không khởi động được Apache Spark. Cài Java 17 (gói openjdk-17-jre-headless của Debian) "
            f"và kiểm tra {SPARK_MASTER}, hoặc dùng --engine duckdb."
        ) from error
    try:
        yield session
    except PySparkException as error:
        raise Fault(f"Apache Spark dừng giữa chừng: {str(error).splitlines()[0]}") from error
    finally:
        session.stop()


def _load_spark(session: "SparkSession", people: pa.Table, units: pa.Table) -> Facts:
    for name, table in zip(TABLES.values(), (people, units), strict=True):
        session.createDataFrame(table).createOrReplaceTempView(name)

    def run(sql: str) -> Iterable[pa.RecordBatch]:
        found: pa.Table = session.sql(sql).toArrow()
        return found.to_batches(max_chunksize=BATCH)

    return Facts(_unbound(people, units), "pyspark", run)
