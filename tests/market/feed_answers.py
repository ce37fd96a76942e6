"""Answers as the feeds document them, made from made bars: Yahoo's chart, FRED's JSON and CSV, Stooq's CSV, Databento's DBN."""

from __future__ import annotations

import datetime as dt
import json
from zoneinfo import ZoneInfo

import numpy as np

from levelhead.domain.sessions import as_date
from levelhead.market.sessions import session_table
from levelhead.market.source import Surroundings

NEW_YORK = ZoneInfo("America/New_York")


def moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def around(now="2025-03-20T12:00", *, seconds=20.0, attempts=3, environment=None, **more):
    return Surroundings(now=moment(now), environment=environment or {}, seconds=seconds, attempts=attempts, first_wait=0.0, **more)


def sessions(calendar, first, last):
    return [as_date(day) for day in session_table(calendar).between(dt.date.fromisoformat(first), dt.date.fromisoformat(last))]


def opens(calendar, days):
    """When the session of each day opens, UTC."""
    table = session_table(calendar)
    return table.opens[np.searchsorted(table.dates, np.array(days, dtype="datetime64[D]"))]


def rows_of(days, start=2000.0, step=1.5):
    """(day, open, high, low, close, volume) of each day; prices on the grid of 0.5, all different."""
    return [
        (day, start + step * i, start + step * i + 10, start + step * i - 7, start + step * i + 2, 1000 + i)
        for i, day in enumerate(days)
    ]


def stamp(day: dt.date, hour=0, minute=0) -> int:
    return int(dt.datetime(day.year, day.month, day.day, hour, minute, tzinfo=NEW_YORK).timestamp())


def chart(rows, *, symbol="RTY=F", kind="FUTURE", taken=None, stamps=None, interval="1d", **meta):
    """Yahoo's v8 chart answer. rows: as rows_of makes them, None for a row of nulls. taken: regularMarketTime."""
    stamps = [stamp(row[0]) for row in rows] if stamps is None else stamps
    column = lambda at: [row[at] for row in rows]  # noqa: E731
    last = taken if taken is not None else (stamps[-1] if stamps else 0)
    period = {"timezone": "EDT", "gmtoffset": -14400, "start": last - 3600, "end": last + 3600}
    result = {
        "meta": {
            "currency": "USD",
            "symbol": symbol,
            "exchangeName": "CME",
            "instrumentType": kind,
            "firstTradeDate": 1499659200,
            "regularMarketTime": last,
            "gmtoffset": -14400,
            "timezone": "EDT",
            "exchangeTimezoneName": "America/New_York",
            "regularMarketPrice": rows[-1][4] if rows else 0.0,
            "priceHint": 2,
            "currentTradingPeriod": {"pre": period, "regular": period, "post": period},
            "tradingPeriods": [[period]],
            "dataGranularity": interval,
            "range": "",
            "validRanges": ["1d", "5d", "1mo", "3mo", "6mo", "1y", "2y", "5y", "10y", "ytd", "max"],
            **meta,
        },
        "timestamp": stamps,
        "indicators": {
            "quote": [{"open": column(1), "high": column(2), "low": column(3), "close": column(4), "volume": column(5)}],
            "adjclose": [{"adjclose": column(4)}],
        },
    }
    if not rows:
        del result["timestamp"]
        result["indicators"] = {"quote": [{}], "adjclose": [{}]}
    return json.dumps({"chart": {"result": [result], "error": None}})


NOT_FOUND = json.dumps(
    {"chart": {"result": None, "error": {"code": "Not Found", "description": "No data found, symbol may be delisted"}}}
)


def nulls(day):
    return (day, None, None, None, None, None)


def observations(values):
    """FRED's series/observations answer. values: (day, text) with '.' for a hole."""
    rows = [{"realtime_start": "2025-03-20", "realtime_end": "2025-03-20", "date": str(day), "value": text} for day, text in values]
    return json.dumps(
        {
            "realtime_start": "2025-03-20",
            "realtime_end": "2025-03-20",
            "observation_start": "1776-07-04",
            "observation_end": "9999-12-31",
            "units": "lin",
            "output_type": 1,
            "file_type": "json",
            "order_by": "observation_date",
            "sort_order": "asc",
            "count": len(rows),
            "offset": 0,
            "limit": 100000,
            "observations": rows,
        }
    )


def graph(values, series="DGS10"):
    """FRED's fredgraph.csv. values: (day, text), '' for a hole."""
    return f"observation_date,{series}\n" + "".join(f"{day},{text}\n" for day, text in values)


def stooq_csv(rows):
    lines = [f"{day},{o},{h},{low},{c},{v}" for day, o, h, low, c, v in rows]
    return "\r\n".join(["Date,Open,High,Low,Close,Volume", *lines]) + "\r\n"


def dbn(hours, instrument_id=42, symbol="RTYZ5"):
    """Databento's answer, DBN packed with Zstandard, of hourly bars. hours: (moment, open, high, low, close, volume)."""
    import databento_dbn as d
    import zstandard

    stamps = [int(at.timestamp()) * 1_000_000_000 for at, *_ in hours]
    metadata = d.Metadata(
        dataset="GLBX.MDP3",
        start=stamps[0] if stamps else 0,
        stype_in=d.SType.RAW_SYMBOL,
        stype_out=d.SType.INSTRUMENT_ID,
        schema=d.Schema.OHLCV_1H,
        symbols=[symbol],
        partial=[],
        not_found=[] if hours else [symbol],
        mappings=[],
        ts_out=False,
        end=stamps[-1] + 1 if stamps else None,
    )
    body = metadata.encode()
    for at, (_, o, h, low, c, v) in zip(stamps, hours, strict=True):
        record = d.OHLCVMsg(
            rtype=d.RType.OHLCV_1H,
            publisher_id=1,
            instrument_id=instrument_id,
            ts_event=at,
            open=round(o * 1e9),
            high=round(h * 1e9),
            low=round(low * 1e9),
            close=round(c * 1e9),
            volume=v,
        )
        body += bytes(record)
    return zstandard.ZstdCompressor().compress(body)


def closes(bars):
    return np.round(bars.close, 6).tolist()
