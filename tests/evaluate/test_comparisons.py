"""Two scores of the same rows: the skill, how sure it is, and the sentence that says so."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead.evaluate.comparison import compared, mean_with_interval, told
from levelhead.evaluate.slices import NEAR_TO_FAR, thirds

DAYS = np.busday_offset("2010-01-04", np.arange(2000))


def test_a_score_that_is_a_tenth_lower_every_day_is_a_skill_of_a_tenth_without_doubt():
    theirs = np.full(2000, 0.5)
    found = compared(theirs * 0.9, theirs, DAYS, 12)
    assert found.skill == pytest.approx((0.1, 0.1, 0.1, 0.0), abs=1e-12)
    assert found.is_told
    # 2,000 weekdays hold 12 of them 166.7 times
    assert (found.rows, found.days, found.windows) == (2000, 2000, 167)
    assert told(found, "the walk").startswith(
        "Better than the walk: the score is 10.0 % lower (90 % interval of the skill 10.0 % to"
    )


def test_the_same_scores_tell_nothing_apart():
    scores = np.random.default_rng(0).exponential(size=2000)
    found = compared(scores, scores.copy(), DAYS, 12)
    assert (found.skill.mean, found.is_told, found.needed) == (0.0, False, None)
    assert found.difference.mean == 0.0
    assert "Not distinguishable from the walk" in told(found, "the walk")
    assert "167 independent windows stand behind it, more than any market's past holds would be needed" in told(found, "the walk")


def test_the_windows_that_are_missing_shrink_the_interval_with_their_root():
    # an interval of -0.02 to 0.06 around 0.02 reaches twice too far: four times the windows
    noise = np.random.default_rng(3).normal(0.0, 1.0, 2000)
    theirs = 5.0 + noise
    ours = theirs * 0.995 + np.random.default_rng(4).normal(0.0, 1.0, 2000)
    found = compared(ours, theirs, DAYS, 1)
    assert not found.is_told
    half = (found.skill.high - found.skill.low) / 2.0
    assert found.needed == max(math.ceil(found.windows * (half / found.skill.mean) ** 2), found.windows + 1)
    assert f"about {found.needed - found.windows:,} more would be needed" in told(found, "it")


def test_a_worse_score_is_called_worse():
    theirs = np.full(500, 0.5)
    assert told(compared(theirs * 1.25, theirs, DAYS[:500], 1), "it").startswith("Worse than it: the score is 25.0 % higher")


def test_few_windows_say_that_they_are_few():
    found = compared(np.array([0.1, 0.2, 0.3]), np.array([0.2, 0.2, 0.4]), DAYS[:3], 40)
    assert math.isnan(found.skill.low)
    assert told(found, "it") == "Too little to compare with it: 1 independent window only."
    assert compared(np.array([np.nan]), np.array([1.0]), DAYS[:1], 1) is None


@pytest.mark.parametrize(("weeks", "is_told"), [(4, False), (5, True)])
def test_fewer_than_five_windows_are_never_told_from_chance(weeks, is_told):
    # a better score in four weeks of four is what chance does once in eight, with one sign or the other
    theirs = np.linspace(0.4, 0.6, weeks)
    found = compared(theirs * np.linspace(0.8, 0.9, weeks), theirs, DAYS[: 5 * weeks : 5], 5)
    assert (found.windows, found.is_told) == (weeks, is_told)


def test_rows_of_one_day_are_one_day_and_a_missing_score_leaves_its_row_out():
    ours, theirs = np.array([0.1, 0.3, 0.2, np.nan]), np.array([0.2, 0.4, 0.4, 0.1])
    found = compared(ours, theirs, DAYS[[0, 0, 1, 2]], 1)
    # 0.6 / 1.0
    assert (found.rows, found.days) == (3, 2)
    assert found.skill.mean == pytest.approx(0.4)
    assert found.difference.mean == pytest.approx(((0.2 - 0.3) + (0.2 - 0.4)) / 2.0)


@given(order=st.permutations(range(60)))
def test_the_order_of_rows_changes_no_more_than_the_last_digit(order):
    generator = np.random.default_rng(9)
    ours, theirs = generator.exponential(size=(2, 60))
    days = DAYS[np.arange(60) // 2]
    straight, mixed = compared(ours, theirs, days, 3), compared(ours[list(order)], theirs[list(order)], days[list(order)], 3)
    assert mixed.skill == pytest.approx(straight.skill, rel=1e-9)
    assert mixed.difference == pytest.approx(straight.difference, rel=1e-9)


def test_an_interval_of_ninety_per_cent_holds_the_truth_in_about_ninety_of_a_hundred_worlds():
    # overlapping windows: each row is the mean of 12 draws, so rows 12 apart are the first to know nothing of each other
    held = 0
    for world in range(200):
        draws = np.random.default_rng(world).exponential(size=1011)
        values = np.convolve(draws, np.ones(12) / 12, "valid")
        found = mean_with_interval(values, DAYS[:1000], 12, draws=300)
        held += found.low <= 1.0 <= found.high
    # binomial: one standard error is 2.1 points
    assert 164 <= held <= 194


def test_a_day_stands_in_the_third_of_the_days_before_it():
    # sixty days of 1, 2, ... 60 first: 10 lies above 9.5 of them, 30 above 29.5, 55 above 54.5
    assert thirds(np.array([*range(1, 61), 10, 30, 55])).tolist() == [""] * 60 + ["calm", "usual", "wild"]


@given(values=st.lists(st.floats(0.001, 1.0), min_size=61, max_size=90), later=st.lists(st.floats(0.001, 1.0), max_size=20))
def test_no_day_s_third_knows_the_days_after_it(values, later):
    assert thirds(np.array([*values, *later]))[: len(values)].tolist() == thirds(np.array(values)).tolist()


def test_distances_are_named_from_near_to_far():
    assert NEAR_TO_FAR == ("under 0.5 sigma", "0.5 to 1 sigma", "1 to 1.5 sigma", "1.5 to 2 sigma", "over 2 sigma")
