"""Swing structure: the confirmed turning points, and whether they rise or fall."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars
from levelhead.domain.fact import Column, Fact, Window
from levelhead.domain.sessions import as_date
from levelhead.kernels.swings import swing_highs, swing_lows
from levelhead.reading.settings import Settings

SwingKind = Literal["high", "low"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Swing:
    """A bar whose high (low) no bar within k on either side passes, the first of equals.

    index: its row in the bars; known_index: the row of the k-th bar after it, at whose close it became known; the two
    dates are those rows'.
    """

    kind: SwingKind
    price: float
    happened_on: dt.date
    known_on: dt.date
    index: int
    known_index: int


def swings_of(bars: Bars, settings: Settings) -> tuple[Swing, ...]:
    """All confirmed swings, oldest first; a bar that is both gives its high first.

    A swing is confirmed by the close of the k-th bar after it. A provisional last bar has not closed and may still pass
    the swing, so it confirms nothing: a swing that waits for it is not known yet.
    """
    closed = len(bars) if bars.provisional is None else len(bars) - 1
    k = settings.swing_bars
    dates = bars.dates
    found = [
        *_swings("high", bars.high, swing_highs(bars.high[:closed], k), dates, k),
        *_swings("low", bars.low, swing_lows(bars.low[:closed], k), dates, k),
    ]
    return tuple(sorted(found, key=lambda swing: (swing.index, swing.kind)))


def structure_facts(bars: Bars, swings: tuple[Swing, ...]) -> tuple[dict[str, Fact], tuple[str, ...]]:
    """swing_high_1, swing_high_2, swing_low_1, swing_low_2, structure and structure.break; and what is not known yet.

    1 is the latest confirmed swing. Two swings at one price say nothing about direction: then the latest earlier swing at
    another price is compared instead. structure.break says whether the last close has left the last swings behind.
    """
    highs = _latest_first(swings, "high")
    lows = _latest_first(swings, "low")
    facts: dict[str, Fact] = {}
    for side, column in ((highs, "highs"), (lows, "lows")):
        for number, swing in enumerate(side[:2], 1):
            facts[f"swing_{swing.kind}_{number}"] = _swing_fact(bars, swing, number, column)
    if not highs or not lows:
        return facts, (f"Swing structure is not yet known: {len(bars)} bars hold {_counted(highs, lows)}.",)
    facts["structure.break"] = _break(bars, highs[0], lows[0])
    earlier_high, earlier_low = _differing(highs), _differing(lows)
    if earlier_high is None or earlier_low is None:
        return facts, (
            f"Swing structure is not yet known: it needs two swing highs and two swing lows; {len(bars)} bars hold "
            f"{_counted(highs, lows)}.",
        )
    facts["structure"] = _structure(bars, (highs[0], earlier_high), (lows[0], earlier_low))
    return facts, ()


def _swings(
    kind: SwingKind, prices: NDArray[np.float64], known: NDArray[np.bool_], dates: NDArray[np.datetime64], k: int
) -> list[Swing]:
    return [
        Swing(
            kind=kind,
            price=float(prices[t - k]),
            happened_on=as_date(dates[t - k]),
            known_on=as_date(dates[t]),
            index=int(t - k),
            known_index=int(t),
        )
        for t in np.flatnonzero(known)
    ]


def _latest_first(swings: tuple[Swing, ...], kind: SwingKind) -> list[Swing]:
    return sorted((swing for swing in swings if swing.kind == kind), key=lambda swing: -swing.index)


def _differing(latest_first: list[Swing]) -> Swing | None:
    return next((swing for swing in latest_first if swing.price != latest_first[0].price), None)


def _counted(highs: list[Swing], lows: list[Swing]) -> str:
    return f"{len(highs)} confirmed swing high{'s' * (len(highs) != 1)} and {len(lows)} swing low{'s' * (len(lows) != 1)}"


def _swing_fact(bars: Bars, swing: Swing, number: int, column: str) -> Fact:
    k = swing.known_index - swing.index
    first = as_date(bars.dates[swing.index - k])
    which: Column = "high" if swing.kind == "high" else "low"
    rank = "latest" if number == 1 else "second latest"
    return Fact(
        value=swing.price,
        unit="price",
        meaning=f"{rank} confirmed swing {swing.kind}: no bar within {k} on either side passes it",
        formula=f"highest({column})" if swing.kind == "high" else f"lowest({column})",
        windows=(Window(column=which, first=first, last=swing.known_on, count=2 * k + 1),),
        date=swing.happened_on,
        known_on=swing.known_on,
    )


def _structure(bars: Bars, highs: tuple[Swing, Swing], lows: tuple[Swing, Swing]) -> Fact:
    new_high = float(bars.high[highs[0].index :].max()) > highs[0].price
    new_low = float(bars.low[lows[0].index :].min()) < lows[0].price
    rising_high = new_high or highs[0].price > highs[1].price
    rising_low = not new_low and lows[0].price > lows[1].price
    return Fact(
        value=f"{'higher' if rising_high else 'lower'} highs and {'higher' if rising_low else 'lower'} lows",
        unit="word",
        meaning="swing structure: the last two confirmed swing highs and swing lows, and whether the market has passed the latest since",
        formula="The latest swing high against the one before it, and the latest swing low against the one before it (where two "
        "lie at one price, the latest earlier one at another price); a bar that has traded above the latest swing high since makes "
        "a higher high, one below the latest swing low a lower low.",
        inputs={
            "swing_high_1": highs[0].price,
            "swing_high_2": highs[1].price,
            "swing_low_1": lows[0].price,
            "swing_low_2": lows[1].price,
        },
        date=max(highs[0].happened_on, lows[0].happened_on),
        known_on=bars.as_of if new_high or new_low else max(highs[0].known_on, lows[0].known_on),
    )


def _break(bars: Bars, high: Swing, low: Swing) -> Fact:
    where = "none"
    if bars.last > high.price:
        where = "above the last swing high"
    elif bars.last < low.price:
        where = "below the last swing low"
    return Fact(
        value=where,
        unit="word",
        meaning="whether the last close has passed the latest confirmed swing high or low",
        formula="The last close against the latest confirmed swing high and the latest confirmed swing low.",
        inputs={"last": bars.last, "swing_high_1": high.price, "swing_low_1": low.price},
    )
