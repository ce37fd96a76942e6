"""Printed values against bars whose averages are known by arithmetic."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_checks import FUTURE, Written, bars_of, of_rule, only, rising, steady, walk

from levelhead.domain.errors import BadDate
from levelhead.domain.instrument import Instrument
from levelhead.review.check import check_note

# 300 closes 1,500, 1,502, ... 2,098: the mean of the last n is 2,098 - (n - 1).
RISING = bars_of(rising())


@pytest.mark.parametrize(("name", "value"), [("sma_20", 2079), ("sma_50", 2049), ("sma_100", 1999), ("sma_200", 1899)])
def test_an_average_that_stands_there_is_right(name, value):
    verdict = only(check_note(Written(f"The average is at {value:,}.").value(name, value).note, RISING), "average")
    assert verdict.verdict == "right"
    assert f"{value:,}.0" in verdict.bars_say


def test_adx_is_no_price_and_stands_on_no_grid():
    # of bars that only rise it is 100
    found = [v for v in check_note(Written("ADX(14) at 60.").value("adx_14", 60).note, RISING) if "ADX" in v.statement]
    assert [v.bars_say for v in found] == ["ADX(14) stood at 100.00 on 2025-02-24, not 60."]


def test_the_hundred_day_called_the_fifty_day_is_wrong_and_named():
    # The 50-day is 2,049, the 100-day 1,999, which the zone holds.
    verdict = only(check_note(Written("1,990–2,010 is the 50-day.").value("sma_50", 1990, 2010).note, RISING), "average")
    assert verdict.verdict == "wrong"
    assert verdict.bars_say == (
        "The 50-day average stood at 2,049.0 on 2025-02-24, not in 1,990–2,010; that is the 100-day average (1,999.0)."
    )


def test_a_value_of_another_day_is_named_with_that_day():
    # The 50-day was 2,019 when the close was 2,068, 15 bars before the last of 2,098.
    verdict = only(check_note(Written("The 50-day is 2,019.").value("sma_50", 2019).note, RISING), "average")
    assert verdict.verdict == "wrong"
    assert verdict.bars_say.endswith(f"not 2,019; it was right on {RISING.dates[-16]}.")


@pytest.mark.parametrize("printed", [2049.0, 2049.9, 2048.1, 2050.0])
def test_rounding_and_another_feed_are_allowed_for(printed):
    # ATR is 12: 0.05 of it is 0.6, less than 0.1 per cent; with a unit of the last digit 0.7 for 2,049.9 and 1.6 for 2,050.
    verdict = only(check_note(Written(f"At {printed:,.10g}.").value("sma_50", printed).note, RISING), "average")
    assert verdict.verdict == ("right" if printed in (2049.0, 2050.0) else "wrong")


def test_an_exponential_average_is_accepted_where_the_note_does_not_say_simple():
    closes = walk()
    bars = bars_of(closes)
    weight, value = 2 / 51, closes[:50].mean()
    for close in closes[50:]:
        value += weight * (close - value)
    simple = closes[-50:].mean()
    assert abs(value - simple) > 10
    plain = f"The 50-day is at {value:,.1f}."
    printed = round(value, 1)
    verdict = only(check_note(Written(plain).value("sma_50", printed, words="50-day MA").note, bars), "average")
    assert verdict.verdict == "right"
    assert "exponential" in verdict.bars_say
    said_simple = Written(plain).value("sma_50", printed, words="50-day SMA").note
    assert only(check_note(said_simple, bars), "average").verdict == "wrong"


def test_rsi_of_a_rising_series_is_a_hundred():
    assert only(check_note(Written("RSI 100").value("rsi_14", 100).note, RISING), "RSI").verdict == "right"
    assert only(check_note(Written("RSI 62").value("rsi_14", 62).note, RISING), "RSI").verdict == "wrong"


def test_a_stated_price_within_the_session_takes_the_place_of_the_close():
    # 49 closes 2,000 to 2,096 and the stated 2,101: the mean is (49 * 2,048 + 2,101) / 50 = 2,049.06.
    note = Written("Last 2,101.0, 50-day 2,049.06.").value("last", 2101.0, where="2,101.0").value("sma_50", 2049.06).note
    verdicts = check_note(note, RISING)
    assert only(verdicts, "last price").verdict == "right"
    assert "closed at 2,098.0" in only(verdicts, "last price").bars_say
    assert "2,049.1" in only(verdicts, "average").bars_say


def test_a_stated_price_outside_the_session_is_wrong_and_found_on_its_day():
    verdict = only(check_note(Written("Last 2,050.").value("last", 2050).note, RISING), "last price")
    assert verdict.verdict == "wrong"
    assert verdict.bars_say.endswith(f"{RISING.dates[-25]} closed there.")  # 2,098 - 24 * 2


def test_a_number_of_another_scale_is_no_price_of_this_instrument():
    verdict = only(check_note(Written("100-day 3").value("sma_100", 3).note, RISING), "average")
    assert verdict.verdict == "cannot be checked"


def test_the_all_time_high_and_the_distance_to_it():
    closes = np.append(steady(), 1900.0)
    bars = bars_of(closes)  # the highest high is 2,015; 2,015 / 1,900 - 1 = 6.05 %, 1 - 1,900 / 2,015 = 5.71 %
    note = Written("ATH 2,015, about 6.1% away; last 1,900").value("all_time_high", 2015).value("last", 1900)
    note = note.value("distance_to_all_time_high_pct", 6.1, about=True).note
    verdicts = check_note(note, bars)
    assert [v.verdict for v in verdicts if v.rule in ("extreme", "distance")] == ["right", "right"]
    wrong = Written("ATH 2,040; last 1,900").value("all_time_high", 2040).value("last", 1900).note
    assert only(check_note(wrong, bars), "extreme").verdict == "wrong"


def test_too_few_bars_are_said_and_nothing_is_called_wrong():
    verdict = only(check_note(Written("The 200-day is 1,899.").value("sma_200", 1899).note, bars_of(rising(150))), "average")
    assert verdict.verdict == "cannot be checked"
    assert "150" in verdict.bars_say


@pytest.mark.parametrize("name", ["stochastic", "vwap", "put_call_ratio"])
def test_what_prices_alone_do_not_give_cannot_be_checked(name):
    verdicts = check_note(Written("It reads 71.").value(name, 71).note, RISING)
    assert [v.verdict for v in verdicts] == ["cannot be checked"]


def test_pivots_tell_their_kind_and_period():
    closes = walk(300)
    bars = bars_of(closes)
    month = (bars.dates >= np.datetime64("2025-01-01")) & (bars.dates <= np.datetime64("2025-01-31"))
    high, low, close = bars.high[month].max(), bars.low[month].min(), bars.close[month][-1]
    p = (high + low + close) / 3
    plain = f"P {p:,.0f} S1 {2 * p - high:,.0f} R1 {2 * p - low:,.0f}"
    note = Written(plain)
    for name, value in (("p", p), ("s1", 2 * p - high), ("r1", 2 * p - low)):
        note.value(f"pivot.{name}", float(f"{value:.0f}"), where=f"{value:,.0f}")
    verdicts = check_note(note.note, bars)
    assert [v.verdict for v in of_rule(verdicts, "pivot")] == ["right"] * 3
    assert all("traditional monthly" in v.bars_say and "January 2025" in v.bars_say for v in of_rule(verdicts, "pivot"))
    assert "kind and period" in only(verdicts, "pivot not said").bars_say


def test_one_wrong_pivot_among_right_ones_is_told_what_it_is():
    closes = walk(300)
    bars = bars_of(closes)
    month = (bars.dates >= np.datetime64("2025-01-01")) & (bars.dates <= np.datetime64("2025-01-31"))
    high, low, close = bars.high[month].max(), bars.low[month].min(), bars.close[month][-1]
    p = (high + low + close) / 3
    values = {"p": p, "r1": 2 * p - low, "s1": p - (high - low)}  # what is called S1 is S2
    plain = "Monthly pivots: " + ", ".join(f"{n.upper()} {v:,.1f}" for n, v in values.items())
    note = Written(plain)
    for name, value in values.items():
        note.value(f"pivot.{name}", round(value, 1), where=f"{value:,.1f}")
    wrong = [v for v in check_note(note.note, bars) if v.rule == "pivot" and v.verdict == "wrong"]
    assert len(wrong) == 1
    assert "is its S2" in wrong[0].bars_say


def test_the_day_is_the_one_given_then_the_one_printed_then_the_one_that_fits():
    day = RISING.stamp(-40)  # the close was 2,098 - 78 = 2,020, the 50-day 1,971
    plain = "Last 2,020, 50-day 1,971, 100-day 1,921"
    undated = Written(plain).value("last", 2020).value("sma_50", 1971).value("sma_100", 1921)
    assert all(v.verdict == "right" for v in check_note(undated.note, RISING))
    dated = Written(plain, date=day).value("last", 2020).value("sma_50", 1971).value("sma_100", 1921)
    assert all(v.verdict == "right" for v in check_note(dated.note, RISING))
    given = check_note(undated.note, RISING, as_of=RISING.as_of)
    assert [v.verdict for v in given] == ["wrong"] * 3


def test_a_wrong_date_is_told_with_the_day_on_which_the_figures_are_right():
    day, printed = RISING.stamp(-40), RISING.stamp(-60)
    words = f"{printed}"
    plain = f"{words}: last 2,020, 50-day 1,971, 100-day 1,921"
    note = Written(plain, date=printed, date_words=words).value("last", 2020).value("sma_50", 1971).value("sma_100", 1921).note
    verdict = only(check_note(note, RISING), "date")
    assert verdict.verdict == "wrong"
    assert f"are right on {day}, not on the printed date" in verdict.bars_say
    assert plain[verdict.span.start : verdict.span.end] == words


def test_a_date_that_the_bars_do_not_reach_is_refused_or_found_out():
    late = dt.date(2031, 5, 5)
    with pytest.raises(BadDate, match=r"The note is of 2031-05-05 and the bars run from 2024-01-02 to"):
        check_note(Written("50-day 1,200", date=late).value("sma_50", 1200).note, RISING)


def test_bars_of_another_instrument_say_nothing():
    verdicts = check_note(Written("ES: the 50-day is 5,400", symbol="ES").value("sma_50", 5400).note, RISING)
    assert [(v.rule, v.verdict) for v in verdicts] == [("instrument", "cannot be checked")]


def test_bars_whose_instrument_nobody_described_are_taken_for_the_notes():
    bars = bars_of(rising(), instrument=Instrument.unknown("MINE"))
    assert only(check_note(Written("ES 2,049", symbol="ES").value("sma_50", 2049).note, bars), "average").verdict == "right"


def test_the_future_is_not_looked_at():
    closes = walk()
    before, day = bars_of(closes), None
    day = before.stamp(299)
    rewritten = np.concatenate((closes[:300], 5000 + np.arange(100.0) * 17))
    plain = "Last 2,000, 50-day 1,950, high 2,100"
    note = Written(plain).value("last", 2000).value("sma_50", 1950).says("high", "high", numbers=(2100,)).note
    assert check_note(note, before, as_of=day) == check_note(note, bars_of(rewritten), as_of=day)
    assert check_note(note, before, as_of=day) == check_note(note, before.until(day), as_of=day)


def test_prices_stand_on_the_tick_grid():
    quarter = Instrument(symbol="ES", name="E-mini", short_name="S&P 500", kind="future", tick=0.25, decimals=2, months="HMUZ")
    bars = bars_of(walk(), instrument=quarter)
    printed = float(np.round(bars.close[-50:].mean()))
    verdict = only(check_note(Written(f"{printed:,.10g}", symbol="ES").value("sma_50", printed).note, bars), "average")
    value = float(verdict.bars_say.split(" stood at ")[1].split(" ")[0].replace(",", ""))
    assert value * 4 == round(value * 4)
    assert FUTURE.tick == 0.1


@settings(max_examples=40)
@given(
    seed=st.integers(0, 10_000), name=st.sampled_from(["sma_20", "sma_50", "sma_100", "sma_200"]), digits=st.sampled_from([0, 1]),
    off=st.sampled_from([-1, 1]) | st.none(),
)  # fmt: skip
def test_a_rounded_value_is_right_and_one_that_is_half_an_atr_off_is_wrong(seed, name, digits, off):
    bars = bars_of(walk(260, seed=seed))
    value = float(np.mean(bars.close[-int(name.removeprefix("sma_")) :]))
    spans = np.maximum(bars.high[1:], bars.close[:-1]) - np.minimum(bars.low[1:], bars.close[:-1])
    printed = round(value + (0 if off is None else off * max(spans[-28:].mean(), 4.0)), digits)
    note = Written(f"It is {printed:,.10g}.").value(name, printed, words="simple").note
    assert only(check_note(note, bars), "average").verdict == ("right" if off is None else "wrong")


@settings(max_examples=25)
@given(seed=st.integers(0, 10_000), cut=st.integers(30, 250), new=st.integers(1, 9000))
def test_no_verdict_knows_a_later_bar(seed, cut, new):
    closes = walk(260, seed=seed)
    bars = bars_of(closes)
    day = bars.stamp(cut - 1)
    other = bars_of(np.concatenate((closes[:cut], np.full(260 - cut, float(new)))))
    plain = "Last 2,000, 50-day 1,950, RSI 50, ATH 2,100; recent highs 2,050; support 1,900 held; rising; above; golden cross"
    note = Written(plain).value("last", 2000).value("sma_50", 1950).value("rsi_14", 50, where="RSI 50")
    note.value("all_time_high", 2100).says("high", "highs", numbers=(2050,)).says("held", "held", numbers=(1900,))
    note.says("rising", "rising", names=("sma_20",)).says("above", "above", names=("last", "sma_100"))
    note.says("golden cross present", "golden cross")
    seen = check_note(note.note, bars, as_of=day)
    assert seen == check_note(note.note, other, as_of=day)
    assert len(seen) >= 8
