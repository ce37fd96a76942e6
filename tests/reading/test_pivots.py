from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_charts import chart, real_bars, walk

from levelhead.domain.formula import evaluate, names_in
from levelhead.domain.sessions import SessionTable
from levelhead.kernels.pivots import KINDS
from levelhead.reading.periods import Span, rows_in
from levelhead.reading.pivots import FORMULAS, pivot_facts


def table(first="2019-12-01", last="2030-12-31", holidays=()):
    days = np.arange(np.datetime64(first), np.datetime64(last))
    dates = days[np.is_busday(days, holidays=list(holidays))]
    nothing = np.zeros(len(dates), dtype=np.bool_)
    return SessionTable(
        calendar="made", dates=dates, opens=dates.astype("datetime64[m]"), closes=dates.astype("datetime64[m]"), early=nothing
    )


def two_months():
    """January 2020 (open 100, high 120 on the 15th, low 90 on the 22nd, close 114) and three bars of February, open 116."""
    days = np.arange(np.datetime64("2020-01-01"), np.datetime64("2020-02-06"))
    days = days[np.is_busday(days)]
    n = len(days)
    open_, high, low, close = np.full(n, 105.0), np.full(n, 110.0), np.full(n, 100.0), np.full(n, 105.0)
    open_[0] = 100
    high[days == np.datetime64("2020-01-15")] = 120
    low[days == np.datetime64("2020-01-22")] = 90
    high[days == np.datetime64("2020-01-31")] = 115
    close[days == np.datetime64("2020-01-31")] = 114
    february = days >= np.datetime64("2020-02-01")
    open_[february], high[february], close[february] = 116, 130, 118
    return chart(high, low, close, open_, dates=days)


def test_monthly_pivots_come_from_the_month_before_the_last_bars_own():
    # H 120, L 90, C 114: P = 108, R1 = 126, S3 = 66; Woodie with February's open 116: P = 110.5; DeMark X = 444: P = 111
    facts, _ = pivot_facts(two_months(), None)
    assert facts["pivot_month_traditional.p"].value == 108
    assert facts["pivot_month_traditional.r1"].value == 126
    assert facts["pivot_month_traditional.s3"].value == 66
    assert facts["pivot_month_woodie.p"].value == 110.5
    assert facts["pivot_month_demark.p"].value == 111
    assert facts["pivot_month_classic.r3"].value == 168
    assert facts["pivot_month_camarilla.r4"].value == pytest.approx(130.5)
    assert facts["pivot_month_fibonacci.r1"].value == pytest.approx(119.46)


def test_the_prior_month_says_on_which_bar_its_extremes_stood():
    facts, _ = pivot_facts(two_months(), None)
    assert (facts["prior_month.high"].value, facts["prior_month.high"].date) == (120, dt.date(2020, 1, 15))
    assert (facts["prior_month.low"].value, facts["prior_month.low"].date) == (90, dt.date(2020, 1, 22))
    assert (facts["prior_month.close"].value, facts["prior_month.close"].date) == (114, dt.date(2020, 1, 31))
    assert facts["prior_month.high"].known_on == dt.date(2020, 1, 31)
    assert facts["prior_month.high"].meaning == "high of January 2020"
    assert facts["prior_month.high"].windows[0].count == 23


def test_the_prior_week_is_the_iso_week_before_the_last_bars_own():
    # the last bar is Wednesday 5 February; the week before runs from 27 to 31 January
    facts, _ = pivot_facts(two_months(), None)
    assert (facts["prior_week.high"].value, facts["prior_week.high"].date) == (115, dt.date(2020, 1, 31))
    assert facts["prior_week.low"].windows[0].first == dt.date(2020, 1, 27)


def test_on_a_weeks_last_session_that_week_is_given_too_by_the_session_table():
    bars = two_months().until(dt.date(2020, 1, 31))  # a Friday, whose high is 115
    facts, _ = pivot_facts(bars, table())
    assert (facts["this_week.high"].value, facts["this_week.high"].date) == (115, dt.date(2020, 1, 31))
    assert facts["this_week.low"].windows[0].first == dt.date(2020, 1, 27)
    assert facts["this_week.high"].meaning == "high of the week of 27 January 2020"
    assert facts["prior_week.low"].value == 90, "the week before is still there: its Wednesday was the low"
    # with the Friday a holiday the Thursday is the last session; without a table nobody knows that a week is over
    thursday = two_months().until(dt.date(2020, 1, 30))
    assert "this_week.high" in pivot_facts(thursday, table(holidays=["2020-01-31"]))[0]
    for cut, sessions in ((thursday, table()), (bars, None), (bars.with_last(110.0), table())):
        assert "this_week.high" not in pivot_facts(cut, sessions)[0]


def test_a_month_that_the_bars_enter_in_the_middle_gives_no_pivots():
    bars = chart([10.0] * 30, first="2020-01-13")
    facts, unknown = pivot_facts(bars, None)
    assert not any(name.startswith(("pivot_month", "prior_month", "this_month")) for name in facts)
    assert "Monthly pivots need the whole of January 2020: the bars begin on 2020-01-13, inside January 2020." in unknown


def test_without_a_session_table_one_weekday_may_be_missing_at_the_start_of_a_month():
    # 1 January 2020 is a Wednesday and a holiday
    assert "prior_month.high" in pivot_facts(chart([10.0] * 30, first="2020-01-02"), None)[0]
    assert "prior_month.high" not in pivot_facts(chart([10.0] * 30, first="2020-01-03"), None)[0]


def test_with_a_session_table_the_month_must_be_whole_to_the_session():
    sessions = table(holidays=["2020-01-01", "2020-01-02"])
    assert "prior_month.high" in pivot_facts(chart([10.0] * 30, first="2020-01-03"), sessions)[0]
    assert "prior_month.high" not in pivot_facts(chart([10.0] * 30, first="2020-01-02"), table())[0]


def test_on_a_months_last_session_the_next_months_pivots_are_given_too():
    bars = two_months().until(dt.date(2020, 1, 31))
    facts, _ = pivot_facts(bars, table())
    assert facts["pivot_month_next_traditional.p"].value == 108
    assert facts["pivot_month_next_traditional.p"].formula == "(this_month.high + this_month.low + this_month.close) / 3"
    assert facts["this_month.close"].value == 114
    # the open of February is not known in January
    assert not any(name.startswith("pivot_month_next_woodie") for name in facts)


def test_on_any_other_session_they_are_not():
    bars = two_months()
    assert not any("next" in name for name in pivot_facts(bars.until(dt.date(2020, 1, 30)), table())[0])
    assert not any("next" in name for name in pivot_facts(bars.until(dt.date(2020, 1, 31)), None)[0])
    assert not any("next" in name for name in pivot_facts(bars, table(last="2020-02-05"))[0])


def test_a_month_whose_last_bar_is_provisional_is_not_over():
    facts, unknown = pivot_facts(two_months().until(dt.date(2020, 1, 31)).with_last(114.0), table())
    assert not any("next" in name for name in facts)
    assert "Next month's pivots are not yet known: the month's last bar is provisional." in unknown


@given(seed=st.integers(0, 10**6), count=st.integers(30, 400))
def test_every_pivot_formula_gives_its_value_again(seed, count):
    bars = walk(seed, count)
    facts, _ = pivot_facts(bars, table(first="2017-12-01"))
    for name, fact in facts.items():
        columns = {}
        for window in fact.windows:
            rows = (bars.dates >= np.datetime64(window.first)) & (bars.dates <= np.datetime64(window.last))
            columns[f"{window.column}s"] = getattr(bars, window.column)[rows].tolist()
            assert len(columns[f"{window.column}s"]) == window.count
        assert evaluate(fact.formula, {**columns, **fact.inputs}) == pytest.approx(fact.value, rel=1e-9), name
        for used in fact.inputs:
            assert fact.inputs[used] == facts[used].value
        assert set(names_in(fact.formula)) == {*fact.inputs, *columns}


def test_every_line_of_every_kind_has_its_formula():
    from levelhead.kernels.pivots import Period

    for kind, rule in KINDS.items():
        assert set(rule(Period(1.0, 2.0, 0.5, 1.5, 1.6))) - {"p"} == set(FORMULAS[kind]) - {"p"}


def test_pivots_of_march_2025_as_a_published_note_had_them(shared):
    facts, _ = pivot_facts(real_bars(shared).until(dt.date(2025, 3, 13)).with_last(2025.7), None)
    assert facts["pivot_month_traditional.p"].value == pytest.approx(2210.3, abs=1e-6)
    assert facts["pivot_month_traditional.s2"].value == pytest.approx(2003.5, abs=1e-6)
    assert facts["pivot_month_traditional.s3"].value == pytest.approx(1877.6, abs=1e-6)


@given(order=st.lists(st.integers(20, 99), min_size=2, max_size=8))
def test_what_is_kept_of_finished_periods_is_that_of_the_day_asked_for(order):
    bars, kept = walk(1, 100), {}
    sessions = (None, table(first="2000-01-03"))
    for at, t in enumerate(order):
        then = bars.until(bars.dates[t].astype(object))
        assert pivot_facts(then, sessions[at % 2], kept) == pivot_facts(then, sessions[at % 2])
    assert len(kept) == 1


@given(first=st.integers(-40, 400), days=st.integers(0, 60))
def test_the_rows_of_a_span_are_those_whose_dates_lie_in_it(first, days):
    bars = walk(2, 200)
    bars = bars.until(bars.dates[180].item())
    begins = bars.first + dt.timedelta(days=first)
    span = Span(first=begins, last=begins + dt.timedelta(days=days), called="")
    inside = [row for row, day in enumerate(bars.dates.tolist()) if span.first <= day <= span.last]
    rows = rows_in(bars, span)
    assert list(range(len(bars)))[rows] == inside
    assert 0 <= rows.start <= rows.stop <= len(bars)
