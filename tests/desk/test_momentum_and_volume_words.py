"""Momentum, volatility and volume in sentences: said where they matter, silent where nothing is known."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from levelhead.desk.draft import Draft
from levelhead.desk.momentum_words import momentum_section
from levelhead.desk.volatility_words import volatility_section, volume_section
from levelhead.domain.fact import Fact
from levelhead.reading.volume_bars import SPREAD

DAY = dt.date(2025, 10, 27)


def facts(**values: float | str) -> dict[str, Fact]:
    """Facts by name with '__' for a dot; words are words, numbers are counted from themselves."""
    return {
        name.replace("__", "."): Fact(
            value=value, unit="word" if isinstance(value, str) else "ratio", meaning="", formula="", inputs={}, date=DAY
        )
        for name, value in values.items()
    }


def told(section) -> str:
    return "" if section is None else " ".join(section.paragraphs)


def test_without_volume_nothing_is_said_of_it():
    assert volume_section(Draft(facts(last=100.0))) is None


@pytest.mark.parametrize(("ratio", "word"), [(1.5, "heavy"), (1.49, "usual"), (0.71, "usual"), (0.7, "thin")])
def test_a_volume_is_heavy_usual_or_thin_against_the_sessions_before(ratio, word):
    assert f" was {word}: " in told(volume_section(Draft(facts(volume=1e5, volume__relative=ratio))))


def test_a_hundredth_of_the_usual_volume_is_no_number_of_times():
    text = told(volume_section(Draft(facts(volume=415.0, volume__relative=0.0023))))
    assert text.endswith(
        "was thin: {volume}, not a hundredth of the mean of the twenty before; the record of it may be incomplete."
    )
    assert "{volume.relative|2} times" in told(volume_section(Draft(facts(volume=415.0, volume__relative=0.01))))


def test_a_note_says_which_bars_its_volume_by_price_comes_from():
    spread = Fact(value=100.0, unit="price", meaning=f"poc{SPREAD}", formula="given", inputs={"given": 100.0})
    exact = replace(spread, meaning="poc of the last 252 bars")
    approximated = "Volume by price is approximated from daily bars."
    assert told(volume_section(Draft({"profile.poc": spread}))) == approximated
    assert told(volume_section(Draft({"profile.poc": spread} | facts(profile__bars="daily bars")))) == approximated
    assert volume_section(Draft({"profile.poc": exact})) is None  # of intraday bars
    given = {"profile.poc": exact} | facts(profile__bars="5-minute bars")
    assert told(volume_section(Draft(given))) == "Volume by price is worked out from {profile.bars}."
    partly = Draft(given | facts(vwap_2025_01_02__bars="daily bars"))
    assert told(volume_section(partly)).endswith("{profile.bars} as far as they reach, else approximated from daily bars.")


def test_more_volume_on_falling_days_is_said_so_and_steady_pressure_is_not_said():
    text = told(volume_section(Draft(facts(volume__up_down=0.8, volume__selling_pressure__direction="steady"))))
    assert "less traded on rising than on falling days" in text
    assert "pressure" not in text


@pytest.mark.parametrize(("distribution", "said"), [(3.0, False), (4.0, True)])
def test_days_of_distribution_are_counted_from_four_on(distribution, said):
    days = facts(volume__distribution_days=distribution, volume__accumulation_days=1.0)
    assert ("of distribution" in told(volume_section(Draft(days)))) is said


@pytest.mark.parametrize(
    ("rank", "words"),
    [(100.0, "the most of the past year"), (80.0, "no less than in"), (50.0, ""), (20.0, "had as little"), (79.9, "")],
)
def test_an_unusual_range_is_placed_in_the_past_year(rank, words):
    text = told(volatility_section(Draft(facts(atr_14=10.0, atr_14__pct=1.0, atr_14__percentile=rank))))
    assert words in text
    assert ("; as a share of price" in text) is bool(words)
    assert words or "past year" not in text


def test_a_failed_divergence_is_not_told_and_one_that_stands_is():
    seen = {"divergence__regular": "bearish", "divergence__hidden": "bullish"}
    status = {"divergence__regular__status": "failed", "divergence__hidden__status": "stands"}
    text = told(momentum_section(Draft(facts(**seen, **status))))
    assert "regular" not in text
    assert "A hidden bullish divergence" in text


def test_a_recovery_is_told_with_the_low_it_came_from():
    text = told(
        momentum_section(
            Draft(facts(rsi_14=40.0, rsi_14__zone="bearish half", rsi_14__recovery="recovered", rsi_14__oversold_low=22.0))
        )
    )
    assert "recovered since {rsi_14.recovery@date} from a low of {rsi_14.oversold_low}" in text


@pytest.mark.parametrize(
    ("signal", "kind"),
    [
        ("RSI(14) against its signal line", "RSI"),
        ("MACD against zero", "MACD"),
        ("price against the 100-day exponential average", "price against an average"),
        ("the 50-day average against the 200-day", "the averages against each other"),
    ],
)
def test_the_nearest_change_of_a_signal_names_its_kind(signal, kind):
    assert f"({kind})" in told(momentum_section(Draft(facts(flip__above=101.0, flip__above__of=signal))))


def test_a_close_that_no_session_reaches_is_not_told_as_what_would_change_a_signal():
    near, far = {"flip__above": 104.0, "flip__above__of": "RSI(14) against 50"}, {"flip__below": 60.0, "flip__below__of": "MACD"}
    text = told(momentum_section(Draft(facts(last=100.0, atr_14=2.0, **near, **far))))
    assert text == "A signal would change with the next close above {flip.above} (RSI)."
    calm = told(momentum_section(Draft(facts(last=100.0, atr_14=8.0, **near, **far))))
    assert calm == "A signal would change with the next close above {flip.above} (RSI) or below {flip.below} (MACD)."
