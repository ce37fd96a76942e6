"""What a note ties a price to: the high, average, line, gap or round number that made it."""

from __future__ import annotations

import pytest

from levelhead.review.read import read_note
from levelhead.review.source import text_of


def kinds(said: str) -> dict[float, str]:
    return {level.price.low: level.kind for level in read_note(text_of(said.encode())).levels}


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Gold last 2,380. Sellers wait at 2,442, the May high; that is resistance.", "extreme"),
        ("Gold last 2,380. Resistance 2,442 dollars, the summit of 20 May.", "extreme"),
        ("Gold last 2,380. Resistance at 2,442, which is where the metal topped out in May.", "extreme"),
        ("Gold last 2,380. Resistance is at 2,442 or thereabouts, two highs there.", "extreme"),
        ("Gold last 2,380. Resistance is at 2,442. That was the May peak.", "extreme"),
        ("Gold last 2,380. The metal peaked in May at 2,442, and that is resistance.", "extreme"),
        ("Gold last 2,380. Resistance lies at 2,442, home of the 50-day average.", "average"),
        ("Gold last 2,380. Resistance lies at 2,442, where the 50-day average runs.", "average"),
        ("Gold last 2,380. It broke the trend line in May; that line is now resistance at 2,442.", "line"),
        ("Gold last 2,380.\n\n- 2,442, resistance. Highs of Monday and Tuesday.", "extreme"),
        ("Gold last 2,380. Its 50-day average, 2,442, falls. Resistance: 2,442.", "average"),
        ("Gold last 2,380. I have 2,442 as resistance above that; it's where the 50-day average comes in.", "average"),
        ("Gold last 2,380. Highs to beat (resistance): 2,402 (6 May), 2,442 (20 May).", "extreme"),
        ("Copper last 9,905. Consumer buying: support 9,860/t (50 DMA).", "average"),
        ("Gold last 2,380. Two swing highs, 2,402 and 2,442, are resistance.", "extreme"),
        ("Gold last 2,380. Resistance: 2,442, the falling trendline.", "line"),
        ("Gold last 2,380. Resistance: 2,442 (line drawn off the May peak).", "line"),
        ("Gold last 2,380. Resistance at 2,500, such a round number.", "round"),
        ("Gold last 2,380. Resistance at 2,442, the 61.8% retracement.", "fibonacci"),
    ],
)
def test_a_price_is_of_the_kind_of_what_made_it(said: str, kind: str) -> None:
    assert set(kinds(said).values()) == {kind}


def test_words_that_lead_to_the_next_price_are_the_next_ones() -> None:
    assert kinds("Gold last 2,380. Support at 2,351, then the June low at 2,287.") == {2351.0: "level", 2287.0: "extreme"}
    assert kinds("Gold last 2,380. Resistance is 2,402; the 50-day average at 2,431 is resistance too.") == {
        2402.0: "level",
        2431.0: "average",
    }


def test_words_before_a_semicolon_are_of_the_price_before_it() -> None:
    assert kinds("Gold last 2,380. Resistance sits at 2,402, the May high; beyond that resistance is 2,442.") == {
        2402.0: "extreme",
        2442.0: "level",
    }


def test_the_latter_is_the_last_price() -> None:
    assert kinds("Gold last 2,380. Resistance is at 2,402 and 2,442; the second one is the all-time high.") == {
        2402.0: "level",
        2442.0: "extreme",
    }


@pytest.mark.parametrize(
    "said",
    [
        "Gold last 2,380. Support at 2,351 has seen high volume.",
        "Gold last 2,380. Support at 2,351, a new low is not expected there.",
        "Gold last 2,380. Support at 2,351, the bottom of the shelf.",
        "Gold last 2,380. Support at 2,351, not a round number.",
    ],
)
def test_words_that_only_stand_near_make_nothing(said: str) -> None:
    assert kinds(said) == {2351.0: "level"}
