"""What is kept from day to day changes nothing: days read in any order say what each says alone, whatever the future is."""

from __future__ import annotations

import numpy as np
import pytest
from made_charts import real_bars, walk, with_future

from levelhead.reading.read import read
from levelhead.reading.settings import Settings
from levelhead.reading.whole import whole_of


def said(reading):
    return dict(reading.facts), reading.zones, reading.series, reading.not_yet_known


def assert_alike(bars, wholes, rows):
    for row in rows:
        early = bars.until(bars.dates[row].item())
        alone = said(read(early))
        for whole in wholes:
            assert said(read(early, whole=whole)) == alone


@pytest.mark.parametrize("seed", [3, 4, 5])
def test_days_read_in_any_order_say_what_they_say_alone(seed):
    bars = walk(seed, 420)
    rows = np.random.default_rng(seed).integers(20, 420, 12).tolist()
    near = [rows[0] + step for step in (0, 1, -1, 0) if rows[0] + step < 420]  # neighbours share most of what is kept
    assert_alike(bars, [whole_of(bars, Settings())], [*rows, *near])


@pytest.mark.parametrize("seed", [6, 7])
def test_what_is_kept_knows_nothing_of_what_comes_after(seed):
    bars, t = walk(seed, 420), 300
    wholes = [whole_of(later, Settings()) for later in (bars, with_future(bars, t, seed + 1))]
    assert_alike(bars, wholes, [t, t - 1, t - 40, t - 2, t])


def test_real_days_read_in_any_order_say_what_they_say_alone(shared):
    bars = real_bars(shared, "iwm.csv")
    rows = np.random.default_rng(8).integers(400, len(bars), 5).tolist()
    assert_alike(bars, [whole_of(bars, Settings())], [row + step for row in rows for step in (0, 1) if row + step < len(bars)])
