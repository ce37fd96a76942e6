"""What the notes of a walk share, kept from one piece of the walk to the next."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from levelhead.desk.background import Background, background_of
from levelhead.desk.settings import Settings
from levelhead.domain.bars import Bars
from levelhead.domain.roll import RollsSince
from levelhead.evaluate.seen import contracts_of, seen_on
from levelhead.forecast.beside import Beside


class Backgrounds:
    """The backgrounds of the days of a whole walk, one for all days that know the same rolls; the last one is kept.

    days: of the whole walk, ascending. The pieces of a walk that are walked in one process share it, in ascending order best.
    finer: shorter bars of the same days; the days before the first of them share a background without.
    """

    def __init__(
        self,
        bars: Bars,
        days: Sequence[dt.date],
        settings: Settings,
        beside: Beside,
        told: Sequence[RollsSince] | None = None,
        finer: Bars | None = None,
    ) -> None:
        self._bars, self._settings, self._beside, self._told, self._finer = bars, settings, beside, told, finer
        before = [] if finer is None else [day for day in days if day < finer.first]
        self._lasts = [group[-1] for part in (before, days[len(before) :]) for group in contracts_of(bars, part, told)]
        self._kept: tuple[dt.date, Background] | None = None

    def groups(self, days: Iterable[dt.date]) -> Iterator[tuple[Background, list[dt.date]]]:
        """The days that share a background, ascending; each is one of the walk's."""
        for last, group in groupby(days, lambda day: self._lasts[bisect_left(self._lasts, day)]):
            yield self._until(last), list(group)

    def _until(self, last: dt.date) -> Background:
        if self._kept is None or self._kept[0] != last:
            finer = None if self._finer is None or last < self._finer.first else self._finer
            background = background_of(seen_on(self._bars, last, self._told), self._settings, self._beside, finer)
            self._kept = last, background
        return self._kept[1]
