from __future__ import annotations

import itertools

import pytest

from levelhead.desk.draft import Draft
from levelhead.desk.outlook import bias_of, lean_of, tempered
from levelhead.desk.thesis import thesis_of
from levelhead.domain.claim import Chance
from levelhead.domain.fact import Fact


def words(**said: str) -> Draft:
    return Draft(
        {name.replace("__", "."): Fact(value=word, unit="word", meaning=name, formula="given") for name, word in said.items()}
    )


@pytest.mark.parametrize(
    ("side", "seconds", "bias"),
    [
        (1, (1, 1), "bullish"),
        (1, (1, 0), "bullish"),
        (1, (1, -1), "cautiously bullish"),
        (1, (0, -1), "cautiously bullish"),
        (1, (-1, -1), "neutral"),
        (0, (1, 1), "neutral"),
        (-1, (-1, -1), "bearish"),
        (-1, (1, 0), "cautiously bearish"),
        (-1, (1, 1), "neutral"),
    ],
)
def test_the_bias_is_the_side_of_the_average_as_far_as_two_facts_second_it(side, seconds, bias):
    assert bias_of(side, seconds) == bias


def test_crossing_the_average_always_changes_the_bias():
    for seconds in itertools.product((-1, 0, 1), repeat=2):
        assert bias_of(1, seconds) != bias_of(-1, seconds)


def test_a_bias_that_the_odds_contradict_is_neutral():
    assert tempered("bearish", 1) == "neutral"
    assert tempered("cautiously bullish", -1) == "neutral"
    assert tempered("bearish", 0) == tempered("bearish", -1) == "bearish"
    assert tempered("neutral", 1) == "neutral"


def test_the_odds_lean_from_five_points_on():
    up, down = Chance(probability=0.44, error=0.005), Chance(probability=0.385, error=0.005)
    assert lean_of(up, down) == 1
    assert lean_of(down, up) == -1
    assert lean_of(up, Chance(probability=0.40, error=0.005)) == 0


def test_votes_make_a_trend_from_two_on():
    draft = words(sma_200__side="above", golden_cross="absent", sma_200__slope="up", sma_50__side="below")
    # price above the 200-day +1, no golden cross -1, slope up +1, price below the 50-day -1: 0
    assert thesis_of(draft).trend == "mixed"
    draft = words(sma_200__side="above", golden_cross="present", sma_200__slope="up", sma_50__side="below")
    assert thesis_of(draft).trend == "bullish"
    assert thesis_of(draft).perspective == "correcting within a longer advance"


def test_a_mixed_trend_leans_with_the_50_day_average():
    assert thesis_of(words(sma_200__side="above", golden_cross="absent", sma_200__slope="flat", sma_50__side="below")).lean == -1


def test_without_averages_the_trend_is_not_yet_known():
    assert thesis_of(words()).trend == "not yet known"
