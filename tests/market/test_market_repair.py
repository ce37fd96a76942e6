"""What a reference puts right: the faults it names and nothing else, once and for all, with the originals kept beside."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_feeds import CME, COLUMNS, RTY, changed, clean, dates_of, inserted, row_of, two_feeds, without
from numpy.testing import assert_array_equal

from levelhead.domain.bars import Bars
from levelhead.market.bars_csv import bars_csv
from levelhead.market.compare import compare
from levelhead.market.compare_words import comparison_findings
from levelhead.market.files import read_bars
from levelhead.market.quality import check_bars
from levelhead.market.repair import Repaired, repair, side_file

SEEDS = range(6)


def repaired(ours: Bars, theirs: Bars) -> Repaired:
    return repair(ours, theirs, CME)


def are_equal(one: Bars, other: Bars) -> None:
    for name in ("time", *COLUMNS):
        assert_array_equal(getattr(one, name), getattr(other, name))


@pytest.mark.parametrize("seed", SEEDS)
def test_settlements_and_late_rolls_become_the_reference_s_bars(seed):
    feeds = two_feeds(seed)
    found = repaired(feeds.free, feeds.good)
    assert [change.date for change in found.changes] == sorted([*feeds.windows, *feeds.settlements])
    assert {change.action for change in found.changes} == {"replaced"}
    are_equal(found.bars, replace(feeds.good, volume=feeds.free.volume))
    assert compare(found.bars, feeds.good, CME).differences == ()
    assert check_bars(found.bars, CME) == ()


@pytest.mark.parametrize("seed", SEEDS)
def test_a_feed_is_not_repaired_from_one_that_has_the_faults(seed):
    feeds = two_feeds(seed)
    found = repaired(feeds.good, feeds.free)
    assert found.changes == ()
    are_equal(found.bars, feeds.good)


def test_strays_go_missing_sessions_come_and_copies_are_replaced():
    good = clean(3)
    faulty = inserted(inserted(without(good, 400, 401), "2022-11-24"), "2022-03-06")
    columns = {name: getattr(faulty, name).copy() for name in COLUMNS}
    for column in columns.values():
        column[600] = column[599]
    columns["volume"][699:701] = 158_742
    faulty = replace(faulty, **columns)
    found = repaired(faulty, good)
    frozen, repeated = dates_of(faulty, [600, 700])
    reasons = {(str(change.date), change.action, change.why) for change in found.changes}
    missing = [(str(day), "added", "missing session") for day in dates_of(good, [400, 401])]
    assert reasons == {
        ("2022-03-06", "removed", "weekend row"),
        ("2022-11-24", "removed", "no session"),
        *missing,
        (str(frozen), "replaced", "frozen bar"),
        (str(repeated), "replaced", "volume of the day before"),
    }
    # of what came from the reference the volume is unknown: it is another feed's
    unknown = np.isin(found.bars.dates, np.array([*dates_of(good, [400, 401]), frozen, repeated], dtype="datetime64[D]"))
    volume = np.where(good.dates == faulty.dates[699], 158_742, good.volume)
    are_equal(found.bars, replace(good, volume=np.where(unknown, np.nan, volume)))
    assert {f.kind for f in check_bars(found.bars, CME)} == {"volume_unknown"}


def test_a_difference_for_no_reason_known_stays():
    feeds = two_feeds(2)
    wrong = changed(feeds.good, 450, close=round(float(feeds.good.close[450]) + 9.0, 1))
    assert repaired(wrong, feeds.good).changes == ()


def test_an_adjusted_feed_is_repaired_in_its_own_frame():
    feeds = two_feeds(5)
    prices = ("open", "high", "low", "close")
    adjusted = replace(feeds.free, **{name: getattr(feeds.free, name) * 1.07 for name in prices})
    found = repaired(adjusted, feeds.good)
    for name in prices:
        np.testing.assert_allclose(getattr(found.bars, name), getattr(feeds.good, name) * 1.07, rtol=1e-12)


faults = st.lists(st.tuples(st.integers(60, 880), st.sampled_from(["wrong", "gone", "copy", "volume", "stray"])), max_size=8)


@given(seed=st.integers(0, 3), planted=faults)
def test_a_second_repair_changes_nothing_and_the_first_leaves_none_of_its_faults(seed, planted):
    feeds = two_feeds(seed)
    ours = feeds.free
    for k, fault in planted:
        if fault == "wrong":
            ours = changed(ours, min(k, len(ours) - 1), close=round(float(ours.close[min(k, len(ours) - 1)]) * 1.01, 1))
        elif fault == "gone" and k < len(ours) - 1:
            ours = without(ours, k)
        elif fault == "stray":
            ours = inserted(ours, "2022-11-24") if np.datetime64("2022-11-24") not in ours.dates else ours
        elif k < len(ours):
            names = COLUMNS if fault == "copy" else ("volume",)
            columns = {name: getattr(ours, name).copy() for name in names}
            for column in columns.values():
                column[k] = column[k - 1]
            ours = replace(ours, **columns)
    first = repaired(ours, feeds.good)
    second = repaired(first.bars, feeds.good)
    assert second.changes == ()
    are_equal(second.bars, first.bars)
    left = comparison_findings(first.bars, feeds.good, compare(first.bars, feeds.good, CME), CME)
    assert {f.kind for f in left} <= {"feed_difference"}
    assert {f.kind for f in check_bars(first.bars, CME)} <= {"volume_unknown"}


@pytest.mark.parametrize("seed", SEEDS)
def test_the_side_file_holds_what_each_row_was_and_is(seed):
    feeds = two_feeds(seed)
    found = repaired(feeds.free, feeds.good)
    rows = list(csv.DictReader(io.StringIO(side_file(found.changes))))
    assert [row["date"] for row in rows] == [str(change.date) for change in found.changes]
    for row in rows:
        k = int(np.flatnonzero(feeds.free.dates == np.datetime64(row["date"]))[0])
        for name in ("open", "high", "low", "close"):
            assert float(row[f"{name}_was"]) == getattr(feeds.free, name)[k]
            assert float(row[f"{name}_now"]) == getattr(feeds.good, name)[k]
    # with it the originals come back: nothing is lost
    back = found.bars
    for row in rows:
        k = row_of(back, found.changes[0].date.fromisoformat(row["date"]))
        columns = {name: getattr(back, name).copy() for name in COLUMNS}
        for name in COLUMNS:
            columns[name][k] = float(row[f"{name}_was"])
        back = replace(back, **columns)
    are_equal(back, feeds.free)


def test_bars_written_are_read_back_as_they_were(tmp_path):
    bars = clean(7)
    bars = replace(bars, close=bars.close * (1 + 1e-12), volume=np.where(np.arange(len(bars)) % 9, bars.volume, np.nan))
    bars = replace(bars, high=np.maximum(bars.high, bars.close), low=np.minimum(bars.low, bars.close))
    path = tmp_path / "made.csv"
    path.write_text(bars_csv(bars))
    read = read_bars(path, RTY)
    are_equal(read, bars)
    assert read.digest() == bars.digest()


def test_the_free_feed_is_repaired_from_the_clean_one(shared):
    free, good = (read_bars(shared / "data" / f"{name}.csv", RTY) for name in ("rty", "rty_tv"))
    found = repaired(free, good)
    counts = {why: sum(change.why == why for change in found.changes) for why in {change.why for change in found.changes}}
    assert counts == {
        "roll window": 66,
        "expiry settlement": 32,
        "no session": 3,
        "missing session": 2,
        "volume of the day before": 9,
    }
    after = compare(found.bars, good, CME)
    assert (len(after.differences), after.only_ours, after.only_theirs, after.settlements) == (5, (), (), None)
    # what it moved it moves no longer: a tick of the 20-day average at most
    assert all(abs(each.worst) < 0.15 for each in after.moved)
    assert repaired(found.bars, good).changes == ()
