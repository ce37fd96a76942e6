"""What every feed does on a bad day, replayed by a local server: the source asks again, or fails in one sentence, never by half."""

from __future__ import annotations

import datetime as dt
import json
import re
import threading

import pytest
import stamina.instrumentation
from feed_answers import around, chart, closes, moment, nulls, rows_of, sessions
from replayed_feeds import DAYS, WHOLE, databento, fred_csv, fred_json, stooq, with_rows, yahoo
from werkzeug import Response

from levelhead.domain.errors import NoBars, SourceFailed
from levelhead.market.fred import Fred
from levelhead.market.instruments import find_instrument
from levelhead.market.source import Request
from levelhead.market.stooq import Stooq

PAGE = "<!DOCTYPE html><html><body>Please verify that you are not a robot</body></html>"


FEEDS = [yahoo, fred_json, fred_csv, stooq, databento]


@pytest.fixture(params=FEEDS, ids=lambda make: make.__name__)
def feed(request, httpserver, tmp_path):
    return request.param(httpserver, tmp_path)


def truncated(body: str | bytes) -> Response:
    """Two thirds of a body that its Content-Length promises whole."""
    whole = body.encode() if isinstance(body, str) else body
    part = Response(whole[: len(whole) * 2 // 3])
    part.headers["Content-Length"] = str(len(whole))
    part.automatically_set_content_length = False
    return part


def cut_off(body: str | bytes) -> Response:
    """Two thirds of a body, and nothing in the headers that would tell."""
    return Response(body[: len(body) * 2 // 3])


def test_a_good_day_takes_one_answer(feed):
    bars = feed.fetch()
    assert closes(bars)[-len(DAYS) :] == WHOLE
    assert bars.left_out == ()


@pytest.mark.parametrize("status", [500, 502, 503, 429, 408])
def test_a_busy_server_is_asked_again(feed, status):
    feed.bad = [Response("busy", status=status), Response("busy", status=status)]
    assert closes(feed.fetch()) == WHOLE


def test_a_server_that_stays_broken_is_named_with_what_it_said_and_what_to_try(feed):
    feed.bad = [Response("oops", status=500) for _ in range(30)]
    with pytest.raises(
        SourceFailed, match=r"^\w+ \S+ failed: the server answered status 500 \(tried 3 times\)\. .*another source\.$"
    ):
        feed.fetch()
    assert feed.asked == 3


def test_a_server_that_asks_for_patience_gets_it(feed):
    waits = []
    before = stamina.instrumentation.get_on_retry_hooks()
    stamina.instrumentation.set_on_retry_hooks([lambda details: waits.append(details.wait_for)])
    try:
        feed.bad = [Response("slow down", status=429, headers={"Retry-After": "0.05"})]
        assert closes(feed.fetch()) == WHOLE
    finally:
        stamina.instrumentation.set_on_retry_hooks(before)
    assert waits == [0.05]


def test_a_server_that_asks_for_more_patience_than_there_is_time_ends_the_fetch_at_once(feed):
    feed.bad = [Response("slow down", status=429, headers={"Retry-After": "3600"}) for _ in range(9)]
    with pytest.raises(SourceFailed, match=r"too many requests \(429\); it asks to wait 3,600 s, longer than the limit of 20 s"):
        feed.fetch()
    assert feed.asked == 1


def test_a_body_shorter_than_its_length_is_asked_for_again(feed):
    feed.bad = [truncated(feed.answer(None))]
    assert closes(feed.fetch()) == WHOLE


def test_a_body_that_is_always_cut_off_is_never_taken_for_the_whole(feed):
    feed.bad = [cut_off(feed.answer(None)) for _ in range(30)]
    with pytest.raises(SourceFailed, match=r"^\w+ \S+ failed: .*tried 3 times"):
        feed.fetch()


@pytest.mark.parametrize("body", [PAGE, "", "\n"], ids=["a web page", "nothing", "an empty line"])
def test_something_else_than_bars_is_asked_for_again_and_then_named(feed, body):
    feed.bad = [Response(body)]
    assert closes(feed.fetch()) == WHOLE
    feed.bad = [Response(body) for _ in range(30)]
    with pytest.raises(SourceFailed, match=r"^\w+ \S+ failed: .*another source\.$"):
        feed.fetch()


def test_a_server_that_never_answers_is_given_up_when_the_time_is_up(feed):
    release = threading.Event()
    patient = feed.answer

    def never(request):
        release.wait(20)
        return patient(request)

    feed.answer = never
    try:
        with pytest.raises(
            SourceFailed, match=r"no whole answer within 0\.3 s|did not answer in time|no chart came back|connection failed"
        ):
            feed.fetch(seconds=0.3)
    finally:
        release.set()


def test_a_server_that_drips_for_ever_is_given_up_when_the_time_is_up(feed):
    release = threading.Event()

    def drops():
        while not release.wait(0.05):
            yield b" "

    feed.bad = [Response(drops(), direct_passthrough=True) for _ in range(9)]
    try:
        with pytest.raises(SourceFailed, match=r"gave no whole answer within 0\.5 s|did not answer in time"):
            feed.fetch(seconds=0.5)
    finally:
        release.set()


def test_a_server_that_is_not_there_is_said_to_be_so(tmp_path):
    nowhere = Stooq(site="http://127.0.0.1:9")
    with pytest.raises(
        SourceFailed, match=r"^stooq \^spx failed: the connection failed or broke off \(ConnectError\) \(tried 3 times\)"
    ):
        nowhere.fetch(Request(symbol="SPX"), find_instrument("SPX"), around())


DAILY = [yahoo, fred_json, fred_csv, stooq]


@pytest.fixture(params=DAILY, ids=lambda make: make.__name__)
def daily(request, httpserver, tmp_path):
    return request.param(httpserver, tmp_path)


def test_a_row_of_nulls_is_left_out_and_the_others_stand(daily):
    rows = rows_of(DAYS)
    rows[5] = nulls(DAYS[5])
    bars = with_rows(daily, rows).fetch()
    assert closes(bars) == WHOLE[:5] + WHOLE[6:]
    if type(daily.source) is not Fred:  # there a hole is a holiday
        assert [(finding.kind, finding.date) for finding in bars.left_out] == [("null_row", DAYS[5])]
        assert re.search(r"row 6 \(2025-02-18\): the row holds no prices\. Left out\.$", bars.left_out[0].text)


def test_an_answer_of_nothing_but_nulls_holds_no_bars(daily):
    with pytest.raises(SourceFailed, match=r"gave no usable answer|has no 1d bars"):
        with_rows(daily, [nulls(day) for day in DAYS]).fetch()


def test_an_answer_without_rows_says_what_to_check(daily):
    with pytest.raises(NoBars, match=r"check the symbol"):
        with_rows(daily, []).fetch()


def test_a_last_bar_that_is_still_forming_is_flagged(daily):
    bars = daily.fetch(now="2025-03-19T15:30")
    assert bars.as_of == DAYS[-1]
    assert (bars.provisional.price, bars.provisional.at) == (WHOLE[-1], "2025-03-19 15:30 UTC")
    assert "this bar is still forming; it stands as of 2025-03-19 15:30 UTC" in bars.remarks[-1].text
    finished = bars.until(DAYS[-2])
    assert finished.provisional is None
    assert not [finding for finding in finished.remarks if finding.kind == "forming"]


def test_a_bar_of_a_session_that_has_not_begun_is_dropped(daily):
    bars = daily.fetch(now="2025-03-18T14:00")
    assert bars.as_of == dt.date(2025, 3, 18)


@pytest.mark.parametrize("days", [1, -1])
@pytest.mark.parametrize("make", [yahoo, stooq], ids=["yahoo", "stooq"])
def test_dates_shifted_by_a_day_are_detected_and_said(make, days, httpserver, tmp_path):
    shifted = [(row[0] + dt.timedelta(days=days), *row[1:]) for row in rows_of(DAYS[:-1])]
    bars = with_rows(make(httpserver, tmp_path), shifted).fetch(now="2025-03-21T12:00")
    found = [finding for finding in bars.remarks if finding.kind == "shifted_dates"]
    assert len(found) == 1
    assert found[0].severity == "warning"
    assert re.search(
        rf"would be one day {'earlier' if days == 1 else 'later'}: the feed's dates look shifted by a day", found[0].text
    )
    assert len(bars) == len(shifted), "they stand as given"


def test_dates_that_are_right_are_not_said_to_be_shifted(daily):
    assert not [finding for finding in daily.fetch().remarks if finding.kind == "shifted_dates"]


def test_a_price_that_cannot_be_is_left_out_and_named(httpserver, tmp_path):
    rows = rows_of(DAYS)
    day, o, _, low, c, v = rows[3]
    rows[3] = (day, o, low - 1, low, c, v)
    bars = with_rows(yahoo(httpserver, tmp_path), rows).fetch()
    assert [finding.kind for finding in bars.left_out] == ["high_below_low"]
    assert bars.left_out[0].text.startswith("yahoo RTY=F row 4 (2025-02-13): high ")


def test_prices_in_single_precision_come_back_as_they_were_quoted(httpserver, tmp_path):
    # 1416.4 in single precision is 1416.4000244140625, 2668.8 is 2668.800048828125; 20123.37 was never in single precision
    rows = [(day, 1416.4000244140625, 2668.800048828125, 1400.0, 2054.60009765625, 5) for day in DAYS[:-1]]
    rows.append((DAYS[-1], 20123.37, 20130.25, 20110.5, 20123.37, 5))
    bars = with_rows(yahoo(httpserver, tmp_path), rows).fetch()
    assert (bars.open[0], bars.high[0], bars.low[0], bars.close[0]) == (1416.4, 2668.8, 1400.0, 2054.6)
    assert bars.last == 20123.37


@pytest.mark.parametrize("seconds", [453, 420], ids=["17:07:33", "17:07:00"])
def test_a_live_row_inside_the_last_five_minutes_is_part_of_their_bar(httpserver, tmp_path, seconds):
    # 17:00 and 17:05 UTC, and what has been traded since then
    start = moment("2025-03-19T17:00").timestamp()
    rows = rows_of([None] * 3, start=2000, step=4)
    stamps = [int(start), int(start) + 300, int(start) + seconds]
    feed = with_rows(yahoo(httpserver, tmp_path), rows, stamps=stamps, interval="5m")
    request = Request(symbol="RTY", timeframe="5m")
    bars = feed.source.fetch(request, find_instrument("RTY"), around("2025-03-19T17:08"))
    assert [str(time)[11:16] for time in bars.time] == ["17:00", "17:05"]
    assert (bars.open[1], bars.high[1], bars.low[1], bars.close[1]) == (2004, 2018, 1997, 2010)
    assert bars.provisional is not None
    assert bars.dates[-1].item() == dt.date(2025, 3, 19)


@pytest.mark.parametrize(("now", "is_forming"), [("2025-03-19T19:30", True), ("2025-03-19T20:30", False)])
def test_a_stock_nobody_described_is_finished_when_yahoo_says_that_its_session_ends(httpserver, tmp_path, now, is_forming):
    # the replayed answer ends the regular session an hour after the last trade: 20:00 UTC
    feed = yahoo(httpserver, tmp_path)
    taken = int(moment("2025-03-19T19:00").timestamp())
    httpserver.expect_request("/v8/finance/chart/AAPL").respond_with_data(chart(rows_of(DAYS), kind="EQUITY", taken=taken))
    feed.symbol = "AAPL"
    assert (feed.fetch(now=now).provisional is not None) == is_forming


def test_what_yahoo_no_longer_keeps_is_said(httpserver, tmp_path):
    start = moment("2025-03-19T17:00").timestamp()
    feed = with_rows(yahoo(httpserver, tmp_path), rows_of([None] * 2), stamps=[int(start), int(start) + 300], interval="5m")
    long_ago = Request(symbol="RTY", timeframe="5m", first=dt.date(2024, 1, 2))
    bars = feed.source.fetch(long_ago, find_instrument("RTY"), around())
    assert bars.remarks[0].text.startswith("yahoo RTY=F: only 5m bars of the last 59 days are kept; they begin on 2025-01-20")
    with pytest.raises(NoBars, match=r"Yahoo keeps 5m bars of the last 59 days only; ask for later ones, or a longer timeframe"):
        feed.source.fetch(Request(symbol="RTY", timeframe="5m", last=dt.date(2024, 1, 2)), find_instrument("RTY"), around())


def test_the_key_stands_in_no_error(httpserver, tmp_path):
    feed = fred_json(httpserver, tmp_path)
    feed.bad = [Response(f"who is {'k' * 32}?", status=418)]
    with pytest.raises(SourceFailed, match=r"answered 418 \(who is \.\.\.\?\)") as error:
        feed.fetch()
    assert "k" * 32 not in str(error.value)


@pytest.mark.parametrize("count", [200_000, 28], ids=["beyond the limit", "within it"])
def test_an_answer_that_says_it_is_a_part_is_not_taken_for_the_whole(httpserver, tmp_path, count):
    feed = fred_json(httpserver, tmp_path)
    part = json.loads(feed.answer(None))
    part["count"] = count
    feed.answer = lambda _: json.dumps(part)
    with pytest.raises(SourceFailed, match=rf"the answer holds 27 of {count:,} observations \(tried 3 times\)"):
        feed.fetch()


def test_an_evening_row_of_a_sunday_stands_on_the_session_it_belongs_to(httpserver, tmp_path):
    # 2025-03-09 is a Sunday; at 18:30 New York (22:30 UTC, summer time began that day) Monday's session is half an hour old
    rows = rows_of([*sessions("CME_EQUITY", "2025-02-10", "2025-03-07"), dt.date(2025, 3, 9)])
    taken = int(moment("2025-03-09T22:30").timestamp())
    stamps = [int(dt.datetime(*row[0].timetuple()[:3], 5, tzinfo=dt.UTC).timestamp()) for row in rows[:-1]] + [taken]
    bars = with_rows(yahoo(httpserver, tmp_path), rows, stamps=stamps, taken=taken).fetch(now="2025-03-09T22:40")
    assert (bars.as_of, bars.dates[-2].item()) == (dt.date(2025, 3, 10), dt.date(2025, 3, 7))
    assert bars.provisional is not None
    assert [finding.kind for finding in bars.remarks] == ["evening_row", "forming"]


def test_a_row_that_may_hold_prices_of_two_sessions_says_so(httpserver, tmp_path):
    # Monday's row, whose last trade is of 20:05 New York: Tuesday's session
    rows = rows_of(sessions("CME_EQUITY", "2025-02-10", "2025-03-10"))
    taken = int(moment("2025-03-11T00:05").timestamp())
    bars = with_rows(yahoo(httpserver, tmp_path), rows, taken=taken).fetch(now="2025-03-11T00:20")
    assert [(finding.kind, finding.severity) for finding in bars.remarks] == [("evening_row", "warning")]
    assert "in the session of 2025-03-11, and the last row is dated 2025-03-10: it may hold prices of both" in bars.remarks[0].text
