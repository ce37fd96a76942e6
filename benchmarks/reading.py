"""How fast a chart is read: indicators and candles beside TA-Lib, every date of twenty years, one date, and a universe.

Run: python benchmarks/reading.py [FOLDER] [--dates 5031] [--symbols 500]

Everything is done both ways, by default and by compiled kernels where numba is here (the extra `fast`).

FOLDER holds spy.csv and universe.parquet (columns symbol, date, open, high, low, close, volume); default ../shared/data beside
the repository. A reading is complete: every fact, every zone, the chart's series, and what is not known yet. Milliseconds are of
the processor, the best of several runs; a busy machine slows all of them, so what is beside each other was run in turns.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import resource
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from levelhead.domain.bars import Bars
from levelhead.domain.instrument import Instrument
from levelhead.evaluate.many_readings import from_readings
from levelhead.kernels.averages import ema, sma
from levelhead.kernels.bands import deviation
from levelhead.kernels.candles import talib_patterns
from levelhead.kernels.compiled import ask_for_compiled, compiled_kernels
from levelhead.kernels.momentum import macd, rsi, rsi_signal
from levelhead.kernels.ranges import atr
from levelhead.kernels.talib_library import calculate
from levelhead.market.files import read_bars
from levelhead.market.instruments import find_instrument
from levelhead.market.sessions import session_table
from levelhead.reading.candle_kinds import CANDLES, PENETRATION
from levelhead.reading.candles import candles_of
from levelhead.reading.read import TOPICS, Reading, read
from levelhead.reading.settings import Settings
from levelhead.reading.walk import readings
from levelhead.reading.whole import whole_of

USUAL = Settings()
ROUNDS = 15
BATCH = 25  # symbols that one process holds at once


def in_turns(works: dict[str, Callable[[], object]], rounds: int = ROUNDS) -> dict[str, float]:
    """Milliseconds of the processor of each, the best of `rounds`, run in turns."""
    best = dict.fromkeys(works, float("inf"))
    for _ in range(rounds):
        for name, work in works.items():
            began = time.process_time()
            work()
            best[name] = min(best[name], 1000 * (time.process_time() - began))
    return best


def our_panel(bars: Bars) -> None:
    high, low, close = bars.high, bars.low, bars.close
    for n in (20, 50, 100, 200):
        sma(close, n)
    ema(close, 20)
    rsi_signal(rsi(close, 14), 14)
    macd(close)
    atr(high, low, close, 14)
    deviation(close, 20)
    calculate("ADX", (high, low, close), (14,), known_from=27)


def talib_panel(bars: Bars) -> None:
    import talib

    high, low, close = bars.high, bars.low, bars.close
    for n in (20, 50, 100, 200):
        talib.SMA(close, n)
    talib.EMA(close, 20)
    talib.SMA(talib.RSI(close, 14), 14)
    talib.MACD(close)
    talib.ATR(high, low, close, 14)
    talib.BBANDS(close, 20)
    talib.ADX(high, low, close, 14)


def talib_candles(bars: Bars, names: Sequence[str]) -> None:
    import talib

    for name in names:
        share = {"penetration": PENETRATION[name]} if name in PENETRATION else {}
        getattr(talib, name)(bars.open, bars.high, bars.low, bars.close, **share)


def in_one_way(work: Callable[[], object], compiled: bool) -> object:
    with compiled_kernels(compiled):
        return work()


def beside_talib(bars: Bars) -> None:
    names = [kind.function for kind in CANDLES if kind.function]
    prices = (bars.open, bars.high, bars.low, bars.close)
    ours = {
        "indicators": partial(our_panel, bars),
        "candles": partial(talib_patterns, names, *prices, penetration=PENETRATION),
        "candles in their trend": partial(candles_of, bars),
    }
    theirs = {"indicators": partial(talib_panel, bars), "candles": partial(talib_candles, bars, names)}
    works = {f"{name}, {way}": partial(in_one_way, work, way == "compiled") for name, work in ours.items() for way in ways()}
    took = in_turns(works | {f"{name}, TA-Lib": work for name, work in theirs.items()})
    print(f"\n{len(bars):,} bars: four simple averages and one exponential, RSI and its signal, MACD, ATR, bands, ADX;")
    print(f"{len(names)} candle functions, alone and with all that a reading makes of them")
    for name, best in took.items():
        peer = took[f"{name.split(',', maxsplit=1)[0].split(' in ', maxsplit=1)[0]}, TA-Lib"]
        print(f"  {name:<33} {best:7.2f} ms  {best / peer:5.2f} of TA-Lib")


def complete(reading: Reading) -> int:
    """All that a reading says, worked out; how many facts that is."""
    _ = reading.zones, reading.series, reading.not_yet_known
    return len(reading.facts)


def ways() -> tuple[str, ...]:
    """'by default', and 'compiled' where numba is here."""
    with compiled_kernels(True) as here:
        return ("by default", "compiled") if here else ("by default",)


def every_date(bars: Bars, dates: int) -> None:
    for way in ways():
        with compiled_kernels(way == "compiled"):
            _every_date(bars, dates, way)


def _every_date(bars: Bars, dates: int, way: str) -> None:
    table = session_table(bars.instrument.calendar)
    began = time.process_time()
    whole = whole_of(bars, USUAL)
    complete(read(bars, sessions=table, whole=whole))  # finds all that belongs to the series
    once = time.process_time() - began
    days = bars.dates[-dates:].tolist()
    print(f"\nevery date of {len(days):,}, complete, {way}; the series once {1000 * once:.0f} ms")
    walks: dict[str, Callable[[Sequence[dt.date]], Iterable[Reading]]] = {
        "one by one": lambda days: (read(bars.until(day), sessions=table, whole=whole) for day in days),
        "together": lambda days: readings(bars, days, sessions=table, whole=whole),
    }
    for name, walk in walks.items():
        clock, began = time.perf_counter(), time.process_time()
        facts = sum(map(complete, walk(days)))
        used, clock = time.process_time() - began, time.perf_counter() - clock
        print(f"  {name:<11} {1000 * used / len(days):6.2f} ms a date; {used:.1f} s of the processor, {clock:.1f} s by the clock")
    print(f"  a date has {facts / len(days):.0f} facts of {len(TOPICS)} topics")
    for share in (8, 2):
        part = days[::share]
        began = time.process_time()
        sum(map(complete, readings(bars, part, sessions=table, whole=whole)))
        print(f"  {len(part):>6,} dates {1000 * (time.process_time() - began) / len(part):6.2f} ms a date, together")


def every_date_by_two(bars: Bars, dates: int) -> None:
    """In a process of its own, so that nothing is there yet: what the clock says begins with bars in memory alone."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        once, again = pool.submit(_by_two, bars, dates).result()
    print(
        f"\nevery date of {dates:,}, complete, by two processes (`evaluate.many_readings`), from bars in memory to the last reading"
    )
    print(
        f"  {once[0]:.2f} s by the clock, of the processors {once[1]:.1f} s; compiled kernels from their cache and the series in it"
    )
    print(f"  {again[0]:.2f} s by the clock, of the processors {again[1]:.1f} s, where compiled kernels are there already")


def _by_two(bars: Bars, dates: int) -> list[tuple[float, float]]:
    """Seconds by the clock and of the processors, the first time and the second."""
    table, days = session_table(bars.instrument.calendar), bars.dates[-dates:].tolist()
    took = []
    for _ in range(2):
        clock, used = time.perf_counter(), _used()
        sum(from_readings(complete, bars, days, workers=2, sessions=table))
        took.append((time.perf_counter() - clock, _used() - used))
    return took


def _used() -> float:
    """Seconds of the processors of this process and of those that it began and that have ended."""
    return sum(os.times()[:4])


def _spy(file: Path) -> Bars:
    """SPY with a table that tells where weeks and months end."""
    return read_bars(file, replace(find_instrument("SPY"), calendar="XNYS"))


def one_date(bars: Bars) -> None:
    table = session_table(bars.instrument.calendar)
    works = {way: partial(in_one_way, lambda: complete(read(bars, sessions=table)), way == "compiled") for way in ways()}
    print(f"\none date, {len(bars):,} bars known, nothing shared, warm")
    for way, best in in_turns(works).items():
        print(f"  {way:<10} {best:6.1f} ms")


def universe(file: Path, symbols: int, workers: int = 2) -> None:
    print(f"\n{symbols} symbols of {file.name}, read for their last date by {workers} processes, {BATCH} symbols at a time")
    names = _names(file)[:symbols]
    batches = [names[at : at + BATCH] for at in range(0, len(names), BATCH)]
    for way in ways():
        begin = ask_for_compiled if way == "compiled" else None
        clock = time.perf_counter()
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=begin) as pool:
            found = list(pool.map(partial(_of_batch, file), batches))
        clock = time.perf_counter() - clock
        used = sum({process: seconds for process, _, seconds, _ in found}.values())  # of each process what it had used at its end
        print(f"  {way}: {clock:.1f} s by the clock, {used:.1f} s of the processors, starts of processes included in both")
        least, most = min(each[3] for each in found), max(each[3] for each in found)
        facts = sum(each[1] for each in found)
        print(f"    {facts:,} facts; a process had held {least:.0f} MB after its first batch, {most:.0f} MB after its last")


def _of_batch(file: Path, names: Sequence[str]) -> tuple[int, int, float, float]:
    """Which process, facts, seconds that it has used since its start, and the most memory that it ever had, MB."""
    facts = 0
    for bars in _loaded(file, names):
        facts += complete(read(bars, sessions=session_table(bars.instrument.calendar)))
    return os.getpid(), facts, time.process_time(), most_memory()


def most_memory() -> float:
    """MB; where Linux tells it of this process alone, so: `getrusage` remembers what the process held that began this one."""
    status = Path("/proc/self/status")
    told = dict(line.split(":", 1) for line in status.read_text().splitlines()) if status.exists() else {}
    if "VmHWM" in told:
        return int(told["VmHWM"].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _names(file: Path) -> list[str]:
    import duckdb

    with duckdb.connect() as connection:
        return [
            row[0] for row in connection.execute("select distinct symbol from read_parquet(?) order by 1", [str(file)]).fetchall()
        ]


def _loaded(file: Path, names: Sequence[str]) -> list[Bars]:
    import duckdb

    query = "select * from read_parquet(?) where symbol in (select unnest(?)) order by symbol, date"
    with duckdb.connect() as connection:
        connection.execute("set threads = 1")
        columns: dict[str, Any] = connection.execute(query, [str(file), list(names)]).fetchnumpy()
    symbols = np.asarray(columns["symbol"])
    ends = [*np.flatnonzero(symbols[1:] != symbols[:-1]) + 1, len(symbols)]
    return [_bars(columns, slice(begin, end)) for begin, end in zip([0, *ends], ends, strict=False)]


def _bars(columns: dict[str, Any], rows: slice) -> Bars:
    symbol = str(columns["symbol"][rows.start])
    prices = {name: np.asarray(columns[name][rows], dtype=np.float64) for name in ("open", "high", "low", "close", "volume")}
    return Bars(
        instrument=Instrument(symbol=symbol, name=symbol, short_name=symbol, kind="stock", decimals=2, tick=0.01, calendar="XNYS"),
        time=columns["date"][rows].astype("datetime64[us]"),
        row=np.zeros(rows.stop - rows.start, dtype=np.int64),
        **prices,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=Path(__file__).resolve().parents[2] / "shared" / "data")
    parser.add_argument("--dates", type=int, default=5031)
    parser.add_argument("--symbols", type=int, default=500)
    asked = parser.parse_args()
    bars = _spy(asked.folder / "spy.csv")
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} processors")
    beside_talib(bars.until(bars.dates[6499].item()))
    one_date(bars)
    every_date(bars, asked.dates)
    every_date_by_two(bars, asked.dates)
    universe(asked.folder / "universe.parquet", asked.symbols)


if __name__ == "__main__":
    main()
