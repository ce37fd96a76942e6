"""Breadth, credit and positions in sentences."""

from __future__ import annotations

import datetime as dt

import pytest

from levelhead.desk.draft import Draft
from levelhead.desk.market_words import breadth_words, credit_words, position_words
from levelhead.domain.fact import Fact


def word(value: str, **inputs: float) -> Fact:
    return Fact(value=value, unit="word", meaning="", formula="", inputs=inputs)


def count(value: float) -> Fact:
    return Fact(value=value, unit="count", meaning="", formula="", inputs={})


def breadth(ended: int, *more: str) -> Draft:
    names = ("symbols", "above_50", "advances", *more)
    return Draft(
        {f"breadth.{name}": count(10) for name in names} | {"breadth.ended": count(ended), "breadth.universe": word("ALL")}
    )


@pytest.mark.parametrize(
    ("ended", "told"),
    [
        (0, "None of its symbols has ended by now: a list of survivors, which flatters its past."),
        (1, "{breadth.ended} of its symbols has ended by now; others that ended may be absent from it."),
        (7, "{breadth.ended} of its symbols have ended by now; others that ended may be absent from it."),
    ],
)
def test_what_a_list_leaves_out_is_said(ended, told):
    assert breadth_words(breadth(ended)).endswith(told)


def test_a_place_is_told_where_it_is_known_and_explained_once():
    assert breadth_words(breadth(0)).startswith(
        "Breadth of {breadth.symbols} symbols of {breadth.universe}: {breadth.above_50|0} stand above the mean of their own last "
        "fifty closes; advances less declines {breadth.advances|signed}. "
    )
    told = breadth_words(breadth(0, "advances.place"))
    assert "in brackets the share of the past year in which it was not higher: {breadth.above_50|0} stand above" in told
    assert "advances less declines {breadth.advances|signed} ({breadth.advances.place|0})." in told
    assert breadth_words(Draft({})) == ""


@pytest.mark.parametrize(
    ("stance", "own", "credit", "told"),
    [
        ("confirms", 5.0, 2.0, "It confirms the way RTY went in that time."),
        ("diverges", 5.0, -2.0, "It diverges from RTY, which went the other way in that time."),
        ("neither", 0.5, -2.0, "It neither confirms nor diverges: in that time RTY moved too little to count."),
        ("neither", 5.0, -0.9, "It neither confirms nor diverges: in that time credit moved too little to count."),
        ("neither", 0.1, 0.1, "It neither confirms nor diverges: in that time RTY and credit moved too little to count."),
    ],
)
def test_which_of_the_two_stood_still_is_named(stance, own, credit, told):
    moved = word(stance, own_change=own, own_bound=1.0, credit_change=credit, credit_bound=1.0)
    said = credit_words(Draft({"credit.side": word("below"), "credit.slope": word("flat"), "credit.stance": moved}), "RTY")
    assert said == (
        "Credit: {credit.pair} is below the mean of its own last fifty closes, which is flat, and has changed by "
        f"{{credit.change_20|signed}} in four weeks. {told}"
    )


@pytest.mark.parametrize(
    ("side", "held"),
    [("short", "{cot.net|abs} contracts net short, {cot.share|abs} of open interest"), ("flat", "as many contracts long as short")],
)
def test_the_last_report_is_told_with_both_its_days(side, held):
    day = Fact(value="2025-03-04", unit="date", meaning="", formula="", date=dt.date(2025, 3, 4))
    said = position_words(Draft({"cot.net": count(5), "cot.side": word(side), "cot.report": day, "cot.released": day}))
    assert said == f"Positions: {{cot.group}} held {held}, in the report of {{cot.report|day}}, released on {{cot.released|day}}."
    assert position_words(Draft({})) == ""
