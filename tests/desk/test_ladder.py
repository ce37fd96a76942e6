from __future__ import annotations

import datetime as dt

import pytest
from made_note import RTY

from levelhead.desk.draft import Draft
from levelhead.desk.ladder import enter_rungs, key_levels, label_of, rungs_of, zone_words
from levelhead.desk.roles import roles_of
from levelhead.desk.thesis import Thesis
from levelhead.domain.fact import Fact
from levelhead.domain.level import Level, Zone


def zone(low: float, high: float, *, kind: str = "swing", source: str = "", strength: float = 0.5) -> Zone:
    name = source or f"swing_high_{low:.0f}"
    levels = (
        Level(price=low, kind=kind, source=name, label=f"level {low}"),
        Level(price=high, kind="swing", source=f"{name}_b", label=f"level {high}"),
    )
    return Zone(low=low, high=high, levels=levels, touches=(dt.date(2025, 1, 6),), age=12, strength=strength)


def numbers(**values: float) -> Draft:
    return Draft({n: Fact(value=v, unit="price", meaning=n, formula="given", inputs={"given": v}) for n, v in values.items()})


def test_rungs_count_outward_from_the_price():
    rungs = rungs_of([zone(1900, 1905), zone(1950, 1955), zone(2010, 2015), zone(2100, 2110)], 2000.0)
    assert [r.name for r in rungs] == ["r2", "r1", "s1", "s2"]
    assert [r.near for r in rungs] == [2100, 2010, 1955, 1905]
    assert [r.far for r in rungs] == [2110, 2015, 1950, 1900]


def test_a_zone_that_holds_the_price_is_support_when_price_is_in_its_upper_half():
    assert rungs_of([zone(1990, 2005)], 2000.0)[0].name == "s1"
    assert rungs_of([zone(1998, 2010)], 2000.0)[0].name == "r1"


def test_distances_are_level_minus_price_and_nothing_inside_a_zone():
    draft = numbers(last=2000.0, atr_14=20.0)
    enter_rungs(draft, rungs_of([zone(1950, 1960), zone(1995, 2004), zone(2050, 2060)], 2000.0), RTY)
    assert draft.number("level.r1.points") == 50
    assert draft.number("level.r1.atr") == 2.5
    assert draft.number("level.s1.points") == 0
    assert draft.number("level.s2.points") == -40


def test_key_levels_repeat_the_zone_and_its_facts():
    draft = numbers(last=2000.0, atr_14=20.0)
    rungs = rungs_of([zone(1950, 1960), zone(2050, 2060)], 2000.0)
    enter_rungs(draft, rungs, RTY)
    ladder = key_levels(draft, rungs, {"r1": "immediate", "s1": "line in the sand"})
    assert [(k.name, k.low, k.high, k.role) for k in ladder] == [
        ("r1", 2050, 2060, "immediate"),
        ("s1", 1950, 1960, "line in the sand"),
    ]
    assert draft.number("level.s1.low") == 1950
    assert draft.number("level.s1.high") == 1960


def test_one_price_is_named_once_by_its_most_telling_level():
    levels = (
        Level(price=2477.1, kind="swing", source="a", label="swing high of 25 November 2024"),
        Level(price=2477.1, kind="extreme", source="all_time_high", label="all-time high of 25 November 2024"),
        Level(price=2470.0, kind="average", source="sma_50", label="50-day average"),
    )
    assert label_of(Zone(low=2470, high=2477.1, levels=levels, touches=(), age=None, strength=0.5)) == (
        "50-day average and all-time high of 25 November 2024"
    )


@pytest.mark.parametrize(("lean", "line", "bias"), [(1, "s1", "r1"), (-1, "r1", "s1")])
def test_the_line_in_the_sand_stands_against_the_thesis(lean, line, bias):
    roles = roles_of(rungs_of([zone(1950, 1960), zone(2050, 2060)], 2000.0), None, Thesis(trend="mixed", perspective="", lean=lean))
    assert roles == {line: "line in the sand", bias: "bias-defining"}


def test_what_lies_beyond_the_bias_defining_level_is_extension_and_the_200_day_is_structural():
    zones = [zone(1800, 1805, source="sma_200", strength=0.2), zone(1900, 1905), zone(2050, 2060, strength=0.9), zone(2100, 2105)]
    roles = roles_of(rungs_of(zones, 2000.0), None, Thesis(trend="bullish", perspective="", lean=1))
    assert roles == {"r2": "extension", "r1": "bias-defining", "s1": "line in the sand", "s2": "structural"}


@pytest.mark.parametrize(("low", "high", "between"), [(99.0, 101.0, "–"), (-1.5, -0.9, " to "), (-0.4, 0.1, " to ")])
def test_no_dash_stands_before_a_minus(low, high, between):
    edges = {"level.s1.low": low, "level.s1.high": high}
    draft = Draft(
        {name: Fact(value=value, unit="price", meaning="", formula="x", inputs={"x": value}) for name, value in edges.items()}
    )
    assert zone_words(draft, "s1") == f"{{level.s1.low}}{between}{{level.s1.high}}"
