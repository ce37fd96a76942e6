"""Every registered volatility model keeps the same promises; each of them is what its paper says."""

import sys

import numpy as np
import pytest
from made_prices import as_bars, changing, joined, walk

from levelhead.domain.daily_series import Series
from levelhead.domain.errors import BadBars, BadSettings, MissingPart, NotYetKnown
from levelhead.forecast import models
from levelhead.forecast.batch import forecasts_for
from levelhead.forecast.beside import NOTHING, Beside
from levelhead.forecast.forecast import make_forecast
from levelhead.forecast.garch_volatility import REFIT, ewma_history, gjr_history
from levelhead.forecast.models import OURS, model, volatility_history
from levelhead.forecast.settings import Settings
from levelhead.kernels.garch import clustering, variances
from levelhead.kernels.paths import Pool

pytest.importorskip("arch")
NAMES = list(OURS)
ALL = pytest.mark.parametrize("name", NAMES)


def few(name, paths=400):
    return Settings(model=name, paths=paths)


@ALL
def test_a_model_forecasts_a_steady_market_at_its_standard_deviation(name):
    said = [make_forecast(walk(np.full(900, 0.013), seed), sessions=10, settings=few(name)).term for seed in range(4)]
    assert np.mean([term[0] for term in said]) == pytest.approx(0.013, rel=0.15)
    assert np.mean([term[9] for term in said]) == pytest.approx(0.013, rel=0.15)


@ALL
def test_a_model_forecasts_more_after_wild_days(name):
    clustered = changing(900, 3, shock=0.15)
    calm, wild = walk(clustered, 3), walk(np.append(clustered[:-8], np.full(8, 0.04)), 3)
    sigma = [make_forecast(bars, sessions=1, settings=few(name)).sigma for bars in (calm, wild)]
    assert sigma[1] > 1.4 * sigma[0]


@ALL
def test_no_row_of_a_model_knows_the_future(name):
    past, future = walk(changing(420, 5), 5), walk(changing(90, 6) * 3, 6)
    alone, among = (volatility_history(bars, few(name)) for bars in (past, joined(past, future)))
    for column in ("log_variance", "expected", "moves"):
        assert getattr(alone, column).tobytes() == getattr(among, column)[:420].tobytes(), column
    for row in (200, 213, 350, 419):
        rows, pool = np.array([[3], [1], [4]]), Pool(*np.linspace(-1, 1, 36).reshape(6, 6))
        assert alone.ahead(row, 3)(rows, pool).tobytes() == among.ahead(row, 3)(rows, pool).tobytes()


@ALL
def test_a_model_gives_the_same_bytes_alone_and_in_a_batch(name):
    bars = walk(changing(330, 7), 7)
    dates = [bars.dates[row].astype(object) for row in (200, 215, 329)]
    for date, among in zip(dates, forecasts_for(bars, dates, sessions=5, settings=few(name)), strict=True):
        alone = make_forecast(bars.until(date), sessions=5, settings=few(name))
        assert all(a.tobytes() == b.tobytes() for a, b in zip(alone.paths, among.paths, strict=True))


@ALL
def test_simulated_bars_can_be(name):
    paths = make_forecast(walk(changing(400, 8), 8), sessions=30, settings=few(name)).paths
    top, bottom = np.maximum(paths.open, paths.close), np.minimum(paths.open, paths.close)
    assert (paths.high >= top * (1 - 1e-12)).all()
    assert (paths.low <= bottom * (1 + 1e-12)).all()
    assert np.isfinite(paths.high).all()
    assert (paths.low > 0).all()


@ALL
def test_a_model_refuses_what_no_model_can_do(name):
    with pytest.raises(NotYetKnown, match="needs 150 bars that move, there are 60"):
        make_forecast(walk(np.full(60, 0.01), 9), settings=few(name))
    bars = walk(np.full(300, 0.01), 10)
    lows = bars.low.copy()
    lows[200] = -1.0
    with pytest.raises(BadBars, match="needs prices above zero"):
        make_forecast(as_bars(bars.open, bars.high, lows, bars.close), settings=few(name))


@ALL
def test_a_model_says_what_it_is(name):
    said = make_forecast(walk(np.full(300, 0.01), 11), sessions=1, settings=few(name)).model
    assert said.startswith("Volatility: a")
    assert ("HAR" in said, "RiskMetrics" in said, "GJR" in said) == (name == "har", name == "ewma", name == "gjr_garch")


@ALL
def test_an_unfinished_bar_cannot_lower_a_forecast(name):
    bars = walk(np.full(400, 0.01), 14)
    before = make_forecast(bars.until(bars.dates[398].astype(object)), sessions=1, settings=few(name)).sigma
    quiet = bars.with_last(float(bars.close[-2]), high=float(bars.close[-2]), low=float(bars.close[-2]))
    assert make_forecast(quiet, sessions=1, settings=few(name)).sigma > 0.9 * before


def test_an_unknown_model_is_answered_with_the_nearest():
    with pytest.raises(BadSettings, match=r"There is no volatility model 'gjr'; did you mean 'gjr_garch'\?"):
        model("gjr")
    with pytest.raises(BadSettings, match="there are har, ewma, gjr_garch"):
        model("xyzzy")


def test_a_strangers_model_is_found_by_its_entry_point(monkeypatch):
    class Point:
        name = "mine"

        def load(self):
            return ewma_history

    monkeypatch.setattr(models, "entry_points", lambda group, name=None: [Point()] if name in (None, "mine") else [])
    assert models.models() == ("har", "ewma", "gjr_garch", "mine")
    assert model("mine") is ewma_history


def test_without_arch_its_model_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "arch", None)
    with pytest.raises(MissingPart, match="'gjr_garch' needs the library arch: pip install"):
        make_forecast(walk(np.full(300, 0.01), 12), settings=few("gjr_garch"))


@pytest.mark.parametrize("name", ["ewma", "gjr_garch"])
def test_a_model_of_closes_alone_takes_nothing_beside(name):
    vix = Series(name="VIX", kind="implied", dates=np.array(["2001-01-01"], dtype="datetime64[D]"), values=np.array([20.0]))
    with pytest.raises(BadSettings, match=f"'{name}' uses no implied volatility, yields or donors"):
        make_forecast(walk(np.full(300, 0.01), 13), settings=few(name), beside=Beside(series=(vix,)))


def test_riskmetrics_by_hand():
    # 0.94 x 0.0001 + 0.06 x 0.02^2 = 0.000118; then 0.94 x 0.000118 + 0.06 x 0 = 0.00011092
    got = variances(np.array([0.02, 0.0]), np.tile([0.0, 0.06, 0.0, 0.94], (2, 1)), 0.0001)
    assert got == pytest.approx([0.000118, 0.00011092])


def test_a_fall_counts_gamma_more_by_hand():
    # rise: 1e-6 + 0.05 x 4e-4 + 0.9 x 1e-4 = 1.11e-4; fall: 1e-6 + 0.15 x 4e-4 + 0.9 x 1.11e-4 = 1.609e-4
    got = variances(np.array([0.02, -0.02]), np.tile([1e-6, 0.05, 0.1, 0.9], (2, 1)), 1e-4)
    assert got == pytest.approx([1.11e-4, 1.609e-4])


def test_a_path_moves_its_variance_as_the_recursion_does():
    parameters, pool = np.array([1e-6, 0.05, 0.1, 0.85]), Pool(*np.zeros((3, 3)), np.array([1.5, -2.0, 0.3]), *np.zeros((2, 3)))
    scale = clustering(parameters, 2e-4, highest=0.0)(np.array([[0], [1], [2]]), pool)[:, 0]
    by_hand, variance = [], 2e-4
    for z in (1.5, -2.0, 0.3):
        by_hand.append(variance)
        variance = float(variances(np.array([z * variance**0.5]), parameters[None], variance)[0])
    assert scale**2 == pytest.approx(by_hand)


def test_the_garch_forecast_is_the_one_arch_makes_from_the_same_returns():
    from arch import arch_model

    bars = walk(changing(REFIT * 12 + 150, 15), 15)  # the last fit falls on the bar before the last rows
    history = gjr_history(bars, Settings(), NOTHING)
    row = 150 + REFIT * 11
    returns = history.moves[1:row, 3]
    fit = arch_model(returns * 100, mean="Zero", p=1, o=1, q=1, dist="t", rescale=False).fit(disp="off")
    assert history.parameters[row, 3] == pytest.approx(fit.params["beta[1]"], abs=0.05)
    last = float(fit.forecast(horizon=1).variance.iloc[-1, 0]) / 1e4
    assert np.exp(history.expected[row - 1]) == pytest.approx(last, rel=0.15)
