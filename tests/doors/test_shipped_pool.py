"""The artefacts that the package carries are a dated series, and a day uses the last that ended before it."""

import datetime as dt
import math
from collections import Counter

import pytest

from levelhead.doors.shipped import shipped_artefacts, usual_beside
from levelhead.forecast.pooling import KINDS, MEMBERS, outcomes_of_kind

SERIES = shipped_artefacts()


def test_they_are_whole():
    assert {artefact.kind for artefact in SERIES.series} == set(KINDS)
    assert {artefact.family for artefact in SERIES.series} == {"all", "future", "index", "stock"}
    for artefact in SERIES.series:
        assert artefact.members == MEMBERS
        assert artefact.outcomes == outcomes_of_kind(artefact.kind)
        assert math.fsum(artefact.weights) == pytest.approx(1, abs=1e-12)
        assert all(0 <= weight <= 1 for weight in artefact.weights)
        assert artefact.first < artefact.last <= dt.date(2018, 12, 31)
        assert artefact.digest.startswith("sha256:")


def test_each_year_has_its_own():
    years = Counter(artefact.last.year for artefact in SERIES.series if artefact.family == "all" and artefact.kind == "split")
    assert years == dict.fromkeys(range(1997, 2019), 1)


@pytest.mark.parametrize(
    ("day", "ended"), [(dt.date(2010, 6, 1), 2009), (dt.date(2009, 12, 31), 2009), (dt.date(2026, 1, 5), 2018)]
)
def test_a_day_uses_the_last_that_ended_before_it(day, ended):
    for kind in KINDS:
        artefact = SERIES.at(day, ("RTY", "future"), kind=kind)
        assert artefact.family == "future"
        assert artefact.last.year == ended
        assert artefact.last < day


def test_before_the_first_nothing_is_pooled():
    assert all(SERIES.at(dt.date(1997, 6, 1), ("SPY", "stock"), kind=kind) is None for kind in KINDS)


def test_an_instrument_of_no_class_has_everyones():
    assert SERIES.at(dt.date(2020, 1, 1), ("ZZZ", "unknown")).family == "all"


def test_they_are_what_is_usual():
    assert usual_beside().artefacts is SERIES
