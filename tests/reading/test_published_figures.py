"""The figures of five published notes come out of the bars they were made from."""

import json
from pathlib import Path

import pytest
import reading_bars

from levelhead.reading.read import read

VECTORS = Path(__file__).resolve().parents[3] / "shared" / "vectors" / "seeds.json"
CASES = json.loads(VECTORS.read_text())["cases"] if VECTORS.exists() else []
FIGURES = [(case, fact) for case in CASES for fact in case["facts"] if "value" in fact]
WORDS = [
    ("001", "sma_50.slope", "down"),
    ("001", "sma_100.slope", "down"),
    ("001", "structure", "lower highs and lower lows"),
    ("001", "channel", "rising channel since late 2023, broken down"),
    ("003", "golden_cross", "absent"),
    ("004", "structure", "higher highs and higher lows"),
    ("004", "structure.sequence", "higher highs and higher lows since April"),
    ("000", "candles", "two-day bullish engulfing"),
]


def facts_of(case, shared):
    bars = reading_bars.real(shared / case["bars"], "RTY").until(reading_bars.date(case["as_of"]))
    return read(bars.with_last(case["last"])).facts


@pytest.mark.parametrize(("case", "figure"), FIGURES, ids=lambda part: part.get("fact", part.get("note")))
def test_a_published_figure_comes_out_of_the_bars(case, figure, shared):
    fact = facts_of(case, shared)[figure["fact"]]
    assert fact.value == pytest.approx(figure["value"], abs=figure["tolerance"])
    if "date" in figure:
        assert str(fact.date) == figure["date"]


@pytest.mark.parametrize(("note", "name", "word"), WORDS, ids=lambda text: text)
def test_a_published_word_comes_out_of_the_bars(note, name, word, shared):
    case = next(case for case in CASES if case["note"] == note)
    assert facts_of(case, shared)[name].value == word


# What the notes say of trend and structure in their own words: note 002 'Primary trend: Bullish', 'Consolidation near highs',
# 'pullbacks have been shallow'; 000 'a reclaim of that moving average is needed'; 001 'has broken down from a long-term uptrend'.
OWN_WORDS = [
    ("002", "trend.primary", "bullish"),
    ("002", "trend.perspective", "consolidating near the highs"),
    ("002", "pullback", "shallow"),
    ("000", "sma_50.accepted", "lost"),
    ("000", "trend.perspective", "correcting"),
    ("001", "trend.primary", "bearish"),
    ("001", "trend.perspective", "trending down"),
    ("001", "structure.sequence", "lower highs and lower lows since November"),
    ("004", "trend.primary", "bullish"),
    ("004", "trend.perspective", "trending up"),
]


@pytest.mark.parametrize(("note", "name", "word"), OWN_WORDS, ids=lambda text: text)
def test_what_a_note_says_of_trend_and_structure_comes_out_of_the_bars(note, name, word, shared):
    case = next(case for case in CASES if case["note"] == note)
    assert facts_of(case, shared)[name].value == word


def test_the_low_of_the_published_candle_comes_out_of_the_bars(shared):
    case = next(case for case in CASES if case["note"] == "000")
    printed = next(fact for fact in case["facts"] if fact["fact"] == "candles")
    assert facts_of(case, shared)["candles.low"].value == pytest.approx(printed["value_low"], abs=0.01)


def test_the_price_stands_above_the_published_ascending_trendline_since_april(shared):
    facts = facts_of(next(case for case in CASES if case["note"] == "004"), shared)
    lines = [name for name in ("line_1", "line_2", "line_3") if name in facts]
    rising = [name for name in lines if facts[f"{name}.side"].value == "rising support" and facts[name].date.month == 4]
    assert len(rising) == 1
    assert facts[rising[0]].value < facts["last"].value


def test_the_50_day_lies_below_the_200_day_where_the_golden_cross_is_absent(shared):
    facts = facts_of(next(case for case in CASES if case["note"] == "003"), shared)
    assert facts["sma_50"].value < facts["sma_200"].value


def test_the_figures_and_words_are_all_there(shared):
    assert len(FIGURES) == 21
    printed = {(case["note"], fact["fact"]) for case in CASES for fact in case["facts"] if "value" not in fact}
    assert printed == {(note, name) for note, name, _ in WORDS} - {("004", "structure.sequence")}
