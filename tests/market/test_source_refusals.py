"""What a feed says instead of bars, and what it does to its prices: understood, one feed at a time."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from feed_answers import chart, closes, dbn, moment, rows_of
from replayed_feeds import DAYS, WHOLE, databento, fred_json, stooq, yahoo
from werkzeug import Response

from levelhead.domain.errors import BadSettings, NoBars, SourceFailed
from levelhead.market.databento import contract_name


@pytest.mark.parametrize(
    ("body", "kind", "words"),
    [
        ("No data", NoBars, r"^stooq \^spx: the site has no data of that symbol and time; check the symbol"),
        (
            "Exceeded the daily hits limit",
            SourceFailed,
            r"^stooq \^spx: the site's limit of downloads a day is used up; try again tomorrow",
        ),
        (
            "Get your apikey:\n\n1. Open https://stooq.com/q/d/?s=spy.us&get_apikey\n",
            BadSettings,
            r"set the environment variable STOOQ_API_KEY",
        ),
        ("Symbol,Last\r\nSPX,1\r\n", SourceFailed, r"^stooq \^spx failed: stooq \^spx has no column date or open .*tried 3 times"),
    ],
)
def test_what_stooq_says_instead_of_bars_is_understood(httpserver, tmp_path, body, kind, words):
    feed = stooq(httpserver, tmp_path)
    feed.answer = lambda _: body
    with pytest.raises(kind, match=words):
        feed.fetch()


def test_a_stock_is_spelled_as_stooq_does_and_its_adjustment_is_said(httpserver, tmp_path):
    feed = stooq(httpserver, tmp_path)
    feed.symbol = "AAPL"
    bars = feed.fetch()
    assert (bars.feed, bars.frame) == ("stooq aapl.us", "as given")
    assert "adjusted for splits and dividends" in bars.remarks[0].text
    assert httpserver.log[0][0].args["s"] == "aapl.us"


def test_a_stock_from_yahoo_is_not_adjusted_for_dividends_and_says_so(httpserver, tmp_path):
    feed = yahoo(httpserver, tmp_path)
    body = json.loads(chart(rows_of(DAYS), symbol="AAPL", kind="EQUITY"))
    body["chart"]["result"][0]["indicators"]["adjclose"][0]["adjclose"] = [row[4] / 2 for row in rows_of(DAYS)]
    httpserver.expect_request("/v8/finance/chart/AAPL").respond_with_data(json.dumps(body))
    feed.symbol = "AAPL"
    bars = feed.fetch()
    assert (closes(bars), bars.frame) == (WHOLE, "as given")
    assert bars.remarks[0].text == "yahoo AAPL: prices are adjusted for splits, not for dividends."


@pytest.mark.parametrize(("now", "is_forming"), [("2025-03-19T21:10", True), ("2025-03-19T21:15", False)])
def test_yahoos_quotes_are_late_so_a_bar_is_finished_a_quarter_of_an_hour_after_its_session(httpserver, tmp_path, now, is_forming):
    # the session of 2025-03-19 ends at 17:00 New York, 21:00 UTC
    assert (yahoo(httpserver, tmp_path).fetch(now=now).provisional is not None) == is_forming


@pytest.mark.parametrize(
    ("status", "body", "kind", "words"),
    [
        (400, {"error_code": 400, "error_message": "Bad Request.  The series does not exist."}, NoBars,
         "^fred has no series DGS10; look"),
        (400, {"error_code": 400, "error_message": "Bad Request.  The value for variable api_key is not registered."}, BadSettings,
         "^fred does not know the key in FRED_API_KEY; correct it, or unset it"),
        (400, {"error_code": 400, "error_message": "Bad Request.  Variable observation_start is not a date."}, SourceFailed,
         r"^fred DGS10 refused: localhost:\d+ answered 400 \(.*not a date.*\)\. Check"),
    ],
)  # fmt: skip
def test_what_fred_refuses_is_understood(httpserver, tmp_path, status, body, kind, words):
    feed = fred_json(httpserver, tmp_path)
    feed.bad = [Response(json.dumps(body), status=status)]
    with pytest.raises(kind, match=words):
        feed.fetch()
    assert feed.asked == 1, "a refusal is not asked again"


@pytest.mark.parametrize(
    ("status", "case", "kind", "words"),
    [
        (422, "symbology_invalid_request", NoBars, r"^databento RTYM5: GLBX\.MDP3 has no such contract in that time"),
        (401, "auth_authentication_failed", BadSettings, "the key in DATABENTO_API_KEY is not accepted"),
        (403, "license_not_found", BadSettings, "the key in DATABENTO_API_KEY is not accepted"),
        (
            422,
            "data_start_before_available_start",
            SourceFailed,
            r"^databento RTYM5 refused \(422 data_start_before_available_start",
        ),
    ],
)
def test_what_databento_refuses_is_understood(httpserver, tmp_path, status, case, kind, words):
    feed = databento(httpserver, tmp_path)
    detail = {"detail": {"case": case, "message": "No.", "status_code": status, "docs": "https://databento.com/docs"}}
    feed.bad = [Response(json.dumps(detail), status=status, content_type="application/json")]
    with pytest.raises(kind, match=words):
        feed.fetch()


def test_a_file_from_databento_that_ends_between_two_of_its_blocks_is_not_taken_for_the_whole(httpserver, tmp_path):
    # the client unpacks such a file without a word: 5,000 rows of 6,000
    import databento as client
    import zstandard

    feed = databento(httpserver, tmp_path)
    start = moment("2024-06-01T00:00")
    whole = dbn([(start + dt.timedelta(hours=i), 2000, 2001, 1999, 2000, 5) for i in range(6000)])
    plain = zstandard.ZstdDecompressor().decompressobj().decompress(whole)
    packer = zstandard.ZstdCompressor().compressobj()
    first = packer.compress(plain[: -1000 * 56]) + packer.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)
    assert len(client.DBNStore.from_bytes(first).to_ndarray()) == 5000
    feed.answer = lambda _: first
    with pytest.raises(SourceFailed, match=r"^databento RTYM5 failed: the answer was cut off \(tried 3 times\)"):
        feed.fetch()


@pytest.mark.parametrize("symbol", ["RTY", "RTY=F", "Z5", "RTYZ", "RTYA5"])
def test_databento_is_asked_for_single_contracts_only(symbol):
    with pytest.raises(BadSettings, match=r"^databento delivers single contracts; .* is none\. Ask for one such as RTYZ5\.$"):
        contract_name(symbol)


@pytest.mark.parametrize(("symbol", "name"), [("RTYZ5", "RTYZ5"), ("rtyz25", "RTYZ5"), ("M2KH6", "M2KH6"), ("6EM25", "6EM5")])
def test_a_contract_has_one_digit_of_its_year(symbol, name):
    assert contract_name(symbol) == name


def test_a_name_that_comes_back_after_ten_years_is_asked_for_five_years_only(httpserver, tmp_path):
    # RTYM5 is of 2025 and of 2015
    feed = databento(httpserver, tmp_path)
    feed.fetch()
    asked = next(request for request, _ in httpserver.log if request.path.endswith("get_range") and request.method == "POST").form
    assert (asked["start"][:10], asked["end"][:10]) == ("2020-03-17", "2025-03-20")


def test_a_session_whose_end_the_dataset_does_not_reach_is_forming(httpserver, tmp_path):
    feed = databento(httpserver, tmp_path)
    httpserver.clear()
    httpserver.expect_request("/v0/metadata.get_dataset_range").respond_with_json({"end": "2025-03-19T15:00:00.000000000Z"})
    httpserver.expect_request("/v0/timeseries.get_range").respond_with_handler(feed.serve)
    bars = feed.fetch(now="2025-03-20T12:00")
    assert (bars.as_of, bars.provisional.at) == (DAYS[-1], "2025-03-19 15:00 UTC")
