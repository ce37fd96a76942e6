"""Values that running prose gives: behind an insertion, before a clause, beside what is not theirs."""

from __future__ import annotations

import pytest

from levelhead.review.read import read_note
from levelhead.review.source import text_of


def values(note: str) -> dict[str, float]:
    return {i.name: i.value.low for i in read_note(text_of(note.encode())).indicators if i.name != "last"}


@pytest.mark.parametrize(
    ("sentence", "name", "value"),
    [
        ("The RSI, which printed 81 two weeks ago, has cooled to 55.3.", "rsi_14", 55.3),
        ("The 14-day RSI, after a dip to 38 on Monday, is back at 47.9.", "rsi_14", 47.9),
        ("The RSI (down from 66) now reads 58.2.", "rsi_14", 58.2),
        ("The RSI closed at 61.7 and is not overbought.", "rsi_14", 61.7),
        ("A reader asks about RSI. The daily one is 44.1, no more.", "rsi_14", 44.1),
        ("RSI below 70? Yes: 63.4.", "rsi_14", 63.4),
        ("RSI still climbing but not extended, 62.8.", "rsi_14", 62.8),
        ("14-Day Relative Strength 52.18%", "rsi_14", 52.18),
        ("The average true range over 14 days amounts to 38.4.", "atr_14", 38.4),
        ("The 50-day is well under the market at 2,190.", "sma_50", 2190.0),
        ("The 'so-called' \"200-day\" is a long way down at 2,044, and not in play.", "sma_200", 2044.0),
        ("The 20-day EMA is rising through 2,302.", "ema_20", 2302.0),
        ("Resistance at 2,340 and 2,366; the 50-day moving average sits in between at 2,351.", "sma_50", 2351.0),
        ("Resistance is at 2,327, which is the 50-day simple average, and at 2,370.", "sma_50", 2327.0),
        ("Buyers wait at 2,295 (support, 20-day moving average) and at 2,252 (support, bought twice).", "sma_20", 2295.0),
    ],
)
def test_a_value_is_found_behind_what_is_inserted_before_it(sentence: str, name: str, value: float) -> None:
    assert values(f"Russell 2000 futures closed at 2,310. {sentence}") == {name: value}


@pytest.mark.parametrize(
    "sentence",
    [
        "Realised vol (10d) 11.9, implied (30d) 17.3.",
        "Storage stands at 3,114, five-yr avg -128.",
        "If buyers push it through its 50-day, the 2,350 mark is next.",
        "RSI has room to 70, and the RSI was above 70 for 5 days.",
        "Edges lower to near 2,305, nine-day EMA underneath.",
    ],
)
def test_what_stands_beside_a_name_in_a_clause_of_its_own_is_no_value(sentence: str) -> None:
    assert values(f"Russell 2000 futures closed at 2,310. {sentence}") == {}
