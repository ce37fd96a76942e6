"""Twenty years of daily notes of one instrument, written, settled and scored: how long it takes, and where the time goes.

Run: python benchmarks/walk_forward.py BARS.csv SYMBOL [--from 2006] [--to 2025] [--paths 1000] [--workers 2] [--profile]
"""

from __future__ import annotations

import argparse
import cProfile
import datetime as dt
import hashlib
import platform
import pstats
import resource
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from levelhead.desk.settings import Settings
from levelhead.evaluate.chunks import walked_in_chunks
from levelhead.evaluate.report import evaluation
from levelhead.evaluate.route import Route, days_of
from levelhead.market.files import read_bars
from levelhead.market.instruments import find_instrument, micro_of
from levelhead.market.sessions import session_table
from levelhead.wire.document import canonical

T = TypeVar("T")
ROOMS = ("reading", "forecast", "kernels", "claims", "desk", "wire", "ledger", "evaluate", "domain")


def route_of(file: Path, symbol: str, first: int, last: int, paths: int) -> Route:
    bars = read_bars(file, find_instrument(symbol))
    settings = Settings()
    return Route(
        bars=bars,
        days=days_of(bars, first=dt.date(first, 1, 1), last=dt.date(last, 12, 31)),
        sessions=session_table(bars.instrument.calendar),
        settings=replace(settings, forecast=replace(settings.forecast, paths=paths)),
        micro=micro_of(bars.instrument),
    )


def timed(work: Callable[[], T]) -> tuple[T, float, float]:
    """What comes of the work; seconds of the clock and of processors, starts of processes included."""
    before = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    began = time.perf_counter()
    made = work()
    clock = time.perf_counter() - began
    after = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    used = sum(a.ru_utime + a.ru_stime - b.ru_utime - b.ru_stime for a, b in zip(after, before, strict=True))
    return made, clock, used


def profiled(route: Route, days: int) -> None:
    """Where the time of a note goes: by function, callees included."""
    part = replace(route, days=route.days[:: max(1, len(route.days) // days)])
    part.walked(part.days[:3])
    profile = cProfile.Profile()
    profile.enable()
    part.walked(part.days)
    profile.disable()
    stats = pstats.Stats(profile)
    rows = []
    for (file, _, name), (_, calls, _, whole, _) in stats.stats.items():  # type: ignore[attr-defined]
        inside = Path(file).parts
        if "levelhead" in inside and inside[-2] in ROOMS:
            rows.append((whole, calls, f"{inside[-2]}/{inside[-1]}:{name}"))
    print(f"profile of {len(part.days)} notes, milliseconds a note with what they call (the profiler itself doubles them):")
    for whole, calls, name in sorted(rows, reverse=True)[:40]:
        print(f"  {1000 * whole / len(part.days):7.2f}  {calls / len(part.days):8.1f} calls  {name}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bars", type=Path)
    parser.add_argument("symbol")
    parser.add_argument("--from", dest="first", type=int, default=2006)
    parser.add_argument("--to", dest="last", type=int, default=2025)
    parser.add_argument("--paths", type=int, default=1000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--profile", action="store_true")
    asked = parser.parse_args()
    route = route_of(asked.bars, asked.symbol, asked.first, asked.last, asked.paths)
    print(f"{asked.symbol}, {len(route.bars):,} bars; Python {platform.python_version()}, {platform.machine()}")
    if asked.profile:
        profiled(route, 60)
    print(f"{'notes':>7} {'clock s':>8} {'CPU s':>7} {'CPU ms a note':>14}")
    for share in (8, 4, 2, 1):
        part = replace(route, days=route.days[::share])
        walked, clock, used = timed(partial(walked_in_chunks, part, workers=asked.workers))
        print(f"{len(part.days):>7,} {clock:>8.1f} {used:>7.1f} {1000 * used / len(part.days):>14.1f}")
    document, told, more = timed(lambda: canonical(evaluation([part], [walked])))
    digest = hashlib.sha256(document.encode()).hexdigest()[:16]
    print(f" report {told:>8.1f} {more:>7.1f}   {len(document):,} bytes, sha256 {digest}")
    print(f"  whole {clock + told:>8.1f} {used + more:>7.1f}   walk and report of {len(part.days):,} notes")


if __name__ == "__main__":
    main()
