"""Closed forms, autoregressions and GARCH against published values and against other people's libraries."""

from __future__ import annotations

import math

import numpy as np
import pytest

from levelhead.kernels import har
from levelhead.kernels.closed_form import first_of, touches
from levelhead.kernels.garch import variances


@pytest.mark.parametrize(("reach", "level"), [(1.9600, 0.90), (2.2414, 0.95), (2.8070, 0.99)])
def test_a_wiener_process_stays_within_its_tabulated_reach_as_often_as_the_table_says(reach, level):
    # Quantiles of the largest absolute value of a Wiener process on [0, 1], whose law is that of Erdos, P. and Kac, M. (1946),
    # Bulletin of the American Mathematical Society 52(4), 292-302; so far out it is the normal's 2.5 %, 1.25 % and 0.25 % four
    # times: 4 (1 - F(1.9600)) = 0.1000, 4 (1 - F(2.2414)) = 0.0500, 4 (1 - F(2.8070)) = 0.0100.
    assert first_of(reach, reach, 1.0).neither == pytest.approx(level, abs=2e-5)


@pytest.mark.parametrize(("reach", "level"), [(1.0, 0.3707774), (0.5, 0.0091570)])
def test_near_by_it_is_erdos_and_kac_s_series(reach, level):
    # 4/pi sum over k of (-1)^k / (2k + 1) exp(-(2k + 1)^2 pi^2 / (8 x^2)); x = 1: 1.2732395 (0.2912130 - 0.0000050) = 0.3707774;
    # x = 1/2: the first term alone: 1.2732395 exp(-4.9348022) = 0.0091570
    assert first_of(reach, reach, 1.0).neither == pytest.approx(level, abs=1e-6)


def test_a_double_knock_out_binary_is_worth_what_its_table_says():
    # Hui, C. H. (1996), Applied Financial Economics 6(4), 343-346, tabulated in Haug, E. G. (2007), The Complete Guide to Option
    # Pricing Formulas, double-barrier binary options: spot 100, pays 10 in a quarter unless 80 or 120 trades, r = 5 %, cost of
    # carry 3 %: at volatility 10 % 9.8716, 20 % 8.9307, 30 % 6.3272, 50 % 1.9094. The drift of the logarithm is b - s^2 / 2; the
    # driftless walk, whose density between the two prices is the sum over mirror images that `first_of` integrates, is weighed
    # by what that drift makes of each end (Girsanov).
    for volatility, value in ((0.1, 9.8716), (0.2, 8.9307), (0.3, 6.3272), (0.5, 1.9094)):
        drift = 0.03 - volatility**2 / 2.0
        up, down, variance = math.log(1.2), math.log(1.25), 0.25 * volatility**2
        ends = np.linspace(-down, up, 200_001)
        width = up + down
        density = np.zeros_like(ends)
        for k in range(-8, 9):
            density += np.exp(-((ends - 2 * k * width) ** 2) / (2 * variance))
            density -= np.exp(-((ends - 2 * up - 2 * k * width) ** 2) / (2 * variance))
        density /= math.sqrt(2.0 * math.pi * variance)
        # without drift the density's integral is what `first_of` gives
        assert first_of(up, down, variance).neither == pytest.approx(float(np.trapezoid(density, ends)), abs=1e-9)
        tilt = np.exp(drift / volatility**2 * ends - drift**2 * 0.25 / (2.0 * volatility**2))
        assert 10.0 * math.exp(-0.05 * 0.25) * float(np.trapezoid(density * tilt, ends)) == pytest.approx(value, abs=6e-5)


@pytest.mark.parametrize("away", [0.25, 1.0, 2.5])
def test_reflection_a_price_is_touched_twice_as_often_as_a_walk_ends_beyond_it(away):
    # 20,000 walks of 400 steps, four standard errors allowed. Watched at 400 moments a walk touches a price as one watched
    # always touches the price 0.5826 steps further away (Broadie, M., Glasserman, P. and Kou, S. (1997), Math. Finance 7(4)).
    generator = np.random.default_rng(17)
    ends = np.cumsum(generator.normal(0.0, math.sqrt(1 / 400), (400, 20_000)), axis=0)
    touched = ends.max(axis=0) >= away
    further = away + 0.5826 * math.sqrt(1 / 400)
    assert np.mean(touched) == pytest.approx(touches(further, 1.0), abs=4 * math.sqrt(touches(away, 1.0) / 20_000))
    assert np.mean(ends[-1] >= away) * 2.0 == pytest.approx(touches(away, 1.0), abs=8 * math.sqrt(touches(away, 1.0) / 20_000))


def autoregression(count: int, seed: int):
    """Log variance that follows its day, week and month: Corsi's weights."""
    generator = np.random.default_rng(seed)
    values = np.zeros(count)
    for t in range(22, count):
        past = values[:t]
        values[t] = 0.36 * past[-1] + 0.28 * past[-5:].mean() + 0.28 * past[-22:].mean() + 0.5 * generator.normal()
    return values


def test_the_fit_without_a_prior_s_pull_is_ordinary_least_squares_as_statsmodels_has_it():
    statsmodels = pytest.importorskip("statsmodels.api")
    log_variance = autoregression(1500, 3) - 9.0
    returns = np.random.default_rng(4).normal(size=1500) * np.exp(0.5 * log_variance)
    _, columns = har.features(log_variance, returns, (1, 5, 22))
    targets = np.zeros(1500)
    targets[1:] = log_variance[1:] - log_variance[:-1].mean()
    fitted = har.fit_recursively(columns, targets, prior=np.zeros(7), penalty=np.full(7, 1e-10), first=30)
    for row in (200, 777, 1499):
        wanted = statsmodels.OLS(targets[31 : row + 1], columns[30:row]).fit().params
        assert fitted[row] == pytest.approx(wanted, rel=1e-6, abs=1e-8)


def test_plain_averages_fitted_so_are_arch_s_heterogeneous_autoregression():
    arch = pytest.importorskip("arch.univariate")
    values = autoregression(2000, 8)
    wanted = arch.HARX(values, lags=[1, 5, 22], constant=True).fit(disp="off").params
    averages = [np.convolve(values, np.ones(n) / n, "full")[: len(values)] for n in (1, 5, 22)]
    columns = np.column_stack([*averages, np.ones(len(values))])
    fitted = har.fit_recursively(columns, values, prior=np.zeros(4), penalty=np.full(4, 1e-10), first=21)[-1]
    names = ("HAR[0:1]" if "HAR[0:1]" in wanted.index else wanted.index[1], *wanted.index[2:4], "Const")
    assert fitted == pytest.approx([float(wanted[name]) for name in names], rel=1e-6)
    # Corsi, F. (2009): the weights the values were made with, within three standard errors of 2,000 bars (about 0.05, 0.06, 0.05)
    assert fitted[:3] == pytest.approx([0.36, 0.28, 0.28], abs=0.17)


def test_the_garch_recursion_is_arch_s_with_the_same_parameters():
    arch = pytest.importorskip("arch")
    returns = np.random.default_rng(12).standard_t(6, 900)
    model = arch.arch_model(returns, mean="Zero", p=1, o=1, q=1, dist="t", rescale=False)
    result = model.fit(disp="off", show_warning=False)
    omega, alpha, gamma, beta = (result.params[name] for name in ("omega", "alpha[1]", "gamma[1]", "beta[1]"))
    parameters = np.tile([omega, alpha, gamma, beta], (900, 1))
    conditional = np.asarray(result.conditional_volatility) ** 2
    # arch's first variance is its own; from there on the recursion is the same to the last digits
    found = variances(returns[0:], parameters, float(conditional[0]))
    assert found[:-1] == pytest.approx(conditional[1:], rel=1e-9)
