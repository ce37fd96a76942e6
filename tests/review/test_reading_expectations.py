"""The corpus of notes and the scorer that marks a reading of them: neither may flatter."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SPEC = importlib.util.spec_from_file_location("reading_notes", ROOT / "benchmarks" / "reading_notes.py")
assert SPEC is not None
assert SPEC.loader is not None
scorer = importlib.util.module_from_spec(SPEC)
sys.modules["reading_notes"] = scorer
SPEC.loader.exec_module(scorer)

NOTES = list(scorer.corpus())
KINDS = {"level", "average", "pivot", "extreme", "round", "fibonacci", "gap", "line"}


@pytest.mark.parametrize(("number", "path", "said"), NOTES, ids=[number for number, _, _ in NOTES])
def test_every_expected_number_stands_in_its_note(number, path, said):
    assert scorer.typos(path, said) == []


@pytest.mark.parametrize(("number", "path", "said"), NOTES, ids=[number for number, _, _ in NOTES])
def test_an_expectation_keeps_to_the_vocabulary(number, path, said):
    _keeps_to_the_vocabulary(said)


def test_the_short_passages_keep_to_the_vocabulary_and_none_is_there_twice():
    passages = list(scorer.phrases())
    for said in passages:
        _keeps_to_the_vocabulary(said)
    assert len({said["id"] for said in passages}) == len({said["text"] for said in passages}) == len(passages) >= 900


def test_one_passage_in_eight_or_more_holds_numbers_that_are_nothing():
    passages = list(scorer.phrases())
    nothing = [said for said in passages if not any(said[name] for name in ("levels", "scenarios", "setups", "indicators"))]
    assert len(nothing) >= len(passages) / 8


def _keeps_to_the_vocabulary(said):
    for level in said["levels"]:
        assert level["low"] <= level["high"]
        assert level["side"] in ("support", "resistance", "pivot", "")
        assert level["kind"] in KINDS
    for scenario in said["scenarios"]:
        assert scenario["direction"] in ("up", "down", "range", "")
        assert scenario["direction"] == "range" or scenario["zone"] is None
    for setup in said["setups"]:
        assert setup["side"] in ("long", "short")
    for indicator in said["indicators"]:
        assert scorer.SCORED_INDICATORS.fullmatch(indicator["name"])


def test_the_layouts_that_real_notes_come_in_are_met_more_than_once():
    met = [layout for _, _, said in NOTES for layout in said["layout"].split(", ")]
    assert {"run-together", "cell-per-line", "pipes-bare", "tabs", "html", "bonds", "daily-pivots", "preference"} <= set(met)
    assert all(met.count(layout) > 1 for layout in ("run-together", "cell-per-line", "bonds", "setups", "several", "traps"))
    assert len(NOTES) >= 90


def test_a_typing_error_in_an_expectation_is_found(tmp_path):
    note = tmp_path / "001.txt"
    note.write_text("Support 1,070/65, gap 2067 – 69, bond 117’17 and 114 28/32, bitcoin $111K")
    nothing = {"scenarios": [], "setups": [], "indicators": []}
    right = [(1065, 1070), (2067, 2069), (117.53125, 117.53125), (114.875, 114.875), (111000, 111000)]
    wrong = [(1056, 1056), (2096, 2096), (117.5, 117.5), (112000, 112000)]

    def levels(zones):
        return {"levels": [{"low": low, "high": high, "side": "", "kind": "level"} for low, high in zones], **nothing}

    assert scorer.typos(note, levels(right)) == []
    assert len(scorer.typos(note, levels(wrong))) == len(wrong)


def test_one_of_two_found_and_one_of_two_read_is_a_half_and_a_half():
    said = json.loads(
        '{"levels": [{"low": 2350, "high": 2360, "side": "support", "kind": "level"},'
        ' {"low": 2500, "high": 2500, "side": "resistance", "kind": "round"}], "scenarios": [], "setups": [], "indicators": []}'
    )
    expected = scorer.expected_items(said)["levels"]
    read = [
        scorer.Item(words=("support", "level"), zones=((2350.0, 2360.0),)),
        scorer.Item(words=("support", "round"), zones=((2500.0, 2500.0),)),
    ]
    count, missed, invented = scorer.compare(expected, read)
    assert (count.precision, count.recall) == (0.5, 0.5)
    assert [str(item) for item in missed] == ["resistance round 2500"]
    assert [str(item) for item in invented] == ["support round 2500"]


@pytest.mark.parametrize(
    ("low", "high", "right"), [(2400, 2400, True), (2400, 2430, True), (2400, 2500, False), (2390, 2420, False)]
)
def test_a_vague_price_is_right_when_read_inside_of_the_expected_zone(low, high, right):
    expected = scorer.Item(words=("support", "level"), zones=((2400.0, 2450.0),), vague=True)
    assert scorer.agree(expected, scorer.Item(words=("support", "level"), zones=((low, high),))) is right


def test_a_scenario_needs_its_probability_and_its_prices():
    expected = scorer.Item(words=("up",), zones=((0.45, 0.45), None, (2500.0, 2550.0)))
    assert scorer.agree(expected, expected)
    assert not scorer.agree(expected, scorer.Item(words=("up",), zones=(None, None, (2500.0, 2550.0))))
    assert not scorer.agree(expected, scorer.Item(words=("up",), zones=((0.45, 0.45), None, None)))
