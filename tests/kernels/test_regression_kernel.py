"""A line through changes and how sure it is."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead.kernels.regression import slope_of


def test_a_line_by_hand():
    # means 2 and 4; products (-1)(-2) + 0 + (1)(2) = 4 over squares 2
    line = slope_of(np.array([1.0, 2.0, 3.0]), np.array([2.0, 4.0, 6.0]))
    assert (line.slope, line.covariance, line.variance) == (2.0, 4.0, 2.0)
    assert line.error == 0.0
    assert line.correlation == pytest.approx(1.0)


def test_what_does_not_vary_has_no_slope():
    assert math.isnan(slope_of(np.ones(5), np.arange(5.0)).slope)


@given(st.integers(0, 10_000), st.integers(5, 60))
def test_slope_and_error_are_those_of_the_matrices(seed, count):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=count)
    y = 0.3 * x + rng.normal(size=count) * (1 + np.abs(x))
    columns = np.column_stack([np.ones(count), x])
    inverse = np.linalg.inv(columns.T @ columns)
    weights = inverse @ columns.T @ y
    left = y - columns @ weights
    leverage = np.einsum("ij,jk,ik->i", columns, inverse, columns)
    meat = columns.T @ np.diag((left / (1 - leverage)) ** 2) @ columns
    error = math.sqrt((inverse @ meat @ inverse)[1, 1])
    line = slope_of(x, y)
    assert line.slope == pytest.approx(weights[1], rel=1e-9, abs=1e-12)
    assert line.error == pytest.approx(error, rel=1e-7)
    assert line.correlation == pytest.approx(np.corrcoef(x, y)[0, 1], rel=1e-9, abs=1e-12)
