"""What Yahoo's rows need before they are bars: quoted prices, whole intervals, and the session each row belongs to."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import numpy as np

from levelhead.domain.bars import FloatArray
from levelhead.domain.finding import Finding
from levelhead.domain.instrument import Instrument
from levelhead.domain.sessions import as_date
from levelhead.domain.timeframe import timeframe_of
from levelhead.market.delivery import trade_dates
from levelhead.market.feed_rows import PRICES, Rows
from levelhead.market.sessions import session_table
from levelhead.market.source import Request


def rows_of_frame(frame: Any, timeframe: str) -> Rows:
    """The columns of the library's frame; daily rows are stamped with midnight of the exchange, whose date is taken."""
    index = frame.index
    if timeframe != "1d":
        index = index.tz_convert("UTC")
    time = index.tz_localize(None).to_numpy().astype("datetime64[us]")
    prices = {name: _as_quoted(frame[name.capitalize()].to_numpy(dtype=np.float64)) for name in PRICES}
    return Rows(time=time, volume=frame["Volume"].to_numpy(dtype=np.float64, copy=True), **prices)


def on_the_grid(rows: Rows, timeframe: str) -> Rows:
    """A last intraday row stamped with the moment of the last trade becomes part of the bar it falls in."""
    if timeframe == "1d" or len(rows) < 2:
        return rows
    length = np.timedelta64(timeframe_of(timeframe).minutes, "m")
    since = rows.time[-1] - rows.time[-2]
    if since >= length or not np.isfinite(rows.close[-2:]).all():
        return rows
    merged = rows[:-1]
    high, low, close = merged.high.copy(), merged.low.copy(), merged.close.copy()
    high[-1], low[-1], close[-1] = max(high[-1], rows.high[-1]), min(low[-1], rows.low[-1]), rows.close[-1]
    return dataclasses.replace(merged, high=high, low=low, close=close)


def regular_end(meta: Any, rows: Rows) -> dt.datetime | None:
    """When Yahoo says that the session of the last row ends; None where it says nothing of that day."""
    try:
        end = meta["currentTradingPeriod"]["regular"]["end"]
        end = dt.datetime.fromtimestamp(end.timestamp() if isinstance(end, dt.datetime) else float(end), dt.UTC)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    return end if end.date() == as_date(rows.time.max()) else None


def _as_quoted(price: FloatArray) -> FloatArray:
    """Prices as they were quoted: Yahoo keeps them in single precision, and 1416.4 comes back as 1416.4000244140625."""
    single = price.astype(np.float32)
    quoted = single.astype("U").astype(np.float64)  # the shortest digits that tell a single-precision number from its neighbours
    return np.where(single.astype(np.float64) == price, quoted, price)


def in_its_session(rows: Rows, request: Request, instrument: Instrument, meta: Any, feed: str) -> tuple[Rows, tuple[Finding, ...]]:
    """The last daily row of a future, taken in an evening session, dated by the session it belongs to.

    Yahoo dates it by the day in New York; after 18:00 the session is the next day's. A row that stands for no session moves
    to its own. One that stands for a session may already hold prices of the next: it stays, and that is said.
    """
    table = session_table(instrument.calendar)
    taken = meta.get("regularMarketTime") if meta else None
    if request.timeframe != "1d" or table is None or taken is None:
        return rows, ()
    seconds = taken.timestamp() if isinstance(taken, dt.datetime) else float(taken)
    moment = np.array([int(seconds)], dtype="datetime64[s]").astype("datetime64[us]")
    session = trade_dates(moment, "1m", table, feed=feed)[0]
    at = int(np.argmax(rows.time))
    day = rows.time[at].astype("datetime64[D]")
    if not day < session:
        return rows, ()
    opened = table.opens[np.searchsorted(table.dates, session)]
    if moment[0] < opened:
        return rows, ()
    when = as_date(session)
    if not table.is_session(as_date(day)):
        time = rows.time.astype("datetime64[us]")
        time[at] = session
        text = (
            f"{feed}: the last row is dated {day}, which is no session; its price is of the session of {when}, where it stands now."
        )
        said = Finding(kind="evening_row", severity="remark", text=text, where=feed, date=when)
        return dataclasses.replace(rows, time=time), (said,)
    if moment[0].astype("datetime64[D]") - day > np.timedelta64(1, "D"):
        return rows, ()
    text = (
        f"{feed}: the last trade is of {moment[0].astype('datetime64[m]')} UTC, in the session of {when}, and the last row is "
        f"dated {day}: it may hold prices of both. Fetch again when that session has ended."
    )
    return rows, (Finding(kind="evening_row", severity="warning", text=text, where=feed, date=as_date(day)),)


def unadjusted(rows: Rows, instrument: Instrument, feed: str) -> tuple[Finding, ...]:
    """What to say of a stock's prices; nothing of a future's or an index's, which nobody adjusts."""
    if instrument.kind in ("future", "index"):
        return ()
    text = f"{feed}: prices are adjusted for splits, not for dividends."
    return (Finding(kind="unadjusted", severity="remark", text=text, where=feed, date=as_date(rows.time.min())),)
