"""Any text, page or PDF gives a reading or one clear sentence, and no more of either than there is in it."""

from __future__ import annotations

import json
import os
import random
from collections import Counter
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_hostile import mutated, pdfs, repeated

from levelhead.domain.errors import BadNote
from levelhead.doors.reading_report import reading_text
from levelhead.review.document import reading_document, reading_schema
from levelhead.review.read import read_note
from levelhead.review.said import OthersNote
from levelhead.review.source import text_of

CORPUS = [p.read_bytes() for p in sorted((Path(__file__).parent / "corpus").iterdir()) if p.suffix != ".json"]
PARTS = ("indicators", "levels", "scenarios", "setups", "biases", "statements", "not_understood")
SMALL = 2_500  # bytes of a hostile text in the suite; benchmarks/review_fuzz.py takes five million
IN_A_CHUNK = 40
CHUNKS = range(50 if os.environ.get("LEVELHEAD_SOAK") else 1)
VALIDATOR = jsonschema.Draft202012Validator(reading_schema())


def read(data: bytes) -> OthersNote | str:
    """The reading, or the sentence in which the note was refused."""
    try:
        return read_note(text_of(data))
    except BadNote as error:
        return str(error)


def held(data: bytes) -> str:
    """Reads the note, holds the reading to what must be true of any, and says what came of it."""
    found = read(data)
    if isinstance(found, str):
        assert found.endswith((".", "…"))
        assert len(found) < 400
        assert "\n" not in found
        return "refused"
    plain = found.text.plain
    for part in PARTS:
        items = getattr(found, part)
        assert len(items) <= 1 + len(plain) / 2
        for item in items:
            assert 0 <= item.span.start <= item.span.end <= len(plain)
    document = reading_document(found)
    written = json.dumps(document, allow_nan=False)
    VALIDATOR.validate(json.loads(written))
    # what a reading holds of a text is in proportion to it, however often the text says the same
    assert len(written) < 20_000 + 100 * len(plain)
    assert reading_text(document, 100).replace("\n", "").isprintable(), "nothing that moves a cursor"
    for level in found.levels:
        assert 0 < level.price.low <= level.price.high
    return "read"


def test_no_text_that_says_one_thing_again_and_again_is_too_much():
    came = Counter(held(data) for _, data in repeated(SMALL))
    assert came["read"] > 100
    assert came["refused"] > 2  # nothing but scripts, bytes of nought, more elements inside each other than any page has


@pytest.mark.parametrize(("name", "data"), [pdf for pdf in pdfs() if "letters" not in pdf[0]], ids=lambda value: str(value)[:30])
def test_no_damaged_pdf_is_more_than_a_sentence(name, data):
    assert held(data) == "refused" or name == "pdf with a huge number"


@given(st.one_of(st.binary(max_size=400), st.text(max_size=400).map(lambda words: words.encode("utf-8", "replace"))))
def test_any_bytes_are_read_or_refused(data):
    held(data)


SAID = """
Support Resistance at near above below 2,350 2,350–2,360 45% (45%) | NEWLINE - : , . the if RTY 50-day MA stop target Buy long
short Bullish Bearish range-bound scenario RSI (14) pivot S1 R1 high low weeks next 1–3 to and or of 117’17 ~ ≈ $111K 7,100+
"""
WORDS = st.sampled_from(SAID.split()).map(lambda word: "\n" if word == "NEWLINE" else word)


@given(st.lists(WORDS, max_size=120))
def test_any_words_of_the_trade_in_any_order_are_read(words):
    held(" ".join(words).encode())


@given(st.lists(WORDS, max_size=60))
def test_the_same_note_always_reads_the_same(words):
    data = " ".join(words).encode()
    assert read(data) == read(data)


@pytest.mark.long
@pytest.mark.parametrize("chunk", CHUNKS)
def test_an_honest_note_that_was_spoiled_is_read_or_refused(chunk, record_property):
    chance = random.Random(chunk)
    came = Counter(held(mutated(chance.choice(CORPUS), chance, CORPUS)) for _ in range(IN_A_CHUNK))
    for what, count in came.items():
        record_property(f"spoiled notes {what}", count)
    assert came["read"] > IN_A_CHUNK / 2
