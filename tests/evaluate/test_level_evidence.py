"""What became of touched levels, against random ones: by hand, with a planted effect, and where there is none."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from made_charts import walk

from levelhead.domain.roll import Roll
from levelhead.evaluate.evidence import evidence_of
from levelhead.evaluate.ladders import STEP, Ladders, ladders_of
from levelhead.evaluate.level_evidence import AHEAD, AWAY, counted, level_evidence, placebo_shifts
from levelhead.kernels.level_tests import Paths, paths_after
from levelhead.reading.settings import Settings

SETTINGS = Settings()


def ladders(paths, start, near, *, holds=None, kinds=("made",)):
    start, near = np.array(start, dtype=np.int64), np.array(near, dtype=np.float64)
    return Ladders(
        rows=np.arange(len(paths.close)) * STEP + 300,
        paths=paths,
        start=start,
        near=near,
        width=np.full(len(start), 0.2),
        kinds=kinds,
        holds=np.ones((len(start), 1)) if holds is None else np.array(holds, dtype=np.float64),
    )


def flat_paths(turns):
    """Paths that reach 1.1 with the first bar and then stay at 0 (turns: True) or at 2."""
    close = np.array([[1.0, *([0.0 if turn else 2.0] * (AHEAD - 1))] for turn in turns])
    return Paths(close + 0.1, close - 0.1, close)


def test_shares_are_of_touched_levels_and_moved_ladders_meet_other_days():
    # three days turn price back at 1.0, the fourth does not; the second level of day 0 lies too far to be touched
    made = ladders(flat_paths([True, True, True, False]), [0, 0, 1, 2, 3], [1.0, 5.0, 1.0, 1.0, 1.0])
    own = counted(made, 0)
    assert own.touches.tolist() == [4.0]
    assert own.shares[0, 0].tolist() == [0.75, 0.25, 0.0]
    only_first = ladders(made.paths, [0], [1.0])
    assert counted(only_first, 0).shares[0, 1].tolist() == [1.0, 0.0, 0.0]
    assert counted(only_first, 3).shares[0, 1].tolist() == [0.0, 1.0, 0.0]
    assert counted(only_first, 4).shares[0, 1].tolist() == [1.0, 0.0, 0.0]  # the last day is followed by the first


def test_a_zone_counts_for_each_kind_that_stands_in_it():
    made = ladders(flat_paths([True, False]), [0, 1], [1.0, 1.0], holds=[[1, 1], [0, 1]], kinds=("average", "swing"))
    own = counted(made, 0)
    assert own.touches.tolist() == [1.0, 2.0]
    assert own.shares[:, 0, 0].tolist() == [1.0, 0.5]


def test_placebo_ladders_stand_sixty_sessions_away_each_shift_once():
    moved = placebo_shifts(100, 600, 1)
    assert moved.tolist() == list(range(AWAY, 100 - AWAY + 1))
    assert AWAY * STEP == 60
    few = placebo_shifts(2000, 600, 1)
    assert len(set(few.tolist())) == 600
    assert placebo_shifts(20, 600, 1).tolist() == []


def random_ladders(seed, days=110):
    """Levels at random distances from a random walk's prices."""
    rng = np.random.default_rng(seed)
    close = rng.normal(0, 0.8, 300 + days * STEP + AHEAD + 1).cumsum()
    reach = np.abs(rng.normal(0, 0.5, (2, len(close))))
    rows = np.arange(days) * STEP + 300
    before = np.concatenate([close[:1], close[:-1]])
    paths = paths_after(
        np.maximum(close, before) + reach[0], np.minimum(close, before) - reach[1], close, rows, np.ones(len(close)), AHEAD
    )
    start = np.repeat(np.arange(days), 4)
    near = rng.choice([-1.0, 1.0], len(start)) * rng.uniform(0.2, 3.0, len(start))
    holds = np.eye(3)[rng.integers(0, 3, len(start))]
    return ladders(paths, start, near, holds=holds, kinds=("a", "b", "c"))


def test_over_200_worlds_of_random_levels_something_is_told_in_no_more_than_the_rate_that_was_promised():
    # 10 % promised; of 200 worlds at most 31 with a chance of 99.5 %, by the binomial law
    found = [level_evidence(random_ladders(seed), seed=seed)[0] for seed in range(200)]
    assert sum(any(each.is_told for each in world) for world in found) <= 31
    p = np.array([each.p for world in found for each in world])
    assert len(p) == 200 * 6
    assert 0.05 < np.mean(p <= 0.1) < 0.15


def test_levels_at_which_price_was_made_to_turn_are_found_to_hold():
    # of kind a are prices that the next sessions reach with their range and never close beyond: the future was looked at
    made = random_ladders(3, days=200)
    close, high = made.paths.close[made.start], made.paths.high[made.start]
    wall = np.maximum(close.max(axis=1) + 0.01, 0.05)
    planted = (made.holds[:, 0] > 0) & (high[:, :STEP].max(axis=1) > wall)
    found, draws = level_evidence(replace(made, near=np.where(planted, wall, made.near)), seed=3)
    assert draws == 200 - 2 * AWAY + 1
    told = {(each.kind, each.sessions) for each in found if each.is_told}
    assert told == {("a", 5), ("a", 12)}
    held = next(each for each in found if (each.kind, each.sessions) == ("a", 12))
    assert held.measure("held").low > held.measure("held").placebo
    assert sum(held.measure(name).value for name in ("held", "broken", "reclaimed")) == pytest.approx(1.0)


def test_the_ladders_of_a_beginning_are_those_of_the_whole():
    bars = walk(4, 420)
    whole, part = ladders_of(bars, SETTINGS, ahead=AHEAD), ladders_of(bars.until(bars.dates[359].item()), SETTINGS, ahead=AHEAD)
    count, levels = len(part.rows), len(part.start)
    assert part.rows.tolist() == list(range(255, 360 - AHEAD, STEP))
    assert whole.rows[:count].tolist() == part.rows.tolist()
    for name in ("start", "near", "width"):
        assert np.array_equal(getattr(whole, name)[:levels], getattr(part, name)), name
    for mine, theirs in zip(whole.paths, part.paths, strict=True):
        assert np.array_equal(mine[:count], theirs)


def test_a_rolls_gap_neither_breaks_a_level_nor_moves_one():
    bars = walk(4, 400)
    later = bars.dates >= bars.dates[330]
    gap = 400.0
    moved = replace(
        bars, **{name: np.where(later, getattr(bars, name) + gap, getattr(bars, name)) for name in ("open", "high", "low", "close")}
    )
    roll = Roll(
        date=bars.dates[330].item(),
        gap=gap,
        factor=1.2,
        from_contract="RTYH9",
        to_contract="RTYM9",
        estimated=False,
        method="given",
    )
    rolled = ladders_of(replace(moved, rolls=(roll,), frame="as traded"), SETTINGS, ahead=AHEAD)
    plain = ladders_of(bars, SETTINGS, ahead=AHEAD)
    before = rolled.rows < 330
    for mine, theirs in zip(rolled.paths, plain.paths, strict=True):
        assert mine[before] == pytest.approx(theirs[before], abs=1e-9)
    known = rolled.start < np.flatnonzero(~before)[0]
    assert np.array_equal(rolled.near[known], plain.near[plain.start < np.flatnonzero(~before)[0]])


def test_evidence_carries_its_window_and_the_digest_of_its_bars():
    bars = walk(6, 420)
    found = evidence_of(bars)
    assert (found.first, found.last, found.bars) == (dt.date(2018, 1, 1), bars.as_of, 420)
    assert found.digest == bars.digest()
    assert found == evidence_of(walk(6, 420))
