"""What the archive costs at scale: a universe of stocks kept, read back, fetched again, and listed.

    .venv/bin/python benchmarks/archive.py [universe.parquet] [--symbols N]

The file has columns symbol, date, open, high, low, close, volume; without one, as large a universe is made. The stocks are checked
as every file is. Peak memory is the process's own, interpreter and libraries included.
"""

from __future__ import annotations

import argparse
import datetime as dt
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import duckdb
import numpy as np

from levelhead.domain.bars import Bars
from levelhead.domain.instrument import Instrument
from levelhead.market.archive import Archive
from levelhead.market.assembly import assemble
from levelhead.market.tables import Block

FETCHED = dt.datetime(2026, 2, 20, 22, tzinfo=dt.UTC)
COLUMNS = ("open", "high", "low", "close", "volume")
TOGETHER = 25  # stocks taken out of the file at a time: what bounds the memory
DAILY = 250  # fetches of a year


def main() -> None:
    """Prints one line for each thing measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    default = Path(__file__).resolve().parents[2] / "shared" / "data" / "universe.parquet"
    parser.add_argument("file", nargs="?", type=Path, default=default)
    parser.add_argument("--symbols", type=int, default=503)
    asked = parser.parse_args()
    stocks = from_file(asked.file, asked.symbols) if asked.file.exists() else made(asked.symbols)
    say("imports, before any bar", peak())
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive(folder)
        kept = import_all(archive, stocks)
        size = sum(file.stat().st_size for file in Path(folder).rglob("*.parquet"))
        say("on disk", f"{size / 1e6:.1f} MB, {size / sum(kept.values()):.1f} bytes a bar")
        read_back(Archive(folder), list(kept))
        fetch_again(archive, next(iter(kept)))
        taken(Archive(folder), "list", lambda held: held.datasets())
        taken(Archive(folder), "verify", lambda held: held.verify())
        year_of_fetches(Path(folder) / "year")


def import_all(archive: Archive, stocks: Iterator[Bars]) -> dict[str, int]:
    """Appends every stock; how many bars of each."""
    kept, appending, start = {}, [], time.perf_counter()
    for bars in stocks:
        before = time.perf_counter()
        archive.append(bars, source="file", fetched_at=FETCHED)
        appending.append(time.perf_counter() - before)
        kept[bars.instrument.symbol] = len(bars)
    whole = time.perf_counter() - start
    say("import", f"{len(kept)} symbols, {sum(kept.values()):,} bars in {whole:.1f} s, of which {sum(appending):.1f} s in append")
    say("one append", f"median {1e3 * statistics.median(appending):.1f} ms, longest {1e3 * max(appending):.0f} ms")
    say("peak memory after the import", peak())
    return kept


def read_back(archive: Archive, symbols: Sequence[str]) -> None:
    """Reads each symbol once; the first pays for the connection."""
    times = []
    for symbol in symbols:
        before = time.perf_counter()
        archive.read("file", symbol, instrument=Instrument.unknown(symbol))
        times.append(time.perf_counter() - before)
    say("first read, with the connection", f"{1e3 * times[0]:.1f} ms")
    say("one symbol read back", f"median {1e3 * statistics.median(times[1:]):.1f} ms, longest {1e3 * max(times[1:]):.0f} ms")
    say("peak memory after reading all", peak())


def fetch_again(archive: Archive, symbol: str) -> None:
    """The same bars again, and the same with one revision."""
    bars = archive.read("file", symbol, instrument=Instrument.unknown(symbol))
    before = time.perf_counter()
    again = archive.append(bars, source="file", fetched_at=FETCHED + dt.timedelta(hours=1))
    say("an identical fetch of ten years", f"{1e3 * (time.perf_counter() - before):.1f} ms, {again.added} bars added")


def taken(archive: Archive, what: str, work: object) -> None:
    """The time of one sweep over all datasets."""
    before = time.perf_counter()
    found = work(archive)  # type: ignore[operator]
    say(what, f"{time.perf_counter() - before:.2f} s, {len(found)} returned")


def year_of_fetches(root: Path) -> None:
    """A symbol fetched daily for a year, eleven bars each time: what a read costs then."""
    bars = next(made(1))
    archive = Archive(str(root))
    first = len(bars) - DAILY
    archive.append(cut(bars, 0, first), source="file", fetched_at=FETCHED)
    for i in range(1, DAILY + 1):
        window = cut(bars, first + i - 11, first + i)
        archive.append(window, source="file", fetched_at=FETCHED + dt.timedelta(days=i))
    times = []
    for _ in range(5):
        before = time.perf_counter()
        archive.read("file", bars.instrument.symbol, instrument=bars.instrument)
        times.append(time.perf_counter() - before)
    say(f"read after {DAILY} daily fetches", f"median {1e3 * statistics.median(times):.0f} ms")


def from_file(file: Path, count: int) -> Iterator[Bars]:
    """Each stock's bars, checked; what cannot be is left out."""
    with duckdb.connect(":memory:", config={"threads": 1}) as connection:
        source = [str(file)]
        found = connection.execute("SELECT DISTINCT symbol FROM read_parquet(?) ORDER BY symbol LIMIT ?", [*source, count])
        symbols = [row[0] for row in found.fetchall()]
        for at in range(0, len(symbols), TOGETHER):
            some = symbols[at : at + TOGETHER]
            wanted = f"symbol, CAST(date AS DATE)::VARCHAR AS date, {', '.join(COLUMNS)}"
            query = f"SELECT {wanted} FROM read_parquet(?) WHERE symbol IN (SELECT unnest(?)) ORDER BY symbol, date"
            table = connection.execute(query, [*source, some]).fetchnumpy()
            ends = np.searchsorted(table["symbol"].astype(str), some, side="right")
            for symbol, first, last in zip(some, [0, *ends[:-1]], ends, strict=True):
                cells = {name: table[name][first:last].tolist() for name in ("date", *COLUMNS)}
                lines = np.arange(1, last - first + 1, dtype=np.int64)
                yield assemble([Block(lines=lines, cells=cells)], Instrument.unknown(symbol), feed=file.name, quarantine=True)


def made(count: int) -> Iterator[Bars]:
    """Stocks that never were, 2,548 weekdays each."""
    days = np.busday_offset("2016-01-04", np.arange(2548), roll="forward").astype("datetime64[us]")
    for i in range(count):
        rng = np.random.default_rng(i)
        close = np.round(100 * np.exp(np.cumsum(rng.normal(0, 0.015, len(days)))), 2)
        yield Bars(
            instrument=Instrument.unknown(f"MADE{i}"),
            time=days.copy(),
            open=close.copy(),
            high=close * 1.01,
            low=close * 0.99,
            close=close,
            volume=rng.integers(10**5, 10**7, len(days)).astype(float),
            row=np.zeros(len(days), dtype=np.int64),
            feed="made",
        )


def cut(bars: Bars, first: int, last: int) -> Bars:
    """The rows from `first` up to `last`."""
    columns = {name: getattr(bars, name)[first:last] for name in ("time", *COLUMNS, "row")}
    return replace(bars, **columns)


def peak() -> str:
    """The most memory that this process has held so far."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return f"{most / (1024 if sys.platform != 'darwin' else 1024**2):.0f} MB"


def say(what: str, figure: str) -> None:
    """One line."""
    print(f"{what:<36}{figure}", flush=True)


if __name__ == "__main__":
    main()
