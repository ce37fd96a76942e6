"""A live source without a network: what it answers lies on a shelf that a test fills."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from importlib.metadata import EntryPoint

import numpy as np
import pytest

from levelhead.domain.bars import Bars, Provisional
from levelhead.domain.errors import NoBars, SourceFailed
from levelhead.domain.instrument import Instrument
from levelhead.doors import clock
from levelhead.market import registry
from levelhead.market.source import Offer, Request, Surroundings

SHELF: dict[str, Bars] = {}
ASKED: list[Request] = []


class Shelf:
    """Answers as 'yahoo' from SHELF; where that is empty the network is down."""

    def offer(self) -> Offer:
        return Offer(name="yahoo", what="Made bars.", timeframes=("1d", "5m"))

    def fetch(self, request: Request, instrument: Instrument, around: Surroundings) -> Bars:
        ASKED.append(request)
        if not SHELF:
            raise SourceFailed("yahoo RTY=F could not be asked: the network is down; try again later.")
        bars = SHELF.get(request.symbol)
        if bars is None:
            raise NoBars(f"yahoo has no {request.symbol}; try another source.")
        keep = np.ones(len(bars), dtype=bool)
        if request.first is not None:
            keep &= bars.dates >= np.datetime64(request.first)
        if request.last is not None:
            keep &= bars.dates <= np.datetime64(request.last)
        columns = {name: getattr(bars, name)[keep] for name in ("time", "open", "high", "low", "close", "volume", "row")}
        return replace(bars, instrument=instrument, **columns)


class Nothing(Shelf):
    """Another live source, which is always down."""

    def offer(self) -> Offer:
        return Offer(name="stooq", what="Nothing.")

    def fetch(self, request: Request, instrument: Instrument, around: Surroundings) -> Bars:
        raise SourceFailed("stooq could not be asked.")


def instead_of_the_live_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    SHELF.clear()
    ASKED.clear()
    points = dict(registry._points())
    for name in ("fred", "databento"):
        points.pop(name, None)
    points["yahoo"] = EntryPoint("yahoo", "made_source:Shelf", registry.GROUP)
    points["stooq"] = EntryPoint("stooq", "made_source:Nothing", registry.GROUP)
    monkeypatch.setattr(registry, "_points", lambda: points)


def clock_at(monkeypatch: pytest.MonkeyPatch, text: str) -> dt.datetime:
    moment = dt.datetime.fromisoformat(text)
    monkeypatch.setattr(clock, "now", lambda: moment)
    return moment


def forming(bars: Bars) -> Bars:
    return replace(bars, provisional=Provisional(price=bars.last))


def moved(bars: Bars, day: str, points: float) -> Bars:
    """The same bars with one day's prices moved."""
    by = np.where(bars.dates == np.datetime64(day), points, 0.0)
    return replace(bars, open=bars.open + by, high=bars.high + by, low=bars.low + by, close=bars.close + by)
