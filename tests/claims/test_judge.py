"""Which outcome a claim has on paths."""

import numpy as np
import pytest

from levelhead.claims.judge import UNDECIDED, frictions_of, judge, judge_plan, outcomes_of, prices_of, sessions_of
from levelhead.claims.parse import parse_claim
from levelhead.domain.instrument import Instrument
from levelhead.kernels.paths import PathBars

# Four paths of two sessions: up, down, both in one bar, neither.
PATHS = PathBars(
    open=np.array([[100.0, 100], [100, 100], [100, 100], [100, 100]]),
    high=np.array([[105.0, 100], [101, 101], [106, 101], [101, 101]]),
    low=np.array([[99.0, 90], [99, 94], [94, 99], [99, 99]]),
    close=np.array([[104.0, 91], [100, 95], [100, 100], [100, 100.5]]),
)


@pytest.mark.parametrize(
    ("text", "outcomes"),
    [
        ("first of 105 | 95 within 2 sessions", ["up", "down", "undecided", "range"]),
        ("first of 105 | 95 within 1 session", ["up", "range", "undecided", "range"]),
        ("touch 105 within 2 sessions", ["true", "false", "true", "false"]),
        ("touch 94 within 2 sessions", ["true", "true", "true", "false"]),
        ("touch 94 within 1 session", ["false", "false", "true", "false"]),
        ("close above 100 at 2 sessions", ["false", "false", "false", "true"]),
        ("close above 100 at 1 session", ["true", "false", "false", "false"]),
        ("close below 100 at 2 sessions", ["true", "true", "false", "false"]),
        ("long limit 98 stop 95 target 104 fill within 2 exit within 2", ["stop", "stop", "undecided", "unfilled"]),
        (
            "short stop 99 stop 103 target 93 fill within 2 exit within 2",
            ["stop", "expired", "undecided", "expired"],
        ),  # closes beyond the stop
    ],
)
def test_the_outcome_of_a_claim_on_four_paths(text, outcomes):
    names, codes = judge(parse_claim(text), PATHS, 100.0)
    assert ["undecided" if code == UNDECIDED else names[code] for code in codes] == outcomes


def test_a_claim_may_be_judged_at_other_prices_on_each_path():
    claim = parse_claim("first of 105 | 95 within 2 sessions")
    uppers, lowers = np.array([110.0, 110, 106, 101]), np.array([80.0, 94, 93, 90])
    names, codes = judge(claim, PATHS, np.full(4, 100.0), prices=(uppers, lowers))
    assert [names[code] for code in codes] == ["range", "down", "up", "up"]


def test_a_short_stop_that_fills_and_falls_pays_from_its_fill():
    plan = parse_claim("short stop 96 stop 103 target 92, 90 fill within 2 exit within 2")
    results = judge_plan(plan, PATHS)
    # path 1: filled at 96 in the second bar, closed at 95: (96 - 95) / 7
    assert results.result[1] == pytest.approx(1 / 7)
    assert results.outcomes.shape == (2, 4)


def test_costs_are_points_of_a_full_contract():
    rty = Instrument(
        symbol="RTY", name="E-mini", short_name="RTY", kind="future", tick=0.1, decimals=1, point_value=50.0, commission=2.5
    )
    # 2 x $2.50 / $50 a point
    assert frictions_of(rty) == pytest.approx((0.1, 0.1, 0.1))
    assert frictions_of(Instrument.unknown("XYZ")) == pytest.approx((0.01, 0.01, 0.0))


def test_a_claim_knows_its_outcomes_prices_and_horizon():
    plan = parse_claim("long limit 98 stop 95 target 104, 108 fill within 2 exit within 7")
    assert outcomes_of(plan) == ("unfilled", "target", "stop", "expired")
    assert prices_of(plan) == (98, 95, 104, 108)
    assert sessions_of(plan) == 7
    split = parse_claim("first of 105 | 95 within 3 sessions")
    assert (outcomes_of(split), prices_of(split), sessions_of(split)) == (("up", "range", "down"), (105, 95), 3)
    touch = parse_claim("touch 105 within 4 sessions")
    assert (outcomes_of(touch), prices_of(touch), sessions_of(touch)) == (("true", "false"), (105,), 4)
