"""What became of statements, each worked out by hand from a few bars."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from made_settling import AS_OF, FLAT, after, bars_of, bias, claim, level, outlook, plan, settled, split, table_of, told, weekdays

from levelhead.domain.bars import Bars
from levelhead.domain.roll import Roll

THURSDAY, FRIDAY, MONDAY = dt.date(2025, 3, 6), dt.date(2025, 3, 7), dt.date(2025, 3, 10)


def intraday(*pieces: tuple[dt.date, tuple[float, float, float, float]]) -> Bars:
    """Half-hour bars, each with its trade date."""
    days = np.array([day for day, _ in pieces], dtype="datetime64[D]")
    order = np.arange(len(pieces))
    bars = bars_of([row for _, row in pieces], np.datetime64("2025-03-06") + order)
    times = days.astype("datetime64[us]") + (order * 30 + 600).astype("timedelta64[m]")
    return replace(bars, time=times, timeframe="30m", days=days)


@pytest.mark.parametrize(
    ("bars", "expected"),
    [
        (after(FLAT, (100, 105, 99, 104)), ("up", FRIDAY, 2)),
        (after((100, 101, 95, 96)), ("down", THURSDAY, 1)),
        (after(FLAT, FLAT, FLAT), ("range", MONDAY, 3)),
        (after(FLAT, FLAT), ("open", None, 2)),
        # opens beyond the upper price: that one was first, whatever came later
        (after((106, 107, 94, 95)), ("up", THURSDAY, 1)),
        (after((94, 107, 93, 95)), ("down", THURSDAY, 1)),
        (after((100, 105, 95, 100)), ("undecided", THURSDAY, 1)),
    ],
)
def test_a_split_is_settled_by_the_first_bar_that_reaches_a_price(bars, expected):
    assert told(settled(split(105, 95, 3), bars)) == expected


def test_what_one_bar_hides_is_told_by_its_shorter_bars():
    bars = after((100, 105, 95, 100))
    finer = intraday((THURSDAY, (100, 101, 95, 96)), (THURSDAY, (96, 105, 96, 100)))
    assert told(settled(split(105, 95, 3), bars, finer=finer)) == ("down", THURSDAY, 1)
    # shorter bars of which one does both decide nothing either
    finer = intraday((THURSDAY, (100, 105, 95, 100)))
    found = settled(split(105, 95, 3), bars, finer=finer)
    assert found.outcome == "undecided"
    assert found.reason == "One bar did two things, and bars do not show which came first; shorter bars of that day may."


@pytest.mark.parametrize(
    ("text", "bars", "expected"),
    [
        ("touch 104 within 2 sessions", after(FLAT, (105, 106, 104.5, 105)), ("true", FRIDAY, 2)),  # a gap over the price counts
        ("touch 104 within 2 sessions", after(FLAT, FLAT), ("false", FRIDAY, 2)),
        ("touch 96 within 2 sessions", after((97, 97, 96, 97)), ("true", THURSDAY, 1)),
        ("touch 96 within 2 sessions", after((97, 97, 97, 97)), ("open", None, 1)),
        ("close above 100 at 2 sessions", after(FLAT, (100, 102, 100, 101)), ("true", FRIDAY, 2)),
        ("close above 100 at 2 sessions", after((101, 105, 101, 104), FLAT), ("false", FRIDAY, 2)),  # 100 is not above 100
        ("close below 100 at 2 sessions", after(FLAT), ("open", None, 1)),
        ("2 closes above 102 within 3 sessions", after((103, 104, 102, 103), (103, 104, 102, 104)), ("true", FRIDAY, 2)),
        ("touch 105 then touch 99 within 3 sessions", after((104, 106, 104, 105), (104, 104, 98, 99)), ("true", FRIDAY, 2)),
    ],
)
def test_a_claim_is_true_false_or_not_yet(text, bars, expected):
    sessions = int(text.split()[-2])
    assert told(settled(claim(text, sessions=sessions), bars)) == expected


def test_a_claim_whose_condition_never_comes_is_void():
    statement = claim("touch 96 within 3 sessions given touch 105 within 2 sessions", ("true", "false", "void"), sessions=3)
    found = settled(statement, after(FLAT, FLAT, (99, 99, 95, 96)))
    assert told(found) == ("void", FRIDAY, 2)
    assert found.reason == "The condition did not come true."


@pytest.mark.parametrize(("close", "outcome"), [(104.5, "up"), (104, "flat"), (97, "flat"), (96.9, "down")])
def test_an_outlook_is_settled_by_its_last_close(close, outcome):
    assert told(settled(outlook(104, 97, 2), after((100, 120, 80, 119), (100, 120, 80, close)))) == (outcome, FRIDAY, 2)


def closes(*values: float) -> list[tuple[float, float, float, float]]:
    """Bars that do nothing but close: each reaches a point beyond its close."""
    return [(value, value + 1, value - 1, value) for value in values]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((100, 101, 102, 102), ("untested", dt.date(2025, 3, 11), 4)),  # highs up to 103, the zone begins at 104
        ((100, 103, 102, 101), ("held", dt.date(2025, 3, 11), 4)),
        ((107, 103, 107, 103), ("held", dt.date(2025, 3, 11), 4)),  # one close beyond is no acceptance
        ((105, 105.5, 105, 105), ("held", dt.date(2025, 3, 11), 4)),  # inside the zone is on neither side
        ((107, 108, 107, 108), ("broken", dt.date(2025, 3, 11), 4)),
        ((107, 108, 103, 107), ("broken", dt.date(2025, 3, 11), 4)),  # one close back is no acceptance
        ((107, 108, 103, 102), ("reclaimed", dt.date(2025, 3, 11), 4)),
        ((103, 102, 107, 108), ("broken", dt.date(2025, 3, 11), 4)),  # closes before the break take nothing back
        ((107, 108, 107), ("open", None, 3)),
    ],
)
def test_a_resistance_from_104_to_106(values, expected):
    assert told(settled(level(104, 106, 1, 4), after(*closes(*values)))) == expected
    # the same upside down, around 100
    assert told(settled(level(94, 96, -1, 4), after(*closes(*(200 - value for value in values))))) == expected


# Closes that rise by a hundredth a session: the drift is 0.01; two sessions later the close is 5 hundredths up.
RISING = [100 * np.exp(0.01 * (k - 2)) for k in range(3)] + [101.0, 100 * np.exp(0.05)]


@pytest.mark.parametrize(
    ("lean", "sigma", "outcome", "result"),
    [
        # (0.05 - 2 x 0.01) / 0.1 = 0.3 sigma above the drift
        (1.0, 0.1, "right", 0.3),
        (0.5, 0.1, "right", 0.15),
        (-1.0, 0.1, "wrong", -0.3),
        (0.0, 0.1, "wrong", 0.0),
        # 0.03 / 0.2 = 0.15 sigma: nothing has happened
        (1.0, 0.2, "neither", 0.15),
        (-0.5, 0.2, "neither", -0.075),
        (0.0, 0.2, "right", 0.0),
    ],
)
def test_a_bias_is_held_against_the_drift(lean, sigma, outcome, result):
    bars = bars_of([(c, c + 1, c - 1, c) for c in RISING])
    found = settled(bias(lean, 2, sigma=sigma), bars)
    assert told(found) == (outcome, FRIDAY, 2)
    assert found.result_low == pytest.approx(result, abs=1e-12)
    assert found.result_high == found.result_low


def test_a_bias_that_says_no_sigma_takes_that_of_the_past():
    # returns +a, -a, +a, -a: no drift, standard deviation a; over four sessions 2 a; a rise of a is half a sigma
    a = 0.02
    path = [0, a, 0, a, 0, a, 0, a, a]
    bars = bars_of([(c, c + 1, c - 1, c) for c in 100 * np.exp(np.array(path))])
    found = settled(bias(1.0, 4), bars, as_of=dt.date(2025, 3, 7))
    assert (found.outcome, found.sessions) == ("right", 4)
    assert found.result_low == pytest.approx(0.5)


LONG = "long limit 98 stop 95 target 104, 108 fill within 2 exit within 4"
FILLS = (100.0, 100.0, 97.0, 99.0)  # trades at 97, one tick through 98


@pytest.mark.parametrize(
    ("bars", "outcome", "sessions", "exit", "entry"),
    [
        # the target is filled by a trade at 105: 104 - 98
        (after(FILLS, (99, 105, 99, 104)), "target", 2, 104, 98),
        (after(FILLS, (107, 108, 106, 107)), "target", 2, 107, 98),  # a gap over the target fills at the open
        (after(FILLS, (99, 99, 95, 96)), "stop", 2, 94, 98),  # a tick of slippage
        (after(FILLS, (92, 93, 90, 91)), "stop", 2, 92, 98),  # a gap over the stop fills at the open
        (after((96, 99, 96, 98), (99, 105, 99, 104)), "target", 2, 104, 96),  # a gap through the limit fills at the open
        (after(FILLS, FLAT, FLAT, FLAT), "expired", 4, 99, 98),  # closed at 100, less a tick
        (after((100, 100, 94, 95)), "stop", 1, 94, 98),  # what fills and goes on to the stop is stopped
    ],
)
def test_a_long_in_r_and_in_dollars(bars, outcome, sessions, exit, entry):
    found = settled(plan(LONG, 4), bars)
    assert (found.outcome, found.sessions) == (outcome, sessions)
    # costs 2 x $1 / $10 = 0.2 points; 98 to 95 is one R
    result = (exit - entry - 0.2) / 3
    assert (found.result_low, found.result_high) == pytest.approx((result, result))
    assert (found.dollars_low, found.dollars_high) == pytest.approx((result * 30, result * 30))


def test_a_short_stop_is_the_long_upside_down():
    # filled at 96 less a tick of slippage, 95; target 90 by a trade at 89: (95 - 90 - 0.2) / 4
    found = settled(
        plan("short stop 96 stop 100 target 90 fill within 2 exit within 4", 4), after((98, 99, 96, 96), (96, 97, 89, 91))
    )
    assert (found.outcome, found.on) == ("target", FRIDAY)
    assert found.result_low == pytest.approx(4.8 / 4)
    assert found.dollars_low == pytest.approx(48)


def test_an_order_that_is_touched_but_not_traded_through_is_not_filled():
    bars = after((100, 100, 98, 99), (100, 100, 98, 99))
    found = settled(plan(LONG, 4), bars)
    assert told(found) == ("unfilled", FRIDAY, 2)
    assert (found.result_low, found.dollars_low) == (None, None)
    of_target = settled(plan(LONG, 4, kind="claim", outcomes=("true", "false", "void")), bars)
    assert told(of_target) == ("void", FRIDAY, 2)
    assert of_target.reason == "The order was not filled."


BOTH = (99.0, 105.0, 95.0, 100.0)


def test_a_bar_that_reaches_stop_and_target_bounds_the_result():
    found = settled(plan(LONG, 4), after(FILLS, BOTH))
    assert told(found) == ("undecided", FRIDAY, 2)
    # stopped at 94: (94 - 98.2) / 3; or out at 104: (104 - 98.2) / 3
    assert (found.result_low, found.result_high) == pytest.approx((-1.4, 5.8 / 3))
    assert (found.dollars_low, found.dollars_high) == pytest.approx((-42, 58))


def test_shorter_bars_decide_between_stop_and_target():
    up_first = intraday((FRIDAY, (99, 105, 98, 104)), (FRIDAY, (104, 104, 95, 100)))
    down_first = intraday((FRIDAY, (99, 100, 95, 96)), (FRIDAY, (96, 105, 96, 100)))
    bars = after(FILLS, BOTH)
    assert settled(plan(LONG, 4), bars, finer=up_first).result_low == pytest.approx(5.8 / 3)
    assert settled(plan(LONG, 4), bars, finer=down_first).result_high == pytest.approx(-1.4)
    # shorter bars of another feed that never were at the target do not fit and are not asked
    elsewhere = intraday((FRIDAY, (99, 101, 97, 100)))
    assert settled(plan(LONG, 4), bars, finer=elsewhere).outcome == "undecided"


def test_data_that_was_revised_beyond_recognition_makes_a_note_void():
    revised = settled(split(105, 95, 3, start=99.4), after((100, 106, 99, 105)))
    assert (revised.outcome, revised.on, revised.sessions) == ("void", AS_OF, 0)
    assert revised.reason == (
        "The note was made at 99.4, the bar of 2025-03-05 closes at 100 now: 0.6% off, more than 0.5%; its data was revised since."
    )
    assert settled(split(105, 95, 3, start=99.6), after((100, 106, 99, 105))).outcome == "up"


def test_what_outlasts_its_contract_is_void():
    bars, expires = after(FLAT, FLAT), FRIDAY
    found = settled(split(105, 95, 3), bars, expires=expires)
    assert told(found) == ("void", FRIDAY, 2)
    assert found.reason == "The contract last traded on 2025-03-07, session 2 of 3; its series ends there."
    assert told(settled(split(105, 95, 2), bars, expires=expires)) == ("range", FRIDAY, 2)
    # the day before it is not known yet
    assert settled(split(105, 95, 3), after(FLAT), expires=expires).outcome == "open"


def test_a_note_whose_day_has_no_bar_stays_open():
    found = settled(split(105, 95, 1), after((100, 106, 99, 105)), as_of=dt.date(2025, 3, 1))
    assert (found.outcome, found.reason) == ("open", "These bars have none of 2025-03-01, the day of the note.")


def test_a_roll_in_the_horizon_moves_the_later_prices_back():
    # on Friday the next contract is quoted, 10 points dearer; in the old one Friday's high is 104 and its low 98
    roll = Roll(date=FRIDAY, from_contract="A", to_contract="B", gap=10, factor=1.1, estimated=False, method="made")
    bars = replace(after(FLAT, (110, 114, 108, 112), (112, 116, 111, 115)), rolls=(roll,))
    assert told(settled(split(106, 95, 3), bars)) == ("up", MONDAY, 3)
    assert told(settled(split(110, 95, 3), bars)) == ("range", MONDAY, 3)
    assert told(settled(outlook(105, 100, 3), bars)) == ("flat", MONDAY, 3)  # 115 - 10 is 105, not above it
    # a position that is rolled over: bought at 101 on Thursday by a stop order, 102 paid; out at 105 less a tick
    found = settled(plan("long stop 101 stop 95 target 120 fill within 1 exit within 3", 3), bars)
    assert found.result_low == pytest.approx((105 - 1 - 102 - 0.2) / 6)


# Thursday's session is in the table and has no bar.
GAP = bars_of([FLAT, FLAT, FLAT, (100, 106, 99, 105), (105, 106, 104, 105)], weekdays(6)[[0, 1, 2, 4, 5]])
SESSIONS = table_of(weekdays(40))


@pytest.mark.parametrize(
    ("statement", "outcome"),
    [
        (split(105, 95, 3), "undecided"),  # the lower one may have traded on Thursday
        (claim("touch 105 within 3 sessions", sessions=3), "true"),  # whatever Thursday did
        (claim("touch 95 within 3 sessions", sessions=3), "undecided"),
        (claim("close above 104 at 3 sessions", sessions=3), "true"),
        (claim("close above 104 at 1 session", sessions=1), "undecided"),
        (claim("touch 95 within 3 sessions or close above 104 at 3 sessions", sessions=3), "true"),
        (claim("touch 95 within 3 sessions and close above 104 at 3 sessions", sessions=3), "undecided"),
        (outlook(104, 97, 3), "up"),
        (bias(1.0, 3, sigma=0.01), "right"),
        (level(120, 121, 1, 3), "undecided"),  # Thursday may have been there
        (level(102, 103, 1, 3), "broken"),  # two closes beyond, and no way for Thursday to take that back
        (plan(LONG.replace("within 4", "within 3"), 3), "undecided"),
    ],
)
def test_a_missing_bar_counts_as_a_session_and_leaves_open_what_it_may_have_done(statement, outcome):
    found = settled(statement, GAP, sessions=SESSIONS)
    assert found.outcome == outcome
    assert outcome != "undecided" or "2025-03-06" in found.reason


def test_what_is_undecided_by_a_gap_waits_for_the_end_of_its_horizon():
    assert settled(split(105, 95, 4), GAP, sessions=SESSIONS).outcome == "open"


def test_a_missing_bar_is_made_of_shorter_ones():
    thursday = ((THURSDAY, (100, 101, 99, 100)), (THURSDAY, (100, 102, 100, 101)))
    finer = intraday((AS_OF, FLAT), *thursday)
    assert told(settled(split(105, 95, 3), GAP, sessions=SESSIONS, finer=finer)) == ("up", FRIDAY, 2)
    # where the day before shows that they are of another frame, they tell nothing
    finer = intraday((AS_OF, (110, 111, 109, 110)), *thursday)
    assert settled(split(105, 95, 3), GAP, sessions=SESSIONS, finer=finer).outcome == "undecided"


def test_shorter_bars_of_another_frame_tell_nothing():
    # ten points higher throughout, they would show the upper price alone
    finer = intraday((THURSDAY, (110, 115, 110, 111)), (THURSDAY, (111, 111, 105, 110)))
    assert settled(split(105, 95, 3), after((100, 105, 95, 100)), finer=finer).outcome == "undecided"


def test_a_bar_of_a_day_that_is_no_session_belongs_to_the_next():
    # the table leaves Thursday out: Friday's session holds Thursday's low
    table = table_of(np.delete(weekdays(40), 3))
    bars = after((100, 101, 94, 95), (96, 106, 96, 105), FLAT)
    assert told(settled(claim("touch 95 within 1 session", sessions=1), bars, sessions=table)) == ("true", FRIDAY, 1)
    assert told(settled(outlook(104, 97, 1), bars, sessions=table)) == ("up", FRIDAY, 1)
    # a note of Thursday itself begins after it
    own = settled(claim("touch 94 within 1 session", sessions=1, start=95.0), bars, as_of=THURSDAY, sessions=table)
    assert told(own) == ("false", FRIDAY, 1)


def test_an_unfinished_bar_settles_nothing():
    bars = after((100, 106, 99, 105))
    assert settled(split(105, 95, 1), bars).outcome == "up"
    assert told(settled(split(105, 95, 1), bars.with_last(105.0))) == ("open", None, 0)


def test_the_rest_of_an_unfinished_bar_belongs_to_the_path():
    # the note was made at 102 in a bar of 98 to 105 that closed at 104: whether 105 came after it is not known, 104 is
    bars = bars_of([FLAT, FLAT, (100, 105, 98, 104), (104, 104.5, 103, 104)])
    reached = settled(claim("touch 104 within 1 session", sessions=1, start=102.0), bars, last=102.0)
    assert told(reached) == ("true", THURSDAY, 1)
    unknown = settled(claim("touch 105 within 1 session", sessions=1, start=102.0), bars, last=102.0)
    assert unknown.outcome == "undecided"
    assert unknown.reason == "It turns on the rest of the bar of 2025-03-05, or on one bar that did two things."
    never = settled(claim("touch 106 within 1 session", sessions=1, start=102.0), bars, last=102.0)
    assert never.outcome == "false"
    assert settled(
        replace(level(105, 106, 1, 1), prices={"low": 105, "high": 106, "side": 1, "start": 102}), bars, last=102.0
    ).outcome == ("undecided")
    # the statements of a note say it too
    statement = claim("touch 105 within 1 session", sessions=1, prices={"start": 102.0, "unfinished": 102.0})
    assert settled(statement, bars) == unknown
    # the price it was made at must lie in the bar
    assert settled(split(110, 90, 1, start=97.0), bars, last=97.0).outcome == "void"
