"""Maps from what was said to what should have been said, by hand and by law."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead.kernels.calibration import (
    beta_fit,
    beta_mapped,
    isotonic,
    linear_weights,
    never_falling,
    never_falling_rows,
    pooled,
    stepped,
)

cases = st.lists(st.tuples(st.sampled_from([0.1, 0.2, 0.3, 0.5, 0.7]), st.integers(0, 1)), min_size=1, max_size=40)


def test_violators_are_pooled_by_hand():
    # 0.2: 1 of 1; 0.4: 0 of 1, a fall: both 1/2; 0.6: 1 of 1
    steps = isotonic(np.array([0.2, 0.4, 0.6]), np.array([1.0, 0.0, 1.0]))
    assert steps.said.tolist() == [0.2, 0.4, 0.6]
    assert steps.meant.tolist() == [0.5, 0.5, 1.0]


def test_ties_are_one_point_in_whatever_order_they_came():
    # 0.3 was said four times and came once, 0.5 twice and came twice
    said, happened = np.array([0.3, 0.3, 0.5, 0.3, 0.3, 0.5]), np.array([1.0, 0.0, 1.0, 0.0, 0.0, 1.0])
    steps = isotonic(said, happened)
    assert dict(zip(steps.said.tolist(), steps.meant.tolist(), strict=True)) == {0.3: 0.25, 0.5: 1.0}
    assert isotonic(said[::-1], happened[::-1]).meant.tolist() == steps.meant.tolist()


def test_between_points_the_map_is_straight():
    steps = isotonic(np.array([0.3, 0.5]), np.array([0.0, 1.0]))
    assert stepped(np.array([0.1, 0.3, 0.4, 0.5, 0.9]), steps).tolist() == pytest.approx([0.0, 0.0, 0.5, 1.0, 1.0])


@given(cases)
def test_the_map_never_falls_and_keeps_the_mean(made):
    said, happened = (np.array(column, dtype=float) for column in zip(*made, strict=True))
    steps = isotonic(said, happened)
    assert (np.diff(steps.meant) >= -1e-12).all()
    assert stepped(said, steps).mean() == pytest.approx(happened.mean())


@given(cases)
def test_no_never_falling_map_of_the_points_has_less_squared_error(made):
    said, happened = (np.array(column, dtype=float) for column in zip(*made, strict=True))
    best = np.sum((stepped(said, isotonic(said, happened)) - happened) ** 2)
    for slope in (0.0, 0.5, 1.0):
        other = happened.mean() + slope * (said - said.mean())
        assert best <= np.sum((other - happened) ** 2) + 1e-9


def test_what_is_right_already_is_left_alone():
    generator = np.random.default_rng(1)
    said = generator.uniform(0.05, 0.95, 40_000)
    fitted = beta_fit(said, (generator.uniform(size=40_000) < said).astype(float), ridge=1.0)
    assert fitted == pytest.approx([1, 1, 0], abs=0.06)
    assert beta_mapped(np.array([0.2, 0.7]), np.array([1.0, 1.0, 0.0])) == pytest.approx([0.2, 0.7])


def test_odds_that_should_be_squared_are_squared():
    # logit(meant) = 2 log p - 2 log(1 - p): a = b = 2, c = 0
    generator = np.random.default_rng(2)
    said = generator.uniform(0.05, 0.95, 40_000)
    meant = said**2 / (said**2 + (1 - said) ** 2)
    fitted = beta_fit(said, (generator.uniform(size=40_000) < meant).astype(float), ridge=1.0)
    assert fitted == pytest.approx([2, 2, 0], abs=0.12)


def test_a_strong_ridge_changes_nothing():
    assert beta_fit(np.array([0.2, 0.3]), np.array([1.0, 1.0]), ridge=1e9) == pytest.approx([1, 1, 0], abs=1e-6)


def test_weights_of_two_who_disagree_by_hand():
    # one says 0.9 and the other 0.1 of what comes in 3 of 4 cases; the log score of w 0.9 + (1 - w) 0.1 = 0.1 + 0.8 w is best where
    # it is 3/4: w = 0.8125
    said = np.tile([[0.9, 0.1], [0.1, 0.9]], (400, 1, 1))
    happened = np.array([0, 0, 0, 1] * 100)
    weights = linear_weights(said, happened, np.array([0.5, 0.5]), prior=0.0)
    assert weights == pytest.approx([0.8125, 0.1875], abs=1e-4)
    assert pooled(said[:1], weights)[0] == pytest.approx([0.75, 0.25], abs=1e-4)


def test_without_evidence_the_weights_are_those_believed_in():
    said = np.full((5, 2, 3), 1 / 3)
    assert linear_weights(said, np.zeros(5, dtype=np.int64), np.array([0.8, 0.2]), prior=500.0) == pytest.approx([0.8, 0.2])


@given(st.lists(st.tuples(st.integers(1, 9), st.floats(-3.0, 12.0)), min_size=1, max_size=12), st.floats(-2.0, 2.0))
def test_many_rows_at_once_are_each_pooled_as_one_alone(made, shift):
    counts, sums = np.array([n for n, _ in made]), np.array([x for _, x in made])
    points = np.arange(len(made), dtype=float)
    rows = np.stack([sums, sums[::-1] + shift])
    alone = [stepped(points, never_falling(points, row, counts)) for row in rows]
    np.testing.assert_allclose(never_falling_rows(rows, counts), alone, atol=1e-9)
