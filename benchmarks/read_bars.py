"""Reads a 200 MB CSV of daily bars in a process of its own each: seconds and peak memory, beside DuckDB and NumPy alone.

    python benchmarks/read_bars.py [MEGABYTES]

The file holds one bar for every day there is from year 1 on, until the size is reached (200 MB: 3.6 million bars, 9,800
years). A second one of the same size holds a bar a minute: it is refused after its first block.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

SUBJECTS = {
    "levelhead": (
        "from levelhead.market.files import read_bars; from levelhead.domain.instrument import Instrument; "
        "print(len(read_bars(path, Instrument.unknown('X'))))"
    ),
    "duckdb": "import duckdb; print(len(duckdb.sql(f\"SELECT * FROM read_csv('{path}')\").fetchnumpy()['close']))",
    "numpy": (
        "import numpy as np; "
        "print(len(np.loadtxt(path, delimiter=',', skiprows=1, dtype='datetime64[D],f8,f8,f8,f8,f8', encoding='utf-8')))"
    ),
}
REFUSED = (
    "from levelhead.market.files import read_bars; from levelhead.domain.instrument import Instrument\n"
    "from levelhead.domain.errors import LevelheadError\n"
    "try: read_bars(path, Instrument.unknown('X'))\n"
    "except LevelheadError as error: print(error)"
)


def main(megabytes: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        daily, minutes = Path(folder, "daily.csv"), Path(folder, "minutes.csv")
        rows = write(daily, megabytes * 1_000_000, step="D")
        write(minutes, megabytes * 1_000_000, step="m")
        print(f"{daily.stat().st_size / 1e6:,.0f} MB, {rows:,} bars; the arrays of the bars are {rows * 56 / 1e6:,.0f} MB")
        for name, code in SUBJECTS.items():
            print(f"{name:>10}: {run(code, daily)}")
        print(f"a bar a minute: {run(REFUSED, minutes)}")


def write(path: Path, size: int, *, step: str) -> int:
    """Writes about `size` bytes of bars that can be; returns how many."""
    generator = np.random.default_rng(1)
    written = rows = 0
    with path.open("w", encoding="utf-8") as file:
        file.write("date,open,high,low,close,volume\n")
        while written < size:
            start = np.datetime64("0001-01-01", step) + rows
            times = np.arange(start, start + 50_000)
            times = times[times <= np.datetime64("9999-12-31", step)]
            if not len(times):
                break
            close = 2000 + generator.normal(0, 20, len(times))
            lines = [
                f"{t},{c:.4f},{c + 9:.4f},{c - 9:.4f},{c + 1:.4f},{123_456 + i}\n"
                for i, (t, c) in enumerate(zip(times, close, strict=True))
            ]
            file.writelines(lines)
            written += sum(map(len, lines))
            rows += len(lines)
    return rows


def run(code: str, path: Path) -> str:
    """What the code printed, its seconds and its peak memory."""
    program = f"import resource; path = {str(path)!r}\n{code}\nprint(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    began = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - began
    if done.returncode:
        return done.stderr.strip().splitlines()[-1]
    *said, peak = done.stdout.strip().splitlines()
    return f"{' '.join(said)[:140]}: {seconds:.1f} s, peak {int(peak) / 1024:,.0f} MB"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
