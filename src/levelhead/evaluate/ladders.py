"""The ladders of levels of past days, as each day's reading had them, and the bars that followed each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.adjustment import as_traded
from levelhead.domain.bars import Bars
from levelhead.domain.level import Zone
from levelhead.domain.roll import known_rolls, shifts
from levelhead.domain.sessions import SessionTable, as_date
from levelhead.kernels.level_tests import Paths, paths_after
from levelhead.reading.levels import day_of, zones_of_each
from levelhead.reading.panel import panel_of
from levelhead.reading.settings import TOGETHER, YEAR, Settings
from levelhead.reading.walk import collector_at_rest
from levelhead.reading.whole import whole_of

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

STEP = 5  # sessions from one ladder to the next; a level counts as touched while its ladder is the latest


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ladders:
    """Levels of past days that the price was not in, m days and l levels.

    rows: of the days among the bars, (m,). paths: what followed each, in ATR(14) from its close. start: the day of each level,
    (l,). near, width: its near edge and how far it is to the far one, in ATR(14). kinds: names; holds: (l, kinds), whether a zone
    has a level of each kind.
    """

    rows: IntArray
    paths: Paths
    start: IntArray
    near: FloatArray
    width: FloatArray
    kinds: tuple[str, ...]
    holds: FloatArray


def ladders_of(bars: Bars, settings: Settings, *, ahead: int, sessions: SessionTable | None = None) -> Ladders:
    """The ladder of every fifth day from the end of the first year on, of those days that have `ahead` closed bars after them."""
    traded = as_traded(bars)
    panel = panel_of(traded)
    closed = len(traded) if traded.provisional is None else len(traded) - 1
    days = [row for row in range(STEP * -(-YEAR // STEP), closed - ahead, STEP) if panel.atr[row] > 0]
    rows = np.array(days, dtype=np.int64)
    added = shifts(traded.dates, traded.rolls)
    paths = paths_after(traded.high + added, traded.low + added, traded.close + added, rows, panel.atr, ahead)
    levels = []
    for place, zones in enumerate(_zones(traded, days, settings, sessions)):
        last, yard = float(traded.close[days[place]]), float(panel.atr[days[place]])
        levels += [
            (place, *edges, frozenset(str(level.kind) for level in zone.levels))
            for zone in zones
            if (edges := _edges(zone, last, yard)) is not None
        ]
    kinds = tuple(sorted({kind for level in levels for kind in level[3]}))
    return Ladders(
        rows=rows,
        paths=paths,
        start=np.array([level[0] for level in levels], dtype=np.int64),
        near=np.array([level[1] for level in levels], dtype=np.float64),
        width=np.array([level[2] for level in levels], dtype=np.float64),
        kinds=kinds,
        holds=np.array([[kind in level[3] for kind in kinds] for level in levels], dtype=np.float64).reshape(
            len(levels), len(kinds)
        ),
    )


def _edges(zone: Zone, last: float, yard: float) -> tuple[float, float] | None:
    """The near edge and the width in ATR(14); None of a zone that holds the price."""
    if zone.low <= last <= zone.high:
        return None
    near = zone.low if zone.low > last else zone.high
    return (near - last) / yard, (zone.high - zone.low) / yard


def _zones(bars: Bars, rows: Sequence[int], settings: Settings, sessions: SessionTable | None) -> Iterator[tuple[Zone, ...]]:
    """The zones of each of the days, which ascend, found some days at a time; days that know the same rolls share what is worked
    out once.
    """
    days = [as_date(bars.dates[row]) for row in rows]
    for _, group in groupby(days, lambda day: known_rolls(bars.rolls, day)):
        alike = list(group)
        whole = whole_of(bars.until(alike[-1]), settings)
        for at in range(0, len(alike), TOGETHER):
            parts = [bars.until(day) for day in alike[at : at + TOGETHER]]
            with collector_at_rest():
                found = zones_of_each(
                    [day_of(part, whole.levels, whole.panel_until(len(part)), sessions, settings) for part in parts]
                )
            yield from found
