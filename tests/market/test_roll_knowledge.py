"""What is known of a future's rolls when nobody hands in a table of them."""

from __future__ import annotations

import tomllib
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_basis import Market, made_basis
from made_contracts import SESSIONS

from levelhead.domain.adjustment import back_adjusted
from levelhead.domain.errors import BadInstrument
from levelhead.domain.instrument import Instrument
from levelhead.domain.roll import known_rolls
from levelhead.market.instruments import find_instrument, followed_index
from levelhead.market.roll_detection import detect_rolls
from levelhead.market.roll_knowledge import expected_rolls, references_among, with_known_rolls

BARS, INDEX, TRUTH = made_basis(Market(), 7, count=10)


def named(symbol: str, bars=INDEX):
    return replace(bars, instrument=find_instrument(symbol), feed=f"{symbol.lower()}.csv")


@pytest.mark.parametrize(
    ("symbol", "index"), [("RTY", "RUT"), ("M2K", "RUT"), ("ES", "SPX"), ("mnq", "NDX"), ("YM", "DJI"), ("RUT", None), ("CL", None)]
)
def test_each_index_future_says_which_index_it_is_on(symbol, index):
    assert followed_index(symbol) == index


def test_a_users_own_future_follows_what_the_user_says():
    extra = tomllib.loads('[XYZ]\nkind = "future"\nmonths = "HMUZ"\nfollows = "xyzi"\n[XYZF]\nkind = "stock"\nfollows = "XYZI"\n')
    assert followed_index("XYZ", extra=extra) == "XYZI"
    assert find_instrument("XYZ", extra=extra).months == "HMUZ"
    own = replace(BARS, instrument=find_instrument("XYZ", extra=extra))
    fund, index = (replace(INDEX, instrument=find_instrument(symbol, extra=extra)) for symbol in ("XYZF", "XYZI"))
    assert references_among(own, [named("RUT"), fund, index], extra) == (index, fund)
    with pytest.raises(BadInstrument, match="follows = 7 is not text"):
        find_instrument("XYZ", extra={"XYZ": {"kind": "future", "follows": 7}})


def test_the_index_comes_before_its_funds_and_what_rolls_itself_is_none():
    peers = [named("ES"), named("IWM"), named("SPX"), named("^RUT"), named("M2K")]
    assert [peer.instrument.symbol for peer in references_among(BARS, peers)] == ["^RUT", "IWM"]


def test_a_series_takes_the_rolls_that_its_peer_shows_and_says_so():
    bars, (told,) = with_known_rolls(BARS, [named("IWM"), named("RUT")], SESSIONS)
    assert bars.rolls == detect_rolls(BARS, named("RUT"), SESSIONS)
    assert bars.frame == "as traded"
    assert told.kind == "estimated_rolls"
    assert told.count == len(bars.rolls)
    assert "the basis to RUT (rut.csv)" in told.text
    assert f"the last on {bars.rolls[-1].date} with a gap of {bars.rolls[-1].gap:+.1f} points" in told.text


def test_what_needs_no_rolls_or_has_them_is_left_alone():
    rolled, _ = with_known_rolls(BARS, [named("RUT")], SESSIONS)
    stock = replace(BARS, instrument=Instrument.unknown("IWM"))
    for bars in (rolled, stock, back_adjusted(rolled), replace(BARS, frame="back-adjusted")):
        assert with_known_rolls(bars, [named("RUT")], SESSIONS) == (bars, ())


def test_the_calendar_alone_says_between_which_days_and_nothing_of_the_gap():
    bars, (told,) = with_known_rolls(BARS, [named("SPX")], SESSIONS)
    assert bars is BARS
    assert told.kind == "unknown_rolls"
    assert "the day and the gap are unknown" in told.text
    found = expected_rolls(BARS, SESSIONS)
    # every roll that was made lies in the window of its expiry
    for day in TRUTH:
        assert sum(each.first <= day <= each.last for each in found) == 1
    assert (found[0].from_contract, found[0].to_contract) == ("RTYH9", "RTYM9")
    assert expected_rolls(BARS, None) == ()
    _, (without,) = with_known_rolls(BARS, [named("RUT")], None)
    assert "on days and by gaps that are unknown" in without.text


def test_a_peer_that_shows_nothing_is_followed_by_the_next_and_its_reason_is_kept():
    wild = replace(named("RUT"), close=INDEX.close * np.exp(np.random.default_rng(1).normal(0, 0.05, len(INDEX))))
    _, (told,) = with_known_rolls(BARS, [wild, named("IWM")], SESSIONS)
    assert told.kind == "estimated_rolls"
    assert "basis to IWM" in told.text
    _, (refused,) = with_known_rolls(BARS, [wild], SESSIONS)
    assert refused.kind == "unknown_rolls"
    assert "RUT does not move with RTY" in refused.text


@settings(max_examples=10)
@given(data=st.data())
def test_what_is_known_on_a_day_depends_on_no_later_bar(data):
    day = data.draw(st.sampled_from([each.item() for each in BARS.dates[200:]]))
    late = BARS.dates > np.datetime64(day)
    scale = data.draw(st.floats(0.8, 1.25))
    other = replace(
        BARS,
        close=np.where(late, BARS.close * scale, BARS.close),
        high=np.where(late, BARS.high * 1.3, BARS.high),
        low=np.where(late, BARS.low * 0.7, BARS.low),
    )
    cut, told = with_known_rolls(BARS.until(day), [named("RUT").until(day)], SESSIONS)
    assert with_known_rolls(other.until(day), [named("RUT").until(day)], SESSIONS)[0].rolls == cut.rolls
    assert known_rolls(detect_rolls(other, named("RUT"), SESSIONS), day) == cut.rolls
    assert known_rolls(detect_rolls(BARS, named("RUT"), SESSIONS), day) == cut.rolls
    assert told[0].date is None or told[0].date <= day
