"""Work beside the pages: killed, stopped, done again; nothing is ever there half done."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

STORY = Path(__file__).with_name("jobs_story.py")


def test_a_job_survives_its_worker_and_leaves_nothing_half_done(
    tmp_path: Path, new_data: Callable[[Path], Path]
) -> None:
    data = new_data(tmp_path / "data")
    environment = {**os.environ, "THIDUA_DATA": str(data)}
    done = subprocess.run(
        [sys.executable, str(STORY), str(data)], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == {
        "preview asked for": ["waiting", 0, "received", 0, 0],
        "preview, worker killed": ["running", 1, "received", 0, 0],
        "preview, next worker": ["done", 2, "previewed", 2400, 0],
        "taking in, worker killed": ["running", 1, "previewed", 2400, 0],
        "taking in, stopped": ["stopped", 1, "previewed", 2400, 0],
        "taking in, killed three times": ["failed", 3, "previewed", 2400, 0],
        "taking in": ["done", 1, "taken", 2400, 2400],
        "worker ended with": 0,
    }
