"""Dates as people write them, reduced to the day a bar trades.

A stamp with a time is the start of its bar. Two hours are added to it in UTC: an electronic session that starts at 22:00 or
23:00 UTC belongs to the next day, one that starts by daylight anywhere in America stays in its own, and so does midnight
UTC. Midnight in a stated zone is that zone's own date. Stamps of intraday bars are read in `moments`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

NO_DAY = np.iinfo(np.int64).min  # NaT, as an integer
_EPOCH = dt.date(1970, 1, 1).toordinal()
_EVENING = dt.timedelta(hours=2)
_FIRST, _LAST = dt.date.min.toordinal() - _EPOCH, dt.date.max.toordinal() - _EPOCH
_COMPACT = re.compile(r"(1[6-9]|2[0-2])\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])", re.ASCII)
_UNIX = re.compile(r"-?\d{1,13}", re.ASCII)
_THREE_PARTS = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{4}", re.ASCII)
_MILLISECONDS_FROM = 100_000_000_000  # as seconds, beyond the year 5138


def written_as(cells: Sequence[str]) -> str | None:
    """How most of these dates are written (a key of READERS); None where none can be read.

    1/2/2025 is two days. Whether months or days come first shows in those that are only one (1/31/2025); where none is, the
    dates cannot be read.
    """
    counts = {form: sum(_is(form, cell) for cell in cells) for form in READERS}
    form = max(counts, key=lambda key: counts[key])
    is_either = form == "month/day" and counts["month/day"] == counts["day/month"]
    return form if counts[form] and not is_either else None


def form_of(cell: str) -> str | None:
    """One way in which this date can be read, None where there is none."""
    return next((form for form in READERS if _is(form, cell)), None)


def _is(form: str, cell: str) -> bool:
    try:
        READERS[form](cell)
    except (ValueError, OverflowError):
        return False
    return True


def read_days(cells: Sequence[str], form: str) -> NDArray[np.int64]:
    """Days since 1970-01-01, NO_DAY where a cell is not written in that form."""
    read = READERS[form]
    days = np.empty(len(cells), dtype=np.int64)
    for i, cell in enumerate(cells):
        try:
            days[i] = read(cell)
        except (ValueError, OverflowError):
            days[i] = NO_DAY
    return days


def _date(cell: str) -> int:
    if len(cell) != 10 or cell[4] != "-" or cell[7] != "-":
        raise ValueError(cell)
    return dt.date.fromisoformat(cell).toordinal() - _EPOCH


def _moment(cell: str) -> int:
    if len(cell) < 16 or cell[4] != "-" or cell[7] != "-":
        raise ValueError(cell)
    moment = dt.datetime.fromisoformat(cell)
    if moment.time() == dt.time.min:
        return moment.toordinal() - _EPOCH
    if moment.tzinfo is not None:
        moment = moment.astimezone(dt.UTC)
    return (moment + _EVENING).toordinal() - _EPOCH


def _compact(cell: str) -> int:
    if not _COMPACT.fullmatch(cell):
        raise ValueError(cell)
    return dt.date(int(cell[:4]), int(cell[4:6]), int(cell[6:])).toordinal() - _EPOCH


def _unix(cell: str) -> int:
    return (read_unix(cell) + 7200) // 86_400


def read_unix(cell: str) -> int:
    """Seconds since 1970 of Unix seconds or milliseconds. Raises ValueError, OverflowError where a date cannot hold them."""
    if not _UNIX.fullmatch(cell):
        raise ValueError(cell)
    seconds = int(cell)
    if abs(seconds) >= _MILLISECONDS_FROM:
        seconds //= 1000
    if not _FIRST <= (seconds + 7200) // 86_400 <= _LAST:
        raise OverflowError(cell)
    return seconds


def _month_first(cell: str) -> int:
    month, day, year = _parts(cell, "/")
    return dt.date(year, month, day).toordinal() - _EPOCH


def _day_first(cell: str) -> int:
    day, month, year = _parts(cell, "/")
    return dt.date(year, month, day).toordinal() - _EPOCH


def _dotted(cell: str) -> int:
    day, month, year = _parts(cell, ".")
    return dt.date(year, month, day).toordinal() - _EPOCH


def _parts(cell: str, separator: str) -> tuple[int, int, int]:
    if not _THREE_PARTS.fullmatch(cell):
        raise ValueError(cell)
    first, second, year = cell.split(separator)
    return int(first), int(second), int(year)


READERS: Mapping[str, Callable[[str], int]] = {
    "date": _date,
    "compact": _compact,
    "moment": _moment,
    "unix": _unix,
    "month/day": _month_first,
    "day/month": _day_first,
    "day.month": _dotted,
}
EXAMPLES: Mapping[str, str] = {
    "date": "2025-03-13",
    "compact": "20250313",
    "moment": "2025-03-13T00:00:00Z",
    "unix": "1741824000",
    "month/day": "3/13/2025",
    "day/month": "13/3/2025",
    "day.month": "13.3.2025",
}
