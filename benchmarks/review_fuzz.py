"""What the worst notes cost to read: seconds of processor and memory, each in a process of its own.

    python benchmarks/review_fuzz.py [--mutated N]

Every text, page and PDF of tests/made_hostile.py at 5 MB, and N mutations of the corpus of notes. Exit code 1 where one took more
than five seconds of processor, more than 2 GB, or ended in anything but a reading or a sentence.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))
SLOW = 5.0  # seconds
LARGE = 2_000  # MB
SHOWN = 12
LIMIT = 4_000_000_000  # bytes: what would take more dies
DIED = "died: "
KINDS = {"text": "texts", "html": "pages", "pdf": "PDFs", "mutated": "spoiled notes"}
CHILD = """
import json, resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({limit}, {limit}))
from levelhead.domain.errors import BadNote
from levelhead.doors.apart import read_text
from levelhead.review.document import reading_document
from levelhead.review.read import read_note
data = sys.stdin.buffer.read()
def used():
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
started = used()
try:
    text = read_text(data, name="note")
    opened = used() - started
    note = read_note(text)
    size = len(json.dumps(reading_document(note)))
    counts = f"{{len(note.levels)}} levels, {{len(note.scenarios)}} scenarios, {{len(note.statements)}} statements"
    said = f"{{counts}}, {{size:,}} bytes of JSON"
except BadNote as error:
    opened, said = used() - started, str(error)[:100]
own = next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1]  # ru_maxrss knows the parent's too
highest = max(int(own), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
print(json.dumps([used() - started, opened, highest / 1024, said]))
"""


def measured(data: bytes) -> tuple[float, float, float, str]:
    """Seconds of processor in all and to open it, the most memory a process of it held in MB, and what came of it."""
    started = time.perf_counter()
    try:
        done = subprocess.run(
            [sys.executable, "-c", CHILD.format(limit=LIMIT)], input=data, capture_output=True, timeout=60, check=False
        )
        seconds, opened, memory, said = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        return 60.0, 0.0, 0.0, f"{DIED}not done after 60 s"
    except ValueError:
        return time.perf_counter() - started, 0.0, 0.0, f"{DIED}{done.stderr.decode()[-120:].strip()}"
    return seconds, opened, memory, said


def main() -> None:
    from made_hostile import mutated, pdfs, repeated

    parser = argparse.ArgumentParser()
    parser.add_argument("--mutated", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    rows = []
    for name, data in (*repeated(), *pdfs()):
        rows.append((*measured(data), name))
    corpus = [p.read_bytes() for p in sorted((ROOT / "tests" / "review" / "corpus").iterdir()) if p.suffix != ".json"]
    chance = random.Random(asked.seed)
    for number in range(asked.mutated):
        rows.append((*measured(mutated(chance.choice(corpus), chance, corpus)), f"mutated {number}"))
    rows.sort(reverse=True)
    for kind, called in KINDS.items():
        own = [row for row in rows if row[4].startswith(kind)]
        if own:
            refused, memory = sum(not row[3].endswith("JSON") for row in own), max(row[2] for row in own)
            print(f"{len(own)} {called}: slowest {own[0][0]:.2f} s, most memory {memory:,.0f} MB, {refused} refused")
    bad = [row for row in rows if row[0] > SLOW or row[2] > LARGE or row[3].startswith(DIED)]
    print(f"{len(rows)} notes; {len(bad)} too slow, too large, or dead")
    for seconds, opened, memory, said, name in [*bad, *rows[:SHOWN]]:
        print(f"{seconds:6.2f} s (opened in {opened:5.2f} s) {memory:7,.0f} MB  {name[:50]:50} {said}")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
