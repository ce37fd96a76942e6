"""Shorter bars that are given beside daily ones: held to them before anything is worked out from them."""

from __future__ import annotations

import numpy as np

from levelhead.domain.adjustment import shape_of
from levelhead.domain.bars import Bars
from levelhead.domain.errors import BadBars
from levelhead.domain.sessions import as_date
from levelhead.domain.timeframe import DAILY, timeframe_of
from levelhead.kernels.finer import by_session
from levelhead.market.hours import Hours, with_trade_dates, within

ALIKE, JUDGED_FROM = 0.8, 5
"""Share of the sessions in both whose range must be the same, and how many there must be to say so: single days are thin, begin
late, or are wrong in one feed."""


def finer_for(finer: Bars, bars: Bars, hours: Hours = "electronic") -> tuple[Bars | None, tuple[str, ...]]:
    """The shorter bars as far as `bars` knew them, with their trade dates, and what to tell the person who gave them.

    None where they begin after the last finished bar. hours: the part of each session to take. Raises BadBars where `bars` are not
    daily or these no shorter, have no volume, or are not of the same thing: of the sessions in both less than 0.8 have the range
    of the daily bar within a tenth. Their level may differ, as that of another contract or adjustment does; their scale may not.
    """
    _shorter(finer, bars)
    dated = with_trade_dates(within(finer, hours))
    last = bars.dates[-1] if bars.provisional is None else bars.dates[-2] if len(bars) > 1 else None
    if last is None or dated.dates[0] > last:
        on = "" if last is None else f", the last finished one here {as_date(last)}"
        return None, (f"{_name(finer)}: its first session is {dated.first}{on}; volume by price is told without it.",)
    known = dated.until(as_date(last))
    if np.isnan(known.volume).all():
        raise BadBars(f"{_name(finer)} has no volume up to {known.as_of}; give shorter bars with a volume column.")
    _alike(known, bars)
    return known, ()


def _shorter(finer: Bars, bars: Bars) -> None:
    symbol, other = bars.instrument.symbol, finer.instrument.symbol
    if symbol != other:
        raise BadBars(f"{_name(finer)}: the finer bars are of {other}, the note is of {symbol}; give shorter bars of {symbol}.")
    given, own = timeframe_of(finer.timeframe), timeframe_of(bars.timeframe)
    if own != DAILY:
        raise BadBars(f"{_name(finer)}: finer bars serve a note of daily bars, and this one is of {own} bars; leave them out.")
    if not given.is_intraday:
        raise BadBars(f"{_name(finer)} has {given} bars, which are no shorter than the note's daily ones; give intraday bars.")


def _alike(finer: Bars, bars: Bars) -> None:
    """Raises BadBars where the sessions in both show that the two are not of the same thing."""
    if finer.as_of < bars.first:
        raise BadBars(f"{_name(finer)} ends on {finer.as_of}, before {_name(bars)} begins on {bars.first}; give bars of its days.")
    shape = shape_of(bars)
    found = by_session(
        finer.dates, finer.high, finer.low, finer.volume, shape.dates, shape.high, shape.low, step=bars.instrument.step
    )
    both = found.rows >= 0
    count, alike = int(np.count_nonzero(both)), int(np.count_nonzero(found.is_alike))
    if alike >= ALIKE * count or count < JUDGED_FROM:
        return
    at = int(np.argmax(both & ~found.is_alike))
    row = int(found.rows[at])
    points = bars.instrument.quoting.price
    raise BadBars(
        f"{_name(finer)} is not of what {_name(bars)} is of: {alike:,} of {count:,} sessions in both have the same range; that of "
        f"{as_date(shape.dates[row])} is {points(found.ranges[at])} there and {points(shape.high[row] - shape.low[row])} here. "
        "Give shorter bars of the same instrument, scale and hours."
    )


def _name(bars: Bars) -> str:
    return bars.feed or bars.instrument.symbol
