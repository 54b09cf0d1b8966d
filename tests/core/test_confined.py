"""Work in a process of its own: answers come back, and none of its ends reaches the caller."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from thidua.core.confined import MIB, BrokeDown, TooLong, TooMuch, confined

ROOM = 400 * MIB
TESTS = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def found_by_the_other_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other process looks for this module too."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(TESTS), os.environ.get("PYTHONPATH", "")]))


def said(data: bytes, *, word: str) -> dict[str, object]:
    print("what a parser prints is no answer")
    return {"bytes": len(data), "word": word}


def sleeps(data: bytes) -> None:
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    with open(data.decode(), "w") as stream:
        stream.write(str(child.pid))
    time.sleep(60)


def turns(data: bytes) -> None:
    while True:
        pass


def fills(data: bytes) -> int:
    return len(bytearray(ROOM * 4))


def falls(data: bytes) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def fails(data: bytes) -> None:
    raise ValueError("đuôi tệp lạ")


def test_an_answer_comes_back() -> None:
    found = confined("core.test_confined:said", b"abc\n\x00", seconds=30, memory=ROOM, word="đỏ")
    assert found == {"bytes": 5, "word": "đỏ"}


def test_what_takes_too_long_is_ended_with_its_children(tmp_path: object) -> None:
    note = f"{tmp_path}/pid"
    with pytest.raises(TooLong):
        confined("core.test_confined:sleeps", note.encode(), seconds=3, memory=ROOM)
    with open(note) as stream:
        child = int(stream.read())
    assert not _runs(child)


def _runs(pid: int) -> bool:
    for _ in range(100):
        try:
            with open(f"/proc/{pid}/stat") as stream:
                if stream.read().split()[2] == "Z":
                    return False
        except OSError:
            return False
        time.sleep(0.05)
    return True


@pytest.mark.parametrize(
    ("task", "error"), [("turns", TooLong), ("fills", TooMuch), ("falls", BrokeDown), ("fails", BrokeDown)]
)
def test_no_end_of_the_process_reaches_the_caller(task: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        confined(f"core.test_confined:{task}", b"", seconds=3, memory=ROOM)
