"""What a note was told of the market around its instrument, for its provenance: as much as its day knew, with digests."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars
from levelhead.domain.daily_series import known_rows
from levelhead.domain.note import BesideData
from levelhead.domain.sessions import as_date
from levelhead.kernels.breadth import Breadth
from levelhead.reading.context import Context


def context_data(bars: Bars, context: Context) -> tuple[BesideData, ...]:
    """Breadth, credit, positions and finer bars as the bars' last day knew them; what is later changes nothing of it."""
    return tuple(_each(bars, context))


def _each(bars: Bars, context: Context) -> Iterator[BesideData]:
    if context.breadth is not None:
        name, found = context.breadth
        count = int(known_rows(bars, found.days)[-1]) + 1
        if count:
            yield _data("breadth", name, count, found.days, _digest(name, found, count))
    if context.credit is not None:
        count = int(known_rows(bars, context.credit.dates)[-1]) + 1
        if count:
            yield _data("credit", context.credit.name, count, context.credit.dates, context.credit.digest(count))
    reports = None if context.positions is None else context.positions.known(bars)
    if reports is not None:
        yield _data("positions", reports.name, len(reports.dates), reports.dates, reports.digest())
    finer = context.finer
    if finer is not None and finer.first <= bars.as_of:
        known = finer.until(bars.as_of)
        yield _data("finer bars", finer.feed or finer.timeframe, len(known), known.dates, known.digest())


def _data(role: str, name: str, count: int, dates: NDArray[np.datetime64], digest: str) -> BesideData:
    return BesideData(role=role, name=name, count=count, first=as_date(dates[0]), last=as_date(dates[count - 1]), digest=digest)


def _digest(name: str, found: Breadth, count: int) -> str:
    """'sha256:...' of the counts of the first `count` days."""
    h = hashlib.sha256(f"{name}|breadth|{count}|".encode())
    for column in Breadth.__slots__:
        h.update(getattr(found, column)[:count].astype("<i8").tobytes())
    return "sha256:" + h.hexdigest()
