"""The five published notes, read completely: every field as it was written down by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from levelhead.review.read import read_note
from levelhead.review.source import text_of

EXPECTED = Path(__file__).parent / "seeds_expected"
NOTES = sorted(p.stem for p in EXPECTED.glob("*.json"))


@pytest.fixture(scope="module")
def notes(shared):
    return {n: read_note(text_of((shared / "seeds" / f"{n}.txt").read_bytes(), name=n)) for n in NOTES}


@pytest.fixture(scope="module")
def expected():
    return {n: json.loads((EXPECTED / f"{n}.json").read_text()) for n in NOTES}


def pair(price):
    return None if price is None else [price.low, price.high]


@pytest.mark.parametrize("number", NOTES)
def test_what_the_note_is_about(number, notes, expected):
    note, said = notes[number], expected[number]
    assert note.symbol == said["symbol"]
    assert list(note.instruments) == said["instruments"]
    assert str(note.date or "None") == str(said["date"])
    assert (note.date_words, note.author, note.title, note.horizon) == (
        said["date_words"],
        said["author"],
        said["title"],
        said["horizon"],
    )


@pytest.mark.parametrize("number", NOTES)
def test_its_indicator_values(number, notes, expected):
    read = [
        {"name": i.name, "low": i.value.low, "high": i.value.high, "approximate": i.value.approximate, "slope": i.slope}
        for i in notes[number].indicators
    ]
    assert read == expected[number]["indicators"]


@pytest.mark.parametrize("number", NOTES)
def test_its_levels(number, notes, expected):
    read = [
        {"low": x.price.low, "high": x.price.high, "side": x.side, "kind": x.kind, "name": x.name, "role": x.role}
        for x in notes[number].levels
    ]
    assert read == expected[number]["levels"]


@pytest.mark.parametrize("number", NOTES)
def test_its_scenarios(number, notes, expected):
    read = [
        {
            "direction": s.direction,
            "title": s.title,
            "probability": list(s.probability) if s.probability else None,
            "trigger": pair(s.trigger),
            "trigger_how": s.trigger_how,
            "zone": pair(s.zone),
            "target": pair(s.target),
            "sessions": s.sessions,
        }
        for s in notes[number].scenarios
    ]
    assert read == expected[number]["scenarios"]


@pytest.mark.parametrize("number", NOTES)
def test_its_setups(number, notes, expected):
    read = [
        {
            "side": s.side,
            "order": s.order,
            "entry": pair(s.entry),
            "stop": pair(s.stop),
            "targets": [pair(t) for t in s.targets],
            "label": s.label,
            "sessions": s.sessions,
        }
        for s in notes[number].setups
    ]
    assert read == expected[number]["setups"]


@pytest.mark.parametrize("number", NOTES)
def test_its_biases(number, notes, expected):
    read = [
        {"horizon": b.horizon, "sessions": b.sessions, "bias": b.bias, "lean": b.lean, "change_at": pair(b.change_at)}
        for b in notes[number].biases
    ]
    assert read == expected[number]["biases"]


@pytest.mark.parametrize("number", NOTES)
def test_its_checkable_words(number, notes, expected):
    read = [
        {"kind": s.kind, "names": list(s.names), "numbers": list(s.numbers), "since": str(s.since) if s.since else None}
        for s in notes[number].statements
    ]
    assert read == expected[number]["statements"]


@pytest.mark.parametrize("number", NOTES)
def test_nothing_in_it_was_left_out(number, notes, expected):
    assert [n.text for n in notes[number].not_understood] == expected[number]["not_understood"]


@pytest.mark.parametrize("number", NOTES)
def test_every_span_holds_the_price_it_was_read_from(number, notes):
    note = notes[number]
    for found in (*note.levels, *note.indicators):
        price = found.price if hasattr(found, "price") else found.value
        passage = note.text.plain[found.span.start : found.span.end].replace(",", "")
        assert f"{price.low:g}" in passage or f"{price.high:g}" in passage
    for found in (*note.scenarios, *note.setups, *note.biases, *note.statements):
        assert note.text.plain[found.span.start : found.span.end].strip()
