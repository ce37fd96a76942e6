"""What every day of a series knows of its rolls, found in one go: what each day would have found for itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_basis import MARKETS, made_basis
from made_contracts import SESSIONS

from levelhead.domain.roll import RollsSince, known_rolls, rolls_on
from levelhead.market.files import read_bars
from levelhead.market.instruments import find_instrument
from levelhead.market.roll_detection import shows_rolls_on
from levelhead.market.roll_knowledge import expected_rolls, roll_to_come, rolls_known_over, with_known_rolls
from levelhead.market.sessions import session_table

BARS, INDEX, _ = made_basis(MARKETS["volatile"], 2, count=10)  # of nine rolls two are seen late
LATE = (dt.date(2020, 9, 16), dt.date(2020, 9, 22))
FUND = replace(INDEX, instrument=find_instrument("IWM"))


def begun(bars, row):
    """The same without its first rows."""
    names = ("time", "open", "high", "low", "close", "volume", "row")
    return replace(bars, **{name: getattr(bars, name)[row:].copy() for name in names})


def wild_until(bars, row):
    """A peer that moves as it likes at first."""
    noise = np.random.default_rng(3).normal(0, 0.03, len(bars))
    return replace(bars, close=np.where(np.arange(len(bars)) < row, bars.close * np.exp(noise), bars.close))


def of_its_day(bars, peers, day):
    """As the note of that day estimates them."""
    seen = [peer.until(day) for peer in peers if peer.first <= day]
    return with_known_rolls(bars.until(day), seen, SESSIONS)[0].rolls


PEERS = {
    "the index": (INDEX,),
    "a fund, and the index from the second year on": (FUND, begun(INDEX, 260)),
    "an index that moves differently in its first half, and a fund that begins late": (wild_until(INDEX, 250), begun(FUND, 100)),
    "another index": (replace(INDEX, instrument=find_instrument("SPX")),),
    "nobody": (),
}


@pytest.mark.parametrize("whom", PEERS)
def test_each_day_knows_what_its_own_note_would_estimate(whom):
    peers = PEERS[whom]
    told = rolls_known_over(BARS, peers, SESSIONS)
    days = [*BARS.dates[30::29].tolist(), *(LATE[0] + dt.timedelta(days=n) for n in (-1, 0, 5, 6)), BARS.as_of]
    counts = set()
    for day in days:
        assert rolls_on(told, day) == of_its_day(BARS, peers, day), day
        counts.add(len(rolls_on(told, day)))
    assert (counts == {0}) == (whom in ("another index", "nobody"))


@settings(max_examples=8)
@given(row=st.integers(40, len(BARS) - 1))
def test_what_is_told_of_a_day_does_not_depend_on_the_days_after_it(row):
    day = BARS.dates[row].item()
    told = rolls_known_over(BARS, PEERS["the index"], SESSIONS)
    assert rolls_on(rolls_known_over(BARS.until(day), [INDEX.until(day)], SESSIONS), day) == rolls_on(told, day)


def test_on_every_day_of_a_window_the_rolls_are_those_of_the_whole_to_the_last_bit():
    # arrays that grew with the days after it once changed the last bit of a gap's error on one day in fifty
    whole = with_known_rolls(BARS, [INDEX], SESSIONS)[0].rolls
    days = [day for day in BARS.dates.tolist() if any(0 <= (day - roll.date).days < 12 for roll in whole[2:])]
    assert len(days) > 40
    for day in days:
        assert of_its_day(BARS, [INDEX], day) == known_rolls(whole, day), day


def test_a_peer_shows_from_its_thirty_first_common_day_on_while_it_moves_with_the_series():
    shown = shows_rolls_on(BARS, begun(INDEX, 100))
    assert (int(np.argmax(shown)), bool(shown[130:].all())) == (130, True)
    wild = shows_rolls_on(BARS, wild_until(INDEX, 250))
    assert not wild[:250].any()
    assert wild[-1]
    assert not shows_rolls_on(BARS, BARS).any()  # what rolls itself shows nothing


def test_what_names_its_rolls_or_has_none_is_told_nothing():
    rolled, _ = with_known_rolls(BARS, [INDEX], SESSIONS)
    stock = replace(BARS, instrument=find_instrument("IWM"))
    weekly = replace(BARS, timeframe="1w")
    for bars in (rolled, stock, weekly, replace(BARS, frame="back-adjusted")):
        assert rolls_known_over(bars, [INDEX], SESSIONS) == ()
    assert rolls_known_over(BARS, [INDEX], None) == ()


def test_what_was_told_last_counts_and_before_the_first_nothing_is_known():
    rolls, _ = with_known_rolls(BARS, [INDEX], SESSIONS)
    told = (RollsSince(since=LATE[0], rolls=rolls.rolls), RollsSince(since=LATE[1], rolls=()))
    assert rolls_on(told, LATE[0] - dt.timedelta(days=1)) == ()
    assert rolls_on(told, LATE[0]) == known_rolls(rolls.rolls, LATE[0]) != ()
    assert rolls_on(told, LATE[1]) == ()


def test_a_roll_is_due_from_the_first_day_it_may_have_come_until_it_shows():
    window = next(each for each in expected_rolls(BARS, SESSIONS) if each.first <= LATE[0] <= each.last)

    def due(day):
        known, _ = with_known_rolls(BARS.until(day), [INDEX.until(day)], SESSIONS)
        return roll_to_come(known, [INDEX.until(day)], SESSIONS)

    days = SESSIONS.between(window.first - dt.timedelta(days=4), window.last + dt.timedelta(days=4)).tolist()
    assert [day for day in days if due(day) is not None] == [day for day in days if window.first <= day < LATE[1]]
    assert due(LATE[0]) == window
    assert (window.from_contract, window.to_contract) == ("RTYU0", "RTYZ0")


def test_nothing_is_waited_for_that_no_peer_will_show():
    day = LATE[0]
    known, _ = with_known_rolls(BARS.until(day), [INDEX.until(day)], SESSIONS)
    stranger = replace(INDEX, instrument=find_instrument("SPX")).until(day)
    assert roll_to_come(known, [stranger], SESSIONS) is None
    assert roll_to_come(known, [wild_until(INDEX, len(INDEX)).until(day)], SESSIONS) is None
    assert roll_to_come(known, [INDEX.until(day)], None) is None
    given_ones = replace(known, rolls=tuple(replace(roll, estimated=False) for roll in known.rolls))
    assert roll_to_come(given_ones, [INDEX.until(day)], SESSIONS) is None


def test_days_of_a_real_series_know_what_their_notes_estimate(shared):
    rty, rut = (
        read_bars(shared / "data" / f"{name}.csv", find_instrument(symbol)) for name, symbol in (("rty_tv", "RTY"), ("rut", "RUT"))
    )
    table = session_table("CME_EQUITY")
    told = rolls_known_over(rty, [rut], table)
    assert len(told[-1].rolls) == 33
    for day in [
        *rty.dates[100::331].tolist(),
        *(dt.date(2018, 3, n) for n in (7, 8, 9, 12)),
        *(dt.date(2025, 9, n) for n in (16, 17)),
    ]:
        assert rolls_on(told, day) == with_known_rolls(rty.until(day), [rut.until(day)], table)[0].rolls, day
