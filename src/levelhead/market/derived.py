"""Which numbers of a note two feeds disagree about, and by how much."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from levelhead.domain.bars import Bars, FloatArray
from levelhead.domain.sessions import as_date
from levelhead.kernels.averages import sma
from levelhead.kernels.momentum import rsi
from levelhead.market.alignment import Alignment

YEAR = 252  # common days
NUMBERS: dict[str, Callable[[FloatArray], FloatArray]] = {
    "sma_20": lambda closes: sma(closes, 20),
    "sma_50": lambda closes: sma(closes, 50),
    "sma_100": lambda closes: sma(closes, 100),
    "sma_200": lambda closes: sma(closes, 200),
    "rsi_14": lambda closes: rsi(closes, 14),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """One number by our feed and by the other, brought to our frame, on the last common day; and the worst of the last year.

    unit: 'points' or 'index'. moved = ours - theirs. worst: the difference of the largest size over the last 252 common days.
    """

    name: str
    unit: Literal["points", "index"]
    ours: float
    theirs: float
    moved: float
    worst: float
    worst_on: dt.date


def moved_numbers(ours: Bars, theirs: Bars, alignment: Alignment) -> tuple[Moved, ...]:
    """SMA 20, 50, 100, 200 and RSI(14) by either feed, both from the first common day; those for which there are bars enough."""
    own, other = _span(alignment.ours), _span(alignment.theirs)
    closes = ours.close[own]
    their_closes = alignment.brought(theirs.close[other], theirs.dates[other])
    at, their_at = alignment.ours - own.start, alignment.theirs - other.start
    found = []
    for name, number in NUMBERS.items():
        one, two = number(closes)[at][-YEAR:], number(their_closes)[their_at][-YEAR:]
        difference = one - two
        if np.isnan(difference[-1]):
            continue
        k = int(np.nanargmax(np.abs(difference)))
        found.append(
            Moved(
                name=name,
                unit="index" if name.startswith("rsi") else "points",
                ours=float(one[-1]),
                theirs=float(two[-1]),
                moved=float(difference[-1]),
                worst=float(difference[k]),
                worst_on=as_date(alignment.dates[-YEAR:][k]),
            )
        )
    return tuple(found)


def _span(rows: np.ndarray[tuple[int], np.dtype[np.int64]]) -> slice:
    return slice(int(rows[0]), int(rows[-1]) + 1)
