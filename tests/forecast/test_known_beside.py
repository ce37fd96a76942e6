"""Implied volatility, yields and donors: what they change, and that no day knows what came after it."""

import csv

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_prices import as_bars, changing, joined, walk

from levelhead.domain.daily_series import Series, known_rows
from levelhead.domain.errors import BadBars, BadSettings, UnreadableFile
from levelhead.doors.beside_files import read_beside, read_series
from levelhead.forecast.batch import forecasts_for
from levelhead.forecast.beside import Beside, known_values
from levelhead.forecast.forecast import make_forecast
from levelhead.forecast.models import volatility_history
from levelhead.forecast.settings import Settings

FEW = Settings(paths=200)


def implied(sigmas, dates, *, noise=0.05, seed=1):
    """An index that knows tomorrow's standard deviation, give or take `noise`, a year of 252 in per cent."""
    blurred = np.exp(noise * np.random.default_rng(seed).normal(size=len(sigmas)))
    told = np.append(sigmas[1:], sigmas[-1]) * np.sqrt(252) * 100
    return Series(name="VIX", kind="implied", dates=dates, values=told * blurred)


def market(count, seed, **named):
    sigmas = changing(count, seed, persistence=0.9, shock=0.25)
    bars = walk(sigmas, seed, **named)
    return bars, implied(sigmas, bars.dates, seed=seed)


def same(one, other):
    paths = all(a.tobytes() == b.tobytes() for a, b in zip(one.paths, other.paths, strict=True))
    return paths and one.term.tobytes() == other.term.tobytes()


def test_an_index_that_knows_tomorrow_is_believed():
    # the truth is known: mean squared error of the forecast log standard deviation, over the last 1,000 of 1,600 bars
    sigmas = changing(1600, 2, persistence=0.9, shock=0.25)
    bars = walk(sigmas, 2)
    alone = volatility_history(bars, FEW)
    told = volatility_history(bars, FEW, Beside(series=(implied(sigmas, bars.dates),)))
    error = [np.mean((h.expected[600:-1] / 2 - np.log(sigmas[601:])) ** 2) for h in (alone, told)]
    assert error[1] < 0.6 * error[0]


def test_an_index_that_knows_nothing_does_little_harm():
    bars, _ = market(1600, 3)
    sigmas = changing(1600, 3, persistence=0.9, shock=0.25)
    noise = Series(name="X", kind="implied", dates=bars.dates, values=np.exp(np.random.default_rng(4).normal(3, 0.3, 1600)))
    errors = [
        np.mean((volatility_history(bars, FEW, beside).expected[600:-1] / 2 - np.log(sigmas[601:])) ** 2)
        for beside in (Beside(), Beside(series=(noise,)))
    ]
    assert errors[1] < 1.1 * errors[0]


def test_nothing_beside_changes_nothing():
    bars, _ = market(400, 5)
    assert same(make_forecast(bars, sessions=5, settings=FEW), make_forecast(bars, sessions=5, settings=FEW, beside=Beside()))


@settings(max_examples=12)
@given(cut=st.integers(180, 380), seed=st.integers(0, 500))
def test_no_forecast_knows_what_came_later_of_bars_implied_yields_or_donors(cut, seed):
    bars, vix = market(400, 6)
    donor, _ = market(900, 7, symbol="DONOR", begin="1999-08-20")  # to 2002-02-04, bars from 2001-01-01 to 2002-02-04
    yields = Series(name="Y", kind="yield", dates=bars.dates, values=4 + np.cumsum(np.random.default_rng(8).normal(0, 0.05, 400)))
    past, day = bars.until(bars.dates[cut - 1].astype(object)), bars.dates[cut - 1]
    rewritten = joined(past, walk(changing(400 - cut, seed) * 3, seed))
    until = donor.until(day.astype(object))
    other_donor = joined(until, walk(changing(len(donor) - len(until), seed) * 5, seed))
    generator = np.random.default_rng(seed)

    def changed(series):
        values = np.where(series.dates <= day, series.values, generator.uniform(1, 90, len(series.values)))
        return Series(name=series.name, kind=series.kind, dates=series.dates, values=values)

    alone = make_forecast(past, sessions=6, settings=FEW, beside=Beside(series=(vix, yields), donors=(donor,)))
    cut_off = Beside(series=tuple(shortened(s, day) for s in (vix, yields)), donors=(until,))
    others = Beside(series=(changed(vix), changed(yields)), donors=(other_donor,))
    (among,) = forecasts_for(rewritten, [day.astype(object)], sessions=6, settings=FEW, beside=others)
    assert same(alone, make_forecast(past, sessions=6, settings=FEW, beside=cut_off))
    assert same(alone, among)


def shortened(series, day):
    keep = series.dates <= day
    return Series(name=series.name, kind=series.kind, dates=series.dates[keep], values=series.values[keep])


def test_a_short_history_borrows_the_long_run_from_a_donor():
    # both markets stand at 0.012 in the long run; the short one has seen only a calm year at 0.006
    long = walk(np.append(np.full(1500, 0.012), np.full(250, 0.006)), 9, symbol="LONG", begin="1996-11-23")
    short = walk(np.full(250, 0.006), 10)
    assert long.as_of == short.as_of
    alone, lent = (volatility_history(short, FEW, beside) for beside in (Beside(), Beside(donors=(long,))))
    # the donor's mean log variance lies 1500 / 1750 x 2 log 2 = 1.188 above that of its calm year
    assert lent.level[-1] - alone.level[-1] == pytest.approx(1.188, abs=0.12)
    terms = [make_forecast(short, sessions=120, settings=FEW, beside=b).term[119] for b in (Beside(), Beside(donors=(long,)))]
    assert terms[1] > 1.02 * terms[0]
    assert "long-run level of LONG" in make_forecast(short, settings=FEW, beside=Beside(donors=(long,))).model


def test_a_value_is_known_on_its_evening_and_forgotten_after_a_week():
    bars, _ = market(400, 11)
    dates = np.array(["2001-02-01", "2001-02-05"], dtype="datetime64[D]")
    series = Series(name="VIX", kind="implied", dates=dates, values=np.array([20.0, 30.0]))
    rows = known_rows(bars, dates)
    assert rows[30:36].tolist() == [-1, 0, 0, 0, 0, 1]  # 2001-01-31 to 2001-02-05
    known = known_values(bars, series)
    assert np.isnan(known[30])
    # above its mean so far: 0 on the first day; then 2 log 30 less the mean of 2 log 20 and 2 log 30, which is log 1.5
    assert known[31] == pytest.approx(0.0)
    assert known[35] == pytest.approx(np.log(1.5))
    assert np.isfinite(known[42])
    assert np.isnan(known[43])  # 2001-02-13, eight days later


def test_an_unfinished_bar_knows_the_evening_before():
    bars, vix = market(400, 12)
    assert known_rows(bars.with_last(bars.last), vix.dates)[-1] == 398
    assert known_rows(bars, vix.dates)[-1] == 399


def test_nobody_borrows_from_himself():
    bars, _ = market(400, 13)
    assert Beside(donors=(bars,)).without("made").donors == ()
    assert Beside(donors=(bars,)).without("other").donors == (bars,)


@pytest.mark.parametrize(
    ("dates", "values", "answer"),
    [
        (["2001-01-02", "2001-01-02"], [20, 21], "2001-01-02 does not come after 2001-01-02"),
        (["2001-01-02", "2001-01-03"], [20, 0], "0 on 2001-01-03; an implied volatility is positive"),
        (["2001-01-02", "2001-01-03"], [20, float("nan")], "the value of 2001-01-03 is no number"),
        (["2001-01-02"], [20, 21], "1 dates and 2 values"),
    ],
)
def test_a_series_that_cannot_be_is_refused(dates, values, answer):
    with pytest.raises(BadBars, match=answer):
        Series(name="VIX", kind="implied", dates=np.array(dates, dtype="datetime64[D]"), values=np.array(values, dtype=float))


def written(folder, *rows, heading="date,close"):
    path = folder / "vix.csv"
    path.write_text("\n".join([heading, *rows]) + "\n")
    return path


def test_a_file_of_values_is_read_and_days_without_one_are_passed_over(tmp_path):
    series = read_series(written(tmp_path, "2001-01-02,20.5", "2001-01-03,.", "2001-01-04,", "2001-01-05,21"), "implied")
    assert (series.name, series.values.tolist()) == ("VIX", [20.5, 21.0])
    assert series.dates.astype(str).tolist() == ["2001-01-02", "2001-01-05"]
    assert read_series(written(tmp_path, "2001-01-02,4.1", heading="date,dgs10"), "yield").values.tolist() == [4.1]


@pytest.mark.parametrize(
    ("rows", "heading", "answer"),
    [
        (["2001-01-02,x"], "date,close", r"vix\.csv row 2: close 'x' is not a number"),
        (["02.01.2001,20"], "date,close", r"vix\.csv row 2: date '02\.01\.2001' is not a date"),
        (["2001-01-02,1,2"], "date,a,b", "a,b may all be the value; name the one that is 'close'"),
        (["2001-01-02,1"], "day,close", "its heading is day,close; it needs date and close"),
        ([], "date,close", "holds no value"),
    ],
)
def test_a_file_that_holds_no_values_is_answered(tmp_path, rows, heading, answer):
    with pytest.raises(UnreadableFile, match=answer):
        read_series(written(tmp_path, *rows, heading=heading), "implied")


def test_a_donor_needs_a_file_and_an_absent_one_is_named(tmp_path):
    with pytest.raises(BadSettings, match="The donor IWM has no file; write --donor IWM=FILE"):
        read_beside(donors=[("IWM", None)])
    with pytest.raises(UnreadableFile, match=r"none\.csv: cannot be read \(No such file or directory\)"):
        read_series(tmp_path / "none.csv", "implied")


def test_the_vix_sharpens_the_volatility_forecast_of_real_bars(shared):
    # the loss of a variance forecast, QLIKE (Patton, A. J. (2011), Journal of Econometrics 160), on 2004 to 2018
    with (shared / "data" / "spy.csv").open() as lines:
        rows = [row for row in csv.DictReader(lines) if row["date"] < "2019"]
    bars = as_bars(*([float(row[k]) for row in rows] for k in ("open", "high", "low", "close")))
    days = np.array([row["date"] for row in rows], dtype="datetime64[D]")
    vix = read_series(shared / "data" / "vix.csv", "implied")
    known = vix.values[np.searchsorted(vix.dates, days, side="right") - 1]
    moved = Series(name="VIX", kind="implied", dates=bars.dates, values=known)
    came = np.exp(volatility_history(bars, FEW).log_variance)
    first = int(np.searchsorted(days, np.datetime64("2004-01-01")))

    def qlike(history):
        ratio = came[first + 1 :] / np.exp(history.expected[first:-1])
        return float(np.mean(ratio - np.log(ratio) - 1))

    assert qlike(volatility_history(bars, FEW, Beside(series=(moved,)))) < qlike(volatility_history(bars, FEW))
