"""The database's life: found again after kill -9, shared while somebody uses it, ended with the last."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from thidua.project import postgres
from thidua.project.cli import main
from thidua.project.faults import Fault

HOLD = """
import sys, time
from pathlib import Path
from thidua.project import postgres
with postgres.running(data=Path(sys.argv[1]), durable=False):
    print("ready", flush=True)
    time.sleep(600)
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("kho")
    yield folder
    assert postgres.Cluster(folder).pid() is None, "a server was left behind"


def hold(data: Path) -> "subprocess.Popen[str]":
    """Another process that uses the cluster."""
    child = subprocess.Popen([sys.executable, "-c", HOLD, str(data)], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    return child


def end(child: "subprocess.Popen[str]", how: signal.Signals) -> None:
    child.send_signal(how)
    child.wait(timeout=60)
    assert child.stdout is not None
    child.stdout.close()


def test_a_server_left_by_a_killed_process_is_taken_over_and_ended(data: Path) -> None:
    child = hold(data)
    left = postgres.Cluster(data).pid()
    end(child, signal.SIGKILL)
    assert postgres.Cluster(data).pid() == left
    with postgres.running(data=data, durable=False) as cluster:
        assert cluster.pid() == left
        with psycopg.connect(postgres.embedded_url("postgres", data=data)) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)


def test_interrupting_ends_the_server(data: Path) -> None:
    child = hold(data)
    end(child, signal.SIGINT)
    assert postgres.Cluster(data).pid() is None


def test_the_server_stays_while_another_process_uses_it(data: Path) -> None:
    child = hold(data)
    with postgres.running(data=data, durable=False) as cluster:
        shared = cluster.pid()
    assert postgres.Cluster(data).pid() == shared
    end(child, signal.SIGINT)
    assert postgres.Cluster(data).pid() is None


def test_a_killed_server_comes_back_with_what_was_committed(data: Path) -> None:
    with postgres.running(data=data, durable=True) as cluster:
        with psycopg.connect(postgres.embedded_url("postgres", data=data)) as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS kept (n int)")
            connection.execute("INSERT INTO kept VALUES (1)")
        half = psycopg.connect(postgres.embedded_url("postgres", data=data))
        half.execute("INSERT INTO kept VALUES (2)")
        pid = cluster.pid()
        assert pid
        os.kill(pid, signal.SIGKILL)
        while cluster.pid() is not None:
            time.sleep(0.05)
        half.close()
    time.sleep(0.5)
    with (
        postgres.running(data=data, durable=True),
        psycopg.connect(postgres.embedded_url("postgres", data=data)) as connection,
    ):
        assert connection.execute("SELECT n FROM kept").fetchall() == [(1,)]


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "luu.txt").write_text("của người khác")
    with pytest.raises(Fault, match="không phải kho dữ liệu của thidua"):
        postgres.Cluster(tmp_path).start()
    assert (tmp_path / "postgres" / "luu.txt").read_text() == "của người khác"


def test_a_data_folder_that_is_a_file_is_said(tmp_path: Path) -> None:
    file = tmp_path / "tep"
    file.write_text("")
    with pytest.raises(Fault, match="Đặt THIDUA_DATA sang nơi khác"):
        postgres.Cluster(file).start()


def test_a_taken_port_is_said_before_anything_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    monkeypatch.setenv("THIDUA_DATA", str(tmp_path / "kho"))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert main(["demo", "--out", str(tmp_path / "out"), "--serve", "--port", port]) == 1
    assert not (tmp_path / "kho").exists()
    assert not (tmp_path / "out").exists()


def test_a_socket_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    data = tmp_path / "kho"
    folder = postgres.socket_directory(data)
    folder.symlink_to(tmp_path)
    try:
        with pytest.raises(Fault, match="không phải của ta"):
            postgres.Cluster(data).start()
    finally:
        folder.unlink()
