"""One suite for every source: ours pass it against local servers and files; it catches each promise that is broken."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re

import numpy as np
import pytest
from feed_answers import NOT_FOUND, around, chart, dbn, graph, moment, observations, rows_of, sessions, stooq_csv
from werkzeug import Response

from levelhead.domain.bars import Bars
from levelhead.domain.errors import NoBars
from levelhead.domain.instrument import Instrument
from levelhead.market.conformance import check_source
from levelhead.market.databento import Databento
from levelhead.market.delivery import deliver
from levelhead.market.feed_rows import Rows
from levelhead.market.folder import Folder
from levelhead.market.fred import Fred
from levelhead.market.instruments import find_instrument
from levelhead.market.sample import Sample
from levelhead.market.source import Offer, Request, check_offered
from levelhead.market.stooq import Stooq
from levelhead.market.yahoo import Yahoo

DAYS = sessions("CME_EQUITY", "2025-02-10", "2025-03-19")
VALUES = [(day, f"{4 + i / 100:.2f}") for i, day in enumerate(DAYS)]


@pytest.fixture
def yahoo(httpserver, tmp_path):
    import yfinance

    yfinance.set_tz_cache_location(str(tmp_path))
    httpserver.expect_request("/").respond_with_data("")
    httpserver.expect_request("/v1/test/getcrumb").respond_with_data("crumb")
    httpserver.expect_request("/v1/consent").respond_with_data("")
    httpserver.expect_request(re.compile("/v8/finance/chart/NOSUCHSYMBOL")).respond_with_data(NOT_FOUND, status=404)
    return Yahoo(site=httpserver.url_for(""))


def test_yahoo_keeps_the_promises_of_a_source(httpserver, yahoo):
    httpserver.expect_request("/v8/finance/chart/RTY=F").respond_with_data(chart(rows_of(DAYS)))
    bars = check_source(yahoo, Request(symbol="RTY"), find_instrument("RTY"), around())
    assert (bars.feed, bars.frame, len(bars), bars.first, bars.as_of) == ("yahoo RTY=F", "as traded", len(DAYS), DAYS[0], DAYS[-1])


def test_yahoo_keeps_them_for_intraday_bars_too(httpserver, yahoo):
    rows, stamps = five_minutes(DAYS[-5:])
    httpserver.expect_request("/v8/finance/chart/ES=F").respond_with_data(chart(rows, stamps=stamps, interval="5m"))
    bars = check_source(yahoo, Request(symbol="ES", timeframe="5m"), find_instrument("ES"), around())
    assert len(bars) == len(rows)
    assert [str(day) for day in np.unique(bars.dates)] == [str(day) for day in DAYS[-5:]], "an evening belongs to the next day"


def five_minutes(days):
    """Three bars from the evening before each session, three from its noon."""
    stamps = []
    for day in days:
        evening = dt.datetime(day.year, day.month, day.day, 22, 0, tzinfo=dt.UTC) - dt.timedelta(days=1)
        noon = dt.datetime(day.year, day.month, day.day, 17, 0, tzinfo=dt.UTC)
        stamps += [int((at + dt.timedelta(minutes=5 * i)).timestamp()) for at in (evening, noon) for i in range(3)]
    return [(None, *row[1:]) for row in rows_of(stamps, start=6000, step=0.25)], stamps


@pytest.mark.parametrize("key", ["", "0123456789abcdef0123456789abcdef"], ids=["without a key", "with a key"])
def test_fred_keeps_the_promises_of_a_source(httpserver, key):
    def answer(request):
        if request.args.get("series_id", request.args.get("id")) != "DGS10":
            return Response(
                '{"error_code":400,"error_message":"Bad Request.  The series does not exist."}', status=400 if key else 404
            )
        assert request.args.get("api_key", "") == key
        return Response(observations(VALUES) if key else graph(VALUES))

    httpserver.expect_request("/fred/series/observations" if key else "/graph/fredgraph.csv").respond_with_handler(answer)
    fred = Fred(interface=httpserver.url_for(""), site=httpserver.url_for(""))
    environment = {"FRED_API_KEY": key}
    bars = check_source(fred, Request(symbol="DGS10"), find_instrument("DGS10"), around(environment=environment))
    assert (bars.feed, len(bars), bars.close[0], bars.last) == ("fred DGS10", len(DAYS), 4.0, float(VALUES[-1][1]))
    assert np.array_equal(bars.open, bars.close)
    assert np.array_equal(bars.high, bars.low)
    assert [finding.kind for finding in bars.remarks] == ["closes_only"]


def test_stooq_keeps_the_promises_of_a_source(httpserver):
    def answer(request):
        return Response(stooq_csv(rows_of(DAYS)) if request.args["s"] == "^spx" else "No data")

    httpserver.expect_request("/q/d/l/").respond_with_handler(answer)
    bars = check_source(Stooq(site=httpserver.url_for("")), Request(symbol="SPX"), find_instrument("SPX"), around())
    assert (bars.feed, len(bars), bars.volume[0]) == ("stooq ^spx", len(DAYS), 1000)


def test_databento_keeps_the_promises_of_a_source(httpserver):
    hours = hourly(DAYS[-8:])
    httpserver.expect_request("/v0/metadata.get_dataset_range").respond_with_json(
        {"start": "2010-06-06T00:00:00.000000000Z", "end": "2025-03-20T12:00:00.000000000Z"}
    )

    def answer(request):
        if request.form["symbols"] != "RTYM5":
            detail = {"case": "symbology_invalid_request", "message": "None of the symbols could be resolved", "docs": ""}
            return Response(json.dumps({"detail": detail}), status=422, content_type="application/json")
        assert (request.form["dataset"], request.form["schema"], request.form["stype_in"]) == (
            "GLBX.MDP3",
            "ohlcv-1h",
            "raw_symbol",
        )
        asked = [hour for hour in hours if request.form["start"] <= hour[0].isoformat() < request.form["end"]]
        return Response(dbn(asked))

    httpserver.expect_request("/v0/timeseries.get_range", method="POST").respond_with_handler(answer)
    contract = dataclasses.replace(find_instrument("RTY"), symbol="RTYM5")
    surroundings = around(environment={"DATABENTO_API_KEY": "db-0123456789"})
    source = Databento(gateway=httpserver.url_for(""))
    bars = check_source(source, Request(symbol="RTYM5"), contract, surroundings, unknown="NOSUCHZ5")
    assert [str(day) for day in bars.dates] == [str(day) for day in DAYS[-8:]], "sessions, not days of UTC"
    check_source(source, Request(symbol="RTYM5", timeframe="1h"), contract, surroundings, unknown="NOSUCHZ5")


def hourly(days):
    """The 23 hours of each session from 18:00 New York (22:00 UTC in summer time)."""
    opens = [dt.datetime(day.year, day.month, day.day, 22, tzinfo=dt.UTC) - dt.timedelta(days=1) for day in days]
    stamps = [at + dt.timedelta(hours=i) for at in opens for i in range(23)]
    return rows_of(stamps, start=2000, step=0.1)


def test_a_folder_of_files_keeps_the_promises_of_a_source(tmp_path):
    (tmp_path / "spx.csv").write_text(stooq_csv(rows_of(DAYS)))
    surroundings = around(environment={"LEVELHEAD_BARS": str(tmp_path)})
    assert len(check_source(Folder(), Request(symbol="SPX"), find_instrument("SPX"), surroundings)) == len(DAYS)


def test_a_folder_keeps_them_for_intraday_files_too(tmp_path):
    rows, stamps = five_minutes(DAYS[-5:])
    moments = [dt.datetime.fromtimestamp(at, dt.UTC).isoformat() for at in stamps]
    lines = [",".join(map(str, (at, *row[1:]))) for at, row in zip(moments, rows, strict=True)]
    (tmp_path / "ES_5m.csv").write_text("\n".join(["time,open,high,low,close,volume", *lines]) + "\n")
    bars = check_source(Folder(tmp_path), Request(symbol="ES", timeframe="5m"), find_instrument("ES"), around())
    assert len(bars) == len(rows)


def test_the_sample_keeps_the_promises_of_a_source():
    pytest.importorskip("arch")
    assert len(check_source(Sample(), Request(symbol="SPX"), find_instrument("SPX"), around())) == 5031


class Honest:
    """A source that keeps every promise; each test breaks one."""

    def offer(self):
        return Offer(name="honest", what="Made bars.", needs_key="HONEST_KEY")

    def fetch(self, request, instrument, around):
        check_offered(request, self.offer(), around)
        if request.symbol != "RTY":
            raise NoBars(f"honest has no {request.symbol}.")
        return deliver(Rows.of(rows_of(DAYS)), request, instrument, around, feed="honest RTY", frame="as given")


ASKED = Request(symbol="RTY"), find_instrument("RTY"), around(environment={"HONEST_KEY": "x"})


def altered(**change):
    class Altered(Honest):
        def fetch(self, request, instrument, around):
            bars = super().fetch(request, instrument, around)
            return dataclasses.replace(bars, **{name: value(bars) if callable(value) else value for name, value in change.items()})

    return Altered()


class SaysNothing(Honest):
    def offer(self):
        return Offer(name="honest", what="Made bars", needs_key="HONEST_KEY")


class KnowsTheFuture(Honest):
    def fetch(self, request, instrument, around):
        return super().fetch(request, instrument, dataclasses.replace(around, now=moment("2099-01-01T00:00")))


class IgnoresDates(Honest):
    def fetch(self, request, instrument, around):
        return super().fetch(dataclasses.replace(request, first=None, last=None), instrument, around)


class MovesThePart(Honest):
    def fetch(self, request, instrument, around):
        bars = super().fetch(request, instrument, around)
        return bars if request.first is None else dataclasses.replace(bars, close=bars.high)


class NeverTheSame(Honest):
    count = 0

    def fetch(self, request, instrument, around):
        NeverTheSame.count += 1
        return dataclasses.replace(super().fetch(request, instrument, around), volume=np.full(len(DAYS), float(self.count)))


class ReadsItsOwnKey(Honest):
    def fetch(self, request, instrument, around):
        return super().fetch(request, instrument, dataclasses.replace(around, environment={"HONEST_KEY": "own"}))


class TakesAnyTimeframe(Honest):
    def fetch(self, request, instrument, around):
        bars = super().fetch(dataclasses.replace(request, timeframe="1d"), instrument, around)
        return dataclasses.replace(bars, timeframe=request.timeframe)


class KnowsEverySymbol(Honest):
    def fetch(self, request, instrument, around):
        return super().fetch(dataclasses.replace(request, symbol="RTY"), instrument, around)


BROKEN = [
    (SaysNothing(), "ends with a full stop"),
    (altered(instrument=Instrument.unknown("ES")), "of the instrument handed in, RTY, not ES"),
    (altered(feed="somewhere"), "names the source 'honest'"),
    (altered(volume=lambda bars: np.zeros(len(bars))), "an unknown volume is NaN, not 0"),
    (altered(high=lambda bars: bars.low), "no high lies below"),
    (altered(close=lambda bars: bars.close * np.nan), "every close is a finite number"),
    (KnowsTheFuture(), "no bar begins after the moment handed in"),
    (IgnoresDates(), "were asked for"),
    (MovesThePart(), "a part of the bars has the close of the whole"),
    (NeverTheSame(), "the same request at the same moment brings the same bars"),
    (ReadsItsOwnKey(), "without HONEST_KEY in around.environment"),
    (TakesAnyTimeframe(), "a timeframe that is not offered"),
    (KnowsEverySymbol(), "a symbol that the source does not have"),
    (object(), "a source has the methods"),
]


def test_an_honest_source_passes():
    assert isinstance(check_source(Honest(), *ASKED), Bars)


@pytest.mark.parametrize(("source", "promise"), BROKEN, ids=[promise for _, promise in BROKEN])
def test_a_broken_promise_is_named(source, promise):
    with pytest.raises(AssertionError, match=re.escape(promise)):
        check_source(source, *ASKED)


def test_a_last_bar_that_is_forming_has_to_be_flagged():
    request, instrument, surroundings = ASKED
    during = dataclasses.replace(surroundings, now=moment("2025-03-19T15:00"))
    assert check_source(Honest(), request, instrument, during).provisional is not None
    with pytest.raises(AssertionError, match=r"Bars\.provisional is set while it forms"):
        check_source(altered(provisional=None), request, instrument, during)
