"""Every digit of a note's prose traces to a reference."""

import copy
import re

import made_note
import pytest

from levelhead.render.literals import literal_digits, texts
from levelhead.render.markdown import template, to_markdown
from levelhead.render.words import spans
from levelhead.wire.document import to_document

DOCUMENT = to_document(made_note.made_note())


@pytest.mark.parametrize("standing", ["live", "replayed"])
@pytest.mark.parametrize("with_setups", [True, False])
def test_every_digit_of_the_page_came_from_a_reference_or_is_a_name_of_the_trade(standing, with_setups):
    assert literal_digits(to_document(made_note.made_note(standing, with_setups=with_setups))) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The average stands at 2,229.3 today.", ["2", "229", "3"]),
        ("Within 12 sessions.", ["12"]),
        ("A 45% chance.", ["45"]),
        ("The 50-day average, RSI(14), ATR(14), the 52-week high, pivot R1.", []),
        ("The Russell 2000 (RTY) as RTYU5 or M2K.", []),
        ("It leads ES over 20 sessions.", []),
        ("It leads ES over 30 sessions.", ["30"]),
        ("On 8 September 2025.", []),
        ("On 9 September 2025.", ["9", "2025"]),
        ("At {sma_50} and {sma_200|0}.", []),
    ],
)
def test_a_digit_that_no_reference_printed_is_found(text, found):
    document = copy.deepcopy(DOCUMENT)
    document["sections"][0]["paragraphs"] = [text]
    leftover = literal_digits(document)
    assert len(leftover) == len(set(leftover))
    assert sorted({digits for context in leftover for digits in re.findall(r"\d+", context) if digits in found}) == sorted(
        set(found)
    )
    assert bool(leftover) == bool(found)


def test_texts_that_no_page_prints_are_searched_too():
    document = to_document(made_note.made_note(with_setups=False))
    document["setups"]["best"]["reason"] = "The stop stands seven, or 7.77, points away."
    assert "7.77" not in to_markdown(document)
    assert len(literal_digits(document)) == 2
    assert all("7.77" in found for found in literal_digits(document))
    assert "The stop stands seven, or 7.77, points away." in list(texts(document))


def test_most_numbers_of_the_page_lead_to_a_fact_or_estimate():
    refs = [span.ref for span in spans(template(DOCUMENT), DOCUMENT) if span.ref]
    explained = [ref for ref in refs if not ref.startswith("/")]
    assert len(explained) > 80
    assert all(ref in DOCUMENT["facts"] or ref in DOCUMENT["estimates"] for ref in explained)
    # the rest are fields of the note: its dates, horizons and counts
    assert {ref.rsplit("/", 1)[1] for ref in refs if ref.startswith("/")} <= {
        "as_of",
        "ends_on",
        "undecided",
        "fill_within",
        "exit_within",
        "expected_error",
        "base_count",
        "base_windows",
        "tried",
        "bars",
        "first",
        "last",
    }
