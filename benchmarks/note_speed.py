"""What reading a note costs: processor time of the usual note, of the slowest, of a long one and of one of 5 MB.

    python benchmarks/note_speed.py [--against FOLDER] [--turns N]

Reads every note of tests/review/corpus once after a warm-up: what a text was remembered for is mostly forgotten by then, as it is
for a note that comes alone. `--against` takes the folder of another export of the code (it holds src/), and reads with both in
turns, N times each, since a shared machine is never twice as fast.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "tests" / "review" / "corpus"
SLOWEST = 10
LENGTHS = (100_000, 5_000_000)
CHILD = """
import json, sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from levelhead.review.read import read_note
from levelhead.review.source import text_of
paths = [p for p in sorted(Path(sys.argv[2]).iterdir()) if p.suffix != ".json"]
notes = [text_of(p.read_bytes(), name=p.name) for p in paths]
for note in notes[::4]:
    read_note(note)
milliseconds = {}
for path, note in zip(paths, notes):
    started = time.process_time()
    read_note(note)
    milliseconds[path.name] = 1000 * (time.process_time() - started)
plain = b"\\n\\n".join(p.read_bytes() for p in paths if p.suffix == ".txt")
seconds = {}
for length in json.loads(sys.argv[3]):
    data = (plain * (1 + length // len(plain)))[:length]
    started = time.process_time()
    text = text_of(data)
    opened = time.process_time()
    read_note(text)
    seconds[length] = [opened - started, time.process_time() - opened]
print(json.dumps([milliseconds, seconds]))
"""


def measured(folder: Path) -> tuple[dict[str, float], dict[str, list[float]]]:
    """Milliseconds of each note, and of each length the seconds to open such a text and to read it, by the code of a folder."""
    command = [sys.executable, "-c", CHILD, str(folder / "src"), str(CORPUS), json.dumps(LENGTHS)]
    milliseconds, seconds = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    return milliseconds, seconds


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--against", type=Path)
    parser.add_argument("--turns", type=int, default=1)
    asked = parser.parse_args()
    folders = [ROOT, *([asked.against.resolve()] if asked.against else [])]
    turns = [{folder: measured(folder) for folder in folders} for _ in range(asked.turns)]
    for folder in folders:
        best = {name: min(turn[folder][0][name] for turn in turns) for name in turns[0][folder][0]}
        means = [statistics.mean(turn[folder][0].values()) for turn in turns]
        print(f"{folder}: {len(best)} notes, {min(means):.1f} ms a note ({', '.join(f'{mean:.1f}' for mean in means)})")
        print(f"  each at its best: mean {statistics.mean(best.values()):.1f} ms, median {statistics.median(best.values()):.1f} ms")
        slowest = sorted(best, key=lambda name: -best[name])[:SLOWEST]
        print("  slowest: " + ", ".join(f"{name} {best[name]:.0f}" for name in slowest))
        for length in map(str, LENGTHS):
            opened, read = min((turn[folder][1][length] for turn in turns), key=sum)
            print(f"  {int(length):,} characters: opened in {opened:.2f} s, read in {read:.2f} s")


if __name__ == "__main__":
    main()
