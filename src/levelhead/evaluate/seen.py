"""What an analyst of a past day had before him."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from levelhead.domain.bars import Bars
from levelhead.domain.roll import Roll, RollsSince, known_rolls, rolls_on


def seen_on(bars: Bars, day: dt.date, told: Sequence[RollsSince] | None = None) -> Bars:
    """The bars as an analyst of that day has them: no later one, and no roll that is not known yet; `told` as `walk` takes it.

    Where rolls are estimated, a series of which none has shown is as given: nobody says that it is as traded.
    """
    seen = bars.until(day)
    if told is None:
        return seen
    rolls = _rolls(bars, day, told)
    return replace(seen, rolls=rolls, frame="as traded" if rolls else "as given")


def contracts_of(bars: Bars, days: Sequence[dt.date], told: Sequence[RollsSince] | None = None) -> Iterator[list[dt.date]]:
    """The ascending days in groups that know the same rolls: what such days share stands in one contract."""
    for _, group in groupby(days, lambda day: _rolls(bars, day, told)):
        yield list(group)


def _rolls(bars: Bars, day: dt.date, told: Sequence[RollsSince] | None) -> tuple[Roll, ...]:
    return known_rolls(bars.rolls, day) if told is None else rolls_on(told, day)
