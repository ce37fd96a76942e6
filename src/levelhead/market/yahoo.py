"""Yahoo Finance through the yfinance library: daily and intraday bars of futures, stocks and indices."""

from __future__ import annotations

import datetime as dt
import logging
import threading
import warnings
from typing import Any
from urllib.parse import urlsplit

from levelhead.domain.bars import Bars, Frame
from levelhead.domain.errors import LevelheadError, MissingPart, NoBars
from levelhead.domain.finding import Finding
from levelhead.domain.instrument import Instrument
from levelhead.market.delivery import deliver
from levelhead.market.instruments import feeds_of
from levelhead.market.remote import READ, TryAgain, check_status, in_time, persistently
from levelhead.market.source import Offer, Request, Surroundings, check_offered
from levelhead.market.yahoo_rows import in_its_session, on_the_grid, regular_end, rows_of_frame, unadjusted

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
                return self._history(symbol, request.timeframe, first, last, around, whole_day=instrument.kind == "future")

        frame, meta = in_time(lambda: persistently(once, source=feed, around=around), source=feed, around=around)
        rows = on_the_grid(rows_of_frame(frame, request.timeframe), request.timeframe)
        if not len(rows):
            raise NoBars(f"{feed} has no {request.timeframe} bars from {first} to {last}; check the symbol, or try another source.")
        rows, moved = in_its_session(rows, request, instrument, meta, feed)
        kind: Frame = "as traded" if instrument.kind in ("future", "index") else "as given"
        said = [*remarks, *moved, *unadjusted(rows, instrument, feed)]
        ends = regular_end(meta, rows) if instrument.calendar is None and request.timeframe == "1d" else None
        return deliver(rows, request, instrument, around, feed=feed, frame=kind, delay=DELAY, last_ends=ends, remarks=said)

    def _history(
        self, symbol: str, timeframe: str, first: dt.date, last: dt.date, around: Surroundings, *, whole_day: bool
    ) -> tuple[Any, Any]:
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
                prepost=whole_day,  # else the library may drop what lies outside hours that a future does not have
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
            raise TryAgain(_fault(error)) from None
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


def _fault(error: Exception) -> str:
    kind = type(error).__name__
    if isinstance(error, TimeoutError) or "Timeout" in kind:
        return "the server did not answer in time"
    if isinstance(error, OSError):
        return f"the connection failed or broke off ({kind})"
    if isinstance(error, ValueError | TypeError | KeyError | AttributeError):
        return "the answer was no chart: cut off, damaged, or a web page"
    return f"no chart came back ({kind})"


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
