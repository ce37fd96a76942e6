"""Facts and windows made the short way are those that their own constructors make."""

import datetime as dt
from dataclasses import FrozenInstanceError, fields, replace

import pytest

from levelhead.domain.fact import Fact, Window, fact_of, window_of

JULY, AUGUST = dt.date(2024, 7, 31), dt.date(2024, 8, 30)
WINDOW = Window(column="close", first=JULY, last=AUGUST, count=23, peer="IWM")
WHOLE = {
    "value": 2210.5,
    "unit": "price",
    "meaning": "the pivot",
    "formula": "mean(closes)",
    "inputs": {"high": 2336.25},
    "windows": (WINDOW,),
    "date": JULY,
    "known_on": AUGUST,
}
PLAIN = {name: WHOLE[name] for name in ("value", "unit", "meaning", "formula")}


@pytest.mark.parametrize("given", [WHOLE, PLAIN], ids=["whole", "plain"])
def test_a_fact_made_the_short_way_is_the_same_fact(given):
    short, usual = fact_of(**given), Fact(**given)
    assert type(short) is Fact
    assert short == usual
    assert repr(short) == repr(usual)
    assert [getattr(short, field.name) for field in fields(Fact)] == [getattr(usual, field.name) for field in fields(Fact)]


def test_two_facts_made_the_short_way_share_no_inputs():
    assert fact_of(**PLAIN).inputs is not fact_of(**PLAIN).inputs


def test_a_window_made_the_short_way_is_the_same_window():
    assert window_of("close", JULY, AUGUST, 23, "IWM") == WINDOW
    assert window_of("low", JULY, AUGUST, 3) == Window(column="low", first=JULY, last=AUGUST, count=3)
    assert hash(window_of("close", JULY, AUGUST, 23, "IWM")) == hash(WINDOW)


@pytest.mark.parametrize(("made", "name"), [(fact_of(**WHOLE), "value"), (window_of("low", JULY, AUGUST, 3), "count")])
def test_what_was_made_the_short_way_never_changes(made, name):
    with pytest.raises(FrozenInstanceError):
        setattr(made, name, 1)
    assert replace(made, **{name: 1}) != made
