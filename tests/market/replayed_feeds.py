"""Each source before a local server: first the bad answers it is given, then its good one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from feed_answers import around, chart, dbn, graph, observations, opens, rows_of, sessions, stooq_csv
from werkzeug import Response

from levelhead.market.databento import Databento
from levelhead.market.fred import Fred
from levelhead.market.instruments import find_instrument
from levelhead.market.source import Request
from levelhead.market.stooq import Stooq
from levelhead.market.yahoo import Yahoo

DAYS = sessions("CME_EQUITY", "2025-02-10", "2025-03-19")
WHOLE = [row[4] for row in rows_of(DAYS)]


@dataclass
class Feed:
    """One source, and a server that first gives the `bad` answers, then the good one."""

    source: Any
    symbol: str
    answer: Callable[[Any], str | bytes]
    bad: list[Response] = field(default_factory=list)
    asked: int = 0
    environment: dict = field(default_factory=dict)

    def serve(self, request):
        self.asked += 1
        if self.bad:
            return self.bad.pop(0)
        return Response(self.answer(request))

    def fetch(self, now="2025-03-20T12:00", **more):
        surroundings = around(now, environment=self.environment, **more)
        instrument = find_instrument({"RTYM5": "RTY"}.get(self.symbol, self.symbol))
        return self.source.fetch(Request(symbol=self.symbol), instrument, surroundings)


def yahoo(server, tmp_path):
    import yfinance

    yfinance.set_tz_cache_location(str(tmp_path))
    for path in ("/", "/v1/test/getcrumb", "/consent", "/copyConsent"):
        server.expect_request(path).respond_with_data("x")
    feed = Feed(Yahoo(site=server.url_for("")), "RTY", lambda _: chart(rows_of(DAYS)))
    server.expect_request("/v8/finance/chart/RTY=F").respond_with_handler(feed.serve)
    return feed


def fred_json(server, tmp_path):
    values = [(day, f"{row[4]:.2f}") for day, row in zip(DAYS, rows_of(DAYS), strict=True)]
    feed = Feed(Fred(interface=server.url_for("")), "DGS10", lambda _: observations(values), environment={"FRED_API_KEY": "k" * 32})
    server.expect_request("/fred/series/observations").respond_with_handler(feed.serve)
    return feed


def fred_csv(server, tmp_path):
    values = [(day, f"{row[4]:.2f}") for day, row in zip(DAYS, rows_of(DAYS), strict=True)]
    feed = Feed(Fred(site=server.url_for("")), "DGS10", lambda _: graph(values))
    server.expect_request("/graph/fredgraph.csv").respond_with_handler(feed.serve)
    return feed


def stooq(server, tmp_path):
    feed = Feed(Stooq(site=server.url_for("")), "SPX", lambda _: stooq_csv(rows_of(DAYS)))
    server.expect_request("/q/d/l/").respond_with_handler(feed.serve)
    return feed


def databento(server, tmp_path):
    bells = [at.item().replace(tzinfo=dt.UTC) for at in opens("CME_EQUITY", DAYS)]
    body = dbn([(at, *row[1:]) for at, row in zip(bells, rows_of(DAYS), strict=True)])
    key = {"DATABENTO_API_KEY": "db-0123456789"}
    feed = Feed(Databento(gateway=server.url_for("")), "RTYM5", lambda _: body, environment=key)
    server.expect_request("/v0/metadata.get_dataset_range").respond_with_json({"end": "2025-03-20T00:00:00.000000000Z"})
    server.expect_request("/v0/timeseries.get_range").respond_with_handler(feed.serve)
    return feed


def with_rows(feed, rows, **more):
    """The feed answering with these rows instead."""
    values = [(row[0], "." if row[4] is None else f"{row[4]:.2f}") for row in rows]
    answers = {
        Yahoo: lambda _: chart(rows, **more),
        Stooq: lambda _: stooq_csv([tuple("" if cell is None else cell for cell in row) for row in rows]),
    }
    feed.answer = answers.get(type(feed.source), lambda _: observations(values) if feed.environment else graph(values))
    return feed
