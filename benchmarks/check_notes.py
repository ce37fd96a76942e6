"""How long a check of a note takes: five published ones and one of our own, bars loaded, and what it finds.

    python benchmarks/check_notes.py

Median of twenty runs of each after one to warm up; the reading of the text is timed beside it.
"""

from __future__ import annotations

import datetime as dt
import json
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from statistics import median

from levelhead.domain.bars import Bars
from levelhead.doors.face import compose_note
from levelhead.market.files import read_bars
from levelhead.market.instruments import find_instrument
from levelhead.market.sample import sample_bars
from levelhead.market.sessions import session_table
from levelhead.review.check import check_note
from levelhead.review.read import read_note
from levelhead.review.source import text_of
from levelhead.review.text import Text

SHARED = Path(__file__).resolve().parents[2] / "shared"
RUNS = 20


def milliseconds(work: Callable[[], object]) -> float:
    work()
    taken = []
    for _ in range(RUNS):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return 1000 * median(taken)


def line(name: str, text: Text, bars: Bars, day: dt.date) -> None:
    note = read_note(text)
    sessions = session_table(bars.instrument.calendar)
    reading = milliseconds(lambda: read_note(text))
    checking = milliseconds(lambda: check_note(note, bars, as_of=day, sessions=sessions))
    counted = Counter(v.verdict for v in check_note(note, bars, as_of=day, sessions=sessions))
    found = ", ".join(f"{counted[v]} {v}" for v in ("right", "wrong", "contradicts itself", "cannot be checked"))
    print(f"{name:<18} {len(bars.until(day)):>5} bars   read {reading:6.1f} ms   check {checking:6.1f} ms   {found}")


def main() -> None:
    if (SHARED / "vectors" / "seeds.json").exists():
        cases = json.loads((SHARED / "vectors" / "seeds.json").read_text())["cases"]
        for case in sorted(cases, key=lambda c: str(c["note"])):
            bars, day = read_bars(SHARED / case["bars"], find_instrument("RTY")), dt.date.fromisoformat(case["as_of"])
            line(case["note"], text_of((SHARED / "seeds" / f"{case['note']}.txt").read_bytes()), bars, day)
    sample, day = sample_bars("SPX"), dt.date(2018, 6, 15)
    line("own, SPX 2018", text_of(compose_note(sample, as_of=day).to_markdown().encode()), sample, day)


if __name__ == "__main__":
    main()
