"""A zone made the short way is the one that its own constructor makes."""

import datetime as dt
from dataclasses import FrozenInstanceError, fields

import pytest

from levelhead.domain.level import Level, Zone, level_of, zone_of

JULY, AUGUST = dt.date(2024, 7, 31), dt.date(2024, 8, 30)
WHOLE = {
    "low": 2210.5,
    "high": 2214.0,
    "levels": (Level(price=2212.0, kind="swing", source="swing_high_2024_07_31", label="swing high", happened_on=JULY),),
    "touches": (JULY, AUGUST),
    "age": 40,
    "strength": 0.5,
    "weights": (0.6,),
    "key": "high_2024_07_31",
    "kind": "swing",
    "held": (AUGUST,),
    "passes": ((AUGUST, -1),),
}


def test_a_zone_made_the_short_way_is_the_same_zone():
    short, usual = zone_of(**WHOLE), Zone(**WHOLE)
    assert type(short) is Zone
    assert short == usual
    assert repr(short) == repr(usual)
    assert [getattr(short, field.name) for field in fields(Zone)] == [getattr(usual, field.name) for field in fields(Zone)]


def test_a_level_made_the_short_way_is_the_same_level():
    parts = (2212.0, "swing", "swing_high_2024_07_31", "swing high", JULY, AUGUST)
    names = [field.name for field in fields(Level)]
    short, usual = level_of(*parts), Level(**dict(zip(names, parts, strict=True)))
    assert type(short) is Level
    assert (short, repr(short), hash(short)) == (usual, repr(usual), hash(usual))
    assert [getattr(short, name) for name in names] == list(parts)


def test_neither_ever_changes():
    with pytest.raises(FrozenInstanceError):
        zone_of(**WHOLE).low = 1.0
    with pytest.raises(FrozenInstanceError):
        level_of(1.0, "round", "round_1", "round number 1", None, None).price = 2.0
