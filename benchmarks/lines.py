"""How many lines a chart tells, how often the set changes, and whether a rewritten future moves one.

    python benchmarks/lines.py [--every 9]

Beside the lines that are told stand all that could be: every trendline and channel that holds, and those that broke in the last
`NEWS` bars. A future is rewritten by taking the bars after a day in another order; the lines of that day, and of thirty bars
before it, must stay what they were.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np

from levelhead.domain.bars import Bars
from levelhead.market.files import read_bars
from levelhead.market.instruments import find_instrument
from levelhead.reading.line_choice import NEWS
from levelhead.reading.lines import Lines, lines_of
from levelhead.reading.settings import Settings
from levelhead.reading.structure import swings_of

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
SERIES = (("SPY", "spy.csv"), ("RTY", "rty_tv.csv"), ("ES", "es_tv.csv"), ("VIX", "vix.csv"))
BEGIN, AFTER = 300, 120
COLUMNS = ("open", "high", "low", "close")


def found_in(bars: Bars) -> Lines:
    return lines_of(bars, swings_of(bars, Settings()))


def all_at(lines: Lines, row: int) -> set[tuple[int, float]]:
    """All that holds, or broke lately, by first row and height there; a channel is two."""
    trendlines = {(line.first, line.height) for line in lines.trendlines if is_there(line.known, line.ended, line.ending, row)}
    channels = [c for c in lines.channels if is_there(c.known, c.ended, c.ending, row)][-1:]
    return trendlines | {(c.first, height) for c in channels for height in (c.lower, c.lower + c.width)}


def is_there(known: int, ended: int | None, ending: str, row: int) -> bool:
    return known <= row and (ended is None or row < ended or (ending.startswith("broken") and row < ended + NEWS))


def told_at(lines: Lines, row: int) -> set[tuple[int, float]]:
    return {(drawn.first, drawn.height) for drawn in lines.drawn_at(row)}


def changed(days: Iterable[set[tuple[int, float]]]) -> float:
    return 100 * float(np.mean([before != now for before, now in pairwise(days)]))


def moved(bars: Bars, lines: Lines, every: int) -> Iterator[bool]:
    """Of every so many days whether another future moves a line."""
    rng = np.random.default_rng(1)
    for row in range(BEGIN, len(bars) - 1, every):
        later = rng.permutation(np.arange(row + 1, len(bars)))[:AFTER]
        count = row + 1 + len(later)
        prices = {name: np.r_[getattr(bars, name)[: row + 1], getattr(bars, name)[later]] for name in COLUMNS}
        other = found_in(replace(bars, time=bars.time[:count], volume=bars.volume[:count], row=bars.row[:count], **prices))
        yield any(other.drawn_at(at) != lines.drawn_at(at) for at in (row, row - 30))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=9)
    every = parser.parse_args().every
    for symbol, file in SERIES:
        bars = read_bars(DATA / file, find_instrument(symbol))
        lines, rows = found_in(bars), range(BEGIN, len(bars))
        told, there_are = [told_at(lines, row) for row in rows], [all_at(lines, row) for row in rows]
        futures = list(moved(bars, lines, every))
        print(
            f"{symbol}: {len(rows):,} days; told at most {max(map(len, told))}, {np.mean([len(d) for d in told]):.2f} on average, "
            f"another set on {changed(told):.1f} % of days; all there are at most {max(map(len, there_are))}, "
            f"{np.mean([len(d) for d in there_are]):.2f}, {changed(there_are):.1f} %; {len(futures):,} futures rewritten, "
            f"{sum(futures)} moved a line"
        )


if __name__ == "__main__":
    main()
