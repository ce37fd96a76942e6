"""A year of five-minute bars to 15 minutes, an hour, a day, a week, a month: time and memory.

    uv run python benchmarks/resampling.py

Prints the median of nine runs. The bars are made on every step of every session of 2025 of the CME equity futures.
"""

from __future__ import annotations

import datetime as dt
import statistics
import time
import tracemalloc
from collections.abc import Callable

import numpy as np

from levelhead.domain.bars import Bars
from levelhead.market.hours import with_trade_dates
from levelhead.market.instruments import find_instrument
from levelhead.market.resampling import completed_on, resample
from levelhead.market.sessions import session_table

RUNS = 9
TARGETS = ("15m", "1h", "4h", "1d", "1w", "1mo")


def main() -> None:
    """Measure and print."""
    bars = a_year()
    print(f"{len(bars):,} five-minute bars, {bars.first} to {bars.as_of}")
    for target in TARGETS:
        made = resample(bars, target)
        print(f"  to {target:4} {len(made):7,} bars  {1e3 * median(lambda target=target: resample(bars, target)):7.1f} ms")
    print(f"  to 1d of regular hours     {1e3 * median(lambda: resample(bars, '1d', hours='rth')):7.1f} ms")
    days = resample(bars, "1d")
    print(f"  days known at each bar     {1e3 * median(lambda: completed_on(bars, days)):7.1f} ms")
    tracemalloc.start()
    resample(bars, "1d")
    print(f"  peak beside the bars       {tracemalloc.get_traced_memory()[1] / 1e6:7.1f} MB")


def a_year() -> Bars:
    """Five-minute bars of every session of 2025, a random walk."""
    instrument = find_instrument("ES")
    table = session_table(instrument.calendar)
    assert table is not None
    rows = np.searchsorted(table.dates, table.between(dt.date(2025, 1, 2), dt.date(2025, 12, 31)))
    step = np.timedelta64(5, "m")
    times = np.concatenate([np.arange(table.opens[i], table.closes[i], step) for i in rows]).astype("datetime64[us]")
    generator = np.random.default_rng(5)
    close = 6000 + np.cumsum(generator.normal(0, 2, len(times)))
    open_ = np.concatenate([close[:1], close[:-1]])
    high, low = np.maximum(open_, close) + 1, np.minimum(open_, close) - 1
    volume = generator.integers(1, 9999, len(times)).astype(float)
    row = np.arange(len(times))
    bars = Bars(
        instrument=instrument, time=times, open=open_, high=high, low=low, close=close, volume=volume, row=row, timeframe="5m"
    )
    return with_trade_dates(bars)


def median(work: Callable[[], object]) -> float:
    """Seconds of one run, the median of nine."""
    taken = []
    for _ in range(RUNS):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
