"""Stamps of intraday bars, reduced to seconds UTC: the start of the bar, its time zone named in the stamp or given once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.errors import BadSettings
from levelhead.domain.timeframe import Timeframe
from levelhead.market.trade_dates import NO_DAY, read_unix

FORMS = ("moment", "unix")
NO_MOMENT = NO_DAY
NAIVE = NO_DAY + 1  # readable, but of no zone
TWICE = NO_DAY + 2  # the hour that a zone has twice when its clocks go back
NEVER = NO_DAY + 3  # the hour that it skips
UNKNOWN = (NO_MOMENT, NAIVE, TWICE, NEVER)
HALF_A_DAY = 43_200
FIRST = 100  # steps that show how long bars are
_SHARE = 1 / 3  # of the steps between stamps: four-hour bars of New York come in pairs, one short step to one long
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def zone_of(name: str) -> ZoneInfo:
    """The time zone of that name, 'America/New_York'. Raises BadSettings."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadSettings(
            f"{name!r} is no time zone; write it as America/New_York, America/Chicago, Europe/Berlin or UTC."
        ) from None


def read_moments(cells: Sequence[str], form: str, zone: ZoneInfo | None) -> NDArray[np.int64]:
    """Seconds since 1970-01-01 UTC. A cell that is none has one of UNKNOWN.

    zone: of the stamps that name none themselves; None where none was given. Unix seconds are UTC.
    """
    read = _unix if form == "unix" else _moment
    seconds = np.empty(len(cells), dtype=np.int64)
    for i, cell in enumerate(cells):
        try:
            seconds[i] = read(cell, zone)
        except (ValueError, OverflowError):
            seconds[i] = NO_MOMENT
    return seconds


def are_intraday(cells: Sequence[str], form: str) -> bool:
    """Whether stamps of that form follow each other within half a day often enough to be of intraday bars."""
    if form not in FORMS or len(cells) < 2:
        return False
    seconds = read_moments(cells, form, ZoneInfo("UTC"))
    known = seconds[~np.isin(seconds, UNKNOWN)]
    steps = np.abs(np.diff(known))
    short = np.count_nonzero((steps > 0) & (steps <= HALF_A_DAY))
    return bool(short >= _SHARE * max(1, len(steps)))


def usual_step(seconds: NDArray[np.int64]) -> Timeframe | None:
    """The timeframe of ascending stamps: the step that most of the first hundred are apart; None where that divides no day.

    Of the first alone: what comes later must not change what the bars before it are.
    """
    steps, counts = np.unique(np.diff(seconds[: FIRST + 1]), return_counts=True)
    if not len(steps):
        return None
    minutes, rest = divmod(int(steps[np.argmax(counts)]), 60)
    return None if rest or minutes == 0 or minutes >= 1440 or 1440 % minutes else Timeframe(minutes)


def written(seconds: int) -> str:
    """'2025-06-01 22:05 UTC'."""
    return f"{_EPOCH + dt.timedelta(seconds=seconds):%Y-%m-%d %H:%M} UTC"


def _unix(cell: str, zone: ZoneInfo | None) -> int:
    return read_unix(cell)


def _moment(cell: str, zone: ZoneInfo | None) -> int:
    if len(cell) < 16 or cell[4] != "-" or cell[7] != "-":
        raise ValueError(cell)
    moment = dt.datetime.fromisoformat(cell)
    if moment.tzinfo is None:
        if zone is None:
            return NAIVE
        first, second = (moment.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
        if first.utcoffset() != second.utcoffset():
            return TWICE if first.utcoffset() > second.utcoffset() else NEVER  # type: ignore[operator]
        moment = first
    return int((moment - _EPOCH).total_seconds())
