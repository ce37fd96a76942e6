"""Days that are read together say what each says alone."""

from __future__ import annotations

import gc
import weakref

import pytest
from made_charts import real_bars, walk, with_future

from levelhead.domain.errors import BadDate
from levelhead.market.sessions import session_table
from levelhead.reading import walk as walking
from levelhead.reading.read import read
from levelhead.reading.settings import Settings
from levelhead.reading.walk import collector_at_rest, readings
from levelhead.reading.whole import whole_of

TOGETHER = 16


@pytest.fixture(autouse=True)
def few_together(monkeypatch):
    """As many as show what there is to see; the walk takes more."""
    monkeypatch.setattr(walking, "TOGETHER", TOGETHER)


def said(reading):
    return dict(reading.facts), reading.zones, reading.series, reading.swings, reading.not_yet_known


def days_of(bars, rows):
    return [bars.dates[row].item() for row in rows]


def test_days_read_together_say_what_each_says_alone_however_many_there_are():
    bars = walk(21, 420)
    for rows in ([], [300], range(200, 200 + TOGETHER), range(300, 300 + TOGETHER + 1), [400, 30, 31, 250, 30]):
        days = days_of(bars, rows)
        found = [said(reading) for reading in readings(bars, days)]
        assert found == [said(read(bars.until(day))) for day in days]


def test_peers_sessions_and_settings_are_those_of_each_reading():
    bars, table, settings = (
        walk(22, 400, first="2023-01-02"),
        session_table("XNYS"),
        Settings(chart_bars=60, ladder_pivots=("woodie",)),
    )
    peers = {"P": walk(23, 400, first="2023-01-02")}
    days = days_of(bars, range(300, 400, 3))
    whole = whole_of(bars, settings)
    found = readings(bars, days, peers=peers, sessions=table, settings=settings, whole=whole)
    for day, reading in zip(days, found, strict=True):
        assert said(reading) == said(read(bars.until(day), peers=peers, sessions=table, settings=settings))
        assert reading.bars.as_of == day


def test_a_day_knows_nothing_of_the_days_it_is_read_with():
    bars, t = walk(24, 420), 300
    days = days_of(bars, range(t - 20, t + 1))
    for later in (bars, with_future(bars, t, 25)):
        together = list(readings(later, [*days, *days_of(later, range(t + 1, t + 12))]))
        for day, reading in zip(days[::5], together[: len(days) : 5], strict=True):
            assert said(reading) == said(read(bars.until(day)))


def test_days_are_read_as_they_are_asked_for():
    bars = walk(26, 200)
    before = bars.dates[0].item().replace(year=1990)
    found = readings(bars, (day for day in [*days_of(bars, range(100, 100 + TOGETHER)), before]))
    for _ in range(TOGETHER):
        next(found)
    with pytest.raises(BadDate, match="lies before its first bar"):
        next(found)


def test_no_two_facts_share_their_inputs():
    bars = walk(29, 420)
    facts = {id(fact): fact for reading in readings(bars, days_of(bars, range(380, 420))) for fact in reading.facts.values()}
    assert len({id(fact.inputs) for fact in facts.values()}) == len(facts) > 1000


def test_real_days_across_rolls_say_what_each_says_alone(shared):
    bars = real_bars(shared)
    days = days_of(bars, range(900, 1500, 13))
    found = list(readings(bars, days))
    for day, reading in zip(days[::9], found[::9], strict=True):
        assert said(reading) == said(read(bars.until(day)))


@pytest.mark.parametrize("is_on", [True, False])
def test_garbage_is_collected_afterwards_as_before(is_on):
    bars, was_on = walk(27, 120), gc.isenabled()
    try:
        (gc.enable if is_on else gc.disable)()
        for _ in readings(bars, days_of(bars, range(100, 120))):
            assert gc.isenabled() is is_on
        with pytest.raises(BadDate, match="no such day; the collector is off"), collector_at_rest():
            raise BadDate(f"no such day; the collector is {'on' if gc.isenabled() else 'off'}")
        assert gc.isenabled() is is_on
    finally:
        (gc.enable if was_on else gc.disable)()


def test_a_reading_is_gone_with_its_last_name_and_leaves_nothing_to_a_collector():
    bars = walk(28, 400)
    whole = whole_of(bars, Settings())
    said(read(bars, whole=whole))  # finds what belongs to the series
    with collector_at_rest():
        reading = read(bars.until(bars.dates[300].item()), whole=whole)
        assert len(said(reading)[0]) > 200
        gc.collect()
        gone = weakref.ref(reading)
        del reading
        assert gone() is None
        assert gc.collect() == 0
