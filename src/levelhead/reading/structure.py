"""Swing structure: the confirmed turning points, and whether they rise or fall."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars
from levelhead.domain.fact import Fact, Window
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
    found = [
        *_swings("high", bars, swing_highs(bars.high[:closed], k), k),
        *_swings("low", bars, swing_lows(bars.low[:closed], k), k),
    ]
    return tuple(sorted(found, key=lambda swing: (swing.index, swing.kind)))


def structure_facts(bars: Bars, swings: tuple[Swing, ...]) -> tuple[dict[str, Fact], tuple[str, ...]]:
    """The last confirmed swings, and whether highs and lows rise or fall; and what is not known yet.

    swing_high_1, swing_high_2, swing_low_1, swing_low_2: 1 is the latest confirmed one. structure.confirmed compares 1 with
    2; two swings at one price say nothing about direction, then the latest earlier swing at another price stands for 2.
    structure.higher_high (structure.lower_low) is the highest high (lowest low) after swing 1 where it passes swing 1; it is
    a higher high (lower low) long before the turn that ends it is confirmed, and structure counts it.
    """
    highs, lows = _latest_first(swings, "high"), _latest_first(swings, "low")
    facts = {f"swing_{side[0].kind}_{n}": _swing_fact(bars, s, n) for side in (highs, lows) for n, s in enumerate(side[:2], 1)}
    passed = {name: fact for side in (highs, lows) if side for name, fact in _passed(bars, side[0]).items()}
    facts |= passed
    earlier_high, earlier_low = _differing(highs), _differing(lows)
    if earlier_high is None or earlier_low is None:
        return facts, (
            f"Swing structure needs two confirmed swing highs and two swing lows at different prices; the {len(bars)} bars "
            f"hold {len(highs)} and {len(lows)}.",
        )
    return facts | _structure((highs[0], earlier_high), (lows[0], earlier_low), passed), ()


def _structure(highs: tuple[Swing, Swing], lows: tuple[Swing, Swing], passed: Mapping[str, Fact]) -> dict[str, Fact]:
    """structure.confirmed and structure, from the two highs and two lows to compare, latest first."""
    higher_highs, higher_lows = highs[0].price > highs[1].price, lows[0].price > lows[1].price
    confirmed = Fact(
        value=_in_words(higher_highs, higher_lows),
        unit="word",
        meaning="swing structure of the last two confirmed swing highs and the last two confirmed swing lows",
        formula=_CONFIRMED,
        inputs={
            "swing_high_1": highs[0].price,
            "earlier_high": highs[1].price,
            "swing_low_1": lows[0].price,
            "earlier_low": lows[1].price,
        },
        date=max(highs[0].happened_on, lows[0].happened_on),
        known_on=max(highs[0].known_on, lows[0].known_on),
    )
    since = [fact.date for fact in passed.values() if fact.date is not None]
    current = replace(
        confirmed,
        value=_in_words(higher_highs or "structure.higher_high" in passed, higher_lows and "structure.lower_low" not in passed),
        meaning="swing structure: the last confirmed swings, and what the market has made of them since",
        formula=f"{_CONFIRMED} {_SINCE}",
        inputs={**confirmed.inputs, **{name: float(fact.value) for name, fact in passed.items()}},
        date=max([d for d in (confirmed.date, *since) if d is not None]),
        known_on=max([d for d in (confirmed.known_on, *since) if d is not None]),
    )
    return {"structure.confirmed": confirmed, "structure": current}


_CONFIRMED = (
    "The latest confirmed swing high against the one before it and the latest confirmed swing low against the one before it; "
    "where the two lie at one price, against the latest earlier one at another price."
)
_SINCE = "A later bar above the latest swing high makes higher highs, one below the latest swing low makes lower lows."


def _swings(kind: SwingKind, bars: Bars, known: NDArray[np.bool_], k: int) -> list[Swing]:
    prices = bars.high if kind == "high" else bars.low
    return [
        Swing(
            kind=kind,
            price=float(prices[t - k]),
            happened_on=bars.stamp(int(t - k)),
            known_on=bars.stamp(int(t)),
            index=int(t - k),
            known_index=int(t),
        )
        for t in np.flatnonzero(known)
    ]


def _latest_first(swings: tuple[Swing, ...], kind: SwingKind) -> list[Swing]:
    return sorted((swing for swing in swings if swing.kind == kind), key=lambda swing: -swing.index)


def _differing(latest_first: list[Swing]) -> Swing | None:
    return next((swing for swing in latest_first if swing.price != latest_first[0].price), None)


def _in_words(higher_highs: bool, higher_lows: bool) -> str:
    return f"{'higher' if higher_highs else 'lower'} highs and {'higher' if higher_lows else 'lower'} lows"


def _swing_fact(bars: Bars, swing: Swing, number: int) -> Fact:
    k = swing.known_index - swing.index
    rank = "latest" if number == 1 else "second latest"
    return Fact(
        value=swing.price,
        unit="price",
        meaning=f"{rank} confirmed swing {swing.kind}: no bar within {k} on either side passes it",
        formula="highest(highs)" if swing.kind == "high" else "lowest(lows)",
        windows=(Window(column=swing.kind, first=bars.stamp(swing.index - k), last=swing.known_on, count=2 * k + 1),),
        date=swing.happened_on,
        known_on=swing.known_on,
    )


def _passed(bars: Bars, swing: Swing) -> dict[str, Fact]:
    """The extreme of the bars after the latest swing, where it passes that swing."""
    prices = (bars.high if swing.kind == "high" else bars.low)[swing.index + 1 :]
    at = int(prices.argmax() if swing.kind == "high" else prices.argmin())
    extreme = float(prices[at])
    if not (extreme > swing.price if swing.kind == "high" else extreme < swing.price):
        return {}
    name, formula = ("higher_high", "highest(highs)") if swing.kind == "high" else ("lower_low", "lowest(lows)")
    first = bars.stamp(swing.index + 1)
    return {
        f"structure.{name}": Fact(
            value=extreme,
            unit="price",
            meaning=f"{name.replace('_', ' ')} made since the latest confirmed swing {swing.kind}",
            formula=formula,
            windows=(Window(column=swing.kind, first=first, last=bars.stamp(-1), count=len(prices)),),
            date=bars.stamp(swing.index + 1 + at),
        )
    }
