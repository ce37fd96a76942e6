"""The rows of a chart: plain numbers, the same on every day that shows them."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from made_charts import walk, with_future

from levelhead.reading.columns import Column
from levelhead.reading.read import read
from levelhead.reading.settings import Settings
from levelhead.reading.whole import whole_of


@given(count=st.integers(1, 1200), data=st.data())
def test_rows_of_a_column_are_its_values_and_none_for_what_is_not_known(count, data):
    values = np.arange(count) + 0.5
    values[: data.draw(st.integers(0, count))] = np.nan
    column = Column(values)
    for _ in range(4):
        start = data.draw(st.integers(0, count - 1))
        stop = data.draw(st.integers(start + 1, count))
        assert column.rows(slice(start, stop)) == tuple(None if np.isnan(v) else v for v in values[start:stop].tolist())


def test_a_number_is_made_once_for_all_days_that_show_it():
    column = Column(np.arange(600.0))
    assert all(one is other for one, other in zip(column.rows(slice(10, 550)), column.rows(slice(10, 550)), strict=True))


@given(seed=st.integers(0, 10**6), other=st.integers(0, 10**6), t=st.integers(3, 598))
def test_the_chart_of_a_day_stays_whatever_comes_after(seed, other, t):
    bars = walk(seed, 600)
    early = bars.until(bars.dates[t].astype(object))
    alone = read(early).series
    assert alone.dates == tuple(early.dates[-260:].tolist())
    assert alone.close == tuple(early.close[-260:].tolist())
    for later in (bars, with_future(bars, t, other)):
        whole = whole_of(later, Settings())
        _ = read(later, whole=whole).series  # the last day has asked before
        assert read(early, whole=whole).series == alone
