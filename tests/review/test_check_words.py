"""Words that bars confirm or deny, on bars made so that the answer is plain."""

import datetime as dt
from itertools import pairwise

import numpy as np
import pytest
from made_checks import Written, bars_of, of_rule, only, rising, steady, walk

from levelhead.review.check import check_note

RISING, FALLING = bars_of(rising()), bars_of(rising(start=2500.0, step=-2.0))


def verdict_of(plain, bars, rule, **said):
    return only(check_note(Written(plain).says(**said).note, bars), rule)


@pytest.mark.parametrize(("bars", "word"), [(RISING, "above"), (FALLING, "below")], ids=["rising", "falling"])
def test_where_the_price_stands_against_an_average(bars, word):
    other = {"above": "below", "below": "above"}[word]
    right = verdict_of(f"It is {word} the 50-day.", bars, "above or below", kind=word, where=word, names=("last", "sma_50"))
    wrong = verdict_of(f"It is {other} the 50-day.", bars, "above or below", kind=other, where=other, names=("last", "sma_50"))
    assert (right.verdict, wrong.verdict) == ("right", "wrong")
    assert f"49.0 points {word} the 50-day average" in wrong.bars_say


def test_below_while_above_contradicts_the_note_itself_where_it_states_both():
    note = Written("Last 2,098, below the 50-day at 2,049.").value("last", 2098)
    note.says("below", "below", names=("last", "sma_50"), numbers=(2049,))
    assert only(check_note(note.note, RISING), "above or below").verdict == "contradicts itself"


def test_all_averages_are_those_the_note_speaks_of():
    note = Written("20-day 2,079. It is above all averages. 200-day 1,899.").value("sma_20", 2079).value("sma_200", 1899)
    note.says("above", "above all", names=("last", "averages"))
    found = of_rule(check_note(note.note, RISING), "above or below")
    assert [v.statement for v in found] == ["last price above 20-day average", "last price above 200-day average"]


def test_an_average_above_another_is_not_the_price_above_it():
    note = Written("the 50-day is above the 200-day").says("above", "above", names=("last", "sma_200")).note
    found = only(check_note(note, RISING), "above or below")
    assert found.statement == "50-day average above 200-day average"
    assert found.verdict == "right"


@pytest.mark.parametrize(("bars", "kind", "verdict"), [
    (RISING, "rising", "right"), (RISING, "falling", "wrong"), (FALLING, "falling", "right"), (FALLING, "rising", "wrong"),
])  # fmt: skip
def test_which_way_an_average_goes(bars, kind, verdict):
    assert verdict_of(f"The 50-day is {kind}.", bars, "slope", kind=kind, where=kind, names=("sma_50",)).verdict == verdict


def test_flattening_is_moving_less_than_before():
    # The 20-day falls by 20 in ten bars while closes fall by 2 a bar; then the falls become 1 a bar, then 4.
    slower = bars_of(np.concatenate((rising(100, 2000.0, -2.0), rising(30, 1801.0, -1.0))))
    faster = bars_of(np.concatenate((rising(100, 2000.0, -2.0), rising(30, 1798.0, -4.0))))
    right = verdict_of("The 20-day is flattening.", slower, "slope", kind="flattening", where="flattening", names=("sma_20",))
    wrong = verdict_of("The 20-day is flattening.", faster, "slope", kind="flattening", where="flattening", names=("sma_20",))
    assert (right.verdict, wrong.verdict) == ("right", "wrong")
    # Twenty closes that fall by 4 a bar and the twenty before them: the last ten bars take 40 off the mean.
    assert "fell 40.0 points in the last 10 sessions" in wrong.bars_say
    assert "faster than" in wrong.bars_say


def test_a_golden_cross_is_of_two_averages_and_not_of_the_price():
    plain = "Golden cross present"
    right = verdict_of(plain, RISING, "golden cross", kind="golden cross present", where=plain, names=("sma_50", "sma_200"))
    wrong = verdict_of(plain, FALLING, "golden cross", kind="golden cross present", where=plain, names=("sma_50", "sma_200"))
    price = verdict_of(plain, RISING, "golden cross", kind="golden cross present", where=plain, names=("last", "sma_200"))
    assert (right.verdict, wrong.verdict, price.verdict) == ("right", "wrong", "wrong")
    assert "not the price (2,098.0) against it" in price.bars_say
    assert "so it was present, but for another reason" in price.bars_say


def test_a_death_cross_is_the_mirror():
    plain = "Death cross present"
    assert verdict_of(plain, FALLING, "golden cross", kind="death cross present", where=plain).verdict == "right"
    assert verdict_of(plain, RISING, "golden cross", kind="death cross present", where=plain).verdict == "wrong"


def test_oversold_is_below_thirty_and_a_recovery_needs_to_have_been_there():
    fallen = bars_of(np.concatenate((steady(280), rising(20, 1990.0, -8.0))))
    back = bars_of(np.concatenate((steady(280), rising(12, 1990.0, -12.0), rising(8, 1880.0, 16.0))))
    never = bars_of(np.concatenate((steady(280), rising(20, 1990.0, 4.0))))
    oversold = {"kind": "oversold", "where": "oversold", "names": ("rsi_14",)}
    recovered = {"kind": "recovered from oversold", "where": "oversold", "names": ("rsi_14",)}
    assert verdict_of("RSI is oversold", fallen, "RSI", **oversold).verdict == "right"
    assert verdict_of("RSI is oversold", never, "RSI", **oversold).verdict == "wrong"
    assert verdict_of("RSI is back from oversold", back, "RSI", **recovered).verdict == "right"
    no = verdict_of("RSI is back from oversold", never, "RSI", **recovered)
    assert no.verdict == "wrong"
    assert "never below 30" in no.bars_say
    # 35 is not oversold, whatever the low was.
    near = verdict_of("RSI is back from oversold near 35", back, "RSI", **recovered, numbers=(35,))
    assert near.verdict == "wrong"


def test_rsi_above_its_signal_line_says_since_when():
    back = bars_of(np.concatenate((rising(100, 2200.0, -2.0), rising(10, 2010.0, 9.0))))
    found = verdict_of("RSI crossed above its signal", back, "cross", kind="crossed above", where="crossed above",
                       names=("rsi_14", "rsi_14.signal"))  # fmt: skip
    assert found.verdict == "right"
    assert f"since {back.dates[100]}" in found.bars_say
    down = verdict_of("RSI crossed below its signal", back, "cross", kind="crossed below", where="crossed below",
                      names=("rsi_14", "rsi_14.signal"))  # fmt: skip
    assert down.verdict == "wrong"


SUPPORT = np.full(120, 2050.0)
SUPPORT[[60, 80, 100]] = 2004.0  # three days down to the zone 2,000-2,005, none closes below


def test_a_support_that_held_was_met_and_never_closed_below():
    bars = bars_of(SUPPORT, reach=1.0)
    held = verdict_of("Support 2,000–2,005 held three tests.", bars, "held", kind="held", where="held", numbers=(2000, 2005, 3))
    assert held.verdict == "right"
    assert "3 visits met it" in held.bars_say
    four = verdict_of("Support 2,000–2,005 held four tests.", bars, "held", kind="held", where="held", numbers=(2000, 2005, 4))
    assert four.verdict == "wrong"


def test_a_support_that_no_bar_met_was_not_tested():
    bars = bars_of(SUPPORT, reach=1.0)
    found = verdict_of("Support at 1,900 has held.", bars, "held", kind="held", where="held", numbers=(1900,))
    assert found.verdict == "wrong"
    assert "no bar of the last 60 sessions traded below 2,003.0" in found.bars_say


def test_the_months_that_a_test_is_said_of_are_looked_at_one_by_one():
    bars = bars_of(SUPPORT, reach=1.0)  # 2024-01-02 and 120 weekdays: rows 60, 80, 100 are 26 March, 23 April, 21 May
    plain = "Support 2,000–2,005 held in {} and {}."
    right = verdict_of(plain.format("April", "May"), bars, "held", kind="held", where="held", numbers=(2000, 2005))
    wrong = verdict_of(plain.format("February", "May"), bars, "held", kind="held", where="held", numbers=(2000, 2005))
    assert (right.verdict, wrong.verdict) == ("right", "wrong")
    assert "no bar of February 2024 traded below 2,049.0" in wrong.bars_say


def test_intact_means_that_no_close_went_below():
    broken = SUPPORT.copy()
    broken[115] = 1990.0
    kind = {"kind": "remains intact", "where": "remains intact", "numbers": (2000, 2005)}
    plain = "Support 2,000–2,005 remains intact."
    assert verdict_of(plain, bars_of(SUPPORT, reach=1.0), "remains intact", **kind).verdict == "right"
    found = verdict_of(plain, bars_of(broken, reach=1.0), "remains intact", **kind)
    assert found.verdict == "wrong"
    assert f"at 1,990.0 on {bars_of(broken).dates[115]}" in found.bars_say
    assert f"traded at 1,989.0 on {bars_of(broken).dates[115]}" in found.bars_say


def test_a_price_in_another_clause_is_not_what_held():
    note = Written("It is holding near the highs; the odds favour 2,300.").says("held", "holding", numbers=(2300,)).note
    assert of_rule(check_note(note, bars_of(SUPPORT)), "held") == []


def test_an_average_acted_as_support_where_price_came_to_it_and_stayed_above():
    # The 50-day of a series rising by 2 is 49 below it; one bar reaches down to it.
    low = rising() - 5.0
    low[280] = rising()[280] - 50.0
    touched = bars_of(rising(), low=low, high=rising() + 5.0)
    kind = {"kind": "acted as support", "where": "support", "names": ("sma_50",)}
    found = verdict_of("The 50-day acted as support.", touched, "acted as support", **kind)
    assert found.verdict == "right"
    assert "once; none closed below it" in found.bars_say
    far = verdict_of("The 50-day acted as support.", RISING, "acted as support", **kind)
    assert far.verdict == "wrong"
    assert "no bar came within 0.25 ATR(14)" in far.bars_say


def test_reclaimed_for_several_sessions_needs_two_closes_in_a_row():
    once = bars_of(np.concatenate((rising(280, 2500.0, -2.0), [1930.0, 2030.0])))
    twice = bars_of(np.concatenate((rising(280, 2500.0, -2.0), [1930.0, 2030.0, 2034.0])))
    plain = "It reclaimed the 50-day, closing above it for multiple sessions."
    kind = {"kind": "reclaimed", "where": "reclaimed", "names": ("sma_50",)}
    assert verdict_of(plain, once, "reclaimed", **kind).verdict == "wrong"
    assert verdict_of(plain, twice, "reclaimed", **kind).verdict == "right"
    assert verdict_of("It reclaimed the 50-day.", once, "reclaimed", **kind).verdict == "right"
    assert verdict_of("It reclaimed the 50-day.", FALLING, "reclaimed", **kind).verdict == "wrong"


def zigzag(*turns, step=6):
    """Closes that go straight from turn to turn in `step` bars each."""
    legs = [np.linspace(a, b, step, endpoint=False) for a, b in pairwise(turns)]
    return np.append(np.concatenate(legs), turns[-1])


@pytest.mark.parametrize(("turns", "structure"), [
    ((2000, 2100, 2050, 2150, 2090, 2200, 2140), "higher highs and higher lows"),
    ((2200, 2100, 2150, 2050, 2120, 2000, 2060), "lower highs and lower lows"),
])  # fmt: skip
def test_swing_structure(turns, structure):
    bars = bars_of(zigzag(*turns, step=8), reach=1.0)
    other = {"higher highs and higher lows": "lower highs and lower lows"}.get(structure, "higher highs and higher lows")
    assert verdict_of(f"It makes {structure}.", bars, "structure", kind=structure, where=structure).verdict == "right"
    assert verdict_of(f"It makes {other}.", bars, "structure", kind=other, where=other).verdict == "wrong"


@pytest.mark.parametrize(("words", "price", "verdict"), [
    ("February high", 2085.0, "right"), ("February high", 2050.0, "wrong"), ("high of 12 February 2024", 2059.0, "right"),
    ("swing high of 12 February 2024", 2075.0, "wrong"), ("low of January 2024", 1999.0, "right"),
    ("yesterday's high", 2179.0, "right"), ("yesterday's low", 2174.0, "right"), ("recent highs", 2181.0, "right"),
    ("recent highs", 2100.0, "wrong"),
])  # fmt: skip
def test_highs_and_lows_with_a_name(words, price, verdict):
    # Closes rise by 2 from 2,000 on 2024-01-02 to 2,180, bars reach 1 beyond.
    bars = bars_of(rising(91, 2000.0, 2.0), reach=1.0)
    dates = [str(d) for d in bars.dates]
    assert dates[29] == "2024-02-12"  # 2,058, high 2,059
    assert dates[42] == "2024-02-29"  # 2,084, high 2,085
    side = "high" if "high" in words else "low"
    word = words.split()[-1] if words.endswith(("high", "highs", "low")) else side
    found = verdict_of(f"The {words} is {price:,.1f}.", bars, f"named {side}", kind=side, where=word, numbers=(price,))
    assert found.verdict == verdict, found.bars_say


def test_a_fall_is_measured_from_the_high_it_names():
    closes = np.concatenate((rising(60, 2000.0, 2.0), rising(60, 2116.0, -2.0)))
    bars = bars_of(closes, reach=1.0)  # the top is 2,119 on row 59 or 60, the last close 1,998: 5.71 % below
    top = max(bars.high)
    share = 100 * (1 - bars.last / top)
    assert share == pytest.approx(5.71, abs=0.01)
    day = dt.date(2024, 3, 1)
    right = verdict_of("down 6% since its high in March", bars, "drawdown", kind="drawdown", where="6%", numbers=(6,), since=day)
    wrong = verdict_of("down 8% since its high in March", bars, "drawdown", kind="drawdown", where="8%", numbers=(8,), since=day)
    assert (right.verdict, wrong.verdict) == ("right", "wrong")
    assert "5.7% below the high of March 2024" in wrong.bars_say


def test_two_rising_bars_that_hold_the_falling_one_before_engulf_it():
    closes = np.append(steady(100), [1960.0, 1975.0, 2010.0])
    bars = bars_of(closes)
    low = min(bars.low[-2:])
    assert low <= bars.low[-3]
    kind = {"kind": "engulfing up", "where": "engulfing"}
    assert verdict_of(f"engulfing, {low:,.0f}", bars, "candles", **kind, numbers=(low,)).verdict == "right"
    assert verdict_of("engulfing, 1,999", bars, "candles", **kind, numbers=(1999,)).verdict == "wrong"
    assert verdict_of("engulfing", FALLING, "candles", **kind).verdict == "wrong"


@pytest.mark.parametrize("kind", ["lags", "leads", "keeps pace", "channel broken", "trendline broken"])
def test_what_other_bars_or_drawn_lines_would_tell_cannot_be_checked(kind):
    found = check_note(Written(f"It {kind}.").says(kind, kind).note, RISING)
    assert [v.verdict for v in found] == ["cannot be checked"]


def test_a_statement_said_twice_is_judged_once():
    note = Written("It is above the 50-day. Yes, it is above the 50-day.")
    note.says("above", "above", names=("last", "sma_50")).says("above", "Yes, it is above", names=("last", "sma_50"))
    assert len(check_note(note.note, RISING)) == 1


def test_verdicts_come_in_the_order_of_the_text_and_point_into_it():
    plain = "RSI 100. The 50-day is 2,049 and rising. It is above the 200-day at 1,899."
    note = Written(plain).value("sma_200", 1899).value("sma_50", 2049).value("rsi_14", 100, where="RSI 100")
    note.says("rising", "rising", names=("sma_50",)).says("above", "above", names=("last", "sma_200"))
    spans = [v.span for v in check_note(note.note, RISING)]
    assert spans == sorted(spans)
    assert all(0 <= s.start <= s.end <= len(plain) for s in spans)


def test_walks_of_any_kind_are_judged_without_a_stumble():
    for seed in range(5):
        bars = bars_of(walk(120, seed=seed))
        note = Written("high 2,000 low 1,900 held 1,950 rising above engulfing trendline").says("high", "high", numbers=(2000,))
        note.says("held", "held", numbers=(1950,)).says("rising", "rising", names=("sma_100",))
        note.says("above", "above", names=("last", "sma_200")).says("engulfing down", "engulfing").says(
            "trendline held", "trendline"
        )
        assert check_note(note.note, bars)
