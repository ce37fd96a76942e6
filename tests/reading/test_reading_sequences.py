"""Since when the swings rise or fall, and the crosses of the averages: done, near, and when."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_charts import chart, real_bars, walk, with_future

from levelhead.market.sessions import session_table
from levelhead.reading.crosses import cross_facts, cross_occurrences
from levelhead.reading.panel import panel_of
from levelhead.reading.read import read
from levelhead.reading.recompute import recompute
from levelhead.reading.sequences import runs_of, sequence_facts, sequence_occurrences

USUAL_SESSIONS = session_table("CME_EQUITY")


def facts_of(bars, runs=None):
    return sequence_facts(bars, runs or runs_of(bars))[0]


def swinging(*turns):
    """Daily bars from 1 January 2020 that run from turn to turn by two points a bar; half a point of range on either side."""
    steps = [float(turns[0])]
    for turn in turns[1:]:
        steps += [*np.arange(steps[-1], turn, 2 * np.sign(turn - steps[-1]))[1:], float(turn)]
    close = np.array(steps)
    return chart(close + 0.5, close - 0.5, close, np.r_[close[0], close[:-1]])


RISING = (160, 100, 140, 90, 150, 110, 170, 130, 180)
"""The low at 90 ends the fall; the high at 150 passes 140, the low at 110 stands above 90."""


def test_a_sequence_is_told_from_the_low_it_began_at():
    bars = swinging(*RISING)
    facts = facts_of(bars)
    assert facts["structure.sequence"].value == "higher highs and higher lows since April"
    low = int(np.argmin(bars.low))
    assert bars.low[low] == 89.5
    assert facts["structure.sequence"].date == bars.dates[low].astype(object)
    # known when the low at 110 was: its bar is the one at 109.5 after the high at 150.5
    assert facts["structure.sequence"].known_on == facts_of(swinging(*RISING[:-3], 118))["structure.sequence"].known_on
    assert facts["structure.sequence.turns"].value == 4


def test_a_sequence_is_over_with_a_bar_below_its_last_low():
    assert facts_of(swinging(*RISING, 130))["structure.sequence"].value.startswith("higher")
    assert facts_of(swinging(*RISING, 128))["structure.sequence"].value == "none"


def test_a_bar_that_has_not_closed_ends_no_sequence():
    bars = swinging(*RISING, 128)
    assert facts_of(bars.with_last(128.0))["structure.sequence"].value.startswith("higher")


def test_reversal_swings_carry_the_day_they_happened_and_the_day_they_were_known():
    facts = facts_of(swinging(*RISING))
    assert [facts[f"reversal_{kind}_{n}"].value for kind in ("high", "low") for n in (1, 2)] == [170.5, 150.5, 129.5, 109.5]
    for name in ("reversal_high_1", "reversal_low_1"):
        assert facts[name].date < facts[name].known_on


def test_before_any_swing_has_turned_there_is_no_sequence():
    facts, unknown = sequence_facts(walk(3, 14), runs_of(walk(3, 14)))
    assert facts == {}
    assert unknown == ("The sequence of the larger swings needs one that has turned by 2 ATR; there is none yet.",)


@given(seed=st.integers(0, 10**6), other=st.integers(0, 10**6), t=st.integers(20, 299))
def test_the_sequence_of_a_day_stays_whatever_comes_after(seed, other, t):
    bars = walk(seed, 300)
    early = bars.until(bars.dates[t].astype(object))
    then = facts_of(early)
    for later in (bars, with_future(bars, t, other)):
        assert facts_of(early, runs_of(later)) == then


def test_note_004_makes_higher_highs_and_higher_lows_since_april(shared):
    facts = facts_of(real_bars(shared).until(dt.date(2025, 9, 8)).with_last(2393.0))
    assert facts["structure.sequence"].value == "higher highs and higher lows since April"
    assert facts["structure.sequence"].date == dt.date(2025, 4, 9)
    assert facts["structure.sequence"].known_on == dt.date(2025, 6, 24)


def test_note_001_makes_lower_highs_and_lower_lows(shared):
    facts = facts_of(real_bars(shared).until(dt.date(2025, 3, 13)).with_last(2025.7))
    assert facts["structure.sequence"].value == "lower highs and lower lows since November"
    assert facts["structure.sequence"].date == dt.date(2024, 11, 25)


def test_sequences_of_real_bars_are_told_alike_with_and_without_what_came_after(shared):
    bars = real_bars(shared)
    runs = runs_of(bars)
    for t in range(100, len(bars), 67):
        early = bars.until(bars.dates[t].astype(object))
        assert facts_of(early, runs) == facts_of(early)


def test_a_sequence_is_an_occurrence_when_it_is_known_and_when_it_ends():
    begun, ended = sequence_occurrences(runs_of(swinging(*RISING, 128)))
    assert begun.direction.tolist()[-1] == 1
    assert (begun.happened < begun.known).all()
    assert ended.direction.tolist()[-1] == -1
    assert ended.known.tolist()[-1] == len(swinging(*RISING, 128)) - 1


def crosses_of(bars, sessions=None):
    return cross_facts(bars, panel_of(bars), sessions)[0]


def test_the_death_cross_of_march_2025_was_near_and_on_its_day_six_days_before(shared):
    # the 50-day closed below the 200-day on 19 March 2025; on the 13th the price stood at 2,025.7
    bars = real_bars(shared)
    facts = crosses_of(bars.until(dt.date(2025, 3, 13)).with_last(2025.7), USUAL_SESSIONS)
    assert facts["cross"].value == "golden cross"
    assert facts["cross.next"].value == "death cross near"
    assert facts["cross.sessions"].value == 4
    assert facts["cross.on"].value == "2025-03-19"
    after = crosses_of(bars.until(dt.date(2025, 3, 19)), USUAL_SESSIONS)
    assert (after["cross"].value, after["cross"].date) == ("death cross", dt.date(2025, 3, 19))


def test_note_003_has_no_golden_cross_and_none_near(shared):
    facts = read(real_bars(shared).until(dt.date(2025, 5, 9)).with_last(2036.4), sessions=USUAL_SESSIONS).facts
    assert facts["golden_cross"].value == "absent"
    assert facts["sma_50"].value < facts["sma_200"].value
    assert facts["cross.next"].value == "golden cross ahead"
    assert facts["cross.gap"].value == pytest.approx(1996.238 - 2192.7865, abs=0.002)


def test_a_cross_has_no_date_where_no_session_table_says_it(shared):
    assert "cross.on" not in crosses_of(real_bars(shared).until(dt.date(2025, 3, 13)))


def test_averages_that_never_changed_places_have_no_last_cross():
    rising = np.arange(100.0, 350.0)
    facts = crosses_of(chart(rising + 1, rising - 1, rising))
    assert "cross" not in facts
    assert facts["cross.next"].value == "none"  # both end at the price, the shorter one from above
    assert facts["cross.gap"].value == pytest.approx(75)  # means of the last 50 and 200 of a line that rises by 1


@pytest.mark.parametrize("day", ["2025-03-13", "2025-05-09", "2025-09-08"])
def test_the_numbers_of_sequences_and_crosses_recompute(shared, day):
    bars = real_bars(shared).until(dt.date.fromisoformat(day))
    facts = read(bars, sessions=USUAL_SESSIONS).facts
    names = [
        name
        for name, fact in facts.items()
        if name.startswith(("cross", "reversal", "structure.sequence")) and not isinstance(fact.value, str)
    ]
    assert len(names) >= 7
    for name in names:
        assert recompute(name, facts, bars, {}) == pytest.approx(facts[name].value, rel=1e-9), name


def test_crosses_are_occurrences_on_the_days_they_happened(shared):
    bars = real_bars(shared)
    golden, death = cross_occurrences(panel_of(bars), len(bars))
    assert dt.date(2025, 3, 19) in {bars.dates[row].astype(object) for row in death.known.tolist()}
    assert set(golden.direction.tolist()) == {1}
    assert set(death.direction.tolist()) == {-1}
    both = sorted([(row, 1) for row in golden.known.tolist()] + [(row, -1) for row in death.known.tolist()])
    assert all(before[1] == -after[1] for before, after in pairwise(both))
