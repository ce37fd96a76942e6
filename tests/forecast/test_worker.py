"""A process that works for another one ends with it."""

from __future__ import annotations

import subprocess
import sys

import pytest

SCRIPT = """
import os, signal, time
from levelhead.forecast.worker import pool_of

if __name__ == "__main__":
    with pool_of(2) as pool:
        print(*{future.result() for future in [pool.submit(os.getpid) for _ in range(4)]}, flush=True)
        WHEN_READY
"""


@pytest.mark.parametrize(
    ("way", "code"),
    [
        ("pass", 0),
        ("os.kill(os.getpid(), signal.SIGKILL)", -9),
        # a day's work would be waited for
        ("pool.submit(time.sleep, 86400), time.sleep(0.5), os.kill(os.getpid(), signal.SIGINT), time.sleep(60)", -2),
    ],
)
def test_no_worker_outlives_the_process_that_began_it(tmp_path, way, code):
    script = tmp_path / "work.py"
    script.write_text(SCRIPT.replace("WHEN_READY", way), encoding="utf-8")
    began = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    # the output ends when the last of them that could write to it has ended
    out, _ = began.communicate(timeout=60)
    assert out.split()
    assert began.returncode == code
