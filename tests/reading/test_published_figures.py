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
    ("003", "golden_cross", "absent"),
    ("004", "structure", "higher highs and higher lows"),
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


def test_the_figures_are_all_there(shared):
    assert len(FIGURES) == 21
