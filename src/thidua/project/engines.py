"""Where facts are held while they are judged: DuckDB in memory (default), PostgreSQL or Apache Spark.

Spark is an optional group of packages and needs Java. Its master is the one that Spark itself is told (the file
``spark-defaults.conf`` or ``spark-submit``); ``THIDUA_SPARK_MASTER`` names another; without either it runs here.
"""

import contextlib
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import ibis
import ibis.expr.types as ir
import psycopg
import pyarrow as pa

from thidua.core.law.evaluate import BATCH, Facts, in_memory
from thidua.project import postgres
from thidua.project.faults import Fault

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

TABLES = ("facts_people", "facts_units")
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
    connection = ibis.pyspark.connect(session)
    for name, table in zip(TABLES, (people, units), strict=True):
        session.createDataFrame(table).createOrReplaceTempView(name)
    held = [connection.table(name) for name in TABLES]

    def fetch(wide: ir.Table) -> list[pa.RecordBatch]:
        # Ibis would bring the rows out through pandas; Spark hands them out as they are.
        found: pa.Table = session.sql(connection.compile(wide)).toArrow()
        return found.to_batches(max_chunksize=BATCH)

    return Facts(people=held[0], units=held[1], fetch=fetch)
