"""Where a forecast says no more than the past does, that is said, with the evidence behind it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from levelhead.domain.claim import Chance
from levelhead.forecast.distinguish import _CRITICAL, MOST_NEEDED, distinction_words, distinguish


def said(probabilities, rates, windows, error=0.0):
    return {
        name: Chance(probability=p, error=error, base_rate=b, base_count=windows * 12, windows=windows)
        for name, p, b in zip(("up", "range", "down"), probabilities, rates, strict=False)
    }


def test_a_table_near_its_base_rates_is_not_told_from_them():
    # (0.05^2 / 0.4 + 0.05^2 / 0.25 + 0) = 0.01625; 5.991 / 0.01625 = 368.7, so 369 windows; 120 are there, 249 are missing
    found = distinguish(said((0.45, 0.20, 0.35), (0.40, 0.25, 0.35), 120))
    assert (found.windows, found.needed, found.more, found.is_told) == (120, 369, 249, False)
    assert found.widest == "range"
    assert distinction_words(found) == (
        "The forecast is not distinguishable from the base rate: 120 independent windows stand behind it, about 249 more would be "
        "needed to tell a difference of this size from chance."
    )


def test_enough_windows_tell_the_same_table_apart():
    found = distinguish(said((0.45, 0.20, 0.35), (0.40, 0.25, 0.35), 369))
    assert found.is_told
    assert found.more == 0
    assert "more than chance explains, given the 369 independent windows" in distinction_words(found)


def test_two_outcomes_have_one_degree_of_freedom():
    # (0.1^2 / 0.5) x 2 = 0.04; 3.841 / 0.04 = 96.03
    assert distinguish(said((0.6, 0.4), (0.5, 0.5), 50)).needed == 97


def test_an_error_of_simulation_is_no_difference():
    # |0.6 - 0.5| - 0.02 = 0.08: 2 x 0.0064 / 0.5 = 0.0256; 3.841 / 0.0256 = 150.04
    assert distinguish(said((0.6, 0.4), (0.5, 0.5), 50, error=0.02)).needed == 151


def test_agreement_needs_more_past_than_there_is():
    found = distinguish(said((0.4, 0.25, 0.35), (0.40, 0.25, 0.35), 120))
    assert (found.needed, found.more, found.is_told) == (None, None, False)
    assert "the two agree, with 120 independent windows" in distinction_words(found)


def test_without_base_rates_nothing_is_compared():
    chances = {name: Chance(probability=0.5, error=0.0) for name in ("true", "false")}
    assert distinguish(chances) is None
    assert distinction_words(None) == "There is no base rate to hold this against yet."


def test_what_never_happened_is_given_half_a_case():
    found = distinguish(said((0.1, 0.9), (0.0, 1.0), 20))
    assert found.widest == "up"
    assert found.is_told


def test_one_window_is_one():
    assert "1 independent window stands behind" in distinction_words(distinguish(said((0.6, 0.4), (0.5, 0.5), 1)))


def test_the_critical_values_are_those_of_chi_squared():
    assert pytest.approx([stats.chi2.ppf(0.95, k) for k in range(1, 8)], abs=5e-4) == _CRITICAL


def test_windows_drawn_from_the_base_rates_are_told_apart_one_time_in_twenty():
    # 4,000 draws of 200 windows: the share that reaches the bound is 0.05 within 4 x sqrt(0.05 x 0.95 / 4000) = 0.014
    rates = (0.4, 0.35, 0.25)
    draws = np.random.default_rng(1).multinomial(200, rates, size=4000) / 200
    told = np.mean([distinguish(said(draw, rates, 200)).is_told for draw in draws])
    assert told == pytest.approx(0.05, abs=0.014)


@given(p=st.floats(0.02, 0.98), b=st.floats(0.05, 0.95), windows=st.integers(1, 2000))
def test_what_is_missing_would_suffice(p, b, windows):
    found = distinguish(said((p, 1 - p), (b, 1 - b), windows))
    if found.needed is None:
        assert (p - b) ** 2 / (b * (1 - b)) * MOST_NEEDED < 3.85
    else:
        assert found.is_told == (found.more == 0)
        assert distinguish(said((p, 1 - p), (b, 1 - b), windows + found.more)).is_told
