"""Text with references, resolved."""

import made_note
import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead.domain.errors import BadNote
from levelhead.render.words import Span, known, literal, plain, spans
from levelhead.wire.document import to_document

DOCUMENT = to_document(made_note.made_note())


def test_text_is_cut_into_words_and_references():
    assert spans("RSI(14) reads {rsi_14}, signal {rsi_14.signal|2}.", DOCUMENT) == (
        Span("RSI(14) reads "),
        Span("58.3", "rsi_14"),
        Span(", signal "),
        Span("55.10", "rsi_14.signal"),
        Span("."),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{all_time_high} on {all_time_high@date}", "2,477.1 on 25 November 2024"),
        ("{all_time_high@date|day}", "Monday 25 November"),
        ("{all_time_high@date|month}", "November 2024"),
        ("{structure|Word}, known on {structure@known_on}", "Higher highs and higher lows, known on 8 September 2025"),
        ("{scenario.up.probability}", "43%"),
        ("{scenario.up.probability@error}", "0.5%"),
        ("{scenario.up.probability@error|2}", "0.48%"),
        ("{scenario.up.probability@base_rate}", "41%"),
        ("{scenario.up.probability@base_count} days, {scenario.up.probability@windows} apart", "1,900 days, 158 apart"),
        ("{setup.1.target_1_r}", "+0.99 R"),
        ("{relative.ES.return_20|abs|0}", "2%"),
        ("{/scenarios/ends_on}", "24 September 2025"),
        ("{/setups/plans/0/fill_within}", "5"),
        ("{/setups/plans/0/expected_error|abs}", "0.01 R"),
        ("{{braces}} stand for themselves", "{braces} stand for themselves"),
        ("", ""),
    ],
)
def test_a_reference_prints_what_it_names(text, expected):
    assert plain(text, DOCUMENT) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{sma_51}", r"\{sma_51\} names no fact or estimate"),
        ("{}", r"\{\} names no fact"),
        ("{sma_50|loud}", r"\{sma_50\|loud\} cannot be printed: the style 'loud'"),
        ("{sma_50@colour}", r"\{sma_50@colour\} asks for an attribute that is not one of date, known_on"),
        ("{scenario.up.probability@date}", r"not one of base_count, base_rate, error, windows"),
        ("{sma_50@date}", r"\{sma_50@date\} asks for the date of sma_50, which has none"),
        ("{setup.1.entry@error}", "which has none"),
        ("{/scenarios/nothing}", "points at no field"),
        ("{/scenarios/scenarios/9/said}", "points at no field"),
        ("{/scenarios}", "cannot be printed"),
        ("one { alone", "brace that belongs to no reference"),
        ("one } alone", "brace that belongs to no reference"),
        ("{nested {sma_50}}", "brace that belongs to no reference"),
    ],
)
def test_a_reference_that_cannot_be_printed_is_named(text, message):
    with pytest.raises(BadNote, match=message):
        plain(text, DOCUMENT)


def test_a_value_that_is_not_finite_is_never_printed():
    document = {**DOCUMENT, "facts": {"broken": {"value": float("nan"), "unit": "price"}}}
    with pytest.raises(BadNote, match=r"\{broken\} cannot be printed: the number nan is not finite"):
        plain("{broken}", document)


def test_the_house_style_reaches_every_reference():
    document = {**DOCUMENT, "house": {**DOCUMENT["house"], "thousands": ".", "decimal": ","}}
    assert plain("{all_time_high} {change_pct|abs|2} {setup.1.risk_RTY}", document).startswith("2.477,1 ")


@given(st.text())
def test_literal_text_prints_itself(text):
    assert plain(literal(text), DOCUMENT) == text


@given(st.text(alphabet="{}|@/.sma_50"))
def test_broken_text_raises_nothing_but_bad_note(text):
    try:
        printed = plain(text, DOCUMENT)
    except BadNote:
        printed = ""
    assert "{sma_50}" not in printed or "{{" in text


def test_names_are_known_or_not():
    assert known("sma_50", DOCUMENT)
    assert known("scenario.up.said", DOCUMENT)
    assert not known("sma_51", DOCUMENT)
