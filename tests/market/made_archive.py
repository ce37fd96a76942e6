"""Bars made for the archive, a plain model of what it should hold, and writers that run in processes of their own."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from levelhead.domain.bars import Bars, Provisional
from levelhead.market.archive import Archive
from levelhead.market.instruments import find_instrument

RTY = find_instrument("RTY")
START = dt.datetime(2025, 3, 14, 21, 30, tzinfo=dt.UTC)
MONDAY = np.datetime64("2025-01-06")
Day = int
Said = Mapping[Day, tuple[float, float]]


def hour(n: float) -> dt.datetime:
    """The moment `n` hours after the first fetch."""
    return START + dt.timedelta(hours=n)


def bars_of(said: Said, *, forming: bool = False, feed: str = "made") -> Bars:
    """Daily bars: the close and volume of each day (0 is 2025-01-06), one point below and above it as range."""
    days = sorted(said)
    close = np.array([said[day][0] for day in days])
    return Bars(
        instrument=RTY,
        time=(MONDAY + np.array(days)).astype("datetime64[us]"),
        open=close.copy(), high=close + 1, low=close - 1, close=close,
        volume=np.array([said[day][1] for day in days]),
        row=np.zeros(len(days), dtype=np.int64),
        feed=feed,
        provisional=Provisional(price=float(close[-1])) if forming else None,
    )  # fmt: skip


def closes(*values: float, first: Day = 0, volume: float = 100.0) -> Said:
    """Consecutive days of these closes."""
    return {first + i: (value, volume) for i, value in enumerate(values)}


def said_by(bars: Bars) -> dict[Day, tuple[float, float]]:
    """The closes and volumes that bars hold, by day."""
    days = (bars.dates - MONDAY).astype(int)
    return {int(d): (float(c), float(v)) for d, c, v in zip(days, bars.close, bars.volume, strict=True)}


@dataclass(frozen=True)
class Fetch:
    """One fetch: what was said of which day, whether its last day was still forming, and when."""

    at: float
    said: Said
    forming: bool = False


@dataclass
class Model:
    """The archive as one would write it without files: a list of fetches, read from the oldest to the newest."""

    fetches: list[Fetch] = field(default_factory=list)

    def holds(self, until: float = float("inf")) -> tuple[dict[Day, tuple[float, float]], bool]:
        """What holds of each day, and whether the last one is forming; forming days before it are not held."""
        closed: dict[Day, tuple[float, float]] = {}
        forming: dict[Day, tuple[float, float]] = {}
        for fetch in sorted(self.fetches, key=lambda fetch: fetch.at):
            if fetch.at <= until:
                last = max(fetch.said)
                for day, values in fetch.said.items():
                    (forming if fetch.forming and day == last else closed)[day] = values
        last = max([*closed, *forming], default=-1)
        held = dict(closed)
        if last not in closed and last in forming:
            held[last] = forming[last]
        return dict(sorted(held.items())), last not in closed and last in forming


def numbered(i: int) -> Fetch:
    """The i-th fetch of a writer: sixty days, of which the last five are its own, so that fetches overlap and revise."""
    own = {55 + (i % 40) + k: (2000.0 + i + k, 100.0) for k in range(5)}
    return Fetch(at=float(i), said={**{day: (1900.0 + day, 100.0) for day in range(55 + i % 40)}, **own})


def append(archive: Archive, fetch: Fetch) -> None:
    archive.append(bars_of(fetch.said, forming=fetch.forming), source="made", fetched_at=hour(fetch.at))


def write_numbered(root: str, first: int, acknowledged: str, stop_after: int | None) -> None:
    """A writer in a process of its own: appends fetch after fetch, and says of each that it is kept once it is.

    With stop_after it kills itself, without a chance to clean up, at that many calls and returns of functions.
    """
    with tempfile.TemporaryDirectory() as elsewhere:  # what is imported and opened once is not what the kill should hit
        write_each(elsewhere, range(2))
    archive = Archive(root)
    handle = os.open(acknowledged, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    if stop_after is not None:
        calls = 0

        def die(*_: object) -> None:
            nonlocal calls
            calls += 1
            if calls >= stop_after:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.setprofile(die)
    for i in range(first, first + 1000):
        append(archive, numbered(i))
        os.write(handle, f"{i}\n".encode())


def write_each(root: str, numbers: Iterable[int]) -> None:
    """A writer in a process of its own that appends these fetches and ends."""
    archive = Archive(root)
    for i in numbers:
        append(archive, numbered(i))


def files_of(root: Path) -> list[Path]:
    """Every segment below a root, in the order of their names."""
    return sorted(root.glob("*/*/*/*.parquet"))
