"""Scores of distributions that have a formula, against their definition and against scoringrules."""

from __future__ import annotations

import math

import numpy as np
import pytest
import scoringrules
from hypothesis import given
from hypothesis import strategies as st

from levelhead.kernels.closed_scores import crps_normal, crps_student, student_share
from levelhead.kernels.scores import crps
from levelhead.kernels.student import within

errors = st.floats(-8.0, 8.0)
spreads = st.floats(0.001, 50.0)


def test_a_normal_distribution_that_is_right_in_the_middle_costs_a_quarter_of_its_spread():
    # z = 0: 2 f(0) - 1 / sqrt(pi) = (sqrt(2) - 1) / sqrt(pi) = 0.2337
    assert crps_normal(np.array([0.0]), np.array([1.0]))[0] == pytest.approx((math.sqrt(2.0) - 1.0) / math.sqrt(math.pi), rel=1e-14)


def test_far_away_the_score_is_the_distance_less_the_spread_s_own_disagreement():
    # E|x - y| = |y| and E|x - x'| / 2 = 1 / sqrt(pi)
    assert crps_normal(np.array([40.0]), np.array([1.0]))[0] == pytest.approx(40.0 - 1.0 / math.sqrt(math.pi), rel=1e-12)


@given(error=errors, spread=spreads)
def test_the_normal_score_is_that_of_scoringrules(error, spread):
    ours = crps_normal(np.array([error]), np.array([spread]))[0]
    assert ours == pytest.approx(float(scoringrules.crps_normal(error, 0.0, spread)), rel=1e-9, abs=1e-12)


@given(error=errors, spread=spreads, freedom=st.integers(3, 300))
def test_the_student_score_is_that_of_scoringrules(error, spread, freedom):
    scale = spread * math.sqrt((freedom - 2.0) / freedom)
    ours = crps_student(np.array([error]), np.array([spread]), np.array([freedom]))[0]
    assert ours == pytest.approx(float(scoringrules.crps_t(error, freedom, 0.0, scale)), rel=1e-7, abs=1e-10)


def test_with_many_degrees_of_freedom_student_is_normal():
    error, spread = np.linspace(-3.0, 3.0, 13), np.full(13, 1.7)
    assert crps_student(error, spread, np.full(13, 20_000)) == pytest.approx(crps_normal(error, spread), abs=1e-3)


def test_the_score_of_many_draws_is_that_of_the_formula():
    # standard error of the mean distance of 200,000 draws: about 0.6 / sqrt(200,000) = 0.0013
    draws = np.random.default_rng(5).normal(0.0, 1.0, (1, 200_000))
    assert crps(draws, np.array([0.8]))[0] == pytest.approx(crps_normal(np.array([0.8]), np.array([1.0]))[0], abs=0.006)


@given(z=st.floats(-30.0, 30.0), freedom=st.integers(2, 400))
def test_all_at_once_student_s_shares_are_those_of_one_by_one(z, freedom):
    found = student_share(np.array([z, 0.0, z]), np.array([freedom, 3, freedom]))
    alone = 0.5 + math.copysign(0.5 * within(abs(z), freedom), z)
    assert found == pytest.approx([alone, 0.5, alone], abs=1e-13)


@pytest.mark.parametrize(("z", "freedom", "share"), [(1.886, 2, 0.9), (2.353, 3, 0.95), (2.228, 10, 0.975), (2.660, 60, 0.995)])
def test_student_s_shares_are_those_of_the_tables(z, freedom, share):
    assert student_share(np.array([z]), np.array([freedom]))[0] == pytest.approx(share, abs=2e-4)
