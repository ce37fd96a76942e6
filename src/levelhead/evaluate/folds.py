"""The folds of a walk: its calendar years, each scored by what was fitted before it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import groupby

import numpy as np

from levelhead.domain.bars import Bars
from levelhead.domain.sessions import as_date
from levelhead.wire.document import Document

WORDS = (
    "Folds are calendar years, walked forwards: nothing that comes after a note is ever fitted on. The note's own volatility is "
    "refitted at every bar on the bars up to it, the GARCH baseline once a year on the bars before the year. Purge: an earlier day "
    "counts in a base rate only where its window ended by the note's day, so the last N sessions before a note are left out of a "
    "horizon of N; the column names the longest horizon. Embargo: none is needed, since no fit uses bars after those it is scored "
    "on. What a fold's last notes said is settled on the bars of the next and belongs to the fold that said it."
)


def folds_of(bars: Bars, days: Sequence[dt.date], horizons: Sequence[int]) -> list[Document]:
    """One fold for each calendar year of `days`, ascending: plain JSON values.

    name: the year. first, last: days scored; days: how many. fitted_until: the last bar before the fold, on which what is fitted
    once a year was fitted; None where there is none. purge: sessions; embargo: sessions.
    """
    found = []
    for year, group in groupby(days, key=lambda day: day.year):
        own = list(group)
        before = int(np.searchsorted(bars.dates, np.datetime64(own[0])))
        found.append(
            {
                "name": f"{bars.instrument.symbol} {year}",
                "first": str(own[0]),
                "last": str(own[-1]),
                "days": len(own),
                "fitted_until": str(as_date(bars.dates[before - 1])) if before else None,
                "purge": max(horizons),
                "embargo": 0,
            }
        )
    return found
