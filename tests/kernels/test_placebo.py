"""Random dates matched on volatility, and how far the cases stand from them."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead.kernels.placebo import against, apart, holm, matched_means, strata_of

ROWS = st.lists(st.integers(0, 200), max_size=60).map(lambda rows: np.array(sorted(rows), dtype=np.int64))


def test_cases_whose_windows_overlap_are_left_out_the_oldest_stays():
    # 3 stands; 5 and 7 lie within 5 of it; 8 does not; 12 lies within 5 of 8; 13 does not
    assert apart(np.array([3, 5, 7, 8, 12, 13]), 5).tolist() == [3, 8, 13]


@given(rows=ROWS, span=st.integers(1, 20), count=st.integers(0, 60))
def test_whether_a_case_is_taken_depends_on_earlier_ones_alone(rows, span, count):
    whole, beginning = apart(rows, span).tolist(), apart(rows[:count], span).tolist()
    assert whole[: len(beginning)] == beginning
    assert all(later - earlier >= span for earlier, later in pairwise(whole))


def test_strata_are_equal_parts_of_what_is_known():
    # of 1 to 8 the quarters begin at 2.75, 4.5, 6.25; the row that is not usable has none
    values = np.array([1.0, 2, 3, 4, 99, 5, 6, 7, 8])
    usable = values < 50
    assert strata_of(values, usable, 4).tolist() == [0, 0, 1, 1, -1, 2, 2, 3, 3]


def drawn_rows(strata, counts, *, span, draws=50):
    """The rows of each draw: with a column for each row a mean is the share each row has."""
    means = matched_means(np.eye(len(strata)), strata, np.array([counts]), span=span, draws=draws, seed=4)[0]
    return [np.flatnonzero(draw > 0) for draw in means]


def test_each_draw_has_as_many_rows_of_each_stratum_as_the_cases_and_none_overlap():
    strata = np.tile([0, 0, 0, 1, 1, 1, 2, 2, 2, -1], 30)
    for rows in drawn_rows(strata, [7, 3, 0], span=6):
        assert np.bincount(strata[rows], minlength=3).tolist() == [7, 3, 0]
        assert np.diff(rows).min() >= 6


def test_random_dates_differ_from_draw_to_draw_and_begin_anywhere():
    taken = drawn_rows(np.zeros(300, dtype=np.int64), [10], span=5)
    assert len({tuple(rows.tolist()) for rows in taken}) == 50
    assert {int(rows[0]) % 5 for rows in taken} == {0, 1, 2, 3, 4}


def test_the_placebo_of_calm_cases_is_made_of_calm_days():
    # calm days return 1, wild ones 100: three calm cases and one wild give (3 * 1 + 100) / 4
    strata = np.tile([0, 1], 200)
    values = np.where(strata == 0, 1.0, 100.0)[:, None]
    means = matched_means(values, strata, np.array([[3, 1], [4, 0]]), span=3, draws=40, seed=1)
    assert means[0] == pytest.approx(25.75)
    assert means[1] == pytest.approx(1.0)


def test_where_a_stratum_has_too_few_slots_all_of_them_stand_for_it():
    # every second slot of four rows is wild, so there are three calm slots of rows 0 to 23; five are asked for
    strata = np.repeat([0, 1] * 3, 4)
    values = np.where(strata == 0, 2.0, 8.0)[:, None]
    means = matched_means(values, strata, np.array([[5, 5]]), span=4, draws=20, seed=1)
    assert means == pytest.approx(5.0)


def test_what_lies_at_the_mean_of_the_draws_has_p_1_and_what_lies_beyond_all_counts_as_one_of_them():
    draws = np.array([[0.4, 0.0], [0.6, 0.0], [0.45, 0.1], [0.55, -0.1]])
    assert against(np.array([0.5, 0.0]), draws).p == 1.0
    assert against(np.array([0.9, 0.0]), draws).p == pytest.approx(1 / 5)
    assert against(np.array([0.5, -3.0]), draws).p == pytest.approx(1 / 5)


def test_the_mean_and_spread_are_those_of_the_draws():
    found = against(np.array([0.5]), np.array([[0.2], [0.4], [0.6], [0.8], [np.nan]]))
    assert found.mean[0] == pytest.approx(0.5)
    assert found.spread[0] == pytest.approx(np.sqrt((0.09 + 0.01) / 2))


def test_holm_multiplies_by_how_many_are_left_and_never_falls():
    # 0.01 * 3, then 0.03 * 2, then 0.04 * 1, which must not be smaller than the one before
    assert holm(np.array([0.01, 0.04, 0.03])) == pytest.approx([0.03, 0.06, 0.06])
    assert holm(np.array([0.5, 0.9])) == pytest.approx([1.0, 1.0])
    assert len(holm(np.array([]))) == 0


def test_p_of_random_cases_is_uniform():
    # 400 sets of 20 days of noise against 400 draws each: a tenth of them has p of a tenth or less
    generator = np.random.Generator(np.random.PCG64(5))
    values = generator.normal(size=(2000, 1))
    strata = np.zeros(2000, dtype=np.int64)
    slots = np.arange(0, 2000, 5)
    counts = np.full((1, 1), 20)
    draws = matched_means(values, strata, counts, span=5, draws=400, seed=2)[0]
    p = [against(values[generator.choice(slots, 20, replace=False)].mean(axis=0), draws).p for _ in range(400)]
    assert 0.05 < np.mean(np.array(p) <= 0.1) < 0.16
    assert 0.4 < np.mean(p) < 0.6
