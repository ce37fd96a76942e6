"""How sure a mean is: known values, the coverage of intervals, the size of a test."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.testing import assert_allclose

from levelhead.kernels.inference import (
    block_bootstrap,
    block_length,
    block_sums,
    daily,
    day_means,
    diebold_mariano,
    ratio_bootstrap,
    weekdays_of,
)
from levelhead.kernels.student import reach, within


@pytest.mark.parametrize("freedom", [1, 2, 3, 4, 7, 30, 101, 5000])
def test_students_t_agrees_with_scipy(freedom):
    from scipy.stats import t

    assert within(1.7, freedom) == pytest.approx(2 * t.cdf(1.7, freedom) - 1, abs=1e-12)
    assert reach(0.9, freedom) == pytest.approx(t.ppf(0.95, freedom), abs=1e-9)


def test_students_t_of_many_degrees_is_the_normal():
    assert within(1.959963984540054, 10**7) == pytest.approx(0.95)


def test_blocks_run_on_from_the_end_to_the_start():
    # three rows in blocks of three: every draw is all rows, whichever it starts with
    assert_allclose(block_sums(np.array([[1.0], [2.0], [4.0]]), 3, draws=50), 7.0)


def test_the_error_of_independent_rows_is_that_of_their_mean():
    values = np.random.default_rng(3).normal(size=400)
    interval = block_bootstrap(values, 1, draws=4000)
    assert interval.mean == values.mean()
    assert interval.error == pytest.approx(values.std() / 20, rel=0.05)
    assert interval.low < interval.mean < interval.high


def test_two_series_of_the_same_seed_have_the_same_interval():
    values = np.random.default_rng(3).normal(size=60)
    assert block_bootstrap(values, 3) == block_bootstrap(values, 3)


def test_fewer_than_two_blocks_have_no_interval():
    few = block_bootstrap(np.array([1.0, 2.0, 3.0]), 2)
    assert few.mean == 2.0
    assert math.isnan(few.low)
    assert math.isnan(few.high)
    assert math.isnan(few.error)
    assert math.isnan(block_bootstrap(np.array([]), 1).mean)


def test_a_ratio_weighs_days_by_their_rows():
    # two days: 1 + 1 over two rows, 4 over one row: 6 / 3
    parts = daily(np.array([1.0, 1.0, 4.0]), np.array(["2025-01-02", "2025-01-02", "2025-01-01"], dtype="datetime64[D]"))
    assert parts.days.astype(str).tolist() == ["2025-01-01", "2025-01-02"]
    assert ratio_bootstrap(parts.sums[:, 0], parts.rows, 1).mean == 2.0


def test_the_mean_of_each_day():
    days, means = day_means(np.array([1.0, 3.0, 5.0]), np.array(["2025-01-02", "2025-01-02", "2025-01-03"], dtype="datetime64[D]"))
    assert days.astype(str).tolist() == ["2025-01-02", "2025-01-03"]
    assert_allclose(means, [2.0, 5.0])


def test_a_friday_and_the_next_monday_are_one_weekday_apart():
    friday, monday = weekdays_of(np.array(["2025-03-14", "2025-03-17"], dtype="datetime64[D]"))
    assert monday - friday == 1


@pytest.mark.parametrize(("every", "sessions", "expected"), [(1, 1, 1), (1, 12, 24), (5, 5, 1), (5, 6, 4), (5, 12, 6), (5, 65, 28)])
def test_a_block_is_twice_what_a_window_overlaps(every, sessions, expected):
    # of daily notes 12 windows of 12 sessions overlap, of weekly ones 3; 65 sessions take 68 weekdays with holidays
    days = np.busday_offset("2024-01-01", np.arange(0, 400, every)).astype("datetime64[D]")
    assert block_length(days, sessions) == expected


def overlapping(rng, rows, overlap):
    """Rows that each sum `overlap` shocks, all but one shared with the next: what scores of overlapping windows look like."""
    return np.convolve(rng.normal(size=rows + overlap - 1), np.ones(overlap), "valid")


@pytest.mark.parametrize(("rows", "overlap"), [(104, 1), (104, 3), (104, 13), (500, 12)])
def test_ninety_per_cent_intervals_of_overlapping_windows_cover_eighty_four_or_more(rows, overlap):
    rng = np.random.default_rng(11)
    block = 1 if overlap == 1 else 2 * overlap
    intervals = [block_bootstrap(overlapping(rng, rows, overlap), block, draws=300, seed=k) for k in range(500)]
    covered = np.mean([i.low <= 0.0 <= i.high for i in intervals])
    assert 0.83 < covered < 0.94  # standard error 0.014


def test_intervals_that_ignore_the_overlap_would_cover_half():
    rng = np.random.default_rng(11)
    intervals = [block_bootstrap(overlapping(rng, 104, 13), 1, draws=200, seed=k) for k in range(200)]
    assert np.mean([i.low <= 0.0 <= i.high for i in intervals]) < 0.5


def test_diebold_mariano_of_one_step_by_hand():
    # differences 1, 2, 3, 6: mean 3, variance (4 + 1 + 0 + 9) / 4 = 3.5; factor (4 + 1 - 2) / 4 = 0.75
    compared = diebold_mariano(np.array([2.0, 3.0, 4.0, 7.0]), np.ones(4), 1)
    assert compared.mean == 3.0
    assert compared.statistic == pytest.approx(3.0 / math.sqrt(3.5 / 4) * math.sqrt(0.75))
    # which is the t test of a mean: Harvey, Leybourne and Newbold's factor at one step is (n - 1) / n
    from scipy.stats import ttest_1samp

    assert compared.p_value == pytest.approx(ttest_1samp([1.0, 2.0, 3.0, 6.0], 0.0).pvalue)


def test_diebold_mariano_of_two_steps_by_hand():
    # differences 2, 1, 3, 2: away 0, -1, 1, 0; variance 0.5, first autocovariance (0 - 1 + 0) / 4 = -0.25: the sum 0.5 - 0.5 is
    # nought, so Bartlett's weight 1/2: 0.5 - 0.25 = 0.25; factor (4 + 1 - 4 + 2/4) / 4 = 0.375
    compared = diebold_mariano(np.array([2.0, 1.0, 3.0, 2.0]), np.zeros(4), 2)
    assert compared.statistic == pytest.approx(2.0 / math.sqrt(0.25 / 4) * math.sqrt(0.375))


def test_equal_scores_are_not_told_apart():
    same = diebold_mariano(np.ones(20), np.ones(20), 3)
    assert (same.mean, same.error, same.p_value) == (0.0, 0.0, 1.0)
    assert math.isnan(diebold_mariano(np.ones(1), np.zeros(1), 1).p_value)


@pytest.mark.parametrize(("rows", "overlap"), [(104, 1), (104, 3), (400, 12)])
def test_diebold_mariano_rejects_a_true_null_about_as_often_as_it_says(rows, overlap):
    rng = np.random.default_rng(12)
    p = [diebold_mariano(overlapping(rng, rows, overlap), np.zeros(rows), overlap).p_value for _ in range(1500)]
    assert 0.06 < np.mean(np.array(p) < 0.1) < 0.15  # standard error 0.008
