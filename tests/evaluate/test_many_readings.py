"""Days that several processes read say what each says alone."""

from __future__ import annotations

import gc
import os
import sys
import threading
from multiprocessing import Pipe, active_children, get_context
from operator import attrgetter

import pytest
from made_charts import walk

from levelhead.domain.errors import BadDate, LevelheadError
from levelhead.evaluate import many_readings
from levelhead.evaluate.many_readings import from_readings
from levelhead.kernels.compiled import runs_compiled
from levelhead.market.sessions import session_table
from levelhead.reading.read import read

SEEN = attrgetter("zones", "not_yet_known", "series")
PIECE = 20
FORKED = pytest.param(True, marks=pytest.mark.skipif(sys.platform != "linux", reason="forks are for Linux"))


def days_of(bars, rows):
    return [bars.dates[row].item() for row in rows]


def all_facts(reading):
    return dict(reading.facts)


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch):
    """As many days as show what there is to see; a process takes more at once."""
    monkeypatch.setattr(many_readings, "PIECE", PIECE)
    monkeypatch.setattr(many_readings, "FEW", PIECE)


@pytest.fixture
def way(monkeypatch):
    def choose(is_forked):
        monkeypatch.setattr(many_readings, "may_fork", lambda: is_forked)

    return choose


@pytest.mark.parametrize("is_forked", [FORKED, False])
def test_days_that_several_processes_read_say_what_each_says_alone(way, is_forked):
    way(is_forked)
    bars, table = walk(31, 420, first="2023-01-02"), session_table("XNYS")
    peers = {"P": walk(32, 420, first="2023-01-02")}
    days = days_of(bars, range(250, 250 + 2 * PIECE + 7))
    found = list(from_readings(SEEN, bars, days, peers=peers, sessions=table))
    alone = [read(bars.until(day), peers=peers, sessions=table) for day in days[::9]]
    assert found[::9] == [SEEN(reading) for reading in alone]
    assert len(found) == len(days)


@pytest.mark.parametrize("is_forked", [FORKED])
def test_what_is_read_while_compiled_kernels_are_made_ready_comes_first_and_says_the_same(way, monkeypatch, is_forked):
    way(is_forked)
    monkeypatch.setattr(many_readings, "ENOUGH", 50)
    monkeypatch.setattr(many_readings, "are_at_hand", lambda: False)
    bars = walk(37, 420)
    days = days_of(bars, range(300, 300 + 4 * PIECE))
    found = list(from_readings(SEEN, bars, days))
    assert found[::7] == [SEEN(read(bars.until(day))) for day in days[::7]]
    assert len(found) == len(days)
    assert not runs_compiled()


@pytest.mark.parametrize(("workers", "count"), [(1, PIECE + 3), (2, PIECE), (2, 0)])
def test_one_worker_or_few_days_are_read_by_the_process_that_asks(workers, count):
    bars = walk(33, 420)
    days = days_of(bars, range(300, 300 + count))
    found = from_readings(lambda reading: (os.getpid(), all_facts(reading)), bars, days, workers=workers)
    assert [at for at, _ in zip(found, days, strict=True)] == [(os.getpid(), all_facts(read(bars.until(day)))) for day in days]


@pytest.mark.parametrize("is_forked", [FORKED])
def test_a_process_that_ends_before_its_work_is_done_is_told(way, is_forked):
    way(is_forked)
    bars = walk(34, 420)
    with pytest.raises(LevelheadError, match="ended before its work was done"):
        list(from_readings(lambda _: os._exit(3), bars, days_of(bars, range(200, 400))))


@pytest.mark.parametrize("is_forked", [FORKED, False])
def test_a_day_that_cannot_be_read_is_told_as_it_is_of_one_day(way, is_forked):
    way(is_forked)
    bars = walk(35, 420)
    before = bars.dates[0].item().replace(year=1990)
    with pytest.raises(BadDate, match="lies before its first bar"):
        list(from_readings(SEEN, bars, [*days_of(bars, range(300, 300 + PIECE)), before]))


class TooHigh(Exception):
    """An error that takes more than its words, which pickle alone does not make again."""

    def __init__(self, level, bound):
        super().__init__(f"{level} lies above {bound}")
        self.level, self.bound = level, bound


class Untold(Exception):
    """One that cannot be pickled at all."""

    def __init__(self):
        super().__init__("what was read is held by a lock")
        self.lock = threading.Lock()


def too_high(reading):
    raise TooHigh(float(reading.bars.last), 1.0)


def untold(reading):
    raise Untold


@pytest.mark.parametrize("is_forked", [FORKED, False])
def test_an_error_of_whoever_asks_comes_as_it_was(way, is_forked):
    way(is_forked)
    bars = walk(38, 420)
    days = days_of(bars, range(300, 300 + 2 * PIECE))
    with pytest.raises(TooHigh, match=r"lies above 1\.0") as met:
        list(from_readings(too_high, bars, days))
    assert (met.value.level, met.value.bound) == (bars.until(days[0]).last, 1.0)
    with pytest.raises(LevelheadError, match="Untold: what was read is held by a lock"):
        list(from_readings(untold, bars, days))


def read_by_a_daemon(given_to, bars, days):
    given_to.send([(at, facts) for at, facts in from_readings(where_and_what, bars, days)])


def where_and_what(reading):
    return os.getpid(), all_facts(reading)


def test_a_daemonic_process_reads_all_of_them_itself():
    bars = walk(39, 420)
    days = days_of(bars, range(300, 300 + 2 * PIECE))
    taken, given_to = Pipe(duplex=False)
    daemon = get_context("fork" if sys.platform == "linux" else "spawn").Process(
        target=read_by_a_daemon, args=(given_to, bars, days), daemon=True
    )
    daemon.start()
    given_to.close()
    found = taken.recv()
    daemon.join()
    assert {at for at, _ in found} == {daemon.pid}
    assert [facts for _, facts in found[::11]] == [all_facts(read(bars.until(day))) for day in days[::11]]


@pytest.mark.parametrize("is_forked", [FORKED])
def test_whoever_has_seen_enough_leaves_no_process_and_nothing_changed(way, is_forked):
    way(is_forked)
    bars, before = walk(36, 420), (runs_compiled(), gc.isenabled(), gc.get_freeze_count())
    found = from_readings(SEEN, bars, days_of(bars, range(200, 420)))
    next(found)
    found.close()
    assert not active_children()
    assert (runs_compiled(), gc.isenabled(), gc.get_freeze_count()) == before
