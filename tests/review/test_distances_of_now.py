"""A share is a distance where it says how far the note's market lies from its record or average now."""

import pytest

from levelhead.review.read import read_note
from levelhead.review.source import text_of

NOTE = "RTY daily note, 14 March 2025\n\nThe Russell 2000 future last traded at 2,056.4. {}\n\nSupport 2,020, resistance 2,100."


def values(words):
    found = read_note(text_of(NOTE.format(words).encode(), name="a note")).indicators
    return sorted(f"{i.name} {i.value.low:g}" for i in found if i.name != "last")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("It came within 3% of its 2021 all-time high of 2,466 overnight.", ["all_time_high 2466"]),
        ("The index has fallen 1.6% from Monday's peak.", []),
        ("It has shed 3.4% from the September peak.", []),
        ("SOX is 4% below its 200-day and has been for most of the year.", []),
        ("Regional banks are down 12% from their January high.", []),
        ("Gold is a mere 2% from its record.", []),
        ("A rally of 20% from here would bring it to the all-time high.", []),
        ("That would be 10% below the record.", []),
        ("Since the all-time high of 25 November 2024 (2,466) it has lost 16.6%.", ["all_time_high 2466", "drawdown_pct 16.6"]),
        ("The correction from the highs now measures 16.6%.", ["drawdown_pct 16.6"]),
        ("The Russell stands 5.3% below its 200-day average.", ["distance_to_sma_200_pct 5.3"]),
        ("Small caps are 17% below the all-time high set in November.", ["drawdown_pct 17"]),
    ],
)
def test_a_share_is_a_distance_of_this_market_now(words, expected):
    assert values(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The 50-day average has risen from 2,120 a month ago to 2,164.", ["sma_50 2164"]),
        ("The 50-day average, 2,120 a month ago, is now 2,164.", ["sma_50 2164"]),
        ("The future lost the 200-day SMA (2,171) eleven days ago.", ["sma_200 2171"]),
        ("The 50-day SMA is rolling over at 2,109; the death cross is near.", ["sma_50 2109"]),
        ("In 2022 the 200-day average was at 1,960.", []),
        ("The 50 period moving average on the 4-hour chart is at 2,071.", ["sma_50h 2071"]),
        ("All-time high of 25 November 2024: 2,466.", ["all_time_high 2466"]),
    ],
)
def test_an_average_has_its_value_of_now(words, expected):
    assert values(words) == expected


def test_a_label_of_a_distance_is_one():
    note = "BTC last 61,150\n\n| All-time high | 73,750 |\n|---|---|\n| Distance from ATH | -17.1% |\n\nSupport 60,000"
    found = read_note(text_of(note.encode(), name="a note")).indicators
    assert ("distance_to_all_time_high_pct", -17.1) in [(i.name, i.value.low) for i in found]
