"""Trendlines and channels as a note reads them: where they stand, since when they hold, when they broke."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_charts import chart, real_bars, walk, with_future

from levelhead.domain.formula import evaluate
from levelhead.reading.line_choice import NEWS
from levelhead.reading.lines import line_facts, line_occurrences, lines_of
from levelhead.reading.panel import panel_of
from levelhead.reading.periods import since_words
from levelhead.reading.read import read
from levelhead.reading.settings import Settings
from levelhead.reading.structure import swings_of

USUAL = Settings()


def lines_in(bars):
    return lines_of(bars, swings_of(bars, USUAL))


def facts_of(bars, lines=None):
    return line_facts(bars, lines or lines_in(bars), panel_of(bars), USUAL)[0]


def rising(*more):
    """A fall to row 20, then lows on a line that rises half a point a bar and highs on a parallel 22 points above; daily bars."""
    turns = (140, 160, 100, 120, 100, 120, 100, 120, 100, 120)
    path = np.concatenate([np.linspace(a, b, 10, endpoint=False) for a, b in pairwise(turns)])
    close = np.r_[path + 0.5 * np.arange(len(path)), more]
    return chart(close + 1, close - 1, close)


def widening(*more):
    """The same lows; each high thirty points above the one before it, so that there is no channel."""
    turns = (140, 160, 100, 120, 100, 150, 100, 180, 100, 120)
    path = np.concatenate([np.linspace(a, b, 10, endpoint=False) for a, b in pairwise(turns)])
    close = np.r_[path + 0.5 * np.arange(len(path)), more]
    return chart(close + 1, close - 1, close)


def test_a_line_says_where_it_stands_today_and_in_twelve_sessions():
    # lows 109, 119, 129, 139 in rows 20, 40, 60, 80: half a point a bar; the last bar is row 89
    facts = facts_of(widening())
    assert facts["lines.count"].value == 1
    assert facts["channel"].value == "none"
    assert facts["line_1"].value == pytest.approx(109 + 0.5 * 69)
    assert facts["line_1.ahead"].value == pytest.approx(109 + 0.5 * 81)
    assert facts["line_1.side"].value == "rising support"
    assert facts["line_1.status"].value == "holding"
    assert facts["line_1"].date == facts["line_1.status"].date == dt.date(2020, 1, 29)  # the 21st weekday of 2020
    assert facts["line_1.touches"].value == 4
    assert facts["line_1.touches"].date == dt.date(2020, 4, 22)  # row 80
    assert facts["line_1.slope_atr"].value == pytest.approx(0.5 / panel_of(widening()).atr[-1])


def test_a_channel_says_where_both_lines_stand_and_where_the_price_is_between_them():
    facts = facts_of(rising())
    assert facts["channel"].value == "rising channel since January"
    assert facts["lines.count"].value == 2  # the trendline through the same lows is one of them
    assert "line_1" not in facts
    assert facts["channel.lower"].value == pytest.approx(143.5)
    assert facts["channel.upper"].value == pytest.approx(165.5)
    # the last close: 118 on the way to 120, and 44.5
    assert facts["channel.position_pct"].value == pytest.approx(100 * (162.5 - 143.5) / 22)


def test_two_closes_below_break_line_and_channel_on_the_second():
    # rows 90 to 93; the line stands at 144.5 in row 91: closes of 140 and 139 in rows 91 and 92
    after = (150.0, 140.0, 139.0, 138.0)
    line, channel = facts_of(widening(*after)), facts_of(rising(*after))
    assert "line_1" not in line
    assert line["lines.count"].value == 1
    assert line["line_broken.status"].value == "broken"
    assert "line_broken" not in channel
    assert line["line_broken.status"].date == channel["channel.status"].date == dt.date(2020, 5, 8)
    assert channel["channel"].value == "rising channel since January, broken down"


def test_a_bar_that_has_not_closed_breaks_nothing():
    bars = rising(150.0, 140.0, 139.0)
    assert facts_of(bars)["channel.status"].value == "broken down"
    assert facts_of(bars.with_last(139.0))["channel.status"].value == "holding"


def test_a_broken_line_is_told_for_two_months_and_then_forgotten():
    quiet = [139.0] * 60
    broken = 90 + 1  # the second of two closes at 139 with the line at 144 and above
    assert "line_broken" in facts_of(widening(*quiet[: broken + NEWS - 90]))
    assert "line_broken" not in facts_of(widening(*quiet[: broken + NEWS - 90 + 1]))


def test_the_numbers_of_a_line_recompute():
    facts = facts_of(rising())
    known = {name: fact.value for name, fact in facts.items()} | {"last": 162.5, "atr_14": float(panel_of(rising()).atr[-1])}
    for name, fact in facts.items():
        if not isinstance(fact.value, str):
            assert evaluate(fact.formula, known | dict(fact.inputs)) == pytest.approx(fact.value, rel=1e-9), name


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ((2025, 2, 10), "10 February"),  # 31 days ago
        ((2025, 1, 10), "January"),  # 62
        ((2024, 5, 20), "May"),  # 297
        ((2024, 5, 10), "mid 2024"),  # 307
        ((2023, 10, 27), "late 2023"),
        ((2023, 4, 30), "early 2023"),
    ],
)
def test_since_is_said_as_a_chartist_says_it(day, words):
    assert since_words(dt.date(*day), dt.date(2025, 3, 13)) == words


def test_the_rising_channel_since_late_2023_of_note_001_is_broken_down(shared):
    facts = facts_of(real_bars(shared).until(dt.date(2025, 3, 13)).with_last(2025.7))
    assert facts["channel"].value == "rising channel since late 2023, broken down"
    assert facts["channel"].date == dt.date(2023, 10, 27)
    # the closes of 21 and 24 February 2025 are the first two in a row below the line
    assert facts["channel.status"].date == dt.date(2025, 2, 24)
    assert "line_broken" not in facts  # the trendline from that day is the channel's lower line


def test_the_price_of_note_004_stands_above_an_ascending_trendline_since_april(shared):
    facts = facts_of(real_bars(shared).until(dt.date(2025, 9, 8)).with_last(2393.0))
    (name,) = [name for name in ("line_1", "line_2", "line_3") if name in facts]
    assert facts[f"{name}.side"].value == "rising support"
    assert facts[f"{name}.status"].value == "holding"
    assert facts[name].date == dt.date(2025, 4, 9)
    assert facts[name].value < 2393.0


def test_lines_of_real_bars_end_but_never_move(shared):
    bars = real_bars(shared)
    lines = lines_in(bars)
    before, met, ended = {}, 0, 0
    for t in range(300, len(bars)):
        kept = {line.slot: line for line in lines.at(t).kept}
        assert len(kept) <= 3
        for slot, line in before.items():
            if slot in kept and kept[slot] is line:
                met += 1
            else:
                # on the day on which it ended; or when a channel says it, or three others are worth more
                now = lines.at(t)
                assert line.ended == t or now.channel is not None or len(now.kept) + (now.broken is not None) == 3
                ended += line.ended == t
        before = kept
    assert met > 1000
    assert ended > 30


@pytest.mark.parametrize("t", [400, 900, 1500, 1780, 1896, 1897, 1920, 1921, 2030, 2104])
def test_what_is_said_of_a_day_of_real_bars_is_what_was_said_on_it(shared, t):
    bars = real_bars(shared)
    early = bars.until(bars.dates[t].astype(object))
    assert facts_of(early, lines_in(bars)) == facts_of(early)


@given(seed=st.integers(0, 10**6), other=st.integers(0, 10**6), t=st.integers(20, 399))
def test_what_is_said_of_a_day_stays_whatever_comes_after(seed, other, t):
    bars = walk(seed, 400)
    early = bars.until(bars.dates[t].astype(object))
    then = facts_of(early)
    for later in (bars, with_future(bars, t, other)):
        assert facts_of(early, lines_in(later)) == then


def test_a_break_is_an_occurrence_against_the_side_of_the_line():
    broken = {found.kind: found for found in line_occurrences(lines_in(rising(150.0, 140.0, 139.0)))}
    assert (broken["line.broken"].known.tolist(), broken["line.broken"].direction.tolist()) == ([92], [-1])
    assert (broken["channel.broken"].known.tolist(), broken["channel.broken"].direction.tolist()) == ([92], [-1])
    touched = broken["line.touched"]
    assert (touched.happened < touched.known).all()
    assert (touched.direction == 1).all()


def test_the_chart_shows_the_line_from_its_first_swing_to_twelve_sessions_ahead():
    # the trendline runs along the lower line of the channel, which is drawn in its place: 109 in row 20, 159.5 - 1.5 in row 101
    series = read(rising()).series
    lower, upper = series.lines
    assert (lower.name, upper.name) == ("channel.lower", "channel.upper")
    assert (lower.begin, lower.end, lower.is_broken) == (20, 101, False)
    assert (lower.from_price, lower.to_price) == (pytest.approx(109), pytest.approx(109 + 0.5 * 81))
    assert upper.from_price - lower.from_price == pytest.approx(22)


def test_a_broken_line_is_drawn_to_the_bar_that_broke_it():
    lower, _ = read(rising(150.0, 140.0, 139.0, 138.0)).series.lines
    assert (lower.is_broken, lower.end) == (True, 92)


def test_a_line_that_begins_before_the_chart_is_drawn_from_its_edge():
    bars = rising()
    shown = read(bars, settings=Settings(chart_bars=30)).series
    assert (shown.lines[0].begin, shown.lines[0].end) == (0, 41)
    assert shown.lines[0].from_price == pytest.approx(109 + 0.5 * 40)  # row 60 is the first of the last 30


def test_a_channel_begins_where_the_move_begins(shared):
    # no falling channel of 2022 may begin before the high of January 2022
    bars = real_bars(shared, "es_tv.csv")
    for channel in lines_in(bars).channels:
        close = bars.close[channel.first : channel.known + 1]
        extreme = close.argmin() if channel.slope > 0 else close.argmax()
        assert extreme <= 0.2 * (len(close) - 1)
