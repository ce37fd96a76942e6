"""How a finding about bars is worded: which row, how many more, what to do."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars
from levelhead.domain.finding import Finding, Severity
from levelhead.domain.sessions import as_date
from levelhead.market.impossible import place

SHOWN = 5  # dates named in one sentence

DateArray = NDArray[np.datetime64]


def finding_at(bars: Bars, kind: str, k: int, words: str, count: int, *, severity: Severity = "warning") -> Finding:
    """The finding whose first bar is row `k` of `bars`; `words` say what and what to do, without the place."""
    row, date = int(bars.row[k]), as_date(bars.time[k])
    text = f"{place(bars.feed, row, date)}: {words}."
    return Finding(kind=kind, severity=severity, text=text, where=bars.feed, row=row or None, date=date, count=count)


def and_more(dates: DateArray, what: str = "bars") -> str:
    """'; 3 bars, also 2024-01-02, 2024-01-03': how many there are when there are more than one."""
    return "" if len(dates) == 1 else f"; {len(dates):,} {what}, also {listed(dates[1:])}"


def listed(dates: DateArray) -> str:
    """The first dates, how many more, and the last."""
    shown = ", ".join(str(day) for day in dates[:SHOWN])
    return shown if len(dates) <= SHOWN else f"{shown} and {len(dates) - SHOWN:,} more up to {dates[-1]}"
