"""What a note says of the future as claims, each under every reading its words allow."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from made_notes import bias, level, money, note, scenario, setup

from levelhead.domain.bars import Bars
from levelhead.market.instruments import find_instrument
from levelhead.review.claims import claims_of, interpretation_of

DAY = dt.date(2025, 3, 13)


def made_bars(last=2400.0, *, high=10.0, n=300):
    """Bars that end on DAY at `last`, each reaching ten points either way."""
    time = np.arange(np.datetime64(DAY) - n + 1, np.datetime64(DAY) + 1).astype("datetime64[us]")
    close = np.full(n, last) + 5 * np.sin(np.arange(n)[::-1])
    return Bars(
        instrument=find_instrument("RTY"),
        time=time,
        open=close,
        high=close + high,
        low=close - high,
        close=close,
        volume=np.zeros(n),
        row=np.zeros(n, dtype=np.int64),
        feed="made",
    )


def said(a_note, bars=None):
    """The claims by name."""
    return {each.name: each.claim for each in claims_of(a_note, bars or made_bars(), DAY)}


def left(a_note):
    return [each.why for each in interpretation_of(a_note, made_bars(), DAY).left_out]


UP = scenario("up", target=money(2455, 2470), probability=(0.5, 0.5))
DOWN = scenario("down", trigger=money(2350), target=money(2310), probability=(0.15, 0.15))
BETWEEN = scenario("range", zone=money(2350, 2420), probability=(0.35, 0.35))


def test_a_table_that_leaves_prices_to_nobody_is_one_claim_for_each_scenario():
    assert said(note(scenarios=(UP, BETWEEN, DOWN), horizon=12)) == {
        "scenario.1": "touch 2455 before touch 2350 within 12 sessions",
        "scenario.1/a close": "close above 2455 before close below 2350 within 12 sessions",
        "scenario.1/the far edge": "touch 2470 before touch 2350 within 12 sessions",
        "scenario.2": "stay in 2350..2420 within 12 sessions",
        "scenario.2/a close": "stay in 2350..2420 by close within 12 sessions",
        "scenario.3": "touch 2310 before touch 2455 within 12 sessions",
        "scenario.3/a close": "close below 2350 then touch 2310 before close above 2455 within 12 sessions",
    }


def test_what_is_said_of_a_scenario_is_said_of_each_of_its_readings():
    found = claims_of(note(scenarios=(UP, BETWEEN, DOWN)), made_bars(), DAY)
    assert [dict(each.chances) for each in found] == [{"true": 0.5}] * 3 + [{"true": 0.35}] * 2 + [{"true": 0.15}] * 2


def test_a_table_whose_outcomes_cover_everything_is_one_split():
    up = scenario("up", trigger=money(2420), probability=(0.4, 0.4))
    down = scenario("down", trigger=money(2350), probability=(0.25, 0.25))
    found = claims_of(note(scenarios=(up, BETWEEN, down)), made_bars(), DAY)
    split = found[0]
    assert (split.name, split.claim) == ("scenario", "first of 2420 | 2350 within 12 sessions")
    assert dict(split.chances) == {"up": 0.4, "range": 0.35, "down": 0.25}
    # by close nothing is a split, and each stands for itself
    assert {each.name: each.claim for each in found[1:]} == {
        "scenario.1": "close above 2420 before close below 2350 within 12 sessions",
        "scenario.2": "stay in 2350..2420 by close within 12 sessions",
        "scenario.3": "close below 2350 before close above 2420 within 12 sessions",
    }


@pytest.mark.parametrize(
    "others",
    [
        {"probability": (0.5, 0.5)},  # 0.5 + 0.35 + 0.4
        {"probability": None},
        {"trigger": money(2430)},
        {"trigger_how": "close"},
    ],
    ids=["does not sum to one", "is not said", "leaves a gap", "by close"],
)
def test_a_table_that_is_no_split_is_not_made_one(others):
    up = {"trigger": money(2420), "probability": (0.4, 0.4)} | others
    down = scenario("down", trigger=money(2350), probability=(0.25, 0.25))
    assert "scenario" not in said(note(scenarios=(scenario("up", **up), BETWEEN, down)))


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ("", {"scenario.1": "touch 2700 within 12 sessions", "scenario.1/a close": "close above 2700 within 12 sessions"}),
        ("touch", {"scenario.1": "touch 2700 within 12 sessions"}),
        ("close", {"scenario.1": "close above 2700 within 12 sessions"}),
        ("accept", {"scenario.1": "2 closes above 2700 within 12 sessions"}),
    ],
)
def test_through_a_price_is_a_touch_or_a_close_unless_the_note_says_which(how, expected):
    assert said(note(scenarios=(scenario("up", trigger=money(2700), trigger_how=how),))) == expected


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ("close", "close below 2350 then touch 2310 within 12 sessions"),
        ("accept", "2 closes below 2350 then touch 2310 within 12 sessions"),
        ("touch", "touch 2310 within 12 sessions"),  # whoever touches 2310 has touched 2350
    ],
)
def test_a_trigger_before_a_target_counts_where_it_is_a_close(how, expected):
    assert said(note(scenarios=(scenario("down", trigger=money(2350), trigger_how=how, target=money(2310)),))) == {
        "scenario.1": expected
    }


def test_a_move_from_a_price_behind_is_that_price_and_then_the_target():
    # 'if buyers step in at 2,350, a move toward 2,450'
    turn = scenario("up", trigger=money(2350), trigger_how="touch", target=money(2450))
    assert said(note(scenarios=(turn,))) == {"scenario.1": "touch 2350 then touch 2450 within 12 sessions"}


def test_a_rejection_is_a_touch_and_a_close_back_where_it_came_from():
    turned = scenario("down", trigger=money(2420, 2440), trigger_how="touch")
    assert said(note(scenarios=(turned,))) == {
        "scenario.1": "touch 2420 then close below 2400 before close above 2440 within 12 sessions"
    }


def test_a_trigger_that_is_passed_already_is_said_and_left_away():
    passed = scenario("up", trigger=money(2390), target=money(2455))
    found = claims_of(note(scenarios=(passed,)), made_bars(), DAY)
    assert found[0].claim == "touch 2455 within 12 sessions"
    assert "Its trigger, 2,390.0, is passed already at 2,400.0." in found[0].assumed


def test_what_a_scenario_must_hold_is_what_must_not_come_first():
    words = "Bullish Continuation (40%)\nRTY holds above 2,320 and pushes through 2,500.\n"
    up = scenario("up", trigger=money(2500), trigger_how="touch", span=type(UP.span)(start=0, end=len(words)))
    assert said(note(plain=words, scenarios=(up, DOWN)))["scenario.1"] == "touch 2500 before touch 2320 within 12 sessions"


def test_a_range_of_probabilities_counts_as_its_middle_and_that_is_said():
    found = claims_of(note(scenarios=(scenario("up", target=money(2455), probability=(0.6, 0.65)),)), made_bars(), DAY)
    assert dict(found[0].chances) == {"true": 0.625}
    assert "60 to 65 per cent counts as 62.5." in found[0].assumed


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ({"scenarios": (scenario("up"),)}, "It names no price that lies ahead, so nobody can say when it has come true."),
        ({"scenarios": (scenario("up", target=money(2390)),)}, "It names no price that lies ahead"),
        ({"scenarios": (scenario("range"),)}, "A range needs its two prices, and the note names none."),
        ({"scenarios": (scenario("", target=money(2455)),)}, "The note does not say which way it leads."),
        ({"setups": (setup("long", (2390,), (2370,), ()),)}, "It names no target"),
        ({"setups": (setup("long", (2390,), (2395,), ((2450,),)),)}, "needs its stop 2395"),
        ({"levels": (level("support", 2450),)}, "A support at 2,450.0 lies above the price 2,400.0."),
        ({"levels": (level("resistance", 2350),)}, "A resistance at 2,350.0 lies below the price 2,400.0."),
    ],
)
def test_what_is_no_claim_is_left_out_with_the_reason(statement, why):
    assert said(note(**statement)) == {}
    assert len(left(note(**statement))) == 1
    assert why in left(note(**statement))[0]


def test_a_range_that_the_price_has_left_already_is_a_claim_by_close_alone():
    away = scenario("range", zone=money(2410, 2440))
    assert said(note(scenarios=(away,))) == {"scenario.1": "stay in 2410..2440 by close within 12 sessions"}
    assert "lies outside 'stay in 2410..2440' already" in left(note(scenarios=(away,)))[0]


# Setups


def test_a_setup_is_a_plan_whose_order_stands_for_the_horizon():
    assert said(note(setups=(setup("long", (2380,), (2360,), ((2450,), (2500,)), order="limit", sessions=10),))) == {
        "setup.1": "long limit 2380 stop 2360 target 2450, 2500 fill within 10 exit within 20"
    }


def test_each_edge_of_a_zone_is_a_reading():
    zones = setup("long", (2370, 2380), (2340, 2350), ((2450, 2460),), order="limit")
    assert said(note(setups=(zones,))) == {
        "setup.1": "long limit 2380 stop 2340 target 2450 fill within 12 exit within 24",
        "setup.1/the entry's other edge": "long limit 2370 stop 2340 target 2450 fill within 12 exit within 24",
        "setup.1/the target's far edge": "long limit 2380 stop 2340 target 2460 fill within 12 exit within 24",
    }


def test_the_same_for_a_sale():
    zones = setup("short", (2420, 2430), (2450, 2460), ((2340, 2350),), order="limit")
    assert said(note(setups=(zones,)))["setup.1"] == "short limit 2420 stop 2460 target 2350 fill within 12 exit within 24"


@pytest.mark.parametrize(
    ("side", "entry", "stop", "target", "order"),
    [
        ("long", 2380, 2360, 2450, "limit"),
        ("long", 2420, 2400, 2500, "stop"),
        ("short", 2420, 2440, 2300, "limit"),
        ("short", 2380, 2400, 2300, "stop"),
    ],
)
def test_an_order_that_is_not_named_is_told_by_where_its_entry_lies(side, entry, stop, target, order):
    found = claims_of(note(setups=(setup(side, (entry,), (stop,), ((target,),)),)), made_bars(), DAY)[0]
    assert found.claim.startswith(f"{side} {order} {entry} ")
    assert any("in a way it does not say" in sentence for sentence in found.assumed)


def test_a_setup_without_a_stop_is_its_entry_and_then_its_target():
    assert said(note(setups=(setup("long", (2380,), None, ((2450,),)),))) == {
        "setup.1": "touch 2380 then touch 2450 within 12 sessions"
    }


def test_a_note_made_during_its_session_is_settled_from_the_rest_of_it_and_from_the_next():
    found = claims_of(note(last=2404.5, setups=(setup("long", (2380,), (2360,), ((2450,),), order="limit"),)), made_bars(), DAY)
    assert [(each.name, each.from_next) for each in found] == [("setup.1", False), ("setup.1/from the next session", True)]
    assert found[0].claim == found[1].claim
    # a price that the day's bar never saw is that of no session
    away = claims_of(note(last=2300, setups=(setup("long", (2380,), (2360,), ((2450,),), order="limit"),)), made_bars(), DAY)
    assert len(away) == 1


# Levels and biases


def test_a_level_holds_where_it_is_reached_and_not_passed():
    assert said(note(levels=(level("support", 2350, 2360), level("resistance", 2420)), horizon=10)) == {
        "level.1": "not close below 2350 within 10 sessions given touch 2360 within 10 sessions",
        "level.1/a touch": "not trade through 2350 within 10 sessions given touch 2360 within 10 sessions",
        "level.2": "not close above 2420 within 10 sessions given touch 2420 within 10 sessions",
        "level.2/two closes": "not 2 closes above 2420 within 10 sessions given touch 2420 within 10 sessions",
    }


def test_a_level_that_the_price_stands_in_is_reached_already():
    assert said(note(levels=(level("support", 2390, 2410),)))["level.1"] == "not close below 2390 within 12 sessions"


def test_a_level_is_one_however_often_the_note_names_it_and_a_pivot_without_a_side_is_none():
    assert set(said(note(levels=(level("support", 2350), level("support", 2350), level("pivot", 2380), level("", 2370))))) == {
        "level.1",
        "level.1/two closes",
    }


@pytest.mark.parametrize(
    ("a_bias", "expected"),
    [
        (bias("short", 1.0), {"bias.1": "close above 2400 at 10 sessions"}),
        (bias("medium", -0.5), {"bias.1": "close below 2400 at 40 sessions"}),
        (bias("long", -1.0, sessions=60), {"bias.1": "close below 2400 at 60 sessions"}),
        (bias("intraday", 1.0), {"bias.1": "close above 2400 at 1 session"}),
        (bias("", 1.0), {"bias.1": "close above 2400 at 12 sessions"}),
        (
            bias("medium", -1.0, change_at=money(2450)),
            {
                "bias.1": "close below 2400 at 40 sessions",
                "bias.1/unless it closes above 2,450.0": "close below 2400 at 40 sessions "
                "given not close above 2450 within 40 sessions",
            },
        ),
        (
            bias("medium", 0.5, change_at=money(2430, 2450)),
            {
                "bias.1": "close above 2400 at 40 sessions",
                "bias.1/once it closes above 2,450.0": "close above 2400 at 40 sessions given close above 2450 within 40 sessions",
            },
        ),
    ],
)
def test_a_bias_is_the_side_of_a_later_close(a_bias, expected):
    assert said(note(biases=(a_bias,))) == expected


def test_a_neutral_bias_is_a_close_within_a_quarter_of_a_standard_deviation():
    bars = made_bars()
    sigma = np.std(np.diff(np.log(bars.close[-253:])), ddof=1) * np.sqrt(10)
    upper, lower = (round(2400 * np.exp(sign * sigma / 4), 1) for sign in (1, -1))
    claim = said(note(biases=(bias("short", 0.0),)), bars)["bias.1"]
    assert claim == f"not close above {upper:.10g} at 10 sessions and not close below {lower:.10g} at 10 sessions"


def test_a_horizon_that_is_not_stated_is_supposed_and_that_is_said():
    found = claims_of(note(scenarios=(UP,)), made_bars(), DAY)[0]
    assert "It states no horizon: 12 sessions." in found.assumed
    assert claims_of(note(scenarios=(UP,), horizon=20), made_bars(), DAY)[0].sessions == 20
    cut = claims_of(note(scenarios=(UP,), horizon=900), made_bars(), DAY)[0]
    assert cut.sessions == 252
    assert "Its horizon of 900 sessions is cut to 252." in cut.assumed


def test_a_note_of_ten_thousand_levels_makes_no_more_claims_than_anybody_reads():
    many = note(levels=tuple(level("support", 1000 + number / 10) for number in range(10_000)))
    found = interpretation_of(many, made_bars(), DAY)
    assert 200 <= len(found.claims) <= 202
    assert "more than 200 claims" in found.left_out[-1].why


def test_no_bar_after_the_day_is_looked_at():
    bars = made_bars(n=400)
    early = dt.date(2025, 2, 1)
    a_note = note(scenarios=(UP, BETWEEN, DOWN), biases=(bias("short", 0.0),), levels=(level("support", 2350),), last=2401.5)
    assert claims_of(a_note, bars, early) == claims_of(a_note, bars.until(early), early)
