"""A process that works for another one ends with it."""

from __future__ import annotations

import subprocess
import sys

import pytest

SCRIPT = """
import os, signal, time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from levelhead.forecast.worker import leave_with_parent

if __name__ == "__main__":
    pool = ProcessPoolExecutor(2, mp_context=get_context("spawn"), initializer=leave_with_parent)
    print(*{future.result() for future in [pool.submit(os.getpid) for _ in range(4)]}, flush=True)
    WHEN_READY
"""


@pytest.mark.parametrize("way", ["os.kill(os.getpid(), signal.SIGKILL)", "pool.shutdown()"])
def test_no_worker_outlives_the_process_that_began_it(tmp_path, way):
    script = tmp_path / "work.py"
    script.write_text(SCRIPT.replace("WHEN_READY", way), encoding="utf-8")
    began = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    # the output ends when the last of them that could write to it has ended
    out, _ = began.communicate(timeout=60)
    assert out.split()
    assert began.returncode == (-9 if "SIGKILL" in way else 0)
