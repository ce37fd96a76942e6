from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from made_charts import walk

from levelhead.desk.bias import bias_of, lean_of, side_of, tempered, turn_of
from levelhead.desk.compose import compose_note
from levelhead.desk.draft import Draft
from levelhead.desk.settings import Settings
from levelhead.desk.thesis import thesis_of
from levelhead.domain.claim import Chance
from levelhead.domain.fact import Fact
from levelhead.forecast.settings import Settings as ForecastSettings


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


def chance(probability: float, base: float | None = None) -> Chance:
    return Chance(probability=probability, error=0.005, base_rate=base)


def test_without_a_past_the_odds_lean_from_five_points_on():
    assert lean_of(chance(0.44), chance(0.385)) == 1
    assert lean_of(chance(0.385), chance(0.44)) == -1
    assert lean_of(chance(0.44), chance(0.40)) == 0


def test_with_a_past_the_odds_must_lean_against_it_too():
    # a market that drifts: 46 less 31 is 15 points up, but the past gave 43 less 21, 22 points
    assert lean_of(chance(0.46, 0.43), chance(0.31, 0.21)) == 0
    assert lean_of(chance(0.50, 0.43), chance(0.22, 0.21)) == 1


def test_a_bias_that_stands_against_its_own_odds_says_why():
    # a made market that drifts up by 0.12 per cent a day: its odds lean up on every day, its past even more
    made, drift = walk(11, 1400), np.exp(0.0012 * np.arange(1400))
    bars = replace(made, **{c: np.round(getattr(made, c) * drift, 1) for c in ("open", "high", "low", "close")})
    few, seen = Settings(forecast=ForecastSettings(paths=200)), set()
    for t in (805, 980, 1050, 1225, 1330):
        for row in compose_note(bars.until(bars.dates[t].astype(object)), settings=few).outlook:
            gap = row.up.probability - row.down.probability
            is_against = ("bearish" in row.bias and gap > 0.05) or ("bullish" in row.bias and gap < -0.05)
            assert ("So says the chart; the odds lean" in row.reason) is is_against
            seen.add(is_against)
    assert seen == {True, False}


def numbers(**values: float) -> Draft:
    names = {name.replace("__", "."): value for name, value in values.items()}
    return Draft({n: Fact(value=v, unit="price", meaning=n, formula="given", inputs={"given": v}) for n, v in names.items()})


def test_price_stands_at_its_average_within_a_quarter_of_an_atr():
    # the distance of a level is level minus price: -0.3 ATR is an average below the price
    assert side_of(numbers(sma_50__distance_atr=-0.3), "sma_50") == 1
    assert side_of(numbers(sma_50__distance_atr=0.2), "sma_50") == 0
    assert side_of(numbers(sma_50__distance_atr=0.3), "sma_50") == -1


def test_the_change_is_the_close_that_leaves_the_band():
    draft = numbers(sma_50__flip=2000.0, atr_14=49.0)
    turn = turn_of(draft, "outlook.medium", 50, 1, (1, 1), "bullish", 0)
    # next average (p + 49 x 2000) / 50; at p = 2012.5 it is 2000.25, and price stands 12.25 = 0.25 ATR above it
    assert draft.work_out(f"sma_50.flip {turn.formula}") == pytest.approx(2012.5)
    assert turn.sentence == "A close below {outlook.medium.change_at} would make it neutral."


def test_where_the_near_edge_changes_nothing_the_far_one_is_named():
    draft = numbers(sma_50__flip=2000.0, atr_14=49.0)
    # above its average with both seconds against it the bias is neutral, inside the band too; below the band it is bearish
    turn = turn_of(draft, "outlook.medium", 50, 1, (-1, -1), "neutral", 0)
    assert draft.work_out(f"sma_50.flip {turn.formula}") == pytest.approx(1987.5)
    assert turn.sentence == "A close below {outlook.medium.change_at} would make it bearish."


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
