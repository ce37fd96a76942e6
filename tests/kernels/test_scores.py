"""Proper scores: by hand, against scoringrules, and the laws that make them proper."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from levelhead.kernels.scores import brier, crps, log_score, pit, ranked

NAN = np.nan


def one(said, happened):
    return np.array([said], dtype=float), np.array([happened])


def test_brier_of_three_outcomes_by_hand():
    # 50/30/20 and the first came: 0.5^2 + 0.3^2 + 0.2^2 = 0.38
    assert brier(*one([0.5, 0.3, 0.2], 0))[0] == pytest.approx(0.38)


def test_brier_runs_from_nought_to_two():
    assert_allclose(brier(*one([1.0, 0.0, 0.0], 0)), 0.0)
    assert_allclose(brier(*one([1.0, 0.0, 0.0], 2)), 2.0)


def test_log_score_is_minus_the_logarithm_of_what_came():
    assert log_score(*one([0.5, 0.3, 0.2], 2))[0] == pytest.approx(1.6094379124341003)  # ln 5


def test_a_never_that_happens_costs_as_much_as_one_in_ten_thousand():
    assert log_score(*one([1.0, 0.0], 1))[0] == pytest.approx(9.210340371976184)  # ln 10,000
    assert log_score(*one([1.0, 0.0], 1), least=0.0)[0] == np.inf


def test_ranked_score_by_hand_forgives_the_neighbour():
    # cumulated 0.5, 0.8, 1; the middle came: (0.5 - 0)^2 + (0.8 - 1)^2 = 0.29; the last came: 0.25 + 0.64 = 0.89
    assert ranked(*one([0.5, 0.3, 0.2], 1))[0] == pytest.approx(0.29)
    assert ranked(*one([0.5, 0.3, 0.2], 2))[0] == pytest.approx(0.89)


@pytest.mark.parametrize("score", [brier, log_score, ranked])
def test_columns_beyond_a_rows_outcomes_do_not_count(score):
    padded = score(*one([0.6, 0.4, NAN, NAN], 1))
    assert_allclose(padded, score(*one([0.6, 0.4], 1)))


@pytest.mark.parametrize("score", [brier, log_score, ranked])
def test_what_is_not_settled_or_was_not_said_has_no_score(score):
    said = np.array([[0.6, 0.4], [NAN, NAN], [0.6, 0.4]])
    assert np.isnan(score(said, np.array([-1, 0, -3]))).all()


def test_scores_agree_with_scoringrules():
    import scoringrules

    rng = np.random.default_rng(5)
    said, happened = rng.dirichlet([1, 2, 3], size=200), rng.integers(0, 3, size=200)
    came = np.eye(3)[happened]
    assert_allclose(ranked(said, happened), scoringrules.rps_score(happened + 1, said))
    assert_allclose(brier(said, happened), scoringrules.brier_score(came, said).sum(axis=1))
    two = np.column_stack([1 - said[:, 0], said[:, 0]])
    assert_allclose(log_score(two, (happened == 0).astype(int), least=0.0), scoringrules.log_score(came[:, 0], said[:, 0]))


@pytest.mark.parametrize(("is_fair", "estimator"), [(False, "nrg"), (True, "fair")])
def test_crps_agrees_with_scoringrules(is_fair, estimator):
    import scoringrules

    rng = np.random.default_rng(6)
    samples, happened = np.round(rng.normal(size=(50, 40)), 1), rng.normal(size=50)
    expected = scoringrules.crps_ensemble(happened, samples, estimator=estimator)
    assert_allclose(crps(samples, happened, is_fair=is_fair), expected, rtol=1e-12, atol=1e-14)


def test_crps_by_hand():
    # samples 1 and 3, 2 came: mean distance 1, half the mean distance of two draws (0 + 2 + 2 + 0) / 4 / 2 = 0.5
    assert crps(np.array([[3.0, 1.0]]), np.array([2.0]))[0] == pytest.approx(0.5)


def test_the_place_among_samples_by_hand():
    samples = np.array([[1.0, 2.0, 2.0, 5.0]])
    # one below, two equal: (1 + 3/2) / 5; beyond all: (4 + 1/2) / 5
    assert_allclose(pit(samples, np.array([2.0])), 0.5)
    assert_allclose(pit(samples, np.array([9.0])), 0.9)
    assert_allclose(pit(samples, np.array([2.0]), share=0.0), 0.2)
    assert_allclose(pit(samples, np.array([2.0]), share=1.0), 0.8)


def test_the_randomised_place_is_uniform_even_when_values_tie():
    from scipy.stats import kstest

    rng = np.random.default_rng(7)
    values = rng.integers(0, 4, size=(4000, 11)).astype(float)  # many ties
    places = pit(values[:, 1:], values[:, 0], share=rng.random(4000))
    assert kstest(places, "uniform").pvalue > 0.01


shares = st.lists(st.floats(0.01, 1.0), min_size=3, max_size=3).map(lambda x: np.array(x) / sum(x))


@given(truth=shares, said=shares)
def test_saying_what_is_true_costs_least_on_average(truth, said):
    happened = np.arange(3)
    for score in (brier, log_score, ranked):
        honest = truth @ score(np.tile(truth, (3, 1)), happened)
        assert honest <= truth @ score(np.tile(said, (3, 1)), happened) + 1e-12
