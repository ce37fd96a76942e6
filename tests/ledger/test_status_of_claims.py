"""How the claims of a note stand today: what is settled, what is alive, and how likely it is by now."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_settling import AS_OF, FLAT, after, bias, claim, level, outlook, plan, split

from levelhead.domain.roll import Roll
from levelhead.kernels.paths import PathBars
from levelhead.ledger.sequel import sequel_of
from levelhead.ledger.settling import Asked, settle_notes
from levelhead.ledger.status import note_status

# Two sessions, four ways: up to 106, down to 94, up to 106 and down, nowhere.
PATHS = PathBars(
    open=np.array([[100.0, 100], [100, 100], [100, 105], [100, 100]]),
    high=np.array([[101.0, 106], [101, 101], [106, 105], [101, 101]]),
    low=np.array([[99.0, 100], [99, 94], [99, 94], [99, 99]]),
    close=np.array([[100.0, 105], [100, 95], [105, 95], [100, 100]]),
)


def stood(statements, bars, simulated=PATHS):
    asked = Asked(statements=[replace(each, name=f"{n}") for n, each in enumerate(statements)], as_of=AS_OF)
    return note_status(asked, settle_notes([asked], bars)[0], sequel_of(bars), simulated)


def test_what_is_settled_says_so_and_what_is_alive_is_priced_anew():
    bars = after((100, 103, 99, 102), FLAT)
    status = stood(
        [
            claim("touch 103 within 4 sessions", sessions=4),
            claim("touch 98 within 2 sessions", sessions=2),
            split(105, 95, 4),
            outlook(104, 97, 4),
            claim("touch 106 within 4 sessions", sessions=4, said=(0.3, 0.7)),
            level(105, 105.5, 1, 4),
            bias(1.0, 4),
        ],
        bars,
    )
    assert (status.passed, status.then, status.now, status.today) == (2, 100.0, 100.0, dt.date(2025, 3, 7))
    true, false, scenario, three, touch, resistance, lean = status.claims
    assert (true.status, true.on, true.left, true.now) == ("true", dt.date(2025, 3, 6), 0, ())
    assert false.status == "false"
    # of the four ways two go up first, one down, one nowhere
    assert (scenario.status, scenario.left, scenario.now) == ("alive", 2, (0.5, 0.25, 0.25))
    assert three.now == (0.25, 0.25, 0.5)
    assert (touch.said, touch.now) == ((0.3, 0.7), (0.5, 0.5))
    assert resistance.now == (0.5, 0.0, 0.0, 0.5)
    assert (lean.status, lean.now) == ("alive", ())


def test_an_order_that_was_filled_stays_filled():
    text = "long limit 98 stop 95 target 104 fill within 1 exit within 3"
    filled = stood([plan(text, 3), plan(text, 3, kind="claim", outcomes=("true", "false", "void"))], after((99, 99, 97, 99)))
    # in the trade: up to 106, through 104; down to the stop; first up to 106; closed at the end
    assert filled.claims[0].now == (0.0, 0.5, 0.25, 0.25)
    assert filled.claims[1].now == (0.5, 0.5, 0.0)


def test_a_price_reached_between_then_and_now_counts_for_a_claim_of_steps():
    text = "touch 103 then touch 94.5 within 4 sessions"
    status = stood([claim(text, sessions=4)], after((100, 103, 99, 102), FLAT))
    assert status.claims[0].now == (0.5, 0.5)
    not_yet = stood([claim(text, sessions=4)], after(FLAT, FLAT))
    assert not_yet.claims[0].now == (0.25, 0.75)


def test_a_roll_restates_what_was_said():
    roll = Roll(date=dt.date(2025, 3, 7), from_contract="A", to_contract="B", gap=10, factor=1.1, estimated=False, method="made")
    bars = replace(after(FLAT, (110, 111, 109, 110)), rolls=(roll,))
    later = PathBars(*(column + 10 for column in PATHS))
    status = stood([split(105, 95, 4), level(105, 106, 1, 4)], bars, later)
    assert (status.then, status.now, status.rolls) == (110.0, 110.0, (roll,))
    scenario, resistance = status.claims
    assert scenario.claim == "first of 115 | 105 within 4 sessions"
    assert scenario.now == (0.5, 0.25, 0.25)
    assert resistance.prices == {"low": 115.0, "high": 116.0, "side": 1, "start": 110.0}


def test_without_paths_a_claim_is_alive_and_nothing_more():
    status = stood([split(105, 95, 4)], after(FLAT), None)
    assert (status.claims[0].status, status.claims[0].now) == ("alive", ())
    # paths that end before the claim does say nothing either
    assert stood([split(105, 95, 9)], after(FLAT)).claims[0].now == ()


@given(st.integers(102, 108), st.integers(92, 98), st.integers(1, 4))
def test_chances_of_a_claim_that_is_alive_sum_to_one(upper, lower, sessions):
    status = stood([split(upper, lower, sessions), level(upper, upper + 1, 1, sessions)], after(FLAT, FLAT))
    for each in status.claims:
        if each.status == "alive":
            assert sum(each.now) == pytest.approx(1.0)
