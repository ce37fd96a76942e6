"""Reliability: what was said against how often it came true."""

from __future__ import annotations

import numpy as np
import pytest

from levelhead.ledger.reliability import reliability, tables_of
from levelhead.ledger.scored import Group

GROUP = Group(kind="target")


def found(said, happened, block=None):
    said, happened = np.array(said, dtype=float), np.array(happened, dtype=bool)
    block = np.arange(len(said)) if block is None else block
    (table,) = tables_of(said, happened, block).tables()
    return reliability(table, group=GROUP, outcome="true", windows=len(said))


def test_equal_probabilities_are_one_point():
    # of four that said 0.25 one came true, of two that said 0.5 one: no error at all
    row = found([0.25] * 4 + [0.5] * 2, [1, 0, 0, 0, 1, 0])
    assert row.error == pytest.approx(0.0)
    assert [(p.said, p.count, p.happened) for p in row.points] == [(0.25, 4, 0.25), (0.5, 2, 0.5)]


def test_the_error_is_the_mean_distance_of_the_curve():
    # said 0.2 and came true 0.5 of four; said 0.8 and came true 1.0 of four: (0.3 x 4 + 0.2 x 4) / 8
    assert found([0.2] * 4 + [0.8] * 4, [1, 1, 0, 0, 1, 1, 1, 1]).error == pytest.approx(0.25)


def test_a_curve_never_falls():
    # 0.2 came true always, 0.8 never: pooled, both at one half
    row = found([0.2, 0.2, 0.8, 0.8], [1, 1, 0, 0])
    assert [p.curve for p in row.points] == [0.5, 0.5]


def together(rng, blocks, of_block):
    """Rows of a block share their luck: half of them follow one draw, as the windows of neighbouring days do."""
    said = rng.choice([0.2, 0.35, 0.5, 0.65], size=blocks * of_block)
    block = np.repeat(np.arange(blocks), of_block)
    luck = np.where(rng.random(len(said)) < 0.5, rng.random(blocks)[block], rng.random(len(said)))
    return said, luck, block


def test_the_calibrated_stay_below_the_bound_about_as_often_as_it_says():
    rng = np.random.default_rng(8)
    below = []
    for _ in range(200):
        said, luck, block = together(rng, 60, 5)
        row = found(said, luck < said, block)
        below.append(row.error <= row.bound)
    assert 0.88 < np.mean(below) <= 1.0  # 95 are promised; standard error 0.015


@pytest.mark.parametrize(("blocks", "of_block"), [(1, 4), (3, 10), (7, 12)])
def test_the_bound_holds_in_a_short_record_too(blocks, of_block):
    # a bound that was drawn about the curve called one calibrated record in three of seven blocks miscalibrated
    rng = np.random.default_rng(10)
    below = []
    for _ in range(100):
        said = np.repeat(rng.choice([0.2, 0.35, 0.5, 0.65], size=blocks), of_block) + rng.choice(
            [0.0, 0.05], size=blocks * of_block
        )
        block = np.repeat(np.arange(blocks), of_block)
        row = found(said, rng.random(blocks)[block] < said, block)
        below.append(row.error <= row.bound)
    assert np.mean(below) > 0.84  # standard error 0.03 at most


def test_one_statement_is_never_beyond_the_bound():
    # said 32 % and did not come: no author could have stayed below 32 %
    row = found([0.32], [0])
    assert (row.error, row.bound) == pytest.approx((0.32, 0.32))
    assert row.error <= row.bound


def test_the_overconfident_are_beyond_the_bound():
    rng = np.random.default_rng(9)
    said, luck, block = together(rng, 120, 5)
    true = 0.4 + 0.2 * (said - 0.4)
    row = found(said, luck < true, block)
    assert row.error > row.bound
    assert any(not point.low <= point.curve <= point.high for point in row.points)


def test_each_author_has_a_table_of_her_own():
    cells = tables_of(np.array([0.2, 0.2, 0.8]), np.array([True, False, True]), np.array([0, 0, 1]))
    first, second = cells.tables(np.array([0, 1, 1]), 2)
    assert first.counted.sum() == first.happened.sum() == 1
    assert (second.counted.sum(), second.happened.sum()) == (2, 1)
