"""Days of bars that are not daily, numbered so that a horizon of bars reaches as far among them as it does among the bars."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars
from levelhead.domain.timeframe import DAILY, MONTHLY, WEEKLY, timeframe_of
from levelhead.wire.document import Document

DayArray = NDArray[np.datetime64]
_FIRST = np.datetime64("1970-01-05")  # a Monday


class BarCount:
    """How days are numbered where horizons count bars of one timeframe.

    What dates depend on each other is worked out in weekdays, one of which holds one daily bar. So the week or month of a note
    stands for one weekday, and a day of intraday bars for as many as it usually holds.
    """

    def __init__(self, bars: Iterable[Bars]) -> None:
        every = list(bars)
        self._frame = timeframe_of(every[0].timeframe) if every else DAILY
        held = [np.unique(each.dates, return_counts=True)[1] for each in every] if self._frame.is_intraday else []
        self._held = int(np.median(np.concatenate(held))) if held else 1

    @property
    def noun(self) -> str:
        """What a horizon counts: 'session', 'week', 'month', 'bar'."""
        return "session" if self._frame == DAILY else self._frame.noun

    def worded(self, document: Document) -> Document:
        """The document with its baselines called by what they count: the 20-week random walk. It was written for daily bars."""
        if self._frame == DAILY:
            return document
        made: Document = self._worded(document)
        return made

    def _worded(self, value: Any) -> Any:
        if isinstance(value, str):
            return value.replace("20-day", f"20-{self._frame.noun}")
        if isinstance(value, list):
            return [self._worded(each) for each in value]
        return {key: self._worded(each) for key, each in value.items()} if isinstance(value, dict) else value

    def numbered(self, days: DayArray) -> DayArray:
        """A weekday for each of the days, shape (n,), in the same order; of daily bars the days themselves."""
        whole = days.astype("datetime64[D]")
        if self._frame == DAILY:
            return days
        if self._frame == WEEKLY:
            count = (whole.astype(np.int64) + 3) // 7
        elif self._frame == MONTHLY:
            count = whole.astype("datetime64[M]").astype(np.int64)
        else:
            count = np.busday_count(_FIRST, whole).astype(np.int64) * self._held
        numbered: DayArray = np.busday_offset(_FIRST, count, roll="forward").astype(days.dtype)
        return numbered
