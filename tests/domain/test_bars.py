from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from levelhead.domain.bars import Bars
from levelhead.domain.errors import BadBars, BadDate, BadPrice
from levelhead.domain.finding import Finding
from levelhead.domain.instrument import Instrument


def made(closes: list[float], **more: object) -> Bars:
    close = np.array(closes, dtype=float)
    days = np.datetime64("2025-01-06", "us") + np.arange(len(close)) * np.timedelta64(1, "D")
    columns = {
        "time": days,
        "open": close.copy(),
        "high": close + 1,
        "low": close - 1,
        "close": close,
        "volume": np.full(len(close), np.nan),
    }
    return Bars(instrument=Instrument.unknown("X"), row=np.arange(len(close)) + 2, feed="x.csv", **(columns | more))


def test_until_shows_the_bars_of_that_day_and_before_and_nothing_else():
    bars = made([10, 11, 12, 13])
    seen = bars.until(dt.date(2025, 1, 7))
    assert (len(seen), seen.as_of, seen.last) == (2, dt.date(2025, 1, 7), 11)


def test_bars_know_their_first_and_last_day_before_and_after_their_rows_are_named():
    bars = made([10, 11, 12, 13])
    assert (bars.first, bars.as_of) == (dt.date(2025, 1, 6), dt.date(2025, 1, 9))
    part = bars.until(dt.date(2025, 1, 8))  # names the rows, of which the beginning has three
    assert (part.first, part.as_of) == (dt.date(2025, 1, 6), dt.date(2025, 1, 8))
    assert (bars.first, bars.as_of) == (dt.date(2025, 1, 6), dt.date(2025, 1, 9))
    assert part.with_last(12.5).as_of == dt.date(2025, 1, 8)


def test_until_a_day_without_a_bar_ends_at_the_bar_before():
    assert made([10, 11]).until(dt.date(2026, 1, 1)).as_of == dt.date(2025, 1, 7)


def test_before_the_first_bar_there_is_nothing_to_see():
    with pytest.raises(BadDate, match=r"x\.csv begins on 2025-01-06; as-of 2025-01-05 lies before its first bar"):
        made([10]).until(dt.date(2025, 1, 5))


def test_later_findings_are_not_seen_either():
    later = Finding(kind="gap", severity="warning", text="later", date=dt.date(2025, 1, 8))
    bars = made([10, 11, 12], left_out=(later,), remarks=(later,))
    seen = bars.until(dt.date(2025, 1, 7))
    assert seen.left_out == seen.remarks == ()


@given(closes=st.lists(st.floats(1, 1e5), min_size=2, max_size=30), data=st.data())
def test_the_digest_of_a_prefix_does_not_know_the_future(closes, data):
    cut = data.draw(st.integers(1, len(closes)))
    rewritten = closes[:cut] + [c * 2 for c in closes[cut:]]
    day = dt.date(2025, 1, 6) + dt.timedelta(days=cut - 1)
    assert made(closes).until(day).digest() == made(rewritten).until(day).digest() == made(closes[:cut]).digest()


def test_a_changed_price_changes_the_digest():
    assert made([10, 11]).digest() != made([10, 11.1]).digest()


def test_a_provisional_last_price_replaces_the_close_and_stretches_the_range():
    bars = made([10, 11]).with_last(14)
    assert (bars.last, bars.high[-1], bars.low[-1], bars.open[-1]) == (14, 14, 10, 11)
    assert bars.provisional is not None
    assert not bars.provisional.range_as_given
    assert_array_equal(bars.close[:-1], [10.0])


def test_a_given_range_replaces_the_bar_s_own():
    bars = made([10, 11]).with_last(10.5, high=10.75, low=10.25, at="09:15")
    assert (bars.high[-1], bars.low[-1]) == (10.75, 10.25)
    assert bars.open[-1] == 10.75  # an open outside the given range is moved to its edge
    assert bars.provisional is not None
    assert bars.provisional.range_as_given


@pytest.mark.parametrize(
    ("given_", "said"),
    [
        ({"price": 0}, "last price of 0 cannot be"),
        ({"price": 1e300}, "cannot be"),
        ({"price": 5, "high": float("nan")}, "high of nan cannot be"),
        ({"price": 5, "low": float("-inf")}, "low of -inf cannot be"),
        ({"price": 5, "high": 4}, "contradict"),
        ({"price": 5, "low": 6}, "contradict"),
    ],
)
def test_a_last_price_that_cannot_be_is_refused(given_, said):
    with pytest.raises(BadPrice, match=said):
        made([10, 11]).with_last(**given_)


def test_the_past_of_a_provisional_bar_is_not_provisional():
    assert made([10, 11]).with_last(14).until(dt.date(2025, 1, 6)).provisional is None


def test_bars_out_of_order_or_of_different_lengths_are_refused():
    with pytest.raises(BadBars, match="not in ascending order"):
        made([10, 11], time=np.array(["2025-01-07", "2025-01-06"], dtype="datetime64[us]"))
    with pytest.raises(BadBars, match="column open has shape"):
        made([10, 11], open=np.array([1.0]))


def test_bars_cannot_be_written_to():
    with pytest.raises(ValueError, match="read-only"):
        made([10, 11]).close[0] = 5


def test_rows_of_a_part_are_named_as_in_the_whole_and_what_lies_after_it_has_no_name():
    whole = made([10.0, 11.0, 12.0])
    days = whole.dates.tolist()
    part = whole.until(days[1])
    assert [part.stamp(row) for row in (0, 1, -1, -2)] == [days[0], days[1], days[1], days[0]]
    with pytest.raises(IndexError, match="row 2 of 2 bars"):
        part.stamp(2)
    with pytest.raises(IndexError, match="row -3 of 2 bars"):
        part.stamp(-3)


def test_what_until_cut_is_the_beginning_of_the_whole_and_of_nothing_else():
    whole, again = made([10.0, 11.0, 12.0]), made([10.0, 11.0, 12.0])
    first, second = (whole.until(day) for day in whole.dates.tolist()[:2])
    assert first.is_beginning_of(whole)
    assert first.is_beginning_of(second)
    assert whole.is_beginning_of(whole)
    assert not second.is_beginning_of(first)
    assert not first.is_beginning_of(again)
    assert not first.with_last(10.5).is_beginning_of(whole)
    assert not whole.with_last(12.5).until(first.as_of).is_beginning_of(whole)


def test_a_part_has_everything_of_the_whole_but_what_came_later():
    whole = made([10.0, 11.0, 12.0])
    whole.digest()
    part = whole.until(dt.date(2025, 1, 7))
    same = made([10.0, 11.0])
    assert part.digest() == same.digest() != whole.digest()
    assert (part.feed, part.timeframe, part.frame, part.instrument) == (same.feed, same.timeframe, same.frame, same.instrument)
    for name in ("time", "open", "high", "low", "close", "volume", "row", "dates"):
        assert_array_equal(getattr(part, name), getattr(same, name))
        assert not getattr(part, name).flags.writeable


def test_bars_are_cut_alike_whether_their_rows_have_been_named_or_not():
    fresh, named = made([10.0, 11.0, 12.0, 13.0]), made([10.0, 11.0, 12.0, 13.0])
    named.stamp(0)
    for ahead in range(6):
        day = dt.date(2025, 1, 6) + dt.timedelta(days=ahead)
        expected = min(ahead + 1, 4)
        assert [len(bars.until(day)) for bars in (fresh, named, named.until(day))] == [expected] * 3
        assert len(named.until(dt.datetime.combine(day, dt.time(15)))) == expected
