"""Trend and structure over whole series: no day knows the future, each event is dated, rolls are no moves."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_charts import real_bars, walk, with_future
from trend_charts import NOUNS, facts_of, found_in

from levelhead.domain.roll import Roll
from levelhead.reading.perspective import WORDS
from levelhead.reading.read import read
from levelhead.reading.recompute import recompute
from levelhead.reading.sequences import reversal_occurrences, runs_of
from levelhead.reading.settings import Settings
from levelhead.reading.structure import swing_occurrences, swings_of
from levelhead.reading.trend import trend_occurrences


@pytest.mark.parametrize("day", ["2020-03-23", "2021-09-15", "2025-03-13", "2025-05-09", "2025-09-08", "2025-11-14"])
def test_the_numbers_of_trend_and_structure_recompute(shared, day):
    bars = real_bars(shared).until(dt.date.fromisoformat(day))
    facts = read(bars).facts
    names = [
        name
        for name, fact in facts.items()
        if not isinstance(fact.value, str) and (name.partition(".")[0] in NOUNS or name.endswith(".closes"))
    ]
    assert len(names) >= 10
    for name in names:
        assert recompute(name, facts, bars, {}) == pytest.approx(facts[name].value, rel=1e-9), name


def known_by(facts, day):
    return all(stamp is None or stamp <= day for fact in facts.values() for stamp in (fact.date, fact.known_on))


@given(seed=st.integers(0, 10**6), other=st.integers(0, 10**6), t=st.integers(210, 399))
def test_what_is_said_of_a_day_stays_whatever_comes_after(seed, other, t):
    bars = walk(seed, 400)
    early = bars.until(bars.dates[t].astype(object))
    then = facts_of(early)
    assert known_by(then, early.as_of)
    for later in (bars, with_future(bars, t, other)):
        assert facts_of(early, found_in(later)) == then


@pytest.mark.parametrize("file", ["rty_tv.csv", "es_tv.csv", "iwm.csv"])
def test_thousands_of_real_days_are_told_alike_with_another_future(file, shared):
    bars = real_bars(shared, file)
    full, told = found_in(bars), 0
    for seed, t in enumerate(np.linspace(600, min(len(bars), 2600) - 30, 4).astype(int).tolist()):
        other = found_in(with_future(bars, t, seed))
        for row in range(max(t - 400, 250), t + 1):
            early = bars.until(bars.dates[row].astype(object))
            assert facts_of(early, full) == facts_of(early, other)
            told += 1
    assert told > 1400


@pytest.mark.parametrize("file", ["rty_tv.csv", "iwm.csv"])
def test_real_days_are_told_alike_from_their_own_bars_alone(file, shared):
    bars = real_bars(shared, file)
    full = found_in(bars)
    for row in range(260, len(bars), 83):
        early = bars.until(bars.dates[row].astype(object))
        assert facts_of(early, full) == facts_of(early)


def test_each_kind_of_event_is_an_occurrence_known_no_sooner_than_it_happened(shared):
    found = {each.kind: each for each in trend_occurrences(found_in(real_bars(shared)))}
    assert {f"perspective.{word.replace(' ', '_')}" for word in WORDS[1:]} <= set(found)
    for kind in ("breakout.up", "breakout.down", "breakout.failed", "breakout.retested", "pullback.impulsive", "range.broken"):
        assert len(found[kind]) >= 5, kind
    for each in found.values():
        assert (each.happened <= each.known).all(), each.kind
        assert (np.diff(each.known) >= 0).all(), each.kind
    for n in (20, 50, 100, 200):
        events = sorted((row, side) for name, side in (("reclaimed", 1), ("lost", -1)) for row in found[f"sma_{n}.{name}"].known)
        assert all(before[1] == -after[1] for before, after in pairwise(events))


def test_a_provisional_last_bar_is_no_occurrence(shared):
    bars = real_bars(shared)
    for t in range(600, 1200, 7):
        held = bars.until(bars.dates[t].astype(object))
        for each in trend_occurrences(found_in(held.with_last(held.last))):
            assert not (each.known >= t).any(), each.kind


def test_confirmed_swings_of_both_kinds_are_occurrences(shared):
    bars = real_bars(shared)
    swings = swings_of(bars, Settings())
    low, high = swing_occurrences(swings)
    assert (low.known - low.happened == 5).all()
    assert len(low) + len(high) == len(swings)
    turned_low, turned_high = reversal_occurrences(runs_of(bars))
    # they take turns, and are 2 ATR apart: there is one of each for the other
    assert abs(len(turned_low) - len(turned_high)) <= 1
    for each, direction in ((low, 1), (turned_low, 1), (high, -1), (turned_high, -1)):
        assert len(each) > 50
        assert set(each.direction.tolist()) == {direction}
        assert (each.happened <= each.known).all()


def rolled(bars, day, factor):
    """The same market, whose contract from row `day` on stands `factor` times higher."""
    high, low, close = (
        np.where(np.arange(len(bars)) >= day, column * factor, column) for column in (bars.high, bars.low, bars.close)
    )
    roll = Roll(
        date=bars.dates[day].astype(object),
        from_contract="RTYU4",
        to_contract="RTYZ4",
        gap=float(bars.close[day - 1]) * (factor - 1),
        factor=factor,
        estimated=True,
        method="made",
    )
    return replace(bars, high=high, low=low, close=close, open=close.copy(), rolls=(roll,), frame="as traded")


@pytest.mark.parametrize("seed", range(8))
def test_a_roll_makes_no_pullback_range_or_break_and_the_numbers_recompute_across_it(seed):
    plain = walk(seed, 420)
    plain = replace(plain, open=plain.close.copy())
    bars = rolled(plain, 400, 1.02)
    facts, there = read(bars).facts, read(plain).facts
    for name in (name for name, fact in facts.items() if name.partition(".")[0] in NOUNS and not isinstance(fact.value, str)):
        assert recompute(name, facts, bars, {}) == pytest.approx(facts[name].value, rel=1e-9), name
    # the swings of the market are the same ones on the same days; only sides of averages as traded may differ
    for name in ("drawdown.low", "drawdown.high", "consolidation", "breakout", "breakout.level", "breakout.status"):
        assert (name in facts) == (name in there), name
        if name in facts:
            assert facts[name].date == there[name].date, name
