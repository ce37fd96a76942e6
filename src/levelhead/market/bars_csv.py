"""Bars as the CSV that the readers read back to the same bars."""

from __future__ import annotations

import numpy as np

from levelhead.domain.bars import Bars

HEADER = "date,open,high,low,close,volume"


def bars_csv(bars: Bars) -> str:
    """Daily bars as text: ISO dates, prices with the digits they carry, volume 0 where it is unknown."""
    columns = (bars.open, bars.high, bars.low, bars.close, bars.volume)
    rows = zip(bars.dates.astype(str).tolist(), *(column.tolist() for column in columns), strict=True)
    return "\n".join([HEADER, *(",".join([day, *map(number_text, values)]) for day, *values in rows)]) + "\n"


def number_text(value: float) -> str:
    """The shortest text that reads back to the same number; a whole volume without its point, 0 for an unknown one."""
    if np.isnan(value):
        return "0"
    return repr(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))
