"""What a note costs from a cold start, and where its time goes.

    python benchmarks/cold_note.py [FOLDER]

FOLDER holds rty_tv.csv, es_tv.csv and nq_tv.csv (default: ../shared/data beside the repository; without it, made bars of the
same length). Aim: 1.5 s for a whole note in all formats; limit: 2.5 s. Printed beside a start of NumPy alone and a plain
matplotlib chart, measured in the same run, since a busy machine slows all of them.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

RUNS = 7
NAMES = ("rty_tv.csv", "es_tv.csv", "nq_tv.csv")
ALL = "md,html,json,png,levels.csv,pine"
CHART = """
import sys, numpy as np, matplotlib
matplotlib.use('Agg')
import matplotlib.pyplot as plt
close = np.loadtxt(sys.argv[1], delimiter=',', skiprows=1, usecols=4)[-250:]
figure, (top, low) = plt.subplots(2, 1, figsize=(16, 10), height_ratios=(3, 1))
top.plot(close)
for n in (20, 50, 100):
    top.plot(np.convolve(close, np.ones(n) / n, 'valid'))
low.plot(np.diff(close))
figure.savefig(sys.argv[2])
"""


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[2] / "shared" / "data"
    with tempfile.TemporaryDirectory() as scratch:
        if not (folder / NAMES[0]).exists():
            print(f"{folder / NAMES[0]} is not there; bars are made.")
            folder = made(Path(scratch))
        rty, es, nq = (str(folder / name) for name in NAMES)
        note = ["note", "RTY", "--bars", rty, "--peer", f"ES={es}", "--peer", f"NQ={nq}"]
        everything = [*note, "--format", ALL, "--out", scratch]
        python, levelhead = sys.executable, "from levelhead.doors.cli import main; main()"
        cases = {
            "levelhead --help": [python, "-c", levelhead, "--help"],
            "import numpy": [python, "-c", "import numpy"],
            "plain matplotlib chart": [python, "-c", CHART, rty, str(Path(scratch) / "plain.png")],
            "levelhead note, JSON only": [python, "-c", levelhead, *note, "--format", "json", "--out", "-"],
            "levelhead note, all formats": [python, "-c", levelhead, *everything],
        }
        times = interleaved(cases)
        print(f"\nmedian of {RUNS} cold processes, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        for name, seconds in times.items():
            print(f"  {name:28} {statistics.median(seconds):6.3f} s   ({min(seconds):.3f} to {max(seconds):.3f})")
        stages(everything)
        imports([python, "-X", "importtime", "-c", levelhead, *everything])


def interleaved(cases: dict[str, list[str]]) -> dict[str, list[float]]:
    """Seconds of each case, one of each in turn, after a warm-up of the file cache."""
    times: dict[str, list[float]] = {name: [] for name in cases}
    for turn in range(RUNS + 1):
        for name, command in cases.items():
            start = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)
            if turn:
                times[name].append(time.perf_counter() - start)
    return times


def stages(arguments: list[str]) -> None:
    """Where the time goes, by stage, imports of each included: one process that prints as it goes."""
    code = f"""
import time
marks = [('start', time.perf_counter())]
def mark(name): marks.append((name, time.perf_counter()))
from levelhead.doors import progress
progress.step = mark
progress.say = lambda words: None
from levelhead.doors import formats
from levelhead.doors.formats import FORMATS, Format
for name, each in list(FORMATS.items()):
    def timed(document, each=each):
        mark('draw ' + each.name)
        return each.draw(document)
    FORMATS[name] = Format(name=each.name, file=each.file, draw=timed)
from levelhead.doors.cli import main
import contextlib, io
with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):
    main({arguments!r})
mark('end')
for (name, at), (_, after) in zip(marks, marks[1:]):
    print(f'  {{name or "write and sum up":34}} {{1000 * (after - at):7.0f}} ms')
"""
    print("\nwhere it goes, imports included in the stage that first needs them")
    print(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout, end="")


def imports(command: list[str]) -> None:
    """The packages that take longest to import, each with what it imports itself."""
    said = subprocess.run(command, check=True, capture_output=True, text=True).stderr
    own: dict[str, int] = {}
    for microseconds, name in re.findall(r"import time: +(\d+) \| +\d+ \| +([\w.]+)", said):
        own[name.split(".")[0]] = own.get(name.split(".")[0], 0) + int(microseconds)
    print(f"\nimports, {sum(own.values()) / 1e6:.2f} s in all under the profiler, by package")
    for name, microseconds in sorted(own.items(), key=lambda item: -item[1])[:10]:
        print(f"  {name:34} {microseconds / 1000:7.0f} ms")


def made(folder: Path) -> Path:
    """Three files of 2,105 made bars."""
    for seed, name in enumerate(NAMES):
        rng = np.random.default_rng(seed)
        close = 2000 * np.exp(np.cumsum(rng.normal(0, 0.012, 2105)))
        days = np.busday_offset(np.datetime64("2017-07-10"), np.arange(2105))
        rows = (f"{d},{c:.1f},{c * 1.005:.1f},{c * 0.995:.1f},{c:.1f},0" for d, c in zip(days, close, strict=True))
        (folder / name).write_text("date,open,high,low,close,volume\n" + "\n".join(rows) + "\n")
    return folder


if __name__ == "__main__":
    main()
