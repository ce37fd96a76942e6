"""Times a whole batch of questions from a cold start, and its memory.

    python benchmarks/questions.py [--questions FILE] [--bars-dir DIR] [--workers 1 2] [--paths 4000]

Each run is a process of its own, as a user starts it; answers of all runs are compared byte by byte. Memory is the largest
resident size of the process and of its largest worker, and their sum with one such worker for each.
"""

from __future__ import annotations

import argparse
import filecmp
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SHARED = Path(__file__).resolve().parents[2] / "shared"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--questions", type=Path, default=SHARED / "bench" / "firsttouch_questions.csv")
    parser.add_argument("--bars-dir", type=Path, default=SHARED / "data")
    parser.add_argument("--workers", type=int, nargs="*", default=[2, 1])
    parser.add_argument("--paths", type=int, default=4000)
    given = parser.parse_args()
    asked = len(given.questions.read_text().splitlines()) - 1
    load = os.getloadavg()[0]
    print(f"{asked:,} questions, {given.paths:,} paths each; {os.cpu_count()} cores, load {load:.1f} at the start")
    with tempfile.TemporaryDirectory() as folder:
        written = [timed(given, workers, Path(folder) / f"{workers}.csv") for workers in given.workers]
        same = all(filecmp.cmp(written[0], other, shallow=False) for other in written[1:])
        print(f"answers of all runs {'are the same bytes' if same else 'DIFFER'}")


def timed(given: argparse.Namespace, workers: int, out: Path) -> Path:
    command = [Path(sys.executable).with_name("levelhead"), "price", "--questions", given.questions, "--bars-dir", given.bars_dir]
    command += ["--out", out, "--workers", workers, "--paths", given.paths]
    begun, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([str(part) for part in command], check=True, stderr=subprocess.DEVNULL)
    spent, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    largest = after.ru_maxrss / 1024
    print(
        f"{workers} worker{'s' if workers > 1 else ''}: {spent:.1f} s, {busy:.1f} s of processor time, "
        f"largest process {largest:.0f} MB, all together at most {largest * (1 + workers * (workers > 1)):.0f} MB"
    )
    return out


if __name__ == "__main__":
    main()
