"""Swing structure: the confirmed turning points, and whether they rise or fall."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.adjustment import shape_of
from levelhead.domain.bars import Bars, FloatArray
from levelhead.domain.fact import Fact, Window, fact_of, window_of
from levelhead.domain.sessions import as_date
from levelhead.kernels.swings import swing_highs, swing_lows
from levelhead.reading.occurrence import Occurrences, occurrences
from levelhead.reading.settings import Settings

SwingKind = Literal["high", "low"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Swing:
    """A bar whose high (low) no bar within k on either side passes, the first of equals.

    index: its row in the bars; known_index: the row of the k-th bar after it, at whose close it became known; the two
    dates are those rows'. price: as the bars quote it on its day. height: the same in the contract of the last bar, which is
    what swings are found by and compared in; the two differ where a roll lies between.
    """

    kind: SwingKind
    price: float
    height: float
    happened_on: dt.date
    known_on: dt.date
    index: int
    known_index: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Swings(Sequence[Swing]):
    """Confirmed swings, oldest first, a bar's high before its low: what each has in a column of shape (m,), itself when asked for.

    A chart shows thirty of the thousands that a long history has.
    """

    rows: NDArray[np.int64]
    known: NDArray[np.int64]
    prices: FloatArray
    heights: FloatArray
    are_highs: NDArray[np.bool_]
    stamp: Callable[[int], dt.date]
    made: dict[int, Swing] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, at: Any) -> Any:
        """The swing of that number, from the end where it is negative; of a slice a tuple of them."""
        if isinstance(at, slice):
            return tuple(self[number] for number in range(*at.indices(len(self))))
        number = range(len(self))[at]
        found = self.made.get(number)
        if found is None:
            found = self.made[number] = self._swing(number)
        return found

    def _swing(self, at: int) -> Swing:
        row, known = int(self.rows[at]), int(self.known[at])
        return Swing(
            kind="high" if self.are_highs[at] else "low",
            price=float(self.prices[at]),
            height=float(self.heights[at]),
            happened_on=self.stamp(row),
            known_on=self.stamp(known),
            index=row,
            known_index=known,
        )

    def first(self, count: int) -> Swings:
        """The first `count` of them."""
        return replace(
            self,
            rows=self.rows[:count],
            known=self.known[:count],
            prices=self.prices[:count],
            heights=self.heights[:count],
            are_highs=self.are_highs[:count],
        )


def swings_of(bars: Bars, settings: Settings) -> Swings:
    """All confirmed swings. Found on the back-adjusted series.

    A swing is confirmed by the close of the k-th bar after it. A provisional last bar has not closed and may still pass
    the swing, so it confirms nothing: a swing that waits for it is not known yet.
    """
    closed = len(bars) if bars.provisional is None else len(bars) - 1
    k = settings.swing_bars
    shape = shape_of(bars)
    highs, lows = (np.flatnonzero(known) - k for known in (swing_highs(shape.high[:closed], k), swing_lows(shape.low[:closed], k)))
    order = np.concatenate([highs, lows]).argsort(kind="stable")
    return Swings(
        rows=np.concatenate([highs, lows])[order],
        known=np.concatenate([highs, lows])[order] + k,
        prices=np.concatenate([bars.high[highs], bars.low[lows]])[order],
        heights=np.concatenate([shape.high[highs], shape.low[lows]])[order],
        are_highs=order < len(highs),
        stamp=bars.stamp,
    )


class LastSwings(NamedTuple):
    """The last confirmed swings, latest first, back to the second and to the first at another price than the latest.

    earlier: of highs and of lows the latest at another price, None where there is none; counts: then, of all highs and lows. facts:
    of the last two of each.
    """

    highs: list[Swing]
    lows: list[Swing]
    earlier: tuple[Swing | None, Swing | None]
    counts: tuple[int, int] | None
    facts: dict[str, Fact]


def last_swings_of(bars: Bars, swings: Swings) -> LastSwings:
    """The last of the confirmed swings of a series that begins with what confirmed them, oldest first."""
    highs, lows = _latest_first(swings, "high"), _latest_first(swings, "low")
    earlier = _differing(highs), _differing(lows)
    count = int(swings.are_highs.sum())
    return LastSwings(
        highs,
        lows,
        earlier,
        (count, len(swings) - count) if None in earlier else None,
        {f"swing_{side[0].kind}_{n}": _swing_fact(bars, s, n) for side in (highs, lows) for n, s in enumerate(side[:2], 1)},
    )


def structure_facts(bars: Bars, last: LastSwings) -> tuple[dict[str, Fact], tuple[str, ...]]:
    """The last confirmed swings, and whether highs and lows rise or fall; and what is not known yet.

    swing_high_1, swing_high_2, swing_low_1, swing_low_2: 1 is the latest confirmed one. structure.confirmed compares 1 with
    2; two swings at one price say nothing about direction, then the latest earlier swing at another price stands for 2.
    structure.higher_high (structure.lower_low) is the highest high (lowest low) after swing 1 where it passes swing 1; it is
    a higher high (lower low) long before the turn that ends it is confirmed, and structure counts it. All are compared on the
    back-adjusted series and quoted as the bars have them: a roll makes no higher high.
    """
    highs, lows, (earlier_high, earlier_low), counts, facts = last
    passed = {name: fact for side in (highs, lows) if side for name, fact in _passed(bars, side[0]).items()}
    facts = facts | passed
    if earlier_high is None or earlier_low is None:
        assert counts is not None
        return facts, (
            f"Swing structure needs two confirmed swing highs and two swing lows at different prices; the {len(bars)} bars "
            f"hold {counts[0]} and {counts[1]}.",
        )
    return facts | _structure((highs[0], earlier_high), (lows[0], earlier_low), passed), ()


def swing_occurrences(swings: Swings) -> tuple[Occurrences, ...]:
    """'swing.low', bullish, and 'swing.high', bearish: the swings that bars on either side confirm."""
    highs, lows = swings.are_highs, ~swings.are_highs
    return (
        occurrences("swing.low", swings.known[lows], 1, swings.rows[lows]),
        occurrences("swing.high", swings.known[highs], -1, swings.rows[highs]),
    )


def _structure(highs: tuple[Swing, Swing], lows: tuple[Swing, Swing], passed: Mapping[str, Fact]) -> dict[str, Fact]:
    """structure.confirmed and structure, from the two highs and two lows to compare, latest first."""
    higher_highs, higher_lows = highs[0].height > highs[1].height, lows[0].height > lows[1].height
    across = any(swing.price != swing.height for swing in (*highs, *lows))
    confirmed = fact_of(
        value=_in_words(higher_highs, higher_lows),
        unit="word",
        meaning="swing structure of the last two confirmed swing highs and the last two confirmed swing lows",
        formula=f"{_CONFIRMED} {_ACROSS}" if across else _CONFIRMED,
        inputs={
            "swing_high_1": highs[0].height,
            "earlier_high": highs[1].height,
            "swing_low_1": lows[0].height,
            "earlier_low": lows[1].height,
        },
        date=max(highs[0].happened_on, lows[0].happened_on),
        known_on=max(highs[0].known_on, lows[0].known_on),
    )
    since = [fact.date for fact in passed.values() if fact.date is not None]
    current = fact_of(
        value=_in_words(higher_highs or "structure.higher_high" in passed, higher_lows and "structure.lower_low" not in passed),
        unit="word",
        meaning="swing structure: the last confirmed swings, and what the market has made of them since",
        formula=f"{confirmed.formula} {_SINCE}",
        inputs={**confirmed.inputs, **{name: float(fact.value) for name, fact in passed.items()}},
        date=max([d for d in (confirmed.date, *since) if d is not None]),
        known_on=max([d for d in (confirmed.known_on, *since) if d is not None]),
    )
    return {"structure.confirmed": confirmed, "structure": current}


_CONFIRMED = (
    "The latest confirmed swing high against the one before it and the latest confirmed swing low against the one before it; "
    "where the two lie at one price, against the latest earlier one at another price."
)
_ACROSS = "A roll lies between: they are compared in the last contract's prices."
_SINCE = "A later bar above the latest swing high makes higher highs, one below the latest swing low makes lower lows."


def _latest_first(swings: Swings, kind: SwingKind) -> list[Swing]:
    """Those of that kind, back to the second and to the first at another price than the latest."""
    found: list[Swing] = []
    for swing in reversed(swings):
        if swing.kind == kind:
            found.append(swing)
            if len(found) > 1 and swing.height != found[0].height:
                break
    return found


def _differing(latest_first: list[Swing]) -> Swing | None:
    return next((swing for swing in latest_first if swing.height != latest_first[0].height), None)


def _in_words(higher_highs: bool, higher_lows: bool) -> str:
    return f"{'higher' if higher_highs else 'lower'} highs and {'higher' if higher_lows else 'lower'} lows"


def _swing_fact(bars: Bars, swing: Swing, number: int) -> Fact:
    k = swing.known_index - swing.index
    rank = "latest" if number == 1 else "second latest"
    quoted, window = as_quoted(bars, swing.kind, swing.index, swing.index - k, swing.known_index)
    return fact_of(
        value=swing.price,
        unit="price",
        meaning=f"{rank} confirmed swing {swing.kind}: no bar within {k} on either side passes it{quoted}",
        formula="highest(highs)" if swing.kind == "high" else "lowest(lows)",
        windows=(window,),
        date=swing.happened_on,
        known_on=swing.known_on,
    )


def _passed(bars: Bars, swing: Swing) -> dict[str, Fact]:
    """The extreme of the bars after the latest swing, where it passes that swing."""
    shape = shape_of(bars)
    heights = (shape.high if swing.kind == "high" else shape.low)[swing.index + 1 :]
    at = swing.index + 1 + int(heights.argmax() if swing.kind == "high" else heights.argmin())
    height = float(heights[at - swing.index - 1])
    if not (height > swing.height if swing.kind == "high" else height < swing.height):
        return {}
    name, formula = ("higher_high", "highest(highs)") if swing.kind == "high" else ("lower_low", "lowest(lows)")
    quoted, window = as_quoted(bars, swing.kind, at, swing.index + 1, len(bars) - 1)
    return {
        f"structure.{name}": fact_of(
            value=float((bars.high if swing.kind == "high" else bars.low)[at]),
            unit="price",
            meaning=f"{name.replace('_', ' ')} made since the latest confirmed swing {swing.kind}{quoted}",
            formula=formula,
            windows=(window,),
            date=bars.stamp(at),
        )
    }


def extreme_fact(
    bars: Bars, kind: SwingKind, at: int, rows: tuple[int, int], meaning: str, *, known_on: dt.date | None = None
) -> Fact:
    """The high or low of row `at`, the extreme of the bars from the first to the last of `rows`, as `as_quoted` says it."""
    quoted, window = as_quoted(bars, kind, at, *rows)
    return fact_of(
        value=float((bars.high if kind == "high" else bars.low)[at]),
        unit="price",
        meaning=f"{meaning}{quoted}",
        formula="highest(highs)" if kind == "high" else "lowest(lows)",
        windows=(window,),
        date=bars.stamp(at),
        known_on=known_on,
    )


def as_quoted(bars: Bars, kind: SwingKind, at: int, first: int, last: int) -> tuple[str, Window]:
    """How the extreme of rows first to last is quoted: as those bars' extreme; across a roll as its own bar has it."""
    if bars.rolls and bars.adjustment == "none":
        begins, ends = as_date(bars.dates[first]), as_date(bars.dates[last])
        if any(begins < roll.date <= ends for roll in bars.rolls):
            own = window_of(kind, bars.stamp(at), bars.stamp(at), 1)
            return "; found on the back-adjusted series, quoted as traded on its day", own
    return "", window_of(kind, bars.stamp(first), bars.stamp(last), last - first + 1)
