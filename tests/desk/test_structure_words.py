"""What the note says of pullbacks, ranges, breaks and averages: whole sentences, and only on the days on which it is so."""

from __future__ import annotations

import datetime as dt

import pytest

from levelhead.desk.draft import Draft
from levelhead.desk.structure_words import acceptance_words, course_words, recovery_words
from levelhead.domain.fact import Fact, Window

MARCH = dt.date(2025, 3, 12)


def number(value, date=None):
    return Fact(value=value, unit="price", meaning="a number", formula="given", inputs={"given": value}, date=date)


def word(value, date=None):
    return Fact(value=value, unit="word", meaning="a word", formula="a rule", date=date)


def average(n, closes, accepted, side, *, since=MARCH, accepted_on=MARCH):
    windows = (Window(column="close", first=since, last=since, count=closes),)
    counted = Fact(value=float(closes), unit="count", meaning="closes", formula="count(closes)", windows=windows)
    return {
        f"sma_{n}.closes": counted,
        f"sma_{n}.accepted": word(accepted, accepted_on),
        f"sma_{n}.side": word(side),
    }


def said_of(*averages):
    draft = Draft({name: fact for each in averages for name, fact in each.items()})
    return acceptance_words(draft, (50, 100, 200))


def test_the_second_close_above_an_average_reclaims_it():
    told = said_of(average(50, 2, "reclaimed", "above"))
    assert told == "Price has reclaimed the 50-day (the second close in a row above it, the first on {sma_50.accepted@date|day})."


def test_averages_lost_with_one_close_are_told_together():
    told = said_of(average(50, 3, "lost", "below"), average(100, 3, "lost", "below"))
    assert told.startswith("Price has lost the 50-day and the 100-day (the third close in a row below them, the first on")


@pytest.mark.parametrize(
    ("accepted", "side", "told"),
    [
        ("lost", "above", "The last close was the first above the 200-day; a second would reclaim it."),
        ("above", "below", "The last close was the first below the 200-day; a second would lose it."),
    ],
)
def test_one_close_beyond_an_average_is_not_acceptance(accepted, side, told):
    assert said_of(average(200, 1, accepted, side, accepted_on=dt.date(2025, 1, 2))) == told


def test_a_sixth_close_and_a_side_that_was_never_given_up_are_no_news():
    assert said_of(average(50, 6, "reclaimed", "above")) == ""
    # three closes above since one close below, which lost nothing: the average was reclaimed long before
    assert said_of(average(50, 3, "reclaimed", "above", accepted_on=dt.date(2025, 1, 2))) == ""


PULLBACK = {
    "pullback": word("shallow", MARCH),
    "pullback.side": word("down"),
    **{f"pullback.{name}": number(1.0, MARCH) for name in ("leg", "start", "end", "depth_pct", "share_pct", "speed", "leg_speed")},
    "pullback.depth_atr": number(2.5),
}


def test_a_pullback_is_told_with_its_leg_and_its_speed():
    told = course_words(Draft(PULLBACK))
    assert told.startswith("Price has been correcting since {pullback@date}, as far as {pullback.end}: {pullback.depth_pct} below")
    assert "{pullback.share_pct} of the leg up from {pullback.leg} ({pullback.leg@date})" in told
    assert told.endswith("a shallow pullback.")


def test_a_rebound_in_a_downtrend_is_its_mirror():
    told = course_words(Draft(PULLBACK | {"pullback.side": word("up")}))
    assert told.startswith("Price has been rebounding since {pullback@date}")
    assert "of the leg down from" in told


def test_a_pullback_of_less_than_two_atr_is_not_told():
    assert course_words(Draft(PULLBACK | {"pullback.depth_atr": number(1.9)})) == ""


WIDTH = {"consolidation.width_atr": number(4.0)}


def test_a_range_that_has_become_wide_is_not_told():
    assert course_words(Draft({"consolidation": word("holding", MARCH), "consolidation.width_atr": number(12.0)})) == ""


def test_a_range_that_holds_and_the_break_of_it_that_failed():
    held = WIDTH | {"consolidation": word("holding", MARCH)}
    assert course_words(Draft(held)) == (
        "Price keeps to the range of {consolidation.low} to {consolidation.high} since {consolidation@date}, "
        "{consolidation.sessions} sessions and {consolidation.width_atr} wide."
    )
    failed = held | {"consolidation.left": word("up", MARCH), "consolidation.left.status": word("failed", MARCH)}
    assert course_words(Draft(failed)).endswith(
        "; the break up on {consolidation.left@date|day} failed on {consolidation.left.status@date|day}."
    )


def test_a_range_left_by_one_close_is_left_by_one_close_so_far():
    left = WIDTH | {
        "consolidation": word("broken down", MARCH),
        "consolidation.left": word("down", MARCH),
        "consolidation.left.status": word("first close", MARCH),
    }
    assert course_words(Draft(left)).endswith("was left downwards on {consolidation.left@date|day} by one close so far.")


BREAKOUT = {"breakout": word("up", MARCH), "breakout.level": number(100.0, MARCH), "breakout.closes": number(3.0)}


@pytest.mark.parametrize(
    ("status", "told"),
    [
        ("first close", "; a second close there would be acceptance."),
        ("accepted", ": {breakout.closes} closes in a row above it."),
        ("retested", "; its retest on {breakout.status@date|day} succeeded."),
    ],
)
def test_a_breakout_is_told_with_what_became_of_it(status, told):
    said = course_words(Draft(BREAKOUT | {"breakout.status": word(status, MARCH)}))
    assert said.startswith("Price broke above the swing high of {breakout.level} ({breakout.level@date}) on {breakout@date|day}")
    assert said.endswith(told)


def test_a_failed_break_is_called_one():
    said = course_words(Draft(BREAKOUT | {"breakout": word("down", MARCH), "breakout.status": word("failed", MARCH)}))
    assert said.startswith("The break below the swing low of {breakout.level}")
    assert said.endswith("failed on {breakout.status@date|day}.")


def test_a_break_that_left_the_range_is_told_once():
    left = WIDTH | {
        "consolidation": word("broken up", MARCH),
        "consolidation.left": word("up", MARCH),
        "consolidation.left.status": word("accepted", MARCH),
    }
    said = course_words(Draft(BREAKOUT | {"breakout.status": word("accepted", MARCH)} | left))
    assert "swing" not in said


def test_what_is_regained_of_a_deep_fall_is_told_and_of_a_small_one_not():
    fall = {f"drawdown.{name}": number(value, MARCH) for name, value in (("low", 90.0), ("depth_pct", 10.0), ("sessions", 4.0))}
    fall |= {"drawdown.depth_atr": number(6.5), "drawdown.regained_pct": number(40.0)}
    assert recovery_words(Draft(fall)).startswith("Price has regained {drawdown.regained_pct} of the fall to {drawdown.low}")
    assert recovery_words(Draft(fall | {"drawdown.depth_atr": number(5.0)})) == ""
    assert recovery_words(Draft(fall | {"drawdown.sessions": number(0.0)})) == ""
