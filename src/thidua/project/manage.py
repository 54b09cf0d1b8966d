"""Django for commands that need it: the database running, the schema up to date."""

import contextlib
import os
from collections.abc import Iterator

import django
import psycopg
from django.core.management import call_command
from django.db import connection

from thidua.project import postgres
from thidua.project.faults import Fault


@contextlib.contextmanager
def site_database(*, database: str | None = None, fresh: bool = False) -> Iterator[None]:
    """Django set up on a database that answers and whose schema is current; ``fresh`` drops what was there before."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thidua.project.settings")
    if database and not os.environ.get("DATABASE_URL"):
        os.environ["THIDUA_DATABASE"] = database
    if given := os.environ.get("DATABASE_URL"):
        if not given.startswith(("postgres://", "postgresql://")):
            raise Fault("DATABASE_URL phải bắt đầu bằng postgresql://. Sửa biến này, hoặc bỏ để dùng máy chủ đi kèm.")
        if fresh:
            raise Fault("Lệnh này dựng lại cơ sở dữ liệu nên không chạy trên DATABASE_URL. Bỏ biến này rồi chạy lại.")
        _set_up()
        with _told_if_lost():
            yield
        return
    with postgres.running():
        _create(os.environ.get("THIDUA_DATABASE", "thidua"), fresh=fresh)
        _set_up()
        with _told_if_lost():
            yield
        connection.close()


@contextlib.contextmanager
def _told_if_lost() -> Iterator[None]:
    """A database that goes away under us is one clear sentence; what was not committed is not there."""
    try:
        yield
    except (django.db.OperationalError, django.db.InterfaceError) as error:
        raise Fault("Cơ sở dữ liệu dừng giữa chừng; việc đang làm dở không được ghi. Chạy lại lệnh này.") from error


def _create(name: str, *, fresh: bool) -> None:
    with psycopg.connect(postgres.embedded_url("postgres"), autocommit=True) as admin:
        quoted = psycopg.sql.Identifier(name)
        if fresh:
            admin.execute(psycopg.sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(quoted))
        if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            admin.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(quoted))


def _set_up() -> None:
    django.setup()
    try:
        call_command("migrate", interactive=False, verbosity=0)
    except django.db.OperationalError as error:
        raise Fault(f"Không nối được cơ sở dữ liệu: {str(error).splitlines()[0]}") from error
