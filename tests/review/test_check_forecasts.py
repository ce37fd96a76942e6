"""Scenarios, setups and levels of a note against each other: every figure here is worked out by hand."""

import pytest
from made_checks import FUTURE, Written, bars_of, of_rule, only, rising

from levelhead.review.check import check_note

BARS = bars_of(rising())  # the last close is 2,098, ATR(14) 12: bars reach 5 beyond, from close to close 2


def judged(note, rule):
    return of_rule(check_note(note.note, BARS), rule)


def table(*rows):
    """A note whose scenarios stand in a table: direction, probability, title, and prices by name."""
    note = Written("\n".join(f"| {title} | {share} |" for _, share, title, _ in rows), horizon=12)
    for direction, share, title, prices in rows:
        note.scenario(direction, share, title=title, **prices)
    return note


WHOLE = (
    ("up", 0.40, "Break above 2,150", {"trigger": (2150, 2150), "target": (2200, 2200)}),
    ("range", 0.35, "Range 2,050–2,150", {"zone": (2050, 2150)}),
    ("down", 0.25, "Break below 2,050", {"trigger": (2050, 2050), "target": (2000, 2000)}),
)


def test_scenarios_that_sum_to_a_hundred_and_cover_every_price_have_no_fault():
    found = check_note(table(*WHOLE).note, BARS)
    assert [v.verdict for v in found if v.rule == "probabilities"] == ["right"]
    assert not [v for v in found if v.is_fault]


@pytest.mark.parametrize(("shares", "verdict", "words"), [
    ((0.40, 0.35, 0.25), "right", "sum to 100%"),
    ((0.33, 0.33, 0.33), "right", "sum to 99%"),
    ((0.40, 0.35, 0.15), "contradicts itself", "sum to 90%, so 10% is left to nobody"),
    ((0.50, 0.45, 0.25), "contradicts itself", "sum to 120%, so 20% is given twice"),
])  # fmt: skip
def test_probabilities_sum_to_a_hundred(shares, verdict, words):
    rows = [(direction, share, title, prices) for (direction, _, title, prices), share in zip(WHOLE, shares, strict=True)]
    found = only(check_note(table(*rows).note, BARS), "probabilities")
    assert found.verdict == verdict
    assert words in found.bars_say


def test_bounds_of_probabilities_may_hold_a_hundred():
    rows = [(d, share, t, p) for (d, _, t, p), share in zip(WHOLE, ((0.4, 0.5), (0.3, 0.4), (0.1, 0.2)), strict=True)]
    assert only(check_note(table(*rows).note, BARS), "probabilities").verdict == "right"


def test_a_single_probability_sums_to_nothing():
    assert not judged(table(WHOLE[0]), "probabilities")


def test_prices_between_a_range_and_a_target_belong_to_nobody():
    rows = (
        ("up", 0.45, "New high (2,180–2,200)", {"target": (2180, 2200)}),
        ("range", 0.35, "Range (2,050–2,150)", {"zone": (2050, 2150)}),
        ("down", 0.20, "Pullback toward 2,030–2,050", {"target": (2030, 2050)}),
    )
    found = only(check_note(table(*rows).note, BARS), "coverage")
    assert found.verdict == "contradicts itself"
    assert found.bars_say == (
        "2,150.0–2,180.0 belongs to no scenario although the probabilities sum to 100%; "
        "taken by where the price ends, nothing above 2,200.0 or below 2,030.0 belongs to one either."
    )


def test_what_must_be_reclaimed_inside_the_range_bounds_nothing():
    rows = (
        ("up", 0.5, "Bounce toward 2,180–2,200", {"target": (2180, 2200), "trigger": (2140, 2140)}),
        *WHOLE[1:2],
        ("down", 0.15, "Break below 2,050", {"trigger": (2050, 2050), "target": (2000, 2000)}),
    )
    found = only(check_note(table(*rows).note, BARS), "coverage")
    assert found.bars_say.startswith("2,150.0–2,180.0 belongs to no scenario although")


def test_a_zone_of_the_notes_own_in_the_gap_is_named():
    rows = (
        ("up", 0.4, "Through 2,150", {"trigger": (2150, 2150)}),
        ("range", 0.4, "Range 2,080–2,150", {"zone": (2080, 2150)}),
        ("down", 0.2, "Pullback to 2,000–2,020", {"target": (2000, 2020)}),
    )
    note = table(*rows)
    note.plain += "\nLine in the sand 2,050–2,070"
    note.level("support", 2050, 2070, where="2,050–2,070")
    found = only(check_note(note.note, BARS), "coverage")
    assert "2,020.0–2,080.0 belongs to no scenario" in found.bars_say
    assert "so neither does the note's own zone 2,050.0–2,070.0" in found.bars_say


def test_prices_that_two_scenarios_cover_are_told():
    rows = (
        ("up", 0.4, "Above 2,150", {"target": (2130, 2200)}),
        *WHOLE[1:],
    )
    found = only(check_note(table(*rows).note, BARS), "coverage")
    assert found.bars_say == "2,130.0–2,150.0 belongs to two scenarios."


def test_a_table_that_asks_which_price_trades_first_leaves_nothing_out():
    rows = (
        ("up", 0.4, "2,150 trades first", {"target": (2200, 2200)}),
        ("range", 0.35, "neither price trades", {"zone": (2050, 2150)}),
        ("down", 0.25, "2,050 trades first", {"target": (2000, 2000)}),
    )
    assert not judged(table(*rows), "coverage")


def test_a_case_stated_by_an_average_beside_cases_stated_by_prices_is_told():
    rows = (*WHOLE[:2], ("down", 0.25, "Break of the 50-day MA", {"target": (2000, 2050)}))
    found = [v for v in judged(table(*rows), "coverage") if v.verdict == "cannot be checked"]
    assert len(found) == 1
    assert "stated by a moving average (50-day)" in found[0].bars_say


@pytest.mark.parametrize(("zone", "words"), [
    ((2000, 2099), "ends at 2,099.0, 1.0 points above the price 2,098.0, 0.08 ATR(14)"),
    ((2000, 2090), "stood 8.0 points above the range 2,000.0–2,090.0"),
    ((2097, 2200), "ends at 2,097.0, 1.0 points below the price"),
])  # fmt: skip
def test_a_range_that_ends_at_the_price_is_as_good_as_left(zone, words):
    note = Written("Range").scenario("range", 0.4, title="Range", zone=zone)
    found = only(check_note(note.note, BARS), "range at price")
    assert found.verdict == "contradicts itself"
    assert words in found.bars_say


# ATR(14) is 12 points, so the noise ends at 6.
@pytest.mark.parametrize(("stop", "is_noise"), [(2085, True), (2084.0, False), (2070, False)])
def test_a_stop_within_half_of_atr_lies_in_the_noise(stop, is_noise):
    note = Written("Buy 2,090").setup("long", (2090, 2090), stop, (2150, 2150), where="Buy 2,090")
    found = judged(note, "noise")
    assert bool(found) == is_noise
    if found:
        assert "5.0 points from the entry, 0.42 ATR(14)" in found[0].bars_say
        assert "ATR(14) was 12.0" in found[0].bars_say


def test_the_noise_of_a_short_is_measured_upward():
    note = Written("Sell 2,110").setup("short", (2110, 2110), 2113, (2050, 2050), where="Sell 2,110")
    assert len(judged(note, "noise")) == 1


@pytest.mark.parametrize(("side", "entry", "stop", "target", "words"), [
    ("long", 2090, 2120, 2150, "The stop 2,120.0 of a long lies above its entry 2,090.0."),
    ("short", 2090, 2060, 2000, "The stop 2,060.0 of a short lies below its entry 2,090.0."),
    ("long", 2090, 2060, 2070, "The target 2,070.0 of a long lies below its entry 2,090.0."),
])  # fmt: skip
def test_stops_and_targets_lie_on_their_sides(side, entry, stop, target, words):
    note = Written("Trade").setup(side, (entry, entry), stop, (target, target), where="Trade")
    assert [v.bars_say for v in judged(note, "setup sides")] == [words]


def praised(*, entry, stop, target, side="long", numbers=()):
    note = Written("Trade. The risk/reward favors it.").setup(side, entry, stop, target, where="Trade")
    return only(check_note(note.says("reward against risk", "risk/reward", numbers=numbers).note, BARS), "reward")


def test_praise_of_a_setup_that_may_pay_less_than_it_risks_contradicts_itself():
    # Entry 2,100, stop 2,050: risk 50. Targets 2,140 to 2,170: 40 / 50 = 0.8 and 70 / 50 = 1.4.
    found = praised(entry=(2100, 2100), stop=2050, target=(2140, 2170))
    assert found.verdict == "contradicts itself"
    assert "pays 0.80 to 1.40 R" in found.bars_say


def test_praise_of_a_setup_that_pays_is_right():
    # Entry 2,080 to 2,100, stop 2,050: worst 150 / 50 = 3 from 2,100 to 2,250, best (2,260 - 2,080) / 30 = 6.
    found = praised(entry=(2080, 2100), stop=2050, target=(2250, 2260))
    assert found.verdict == "right"
    assert "pays 3.00 to 6.00 R" in found.bars_say


def test_a_short_is_reckoned_downward_and_a_stated_ratio_is_held_to_it():
    # Entry 2,100, stop 2,120, target 2,040: 60 / 20 = 3.
    right = praised(side="short", entry=(2100, 2100), stop=2120, target=(2040, 2040), numbers=(3,))
    wrong = praised(side="short", entry=(2100, 2100), stop=2120, target=(2040, 2040), numbers=(5,))
    assert (right.verdict, wrong.verdict) == ("right", "contradicts itself")


def test_one_average_with_two_values_contradicts_itself():
    note = Written("50-day 2,049. Stop below 2,040 (50-day).").value("sma_50", 2049).value("sma_50", 2040)
    found = only(check_note(note.note, BARS), "two values")
    assert found.bars_say == "The 50-day average is given as 2,049 and as 2,040; it stood at 2,049.0 on 2025-02-24."


@pytest.mark.parametrize("other", [2049.4, 2049.0])
def test_rounding_is_no_second_value(other):
    note = Written(f"50-day 2,049 or {other:,.10g} more").value("sma_50", 2049).value("sma_50", other, where=f"{other:,.10g} more")
    assert not judged(note, "two values")


def test_one_resistance_with_several_bounds():
    note = Written("| 2,150–2,170 |\nThe zone 2,150–2,200. Needs 2,200–2,250.")
    note.level("resistance", 2150, 2170, where="2,150–2,170").level("resistance", 2150, 2200, where="2,150–2,200")
    note.bias("medium", "Bullish", 0.5, (2200, 2250), where="2,200–2,250")
    found = only(check_note(note.note, BARS), "same level")
    assert found.statement == "resistance 2,150–2,170, 2,150–2,200 and 2,200–2,250"


def test_neighbours_of_one_table_are_two_levels():
    note = Written("| 2,150–2,170 |\n| 2,170–2,190 |")
    note.level("resistance", 2150, 2170, where="2,150–2,170").level("resistance", 2170, 2190, where="2,170–2,190")
    assert not judged(note, "same level")


@pytest.mark.parametrize(("side", "price", "is_wrong"), [
    ("support", 2150, True), ("support", 2050, False), ("resistance", 2050, True), ("resistance", 2150, False),
    ("support", 2100, False),  # within the day's range of a note that states no price
])  # fmt: skip
def test_support_lies_below_the_price_and_resistance_above(side, price, is_wrong):
    found = judged(Written(f"Level {price:,}").level(side, price), "side of price")
    assert bool(found) == is_wrong


def test_a_level_of_the_text_that_stands_in_no_table_is_told():
    note = Written("| 2,150 |\n| 2,050 |\nThen 2,300.").level("resistance", 2150).level("support", 2050).level("resistance", 2300)
    found = only(check_note(note.note, BARS), "no table")
    assert found.bars_say == "2,300.0, 202.0 points above the price, stands in no table of levels or scenarios."
    housed = Written("| 2,150 |\n| 2,050 |\nThen 2,300.").level("resistance", 2150).level("support", 2050)
    housed.level("resistance", 2300).scenario("up", title="Then", target=(2290, 2310))
    assert not judged(housed, "no table")


def test_prices_off_the_tick_grid_are_told_with_their_neighbours():
    note = Written("Buy 2,090.05").setup("long", (2090.05, 2090.05), 2060, (2150, 2150), where="Buy 2,090.05")
    found = only(check_note(note.note, BARS), "tick")
    assert found.bars_say == "2,090.05 is not on the tick grid of RTY (0.1); the nearest prices are 2,090.0 and 2,090.1."


def test_averages_are_computed_and_need_no_tick():
    assert not judged(Written("50-day 2,049.03").level("support", 2049.03, kind="average", name="sma_50"), "tick")


def test_what_nobody_could_settle_is_listed():
    bare = Written("Up to 2,200").scenario("up", 0.6, title="Up to 2,200", target=(2200, 2200))
    found = only(check_note(bare.note, BARS), "resolution")
    assert found.verdict == "cannot be checked"
    assert found.bars_say == (
        "Of its scenarios the note does not say whether a touch or a close decides, by when and in which contract."
    )
    full = Written("RTYH5: a close above 2,200", horizon=12)
    full.scenario("up", 0.6, where="a close above 2,200", target=(2200, 2200), trigger_how="close")
    assert not judged(full, "resolution")


def test_cash_and_future_prices_in_one_note_are_told():
    note = Written("The cash index at 2,095 and futures at 2,098.")
    found = only(check_note(note.note, BARS), "mixed frames")
    assert "Prices of RUT and of its future RTY" in found.bars_say


def test_an_instrument_of_unknown_tick_has_no_tick_check():
    from dataclasses import replace

    bars = replace(BARS, instrument=replace(FUTURE, tick=None))
    note = Written("Buy 2,090.05").setup("long", (2090.05, 2090.05), 2060, (2150, 2150), where="Buy 2,090.05").note
    assert not of_rule(check_note(note, bars), "tick")


def test_thirty_seconds_may_be_printed_with_two_decimals():
    from dataclasses import replace

    # 2,090 17/32 is 2,090.53125; 2,090.51 is none
    bars = replace(BARS, instrument=replace(FUTURE, tick=1 / 32, decimals=5))
    for price, words in ((2090.53, []), (2090.53125, []), (2090.51, ["2,090.51 is not on the tick grid of RTY (0.03125)"])):
        note = Written(f"Buy {price:,}").setup("long", (price, price), 2060, (2150, 2150), where=f"Buy {price:,}").note
        assert [v.bars_say.partition(";")[0] for v in of_rule(check_note(note, bars), "tick")] == words
