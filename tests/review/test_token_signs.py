"""A sign that is asked before a dear expression never hides what the expression would find."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from levelhead.review.tokens import _SPECIALS, _asked, tokens_of

HERE = Path(__file__).parent
NOTES = [p for p in sorted((HERE / "corpus").iterdir()) if p.suffix != ".json"][::3]
LINES = sorted({line.strip() for p in NOTES for line in p.read_text("utf-8", "replace").splitlines()})
SAID = [json.loads(line) for p in sorted((HERE / "phrases").glob("*.jsonl")) for line in p.read_text("utf-8").splitlines()]
TEXTS = [*LINES, *(said.get("text") or said["note"] for said in SAID)]


@pytest.mark.parametrize("special", _SPECIALS, ids=lambda special: special[1].pattern[:24])
def test_where_an_expression_is_its_sign_is_too(special):
    kind, expression, reading, sign = special
    hidden = [text for text in TEXTS if special not in _asked(text, text.lower()) or not sign(text, text.lower())]
    assert not [text for text in hidden if any(reading(kind, text, found) for found in expression.finditer(text))]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("seven in ten", "percent"),
        ("(3/5)", "percent"),
        ("prob .45", "percent"),
        ("weight 0.30", "percent"),
        ("sixty per cent", "percent"),
        ("2:1 odds", "percent"),
        ("a third each", "percent"),
        ("R", "word"),
        ("s 2,350", "word"),
        ("\U0001f534 2,350", "word"),
        ("52-week high", "word"),
        ("(record)", "word"),
        ("fifty-day", "average"),
        ("EMA(20)", "average"),
        ("20 and fifty line", "average"),
        ("Stochastics", "oscillator"),
        ("4 Nov", "date"),
        ("2025-03-13", "date"),
        ("14:30", "time"),
        ("8 a.m.", "time"),
        ("61.8% fib", "count"),
        ("Support 2: 2,350", "count"),
        ("write to desk@example.org", "count"),
        ("200-300-4000", "count"),
        ("#12", "count"),
        ("Q3", "count"),
        ("3 touches", "count"),
        ("fig. 4", "count"),
        ("PP", "pivot"),
        ("(P)", "pivot"),
        ("S3", "pivot"),
        ("gold", "instrument"),
        ("two quarters", "horizon"),
        ("since 2023", "date"),
    ],
)
def test_the_shortest_way_of_saying_each_has_its_sign(text, kind):
    assert kind in [token.kind for token in tokens_of(text)]
