"""The heterogeneous autoregression: its arithmetic, what it recovers, and that it carries forward what it fitted."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from levelhead.kernels.har import falls, features, fit_recursively, respond
from levelhead.kernels.volatility import fading_mean

SPANS = (1, 5, 22)


def test_a_fall_of_two_usual_days_is_two():
    # log variance log(0.0001) throughout: a usual day is 0.01
    log_variance = np.full(3, math.log(0.0001))
    assert_allclose(falls(np.array([0.0, -0.02, 0.01]), log_variance), [0.0, 2.0, -1.0], atol=1e-12)


def test_a_crash_counts_as_four_usual_days_at_most():
    assert falls(np.array([0.0, -0.5]), np.full(2, math.log(0.0001)))[1] == 4.0


def test_the_usual_day_is_the_one_known_the_day_before():
    quiet_then_wild = np.log(np.array([0.0001, 0.0001, 0.04]))
    assert falls(np.array([0.0, 0.0, -0.02]), quiet_then_wild)[2] == pytest.approx(2.0)


def test_features_are_averages_less_the_level_averages_of_falls_and_one():
    log_variance = np.log(np.array([0.0001, 0.0004, 0.0002, 0.0008]))
    returns = np.array([0.0, -0.01, 0.02, -0.03])
    level, columns = features(log_variance, returns, (1, 3))
    assert level[-1] == pytest.approx(log_variance.mean())
    # span 3: weights 1/8, 1/4, 1/2, 1 over 1.875
    weights = np.array([0.125, 0.25, 0.5, 1.0]) / 1.875
    fall = falls(returns, log_variance)
    by_hand = [log_variance[-1] - level[-1], weights @ log_variance - level[-1], fall[-1], weights @ fall, 1.0]
    assert_allclose(columns[-1], by_hand, rtol=1e-12)


def test_the_fit_solves_its_ridge_by_hand():
    # one feature, always 2; what came is 3, twice: (2 * 3 + 2 * 3 + penalty 4 * prior 1) / (4 + 4 + 4) = 16 / 12
    fitted = fit_recursively(
        np.full((3, 1), 2.0), np.array([0.0, 3.0, 3.0]), prior=np.array([1.0]), penalty=np.array([4.0]), first=0
    )
    assert_allclose(fitted[:, 0], [1.0, (6 + 4) / 8, 16 / 12])


def test_a_pair_counts_from_the_bar_on_which_its_target_is_known():
    rows = np.random.default_rng(3).normal(size=(30, 2))
    targets = np.random.default_rng(4).normal(size=30)
    prior, penalty = np.array([0.3, -0.1]), np.array([2.0, 5.0])
    fitted = fit_recursively(rows, targets, prior=prior, penalty=penalty, first=10)
    assert_array_equal(fitted[:11], np.tile(prior, (11, 1)))
    known, came = rows[10:20], targets[11:21]
    normal = known.T @ known + np.diag(penalty)
    assert_allclose(fitted[20], np.linalg.inv(normal) @ (known.T @ came + penalty * prior), rtol=1e-10)


def test_a_fit_that_is_done_in_pieces_is_the_fit_of_the_whole():
    rows = np.random.default_rng(8).normal(size=(5000, 2))
    targets = np.random.default_rng(9).normal(size=5000)
    fitted = fit_recursively(rows, targets, prior=np.zeros(2), penalty=np.ones(2), first=3)
    for t in (2050, 2051, 2052, 4099, 4100, 4999):
        known, came = rows[3:t], targets[4 : t + 1]
        assert_allclose(fitted[t], np.linalg.inv(known.T @ known + np.eye(2)) @ (known.T @ came), rtol=1e-9, atol=1e-12)


def simulated(weights, constant, count, seed, noise):
    """A log variance that follows the recursion with known weights around its own level, and returns independent of it."""
    generator = np.random.default_rng(seed)
    means, fell = np.zeros(3), np.zeros(3)
    pace = 2 / (np.array(SPANS) + 1.0)
    moved, returns = [0.0], [0.0]
    for _ in range(count - 1):
        expected = constant + weights[:3] @ means + weights[3:] @ fell
        value = expected + noise * generator.normal()
        fall = np.clip(generator.normal(), -4, 4)
        moved.append(value)
        returns.append(-fall)
        means += pace * (value - means)
        fell += pace * (fall - fell)
    return np.array(moved), np.array(returns), fell


def test_known_weights_are_recovered_from_a_process_made_with_them():
    weights = np.array([0.1, 0.5, 0.3, 0.2, 0.3, 0.2])
    made, returns, _ = simulated(weights, 0.0, 60_000, 5, 0.5)
    # the features of the made process, from the fading means themselves: its level is 0 by construction
    columns = np.column_stack(
        [*(fading_mean(made, s) for s in SPANS), *(fading_mean(-returns, s) for s in SPANS), np.ones(len(made))]
    )
    fitted = fit_recursively(columns, made, prior=np.zeros(7), penalty=np.full(7, 1e-6), first=66)[-1]
    known = columns[66:-1]
    error = 0.5 * np.sqrt(np.diag(np.linalg.inv(known.T @ known)))
    assert (np.abs(fitted - np.append(weights, 0.0)) < 4 * error).all()
    assert error.max() < 0.05


def test_the_response_carries_the_fit_forward_as_the_averages_themselves_would():
    # Beside the recursion: let a forecast come true, take the fading means again from the longer history, forecast again.
    generator = np.random.default_rng(6)
    history, fall = generator.normal(size=4000), generator.normal(size=4000)
    coefficients = np.array([0.1, 0.4, 0.3, 0.1, 0.2, -0.1, 0.02])

    def latest(values, fell):
        return np.array([*(fading_mean(values, s)[-1] for s in SPANS), *(fading_mean(fell, s)[-1] for s in SPANS), 1.0])

    def carried_on(values, fell, sessions):
        said = []
        for _ in range(sessions):
            said.append(float(coefficients @ latest(values, fell)))
            values, fell = np.append(values, said[-1]), np.append(fell, 0.0)
        return np.array(said)

    response = respond(coefficients, latest(history, fall), SPANS, 12)
    base = carried_on(history, fall, 12)
    assert_allclose(response.expected, base, rtol=1e-9, atol=1e-12)
    surprised = carried_on(np.append(history, base[0] + 1.0), np.append(fall, 0.0), 11)
    assert_allclose(response.to_surprise[:11], surprised - base[1:], rtol=1e-9, atol=1e-12)
    fallen = carried_on(np.append(history, base[0]), np.append(fall, 1.0), 11)
    assert_allclose(response.to_fall[:11], fallen - base[1:], rtol=1e-9, atol=1e-12)


series = st.lists(st.tuples(st.floats(-12, -5), st.floats(-0.1, 0.1)), min_size=4, max_size=60)


@given(rows=series, data=st.data())
def test_no_row_of_features_or_fit_knows_the_future(rows, data):
    cut = data.draw(st.integers(3, len(rows)))
    log_variance, returns = (np.array(column) for column in zip(*rows, strict=True))
    prior, penalty = np.full(7, 0.1), np.full(7, 5.0)

    def fit(stop):
        level, columns = features(log_variance[:stop], returns[:stop], SPANS)
        return level, columns, fit_recursively(columns, log_variance[:stop], prior=prior, penalty=penalty, first=1)

    for whole, prefix in zip(fit(len(rows)), fit(cut), strict=True):
        assert_array_equal(whole[:cut], prefix)
