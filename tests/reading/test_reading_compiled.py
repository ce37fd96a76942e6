"""A reading by compiled kernels says what one by the others says, to the bit, and knows as little of the future."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_charts import real_bars, walk, with_future

from levelhead.kernels.compiled import compiled_kernels
from levelhead.reading.read import read
from levelhead.reading.settings import Settings
from levelhead.reading.whole import whole_of

PARTS = ("panel", "swings", "candles", "averages", "momentum", "activity", "lines", "patterns", "gaps", "runs", "trends", "levels")
pytest.importorskip("numba")


def bits(value):
    """What is told apart by any bit: arrays as bytes, values within values as these."""
    if isinstance(value, np.ndarray):
        return value.dtype.str, value.shape, value.tobytes()
    if is_dataclass(value):
        # what begins with an underscore is kept to be asked again
        return tuple((each.name, bits(getattr(value, each.name))) for each in fields(value) if not each.name.startswith("_"))
    if isinstance(value, Mapping):
        return tuple((key, bits(own)) for key, own in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return tuple(bits(own) for own in value)
    return None if " object at 0x" in repr(value) else repr(value)  # sums that are worked out when asked for


def found(bars, compiled):
    with compiled_kernels(compiled):
        whole = whole_of(bars, Settings())
        return {part: bits(getattr(whole, part)) for part in PARTS}


def said(bars, compiled, whole=None):
    with compiled_kernels(compiled):
        reading = read(bars, whole=whole)
        return dict(reading.facts), reading.zones, reading.series, reading.not_yet_known


def assert_alike(bars):
    plain, compiled = found(bars, False), found(bars, True)
    for part in PARTS:
        assert compiled[part] == plain[part], part


@settings(max_examples=15)
@given(seed=st.integers(0, 10**6), count=st.integers(1, 700), start=st.sampled_from([3.0, 2000.0]))
def test_what_is_found_in_made_bars_is_the_same(seed, count, start):
    assert_alike(walk(seed, count, start=start))  # prices of a few points on a grid of 0.1 are often equal


@pytest.mark.parametrize("name", ["iwm.csv", "rty_tv.csv"])
def test_what_is_found_in_thousands_of_real_bars_is_the_same(shared, name):
    assert_alike(real_bars(shared, name))


def test_each_day_says_the_same():
    bars = walk(11, 420)
    with compiled_kernels(True):
        whole = whole_of(bars, Settings())
    for row in (20, 60, 199, 260, 419):
        early = bars.until(bars.dates[row].item())
        assert said(early, True, whole) == said(early, False)


@pytest.mark.parametrize("seed", [12, 13])
def test_another_future_changes_nothing(seed):
    bars, t = walk(seed, 420), 300
    early = bars.until(bars.dates[t].item())
    for later in (bars, with_future(bars, t, seed + 1)):
        with compiled_kernels(True):
            whole = whole_of(later, Settings())
        assert said(early, True, whole) == said(early, False)
