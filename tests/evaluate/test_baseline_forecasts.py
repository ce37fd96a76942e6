"""What anyone could have said: by arithmetic, against arch, against another's figures, and blind to the future."""

from __future__ import annotations

import csv
import math
from dataclasses import replace

import numpy as np
import pytest
from made_verdicts import bars_of, even, garch_market, normal_told, record_of_made
from numpy.testing import assert_array_equal

from levelhead.evaluate import baselines as room
from levelhead.evaluate.baselines import baselines
from levelhead.evaluate.climatology import past_distribution
from levelhead.evaluate.distribution import joined
from levelhead.evaluate.garch_fits import fitted
from levelhead.evaluate.returns import returns_of
from levelhead.evaluate.walks import Law, chances, distribution
from levelhead.kernels.closed_form import first_of
from levelhead.kernels.scores import crps
from levelhead.ledger.record import Record

ROWS = range(700, 1180, 40)


@pytest.fixture(scope="module")
def market():
    return garch_market(1300, 11)


@pytest.fixture(scope="module")
def asked(market):
    bars, variance = market
    record = record_of_made(bars, ROWS, np.sqrt(variance), even, even)
    return record, normal_told(bars, ROWS, lambda row, h: float(variance[row]) * h)


def of(record: Record, kind: str) -> np.ndarray:
    return record.kind == kind


def test_twenty_returns_of_one_per_cent_by_turns_have_a_variance_of_a_ten_thousandth_times_twenty_nineteenths():
    # ten of +1 %, ten of -1 %: mean 0, sum of squares 20 x 0.0001, divided by 19
    closes = 100.0 * np.exp(np.cumsum([0.0] + [0.01, -0.01] * 15))
    returns = returns_of(bars_of(closes, closes, closes, closes))
    law = room.random_walk(returns)(returns.days[[19, 20, 30]], np.array([1, 1, 12]))
    assert np.isnan(law.variance[0])
    assert law.variance[1:] == pytest.approx([0.002 / 19, 12 * 0.002 / 19])


def test_the_walk_gives_another_s_figures_to_questions_of_the_bench(shared):
    with (shared / "bench" / "firsttouch_questions.csv").open() as lines:
        questions = list(csv.DictReader(lines))[::400]
    with (shared / "bench" / "firsttouch_answers.csv").open() as lines:
        answers = list(csv.DictReader(lines))[::400]
    seen = {}
    for question, answer in zip(questions, answers, strict=True):
        symbol = question["symbol"]
        if symbol not in seen:
            with (shared / "data" / f"{symbol}.csv").open() as lines:
                rows = list(csv.DictReader(lines))
            columns = [[float(row[name]) for row in rows] for name in ("open", "high", "low", "close")]
            days = np.array([row["date"] for row in rows], dtype="datetime64[D]")
            bars = bars_of(*columns)
            seen[symbol] = days, bars.close, room.random_walk(returns_of(bars)), bars.dates
        days, closes, law, own = seen[symbol]
        row = int(np.searchsorted(days, np.datetime64(question["as_of"])))
        variance = float(law(own[[row]], np.array([int(question["horizon"])])).variance[0])
        up, down = float(question["upper"]) / closes[row], closes[row] / float(question["lower"])
        found = first_of(math.log(up), math.log(down), variance)
        wanted = [float(answer[f"walk20_{name}"]) for name in ("up", "range", "down")]
        assert list(found) == pytest.approx(wanted, abs=1.1e-5)


def test_chances_of_a_law_are_the_closed_forms_of_each_statement(market, asked):
    record, _ = asked
    variance = np.full(len(record), 0.0012)
    said = chances(record, Law(variance=variance))
    up, down = np.log(record.prices["upper"] / record.prices["start"]), np.log(record.prices["lower"] / record.prices["start"])
    spread = math.sqrt(0.0012)
    row = int(np.flatnonzero(of(record, "scenario"))[3])
    assert said[row, :3] == pytest.approx(first_of(up[row], -down[row], 0.0012))
    row = int(np.flatnonzero(of(record, "target"))[3])
    # the reflection principle: twice the chance of ending beyond it
    beyond = math.erfc(up[row] / spread / math.sqrt(2.0)) / 2.0
    assert said[row, :2] == pytest.approx([2.0 * beyond, 1.0 - 2.0 * beyond])
    row = int(np.flatnonzero(of(record, "outlook"))[3])
    above = math.erfc(up[row] / spread / math.sqrt(2.0)) / 2.0
    below = math.erfc(-down[row] / spread / math.sqrt(2.0)) / 2.0
    assert said[row, :3] == pytest.approx([above, 1.0 - above - below, below])
    assert np.isnan(said[:, 3]).all()


def test_a_target_that_is_reached_already_is_certain(market, asked):
    record, _ = asked
    targets = record.where(of(record, "target"))
    targets.prices["upper"][:] = targets.prices["start"] * 0.99
    assert_array_equal(chances(targets, Law(variance=np.full(len(targets), 1e-4)))[:, 0], 1.0)


def test_a_normal_band_reaches_as_far_as_every_table_says(asked):
    _, told = asked
    found = distribution(told, Law(variance=np.full(len(told), 0.0004)))
    # 0.6745, 1.2816 and 1.9600 standard deviations of 2 % on either side
    assert found.width[0] == pytest.approx([2 * 0.02 * z for z in (0.67449, 1.28155, 1.95996)], rel=1e-5)
    assert_array_equal(found.is_in, np.abs(told.realised[:, None]) <= found.width / 2.0)


def test_bands_of_student_s_t_of_four_degrees_are_those_of_the_tables(asked):
    # t of 4 degrees: 0.741, 1.533, 2.776; its standard deviation is the root of 2
    _, told = asked
    found = distribution(told, Law(variance=np.full(len(told), 1.0), freedom=np.full(len(told), 4)))
    assert found.width[5] / 2.0 == pytest.approx([t / math.sqrt(2.0) for t in (0.7407, 1.5332, 2.7764)], abs=1e-4)


def test_the_garch_variance_over_a_horizon_is_that_of_arch(market):
    from arch import arch_model

    bars, _ = market
    returns = returns_of(bars)
    fits = fitted(returns)
    row = 1020
    year = returns.days.astype("datetime64[Y]")
    begin = int(np.flatnonzero(year == year[row])[0])
    scale = 1.0 / returns.log[1:begin].std()
    model = arch_model(returns.log[1 : row + 1] * scale, mean="Zero", p=1, o=1, q=1, dist="t", rescale=False)
    result = model.fit(last_obs=begin - 1, disp="off", show_warning=False)
    wanted = result.forecast(horizon=12, start=row - 1, method="analytic").variance.to_numpy()[-1] / scale**2
    one, _ = fits.over(np.array([row]), np.array([1]))
    twelve, freedom = fits.over(np.array([row]), np.array([12]))
    # arch starts its recursion from another variance, hundreds of bars earlier
    assert one[0] == pytest.approx(wanted[0], rel=1e-3)
    assert twelve[0] == pytest.approx(wanted.sum(), rel=1e-3)
    assert freedom[0] == round(4.0 + 12.0 * max(float(fits.freedom[row]) - 4.0, 0.5))


def test_a_year_is_fitted_on_the_years_before_it_and_the_first_ones_are_not_fitted(market):
    bars, _ = market
    returns = returns_of(bars)
    fits = fitted(returns)
    year = returns.days.astype("datetime64[Y]").astype(int)
    known = np.isfinite(fits.variance)
    first = int(np.argmax(known))
    assert first > 500
    assert year[first] != year[first - 1]
    assert known[first:].all()
    assert len(np.unique(fits.parameters[first:], axis=0)) == len(np.unique(year[first:]))


def test_climatology_is_the_past_returns_in_units_of_the_usual_range():
    # every bar spans 2 % of its close, so that ATR(14) over the close never changes and units do not matter
    generator = np.random.default_rng(2)
    closes = 100.0 * np.exp(np.cumsum(generator.choice([-0.001, 0.001], 500)))
    bars = bars_of(closes, closes * 1.01, closes * 0.99, closes)
    told = normal_told(bars, [300, 350], lambda row, h: 1e-4 * h, horizons=(3,))
    found = past_distribution(told, returns_of(bars))
    for place, row in enumerate((300, 350)):
        # windows of 3 from row 13, whose ATR is the first known, that end by the row
        past = np.log(closes[16 : row + 1] / closes[13 : row - 2])
        assert found.sigma[place] == pytest.approx(past.std(), rel=0.02)
        assert found.crps[place] == pytest.approx(
            np.abs(past - told.realised[place]).mean() - np.abs(past[:, None] - past).mean() / 2.0, rel=0.02
        )


def test_the_last_note_again_is_the_note_before_of_the_same_name(asked):
    record, told = asked
    said = np.arange(len(record) * 4, dtype=float).reshape(-1, 4)
    numbered = replace(record, said=said)
    (last,), _ = baselines(numbered, told, {}, ("last_note",))
    # three statements a day: each has the row three before it
    assert np.isnan(last.said[:3]).all()
    assert_array_equal(last.said[3:], said[:-3])
    # two horizons a day
    assert np.isnan(last.distribution.crps[:2]).all()
    assert np.isfinite(last.distribution.crps[2:]).all()
    # the day's close against the distribution said the day before
    for row in (2, 3, 11):
        assert last.distribution.crps[row] == crps(told.quantiles[[row - 2]], told.realised[[row]])[0]


def test_a_baseline_of_an_instrument_without_bars_is_a_fault_of_the_caller(asked):
    record, told = asked
    with pytest.raises(ValueError, match="24 rows belong to no instrument whose bars were handed in"):
        baselines(record, told, {}, ("random_walk",))


def test_no_baseline_knows_the_future_and_none_minds_the_other_rows(market, asked):
    bars, _ = market
    record, told = asked
    cut = int(ROWS[6])
    generator = np.random.default_rng(1)
    columns = {name: getattr(bars, name).copy() for name in ("open", "high", "low", "close")}
    factor = np.exp(np.cumsum(generator.normal(0.0, 0.05, len(bars) - cut - 1)))
    for column in columns.values():
        column[cut + 1 :] *= factor
    rewritten = bars_of(*columns.values())
    by_then = record.as_of <= bars.dates[cut]
    told_then = told.as_of <= bars.dates[cut]
    names = ("climatology", "random_walk", "gjr_garch")
    # the closes that came are the same here, so that only what is said can differ
    whole, _ = baselines(record, told, {"MADE": bars}, names)
    other, _ = baselines(record.where(by_then), told.where(told_then), {"MADE": rewritten}, names)
    for one, two in zip(whole, other, strict=True):
        assert_array_equal(one.said[by_then], two.said, err_msg=one.name)
        for column in ("crps", "pit", "width", "sigma"):
            assert_array_equal(getattr(one.distribution, column)[told_then], getattr(two.distribution, column), err_msg=one.name)


def test_two_instruments_keep_their_own_pasts(market):
    bars, variance = market
    other, wild = garch_market(1300, 12, symbol="OTHER")
    told = joined(
        [
            normal_told(bars, ROWS, lambda row, h: float(variance[row]) * h),
            normal_told(other, ROWS, lambda row, h: float(wild[row]) * h),
        ]
    )
    order = np.random.default_rng(0).permutation(len(told))
    record = record_of_made(bars, ROWS, np.sqrt(variance), even, even).where(np.array([], dtype=np.int64))
    (walk,), _ = baselines(record, told.where(order), {"MADE": bars, "OTHER": other}, ("random_walk",))
    for each in (bars, other):
        (alone,), _ = baselines(
            record, told.where(told.symbol == each.instrument.symbol), {each.instrument.symbol: each}, ("random_walk",)
        )
        own = np.sort(walk.distribution.sigma[told.symbol[order] == each.instrument.symbol])
        assert_array_equal(own, np.sort(alone.distribution.sigma))
