"""What changed from one note to the next."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from made_documents import bar, level, made_document, plan

from levelhead.domain.errors import BadNote
from levelhead.ledger.diff import changes, changes_document

FLAT = [bar(100.0)] * 4


def levels_of(found):
    return {change.name: change.change for change in found.levels}


def compared(later_bars, old=(), new=(), **more):
    earlier = made_document(FLAT, levels=list(old), **more)
    return changes(earlier, made_document(FLAT + later_bars, levels=list(new)))


def test_a_level_is_broken_by_two_closes_beyond_it():
    resistance = level("r1", "resistance", 102.0, 103.0)
    assert levels_of(compared([bar(104.0), bar(104.0)], [resistance], [resistance | {"side": "support"}])) == {"r1": "broken"}
    assert levels_of(compared([bar(104.0), bar(102.5)], [resistance], [resistance])) == {"r1": "tested"}


def test_a_level_that_the_price_has_passed_by_one_close_has_turned():
    resistance = level("r1", "resistance", 102.0, 103.0)
    assert levels_of(compared([bar(100.0), bar(104.0)], [resistance], [resistance | {"side": "support"}])) == {"r1": "turned"}


def test_a_level_that_no_bar_reached_and_both_notes_have_has_not_changed():
    far = level("r2", "resistance", 120.0, 121.0)
    assert levels_of(compared([bar(100.0)], [far], [far | {"name": "r1"}])) == {}


def test_levels_come_and_go():
    old, new = level("s1", "support", 80.0, 81.0), level("s2", "support", 70.0, 71.0)
    assert levels_of(compared([bar(100.0)], [old], [new])) == {"s1": "gone", "s2": "new"}


def test_levels_are_the_same_by_their_sources_before_their_place():
    # two zones overlap the old one; the one made of the same swing is it, and the other is new
    old = level("r1", "resistance", 120.0, 122.0, sources=("swing_high_2025_01_06",))
    other = level("r1", "resistance", 121.5, 122.5, sources=("round_122",))
    same = level("r2", "resistance", 120.5, 121.0, sources=("swing_high_2025_01_06",))
    found = compared([bar(100.0)], [old], [other, same])
    assert [(change.change, change.low) for change in found.levels] == [("new", 121.5)]


def test_an_earlier_claim_loses_by_time_and_gains_by_price():
    earlier = made_document(FLAT, said=(0.3, 0.4, 0.3))
    later = made_document([*FLAT, bar(104.0), bar(104.0)], said=(0.5, 0.4, 0.1))
    rows = {(row.about, row.outcome): row for row in changes(earlier, later).chances}
    up = rows["claim", "up"]
    assert up.before == 0.3
    assert up.parts.price > 0 > up.parts.time
    assert up.parts.volatility == pytest.approx(0.0, abs=1e-12)
    assert up.after == pytest.approx(0.3 + up.parts.price + up.parts.time + up.parts.rest)
    table = rows["table", "up"]
    assert (table.before, table.after, table.parts.time) == (0.3, 0.5, 0.0)
    assert table.after - table.before == pytest.approx(table.parts.price + table.parts.rest)


def test_more_volatility_raises_the_chance_of_both_prices():
    rows = {row.outcome: row for row in changes(made_document(FLAT), made_document([*FLAT, bar(100.0)], sigma=2.0)).chances
            if row.about == "claim"}  # fmt: skip
    assert rows["up"].parts.volatility > 0
    assert rows["range"].parts.volatility < 0


def test_a_claim_that_came_true_in_between_says_when():
    found = changes(made_document(FLAT), made_document([*FLAT, bar(104.0, high=110.0), bar(104.0)]))
    (row,) = [row for row in found.chances if row.about == "claim"]
    assert (row.outcome, row.before, row.after, row.settled_on, row.parts) == ("up", 0.3, 1.0, dt.date(2025, 3, 7), None)


BUY = "long limit 98 stop 95 target 104 fill within 5 exit within 15"


def setups_of(later_bars, new=()):
    earlier = made_document(FLAT, setups={"plans": [plan("1", BUY, entry=98.0, stop=95.0)], "best": None})
    return [
        (row.change, row.result_low)
        for row in changes(earlier, made_document(FLAT + later_bars, setups={"plans": list(new)})).setups
    ]


def test_plans_are_filled_stopped_kept_or_withdrawn():
    assert setups_of([bar(99.0, low=97.5)]) == [("filled", None)]
    assert setups_of([bar(99.5)]) == [("cancelled", None)]
    assert setups_of([bar(99.5)], [plan("1", BUY, entry=98.2, stop=95.0)]) == [("kept", None)]
    assert setups_of([bar(99.5)], [plan("1", BUY, entry=99.9, stop=95.0)]) == [("cancelled", None), ("new", None)]
    ((became, result),) = setups_of([bar(99.0, low=97.5), bar(94.0, high=96.0, low=93.0)])
    assert became == "stop"
    assert result <= -1.0


def outlook(bias, change_at):
    thirds = {name: {"probability": 1 / 3} for name in ("up", "flat", "down")}
    return [{"name": "short term", "sessions": 10, "bias": bias, "change_at": change_at, **thirds}]


def test_a_bias_that_changed_stands_beside_the_one_before():
    found = changes(
        made_document(FLAT, outlook=outlook("bullish", 95.0)), made_document([*FLAT, bar(99)], outlook=outlook("neutral", None))
    )
    (row,) = found.biases
    assert (row.before, row.after, row.change_at_before, row.change_at_after) == ("bullish", "neutral", 95.0, None)


def test_an_average_that_the_price_crossed_is_named():
    sides = [{"sma_50": 99.0, "sma_50.side": side} for side in ("above", "below")]
    found = changes(made_document(FLAT, facts=sides[0]), made_document([*FLAT, bar(98.0)], facts=sides[1]))
    assert [(row.name, row.side, row.value) for row in found.averages] == [("sma_50", "below", 99.0)]


def test_a_roll_in_between_moves_the_earlier_prices_by_its_gap():
    roll = {
        "date": "2025-03-07",
        "from_contract": "A",
        "to_contract": "B",
        "gap": 10.0,
        "factor": 1.1,
        "estimated": False,
        "method": "given",
    }
    resistance = level("r1", "resistance", 102.0, 103.0)
    later = made_document([*FLAT, bar(110.0), bar(110.0)], levels=[level("r1", "resistance", 112.0, 113.0)])
    later["provenance"]["rolls"] = [roll]
    later["provenance"]["frame"] = "as traded"
    found = changes(made_document(FLAT, levels=[resistance]), later)
    assert found.gap == 10.0
    assert found.levels == ()  # one level, untouched: 110 of the new contract is 100 of the old one
    up = next(row for row in found.chances if row.about == "claim" and row.outcome == "up")
    assert up.parts.price == pytest.approx(0.0, abs=1e-12)


def test_a_later_note_whose_chart_does_not_reach_back_says_nothing_of_what_was_tested():
    later = made_document([*FLAT, bar(104.0), bar(104.0)])
    for name in ("dates", "open", "high", "low", "close"):
        later["series"][name] = later["series"][name][-2:]
    found = changes(made_document(FLAT, levels=[level("r1", "resistance", 102.0, 103.0)]), later)
    assert found.passed is None
    assert levels_of(found) == {"r1": "turned"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"as_of": "2025-03-06"}, "give the earlier one first"),
        ({"instrument": {"symbol": "OTHER"}}, "compare two notes of one instrument"),
        ({"provenance": {"timeframe": "1w"}}, "compare two of one timeframe"),
        ({"facts": {}}, "cannot be compared"),
    ],
)
def test_notes_that_cannot_be_compared_are_refused(change, words):
    with pytest.raises(BadNote, match=words):
        changes(made_document(FLAT), made_document([*FLAT, bar(100.0)]) | change)


def test_the_document_of_changes_is_plain_json():
    found = changes(made_document(FLAT), made_document([*FLAT, bar(104.0, high=110.0)]))
    document = changes_document(found)
    assert json.loads(json.dumps(document)) == document
    assert document["after"] == "2025-03-07"


def test_zones_of_one_name_are_one_level_wherever_it_has_moved():
    # the 50-day average went from 120 to 124, which is far; without a name it is one gone and one new
    old = level("r1", "resistance", 120.0, 120.0, sources=("sma_50",))
    new = level("r1", "resistance", 124.0, 124.0, sources=("sma_50",))
    assert levels_of(compared([bar(100.0)], [old | {"key": "sma_50"}], [new | {"key": "sma_50"}])) == {}
    assert sorted(change.change for change in compared([bar(100.0)], [old], [new]).levels) == ["gone", "new"]
