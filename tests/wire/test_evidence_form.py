"""Evidence as JSON: the same evidence the same bytes, and nothing else is taken for it."""

import datetime as dt
import json

import pytest

from levelhead.domain.errors import BadSettings
from levelhead.domain.evidence import Evidence, Measure, Tried
from levelhead.wire.evidence import evidence_json, read_evidence

UP = Measure(name="up", value=33 / 61, low=0.43, high=0.65, base=0.56, placebo=0.55, spread=0.06)
MOVE = Measure(name="move", value=0.12, low=None, high=None, base=0.1, placebo=0.11, spread=0.2)
TRIED = Tried(
    family="event",
    kind="rsi.signal_crossed",
    side="bullish",
    called="RSI crossing above its signal line",
    sessions=12,
    happened=90,
    cases=61,
    independent=61,
    days=2000,
    measures=(UP, MOVE),
    p=0.8,
    corrected=1.0,
)
EVIDENCE = Evidence(
    symbol="RTY",
    timeframe="1d",
    first=dt.date(2017, 7, 10),
    last=dt.date(2025, 3, 13),
    bars=1931,
    digest="sha256:00",
    draws={"event": 2000},
    tests={"event": 1},
    tried=(TRIED,),
)


def test_what_was_written_is_read_again():
    text = evidence_json(EVIDENCE)
    read = read_evidence(text)
    assert evidence_json(read) == text
    assert read.tried[0].measure("up").value == pytest.approx(33 / 61, rel=1e-6)
    assert read.tried[0].measure("move").low is None
    assert read.last == dt.date(2025, 3, 13)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda document: document.update(schema="0"), "schema '0'"),
        (lambda document: document.pop("tried"), "is no evidence"),
        (lambda document: document["tried"][0].update(family="omen"), "omen"),
        (lambda document: document["tried"][0]["measures"][0].update(value=None), "is no evidence"),
        (lambda document: document.update(last="yesterday"), "is no evidence"),
    ],
)
def test_anything_else_is_refused_in_one_sentence(change, words):
    document = json.loads(evidence_json(EVIDENCE))
    change(document)
    with pytest.raises(BadSettings, match=words):
        read_evidence(json.dumps(document), where="the file")


@pytest.mark.parametrize("text", ["", "[]", "{}", "3", "null", '{"schema": "1"}'])
def test_no_json_is_taken_for_evidence_that_is_none(text):
    with pytest.raises(BadSettings, match="the file"):
        read_evidence(text, where="the file")
