"""What is handed to the desk stands on bars up to the day asked for, and on nothing later."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_market import made_lines

from levelhead.domain.bars import Bars
from levelhead.domain.errors import BadDate
from levelhead.domain.instrument import Instrument
from levelhead.doors.material import Quote, gather, seen_on
from levelhead.doors.repaint import cut, rewritten

ZZZ = Instrument.unknown("ZZZ")


def made(n=120, last="2025-03-14", seed=4, instrument=ZZZ):
    cells = [line.split(",") for line in made_lines(last=last, n=n, seed=seed, price=100.0)[1:]]
    columns = np.array([[float(c) for c in row[1:]] for row in cells]).T.copy()
    time = np.array([row[0] for row in cells], dtype="datetime64[us]")
    names = ("open", "high", "low", "close", "volume")
    return Bars(instrument=instrument, time=time, row=np.arange(2, n + 2), feed="zzz.csv", **dict(zip(names, columns, strict=True)))


BARS = made()
DAYS = st.dates(BARS.first, BARS.as_of)


@given(day=DAYS)
def test_nothing_later_than_the_day_is_seen(day):
    seen, said = seen_on(BARS, day)
    assert seen.as_of <= day
    assert bool(said) == (seen.as_of != day)
    later = BARS.dates[len(seen) :]
    assert not len(later) or later[0] > np.datetime64(day)


@given(day=DAYS)
def test_another_future_is_the_same_material(day):
    one, two = (gather(bars, as_of=day) for bars in (cut(BARS, day), rewritten(BARS, day)))
    assert one.bars.digest() == two.bars.digest()
    assert one.findings == two.findings


@pytest.mark.parametrize(
    ("day", "seen"), [("2025-03-15", "2025-03-14"), ("2025-03-16", "2025-03-14"), ("2025-03-09", "2025-03-07")]
)
def test_a_weekend_is_the_friday_before(day, seen):
    assert str(seen_on(BARS, dt.date.fromisoformat(day))[0].as_of) == seen


def test_the_monday_after_the_last_friday_is_not_covered():
    with pytest.raises(BadDate, match=r"zzz.csv ends on 2025-03-14; as-of 2025-03-17 lies after its last bar"):
        seen_on(BARS, dt.date(2025, 3, 17))


def test_a_holiday_after_the_last_bar_is_covered_where_the_table_knows_it():
    rty = Instrument(symbol="IDX", name="IDX", short_name="IDX", kind="index", calendar="XNYS")
    bars = made(last="2025-04-17", instrument=rty)
    # 18 April 2025 was Good Friday.
    assert str(seen_on(bars, dt.date(2025, 4, 18))[0].as_of) == "2025-04-17"
    with pytest.raises(BadDate, match="lies after its last bar"):
        seen_on(bars, dt.date(2025, 4, 21))


def ranged(reach):
    """Bars whose highs and lows lie `reach` from their closes."""
    return replace(BARS, open=BARS.close, high=BARS.close + reach, low=BARS.close - reach)


@pytest.mark.parametrize(("last", "warned"), [(114.9, False), (85.1, False), (115.1, True), (84.9, True)])
def test_a_quote_more_than_fifteen_per_cent_from_the_close_of_100_is_warned_of(last, warned):
    found = gather(ranged(5.0), quote=Quote(price=last)).findings
    assert ("far_last_price" in [f.kind for f in found]) == warned


@pytest.mark.parametrize(("last", "warned"), [(105.9, False), (94.1, False), (106.1, True), (93.9, True)])
def test_a_quote_more_than_twelve_ranges_of_half_a_point_away_is_warned_of(last, warned):
    found = gather(ranged(0.25), quote=Quote(price=last)).findings
    assert ("far_last_price" in [f.kind for f in found]) == warned
