"""Yahoo Finance through the yfinance library: daily and intraday bars of futures, stocks and indices."""

from __future__ import annotations

import dataclasses
import datetime as dt
import logging
import threading
import warnings
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from levelhead.domain.bars import Bars, FloatArray, Frame
from levelhead.domain.errors import LevelheadError, MissingPart, NoBars
from levelhead.domain.finding import Finding
from levelhead.domain.instrument import Instrument
from levelhead.domain.sessions import as_date
from levelhead.market.delivery import deliver, trade_dates
from levelhead.market.feed_rows import PRICES, Rows
from levelhead.market.instruments import feeds_of
from levelhead.market.remote import READ, TryAgain, check_status, in_time, persistently
from levelhead.market.sessions import session_table
from levelhead.market.source import Offer, Request, Surroundings, check_offered

DELAY = dt.timedelta(minutes=15)  # futures quotes are ten minutes late
KEPT = {"1m": 7, "5m": 59, "15m": 59, "30m": 59, "1h": 729}  # days back that Yahoo keeps of each intraday timeframe
OLDEST = dt.date(1927, 12, 30)  # the first bar of ^GSPC
SITE = "https://query2.finance.yahoo.com"

_ONE_AT_A_TIME = threading.Lock()  # the library keeps one session and one configuration for the whole process


class Yahoo:
    """Bars from Yahoo Finance; free, unofficial, often revised.

    site: where its chart answers are; by default Yahoo's own. Futures are continuous, unadjusted, and roll late; their close on
    a quarterly expiry Friday is the opening settlement (the checks name those days). Stocks are adjusted for splits, not for
    dividends: the library's own adjustment is switched off.
    """

    def __init__(self, *, site: str = SITE) -> None:
        self._site = site.rstrip("/")

    def offer(self) -> Offer:
        """Daily bars of decades, hourly ones of two years, finer ones of some weeks."""
        return Offer(
            name="yahoo",
            what="Daily and intraday bars of futures, stocks and indices from Yahoo Finance, free and unofficial.",
            timeframes=("1d", *KEPT),
        )

    def fetch(self, request: Request, instrument: Instrument, around: Surroundings) -> Bars:
        """The rows of Yahoo's chart, as yfinance reads them."""
        check_offered(request, self.offer(), around)
        symbol = feeds_of(request.symbol, extra=around.instruments).get("yahoo", request.symbol.strip().upper())
        feed = f"yahoo {symbol}"
        first, last, remarks = _span(request, feed, around)

        def once() -> tuple[Any, Any]:
            with _ONE_AT_A_TIME:
                return self._history(symbol, request.timeframe, first, last, around)

        frame, meta = in_time(lambda: persistently(once, source=feed, around=around), source=feed, around=around)
        rows = _rows(frame, request.timeframe)
        if not len(rows):
            raise NoBars(f"{feed} has no {request.timeframe} bars from {first} to {last}; check the symbol, or try another source.")
        rows, moved = _in_its_session(rows, request, instrument, meta, feed)
        kind: Frame = "as traded" if instrument.kind in ("future", "index") else "as given"
        said = [*remarks, *moved, *_unadjusted(rows, instrument, feed)]
        return deliver(rows, request, instrument, around, feed=feed, frame=kind, delay=DELAY, remarks=said)

    def _history(self, symbol: str, timeframe: str, first: dt.date, last: dt.date, around: Surroundings) -> tuple[Any, Any]:
        yfinance = _library()
        from yfinance.data import YfData  # type: ignore[import-untyped]
        from yfinance.exceptions import YFException, YFRateLimitError  # type: ignore[import-untyped]

        YfData.cache_get.cache_clear()  # else a bad answer would be read again instead of asked again
        hidden, yfinance.config.debug.hide_exceptions = yfinance.config.debug.hide_exceptions, False
        try:
            ticker = yfinance.Ticker(symbol, session=_session(self._site, around))
            frame = ticker.history(
                interval=timeframe,
                start=first,
                end=last + dt.timedelta(days=1),
                auto_adjust=False,
                actions=False,
                prepost=False,
                keepna=True,
                timeout=min(READ, around.seconds),
            )
            return frame, ticker.history_metadata
        except (LevelheadError, TryAgain):
            raise
        except YFRateLimitError:
            raise TryAgain("the server answered too many requests (429)") from None
        except YFException as error:
            raise _refusal(symbol, error) from None
        except Exception as error:
            raise TryAgain(f"no chart came back ({type(error).__name__}: {str(error)[:120]})") from None
        finally:
            yfinance.config.debug.hide_exceptions = hidden


def _library() -> Any:
    try:
        import yfinance  # type: ignore[import-untyped]
    except ImportError:
        raise MissingPart(
            'Yahoo is read by the package yfinance, which is not installed: pip install "levelhead[yahoo]".'
        ) from None
    logging.getLogger("yfinance").addHandler(logging.NullHandler())  # what it has to say comes back as an error of ours
    warnings.filterwarnings("ignore", module=r"yfinance\.")  # its own dealings with pandas
    return yfinance


def _session(site: str, around: Surroundings) -> Any:
    """The library's own kind of session, which raises on a busy server (the library would try other cookies first), and which
    reaches `site` instead of Yahoo's own hosts where that is another."""
    from yfinance._http import new_session  # type: ignore[import-untyped]

    plain = new_session()
    kind = type(plain)
    elsewhere = urlsplit(site) if site != SITE else None

    class Session(kind):  # type: ignore[misc, valid-type]
        def request(self, method: str, url: str, *args: Any, **named: Any) -> Any:
            is_chart = "/finance/chart/" in url
            if elsewhere is not None:
                url = urlsplit(url)._replace(scheme=elsewhere.scheme, netloc=elsewhere.netloc).geturl()
            answer = super().request(method, url, *args, **named)
            if is_chart and (answer.status_code == 429 or answer.status_code >= 500):
                check_status(answer.status_code, answer.text, answer.headers.get("Retry-After"), around.now)
            return answer

    return Session(impersonate="chrome") if hasattr(plain, "impersonate") else Session()


def _refusal(symbol: str, error: Exception) -> LevelheadError | TryAgain:
    reason = getattr(error, "yahoo_reason", None) or getattr(error, "rationale", None)
    if reason is None:
        return TryAgain(str(error))
    if type(error).__name__ == "YFTzMissingError":
        reason = "Yahoo knows no such symbol"
    return NoBars(f"yahoo {symbol}: {str(reason).strip().rstrip('.')}; check the symbol and the dates, or try another source.")


def _span(request: Request, feed: str, around: Surroundings) -> tuple[dt.date, dt.date, tuple[Finding, ...]]:
    """The days to ask for, and what to say where Yahoo does not keep all of them."""
    today = around.now.astimezone(dt.UTC).date()
    last = min(request.last or today, today) + dt.timedelta(days=1)  # the evening session of a future is tomorrow's
    kept = KEPT.get(request.timeframe)
    oldest = OLDEST if kept is None else today - dt.timedelta(days=kept)
    if last < oldest:
        raise NoBars(
            f"{feed}: Yahoo keeps {request.timeframe} bars of the last {kept} days only; ask for later ones, or a longer timeframe."
        )
    first = max(request.first or oldest, oldest)
    if kept is None or request.first is None or request.first >= oldest:
        return min(first, last), last, ()
    text = (
        f"{feed}: only {request.timeframe} bars of the last {kept} days are kept; they begin on {oldest}, not on {request.first}."
    )
    return first, last, (Finding(kind="short_history", severity="warning", text=text, where=feed, date=oldest),)


def _rows(frame: Any, timeframe: str) -> Rows:
    """The columns of the library's frame; daily rows are stamped with midnight of the exchange, whose date is taken."""
    index = frame.index
    if timeframe != "1d":
        index = index.tz_convert("UTC")
    time = index.tz_localize(None).to_numpy().astype("datetime64[us]")
    prices = {name: _as_quoted(frame[name.capitalize()].to_numpy(dtype=np.float64)) for name in PRICES}
    return Rows(time=time, volume=frame["Volume"].to_numpy(dtype=np.float64, copy=True), **prices)


def _as_quoted(price: FloatArray) -> FloatArray:
    """Prices as they were quoted: Yahoo keeps them in single precision, and 1416.4 comes back as 1416.4000244140625."""
    single = price.astype(np.float32)
    quoted = single.astype("U").astype(np.float64)  # the shortest digits that tell a single-precision number from its neighbours
    return np.where(single.astype(np.float64) == price, quoted, price)


def _in_its_session(rows: Rows, request: Request, instrument: Instrument, meta: Any, feed: str) -> tuple[Rows, tuple[Finding, ...]]:
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


def _unadjusted(rows: Rows, instrument: Instrument, feed: str) -> tuple[Finding, ...]:
    if instrument.kind in ("future", "index"):
        return ()
    text = f"{feed}: prices are adjusted for splits, not for dividends."
    return (Finding(kind="unadjusted", severity="remark", text=text, where=feed, date=as_date(rows.time.min())),)
