"""FRED: Treasury yields, fed funds, the VIX close; over its JSON interface with a key, without one as the CSV of its graphs."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping
from typing import Any

import numpy as np

from levelhead.domain.bars import Bars
from levelhead.domain.errors import BadSettings, LevelheadError, NoBars
from levelhead.domain.finding import Finding
from levelhead.domain.instrument import Instrument
from levelhead.domain.sessions import as_date
from levelhead.market.delivery import deliver
from levelhead.market.feed_rows import Rows
from levelhead.market.instruments import feeds_of
from levelhead.market.numbers import numbers
from levelhead.market.remote import Refused, TryAgain, ask, csv_text, json_value
from levelhead.market.source import Offer, Request, Surroundings, check_offered

KEY = "FRED_API_KEY"
HOLE = "."  # how FRED writes a day without a value


class Fred:
    """One value a day, from the Federal Reserve Bank of St. Louis.

    interface, site: the addresses of the JSON interface, taken where FRED_API_KEY is set, and of the graphs' CSV.
    """

    def __init__(self, *, interface: str = "https://api.stlouisfed.org", site: str = "https://fred.stlouisfed.org") -> None:
        self._interface = interface.rstrip("/")
        self._site = site.rstrip("/")

    def offer(self) -> Offer:
        """Daily values; the key is wanted, not needed."""
        return Offer(
            name="fred",
            what=f"Treasury yields, fed funds, VIX and index closes from FRED, one value a day; {KEY} if you have one.",
        )

    def fetch(self, request: Request, instrument: Instrument, around: Surroundings) -> Bars:
        """The values as bars whose open, high, low and close are the same; days without a value have no bar."""
        check_offered(request, self.offer(), around)
        series = feeds_of(request.symbol, extra=around.instruments).get("fred", request.symbol.strip().upper())
        feed = f"fred {series}"
        key = around.environment.get(KEY, "").strip()
        values = self._observations(series, key, request, around) if key else self._graph(series, request, around)
        held = {day: value for day, value in values.items() if value not in (HOLE, "")}
        closes = numbers(list(held.values()))
        rows = Rows.of_closes(np.array(list(held), dtype="datetime64[D]"), closes)
        return deliver(rows, request, instrument, around, feed=feed, remarks=_one_value(feed, rows))

    def _observations(self, series: str, key: str, request: Request, around: Surroundings) -> Mapping[str, str]:
        params = {"series_id": series, "api_key": key, "file_type": "json"}
        params |= _span(request, "observation_start", "observation_end")
        url = f"{self._interface}/fred/series/observations"
        return ask(url, params, _observed, source=f"fred {series}", around=around, refused=lambda no: _refusal(no, series))

    def _graph(self, series: str, request: Request, around: Surroundings) -> Mapping[str, str]:
        params = {"id": series} | _span(request, "cosd", "coed")
        url = f"{self._site}/graph/fredgraph.csv"
        return ask(
            url,
            params,
            lambda text: _drawn(text, series),
            source=f"fred {series}",
            around=around,
            refused=lambda no: _refusal(no, series),
        )


def _span(request: Request, first: str, last: str) -> dict[str, str]:
    ends = {first: request.first, last: request.last}
    return {name: day.isoformat() for name, day in ends.items() if day is not None}


def _observed(text: str) -> Mapping[str, str]:
    answer: Any = json_value(text)
    try:
        values = {_day(row["date"]): str(row["value"]).strip() for row in answer["observations"]}
        expected = int(answer.get("count", len(values)))
    except (KeyError, TypeError, AttributeError, ValueError):
        raise TryAgain("the answer holds no observations") from None
    if expected > int(answer.get("limit", expected)) or len(values) != expected:
        raise TryAgain(f"the answer holds {len(values):,} of {expected:,} observations")
    return values


def _drawn(text: str, series: str) -> Mapping[str, str]:
    header, *rows = list(csv.reader(csv_text(text).splitlines()))
    if len(header) != 2 or header[0].lower() not in ("observation_date", "date") or header[1] != series:
        raise TryAgain(f"the answer begins with {','.join(header)[:60]!r}, not with the dates and values of {series}")
    try:
        return {_day(day): value.strip() for day, value in rows}
    except ValueError:
        raise TryAgain("a row of the answer is no date and value") from None


def _day(cell: str) -> str:
    return dt.date.fromisoformat(cell.strip()).isoformat()


def _refusal(refused: Refused, series: str) -> LevelheadError | None:
    words = refused.text.lower()
    if refused.status == 404 or "series does not exist" in words:
        return NoBars(f"fred has no series {series}; look its name up on fred.stlouisfed.org, or try another source.")
    if "api_key" in words:
        return BadSettings(f"fred does not know the key in {KEY}; correct it, or unset it to read without one.")
    return None


def _one_value(feed: str, rows: Rows) -> tuple[Finding, ...]:
    if not len(rows):
        return ()
    text = f"{feed} gives one value a day; open, high and low repeat it, so it says nothing about ranges and touches."
    return (Finding(kind="closes_only", severity="remark", text=text, where=feed, date=as_date(rows.time.min())),)
