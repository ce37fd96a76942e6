"""Are the zones prices that a trader names? Five published notes against our ladder of their day, and against chance.

    python benchmarks/ladders.py [--ladders 5000] [--zones 14] [--width 0.5]

A level of a note is met when it lies within 0.15 ATR(14) of one of the zones. Beside our ladder stand thousands of random
ones of as many zones, of the same widths, at least as far apart: over the same range of prices, and, which is harder, each
zone moved by up to 1.5 ATR from where ours is, so that they crowd around the price as ours do. The levels were read from the
notes by hand; nothing in the package is fitted to them (benchmarks/level_sources.py has what weights were looked over with).
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from levelhead.domain.bars import Bars
from levelhead.domain.instrument import Instrument
from levelhead.reading.read import read
from levelhead.reading.settings import Settings

SHARED = Path(__file__).resolve().parents[2] / "shared"
NEAR_ATR = 0.15
MOVED_ATR = 1.5
SEED = 20250313
Span = tuple[float, float]

# Note, bars, date, last price, and the levels it names in its text and tables (targets and stops of its trades left out).
NOTES: Sequence[tuple[str, str, str, float, Sequence[Span]]] = (
    (
        "000",
        "rty.csv",
        "2025-11-24",
        2418.8,
        ((2415, 2420), (2455, 2470), (2500, 2500), (2567, 2567), (2350, 2360), (2310, 2310), (2227, 2227)),
    ),
    ("001", "rty_tv.csv", "2025-03-13", 2025.7, ((2210, 2210), (2229.3, 2229.3), (2281.1, 2281.1), (2003, 2003), (1877, 1877))),
    ("002", "rty.csv", "2026-02-04", 2632.7, ((2500, 2520), (2650, 2700), (2750, 2800), (2400, 2420))),
    ("003", "rty_tv.csv", "2025-05-09", 2036.4, ((2050, 2070), (2100, 2150), (2192, 2192), (1995, 1995), (1850, 1880))),
    ("004", "rty_tv.csv", "2025-09-08", 2393.0, ((2477, 2477), (2384, 2384), (2278, 2278), (2190, 2190), (2100, 2100))),
)


def bars_of(name: str) -> Bars:
    path = SHARED / "data" / name
    dates = np.genfromtxt(path, delimiter=",", skip_header=1, usecols=0, dtype="datetime64[us]")
    columns = np.round(np.genfromtxt(path, delimiter=",", skip_header=1, usecols=(1, 2, 3, 4)), 1)
    open_, high, low, close = (column.copy() for column in columns.T)
    return Bars(
        instrument=Instrument(
            symbol="RTY", name="E-mini Russell 2000", short_name="Russell 2000", kind="future", tick=0.1, decimals=1
        ),
        time=dates,
        open=open_,
        high=high,
        low=low,
        close=close,
        volume=np.full(len(dates), np.nan),
        row=np.arange(len(dates)) + 2,
        feed=name,
    )


def met(named: Sequence[Span], zones: Sequence[Span], near: float) -> int:
    """How many named spans lie within `near` of a zone."""
    return sum(any(low - near <= top and high + near >= bottom for bottom, top in zones) for low, high in named)


def random_ladder(zones: Sequence[Span], gap: float, rng: np.random.Generator) -> list[Span]:
    """As many zones of the same widths, shuffled, at random places over the same range, at least `gap` apart."""
    widths = rng.permutation([top - bottom for bottom, top in zones])
    bottom, top = zones[0][0], zones[-1][1]
    free = top - bottom - widths.sum() - gap * (len(zones) - 1)
    room = rng.dirichlet(np.ones(len(zones) + 1)) * free
    ladder, at = [], bottom
    for width, space in zip(widths, room[:-1], strict=True):
        at += space
        ladder.append((at, at + width))
        at += width + gap
    return ladder


def moved_ladder(zones: Sequence[Span], reach: float, gap: float, rng: np.random.Generator) -> list[Span]:
    """The same zones, each moved by up to `reach`, none nearer to another than `gap`; one that finds no room stays."""
    placed = list(zones)
    for at in rng.permutation(len(placed)).tolist():
        low, high = zones[at]
        others = [zone for other, zone in enumerate(placed) if other != at]
        for shift in rng.uniform(-reach, reach, 20):
            if all(low + shift - top >= gap or bottom - high - shift >= gap for bottom, top in others):
                placed[at] = (low + shift, high + shift)
                break
    return placed


def share_below(chance: np.ndarray, found: int) -> str:
    """What share of random ladders meets fewer levels than ours, and what share no more, in per cent."""
    return f"fewer {np.mean(chance < found) * 100:.1f} %, no more {np.mean(chance <= found) * 100:.1f} %"


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--ladders", type=int, default=5000)
    asked.add_argument("--zones", type=int, default=Settings().zones, help="zones of our ladder at most")
    asked.add_argument("--width", type=float, default=Settings().zone_atr, help="widest zone, ATR")
    given = asked.parse_args()
    ladders, settings = given.ladders, Settings(zones=given.zones, zone_atr=given.width)
    rng = np.random.default_rng(SEED)
    hits, total = 0, 0
    chances = {"over the same range": np.zeros(ladders), "each zone moved": np.zeros(ladders)}
    for note, feed, day, last, named in NOTES:
        reading = read(bars_of(feed).until(dt.date.fromisoformat(day)).with_last(last), settings=settings)
        atr = float(reading.facts["atr_14"].value)
        zones = [(zone.low, zone.high) for zone in reading.zones]
        widest = max(high - low for low, high in zones) / atr
        found = met(named, zones, NEAR_ATR * atr)
        print(f"note {note} of {day}: {found} of {len(named)} levels met by {len(zones)} zones, the widest {widest:.3f} ATR")
        gap = settings.zone_gap_atr * atr
        for name in chances:
            drawn = np.array(
                [
                    met(
                        named,
                        random_ladder(zones, gap, rng)
                        if name == "over the same range"
                        else moved_ladder(zones, MOVED_ATR * atr, gap, rng),
                        NEAR_ATR * atr,
                    )
                    for _ in range(ladders)
                ]
            )
            chances[name] += drawn
            print(f"  {ladders} random ladders, {name}: {drawn.mean():.2f} met; {share_below(drawn, found)}")
        missed = [span for span in named if not met([span], zones, NEAR_ATR * atr)]
        if missed:
            print("  not met: " + ", ".join(f"{low:g}" if low == high else f"{low:g}-{high:g}" for low, high in missed))
        hits, total = hits + found, total + len(named)
    print(f"all five: {hits} of {total} ({hits / total:.0%})")
    for name, chance in chances.items():
        print(f"  {ladders} times five random ladders, {name}: {chance.mean() / total:.0%} met; {share_below(chance, hits)}")


if __name__ == "__main__":
    main()
