"""Values that a note gives in passing: in a list of levels, far from where the price trades, as a distance."""

from __future__ import annotations

import pytest

from levelhead.review.read import read_note
from levelhead.review.source import text_of


def values(note: str) -> dict[str, float]:
    return {i.name: i.value.low for i in read_note(text_of(note.encode())).indicators}


@pytest.mark.parametrize(
    ("note", "name", "value"),
    [
        ("IWM last 231.40.\n- 226.10 support (50 day)\n- 236.00 resistance", "sma_50", 226.1),
        ("Cocoa last 8,410. Supports 8,240 and 8,015 supp = 34ema.", "ema_34", 8015.0),
        ("ES 6,430 last. Support is seen at 6,371, where the 20-day average runs, and at 6,302.", "sma_20", 6371.0),
        ("ES 6,430 last. Support is seen at 6,371, home to the 20-day EMA, then at 6,302.", "ema_20", 6371.0),
    ],
)
def test_a_price_that_a_list_of_levels_gives_to_an_average_is_its_value(note: str, name: str, value: float) -> None:
    assert values(note)[name] == value


def test_an_average_whose_value_follows_takes_nothing_from_the_level_before_it() -> None:
    assert values("ES 6,430 last. Support at 6,371, where the 50-day at 6,365 is near.")["sma_50"] == 6365.0


def test_a_years_extremes_may_lie_far_from_the_price() -> None:
    assert values("VIX last 18.20. Its 52-week high is 61.40, its 52-week low 11.90. Support 17.40.") == {
        "last": 18.2,
        "high_52w": 61.4,
        "low_52w": 11.9,
    }


@pytest.mark.parametrize(
    ("note", "name", "value"),
    [
        ("Gold closed at 4,150. It stands 6.4% above its 50-day average, 3,900.", "distance_to_sma_50_pct", 6.4),
        (
            "| Reading | Value |\n|---|---|\n| 50-d SMA | 52.90 |\n| Distance to the 200-d SMA | 21.5% |",
            "distance_to_sma_200_pct",
            21.5,
        ),
        ("SOL 142.10 last. The record is 294.00 and the drawdown from it amounts to 51.7%.", "drawdown_pct", 51.7),
    ],
)
def test_distances_are_read_from_averages_as_from_highs(note: str, name: str, value: float) -> None:
    assert values(note)[name] == value


@pytest.mark.parametrize(
    "note",
    [
        "ES closed at 6,430. 61% of members trade above their 50-day average.",
        "ES closed at 6,430. Volume was 84% of its 20-day average.",
        "ES closed at 6,430. Backtest: 188 trades, win rate 57%, drawdown 12.1%.",
    ],
)
def test_shares_of_members_volumes_and_accounts_are_no_distances(note: str) -> None:
    assert set(values(note)) == {"last"}
