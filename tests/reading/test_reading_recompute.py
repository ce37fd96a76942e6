"""Every number of a reading comes again out of its formula and the bars."""

import dataclasses
import math

import numpy as np
import pytest
import reading_bars
from hypothesis import given
from hypothesis import strategies as st
from reading_bars import made, real, walk, without

from levelhead.domain.errors import BadBars, BadNote
from levelhead.domain.fact import Fact
from levelhead.domain.formula import evaluate
from levelhead.reading.read import read
from levelhead.reading.recompute import recompute

EDGES = (1, 2, 10, 14, 15, 16, 19, 20, 27, 28, 29, 33, 34, 35, 50, 59, 60, 61, 100, 200, 209, 210, 251, 252, 300)


def assert_recomputes(bars, peers):
    facts = read(bars, peers=peers).facts
    numbers = {name: fact for name, fact in facts.items() if not isinstance(fact.value, str)}
    for name, fact in numbers.items():
        assert type(fact.value) is float
        assert math.isfinite(fact.value), name
        again = recompute(name, facts, bars, {symbol: peer.until(bars.as_of) for symbol, peer in peers.items()})
        assert again == pytest.approx(fact.value, rel=1e-9, abs=1e-300), (name, fact.formula)
    return numbers


@pytest.mark.parametrize("n", EDGES)
def test_every_number_of_a_short_history_recomputes(n):
    bars = walk(n)
    peers = {"OTHER": without(walk(n + 3, seed=8, symbol="OTHER"), *bars.dates[5:7])}
    assert_recomputes(bars, peers)


@pytest.mark.parametrize("day", ["2018-12-24", "2020-03-23", "2021-11-08", "2025-04-09", "2025-11-14"])
def test_every_number_of_real_bars_recomputes(day, shared):
    folder = shared / "data"
    bars = real(folder / "rty_tv.csv", "RTY").until(reading_bars.date(day))
    numbers = assert_recomputes(bars, {"ES": real(folder / "es_tv.csv", "ES"), "NQ": real(folder / "nq_tv.csv", "NQ")})
    assert len(numbers) > 70


def test_every_number_on_a_provisional_bar_recomputes(shared):
    bars = real(shared / "data" / "rty.csv", "RTY").until(reading_bars.date("2025-11-24")).with_last(2418.8)
    assert_recomputes(bars, {"ES": real(shared / "data" / "es_tv.csv", "ES")})


@pytest.mark.parametrize(
    "closes", [np.full(80, 7.0), np.arange(1.0, 90.0), np.arange(90.0, 1.0, -1.0), np.r_[np.full(50, 9.0), np.arange(9.0, 60.0)]]
)
def test_every_number_of_a_series_without_loss_or_gain_or_movement_recomputes(closes):
    assert_recomputes(made(closes, reach=0.0), {"SELF": made(closes, symbol="SELF")})


@given(st.lists(st.floats(0.05, 1e5), min_size=1, max_size=75), st.data())
def test_every_number_of_any_bars_recomputes(closes, data):
    others = data.draw(st.lists(st.floats(0.05, 1e5), min_size=len(closes), max_size=len(closes)))
    bars = made(closes, reach=0.01)
    facts = read(bars, peers={"P": made(others)}).facts
    for name, fact in facts.items():
        if not isinstance(fact.value, str):
            again = recompute(name, facts, bars, {"P": made(others)})
            assert again == pytest.approx(fact.value, rel=1e-9, abs=1e-9 * max(closes)), (name, fact.formula)


def test_a_fact_refuses_bars_that_are_not_its_own():
    bars = walk(120)
    facts = read(bars).facts
    with pytest.raises(BadBars, match=r"sma_50 was computed from 50 bars from 2020-04-08 to 2020-06-16; TEST has 49 there"):
        recompute("sma_50", facts, without(bars, bars.dates[90]), {})


def test_a_fact_refuses_bars_that_hold_more_than_it_saw():
    bars = walk(120)
    facts = read(without(bars, bars.dates[90])).facts
    with pytest.raises(BadBars, match=r"sma_50 was computed from 50 bars .* TEST has 51 there\. Give the bars of the note\."):
        recompute("sma_50", facts, bars, {})


def test_a_fact_about_a_peer_asks_for_its_bars():
    bars = walk(80)
    facts = read(bars, peers={"OTHER": walk(80, seed=4)}).facts
    with pytest.raises(BadBars, match=r"relative.OTHER.ratio was computed with the bars of OTHER; give them too"):
        recompute("relative.OTHER.ratio", facts, bars, {})


def test_a_word_has_its_rule_in_the_place_of_a_number():
    facts = read(walk(80)).facts
    with pytest.raises(BadNote, match=r"sma_20.side is the word '\w+', not a number; its rule is: above when"):
        recompute("sma_20.side", facts, walk(80), {})


def test_a_formula_that_refers_to_nothing_is_refused():
    facts = {"odd": dataclasses.replace(read(walk(80)).facts["change"], formula="sma_9000 + 1")}
    with pytest.raises(BadNote, match="odd = sma_9000 \\+ 1 refers to sma_9000"):
        recompute("odd", facts, walk(80), {})


def test_what_a_formula_refers_to_is_recomputed_and_not_believed():
    bars = walk(120)
    facts = dict(read(bars).facts)
    facts["sma_50"] = dataclasses.replace(facts["sma_50"], value=-1.0)
    truth = math.fsum(bars.close[-50:]) / 50 - bars.last
    assert recompute("sma_50.distance", facts, bars, {}) == pytest.approx(truth, rel=1e-12)


def test_columns_of_a_formula_combine_bar_by_bar():
    values = {"closes": [2.0, 6.0], "peer_closes": [1.0, 2.0]}
    assert evaluate("mean(closes / peer_closes)", values) == 2.5  # (2 / 1 + 6 / 2) / 2
    with pytest.raises(ValueError, match="closes / peer_closes combines columns of 2 and 1 bars"):
        evaluate("mean(closes / peer_closes)", values | {"peer_closes": [1.0]})
    with pytest.raises(ValueError, match="closes is a column of bars where a number is needed"):
        evaluate("mean(closes / 2)", values)


def test_a_fact_is_made_of_plain_numbers():
    for fact in read(walk(300), peers={"OTHER": walk(300, seed=4)}).facts.values():
        assert isinstance(fact, Fact)
        assert all(type(value) is float for value in fact.inputs.values())
        assert fact.meaning
        assert fact.formula
