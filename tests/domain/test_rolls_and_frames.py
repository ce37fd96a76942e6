from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from levelhead.domain.adjustment import as_traded, back_adjusted, previous_closes, roll_gap, shape_of, with_true_quotients
from levelhead.domain.bars import Bars
from levelhead.domain.claim import CloseAt, Plan, Split, Touch
from levelhead.domain.contract import quoted_contract
from levelhead.domain.errors import BadBars, BadDate
from levelhead.domain.instrument import Instrument
from levelhead.domain.level import Level
from levelhead.domain.restatement import restated
from levelhead.domain.roll import Roll

RTY = Instrument(symbol="RTY", name="RTY", short_name="RTY", kind="future", tick=0.1, decimals=1, months="HMUZ")
FIRST = np.datetime64("2025-09-15")


def bars_of(close: list[float] | np.ndarray, rolls: tuple[Roll, ...] = ()) -> Bars:
    close = np.asarray(close, dtype=np.float64)
    days = FIRST + np.arange(len(close))
    return Bars(
        instrument=RTY,
        time=days.astype("datetime64[us]"),
        open=close.copy(),
        high=close + 2,
        low=close - 2,
        close=close,
        volume=np.full(len(close), 1.0),
        row=np.arange(len(close)),
        rolls=rolls,
        frame="as traded",
    )


def roll_on(day: int, *, old: float, new: float, **more: object) -> Roll:
    return Roll(
        date=(FIRST + day).item(),
        from_contract="RTYU5",
        to_contract="RTYZ5",
        gap=new - old,
        factor=new / old,
        estimated=False,
        method="made",
        **more,
    )


# On the eve of the roll the old contract closed at 2000, the new one at 2020; on the day of the roll the new one closes at 2030.
SERIES = [1990.0, 2000.0, 2030.0, 2040.0]
ROLL = roll_on(2, old=2000.0, new=2020.0)


def test_by_ratio_the_return_of_the_roll_day_is_the_new_contracts_own():
    moved = back_adjusted(bars_of(SERIES, (ROLL,)), "ratio")
    assert moved.close[2] / moved.close[1] == pytest.approx(2030 / 2020)
    assert moved.close[1] / moved.close[0] == pytest.approx(2000 / 1990)
    assert_array_equal(moved.close[2:], [2030.0, 2040.0])
    assert (moved.frame, moved.adjustment) == ("back-adjusted", "ratio")


def test_by_difference_the_change_of_the_roll_day_is_the_new_contracts_own():
    moved = back_adjusted(bars_of(SERIES, (ROLL,)), "difference")
    assert_array_equal(moved.close, [2010.0, 2020.0, 2030.0, 2040.0])


def test_on_the_day_before_the_roll_the_series_knows_nothing_of_it():
    bars = bars_of(SERIES, (ROLL,))
    early = bars.until((FIRST + 1).item())
    assert early.rolls == ()
    assert_array_equal(back_adjusted(early).close, [1990.0, 2000.0])


def test_however_bars_are_cut_they_know_no_roll_after_their_end():
    bars = bars_of(SERIES, (ROLL,))
    columns = ("time", "open", "high", "low", "close", "volume", "row")
    assert replace(bars, **{name: getattr(bars, name)[:2].copy() for name in columns}).rolls == ()
    moved = back_adjusted(bars)
    with pytest.raises(BadBars, match="cut them as traded, then adjust them"):
        replace(moved, **{name: getattr(moved, name)[:2].copy() for name in columns})


def test_a_roll_that_was_seen_late_is_known_late():
    late = roll_on(2, old=2000.0, new=2020.0, known_on=(FIRST + 3).item())
    bars = bars_of(SERIES, (late,))
    assert bars.until((FIRST + 2).item()).rolls == ()
    assert bars.until((FIRST + 3).item()).rolls == (late,)
    with pytest.raises(BadBars, match="cannot be known"):
        replace(late, known_on=(FIRST + 1).item())


def test_bars_adjusted_with_a_later_roll_are_not_cut_before_it():
    moved = back_adjusted(bars_of(SERIES, (ROLL,)))
    with pytest.raises(BadDate, match="cut the bars as traded, then adjust them"):
        moved.until((FIRST + 1).item())
    assert len(moved.until((FIRST + 2).item())) == 3


def test_the_gap_of_the_last_bar_is_only_that_of_its_own_roll():
    bars = bars_of(SERIES, (ROLL,))
    assert roll_gap(bars.until((FIRST + 2).item())) == 20.0
    assert roll_gap(bars) == 0.0
    assert roll_gap(back_adjusted(bars.until((FIRST + 2).item()))) == 0.0


def test_a_shift_that_leaves_no_positive_price_is_refused():
    deep = roll_on(2, old=2000.0, new=5.0)
    with pytest.raises(BadBars, match="adjust by ratio"):
        back_adjusted(bars_of([1000.0, 2000.0, 5.0, 6.0], (deep,)), "difference")


@pytest.mark.parametrize(("one", "other"), [("ratio", "difference"), ("difference", "ratio")])
def test_a_frame_is_left_for_the_other_as_if_it_had_never_been(one, other):
    traded = bars_of(SERIES, (ROLL,))
    moved, direct = back_adjusted(back_adjusted(traded, one), other), back_adjusted(traded, other)
    assert moved.adjustment == other
    assert_allclose(moved.close, direct.close, rtol=1e-14)


def test_rolls_that_cannot_be_are_refused():
    with pytest.raises(BadBars, match="factor positive"):
        roll_on(2, old=2000.0, new=-1.0)
    with pytest.raises(BadBars, match="both must be finite"):
        roll_on(2, old=2000.0, new=float("nan"))


prices = st.floats(500, 5000)
gaps = st.floats(-0.05, 0.05)


@st.composite
def rolled(draw: st.DrawFn) -> tuple[Bars, np.ndarray, np.ndarray]:
    """A spliced series, and the true return and change of each bar in the contract it is quoted in."""
    n = draw(st.integers(2, 30))
    returns = np.array(draw(st.lists(st.floats(-0.1, 0.1), min_size=n, max_size=n)))
    days = sorted(draw(st.sets(st.integers(1, n - 1), max_size=4)))
    close, changes, rolls = [draw(prices)], [0.0], []
    for t in range(1, n):
        before = close[-1]
        if t in days:
            new = before * (1 + draw(gaps))
            rolls.append(roll_on(t, old=before, new=new))
            before = new
        close.append(before * np.exp(returns[t]))
        changes.append(close[-1] - before)
    return bars_of(close, tuple(rolls)), returns, np.array(changes)


@given(made=rolled())
def test_back_adjusting_by_ratio_preserves_every_return(made):
    bars, returns, _ = made
    assert_allclose(np.diff(np.log(back_adjusted(bars, "ratio").close)), returns[1:], atol=1e-12)


@given(made=rolled())
def test_back_adjusting_by_difference_preserves_every_change(made):
    bars, _, changes = made
    assert_allclose(np.diff(back_adjusted(bars, "difference").close), changes[1:], atol=1e-8)


@given(made=rolled(), how=st.sampled_from(["ratio", "difference"]))
def test_adjusting_and_taking_it_back_gives_the_prices_as_traded(made, how):
    bars, _, _ = made
    back = as_traded(back_adjusted(bars, how))
    for column in ("open", "high", "low", "close"):
        assert_allclose(getattr(back, column), getattr(bars, column), rtol=1e-12)


@given(made=rolled(), data=st.data())
def test_an_earlier_day_adjusts_with_the_rolls_up_to_it_alone_and_keeps_its_own_price(made, data):
    bars, returns, _ = made
    day = bars.dates[data.draw(st.integers(0, len(bars) - 1))].item()
    early = bars.until(day)
    assert all(roll.date <= day for roll in early.rolls)
    assert back_adjusted(early).last == early.last
    assert_allclose(np.diff(np.log(back_adjusted(early).close)), returns[1 : len(early)], atol=1e-12)


@given(made=rolled(), data=st.data())
def test_the_previous_close_of_a_row_knows_no_later_roll(made, data):
    bars, returns, _ = made
    t = data.draw(st.integers(0, len(bars) - 1))
    whole, early = previous_closes(bars), previous_closes(bars.until(bars.dates[t].item()))
    assert_array_equal(whole[: t + 1], early)
    assert_allclose(np.log(bars.close[1:] / whole[1:]), returns[1:], atol=1e-12)


@given(made=rolled())
def test_whatever_the_adjustment_a_return_is_the_contracts_own(made):
    bars, returns, _ = made
    for how in ("ratio", "difference"):
        moved = back_adjusted(bars, how)
        assert_allclose(np.log(moved.close[1:] / previous_closes(moved)[1:]), returns[1:], atol=1e-12)


def test_quotients_are_those_of_traded_prices():
    bars = bars_of(SERIES, (ROLL,))
    assert_allclose(with_true_quotients(back_adjusted(bars, "difference")).high, bars.high, rtol=1e-14)
    ratio = back_adjusted(bars)
    assert with_true_quotients(ratio) is ratio
    assert shape_of(bars).adjustment == "ratio"
    assert shape_of(ratio) is ratio


def test_the_shape_of_bars_is_made_once_and_that_of_a_part_is_its_own():
    bars = bars_of(SERIES, (ROLL,))
    before = shape_of(bars)
    assert shape_of(bars) is before
    eve, day = (bars.until((FIRST + count).item()) for count in (1, 2))
    assert shape_of(eve) is eve  # which knows no roll
    assert_array_equal(shape_of(day).close, before.close[:3])
    assert shape_of(bars.with_last(2050.0)).close[-1] == 2050.0


def test_bars_without_rolls_are_the_same_in_every_frame():
    bars = bars_of(SERIES)
    assert back_adjusted(bars, "ratio") is bars
    assert back_adjusted(bars, "difference") is bars
    assert_array_equal(previous_closes(bars)[1:], bars.close[:-1])
    assert bars.digest() != bars_of(SERIES, (ROLL,)).digest()


@pytest.mark.parametrize(
    ("said", "again"),
    [
        (2455.0, 2473.3),
        (Touch(price=2455.0, sessions=5), Touch(price=2473.3, sessions=5)),
        (CloseAt(side="above", price=2455.0, sessions=5), CloseAt(side="above", price=2473.3, sessions=5)),
        (Split(upper=2455.0, lower=2350.0, sessions=12), Split(upper=2473.3, lower=2368.3, sessions=12)),
        (
            Plan(side="long", order="limit", entry=2003.0, stop=1990.0, targets=(2100.0,), fill_within=5, exit_within=15),
            Plan(side="long", order="limit", entry=2021.3, stop=2008.3, targets=(2118.3,), fill_within=5, exit_within=15),
        ),
        (Level(price=2455.0, kind="round", source="r", label="r"), Level(price=2473.3, kind="round", source="r", label="r")),
    ],
)
def test_what_was_said_before_a_roll_moves_by_its_gap(said, again):
    # RTYZ5 stood 18.3 points above RTYU5
    between = (roll_on(2, old=2400.0, new=2418.3),)
    assert restated(said, between, RTY) == again
    assert restated(said, (), RTY) is said


@given(gap=st.integers(-600, 600), entry=st.integers(15000, 30000), risk=st.integers(1, 900), aim=st.integers(1, 900))
def test_a_plan_keeps_its_risk_and_comes_back_unchanged_when_gaps_are_whole_ticks(gap, entry, risk, aim):
    said = Plan(
        side="long",
        order="stop",
        entry=RTY.on_grid(entry / 10),
        stop=RTY.on_grid((entry - risk) / 10),
        targets=(RTY.on_grid((entry + aim) / 10),),
        fill_within=3,
        exit_within=9,
    )
    there = (roll_on(2, old=2000.0, new=2000.0 + gap / 10),)
    back = (roll_on(3, old=2000.0 + gap / 10, new=2000.0),)
    moved = restated(said, there, RTY)
    assert moved.entry - moved.stop == pytest.approx(risk / 10)
    assert moved.targets[0] - moved.entry == pytest.approx(aim / 10)
    assert restated(moved, back, RTY) == said


def test_a_series_that_left_its_contract_names_the_next_one_and_its_last_trade():
    # the third Friday of September 2025 is the 19th, of December the 19th
    bars = bars_of(SERIES, (ROLL,))
    before, after = quoted_contract(bars.until((FIRST + 1).item()), None), quoted_contract(bars, None)
    assert before is not None
    assert (before.contract, before.last_trade) == ("RTYU5", dt.date(2025, 9, 19))
    assert after is not None
    assert (after.contract, after.last_trade) == ("RTYZ5", dt.date(2025, 12, 19))


def test_a_roll_of_ten_years_before_says_nothing_of_a_contract_of_the_same_name():
    old = replace(ROLL, date=dt.date(2015, 9, 16))
    front = quoted_contract(bars_of(SERIES, (old,)), None)
    assert front is not None
    assert front.contract == "RTYU5"
