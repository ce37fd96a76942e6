"""Bars from and to a notebook's own frames: pandas, Polars, Arrow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from levelhead.domain.bars import Bars
from levelhead.domain.errors import MissingPart, UnreadableFile
from levelhead.domain.instrument import Instrument
from levelhead.domain.level import FrameBackend
from levelhead.domain.timeframe import timeframe_of
from levelhead.market.assembly import assemble
from levelhead.market.columns import NAMES, find_columns
from levelhead.market.moments import zone_of
from levelhead.market.numbers import Cell
from levelhead.market.resampling import as_its_timeframe
from levelhead.market.tables import Block


def bars_from_frame(
    frame: Any,
    instrument: Instrument,
    timeframe: str | None = None,
    *,
    feed: str = "frame",
    quarantine: bool = False,
    zone: str | None = None,
) -> Bars:
    """The bars of a pandas, Polars or Arrow frame, with the checks of a file; rows count from 1.

    Columns as in a file, any case; of a pandas frame without a date column, the index is the date. Stamps,
    timeframe and zone are read as those of a file. Raises BadBars for impossible rows, UnreadableFile for what is no frame of bars.
    """
    header, columns = _columns(frame, feed)
    found = find_columns(header, feed)
    cells = {name: _cells(columns[at], as_text=name in ("date", "symbol")) for name, at in found.items()}
    lines = np.arange(1, len(cells["date"]) + 1, dtype=np.int64)
    blocks = [Block(lines=lines, cells=cells)] if len(lines) else []
    given = None if timeframe is None else timeframe_of(timeframe)
    known_zone = None if zone is None else zone_of(zone)
    bars = assemble(blocks, instrument, feed=feed, quarantine=quarantine, timeframe=given, zone=known_zone)
    return as_its_timeframe(bars, given)


def bars_to_frame(bars: Bars, backend: FrameBackend = "pandas") -> Any:
    """A native frame of date, open, high, low, close, volume: 'pandas', 'polars' or 'pyarrow', whichever is installed."""
    import narwhals as nw

    names = ("open", "high", "low", "close", "volume")
    data = {"date": bars.time.copy(), **{name: getattr(bars, name).copy() for name in names}}
    try:
        return nw.from_dict(data, backend=backend).to_native()
    except ImportError:
        raise MissingPart(f"A {backend} frame needs {backend}, which is not installed: pip install {backend}.") from None


def _columns(frame: Any, feed: str) -> tuple[list[str], list[Any]]:
    """The names and columns of the frame, and a pandas index as 'date' where no column is."""
    import narwhals as nw
    from narwhals.exceptions import NarwhalsError

    try:
        table = nw.from_native(frame, eager_only=True)
        header, columns = [_flat(name) for name in table.columns], list(table.iter_columns())
    except TypeError:
        kind = type(frame).__name__
        raise UnreadableFile(f"{feed}: {kind} is no frame; give a pandas or Polars data frame or an Arrow table.") from None
    except NarwhalsError as error:
        reason = str(error).strip().splitlines()[0]
        raise UnreadableFile(f"{feed} is a frame that cannot be read ({reason}); give one of plain columns.") from None
    index = nw.maybe_get_index(table)
    if type(index).__name__ not in ("NoneType", "RangeIndex") and not set(NAMES["date"]) & {
        name.strip().lower() for name in header
    }:
        return ["date", *header], [index, *columns]
    return header, columns


def _flat(name: object) -> str:
    """A column of yfinance, ('Close', 'RTY=F'), by its first word."""
    return str(name[0]) if isinstance(name, tuple) and name else str(name)


def _cells(series: Any, *, as_text: bool) -> Sequence[Cell]:
    values = series.to_list()
    if as_text:
        return [_text(value) for value in values]
    return [value if value is None or isinstance(value, str) else float(value) for value in values]


def _text(value: Any) -> str:
    if value is None or value != value:
        return ""
    return str(value.isoformat()) if hasattr(value, "isoformat") else str(value)
