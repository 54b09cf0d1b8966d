"""The worker: does what pages left to be done beside them, one job at a time, until it is ended.

``thidua serve`` starts one beside the site and ends it with itself; where the site runs otherwise, start
``python -m thidua.project.jobs`` (any number of them) beside it.
"""

import os
import signal
import time
from types import FrameType
from typing import NoReturn

import django
from django.db import InterfaceError, OperationalError, close_old_connections

IDLE_SECONDS = 1.0


def main() -> NoReturn:
    """Work until SIGTERM or SIGINT; what is half done then is not there and is done again by the next worker."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thidua.project.settings")
    django.setup()
    # inline: models can be imported only when Django is set up
    from thidua.apps.campaigns.jobs import work_once as read_plan
    from thidua.apps.records.jobs import work_once as work_on_workbook

    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, _end)
    while True:
        try:
            did_something = read_plan() or work_on_workbook()
        except (OperationalError, InterfaceError):
            close_old_connections()  # the database went away for a moment, or for good: then we are ended too
            did_something = False
        if not did_something:
            time.sleep(IDLE_SECONDS)


def _end(_signal: int, _frame: FrameType | None) -> None:
    """Leave at once: the transaction of a job that is going on is rolled back."""
    raise SystemExit(0)


if __name__ == "__main__":
    main()
