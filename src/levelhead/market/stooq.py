"""Stooq: daily bars of indices, futures and stocks as CSV."""

from __future__ import annotations

import csv

from levelhead.domain.bars import Bars, Frame
from levelhead.domain.errors import BadSettings, NoBars, SourceFailed, UnreadableFile
from levelhead.domain.finding import Finding
from levelhead.domain.instrument import Instrument
from levelhead.domain.sessions import as_date
from levelhead.market.columns import find_columns
from levelhead.market.delivery import deliver
from levelhead.market.feed_rows import Rows
from levelhead.market.instruments import feeds_of
from levelhead.market.remote import TryAgain, ask, csv_text
from levelhead.market.source import Offer, Request, Surroundings, check_offered

KEY = "STOOQ_API_KEY"
NAMES = ("date", "open", "high", "low", "close", "volume")


class Stooq:
    """Daily bars from stooq.com. Its stocks are adjusted for splits and dividends; its futures are continuous, unadjusted.

    The site has been seen to answer programs with a page for browsers instead of CSV: then the file has to be downloaded by
    hand and given with --bars.
    """

    def __init__(self, *, site: str = "https://stooq.com") -> None:
        self._site = site.rstrip("/")

    def offer(self) -> Offer:
        """Daily bars; the key is wanted where the site asks for one."""
        return Offer(name="stooq", what=f"Daily bars of indices, futures and stocks from stooq.com; {KEY} if it asks for one.")

    def fetch(self, request: Request, instrument: Instrument, around: Surroundings) -> Bars:
        """The rows of its CSV. A symbol that nobody described is taken for a US stock ('aapl.us')."""
        check_offered(request, self.offer(), around)
        symbol = feeds_of(request.symbol, extra=around.instruments).get("stooq", _us_stock(request.symbol))
        feed = f"stooq {symbol}"
        params = {"s": symbol, "i": "d"}
        if request.first is not None or request.last is not None:
            first = request.first.strftime("%Y%m%d") if request.first else "19000101"
            last = request.last or around.now.date()
            params |= {"d1": first, "d2": last.strftime("%Y%m%d")}
        key = around.environment.get(KEY, "").strip()
        if key:
            params["apikey"] = key
        rows = ask(f"{self._site}/q/d/l/", params, lambda text: _rows(text, feed), source=feed, around=around)
        frame: Frame = "as traded" if instrument.kind in ("future", "index") else "as given"
        remarks = _adjusted(feed, rows) if instrument.kind in ("stock", "unknown") else ()
        return deliver(rows, request, instrument, around, feed=feed, frame=frame, remarks=remarks)


def _us_stock(symbol: str) -> str:
    plain = symbol.strip().lower()
    return plain if plain.startswith("^") or "." in plain else f"{plain}.us"


def _rows(text: str, feed: str) -> Rows:
    words = text.strip().lower()
    if words.startswith("no data"):
        raise NoBars(f"{feed}: the site has no data of that symbol and time; check the symbol on stooq.com, or try another source.")
    if words.startswith("exceeded the daily hits limit"):
        raise SourceFailed(f"{feed}: the site's limit of downloads a day is used up; try again tomorrow, or another source.")
    if "apikey" in words[:200]:
        raise BadSettings(f"{feed}: the site asks for a key; get one there and set the environment variable {KEY}.")
    header, *table = list(csv.reader(csv_text(text).splitlines()))
    try:
        columns = find_columns(header, feed)
    except UnreadableFile as error:
        raise TryAgain(str(error).rstrip(".")) from None
    width = max(columns.values()) + 1
    if any(len(row) < width for row in table):
        raise TryAgain("a row of the answer is cut off")
    return Rows.of([row[columns[name]] if name in columns else None for name in NAMES] for row in table)


def _adjusted(feed: str, rows: Rows) -> tuple[Finding, ...]:
    if not len(rows):
        return ()
    text = f"{feed}: prices are adjusted for splits and dividends; levels before the last of them differ from those traded."
    return (Finding(kind="adjusted", severity="remark", text=text, where=feed, date=as_date(rows.time.min())),)
