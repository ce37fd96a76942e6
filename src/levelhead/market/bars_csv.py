"""Bars as the CSV that the readers read back to the same bars."""

from __future__ import annotations

import numpy as np

from levelhead.domain.bars import Bars

HEADER = "date,open,high,low,close,volume"
INTRADAY_HEADER = "time,open,high,low,close,volume"


def bars_csv(bars: Bars) -> str:
    """Bars as text: ISO dates, of intraday bars starts in UTC; prices with the digits they carry, volume 0 where it is unknown."""
    stamps = bars.dates.astype(str) if bars.days is None else np.strings.add(bars.time.astype("datetime64[s]").astype(str), "Z")
    columns = (bars.open, bars.high, bars.low, bars.close, bars.volume)
    rows = zip(stamps.tolist(), *(column.tolist() for column in columns), strict=True)
    header = HEADER if bars.days is None else INTRADAY_HEADER
    return "\n".join([header, *(",".join([day, *map(number_text, values)]) for day, *values in rows)]) + "\n"


def number_text(value: float) -> str:
    """The shortest text that reads back to the same number; a whole volume without its point, 0 for an unknown one."""
    if np.isnan(value):
        return "0"
    return repr(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))
