"""The figures printed in five published notes come out of the command line, to the last digit given."""

import json
from pathlib import Path

import pytest
from made_market import run

VECTORS = Path(__file__).resolve().parents[3] / "shared" / "vectors" / "seeds.json"
CASES = json.loads(VECTORS.read_text())["cases"] if VECTORS.exists() else []
NUMERIC = [(case, fact) for case in CASES for fact in case["facts"] if fact.get("value") is not None]


@pytest.fixture(scope="module")
def notes(shared):
    """The note of each case as JSON, by the case's name."""
    written = {}
    for case in CASES:
        result = run(
            "note", "RTY", "--bars", shared / case["bars"], "--as-of", case["as_of"], "--last", case["last"], "--format", "json"
        )  # fmt: skip
        assert result.exit_code == 0, result.stderr
        written[case["note"]] = json.loads(result.stdout)
    return written


@pytest.mark.parametrize(("case", "fact"), NUMERIC, ids=lambda each: each.get("fact") or each["note"])
def test_a_published_figure_comes_out(notes, case, fact):
    held = notes[case["note"]]["facts"][fact["fact"]]
    assert held["value"] == pytest.approx(fact["value"], abs=fact["tolerance"], rel=0)
    if "date" in fact:
        assert held["date"] == fact["date"]


def test_the_words_of_the_first_case_come_out(notes):
    facts = notes["001"]["facts"]
    assert [facts[name]["value"] for name in ("sma_50.slope", "sma_100.slope")] == ["down", "down"]
    assert facts["structure"]["value"] == "lower highs and lower lows"


def test_the_golden_cross_of_the_second_case_is_absent(notes):
    assert notes["003"]["facts"]["golden_cross"]["value"] == "absent"


def test_there_are_twenty_one_figures_in_five_cases(shared):
    assert len(CASES) == 5
    assert len(NUMERIC) >= 20
