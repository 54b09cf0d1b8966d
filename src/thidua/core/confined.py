"""Files of strangers are taken apart in a process of their own, with bounded memory and time.

A parser of Word, PDF, pictures or old workbooks may be led by a prepared file to fill the memory, to run for ever or
to break down. What it does here stays here: the caller gets a plain value, or one of three errors.

ConfinedError
├── TooLong        the time was over
├── TooMuch        the memory was over
└── BrokeDown      the process ended without an answer
"""

import contextlib
import importlib
import json
import os
import resource
import signal
import subprocess
import sys
import traceback

MIB = 2**20
ANSWER = 256 * MIB
NO_MEMORY = 3


class ConfinedError(Exception):
    """The work was not done; the file is as it was."""


class TooLong(ConfinedError):
    """The time was over."""


class TooMuch(ConfinedError):
    """The memory was over."""


class BrokeDown(ConfinedError):
    """The process ended without an answer; the text is the end of what it said."""


def confined(task: str, data: bytes, *, seconds: int, memory: int, **options: object) -> object:
    """What ``module:function`` answers to ``function(data, **options)`` in a process of its own.

    ``options`` and the answer are of JSON's kinds. ``seconds`` bound the whole, start included; ``memory`` (bytes)
    bounds the address space of the process and of each one that it starts. Raises TooLong, TooMuch, BrokeDown.
    """
    asked = json.dumps({"task": task, "options": options, "memory": memory, "seconds": seconds}).encode()
    process = subprocess.Popen(
        [sys.executable, "-m", __name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        answer, said = process.communicate(asked + b"\n" + data, timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise TooLong(f"{task}: {seconds} s") from error
    finally:
        _end(process)
    if process.returncode == NO_MEMORY:
        raise TooMuch(f"{task}: {memory // MIB} MiB")
    if process.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        raise TooLong(f"{task}: {seconds} s")
    if process.returncode != 0 or not answer:
        raise BrokeDown(said.decode("utf-8", "replace")[-2000:])
    return json.loads(answer)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End the process and whatever it started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def _serve() -> int:
    """The other side: read what is asked, keep to the bounds, write the answer."""
    asked = json.loads(sys.stdin.buffer.readline())
    resource.setrlimit(resource.RLIMIT_AS, (asked["memory"], asked["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (asked["seconds"], asked["seconds"]))
    resource.setrlimit(resource.RLIMIT_FSIZE, (ANSWER, ANSWER))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # A parser may print; what it prints is no answer.
    out, sys.stdout = sys.stdout, sys.stderr
    try:
        module, function = asked["task"].split(":")
        answer = getattr(importlib.import_module(module), function)(sys.stdin.buffer.read(), **asked["options"])
        out.write(json.dumps(answer))
        out.flush()
    except MemoryError:
        return NO_MEMORY
    except Exception:
        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(_serve())
