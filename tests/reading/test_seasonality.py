"""What a month has brought in the years before: whole months only, with an interval, and no look ahead."""

from __future__ import annotations

import datetime as dt
import math

import numpy as np
import pytest
from made_charts import chart, walk

from levelhead.domain.bars import Bars
from levelhead.reading.read import read
from levelhead.reading.recompute import recompute
from levelhead.reading.seasonality import month_changes, season_facts

YEARS = range(2010, 2021)


def by_month(change_of) -> Bars:
    """Bars from December 2009 to October 2020, two a month, whose last closes change by change_of(year, month) per cent."""
    dates, closes, price = ["2009-12-30", "2009-12-31"], [1000.0, 1000.0], 1000.0
    for year in YEARS:
        for month in range(1, 13):
            if (year, month) > (2020, 10):
                break
            price *= 1 + change_of(year, month) / 100
            dates += [f"{year}-{month:02d}-10", f"{year}-{month:02d}-26"]
            closes += [price, price]
    closes = np.array(closes)
    return chart(closes * 1.01, closes * 0.99, closes, closes, dates=dates)


def test_the_month_of_the_next_session_is_told_with_mean_interval_and_count():
    wanted = dict(zip(YEARS, (1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 99), strict=True))
    bars = by_month(lambda year, month: wanted[year] if month == 11 else 0.0)
    bars = chart(np.r_[bars.high, 900], np.r_[bars.low, 800], np.r_[bars.close, 850], dates=[*map(str, bars.dates), "2020-10-30"])
    facts, _ = season_facts(bars, None)  # the next weekday is Monday 2 November
    assert facts["season.month"].value == "November"
    assert facts["season.years"].value == 10
    assert facts["season.up"].value == 10
    assert facts["season.mean"].value == pytest.approx(3.0)
    # standard deviation of 1..5 twice: sqrt(20 / 9); t of 9 degrees at 90 %: 1.8331
    assert facts["season.high"].value == pytest.approx(3 + 1.8331 * math.sqrt(20 / 9 / 10), abs=1e-4)
    assert facts["season.rest"].value == pytest.approx(0.0, abs=1e-9)
    assert facts["season.told"].value == "told apart"


def test_the_month_that_has_not_ended_does_not_count():
    months, changes = month_changes(by_month(lambda year, month: float(month)))
    assert (months[0], months[-1]) == (1, 9)
    assert changes[-1] == pytest.approx(9.0)


def test_under_five_years_nothing_is_said_but_what_is_missing():
    facts, missing = season_facts(walk(1, 600), None)
    assert facts == {}
    assert missing[0].endswith("needs 5 years of it; there are 2.")


def test_few_random_walks_have_a_month_that_is_told_apart():
    told = [season_facts(walk(seed, 2600), None)[0]["season.told"].value for seed in range(150)]
    assert told.count("told apart") <= 6  # 10 % over twelve months: about 1.3 of 150


def test_what_comes_later_changes_nothing_and_every_number_recomputes():
    bars = walk(4, 2600)
    later = chart(bars.high * 2, bars.low * 2, bars.close * 2, bars.open * 2, first="2018-01-01")
    joined = chart(
        *(np.r_[getattr(bars, c)[:2000], getattr(later, c)[2000:]] for c in ("high", "low", "close", "open")), first="2018-01-01"
    )
    day: dt.date = bars.dates[1999].item()
    facts = read(bars.until(day)).facts
    names = [name for name in facts if name.startswith("season.")]
    assert len(names) == 8
    assert [facts[n] for n in names] == [read(joined.until(day)).facts[n] for n in names]
    for name in names:
        if not isinstance(facts[name].value, str):
            assert recompute(name, facts, bars.until(day), {}) == pytest.approx(facts[name].value, rel=1e-9)


def test_what_is_kept_of_a_month_is_that_of_the_month_asked_for():
    bars, kept = walk(1, 2600), {}
    for t in (2599, 2598, 2577, 2578, 1700, 2599):
        then = bars.until(bars.dates[t].astype(object))
        assert season_facts(then, None, kept) == season_facts(then, None)
    assert len(kept) == 2  # what was found last, and where the months end


@pytest.mark.parametrize(("day", "month"), [("2020-10-30", "November"), ("2020-10-29", "October"), ("2020-10-31", "November")])
def test_after_a_friday_and_in_a_weekend_the_next_weekday_is_monday(day, month):
    bars = by_month(lambda year, month: 1.0)
    bars = chart(np.r_[bars.high, 900], np.r_[bars.low, 800], np.r_[bars.close, 850], dates=[*map(str, bars.dates), day])
    assert season_facts(bars, None)[0]["season.month"].value == month
